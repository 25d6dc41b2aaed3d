"""The table of claims, and how one is entered, measured and shown."""

from collections.abc import Callable
from dataclasses import dataclass

from udl.chapter import speaking
from udl.experiments.store import kept
from udl.show import columns_of, table, wrapped

VERDICTS = {
    "holds": {"ko": "맞다", "en": "holds"},
    "holds when": {"ko": "조건이 맞을 때 맞다", "en": "holds when"},
    "does not hold": {"ko": "맞지 않다", "en": "does not hold"},
}
HEADS = {
    "ko": ("번호", "주장", "판정", "잰 값", "잰 범위", "노트"),
    "en": ("id", "claim", "verdict", "measured", "range", "notebook"),
}


@dataclass(frozen=True)
class Finding:
    """What a measurement found.

    Attributes
    ----------
    share : float
        The share of the cases measured in which the claim is true, from 0 to 1.
    numbers : dict of str to float
        The numbers that decide, by name.
    ko, en : str
        One sentence that says them, with the numbers in braces: ``"{ratio:.1f}배까지 자란다"``.
    over : dict of str to str
        On how many losses, starts, rates and seeds the verdict rests, by language, with numbers
        of the plan or of ``numbers`` in it: ``{"ko": "곡선 2개 × 시작점 101개", "en": …}``. That
        it rests on one of them is said too.
    """

    share: float
    numbers: dict
    ko: str
    en: str
    over: dict

    @property
    def verdict(self):
        """``"holds"`` in all cases, ``"does not hold"`` in none, ``"holds when"`` in between."""
        if self.share == 1:
            return "holds"
        return "does not hold" if self.share == 0 else "holds when"

    def sentence(self, lang=None):
        """The sentence in a language, with its numbers."""
        return getattr(self, speaking(lang)).format(**self.numbers)

    def range(self, lang=None):
        """What was measured, in a language, with its numbers."""
        return self.over[speaking(lang)].format(**self.numbers)


@dataclass(frozen=True)
class Claim:
    """A claim of the chapter.

    Attributes
    ----------
    id : str
        Such as ``"3.a"``.
    ko, en : str
        The claim in our words.
    measure : callable
        Takes nothing and returns a `Finding`.
    """

    id: str
    ko: str
    en: str
    measure: Callable

    @property
    def section(self):
        return f"3.7.{self.id.split('.')[0]}"


CLAIMS = {}


def claim(id, *, ko, en):
    """Enter the function below as the measurement of a claim."""

    def enter(measure):
        CLAIMS[id] = Claim(id, ko, en, measure)
        return measure

    return enter


@kept
def finding(id):
    """Measure a claim, once.

    Parameters
    ----------
    id : str
        Such as ``"3.a"``.

    Returns
    -------
    Finding

    Raises
    ------
    ValueError
        If there is no such claim.
    """
    if id not in CLAIMS:
        raise ValueError(f"id must be one of {', '.join(sorted(CLAIMS))}, not {id!r}")
    return CLAIMS[id].measure()


def overview(section=None, lang=None, ids=None):
    """The claims of a section, or of all, with verdict and measured sentence, as a table.

    That of all says what was measured too, and where; beside a section's it stands already.

    Parameters
    ----------
    section : str, optional
        Such as ``"3.7.3"``.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.
    ids : iterable of str, optional
        These claims alone.

    Returns
    -------
    udl.show.Table
    """
    lang = speaking(lang)
    chosen = [c for _, c in sorted(CLAIMS.items()) if section in (None, c.section)]
    chosen = [c for c in chosen if ids is None or c.id in ids]
    rows = []
    for c in chosen:
        found = finding(c.id)
        said = VERDICTS[found.verdict][lang], found.sentence(lang), found.range(lang)
        rows.append((c.id, getattr(c, lang), *said, c.section))
    heads = HEADS[lang] if section is None else HEADS[lang][:-2]
    return table({head: [row[i] for row in rows] for i, head in enumerate(heads)})


def listing(ids, lang=None, width=80):
    """The same table for a terminal: what does not fit beside a claim stands under it.

    Parameters
    ----------
    ids : iterable of str
        Which claims.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.
    width : int
        The columns of the terminal; Hangul takes two each.

    Yields
    ------
    str
        A line of text: for each claim its identifier, its notebook's section and its verdict
        beside the claim, and under the claim the measured sentence.

    Examples
    --------
    >>> for line in listing(["3.a"], "en", width=70):
    ...     print(line)
    id   notebook  verdict        claim → measured
    3.a  3.7.3     holds when     while the gradient keeps its direction,
                                  Momentum's steps grow
                                  → On a constant slope they always grow,
                                    to 10.00 times the first at α = 0.9.
                                    On curves they grow in 61% to 92% of
                                    the steps that keep their direction.
                                    Once the gradient has shrunk enough,
                                    the steps shrink too: they grow only
                                    while η|g| > (1−α)|v|.
    """
    lang = speaking(lang)
    number, said, verdict, measured, _, notebook = HEADS[lang]
    verdicts = [VERDICTS[name][lang] for name in VERDICTS]
    widths = [
        max(map(columns_of, cells))
        for cells in ([number, "3.a"], [notebook, "3.7.3"], [verdict, *verdicts])
    ]

    def beside(cells, last):
        cells = [cell + " " * (n - columns_of(cell)) for cell, n in zip(cells, widths, strict=True)]
        return "  ".join([*cells, last])

    room = width - columns_of(beside(["", "", ""], ""))
    yield beside([number, notebook, verdict], f"{said} → {measured}")
    for id in sorted(set(ids)):
        one, found = CLAIMS[id], finding(id)
        lines = wrapped(getattr(one, lang), room)
        first, *rest = wrapped(found.sentence(lang), room - 2)
        lines += [f"→ {first}", *(f"  {line}" for line in rest)]
        yield beside([id, one.section, VERDICTS[found.verdict][lang]], lines[0])
        for line in lines[1:]:
            yield beside(["", "", ""], line)

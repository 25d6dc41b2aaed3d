"""The table of claims, and how one is entered, measured and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from udl.show import table

VERDICTS = {
    "holds": {"ko": "맞다", "en": "holds"},
    "holds when": {"ko": "조건이 맞을 때 맞다", "en": "holds when"},
    "does not hold": {"ko": "맞지 않다", "en": "does not hold"},
}
HEADS = {
    "ko": ("번호", "주장", "판정", "잰 값", "노트"),
    "en": ("id", "claim", "verdict", "measured", "notebook"),
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
    """

    share: float
    numbers: dict
    ko: str
    en: str

    @property
    def verdict(self):
        """``"holds"`` in all cases, ``"does not hold"`` in none, ``"holds when"`` in between."""
        if self.share == 1:
            return "holds"
        return "does not hold" if self.share == 0 else "holds when"

    def sentence(self, lang="ko"):
        """The sentence in a language, with its numbers."""
        return getattr(self, lang).format(**self.numbers)


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


@cache
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


def overview(section=None, lang="ko"):
    """The claims of a section, or of all, with verdict and measured sentence, as a table.

    Parameters
    ----------
    section : str, optional
        Such as ``"3.7.3"``.
    lang : str
        ``"ko"`` or ``"en"``.

    Returns
    -------
    udl.show.Table
    """
    chosen = [c for _, c in sorted(CLAIMS.items()) if section in (None, c.section)]
    rows = [
        (c.id, getattr(c, lang), VERDICTS[finding(c.id).verdict][lang], sentence, c.section)
        for c, sentence in ((c, finding(c.id).sentence(lang)) for c in chosen)
    ]
    heads = HEADS[lang] if section is None else HEADS[lang][:-1]
    return table({head: [row[i] for row in rows] for i, head in enumerate(heads)})

"""Formulas laid out: rows below one another, with their signs of equality in a column."""

from dataclasses import dataclass

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

LEADING = 0.5  # between two rows, in em
TYPE = "cm"  # of an equation: the letters of a chart's formulas are those of its words


@dataclass(frozen=True)
class Layout:
    """A formula's rows and how much room they take, in the unit of the font's size.

    Attributes
    ----------
    rows : list of tuple (before, width, after, baseline)
        What stands left of the column, as mathtext, and its width; what stands right of it; how
        far below the top the baseline is. A side without anything is ``""``.
    left, right : float
        The room left and right of the column.
    height, depth : float
        Of all rows; of the last one below its baseline.
    """

    rows: list
    left: float
    right: float
    height: float
    depth: float


def layout(latex, em, display=False):
    r"""Lay a formula out.

    Parameters
    ----------
    latex : str
        Without dollar signs. Of environments, ``aligned`` alone is known.
    em : float
        The size of the font.
    display : bool
        Whether it stands alone, with fractions at their full size.

    Returns
    -------
    Layout

    Raises
    ------
    ValueError
        If Matplotlib's mathtext does not know a command in it.

    Examples
    --------
    >>> layout("W &= W + v", 10).rows[0][::2]
    ('$W $', '$= W + v$')
    """
    texts = latex.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}").split(r"\\")
    rows, left, right, height = [], 0.0, 0.0, 0.0
    for text in texts:
        sides = text.strip().split("&", 1)
        (before, width, *one), (after, far, *two) = (
            _set(side, em, display) for side in [""] * (2 - len(sides)) + sides
        )
        ascent, depth = map(max, one, two)
        height += ascent
        rows.append((before, width, after, height))
        height += depth + (LEADING * em if text is not texts[-1] else 0)
        left, right = max(left, width), max(right, far)
    return Layout(rows, left, right, height, depth)


def face(em):
    """The font of an equation at a size: as the chapter's, not as the words of a chart."""
    return FontProperties(size=em, math_fontfamily=TYPE)


def _set(latex, em, display):
    """A formula as mathtext, its width, ascent and depth."""
    if not latex:
        return "", 0.0, 0.0, 0.0
    text = "$" + (latex.replace(r"\frac", r"\dfrac") if display else latex) + "$"
    width, height, depth, *_ = text_to_path.mathtext_parser.parse(text, 72, face(em))
    return text, width, height - depth, depth

r"""The chapter's fourteen equations, in its own notation: one place for pictures and notebooks."""

from dataclasses import dataclass

from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from udl.figures.picture import Picture
from udl.figures.style import COLORS, house
from udl.figures.text import WORDS

GRAD = r"\frac{\partial L}{\partial W}"


@dataclass(frozen=True)
class Equation:
    """One displayed equation of the chapter.

    Attributes
    ----------
    number : int
        1 to 14, in reading order.
    section : str
        The section that displays it.
    width : int
        The width in px at which the chapter shows it.
    rows : tuple of tuple of str
        LaTeX without dollar signs: rows stand below one another, formulas of a row side by side.
    """

    number: int
    section: str
    width: int
    rows: tuple

    @property
    def latex(self):
        """The whole as one LaTeX string, as a notebook's Markdown has it between ``$$``.

        >>> EQUATIONS[3].latex
        'W = W + v'
        """
        rows = [r" \qquad ".join(row) for row in self.rows]
        if len(rows) == 1:
            return rows[0]
        aligned = r" \\ ".join(row.replace("=", "&=", 1) for row in rows)
        return rf"\begin{{aligned}} {aligned} \end{{aligned}}"


def _equations():
    table = [
        ("3.7.2", 200, [r"w = w - \eta \frac{\partial}{\partial w} L(w)"]),
        ("3.7.3", 130, [rf"v = \alpha v - \eta {GRAD}"]),
        ("3.7.3", 100, ["W = W + v"]),
        (
            "3.7.4",
            130,
            [
                r"\widehat{W} = W + \alpha v",
                r"v = \alpha v - \eta \frac{\partial L}{\partial \widehat{W}}",
            ],
        ),
        ("3.7.5", 180, [rf"h = h + {GRAD} \odot {GRAD}"]),
        ("3.7.5", 180, [rf"W = W - \eta \frac{{1}}{{\sqrt{{h}}}} \odot {GRAD}"]),
        ("3.7.6", 200, [r"s_{n+1} = \alpha x_n + (1 - \alpha) s_n"]),
        ("3.7.6", 230, [rf"h = \gamma h + (1 - \gamma) ({GRAD} \odot {GRAD})"]),
        ("3.7.6", 180, [rf"W = W - \eta \frac{{1}}{{\sqrt{{h}}}} \odot {GRAD}"]),
        ("3.7.7", 230, [(rf"g_t = {GRAD}", rf"g_t^2 = {GRAD} \odot {GRAD}")]),
        ("3.7.7", 250, [r"v_t = \beta_2 \cdot v_{t-1} + (1 - \beta_2) \cdot g_t^2"]),
        ("3.7.7", 250, [r"m_t = \beta_1 \cdot m_{t-1} + (1 - \beta_1) \cdot g_t"]),
        (
            "3.7.7",
            250,
            [
                (
                    r"\widehat{m}_t = \frac{m_t}{(1 - \beta_1^t)}",
                    r"\widehat{v}_t = \frac{v_t}{(1 - \beta_2^t)}",
                )
            ],
        ),
        (
            "3.7.7",
            200,
            [
                r"W_t = W_{t-1} - \alpha \cdot"
                r" \frac{\widehat{m}_t}{\sqrt{\widehat{v}_t + \epsilon}}"
            ],
        ),
    ]
    for number, (section, width, rows) in enumerate(table, start=1):
        rows = tuple(row if isinstance(row, tuple) else (row,) for row in rows)
        yield number, Equation(number, section, width, rows)


EQUATIONS = dict(_equations())


@house()
def equation(number, lang="ko"):
    """One equation of the chapter as a picture, as wide as the chapter shows it.

    Parameters
    ----------
    number : int
        1 to 14, in reading order.
    lang : str
        The language of the picture's name; the equation itself has none.

    Returns
    -------
    Picture

    Examples
    --------
    >>> equation(3).name
    '식 3'
    """
    entry = EQUATIONS[number]
    rows = [_halves(r" \qquad ".join(row)) for row in entry.rows]
    sizes = [[_size(half) for half in row] for row in rows]
    left = max(size[0][0] for size in sizes)  # the rows stand with their = below one another
    width = left + max(size[1][0] for size in sizes)
    heights = [max(h for _, h, _ in size) for size in sizes]
    depths = [max(d for _, _, d in size) for size in sizes]

    point = (entry.width - 2 * MARGIN) / width  # so that the widest row fills the picture
    height = point * (sum(heights) + (len(rows) - 1) * LEADING) + 2 * MARGIN
    name = WORDS[lang]["equation"].format(number)
    picture = Picture(entry.width, height, name=name, alt=entry.latex)
    top = MARGIN
    for (lhs, rhs), row_height, depth in zip(rows, heights, depths, strict=True):
        baseline = 1 - (top + point * (row_height - depth)) / height
        equals = (MARGIN + point * left) / entry.width
        for x, half, ha in ((equals, lhs, "right"), (equals, rhs, "left")):
            style = {"ha": ha, "va": "baseline", "color": COLORS["text"]}
            picture.text(x, baseline, half, fontsize=point * EM * 0.72, **style)
        top += point * (row_height + LEADING)
    return picture


EM = 10  # the font size, in points, at which an equation is measured
MARGIN = 4  # in pixels of the picture at scale 1
LEADING = 5  # between two rows, in points of the measured equation


def _halves(latex):
    """The two sides of a formula as mathtext; in a display, fractions are not made smaller."""
    lhs, rhs = latex.replace(r"\frac", r"\dfrac").split("=", 1)
    return f"${lhs}$", f"$={rhs}$"


def _size(text):
    """Width, height and depth of a formula in points, set at `EM`."""
    parsed = MathTextParser("path").parse(text, dpi=72, prop=FontProperties(size=EM))
    return parsed.width, parsed.height, parsed.depth

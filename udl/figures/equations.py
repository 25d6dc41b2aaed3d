r"""The chapter's fourteen equations, in its own notation: one place for pictures and notebooks."""

from dataclasses import dataclass

from udl.figures.formulas import layout
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
        if len(self.rows) == 1:
            return self.aligned.replace("&", "")
        return rf"\begin{{aligned}} {self.aligned} \end{{aligned}}"

    @property
    def aligned(self):
        """Its rows, each with an ``&`` before the sign of equality."""
        rows = [r" \qquad ".join(row) for row in self.rows]
        return r" \\ ".join(row.replace("=", "&=", 1) for row in rows)


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
    laid = layout(entry.aligned, EM, display=True)
    point = (entry.width - 2 * MARGIN) / (laid.left + laid.right)  # the widest row fills the width
    height = point * laid.height + 2 * MARGIN
    name = WORDS[lang]["equation"].format(number)
    picture = Picture(entry.width, height, name=name, alt=entry.latex)
    column = (MARGIN + point * laid.left) / entry.width
    for before, _, after, baseline in laid.rows:
        y = 1 - (MARGIN + point * baseline) / height
        for text, ha in ((before, "right"), (after, "left")):
            style = {"ha": ha, "va": "baseline", "color": COLORS["text"]}
            picture.text(column, y, text, fontsize=point * EM * 0.72, **style)
    return picture


EM = 10  # the font size, in points, at which an equation is measured
MARGIN = 4  # in pixels of the picture at scale 1

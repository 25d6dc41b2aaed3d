r"""The chapter's fourteen equations, in its own notation: one place for pictures and notebooks."""

import io
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from matplotlib.colors import to_rgb
from PIL import Image

from udl.chapter import speaking
from udl.figures.formulas import TYPE, layout
from udl.figures.picture import NOTEBOOK_SCALE, Picture
from udl.figures.spoken import speak
from udl.figures.style import COLORS, WORD_COLORS, house
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

    def spoken(self, lang):
        """The whole in words.

        >>> EQUATIONS[3].spoken("ko")
        'W는 W 더하기 v'
        """
        return speak([formula for row in self.rows for formula in row], lang)

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


class Formula(Picture):
    """A picture of letters alone."""

    rc: ClassVar = {
        "text.hinting": "none"
    }  # the hints of one of the fonts leave a minus between two rows

    def encode(self, format="png", scale=NOTEBOOK_SCALE):
        """As `Picture.encode`, but that the thinnest stroke of a PNG is as dark as the others.

        A sign of minus is a row and a half of pixels high; where it covers two halves, both would
        be grey. What a stroke covers by two thirds takes its full colour here.
        """
        data = super().encode(format, scale)
        if format != "png":
            return data
        ground, ink = (np.array(to_rgb(c)) * 255 for c in (COLORS["ground"], WORD_COLORS["text"]))
        pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        covered = ((pixels - ground) / (ink - ground)).clip(0, 2 / 3) * 1.5
        buffer = io.BytesIO()
        Image.fromarray((ground + covered * (ink - ground)).round().astype(np.uint8)).save(
            buffer, "PNG", compress_level=3
        )
        return buffer.getvalue()


@house()
def equation(number, lang=None):
    """One equation of the chapter as a picture, as wide as the chapter shows it.

    Parameters
    ----------
    number : int
        1 to 14, in reading order.
    lang : str, optional
        The language of the picture's name, else the one spoken; the equation itself has none.

    Returns
    -------
    Picture

    Examples
    --------
    >>> equation(3).name
    '식 3'
    """
    entry, lang = EQUATIONS[number], speaking(lang)
    laid = layout(entry.aligned, EM, display=True)
    point = (entry.width - 2 * MARGIN) / (laid.left + laid.right)  # the widest row fills the width
    height = point * laid.height + 2 * MARGIN
    name = WORDS[lang]["equation"].format(number)
    picture = Formula(entry.width, height, name=name, alt=entry.spoken(lang))
    column = (MARGIN + point * laid.left) / entry.width
    for before, _, after, baseline in laid.rows:
        y = 1 - (MARGIN + point * baseline) / height
        for text, ha in ((before, "right"), (after, "left")):
            style = {"ha": ha, "va": "baseline", "color": WORD_COLORS["text"]}
            face = {"fontsize": point * EM * 0.72, "math_fontfamily": TYPE}
            picture.text(column, y, text, **face, **style)
    return picture


EM = 10  # the font size, in points, at which an equation is measured
MARGIN = 4  # in pixels of the picture at scale 1

"""Formulas as SVG that stands in a line of HTML: no script and no font is needed to show them."""

from html import escape

from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from udl.figures.style import house

EM = text_to_path.FONT_SCALE  # the font size at which paths come; SVG scales it to the text
LEADING = 0.5 * EM  # between two rows
COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


def svg(latex, display=False):
    r"""A formula as an ``<svg>`` as large as the text around it.

    Parameters
    ----------
    latex : str
        Without dollar signs. Of environments, ``aligned`` alone is known.
    display : bool
        Whether it stands alone, with fractions at their full size.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If Matplotlib's mathtext does not know a command in it.

    Examples
    --------
    >>> svg("W = W + v")[:28]
    '<svg role="img" aria-label="'
    """
    rows = latex.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}").split(r"\\")
    left = right = 0.0
    top, paths = 0.0, []
    with house():
        for row in rows:
            sides = row.split("&", 1)  # what stands left and right of the column of signs
            (before, width, *one), (after, far, *two) = (
                _set(side.strip(), display) for side in [""] * (2 - len(sides)) + sides
            )
            ascent, depth = (max(pair) for pair in zip(one, two, strict=True))
            top += ascent
            paths += [_draw(before, -width, top), _draw(after, 0.0, top)]
            left, right = max(left, width), max(right, far)
            top += depth + (LEADING if row is not rows[-1] else 0)
    box = f"{-left:.0f} 0 {left + right:.0f} {top:.0f}"
    size = f"width:{(left + right) / EM:.3f}em;height:{top / EM:.3f}em"
    style = size if display else f"{size};vertical-align:{-depth / EM:.3f}em"
    return (
        f'<svg role="img" aria-label="{escape(latex)}" viewBox="{box}" style="{style}">'
        f'<path fill="currentColor" d="{"".join(paths)}"/></svg>'
    )


def _set(latex, display):
    """A formula's vertices and codes, and its width, ascent and depth."""
    if not latex:
        return ((), ()), 0.0, 0.0, 0.0
    text = "$" + (latex.replace(r"\frac", r"\dfrac") if display else latex) + "$"
    font = FontProperties(size=EM)
    path = text_to_path.get_text_path(font, text, ismath=True)
    width, height, depth = text_to_path.get_text_width_height_descent(text, font, ismath=True)
    return path, width, height - depth, depth


def _draw(path, x, baseline):
    """A path as SVG, its origin at x on the baseline."""
    pieces, points = [], iter(zip(*path, strict=True))
    for (across, up), code in points:
        if code == Path.CLOSEPOLY:
            pieces.append("Z")
            continue
        ends = [(across, up)]
        for _ in range(Path.NUM_VERTICES_FOR_CODE[code] - 1):
            ends.append(next(points)[0])
        numbers = " ".join(f"{x + across:.0f} {baseline - up:.0f}" for across, up in ends)
        pieces.append(COMMANDS[code] + numbers)
    return "".join(pieces)

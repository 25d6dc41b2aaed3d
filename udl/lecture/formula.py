"""Formulas as SVG that stands in a line of HTML: no script and no font is needed to show them."""

from html import escape

from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from udl.figures.formulas import face, layout
from udl.figures.style import house

EM = text_to_path.FONT_SCALE  # the font size at which paths come; SVG scales it to the text
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
    with house():
        laid = layout(latex, EM, display)
        paths = [
            _draw(text, x, baseline)
            for before, width, after, baseline in laid.rows
            for text, x in ((before, -width), (after, 0.0))
            if text
        ]
    width = laid.left + laid.right
    box = f"{-laid.left:.0f} 0 {width:.0f} {laid.height:.0f}"
    size = f"width:{width / EM:.3f}em;height:{laid.height / EM:.3f}em"
    style = size if display else f"{size};vertical-align:{-laid.depth / EM:.3f}em"
    return (
        f'<svg role="img" aria-label="{escape(latex)}" viewBox="{box}" style="{style}">'
        f'<path fill="currentColor" d="{"".join(paths)}"/></svg>'
    )


def _draw(text, x, baseline):
    """Mathtext as a path of SVG, its origin at x on the baseline."""
    path = text_to_path.get_text_path(face(EM), text, ismath=True)
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

"""A map as areas, one colour for each category, as vector shapes that leave no seams."""

from itertools import groupby

import numpy as np
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from udl.figures.style import COLORS


def areas():
    """A colour for every category of a map, the same in every map.

    Returns
    -------
    dict of str to str
        By the names of `udl.experiments.momentum.PLACES`, in the palette in which the house draws
        now. A test looks at them with the eyes of colour-blind readers.
    """
    return {name.removeprefix("area "): color for name, color in COLORS.items() if "area" in name}


def edges(values):
    """Where the cells about values on a log axis begin and end: one number more than values."""
    middle = np.sqrt(values[1:] * values[:-1])
    return np.concatenate([[values[0] ** 2 / middle[0]], middle, [values[-1] ** 2 / middle[-1]]])


def rectangles(cells):
    """The rectangles that cover the true cells of a grid, each as large as rows that repeat allow.

    Parameters
    ----------
    cells : array of bool, shape (rows, columns)

    Returns
    -------
    list of (left, right, bottom, top)
        In cells, right and top not included.
    """
    found, standing = [], {}  # runs that still go on, with the row in which they began
    for row, line in enumerate([*cells, np.zeros(cells.shape[1], bool)]):
        places = groupby(range(len(line)), key=line.__getitem__)
        runs = [list(group) for inside, group in places if inside]
        runs = {(run[0], run[-1] + 1) for run in runs}
        for left, right in sorted(standing.keys() - runs):
            found.append((left, right, standing.pop((left, right)), row))
        for run in runs - standing.keys():
            standing[run] = row
    return found


def fill(chart, x, y, categories, colors):
    """Fill a chart with log axes with the cells of a map.

    Parameters
    ----------
    chart : matplotlib.axes.Axes
    x, y : arrays, shapes (columns,) and (rows,)
        The values of the map, which the cells stand around.
    categories : array of str, shape (rows, columns)
    colors : dict of str to str
        The colour of each category.
    """
    x, y = edges(x), edges(y)
    for name, color in colors.items():
        boxes = [
            ((x[left], y[bottom]), (x[right], y[bottom]), (x[right], y[top]), (x[left], y[top]))
            for left, right, bottom, top in rectangles(categories == name)
        ]
        if not boxes:
            continue
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
        corners = np.array([(*box, box[0]) for box in boxes]).reshape(-1, 2)
        chart.add_patch(
            PathPatch(
                Path(corners, codes * len(boxes)),
                facecolor=color,
                linewidth=0,
                antialiased=False,  # or the paper would shine through between the boxes
                gid=f"area-{name}",
            )
        )
    chart.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))


def key(page, colors, words, *, left, top, rows, width=0):
    """The legend of a map on the sheet: a square of each colour beside its words, column by column.

    Parameters
    ----------
    page : Sheet
    colors, words : dict of str to str
        The colour and the words of each category.
    left, top : float
        Where the first square stands, in sheet pixels.
    rows : int
        How many of them stand in a column.
    width : float
        From one column to the next.
    """
    side, pitch = 22, 34
    for place, (name, text) in enumerate(words.items()):
        x, y = left + place // rows * width, top + place % rows * pitch
        page.picture.add_artist(
            Rectangle(
                (x, y),
                side,
                side,
                transform=page.pixels,
                facecolor=colors[name],
                edgecolor=COLORS["axes"],
                linewidth=page.points(1.2),
            )
        )
        page.text(x + 1.7 * side, y + side / 2, text, ha="left")

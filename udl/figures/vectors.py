"""A picture as vectors in two layers: a ground once, and what moves over it, again and again.

A page that shows both can sharpen them at any size and recolour them: no mark has a colour of its
own, each names its role as a CSS variable, which `css` sets for light and for dark. Nothing has an
id, so that any number of pictures may stand in one document. A fragment is one element a line, and
a mark that does not change is the same line again: who stores many fragments stores each line once.

Words stay words, in the page's own font: they are searched, read aloud and enlarged as any other.
"""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import repeat

import matplotlib
import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, IdentityTransform

from udl.figures.picture import DPI
from udl.figures.stage import Standing
from udl.figures.style import COLORS, PALETTES, WORD_COLORS, WORDS_ON, house

UNITS = 10  # of a layer in a pixel, so that whole numbers are places enough
FAMILY = "'Noto Sans KR udl','Noto Sans KR','Malgun Gothic','Apple SD Gothic Neo',sans-serif"
NAMES = tuple(PALETTES["light"])
KINDS = {"ink": 1, "word": 2}  # the same role has another shade for words
CODES = {  # what a layer is drawn in: a colour that is of one kind and one role alone
    kind: {name: f"#{first:02x}00{i:02x}" for i, name in enumerate(NAMES)}
    for kind, first in KINDS.items()
}
PAINTS = {
    code: f"var(--udl-{kind}-{name.replace(' ', '-')})"
    for kind, codes in CODES.items()
    for name, code in codes.items()
}
DARK = ('[data-jp-theme-light="false"]', '[data-theme="dark"]')  # of JupyterLab and of the site


def css():
    """The colours of every layer in a page, as the text of a style sheet.

    They are light; dark where JupyterLab or the site says that it is dark; and light on paper.
    Whatever shows a layer has the class ``udl-picture``, or stands in what has it.
    """
    dark = ",".join(f"{page} .udl-picture" for page in DARK)
    light, night = (
        "".join(
            f"--udl-{kind}-{name.replace(' ', '-')}:{color};"
            for kind, colors in zip(KINDS, (PALETTES[palette], WORDS_ON[palette]), strict=True)
            for name, color in colors.items()
        )
        for palette in ("light", "dark")
    )
    return f".udl-picture{{{light}}}@media not print{{{dark}{{{night}}}}}"


@contextmanager
def by_role():
    """In the house, with a code for each role in place of its colour: for what becomes vectors."""
    with house():  # which takes its own colours again in the end
        COLORS.update(CODES["ink"])
        WORD_COLORS.update(CODES["word"])
        grounds = dict.fromkeys(("figure.facecolor", "axes.facecolor"), COLORS["ground"])
        dict.update(matplotlib.rcParams, grounds)
        yield


class Layers(Standing):
    """A picture as it stands now is the ground; what is drawn later moves over it.

    Parameters
    ----------
    picture : Picture
        Drawn `by_role`. It belongs to the layers from now on.

    Attributes
    ----------
    size : tuple of int
        Width and height in pixels as the picture is shown.
    ground : str
        An ``<svg>`` element with its name and alternative text.

    Examples
    --------
    >>> from udl.figures.draw import Sheet
    >>> from udl.losses import CHAPTER
    >>> with by_role():
    ...     page = Sheet((700, 560), 350, name="손실", alt="손실 곡선이 하나 있다.")
    ...     panel = page.panel(CHAPTER, (80, 490))
    ...     panel.curve()
    >>> layers = Layers(page.picture)
    >>> layers.ground[:60]
    '<svg class="udl-ground" viewBox="0 0 3500 2800" width="350" '
    >>> layers.moving(lambda: panel.dots(1.24)).splitlines()[1]
    '<circle cx="691" cy="527" r="35"/>'
    """

    def __init__(self, picture):
        self._looks, self._strokes = {}, []
        picture.set_dpi(DPI)
        self.size = tuple(round(n) for n in picture.bbox.size)
        with by_role():
            pen = Pen(*self.size)
            picture.draw(pen)
        self._pen = Pen(*self.size)
        told = f"<title>{escape(picture.name)}</title>\n<desc>{escape(picture.alt)}</desc>\n"
        self.ground = self._layer("ground", 'role="img"', told + pen.taken())
        super().__init__(picture)
        picture.plot, picture.box = self._plot, self._box
        picture.arrow, picture.words = self._arrow, self._words

    def moving(self, draw):
        """What ``draw()`` adds to the picture, as elements of SVG, one a line.

        Parameters
        ----------
        draw : callable
            Draws with the vocabulary of `udl.figures.draw`; it takes no argument.

        Returns
        -------
        str
            For `over`, or for any ``<g>`` or ``<svg>`` with the ground's ``viewBox``.
        """
        with by_role(), self.added(draw) as artists:
            for artist in artists:
                artist.draw(self._pen)
            return self._pen.taken()

    def _plot(self, chart, x, y, **style):
        places = np.column_stack((np.atleast_1d(x), np.atleast_1d(y)))
        self._in_chart(self._look(Line2D, style), chart, repeat(Path(places)))

    def _box(self, chart, corner, width, height, **style):
        path = Path.unit_rectangle().transformed(Affine2D().scale(width, height).translate(*corner))
        self._in_chart(self._look(Rectangle, style), chart, [path])

    def _words(self, chart, x, y, text, **style):
        look = self._look(Text, style | {"text": DIGITS.sub("0", text)})  # all are as wide
        self._in_chart(look, chart, [((x, y), text)])

    def _arrow(self, transform, way, **style):
        look = self._look(FancyArrowPatch, style)
        paths = look.arrow(transform, **way)
        pixels = IdentityTransform()
        self._strokes.append(Stroke(look, self.picture, None, paths, pixels, self._strokes))

    def _look(self, kind, style):
        key = kind, *style.items()
        if key not in self._looks:
            self._looks[key] = Look(kind(*SAMPLES[kind], figure=self.picture, **style))
        return self._looks[key]

    def _in_chart(self, look, chart, along):
        clip = chart.bbox if look.artist.get_clip_on() else None
        self._strokes.append(Stroke(look, chart, clip, along, chart.transData, self._strokes))

    def _artists(self):
        for owner in (self.picture, *self.picture.axes):
            yield from owner.get_children()
            yield from [stroke for stroke in self._strokes if stroke.owner is owner]

    def over(self, moving, state):
        """An ``<svg>`` element to be laid over the ground: what moves, and what it shows in words.

        Parameters
        ----------
        moving : str
            As `moving` gives it.
        state : str
            For a reader who does not see it.
        """
        return self._layer("moving", f'role="img" aria-label="{escape(state)}"', moving)

    def _layer(self, name, told, elements):
        width, height = self.size
        box = f'viewBox="0 0 {UNITS * width} {UNITS * height}" width="{width}" height="{height}"'
        return (
            f'<svg class="udl-{name}" {box} {told} font-family="{FAMILY}"'
            f' stroke-linejoin="round" fill="none">\n{elements}</svg>'
        )


class Pen(RendererBase):
    """Writes what Matplotlib's artists draw, as elements without ids or colours of their own."""

    def __init__(self, width, height):
        super().__init__()
        self.width, self.height = width, height
        self._lines = []
        self._group = None
        self._sizes = {}

    def taken(self):
        """What has been written since it was last taken."""
        self._grouped(None)
        text = "".join(f"{line}\n" for line in self._lines)
        self._lines = []
        return text

    def get_canvas_width_height(self):
        return self.width, self.height

    def points_to_pixels(self, points):
        return points * DPI / 72

    def draw_path(self, gc, path, transform, rgbFace=None):
        style, line = self._style(gc, rgbFace), rgbFace is None
        self.path(style, line, gc.get_clip_rectangle(), path, transform)

    def path(self, style, line, clip, path, transform):
        """Write a path, an area or else a line, in a style."""
        path = path.transformed(transform)
        if clip is not None and not line and not _within(path, clip):
            path = path.clip_to_bbox(clip)
        (left, bottom), (right, top) = self._ends(clip)
        edges = left + 1, bottom + 1, right - 1, top - 1  # it cuts a pixel farther out
        straight = path.codes is None
        path = path.cleaned(
            remove_nans=True,
            clip=edges if line else None,
            simplify=straight and line,
            curves=True,
        )
        if way := written(self._page(path.vertices), path.codes):
            self._grouped(style)
            self._lines.append(f'<path d="{way}"/>')

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        style = self._style(gc, rgbFace)
        self.marks(style, marker_path, marker_trans, gc.get_clip_rectangle(), path, trans)

    def marks(self, style, marker_path, marker_trans, clip, path, trans):
        """Write a mark at every place of a path, in a style."""
        places = trans.transform(path.vertices)
        low, high = self._ends(clip)
        with np.errstate(invalid="ignore"):  # of what is no number
            places = places[((places >= low) & (places <= high)).all(axis=1)]
        places = self._page(places)
        self._grouped(style)
        if marker_path is CIRCLE:
            radius = round(UNITS * marker_trans.get_matrix()[0, 0])
            self._lines += [f'<circle cx="{x}" cy="{y}" r="{radius}"/>' for x, y in whole(places)]
            return
        mark = marker_path.transformed(marker_trans).vertices * (UNITS, -UNITS)
        for place in places:
            way = written(place + mark, marker_path.codes)
            self._lines.append(f'<path d="{way}"/>')

    def _ends(self, clip):
        """The corners of what is seen."""
        return ((0, 0), (self.width, self.height)) if clip is None else clip.get_points()

    def _page(self, places):
        """Places in Matplotlib's pixels, from below, in the layer's units from above."""
        return places * (UNITS, -UNITS) + (0, UNITS * self.height)

    def get_text_width_height_descent(self, s, prop, ismath):
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        key = DIGITS.sub("0", s), hash(prop)  # all are as wide: a counter is measured once
        if key not in self._sizes:
            self._sizes[key] = super().get_text_width_height_descent(key[0], prop, False)
        return self._sizes[key]

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        if ismath:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        self.words(self._lettering(gc), (x, y), prop, angle, mtext, gc.get_clip_rectangle(), s)

    def words(self, style, place, prop, angle, mtext, clip, s):
        """Write words in a style."""
        x, y = place
        if clip is not None and not clip.contains(x, self.height - y):
            return
        # Held where Matplotlib holds it: in another font it is a little longer or shorter.
        side = mtext.get_horizontalalignment() if mtext else "left"
        held = "center" if angle and mtext else side
        if held != "left":
            width, _, _ = self.get_text_width_height_descent(s, prop, False)
            width *= {"center": 0.5, "right": 1}[held]
            turn = np.radians(angle)
            x, y = x + width * np.cos(turn), y - width * np.sin(turn)
        x, y = round(UNITS * x), round(UNITS * y)
        size = round(UNITS * self.points_to_pixels(prop.get_size_in_points()))
        anchor = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}
        turned = f' transform="rotate({-angle:g} {x} {y})"' if angle else ""
        self._grouped(style)
        self._lines.append(
            f'<text x="{x}" y="{y}" font-size="{size}"{anchor[held]}{turned}>'
            f"{escape(s, quote=False)}</text>"
        )

    def _grouped(self, style):
        """Begin a group of elements with a style, unless that is the present one's."""
        if style != self._group:
            if self._group is not None:
                self._lines.append("</g>")
            if style is not None:
                self._lines.append(f"<g{style}>")
            self._group = style

    def _lettering(self, gc):
        return "".join(_paint("fill", gc.get_rgb()))

    def _style(self, gc, face):
        alpha = gc.get_alpha() if gc.get_forced_alpha() else None
        style = ""
        if face is not None and (len(face) < 4 or face[3] > 0):
            style += _paint("fill", face, alpha)
        if gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0:
            width = UNITS * self.points_to_pixels(gc.get_linewidth())
            style += _paint("stroke", gc.get_rgb(), alpha) + f' stroke-width="{width:.0f}"'
            _, dashes = gc.get_dashes()
            if dashes is not None:
                lengths = UNITS * self.points_to_pixels(np.array(dashes))
                style += f' stroke-dasharray="{" ".join(f"{x:.0f}" for x in lengths)}"'
            if gc.get_capstyle() != "butt":
                style += f' stroke-linecap="{CAPS[gc.get_capstyle()]}"'
            if gc.get_joinstyle() != "round":
                style += f' stroke-linejoin="{gc.get_joinstyle()}"'
        return style


class Look(Pen):
    """What Matplotlib has a pen do for an artist of some style, to be done again elsewhere.

    Most of what moves are lines, marks and arrows in a few styles, and to have Matplotlib make,
    add, draw and remove one takes several times as long as to write it.

    Parameters
    ----------
    artist : Line2D, Rectangle, FancyArrowPatch or Text
        One such, anywhere; words stand at the origin.
    """

    def __init__(self, artist):
        super().__init__(0, 0)
        self.artist = artist
        self._calls = []
        artist.draw(self)

    def draw_path(self, gc, path, transform, rgbFace=None):
        self._calls.append((Pen.path, self._style(gc, rgbFace), rgbFace is None))

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        self._calls.append((Pen.marks, self._style(gc, rgbFace), marker_path, marker_trans))

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        self._calls.append((Look._moved, self._lettering(gc), (x, y), prop, angle, mtext))

    @staticmethod
    def _moved(pen, style, offset, prop, angle, mtext, clip, told, transform):
        place, text = told
        x, y = transform.transform(place)
        place = x + offset[0], pen.height - y + offset[1]
        pen.words(style, place, prop, angle, mtext, clip, text)

    def again(self, pen, clip, along, transform):
        """Have a pen do the same along other paths, or with other words of the same form."""
        for (what, *how), path in zip(self._calls, along, strict=False):  # a short arrow: no head
            what(pen, *how, clip, path, transform)

    def arrow(self, transform, path=None, posA=None, posB=None):
        """The shaft and the head of an arrow on another way: paths in pixels."""
        arrow, pixels = self.artist, self.points_to_pixels(1)
        if path is None:
            gaps = {"shrinkA": arrow.shrinkA * pixels, "shrinkB": arrow.shrinkB * pixels}
            path = arrow.get_connectionstyle()(*transform.transform((posA, posB)), **gaps)
        else:
            path = transform.transform_path(path)
        widths = arrow.get_mutation_scale() * pixels, arrow.get_linewidth() * pixels
        return arrow.get_arrowstyle()(path, *widths, aspect_ratio=None)[0]


@dataclass(eq=False)
class Stroke:
    """To a stage an artist as others: marks, words, a line, an arrow, in a chart or the picture."""

    look: Look
    owner: object
    clip: object
    along: object
    transform: object
    among: list

    def get_zorder(self):
        return self.look.artist.get_zorder()

    def draw(self, pen):
        self.look.again(pen, self.clip, self.along, self.transform)

    def remove(self):
        self.among.remove(self)


SAMPLES = {
    Line2D: ([0, 1], [0, 1]),
    FancyArrowPatch: ((0, 0), (1, 1)),
    Text: (),
    Rectangle: ((0, 0), 1, 1),
}
CIRCLE = Path.unit_circle()  # which is the same at every call
CAPS = {"projecting": "square", "round": "round"}  # what SVG calls the ends of a line
DIGITS = re.compile(r"\d")
LETTERS = {Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


def _paint(what, color, alpha=None):
    """An attribute for a colour: the variable of its role, and how opaque it is."""
    code = to_hex(color[:3])
    opaque = alpha if alpha is not None else (color[3] if len(color) == 4 else 1)
    faint = f' {what}-opacity="{opaque:.3g}"' if opaque < 1 else ""
    return f' {what}="{PAINTS.get(code, code)}"{faint}'


def _within(path, box):
    low, high = path.vertices.min(axis=0), path.vertices.max(axis=0)
    return (low >= box.min).all() and (high <= box.max).all()


def whole(places):
    """Places as the nearest whole numbers: list of [x, y]."""
    return np.rint(places).astype(int).tolist()


def written(places, codes=None):
    """A path as the value of SVG's ``d``: whole numbers, each place told from the one before.

    Parameters
    ----------
    places : array, shape (n, 2)
        Finite, in the layer's units.
    codes : sequence of int, optional
        What a ``matplotlib.path.Path`` does at each place; by default it is a line through all.

    Returns
    -------
    str
        Empty if there is nothing to see.

    Examples
    --------
    >>> written([(0, 0), (3.2, 1), (3.3, 1), (3, -2)])
    'M0 0l3 1 0-3'
    """
    if codes is None:
        codes = [Path.MOVETO, *[Path.LINETO] * (len(places) - 1)]
    places, pieces = whole(places), []
    x = y = begun = None  # where the pen is, and where it was set down
    i, last = 0, ""
    while i < len(places):
        code = codes[i]
        i, j = i + Path.NUM_VERTICES_FOR_CODE[code], i
        if code == Path.STOP:
            break
        if code == Path.CLOSEPOLY:
            pieces.append("z")
            (x, y), last = begun, "z"
        elif code == Path.MOVETO:
            x, y = begun = places[j]
            pieces.append(f"M{x} {y}")
            last = "M"
        else:
            way = [n for over, down in places[j:i] for n in (over - x, down - y)]
            if not any(way):
                continue
            (x, y), letter = places[i - 1], LETTERS[code]
            numbers = "".join(f"{n}" if n < 0 else f" {n}" for n in way)
            pieces.append(numbers if letter == last else letter + numbers.lstrip())
            last = letter
    return "".join(pieces) if any(piece[0] != "M" for piece in pieces) else ""

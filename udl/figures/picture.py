"""A Matplotlib figure that knows its alternative text and becomes the same bytes every time."""

import hashlib
import io
import logging
import re
from contextlib import contextmanager
from html import escape
from typing import ClassVar

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from udl.figures.style import COLORS, house

DPI = 100  # at scale 1 a picture is as wide in pixels as the chapter shows it
NOTEBOOK_SCALE = 2

# Nothing in a file may tell when, where or by which version it was written.
NO_METADATA = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}

# The font's own date is 0, so that its bytes never vary; that is worth no line for each PDF.
logging.getLogger("fontTools.ttLib.tables._h_e_a_d").setLevel(logging.ERROR)


def _short(svg):
    """An SVG whose paths go to a hundredth of a point: of six digits four are seen by nobody."""
    return re.sub(rb'(?<= d=")[^"]*', lambda path: re.sub(rb"(?<=\.\d\d)\d+", b"", path[0]), svg)


class Picture(Figure):
    """A figure of fixed size, built without pyplot.

    Parameters
    ----------
    width, height : float
        The size in pixels at scale 1.
    name : str
        What a text-only reader is shown first, such as ``"그림 6"``.
    alt : str
        The alternative text.
    """

    rc: ClassVar = {}  # settings of its own, over those of the house

    def __init__(self, width, height, *, name="", alt=""):
        super().__init__(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=COLORS["ground"])
        FigureCanvasAgg(self)
        self.name, self.alt = name, alt
        self.inks = set()  # whose colours it has: names of rules and roles

    def plot(self, chart, x, y, **style):
        """A line through places of a chart whose ends are set, or marks at them.

        The chart's own ``plot`` takes three times as long: it asks whether its ends still hold all.
        """
        chart.add_artist(Line2D(np.atleast_1d(x), np.atleast_1d(y), **style))

    def arrow(self, transform, way, **style):
        """An arrow along a way, as `FancyArrowPatch` takes it, across the picture."""
        self.add_artist(FancyArrowPatch(**way, transform=transform, **style))

    def box(self, chart, corner, width, height, **style):
        """A rectangle in a chart, from its lower left corner."""
        chart.add_artist(Rectangle(corner, width, height, **style))

    def words(self, chart, x, y, text, **style):
        """Words at a place of a chart."""
        chart.text(x, y, text, **style)

    def encode(self, format="png", scale=NOTEBOOK_SCALE):
        """The picture as the bytes of a PNG, SVG or PDF file; ``scale`` counts for PNG alone."""
        metadata = dict(NO_METADATA[format])
        # level 3: a PNG a twelfth larger than at the usual 6, in little more than half the time
        options = {"pil_kwargs": {"compress_level": 3}} if format == "png" else {}
        if format != "png":
            metadata["Title"] = self.name
        buffer = io.BytesIO()
        with house():
            dict.update(matplotlib.rcParams, self.rc)
            self.savefig(buffer, format=format, dpi=DPI * scale, metadata=metadata, **options)
        return self._told(_short(buffer.getvalue())) if format == "svg" else buffer.getvalue()

    def _told(self, svg):
        """An SVG, which has its name as its title, with what a screen reader says of it."""
        desc = f"</title>\n <desc>{escape(self.alt)}</desc>".encode()
        return svg.replace(b"<svg ", b'<svg role="img" ', 1).replace(b"</title>", desc, 1)

    def strings(self):
        """Every text in the picture, in the order in which it was put there."""
        return [text.get_text() for text in self.texts_shown()]

    def texts_shown(self):
        """The visible, non-empty text artists."""
        return [t for t in self.findobj(Text) if t.get_visible() and t.get_text().strip()]

    def hashes_without_text(self):
        """Hashes of the pixels with all text hidden: see `coarse`."""
        with self.text_hidden(), house():
            self.canvas.draw()
            return coarse(np.asarray(self.canvas.buffer_rgba()))

    @contextmanager
    def text_hidden(self):
        """While it lasts, no text is visible."""
        texts = self.texts_shown()
        for text in texts:
            text.set_visible(False)
        try:
            yield
        finally:
            for text in texts:
                text.set_visible(True)

    def _repr_mimebundle_(self, include=None, exclude=None):
        width = round(self.get_figwidth() * DPI)
        return (
            {"image/png": self.encode(), "text/plain": f"<{self.name}>"},
            {"image/png": {"width": width, "alt": self.alt}},
        )


def coarse(pixels):
    """Two hashes of pixels, without text equal on every version of Matplotlib.

    Shades are rounded to steps of 16 for the one and halfway between them for the other: where
    another processor makes a pixel a shade lighter, one of the two at least stays.

    Parameters
    ----------
    pixels : array of uint8

    Returns
    -------
    list of two str

    Examples
    --------
    >>> dark, lighter, white = (coarse(np.array([v], np.uint8)) for v in (15, 16, 255))
    >>> dark[0] == lighter[0], dark[1] == lighter[1], dark[1] == white[1]
    (False, True, False)
    """
    wide = pixels.astype(np.uint16)
    return [hashlib.sha256((wide + half) >> 4).hexdigest() for half in (0, 8)]

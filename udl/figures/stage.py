"""A stage: a picture whose ground is drawn once, with what moves drawn over it again and again.

Setting the text and the curve of a picture takes most of the time that drawing takes. A slider or
an animation changes neither, so the ground is kept as pixels.
"""

import io
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageColor

from udl.figures.picture import DPI
from udl.figures.style import PALETTES, WORDS_ON, house


class Standing:
    """A picture as it stands now; what is drawn later is taken off it again.

    Parameters
    ----------
    picture : Picture
        It belongs to this from now on.
    """

    def __init__(self, picture):
        self.picture = picture
        self._standing = set(self._artists())

    @contextmanager
    def added(self, draw):
        """What ``draw()`` adds to the picture: a list of artists, the undermost first."""
        try:
            draw()
            yield sorted(self._moving(), key=lambda artist: artist.get_zorder())
        finally:
            for artist in self._moving():
                artist.remove()

    def _moving(self):
        return [artist for artist in self._artists() if artist not in self._standing]

    def _artists(self):
        for owner in (self.picture, *self.picture.axes):
            yield from owner.get_children()


class Stage(Standing):
    """A picture as it stands now is the ground; every `frame` begins with it.

    Parameters
    ----------
    picture : Picture
        It belongs to the stage from now on.
    scale : float
        Pixels for each pixel at which the picture is shown.

    Examples
    --------
    >>> from udl.figures.draw import Sheet
    >>> from udl.losses import CHAPTER
    >>> page = Sheet((700, 560), 350)
    >>> panel = page.panel(CHAPTER, (80, 490))
    >>> panel.curve()
    >>> stage = Stage(page.picture)
    >>> at = [stage.frame(lambda: panel.dots(w)) for w in (1.24, 1.3)]
    >>> at[0].shape, (at[0] != at[1]).any()
    ((280, 350, 4), np.True_)
    """

    def __init__(self, picture, scale=1):
        picture.set_dpi(DPI * scale)
        with house():
            picture.canvas.draw()
        self._ground = picture.canvas.copy_from_bbox(picture.bbox)
        super().__init__(picture)

    def frame(self, draw):
        """The ground with what ``draw()`` adds to the picture, which is taken off it again.

        Parameters
        ----------
        draw : callable
            Draws with the vocabulary of `udl.figures.draw`; it takes no argument.

        Returns
        -------
        array of uint8, shape (height, width, 4)
        """
        canvas = self.picture.canvas
        with house(), self.added(draw) as artists:
            canvas.restore_region(self._ground)
            for artist in artists:
                artist.draw(canvas.get_renderer())
            return np.array(canvas.buffer_rgba())


def gif(frames, waits):
    """A looping GIF in the house's colours, so that what does not change costs nothing.

    Parameters
    ----------
    frames : list of arrays of uint8, shape (height, width, 3 or 4)
    waits : list of int
        How long each stands, in milliseconds.

    Returns
    -------
    bytes
    """
    palette = Image.new("P", (1, 1))
    palette.putpalette(_colours())
    none = Image.Dither.NONE
    first, *others = (
        Image.fromarray(frame).convert("RGB").quantize(palette=palette, dither=none)
        for frame in frames
    )
    buffer = io.BytesIO()
    first.save(buffer, "GIF", save_all=True, append_images=others, duration=waits, loop=0)
    return buffer.getvalue()


def _colours():
    """White, and every colour of the house at full strength and paler, as at the rim of a line."""
    colours = dict.fromkeys([*PALETTES["light"].values(), *WORDS_ON["light"].values()])
    full = np.array([ImageColor.getrgb(colour) for colour in colours])
    shades = [255 - strength * (255 - full) for strength in (1, 0.67, 0.33)]
    return np.concatenate([[[255, 255, 255]], *shades]).round().astype(np.uint8).ravel().tolist()

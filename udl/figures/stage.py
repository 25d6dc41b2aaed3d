"""A stage: a picture whose ground is drawn once, with what moves drawn over it again and again.

Setting the text and the curve of a picture takes most of the time that drawing takes. A slider or
an animation changes neither, so the ground is kept as pixels.
"""

import io
import struct
import zlib
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


class Encoder:
    """Packs frames of one picture as PNG, and anew only the rows that are not as they were.

    A general encoder tries five filters on every row; flat colours pack as well without any, in a
    third of the time. Most rows of a moving picture stay as they are, or are as those above, which
    leaves a third of that. How opaque a pixel is goes without saying: there is paper behind every
    picture.

    Examples
    --------
    >>> encode = Encoder()
    >>> encode(np.zeros((2, 3, 4), np.uint8))[1:4]
    b'PNG'
    """

    BAND = 16  # rows that are packed together

    def __init__(self):
        self._bands = {}  # by their first row: the pixels, what they are packed to, its checksum

    def __call__(self, frame):
        """The bytes of a PNG.

        Parameters
        ----------
        frame : array of uint8, shape (height, width, 4)
            Opaque, as `Stage` draws it, and not to be written to afterwards. Every frame of an
            encoder has the same shape.
        """
        height, width, _ = frame.shape
        packed, check = b"\x78\x01", 1  # how a zlib stream begins
        above = None
        for top in range(0, height, self.BAND):
            pixels = frame[top : top + self.BAND]
            for known in (self._bands.get(top), above):
                if known and np.array_equal(pixels, known[0]):
                    _, band, band_check = known
                    break
            else:
                band, band_check = _packed(pixels)
            self._bands[top] = above = pixels, band, band_check  # of this frame: no other is kept
            packed += band
            check = _checksum(check, band_check, len(pixels) * (1 + 3 * width))
        packed += b"\x03\x00" + struct.pack(">I", check)  # an empty last block
        bits, rgb, plain = 8, 2, (0, 0, 0)
        size = struct.pack(">IIBBBBB", width, height, bits, rgb, *plain)
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in ((b"IHDR", size), (b"IDAT", packed), (b"IEND", b""))
        )


def _packed(pixels):
    """Rows as a part of a deflate stream that refers to no other part, and their Adler-32."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each begins with 0: no filter
    for colour in range(3):
        rows[:, 1 + colour :: 3] = pixels[..., colour]
    deflate = zlib.compressobj(1, wbits=-zlib.MAX_WBITS)
    return deflate.compress(rows) + deflate.flush(zlib.Z_FULL_FLUSH), zlib.adler32(rows)


def _checksum(one, other, length):
    """The Adler-32 of two texts one after the other, out of theirs; ``length`` is the second's."""
    prime = 65521
    (high, low), (other_high, other_low) = divmod(one, 1 << 16), divmod(other, 1 << 16)
    high = (high + other_high + length * (low - 1)) % prime
    return high << 16 | (low + other_low - 1) % prime


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

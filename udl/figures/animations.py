"""Figures 5 to 8 as they move: a frame for each step of their descents, over the ground."""

import hashlib
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from udl.figures.descents import descents
from udl.figures.momentum import ground_6
from udl.figures.nag import ground_7, ground_8
from udl.figures.sgd import ground_5
from udl.figures.stage import Stage, gif
from udl.figures.style import house

GROUNDS = {5: ground_5, 6: ground_6, 7: ground_7, 8: ground_8}
FORMATS = ("gif", "mp4")
STEP, END = 120, 2400  # milliseconds for a step, and for the last
STILL = 0.05  # a ball that moves no farther than this from where it ends has arrived


def animation(number, lang="ko"):
    """A figure as it moves.

    Parameters
    ----------
    number : int
        5, 6, 7 or 8.
    lang : str
        ``"ko"`` or ``"en"``.

    Returns
    -------
    Animation

    Raises
    ------
    ValueError
        If the figure does not move, or there is no such language.
    """
    if number not in GROUNDS:
        raise ValueError(f"number must be one of {', '.join(map(str, GROUNDS))}, not {number!r}")
    with house():
        page, _, panels = GROUNDS[number](lang)
        for panel in panels.values():  # a ball may go a little farther than the still figure
            panel.curve(panel.loss.domain[0][1], panel.RIGHT)
    return Animation(page.picture, panels, descents(number))


@dataclass
class Animation:
    """A ground and the descents that walk on it; encodes as a `Picture` does.

    Attributes
    ----------
    picture : Picture
        The ground.
    panels : dict of str to Panel
    descents : dict of str to Descent
        One for each panel.
    """

    picture: object
    panels: dict
    descents: dict

    @cached_property
    def lasts(self):
        """The last step of each descent that is shown, by name."""
        return {name: last_step(self.panels[name], one.w) for name, one in self.descents.items()}

    @property
    def steps(self):
        """How many steps are shown."""
        return max(self.lasts.values())

    def frames(self, scale=1):
        """A frame for each step: list of arrays of uint8, shape (height, width, 3)."""
        stage = Stage(self.picture, scale)
        return [stage.frame(lambda t=t: self._draw(t)) for t in range(self.steps + 1)]

    def waits(self):
        """How long each frame stands, in milliseconds."""
        return [STEP] * self.steps + [END]

    def encode(self, format="gif", scale=2):
        """The bytes of a looping GIF, or of an MP4 if imageio-ffmpeg is installed."""
        return {"gif": gif, "mp4": mp4}[format](self.frames(scale), self.waits())

    def strings(self):
        """Every text in it."""
        return self.picture.strings()

    def hash_without_text(self):
        """A hash of all frames with all text hidden: equal on every version of Matplotlib."""
        texts = self.picture.texts_shown()
        for text in texts:
            text.set_visible(False)
        try:
            return hashlib.sha256(np.stack(self.frames()).tobytes()).hexdigest()
        finally:
            for text in texts:
                text.set_visible(True)

    def _draw(self, t):
        for name, panel in self.panels.items():
            now = min(t, self.lasts[name])
            one = self.descents[name]
            panel.trail(one.w[: now + 1], hops=8)
            if "v" not in one.state:
                continue
            speed = one.state["v"][now]
            if name == "nag":
                speed = one.hyper["alpha"] * speed
                ahead = one.w[now] + speed
                panel.tangent(ahead, length=2.2)
                panel.dots(ahead, "lookahead")
            panel.velocity(one.w[now], speed)


def last_step(panel, w):
    """The step at which the story of a descent ends.

    Parameters
    ----------
    panel : Panel
    w : array, shape (steps + 1,)

    Returns
    -------
    int
        The first from which it stays near where it ends; or, if it never comes to rest, the one
        that leaves the picture.
    """
    moving = np.flatnonzero(np.abs(w - w[-1]) > STILL)
    arrived = int(moving[-1]) + 1 if moving.size else 0
    outside = np.flatnonzero(~panel.inside(w))
    rested = arrived < len(w) - 5
    return arrived if rested or not outside.size else int(outside[0])


def mp4(frames, waits):
    """The same as a film, which plays once; needs the extra ``video``."""
    import imageio_ffmpeg

    height, width, _ = (n - n % 2 for n in frames[0].shape)  # as the codec wants it
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        writer = imageio_ffmpeg.write_frames(
            str(path), (width, height), fps=1000 / STEP, macro_block_size=2
        )
        writer.send(None)
        for frame, wait in zip(frames, waits, strict=True):
            for _ in range(wait // STEP):
                writer.send(np.ascontiguousarray(frame[:height, :width]))
        writer.close()
        return path.read_bytes()

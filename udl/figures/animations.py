"""Figures 5 to 8 as they move: a frame for each step of their descents, over the ground."""

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from udl.descent import settled
from udl.experiments.plans import descents
from udl.figures.momentum import ground_6
from udl.figures.nag import ground_7, ground_8
from udl.figures.picture import coarse
from udl.figures.sgd import ground_5
from udl.figures.stage import Stage, gif
from udl.figures.style import house

GROUNDS = {5: ground_5, 6: ground_6, 7: ground_7, 8: ground_8}
FORMATS = ("gif", "mp4")
BEAT = 40  # milliseconds: every frame stands a whole number of beats, and a film has one a frame
FIRST, FADE, LEAST, LAST = 12, 0.9, 2, 100  # beats: early steps tell most and stand longest
STILL = 0.1  # a ball that stays so close to where it ends has arrived: its own radius is more


def animation(number, lang=None):
    """A figure as it moves.

    Parameters
    ----------
    number : int
        5, 6, 7 or 8.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.

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
        page, words, panels = GROUNDS[number](lang)
        walked = descents(number)
        for name, panel in panels.items():
            panel.curve(panel.loss.domain[0][1], panel.RIGHT)  # a ball goes farther than its figure
            if "v" in walked[name].state:
                panel.arrow((5.85, 7.7), (6.85, 7.7), color="velocity", width=4, head=18)
                panel.label(7.1, 7.7, words["velocity"], color="velocity", ha="left")
    return Animation(page.picture, panels, walked)


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
        """A frame for each step: list of arrays of uint8, shape (height, width, 4)."""
        stage = Stage(self.picture, scale)
        return [stage.frame(lambda t=t: self.draw(t)) for t in range(self.steps + 1)]

    def waits(self):
        """How long each frame stands, in milliseconds."""
        beats = [max(LEAST, round(FIRST * FADE**t)) for t in range(self.steps)]
        return [BEAT * n for n in (*beats, LAST)]

    def encode(self, format="gif", scale=2):
        """The bytes of a looping GIF, or of an MP4 if imageio-ffmpeg is installed."""
        return {"gif": gif, "mp4": mp4}[format](self.frames(scale), self.waits())

    def strings(self):
        """Every text in it."""
        return self.picture.strings()

    def hashes_without_text(self):
        """Hashes of all frames with all text hidden: see `coarse`."""
        with self.picture.text_hidden():
            return coarse(np.stack(self.frames())[..., :3])

    def draw(self, t):
        """Put what moves on the ground, as it is after t steps."""
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
    arrived = int(settled(np.abs(w - w[-1]) <= STILL))
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
            str(path), (width, height), fps=1000 / BEAT, macro_block_size=2
        )
        writer.send(None)
        for frame, wait in zip(frames, waits, strict=True):
            for _ in range(wait // BEAT):
                writer.send(np.ascontiguousarray(frame[:height, :width, :3]))
        writer.close()
        return path.read_bytes()

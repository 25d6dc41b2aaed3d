"""What a lecturer would drag in an explorer, as a looping GIF: for slides that nobody can turn."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from udl.chapter import speaking
from udl.explore.view import Scene
from udl.figures.stage import gif as encoded
from udl.figures.style import COLORS, FONT
from udl.lecture.text import WORDS

WALKED = 24  # steps before the knob is dragged, of which every second is shown
PLACES = 12  # places of the knob that are shown
STRIP = 52  # pixels below the picture, where the knob is
WAITS = {"walk": 200, "drag": 200, "end": 1500}  # milliseconds


def gif(view, lang=None):
    """A view walked from where its knobs stand at first, and then its knob dragged.

    Parameters
    ----------
    view : View
        Of an explorer. Its ``drag`` says which knob, from where, to where.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.

    Returns
    -------
    bytes
        A GIF that loops.
    """
    scene, first, words = Scene(view), view.values(), WORDS[speaking(lang)]
    name = view.drag[0]
    knob = next(knob for knob in view.knobs if knob.name == name)
    shots = [(first[name], t, WAITS["walk"]) for t in range(0, WALKED, 2)]
    shots += [(value, WALKED, WAITS["drag"]) for value in places(knob, *view.drag[1:])]
    shots[-1] = (*shots[-1][:2], WAITS["end"])
    frames = [
        _with_knob(scene.frame(first | {name: value}, t, 1), knob, value, words["step"].format(t))
        for value, t, _ in shots
    ]
    return encoded(frames, [wait for *_, wait in shots])


def places(knob, low, high):
    """Where a hand would hold a knob on its way between two values: list of float."""
    if knob.places is None:
        return [knob.nearest(value) for value in np.linspace(low, high, PLACES)]
    way = [place for place in knob.places if low <= place <= high]
    return [way[i] for i in np.linspace(0, len(way) - 1, min(PLACES, len(way))).astype(int)]


def _share(knob, value):
    """How far along its slider a knob stands at a value."""
    if knob.places is None:
        return (value - knob.low) / (knob.high - knob.low)
    return np.searchsorted(knob.places, value) / (len(knob.places) - 1)


def _with_knob(frame, knob, value, step):
    """A frame with the knob as a slider below it, and beside that the step, as text."""
    height, width, _ = frame.shape
    picture = Image.new("RGB", (width, height + STRIP), "white")
    picture.paste(Image.fromarray(frame).convert("RGB"))
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, 18)
    middle, left, right = height + STRIP // 2, 180, width - 200
    at = left + _share(knob, value) * (right - left)
    for text, x in ((knob.label, 20), (f"{value:g}", right + 20), (step, right + 110)):
        draw.text((x, middle), text, COLORS["text"], font, anchor="lm")
    draw.line((left, middle, right, middle), COLORS["past"], 4)
    draw.ellipse((at - 9, middle - 9, at + 9, middle + 9), COLORS["before"])
    return np.asarray(picture)

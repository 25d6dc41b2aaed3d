"""Whether two files show the same picture, whichever processor drew them.

Two processors differ in the last digits of what they compute. Of a drawing that leaves a few
pixels a shade lighter, and a contour with a vertex fewer; an edit does more.
"""

import io
import re

import numpy as np
from PIL import Image, ImageSequence

SHADES = 2  # of 255: by so much a pixel may differ
PIXELS = 8  # of a frame: so many may differ at all
PLACE = 0.05  # pixels of an SVG: so far may a number in it be off, or the course of a path

# Each " d" holds a path's vertices; an id is a hash of what it names.
PATH = re.compile(r' d="([^"]*)"')
NAME = re.compile(r' id="[^"]*"|href="#[^"]*"|url\(#[^)]*\)')
NUMBER = re.compile(r"-?\d+\.\d+")


def same(one, other):
    """Whether two files show the same but for what processors round differently.

    Parameters
    ----------
    one, other : bytes
        Two PNG, two GIF or two SVG files; files of other kinds must be equal.

    Returns
    -------
    bool

    Examples
    --------
    >>> def square(shade):
    ...     file = io.BytesIO()
    ...     Image.new("L", (9, 9), shade).save(file, "PNG")
    ...     return file.getvalue()
    >>> same(square(0), square(0)), same(square(0), square(1))
    (True, False)
    """
    if one == other:
        return True
    if one.startswith(b"<?xml") and other.startswith(b"<?xml"):
        return _same_vectors(*(svg.decode(errors="replace") for svg in (one, other)))
    try:
        ours, theirs = _frames(one), _frames(other)
    except (OSError, SyntaxError, IndexError):  # no picture, or a part of one
        return False
    return len(ours) == len(theirs) and all(map(_same_frames, ours, theirs))


def pixels(data):
    """The decoded pixels of a PNG: its bytes depend on the system's zlib, these do not."""
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))


def _frames(data):
    """Pixels of each frame, how long it stands, how often all play; one frame if none moves."""
    with Image.open(io.BytesIO(data)) as image:
        return [
            (np.asarray(frame.convert("RGBA")), frame.info.get("duration"), image.info.get("loop"))
            for frame in ImageSequence.Iterator(image)
        ]


def _same_frames(one, other):
    (shown, *time), (wanted, *its_time) = one, other
    if shown.shape != wanted.shape or time != its_time:
        return False
    away = np.abs(shown.astype(np.int16) - wanted).max(axis=2)
    return away.max() <= SHADES and np.count_nonzero(away) <= PIXELS


def _same_vectors(one, other):
    rests = [NAME.sub("", PATH.sub(" d", svg)) for svg in (one, other)]
    words, its_words = (NUMBER.sub("number", rest) for rest in rests)
    if words != its_words:
        return False
    return all(
        np.allclose(ours, theirs, rtol=0, atol=PLACE)
        for ours, theirs in (
            [np.array(NUMBER.findall(rest), dtype=float) for rest in rests],
            map(_courses, (one, other)),
        )
    )


def _courses(svg):
    """Of each path its box, its length and the middle of its line: array of shape (paths, 7).

    No vertex counts for itself: one processor has one where another has none.
    """
    found = np.zeros((len(PATH.findall(svg)), 7))
    for course, path in zip(found, PATH.findall(svg), strict=True):
        points = np.array(re.findall(r"-?[\d.]+", path), dtype=float).reshape(-1, 2)
        if not len(points):
            continue
        lengths = np.hypot(*np.diff(points, axis=0).T)
        middles = (points[1:] + points[:-1]) / 2
        middle = lengths @ middles / (lengths.sum() or 1)
        course[:] = [*points.min(axis=0), *points.max(axis=0), lengths.sum(), *middle]
    return found

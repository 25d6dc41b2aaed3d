"""NumPy as it may round on another processor: a Python that finds this folder imports it by itself.

IEEE 754 fixes the last bit of +, −, ×, ÷ and √; that of e^x, of a cosine and of the powers within
np.geomspace is left to library and processor. Here it is another at every second value; at which,
``ELSEWHERE`` says: each number is another processor.
What a page prints and a test asserts must hold on all of them: `make elsewhere`.
"""

import os

import numpy as np

PLACE = np.uint64(int(os.environ.get("ELSEWHERE") or 1) * 0x9E3779B97F4A7C15 % 2**64)


def elsewhere(exact):
    """A function one unit in the last place away at every second value that is not 0 or 1."""

    def function(*args, **kwargs):
        y = exact(*args, **kwargs)
        if getattr(y, "dtype", None) != np.float64:
            return y
        bits = np.array(y, ndmin=1).view(np.uint64)
        more = (bits ^ PLACE) * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(63)
        size = np.abs(y)
        bits += more * (np.isfinite(y) & (size >= np.finfo(float).tiny) & (size != 1))
        return bits.view(float).reshape(np.shape(y))[()]

    return function


def geomspace(start, stop, *args, **kwargs):
    """With the ends that were asked for."""
    y = powers(start, stop, *args, **kwargs)
    y[0], y[-1] = start, stop
    return y


powers = elsewhere(np.geomspace)
np.exp, np.cos, np.geomspace = elsewhere(np.exp), elsewhere(np.cos), geomspace

"""NumPy as it may round on another processor: a Python that finds this folder imports it by itself.

IEEE 754 fixes the last bit of +, −, ×, ÷ and √; that of e^x is left to library and processor. Here
it is another at every second value; ``ELSEWHERE`` says at which: each number is another processor.
What a page prints and a test asserts must hold on all of them: `make elsewhere`.
"""

import os

import numpy as np

PLACE = np.uint64(int(os.environ.get("ELSEWHERE") or 1) * 0x9E3779B97F4A7C15 % 2**64)
exact = np.exp


def exp(x, *args, **kwargs):
    """e^x, one unit in the last place more at every second value that is neither 0 nor infinite."""
    y = exact(x, *args, **kwargs)
    if getattr(y, "dtype", None) != np.float64:
        return y
    bits = np.array(y, ndmin=1).view(np.uint64)
    more = (bits ^ PLACE) * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(63)
    bits += more * (np.isfinite(y) & (y >= np.finfo(float).tiny))
    return bits.view(float).reshape(np.shape(y))[()]


np.exp = exp

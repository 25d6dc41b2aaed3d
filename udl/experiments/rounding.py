"""Gradients and rates with the same last bit on every processor, for walks that do not forget it.

IEEE 754 fixes the last bit of +, −, ×, ÷ and √; that of e^x and of a power is left to library and
processor. Where a rate is so large that a walk bounces, a difference there grows until two walks
have nothing in common: after a hundred steps it says in which valley one ends. What counts where
such walks end therefore takes `alike` and `geomspace`. Rounding their gradients would serve as
well, were there no RMSProp and Adam: they make a full step of the tiniest gradient by and by, and
of one rounded to 0 none.

>>> from udl import CHAPTER, run, sgd
>>> twins = run(sgd, CHAPTER, [3.0, np.nextafter(3.0, 4)], 120, lr=1.5).w
>>> bool(np.ptp(twins, axis=1).max() > 1)
True
"""

from dataclasses import replace

import numpy as np


def exp(x):
    """e^x for x up to 0, to 1e-15, by +, × and ÷ alone.

    Parameters
    ----------
    x : array

    Returns
    -------
    array, of x's shape

    Examples
    --------
    >>> x = np.linspace(-50, 0, 1001)
    >>> bool(np.abs(exp(x) - np.exp(x)).max() < 1e-15)
    True
    """
    y = np.maximum(x, -64) / 256  # from e^-37 down it is 0
    less = y / 720
    for part in (1 / 120, 1 / 24, 1 / 6, 1 / 2, 1):
        less += part
        less *= y  # in the end the series of e^y - 1
    for _ in range(8):
        less *= less + 2  # e^2y - 1
    return less + 1


def geomspace(lowest, highest, count):
    """np.geomspace, which is made of powers, to nine decimals.

    Examples
    --------
    >>> geomspace(0.1, 10.0, 5).tolist()
    [0.1, 0.316227766, 1.0, 3.16227766, 10.0]
    """
    return np.round(np.geomspace(lowest, highest, count), 9)


def alike(loss):
    """A loss of `udl.losses` whose gradient every processor computes to the same last bit.

    Parameters
    ----------
    loss : Loss

    Returns
    -------
    Loss

    Examples
    --------
    >>> from udl import CHAPTER
    >>> bool(abs(alike(CHAPTER).grad(1.355) - CHAPTER.grad(1.355)) < 1e-13)
    True
    """
    if loss.coordinates == 2:  # there is no exponential in it
        return loss
    return replace(loss, grad=lambda w: loss.grad(w, exp=exp))

r"""Rates that fall on the way: functions of the steps taken so far, which take the place of lr.

Each starts at ``lr``. Robbins & Monro (1951) say how fast a rate has to fall for a noisy descent to
come to rest, 1/t among them; the three here are those in use (3.7.1, 3.7.6, 3.7.7).

>>> from udl import CHAPTER, run, sgd
>>> bool(np.ptp(run(sgd, CHAPTER, 1.355, 200, lr=1.5).w[-20:]) > 3)  # a constant one still jumps
True
>>> run(sgd, CHAPTER, 1.355, 200, lr=Linear(1.5, 200)).w[-1].round(3)
np.float64(7.177)
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)  # the rates may be an array
class Linear:
    r"""In a straight line towards 0, which ``steps`` steps do not reach.

    .. math:: \eta_t = \eta_0 \left(1 - \frac{t}{T}\right)

    Parameters
    ----------
    lr : float or array
        η₀, the rate of the first step.
    steps : int
        T. After so many steps the rate is 0, with which `udl.run` takes no step.

    Examples
    --------
    >>> [Linear(1.0, 4)(t) for t in range(4)]
    [1.0, 0.75, 0.5, 0.25]
    """

    lr: float
    steps: int

    def __call__(self, t):
        return self.lr * (1 - t / self.steps)


@dataclass(frozen=True, eq=False)  # the rates may be an array
class Cosine:
    r"""Along half a wave towards 0: slowly, fast, slowly (Loshchilov & Hutter 2017).

    .. math:: \eta_t = \frac{\eta_0}{2} \left(1 + \cos \frac{\pi t}{T}\right)

    Parameters
    ----------
    lr : float or array
        η₀, the rate of the first step.
    steps : int
        T. After so many steps the rate is 0, with which `udl.run` takes no step.

    Examples
    --------
    >>> [Cosine(1.0, 4)(t).round(3) for t in range(4)]
    [np.float64(1.0), np.float64(0.854), np.float64(0.5), np.float64(0.146)]
    """

    lr: float
    steps: int

    def __call__(self, t):
        return self.lr * (1 + np.cos(np.pi * t / self.steps)) / 2


@dataclass(frozen=True, eq=False)  # the rates may be an array
class InverseRoot:
    r"""With the root of the steps, never to 0: AdaGrad's on a constant gradient (3.7.5).

    .. math:: \eta_t = \frac{\eta_0}{\sqrt{t + 1}}

    Parameters
    ----------
    lr : float or array
        η₀, the rate of the first step.

    Examples
    --------
    >>> [InverseRoot(1.0)(t).round(3) for t in range(4)]
    [np.float64(1.0), np.float64(0.707), np.float64(0.577), np.float64(0.5)]
    """

    lr: float

    def __call__(self, t):
        return self.lr / np.sqrt(t + 1)

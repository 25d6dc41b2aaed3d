"""The six rules on every landscape, each at its own best learning rate from one grid.

A rule has arrived when w stays within `NEAR` of a global minimum until the end. Two questions are
asked of a rule: from how many starts does it arrive, and after how many steps. For each it may
take the learning rate that serves it best, on average over all starts: no rule is judged at
another's rate, and none by a lucky start.

>>> from udl.losses import CHAPTER
>>> ranks({rule: score.reach for rule, score in race(CHAPTER).items()})["adam"]
2
"""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from udl.descent import iterate, quiet
from udl.experiments.plans import GRID
from udl.experiments.rounding import alike, geomspace
from udl.experiments.store import kept
from udl.losses import (
    BEALE,
    CHAPTER,
    HIMMELBLAU,
    OVERSHOOT,
    RAVINE,
    ROSENBROCK,
    RUGGED,
    SADDLE,
)
from udl.steps import adagrad, adam, momentum, nag, rmsprop, sgd

SIX = (sgd, momentum, nag, adagrad, rmsprop, adam)
LANDSCAPES = (CHAPTER, RUGGED, OVERSHOOT, RAVINE, SADDLE, HIMMELBLAU, BEALE, ROSENBROCK)
RATES = geomspace(GRID.lowest, GRID.highest, GRID.rates)
STEPS = {1: 300, 2: 1000}  # on a curve, on a surface
STARTS = {1: 201, 2: 9}  # along each coordinate of the drawn domain
NEAR = 0.01  # in each coordinate of w
STILL = 50  # the last steps, all of which must be near


@dataclass(frozen=True, eq=False)
class Score:
    """How a rule did on a landscape, at every rate of the grid.

    Attributes
    ----------
    arrived : array, shape (rates,)
        The share of the starts from which it arrived.
    steps : array, shape (rates,)
        How many steps that took on average; a start that never arrives counts all steps.
    """

    arrived: np.ndarray
    steps: np.ndarray

    @property
    def reach(self):
        """The largest share, at the rate that is best for it."""
        return float(self.arrived.max())

    @property
    def time(self):
        """The fewest steps on average, at the rate that is best for them."""
        return float(self.steps.min())

    @property
    def rate(self):
        """The learning rate at which it takes the fewest steps."""
        return float(RATES[self.steps.argmin()])


def starts(loss):
    """Starts spread evenly over the drawn domain: shape (n,) on a curve, (2, n) on a surface."""
    lines = [np.linspace(low, high, STARTS[loss.coordinates]) for low, high in loss.domain]
    return lines[0] if len(lines) == 1 else np.stack(np.meshgrid(*lines)).reshape(2, -1)


def arrival(step, loss, w0, lr, steps):
    """After how many steps w is near a global minimum and stays there.

    Parameters
    ----------
    step : callable
        A rule of `udl.steps`, at the defaults of its other hyperparameters.
    loss : Loss
        A landscape.
    w0 : array, shape (n,) or (2, n)
        The starts.
    lr : array, shape (n,)
        The learning rate of each.
    steps : int
        How many steps to take.

    Returns
    -------
    array, shape (n,)
        The step, infinite where w is not near throughout the last `STILL` steps.

    Examples
    --------
    >>> from udl.losses import RAVINE
    >>> arrival(sgd, RAVINE, np.array([[0.0], [1.0]]), np.array([0.25]), 100)  # y halves
    array([7.])
    """
    away = np.zeros(np.shape(lr))  # `settled` so far, without recording the way
    goals = [np.reshape(w, (-1, 1)) for w in loss.goals]
    with quiet():  # a rate may be too large for a rule
        for t, (w, *_) in enumerate(islice(iterate(step, loss.grad, w0, lr=lr), steps + 1)):
            near = [(np.abs(np.atleast_2d(w) - goal) <= NEAR).all(axis=0) for goal in goals]
            away[~np.any(near, axis=0)] = t + 1
    away[away > steps + 1 - STILL] = np.inf
    return away


@kept
def race(loss):
    """All six rules on a landscape, from every start at every rate.

    Parameters
    ----------
    loss : Loss
        A landscape.

    Returns
    -------
    dict of str to Score
        By the rule's name.
    """
    w0, steps, scores, same = starts(loss), STEPS[loss.coordinates], {}, alike(loss)
    for step in SIX:
        n = w0.shape[-1]
        taken = arrival(step, same, np.repeat(w0, RATES.size, -1), np.tile(RATES, n), steps)
        taken = taken.reshape(n, RATES.size)
        mean = np.minimum(taken, steps).mean(axis=0)
        scores[step.__name__] = Score(np.isfinite(taken).mean(axis=0), mean)
    return scores


def ranks(scores, best=max):
    """The rank of each rule, 1 for the best; equal scores share the better rank.

    Parameters
    ----------
    scores : dict of str to float
        A number for each rule.
    best : callable
        ``max`` if more is better, ``min`` if less is.

    Returns
    -------
    dict of str to int

    Examples
    --------
    >>> ranks({"sgd": 0.5, "adam": 0.9, "nag": 0.9})
    {'sgd': 3, 'adam': 1, 'nag': 1}
    """
    sign = 1 if best is max else -1
    return {a: 1 + sum(sign * y > sign * x for y in scores.values()) for a, x in scores.items()}

"""What the velocity does (3.7.3): how far the steps grow, and which walks leave the first minimum.

All walks on the chapter's curve start at `START`, as in figure 6, on the slope above its first
local minimum. `pairs` walks a whole grid of learning rates and α, for NAG too (3.7.4).
"""

from dataclasses import dataclass

import numpy as np

from udl.descent import run, steps_under
from udl.experiments.maps import DIVERGED, NOT_SETTLED, SENSITIVE, Survey, ends, survey
from udl.experiments.plans import NARROW, START, UNIT, WIDE
from udl.experiments.store import kept
from udl.losses import CHAPTER
from udl.steps import momentum, nag

FIRST = 1  # the place of the first local minimum among the minima of the curve

# The names of what `udl.experiments.maps.ends` says of the chapter's curve.
PLACES = {
    0: "outside",
    FIRST: "first",
    2: "second",
    3: "global",
    NOT_SETTLED: "not settled",
    SENSITIVE: "sensitive",
    DIVERGED: "diverged",
}

RULES = {"momentum": momentum, "nag": nag}
GRIDS = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True, eq=False)
class Pairs:
    """Every pair of a grid, walked.

    Attributes
    ----------
    lr : array, shape (columns,)
        The learning rates.
    alpha : array, shape (rows,)
        The momentum coefficients.
    walked : Survey, of shape (rows, columns)
        The walks.
    ends : array of int, shape (rows, columns)
        Where each ended, as `udl.experiments.maps.ends` says it.
    """

    lr: np.ndarray
    alpha: np.ndarray
    walked: Survey
    ends: np.ndarray

    @property
    def stays(self):
        """Whether each pair stays in the first local minimum."""
        return self.ends == FIRST

    @property
    def places(self):
        """Where each pair ended, by the names of `PLACES`."""
        return np.select([self.ends == i for i in PLACES], list(PLACES.values()), "")


@kept
def pairs(rule, grid):
    """Walk every pair of a grid, once.

    Parameters
    ----------
    rule : str
        ``"momentum"`` or ``"nag"``.
    grid : str
        ``"wide"`` or ``"narrow"``.

    Returns
    -------
    Pairs

    Examples
    --------
    >>> pairs("momentum", "wide").ends.shape
    (81, 101)
    """
    plan = GRIDS[grid]
    lr = np.geomspace(*plan.lr)
    alpha = np.linspace(*plan.alpha) if grid == "narrow" else 1 - 1 / np.geomspace(*plan.growth)
    hyper = {"lr": lr, "alpha": alpha[:, None]}
    walked = survey(RULES[rule], CHAPTER, START, plan.steps, **hyper)
    return Pairs(lr, alpha, walked, ends(CHAPTER, walked))


def growth(alpha, steps):
    """Momentum's steps down a constant slope, as multiples of the first.

    Parameters
    ----------
    alpha : float
        The momentum coefficient.
    steps : int
        How many steps to take.

    Returns
    -------
    array, shape (steps,)

    Examples
    --------
    >>> growth(0.5, 4)
    array([1.   , 1.5  , 1.75 , 1.875])
    """
    return -steps_under(momentum, np.ones(steps), lr=UNIT, alpha=alpha)


def passing(**hyper):
    """The step nearest to the first local minimum as a walk from figure 6's start crosses it.

    Parameters
    ----------
    **hyper
        Momentum's lr and alpha: numbers, or arrays of one length.

    Returns
    -------
    gradient : array
        The gradient there, as a share of the steepest so far.
    kept : array
        The update that follows over the last one.

    Examples
    --------
    >>> gradient, update = passing(lr=0.2, alpha=0.9)
    >>> gradient.round(3), update.round(3)
    (array([0.012]), array([0.895]))
    """
    minimum = CHAPTER.minima[FIRST].w
    d = run(momentum, CHAPTER, START, 100, **hyper)
    w, v, slope = (a.reshape(101, -1) for a in (d.w, d.state["v"], np.abs(CHAPTER.grad(d.w))))
    each = np.arange(w.shape[1])
    beyond = (w > minimum).argmax(axis=0)
    before = np.abs(w[beyond - 1, each] - minimum) < np.abs(w[beyond, each] - minimum)
    nearest = beyond - before
    steepest = np.maximum.accumulate(slope)[nearest, each]
    return slope[nearest, each] / steepest, v[nearest + 1, each] / v[nearest, each]


def hill(loss, before):
    """The top of the hill that a walk must cross to the right of a minimum.

    Parameters
    ----------
    loss : Loss
        A curve.
    before : int
        The place of the minimum among those of the curve.

    Returns
    -------
    float
        The w of the highest loss between that minimum and the next.

    Examples
    --------
    >>> round(hill(CHAPTER, FIRST), 3)
    np.float64(3.049)
    """
    between = np.linspace(loss.minima[before].w, loss.minima[before + 1].w, 20_001)
    return between[loss(between).argmax()]

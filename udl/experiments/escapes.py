"""Where Momentum and NAG end on the chapter's curve, over pairs of learning rate and α.

The room that figures 10 and 11 share with claims 3.b and 4.c. All walks start at `START`, as in
figure 6, on the slope above the first local minimum. Two grids of pairs: `WIDE` reaches from rates
that creep to rates that diverge, and spaces α by the growth 1/(1−α) that it allows; `NARROW` is
the range in which SGD still settles, with α spaced evenly.
"""

from dataclasses import dataclass

import numpy as np

from udl.experiments.maps import Survey, ends, survey
from udl.experiments.plans import NARROW, START, WIDE
from udl.experiments.store import kept
from udl.losses import CHAPTER
from udl.steps import momentum, nag

FIRST = 1  # the place of the first local minimum among the minima of the curve

RULES = {"momentum": momentum, "nag": nag}
GRIDS = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True)
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

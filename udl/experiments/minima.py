"""Where SGD ends on two curves, from every start at every rate (3.7.1).

>>> chapter, rugged = sweeps()
>>> chapter.limits.round(2), int(chapter.small.sum())
(array([0.49, 0.36, 0.17, 0.48]), 94)
"""

from dataclasses import dataclass

import numpy as np

from udl.experiments.maps import Survey, final, survey
from udl.experiments.plans import DILEMMA
from udl.experiments.store import kept
from udl.losses import CHAPTER, RUGGED, Loss
from udl.steps import sgd

RATES = np.geomspace(*DILEMMA.lr)


@dataclass(frozen=True, eq=False)
class Sweep:
    """SGD on a curve, from every start at every rate of `RATES`.

    Attributes
    ----------
    loss : Loss
        The curve.
    walked : Survey, of shape (starts, rates)
        The descents.
    """

    loss: Loss
    walked: Survey

    @property
    def limits(self):
        """The rate from which each minimum holds no descent any more: array, shape (minima,)."""
        return limits(self.loss)

    @property
    def small(self):
        """The rates that every minimum holds: array of bool, shape (rates,)."""
        return self.limits.min() > RATES

    @property
    def large(self):
        """The rates that no minimum holds: array of bool, shape (rates,)."""
        return self.limits.max() < RATES


def limits(loss):
    """The rate 2/curvature of each minimum of a curve: array, shape (minima,)."""
    return loss.rate_limit(np.array([minimum.w for minimum in loss.minima]))


def places(loss, kind):
    """Which of a loss's minima are local, or global, as `ends` numbers them: list of int."""
    return [i for i, minimum in enumerate(loss.minima) if minimum.kind == kind]


def sweeps():
    """The sweep of the chapter's curve and that of the rugged one: two of `Sweep`."""
    return tuple(Sweep(loss, _walked(loss)) for loss in (CHAPTER, RUGGED))


@kept
def _walked(loss):
    return survey(sgd, loss, np.linspace(*DILEMMA.starts)[:, None], DILEMMA.steps, lr=RATES)


def beside(sweep, rates):
    """The last step from beside each minimum.

    Parameters
    ----------
    sweep : Sweep
    rates : array, shape (m,)
        The learning rates.

    Returns
    -------
    Final, of shape (minima, m)
    """
    w0 = np.array([[minimum.w + DILEMMA.beside] for minimum in sweep.loss.minima])
    return final(sgd, sweep.loss, w0, DILEMMA.steps, lr=rates)

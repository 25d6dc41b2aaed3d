"""Where SGD ends on three curves, from every start, at constant rates and at falling ones (3.7.1).

>>> chapter, rugged, overshoot = sweeps()
>>> chapter.limits.round(2), int(chapter.small.sum())
(array([0.49, 0.36, 0.17, 0.48]), 94)
"""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from udl.descent import iterate, quiet
from udl.experiments.maps import Survey, ends, final, survey
from udl.experiments.momentum import hill
from udl.experiments.plans import CURVES, DILEMMA, GATHER
from udl.experiments.rounding import alike, exp, geomspace
from udl.experiments.store import kept
from udl.losses import CHAPTER, OVERSHOOT, RUGGED, Loss
from udl.schedules import Cosine, InverseRoot, Linear
from udl.steps import sgd

RATES = geomspace(*DILEMMA.lr)
FIRST_RATES = geomspace(*GATHER.lr)  # of the schedules

SCHEDULES = {  # from a first rate and a number of steps
    "linear": Linear,
    "cosine": Cosine,
    "inverse root": lambda lr, steps: InverseRoot(lr),
}


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

    @property
    def shares(self):
        """The share of starts that settle in each minimum: array, shape (minima, rates)."""
        places = ends(self.loss, self.walked)
        return np.array([(places == i).mean(axis=0) for i in range(len(self.loss.minima))])


def limits(loss):
    """The rate 2/curvature of each minimum of a curve: array, shape (minima,)."""
    return loss.rate_limit(np.array([minimum.w for minimum in loss.minima]))


def places(loss, kind):
    """Which of a loss's minima are local, or global, as `ends` numbers them: list of int."""
    return [i for i, minimum in enumerate(loss.minima) if minimum.kind == kind]


def sweeps():
    """The sweeps of the chapter's curve, the rugged one and that of figure 7: three of `Sweep`."""
    return tuple(Sweep(loss, _walked(loss)) for loss in (CHAPTER, RUGGED, OVERSHOOT))


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
    return final(sgd, alike(sweep.loss), w0, DILEMMA.steps, lr=rates)


@kept
def falling(loss, schedule, steps):
    """The shares of starts that a falling rate takes to each minimum, for each of `FIRST_RATES`.

    Parameters
    ----------
    loss : Loss
        A curve.
    schedule : str
        One of `SCHEDULES`.
    steps : int
        How many steps are taken; those with an end have it there.

    Returns
    -------
    array, shape (minima, rates)
        From 0 to 1.

    Examples
    --------
    >>> bool((falling(CHAPTER, "linear", 200)[3] == 1).any())  # every start to the global minimum
    True
    """
    starts = np.linspace(*GATHER.starts)[:, None] + np.zeros(len(FIRST_RATES))
    rates = SCHEDULES[schedule](FIRST_RATES, steps)
    # to nine decimals, for the last bit of a cosine is the processor's too
    w = _last(alike(loss).grad, starts, steps, lambda t: np.round(rates(t), 9))
    return np.array([(np.abs(w - m.w) < GATHER.near).mean(axis=0) for m in loss.minima])


def _last(grad, w, steps, lr):
    """Where plain SGD is after some steps: array of w's shape."""
    with quiet():
        return next(islice(iterate(sgd, grad, w, lr=lr), steps, None))[0]


@kept
def traps(loss):
    """The largest of `RATES` at which a walk from beside each minimum never leaves its valley.

    It may bounce for ever; but it stays between the hills on both sides. On the three curves a rate
    that starts large and falls slowly takes nearly every walk to the valley with the largest of
    these, which need be neither the lowest nor the one whose bottom is flattest (`limits`).

    Returns
    -------
    array, shape (minima,)

    Examples
    --------
    >>> traps(CHAPTER).round(2)  # the last, which is the global one, long before all others
    array([0.76, 0.86, 0.26, 1.24])
    """
    hills = [hill(loss, i) for i in range(len(loss.minima) - 1)]
    low, high = np.array([[-np.inf, *hills], [*hills, np.inf]])[..., None]
    starts = np.array([[m.w + DILEMMA.beside] for m in loss.minima]) + np.zeros(len(RATES))
    stays = np.ones(starts.shape, bool)
    with quiet():
        for (w,) in islice(iterate(sgd, alike(loss).grad, starts, lr=RATES), DILEMMA.steps + 1):
            stays &= (low < w) & (w < high)
    return np.where(stays, RATES, 0).max(axis=1)


@dataclass(frozen=True)
class SecondTry:
    """What constant rates and one that falls do on curves drawn at random.

    Attributes
    ----------
    curves : int
        How many there are.
    served : int
        On how many some constant rate takes every start to the lowest minimum.
    gathered : int
        On how many the falling rate takes every start to one and the same place.
    lowest : int
        On how many of these that place is the lowest minimum.
    best, chosen, fallen : float
        The share of starts that reach the lowest minimum, on average over the curves: at each
        curve's best constant rate, at the rate that falls from each curve's best first one, chosen
        from as many, and at the one that falls from the same first rate on all curves.
    """

    curves: int
    served: int
    gathered: int
    lowest: int
    best: float
    chosen: float
    fallen: float


@kept
def second_try():
    """The same two questions on `CURVES`: a `SecondTry`."""
    rng = np.random.default_rng(CURVES.seed)
    shape = (CURVES.curves, CURVES.bumps, 1, 1)  # beside starts and rates
    height, center = CURVES.height * rng.normal(size=shape), rng.uniform(0, 10, shape)
    width = rng.uniform(*CURVES.width, shape)

    def value(w):
        bumps = height * np.exp(-(((w[:, None] - center) / width) ** 2))
        return CURVES.bend * (w - 5) ** 2 + bumps.sum(axis=1)

    def grad(w):
        u = (w[:, None] - center) / width
        return 2 * CURVES.bend * (w - 5) - (2 * height / width * u * exp(-(u**2))).sum(axis=1)

    fine = np.linspace(0, 10, 10_001)[None, :, None]
    goal = fine[0, value(fine).argmin(axis=1)[:, 0]][:, None]

    def walked(plan, rates, falls):
        starts = np.linspace(*plan.starts)[None, :, None]
        starts = starts + np.zeros((CURVES.curves, 1, len(rates)))
        return _last(grad, starts, plan.steps, Linear(rates, plan.steps) if falls else rates)

    def reached(w):
        return (np.abs(w - goal) < CURVES.near).mean(axis=1)  # shape (curves, rates)

    constant, rates = CURVES.constant, geomspace(*CURVES.constant.lr)
    best = reached(walked(constant, rates, falls=False)).max(axis=1)
    chosen = reached(walked(constant, rates, falls=True)).max(axis=1)
    w = walked(CURVES.falling, np.array([CURVES.falling.lr]), falls=True)
    gathered = np.ptp(w, axis=1)[:, 0] < CURVES.near
    low = reached(w)[:, 0]
    return SecondTry(
        curves=CURVES.curves,
        served=int((best == 1).sum()),
        gathered=int(gathered.sum()),
        lowest=int((gathered & (low == 1)).sum()),
        best=best.mean(),
        chosen=chosen.mean(),
        fallen=low.mean(),
    )

"""What the velocity does (3.7.3): how far steps grow, who leaves, how fast a ravine is.

Where nothing else is said, a walk on the chapter's curve starts at `START`, as in figure 6, on the
slope above its first local minimum. `pairs` walks a whole grid of learning rates and α, for NAG too
(3.7.4).
"""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from udl import network
from udl.descent import iterate, quiet, run, steps_under
from udl.experiments.digits import IMAGES, task, train
from udl.experiments.maps import DIVERGED, NOT_SETTLED, SENSITIVE, Survey, ends, final, survey
from udl.experiments.plans import (
    CORNER,
    EFFECTIVE,
    FRICTION,
    GROWING,
    LEAVING,
    NARROW,
    PASSING,
    RAVINES,
    START,
    UNIT,
    WIDE,
)
from udl.experiments.rounding import alike, geomspace
from udl.experiments.store import kept
from udl.losses import CHAPTER, RAVINE, RUGGED
from udl.steps import momentum, nag, sgd

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


def growing():
    """How often Momentum's step is longer than the last while the gradient keeps its direction.

    Returns
    -------
    dict of str to float
        By the name of the curve: the share of such steps, over all rates of `GROWING`.

    Examples
    --------
    >>> {name: round(float(share), 2) for name, share in growing().items()}
    {'chapter': 0.92, 'overshoot': 0.61, 'rugged': 0.9}
    """
    found = {}
    for loss, start in GROWING.starts.items():
        hyper = {"lr": np.geomspace(*GROWING.lr), "alpha": GROWING.alpha}
        d = run(momentum, loss, start, GROWING.steps, **hyper)
        slope, width = loss.grad(d.w), np.abs(d.state["v"])
        onward = np.logical_and.accumulate(slope * slope[0] > 0)[1:-1]
        found[loss.name] = (width[2:] > width[1:-1])[onward].mean()
    return found


@kept
def leaving(rule):
    """Where a rule ends that starts all over a curve, against where SGD ends at the same rate.

    Parameters
    ----------
    rule : str
        ``"momentum"`` or ``"nag"``.

    Returns
    -------
    dict of str to dict of str to float
        By the name of the curve, shares of the starts and rates at which SGD ends in a local
        minimum: ``"left"`` by the rule, and ``"lower"`` where it then ends at a lower loss. And
        ``"lost"``, of those at which SGD ends in the global one.
    """
    found, starts = {}, np.linspace(*LEAVING.starts)[:, None]
    for loss in (CHAPTER, RUGGED):
        lr, steps = geomspace(*LEAVING.lr), LEAVING.steps
        plain = ends(loss, final(sgd, alike(loss), starts, steps, lr=lr))
        rolled = final(RULES[rule], alike(loss), starts, steps, lr=lr, alpha=LEAVING.alpha)
        fast = ends(loss, rolled)
        depth = np.array([loss(minimum.w) for minimum in loss.minima])
        top = np.array([minimum.kind == "global" for minimum in loss.minima])
        local, best = (plain >= 0) & ~top[plain], (plain >= 0) & top[plain]
        found[loss.name] = {
            "left": float((fast != plain)[local].mean()),
            "lower": float(((fast >= 0) & (depth[fast] < depth[plain]))[local].mean()),
            "lost": float((fast != plain)[best].mean()),
        }
    return found


@kept
def friction():
    """At which lr/(1−α)² a walk first crosses the hill to the right of its valley, at small rates.

    Returns
    -------
    dict of (str, float) to array, shape (rates,)
        By the name of the curve and the start: one number for each rate of `FRICTION`.

    Examples
    --------
    >>> friction()["chapter", START].round(1)
    array([8.1, 8. , 7.9])
    """
    found, lr = {}, np.array(FRICTION.lr)
    alpha = 1 - 1 / np.geomspace(*FRICTION.growth)
    for loss, starts in FRICTION.starts.items():
        top = hill(loss, FIRST if loss is CHAPTER else 0)
        for start in starts:
            d = run(momentum, loss, start, FRICTION.steps, lr=lr, alpha=alpha[:, None])
            least = alpha[(d.w.max(axis=0) > top).argmax(axis=0)]
            found[loss.name, start] = lr / (1 - least) ** 2
    return found


def passing(loss=CHAPTER, start=START, **hyper):
    """The step nearest to the first minimum on the right as a walk crosses it.

    Parameters
    ----------
    loss : Loss
        A curve.
    start : float
        Where every walk starts, on the slope above that minimum.
    **hyper
        Momentum's lr and alpha: numbers, or arrays of shape (n,).

    Returns
    -------
    gradient : array, shape (n,)
        The gradient there, as a share of the steepest so far.
    kept : array, shape (n,)
        The update that follows over the last one.
    crosses : array of bool, shape (n,)
        Whether the walk goes over the hill behind the minimum. Where it does not, and within 100
        steps may not reach the minimum either, the other two mean nothing.

    Examples
    --------
    >>> gradient, update, crosses = passing(lr=0.2, alpha=0.9)
    >>> gradient.round(3), update.round(3), crosses
    (array([0.012]), array([0.895]), array([ True]))
    """
    before = int(np.searchsorted([minimum.w for minimum in loss.minima], start))
    minimum = loss.minima[before].w
    d = run(momentum, loss, start, 100, **hyper)
    w, v, slope = (a.reshape(101, -1) for a in (d.w, d.state["v"], np.abs(loss.grad(d.w))))
    crosses, each = w.max(axis=0) > hill(loss, before), np.arange(w.shape[1])
    beyond = (w > minimum).argmax(axis=0)
    nearer = np.abs(w[beyond - 1, each] - minimum) < np.abs(w[beyond, each] - minimum)
    nearest = np.where(crosses, beyond - nearer, 0)
    last = v[
        np.maximum(nearest, 1), each
    ]  # at the start, where the gradient is the steepest, v is 0
    steepest = np.maximum.accumulate(slope)[nearest, each]
    return slope[nearest, each] / steepest, v[nearest + 1, each] / last, crosses


@kept
def on_the_bottom():
    """What a step on the flat bottom leaves of the update, for the pairs that cross the hill.

    Flat is where the gradient is less than a tenth of the steepest so far: most pairs that leave
    fly over it.

    Returns
    -------
    dict of (str, float) to tuple of arrays, each of shape (n,)
        By the name of the curve and the start of `PASSING`: α, and the update that follows over the
        last one, of the pairs with such a step.
    """
    lr, alpha = (
        a.ravel() for a in np.meshgrid(np.geomspace(*NARROW.lr), np.linspace(*NARROW.alpha))
    )
    lr, alpha = lr[alpha > 0], alpha[alpha > 0]  # α = 0 is SGD
    found = {}
    for loss, starts in PASSING.items():
        for start in starts:
            gradient, update, crosses = passing(loss, start, lr=lr, alpha=alpha)
            flat = crosses & (gradient < 0.1)
            found[loss.name, start] = alpha[flat], update[flat]
    return found


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


# A ravine ----------------------------------------------------------------------------------------


def ravine_steps(rule, kappa, **hyper):
    """After how many steps the loss in a ravine of condition number κ stays small.

    The ravine is L = x²/κ + y², that of κ = 20 the `RAVINE` of `udl.losses`.

    Parameters
    ----------
    rule : callable
        A rule of `udl.steps`.
    kappa : float
        κ: the largest curvature over the smallest.
    **hyper
        The rule's hyperparameters: numbers, or arrays of shape (n,).

    Returns
    -------
    array, shape (n,)
        The steps; infinite where it takes more than 6κ + 200.

    Examples
    --------
    >>> ravine_steps(momentum, 20, lr=np.array([0.5, 1.3]), alpha=np.array([0.9, 0.44]))
    array([85., 12.])
    """
    start = [[-np.sqrt(kappa * RAVINE([CORNER[0], 0.0]))], [CORNER[1]]]
    curvature, steps = np.array([[2 / kappa], [2.0]]), 6 * kappa + 200
    w0 = np.repeat(start, np.broadcast(*hyper.values()).size, axis=1)
    down = np.zeros(w0.shape[1])  # `settled` so far, without recording the way
    with quiet():  # a rate may be too large
        walk = iterate(rule, lambda w: curvature * w, w0, **hyper)
        for t, (w, *_) in enumerate(islice(walk, steps + 1)):
            down[~((curvature * w * w).sum(axis=0) / 2 < RAVINES.tolerance)] = t + 1
    return np.where(down > steps, np.inf, down)


@dataclass(frozen=True)
class Fastest:
    """The setting that is down in the fewest steps, of all that were tried."""

    steps: int
    lr: float
    alpha: float


@kept
def fastest(kappa, alpha=None):
    """The fewest steps down a ravine, over the learning rates of `RAVINES`.

    Parameters
    ----------
    kappa : float
        The condition number.
    alpha : float, optional
        Momentum's; 0 is SGD. Without it every α is tried too.

    Returns
    -------
    Fastest

    Examples
    --------
    >>> fastest(20, 0.0).steps, fastest(20).steps
    (41, 12)
    """
    if alpha == 0:
        lr, alphas = np.linspace(*RAVINES.lr["sgd"]), np.zeros(1)
    else:
        lr = np.geomspace(*RAVINES.lr["momentum"])
        alphas = np.linspace(*RAVINES.alpha) if alpha is None else np.array([alpha])
    lrs, alphas = (a.ravel() for a in np.meshgrid(lr, alphas))
    steps = ravine_steps(momentum, kappa, lr=lrs, alpha=alphas)
    best = steps.argmin()
    return Fastest(int(steps[best]), float(lrs[best]), float(alphas[best]))


def in_theory(kappa):
    """The settings that shrink the distance to a ravine's bottom most, in the long run.

    SGD's rate is 2/(c₁ + c₂) of the two curvatures. Momentum's and its α are Polyak's (1964),
    4/(√c₁ + √c₂)² and ((√κ − 1)/(√κ + 1))².

    Parameters
    ----------
    kappa : float
        The condition number of L = x²/κ + y².

    Returns
    -------
    dict of str to dict of str to float
        By the rule, ``"sgd"`` or ``"momentum"``: ``"lr"``, ``"alpha"`` and ``"shrink"``, by which
        a step multiplies the distance: (κ − 1)/(κ + 1) and (√κ − 1)/(√κ + 1).

    Examples
    --------
    >>> {rule: round(one["shrink"], 3) for rule, one in in_theory(20).items()}
    {'sgd': 0.905, 'momentum': 0.635}
    """
    flat, steep, root = 2 / kappa, 2.0, kappa**0.5
    shrink = (root - 1) / (root + 1)
    return {
        "sgd": {"lr": 2 / (flat + steep), "alpha": 0.0, "shrink": (kappa - 1) / (kappa + 1)},
        "momentum": {
            "lr": 4 / (flat**0.5 + steep**0.5) ** 2,
            "alpha": shrink**2,
            "shrink": shrink,
        },
    }


# The digits ---------------------------------------------------------------------------------------


@kept
def effective():
    """The loss of the digits network at one effective rate lr/(1−α), for several α.

    Returns
    -------
    array, shape (rates, alphas, seeds, epochs)
        After each of the first epochs of `EFFECTIVE`; not finite where it diverged.
    """
    looks = [epochs * IMAGES // EFFECTIVE.size for epochs in EFFECTIVE.epochs]

    def losses(rate, alpha, seed):
        hyper = {"lr": rate * (1 - alpha), "alpha": alpha}
        walk = enumerate(islice(train(momentum, seed, size=EFFECTIVE.size, **hyper), looks[-1] + 1))
        with quiet():
            return [float(network.loss(w, task().x, task().y)) for t, w in walk if t in looks]

    return np.array(
        [
            [[losses(rate, alpha, seed) for seed in EFFECTIVE.seeds] for alpha in EFFECTIVE.alpha]
            for rate in EFFECTIVE.rates
        ]
    )

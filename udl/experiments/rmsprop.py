"""3.7.6: how an average forgets, what that does to the rate, and what a start at 0 does."""

from functools import cache
from itertools import islice, product

import numpy as np

from udl import network
from udl.averages import ema
from udl.descent import run, steps_under
from udl.experiments.digits import task, train
from udl.experiments.maps import final
from udl.experiments.plans import (
    EARLY,
    ESCAPE,
    FADING,
    FIGURE_14,
    FIGURE_15,
    FILLING,
    FIRST,
    REVIVALS,
    SIZES,
    UNIT,
)
from udl.experiments.rounding import alike, geomspace
from udl.experiments.store import kept
from udl.losses import CHAPTER
from udl.steps import adagrad, adam, rmsprop


def half_life(alpha):
    """After how many steps a value counts half as much, at a weight α of the newest."""
    return np.log(0.5) / np.log(1 - alpha)


def fading():
    """What averages of many α keep of a single 1: the α, and an array (n, past + 1) (6.a)."""
    impulse, alphas = np.eye(1, FADING.past + 1)[0], np.linspace(*FADING.alpha)
    return alphas, np.array([ema(impulse, alpha)[1:] for alpha in alphas])


def until_full(alpha):
    """An average of ones that starts at 0, and how long it stays below what it should be.

    Returns
    -------
    s : array, shape (steps + 1,)
        The average, from the start on.
    n : int
        The first step at which it is nearly 1.

    Examples
    --------
    >>> until_full(0.5)[1]
    7
    """
    s = ema(np.ones(FILLING.steps), alpha)
    return s, int(np.argmax(s >= FILLING.full))


@cache
def smoothing():
    """Noisy sequences, their averages and the level that they are about (figure 14).

    Returns
    -------
    level : array, shape (n,)
        The values without noise: one level, then another.
    x : array, shape (n, seeds)
        The sequences.
    averages : dict of float to array, shape (n, seeds)
        For each α the average of each sequence after each value, from 0.
    """
    plan = FIGURE_14.noise
    high, low = plan.levels
    level = np.where(np.arange(plan.steps) < plan.change, high, low)
    rng = np.random.default_rng(plan.seed)
    x = level[:, None] + rng.normal(0, plan.deviation, (plan.steps, plan.sequences))
    return level, x, {alpha: ema(x, alpha)[1:] for alpha in FIGURE_14.averages.alpha}


def slope_then_plain(steep, gentle, steep_steps, steps):
    """Gradients of a steep slope and then of a plain, one each or several: array (steps, ...).

    Examples
    --------
    >>> slope_then_plain(10.0, 0.1, 2, 4)
    array([10. , 10. ,  0.1,  0.1])
    """
    both = np.stack(np.broadcast_arrays(steep, gentle))
    return np.repeat(both, (steep_steps, steps - steep_steps), axis=0)


@cache
def revived():
    """Rates along a slope and a plain; steps at the end, by shrinkage (figure 15, upper row).

    Returns
    -------
    rates : dict of float to array, shape (steps,)
        For each γ of RMSProp, and under 1.0 for AdaGrad, the effective rate at each step.
    factors : array, shape (n,)
        How many times smaller the gradient becomes.
    steps : dict of float to array, shape (n,)
        The size of the last step over η, for each factor.
    """
    plan = FIGURE_15.shrinking
    factors = np.geomspace(1, plan.largest_factor, plan.factors)
    length = plan.steep_steps, plan.steps
    shown = slope_then_plain(plan.steep, plan.gentle, *length)
    swept = slope_then_plain(plan.steep, plan.steep / factors, *length)
    rules = {1.0: (adagrad, {})} | {y: (rmsprop, {"gamma": y}) for y in plan.gamma}
    rates, last = {}, {}
    for gamma, (rule, hyper) in rules.items():
        rates[gamma] = -steps_under(rule, shown, lr=UNIT, **hyper) / shown
        last[gamma] = -steps_under(rule, swept, lr=UNIT, **hyper)[-1]
    return rates, factors, last


def revivals():
    """RMSProp's rate at the foot of slopes of many lengths, and far out on many plains (6.b).

    Returns
    -------
    before, after : array, shape (cases,)
    """
    steep, found = FIGURE_15.shrinking.steep, []
    for gamma, steps in product(REVIVALS.gamma, REVIVALS.steep_steps):
        gentle = steep / np.array(REVIVALS.factors)
        gradients = slope_then_plain(steep, gentle, steps, steps + REVIVALS.after)
        rate = -steps_under(rmsprop, gradients, lr=UNIT, gamma=gamma) / gradients
        found.append(rate[[steps - 1, -1]])
    return np.concatenate(found, axis=1)


def from_zero():
    """RMSProp's early steps while the gradient stays what it is, whatever its size (6.c).

    Returns
    -------
    gradients : array, shape (n,)
    steps : dict of float to array, shape (steps, n)
        For each γ.
    """
    gradients = np.geomspace(*SIZES.gradients)
    given = np.tile(gradients, (SIZES.steps, 1))
    return gradients, {y: steps_under(rmsprop, given, lr=UNIT, gamma=y, eps=0) for y in SIZES.gamma}


def with_and_without_correction(loss, starts, steps, *, lr, gamma):
    """RMSProp as it is, and with the bias of h corrected, from the same starts (3.7.6).

    Returns
    -------
    plain, corrected : Descent
        The second is Adam at β₁ = 0, which is RMSProp with h/(1−γᵗ) in place of h.

    Examples
    --------
    >>> runs = with_and_without_correction(CHAPTER, 1.355, 1, lr=0.02, gamma=0.99)
    >>> [f"{d.w[1] - d.w[0]:.2f}" for d in runs]
    ['0.20', '0.02']
    """
    plain = run(rmsprop, loss, starts, steps, lr=lr, gamma=gamma)
    return plain, run(adam, loss, starts, steps, lr=lr, beta1=0.0, beta2=gamma)


@cache
def too_large():
    """RMSProp's steps over the corrected ones; how often the first is bad (figure 15, lower row).

    Returns
    -------
    ratio : dict of float to array, shape (steps,)
        For each γ, how many times as long as the corrected step each step is.
    lr : array, shape (n,)
        The learning rates of the sweep.
    rose : dict of float to array, shape (n,)
        For each γ, and under 0.0 for the corrected rule, the share of the starts on the chapter's
        curve whose loss the first step raises.
    """
    first, sweep = FIGURE_15.first_steps, FIGURE_15.sweep
    gradients = np.full(first.steps, first.gradient)
    ratio = {
        gamma: steps_under(rmsprop, gradients, lr=UNIT, gamma=gamma)
        / steps_under(adam, gradients, lr=UNIT, beta1=0.0, beta2=gamma)
        for gamma in first.gamma
    }
    lr = np.geomspace(sweep.lowest, sweep.highest, sweep.rates)
    starts = np.linspace(*sweep.starts)[:, None]
    rose = {}
    for gamma in first.gamma:
        runs = with_and_without_correction(CHAPTER, starts, 1, lr=lr, gamma=gamma)
        rose[gamma], rose[0.0] = ((d.loss[1] > d.loss[0]).mean(axis=0) for d in runs)
    return ratio, lr, rose


def on_all_curves(steps, lr):
    """RMSProp from many starts on all curves, as it is and corrected (6.d).

    Returns
    -------
    list of (plain, corrected)
        Two descents for each curve and γ, of shape (steps + 1, starts, rates).
    """
    starts = np.linspace(*EARLY.starts)[:, None]
    return [
        with_and_without_correction(curve, starts, steps, lr=lr, gamma=gamma)
        for curve, gamma in product(EARLY.curves, EARLY.gamma)
    ]


@kept
def first_on_digits():
    """The loss of the digits' network in RMSProp's first steps, as it is and corrected (6.d).

    Returns
    -------
    dict of (float, float) to (array, array), each of shape (seeds, looks)
        By η and γ, at each of the steps `FIRST.looks`: as it is, and with its bias corrected.
    """
    return {
        (lr, gamma): tuple(
            np.array([_looks(rule, seed, lr=lr, **hyper) for seed in FIRST.seeds])
            for rule, hyper in _as_it_is_and_corrected(gamma)
        )
        for lr, gamma in product(FIRST.rates, FIRST.gamma)
    }


def _looks(rule, seed, **hyper):
    walked = islice(train(rule, seed, size=FIRST.size, **hyper), FIRST.looks[-1] + 1)
    data = task()
    return [network.loss(w, data.x, data.y) for t, w in enumerate(walked) if t in FIRST.looks]


def _as_it_is_and_corrected(gamma):
    return (rmsprop, {"gamma": gamma}), (adam, {"beta1": 0.0, "beta2": gamma})


def tops(curve):
    """The hilltops between a curve's minima: array, shape (minima − 1,).

    Examples
    --------
    >>> tops(CHAPTER).round(2)
    array([0.76, 3.05, 5.38])
    """
    places = [minimum.w for minimum in curve.minima]
    between = np.linspace(places[:-1], places[1:], 10_001)
    return between[curve(between).argmax(axis=0), np.arange(len(places) - 1)]


@kept
def escapes():
    """Who leaves the valleys of local minima, at many η (6.e).

    Returns
    -------
    dict of (str, str, float) to array, shape (rates,)
        By the curve's name, the rule's (``"adagrad"``, ``"rmsprop"``, ``"corrected"``) and its γ
        (1 for AdaGrad, which forgets nothing): the share of the starts in valleys of local minima
        that are in another valley at the end.

    Examples
    --------
    >>> found = escapes()
    >>> lr = np.geomspace(*ESCAPE.lr)
    >>> rules = ("adagrad", 1.0), ("corrected", 0.99), ("rmsprop", 0.99)
    >>> [lr[np.argmax(found["chapter", *rule] >= 0.5)].round(2) for rule in rules]
    [np.float64(2.37), np.float64(0.75), np.float64(0.24)]
    """
    lr, found = geomspace(*ESCAPE.lr), {}
    rules = {("adagrad", 1.0): (adagrad, {})}
    for gamma in ESCAPE.gamma:
        plain, fixed = _as_it_is_and_corrected(gamma)
        rules |= {("rmsprop", gamma): plain, ("corrected", gamma): fixed}
    for curve in ESCAPE.curves:
        starts = np.linspace(*ESCAPE.starts)
        home = np.searchsorted(tops(curve), starts)
        trapped = np.array([minimum.kind == "local" for minimum in curve.minima])[home]
        starts, home = starts[trapped], home[trapped]
        for name, (rule, hyper) in rules.items():
            last = final(rule, alike(curve), starts[:, None], ESCAPE.steps, lr=lr, **hyper)
            left = np.searchsorted(tops(curve), last.w) != home[:, None]
            found[curve.name, *name] = left.mean(axis=0)
    return found

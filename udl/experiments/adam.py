"""Experiments of section 3.7.7: Adam's parts, its correction, and all six rules side by side."""

from functools import cache
from itertools import islice

import numpy as np

from udl.descent import iterate, run
from udl.experiments.digits import end, median
from udl.experiments.plans import BETAS, FIGURE_16, FIGURE_17, PARTS, RACE
from udl.experiments.race import LANDSCAPES, SIX, STEPS, arrival, race, ranks
from udl.experiments.store import kept
from udl.losses import BEALE, CHAPTER, RAVINE
from udl.steps import adagrad, adam, momentum, rmsprop, sgd

# Parts switched off -------------------------------------------------------------------------------


def adam_without_correction(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    """Adam at a count so late that βᵗ is 0, for β up to 0.9999: nothing is left to correct.

    >>> w, m, v, t = adam_without_correction(lambda w: 1.0, 0.0, lr=1.0)
    >>> round(w, 2), t
    (-3.16, 1)
    """
    hyper = {"lr": lr, "beta1": beta1, "beta2": beta2, "eps": eps, "eps_root": eps_root}
    w, m, v, _ = adam(grad, w, m, v, FIGURE_16.late.t, **hyper)
    return w, m, v, t + 1


def recovered():
    """How far Adam with parts switched off strays from the rule it should be, in 20 steps.

    Returns
    -------
    dict of str to array, shape (starts,)
        The largest distance on the `CHAPTER` curve, by the rule's name.
    """
    huge, vague = 1e10, 1 - 1e-9  # an ε above all √v̂, and a β₂ that forgets nothing
    plain, lr = adam_without_correction, {rule: one["lr"] for rule, one in vars(PARTS).items()}
    switched = {
        "rmsprop": _path(plain, lr=lr["rmsprop"], beta1=0, beta2=PARTS.rmsprop["gamma"]),
        "momentum": _path(plain, lr=lr["momentum"] * huge / 0.1, eps=huge),  # 1 − β₁
        "sgd": _path(plain, lr=lr["sgd"] * huge, beta1=0, eps=huge),
        "adagrad": _path(_fading, lr=lr["adagrad"], beta1=0, beta2=vague),
    }
    rules = {rule.__name__: rule for rule in (rmsprop, momentum, sgd, adagrad)}
    paths = {name: _path(rule, **vars(PARTS)[name]) for name, rule in rules.items()}
    return {name: np.abs(switched[name] - w).max(axis=0) for name, w in paths.items()}


def _path(step, **hyper):
    states = iterate(step, CHAPTER.grad, np.linspace(0, 10, 41), **hyper)
    return np.array([w for w, *_ in islice(states, 21)])


def _fading(grad, w, m=0.0, v=0.0, t=0, *, lr, **hyper):
    """Adam at lr/√t: v̂ is the mean of t squares, h is their sum."""
    return adam(grad, w, m, v, t, lr=lr / (t + 1) ** 0.5, **hyper)


def mean_of_sum():
    """On a constant slope, Adam's m over the velocity of Momentum at α = β₁ = 0.9."""
    m = v = 0.0
    beta1 = FIGURE_16.coefficients.beta1
    for _ in range(300):
        _, m, *_ = adam_without_correction(lambda w: 1.0, 0.0, m, lr=1.0, beta1=beta1)
        _, v = momentum(lambda w: 1.0, 0.0, v, lr=1.0, alpha=beta1)
    return m / -v


# The correction -----------------------------------------------------------------------------------


def without_correction(steps):
    """What Adam lacks, and how long its steps get, if its correction is left out.

    Parameters
    ----------
    steps : int
        How many steps to take on a slope that is 1 everywhere, where m and v should be 1.

    Returns
    -------
    m, v : array, shape (steps,)
        What they must be multiplied by to be 1.
    longer : array, shape (steps,)
        The uncorrected step over the corrected one.
    """
    lengths = []
    for rule in (adam, adam_without_correction):
        states = list(islice(iterate(rule, lambda w: 1.0, 0.0, lr=1.0), steps + 1))
        w = np.array([s[0] for s in states])
        lengths.append(-np.diff(w))
    m, v = (np.array([s[i] for s in states[1:]]) for i in (1, 2))
    return 1 / m, 1 / v, lengths[1] / lengths[0]


@cache
def noisy_runs():
    """Adam with and without its correction, under gradients that scatter about their mean.

    Returns
    -------
    t : array, shape (n,)
        Step counts from 1 to the last, about evenly spaced on a logarithmic axis.
    corrected, plain : dict of str to array, each of shape (n, runs)
        The moments ``"m"`` and ``"v"`` that make the step, and ``"step"`` in units of the rate.
    """
    plan = FIGURE_16.gradient
    noise = np.random.default_rng(plan.seed)
    shown = np.unique(np.geomspace(1, plan.steps, 120).round().astype(int))
    beta = vars(FIGURE_16.coefficients)
    rules, states = (adam, adam_without_correction), [(0.0, 0.0, 0.0, 0)] * 2
    rows = [], []
    for t in range(1, plan.steps + 1):
        g = plan.mean + plan.spread * noise.standard_normal(plan.runs)
        for i, (rule, (before, *state)) in enumerate(zip(rules, states, strict=True)):
            states[i] = w, m, v, _ = rule(lambda w, g=g: g, before, *state, lr=1.0, **beta)
            if t in shown:
                left = (1 - beta["beta1"] ** t, 1 - beta["beta2"] ** t) if rule is adam else (1, 1)
                rows[i].append((m / left[0], v / left[1], before - w))
    return shown, *(
        dict(zip(("m", "v", "step"), np.moveaxis(np.array(r), 1, 0), strict=True)) for r in rows
    )


# All six ------------------------------------------------------------------------------------------


def landscape_ranks():
    """Adam's rank among the six on every landscape, each at its own best learning rate.

    Returns
    -------
    reach, time : dict of str to int
        By the landscape's name: by the share of starts that reach the global minimum, and by the
        mean number of steps.
    """
    reach, time = {}, {}
    for loss in LANDSCAPES:
        scores = race(loss).items()
        reach[loss.name] = ranks({rule: score.reach for rule, score in scores})["adam"]
        time[loss.name] = ranks({rule: score.time for rule, score in scores}, min)["adam"]
    return reach, time


SHOWN = {"chapter": CHAPTER, "ravine": RAVINE, "Beale": BEALE}  # in figure 17


@kept
def contest(name):
    """All six rules on a landscape of figure 17, each at its own best rate.

    Returns
    -------
    dict of str to dict
        By the rule's name: ``"rate"``, the one of `udl.experiments.race.race` that is
        fastest on average over many starts, ``"rank"`` by that average, and from the figure's
        start the path ``"w"`` and the step of its arrival ``"steps"``, infinite if it never
        arrives.
    """
    loss, plan = SHOWN[name], getattr(FIGURE_17, name)
    start = np.array(plan.start)
    scores = race(loss)
    places = ranks({rule: score.time for rule, score in scores.items()}, min)
    found = {}
    for step in SIX:
        rule, steps = step.__name__, STEPS[loss.coordinates]
        rate = scores[rule].rate
        (taken,) = arrival(step, loss, start[..., None], np.array([rate]), steps)
        w = run(step, loss, start, plan.shown, lr=rate).w
        found[rule] = {"rate": rate, "rank": places[rule], "w": w, "steps": taken}
    return found


@kept
def sweep():
    """The final losses of the six rules at every rate.

    Returns
    -------
    dict of str to array, shape (rates, seeds)
        By the rule's name.
    """
    seeds = RACE.seeds_that_choose
    return {
        step.__name__: np.array([[end(step, lr, seed).loss for seed in seeds] for lr in RACE.rates])
        for step in SIX
    }


def best_rates():
    """The rate at which each rule's median loss is lowest: dict of str to float."""
    medians = {name: np.median(losses, axis=1) for name, losses in sweep().items()}
    return {name: RACE.rates[int(losses.argmin())] for name, losses in medians.items()}


@kept
def digit_race():
    """The six rules, each at its best rate, on seeds that had no part in choosing it.

    Returns
    -------
    dict of str to list of End
        By the rule's name, one for each seed.
    """
    rates, seeds = best_rates(), RACE.seeds_that_count
    return {s.__name__: [end(s, rates[s.__name__], seed) for seed in seeds] for s in SIX}


def ranking():
    """Rank the six rules on the digits by their medians in `digit_race`.

    Returns
    -------
    loss, accuracy : dict of str to int
        The rank of each rule, 1 for the best, by the final loss and by the accuracy on new
        images. Equals share the better rank.
    """
    ends = digit_race().items()
    return (
        ranks({name: median(e.loss for e in one) for name, one in ends}, best=min),
        ranks({name: median(e.accuracy for e in one) for name, one in ends}, best=max),
    )


@kept
def coefficients():
    """Adam's final losses over a grid of β₁ and β₂, each pair at the better of two rates.

    Returns
    -------
    array, shape (beta1, beta2, seeds)
        At the rate at which the pair's median loss is lower.
    """

    def at_its_best(beta1, beta2):
        betas = {"beta1": beta1, "beta2": beta2}
        at_rates = [[end(adam, lr, s, **betas).loss for s in BETAS.seeds] for lr in BETAS.rates]
        return min(at_rates, key=median)

    return np.array([[at_its_best(b1, b2) for b2 in BETAS.beta2] for b1 in BETAS.beta1])

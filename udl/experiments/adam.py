"""Experiments of section 3.7.7: Adam's parts, its correction, six rules, and what came after."""

from itertools import islice

import numpy as np

from udl import network
from udl.descent import iterate, run, steps_under
from udl.experiments.digits import IMAGES, ends, median, task, train
from udl.experiments.plans import (
    BETAS,
    COSINES,
    DECAY,
    FIGURE_16,
    FIGURE_17,
    OPENING,
    PARTS,
    PARTS_FROM,
    PATIENCE,
    RACE,
    SELDOM,
    SILENCE,
    SLOPES,
    SWING,
)
from udl.experiments.race import (
    LANDSCAPES,
    NEAR,
    RATES,
    SIX,
    STEPS,
    arrival,
    race,
    ranks,
    starts,
)
from udl.experiments.rounding import alike
from udl.experiments.store import kept
from udl.losses import BEALE, CHAPTER, RAVINE, RUGGED
from udl.schedules import Cosine, Linear
from udl.steps import adagrad, adam, adamw, momentum, rmsprop, sgd, sqrt

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
    dict of str to array, shape (curves, starts)
        The largest distance on the curves `CHAPTER` and `RUGGED`, by the rule's name.
    """
    huge, vague = 1e12, 1 - 1e-9  # an ε above all √v̂, and a β₂ that forgets nothing
    plain, lr = adam_without_correction, {rule: one["lr"] for rule, one in vars(PARTS).items()}
    switched = {
        "rmsprop": _path(plain, lr=lr["rmsprop"], beta1=0, beta2=PARTS.rmsprop["gamma"]),
        "momentum": _path(plain, lr=lr["momentum"] * huge / 0.1, eps=huge),  # 1 − β₁
        "sgd": _path(plain, lr=lr["sgd"] * huge, beta1=0, eps=huge),
        "adagrad": _path(_fading, lr=lr["adagrad"], beta1=0, beta2=vague),
    }
    rules = {rule.__name__: rule for rule in (rmsprop, momentum, sgd, adagrad)}
    paths = {name: _path(rule, **vars(PARTS)[name]) for name, rule in rules.items()}
    return {name: np.abs(switched[name] - w).max(axis=1) for name, w in paths.items()}


def _path(step, **hyper):
    """20 steps on each curve: shape (curves, steps + 1, starts)."""
    w0 = np.linspace(*PARTS_FROM.starts)
    return np.array([run(step, loss, w0, 20, **hyper).w for loss in (CHAPTER, RUGGED)])


def _fading(grad, w, m=0.0, v=0.0, t=0, *, lr, **hyper):
    """Adam at lr/√t: v̂ is the mean of t squares, h is their sum."""
    return adam(grad, w, m, v, t, lr=lr / (t + 1) ** 0.5, **hyper)


def growth():
    """How m, Momentum's velocity and Adam's step grow while the gradient keeps its direction.

    Returns
    -------
    dict of str to array, shape (steps,)
        On a slope of 1, at α = β₁: ``"m"``, ``"velocity"`` in units of η, and ``"step"`` of Adam
        in units of its rate.
    """
    beta1, ones = FIGURE_16.coefficients.beta1, np.ones(SLOPES.steps)
    steps = -steps_under(adam, ones, lr=1.0)
    m = steps * (1 - beta1 ** np.arange(1, SLOPES.steps + 1))  # v̂ is 1: the step is m̂
    return {"m": m, "velocity": -steps_under(momentum, ones, lr=1.0, alpha=beta1), "step": steps}


def alternating():
    """The length of Adam's step, in units of its rate, once its gradient alternates for long."""
    signs = (-1.0) ** np.arange(10 * SLOPES.steps)
    return float(np.abs(steps_under(adam, signs, lr=1.0))[-1])


def longest_steps():
    """How long Adam's step gets after a long silence, in units of its rate.

    Kingma & Ba (2015) bound it by (1−β₁)/√(1−β₂), which holds for one gradient after silence
    alone. By Cauchy's inequality m/√v is largest where gradients grow by β₂/β₁ a step.

    Returns
    -------
    dict of str to float
        After gradients of 0: ``"single"`` gradient, ``"steady"``, equal ones, ``"growing"`` ones,
        and the two bounds ``"paper"`` and ``"cauchy"``.

    Examples
    --------
    >>> {name: round(step, 2) for name, step in longest_steps().items()}
    {'single': 3.16, 'steady': 6.57, 'growing': 7.27, 'paper': 3.16, 'cauchy': 7.27}
    """
    beta1, beta2 = FIGURE_16.coefficients.beta1, FIGURE_16.coefficients.beta2
    n = np.arange(SILENCE.growing)
    gradients = {"single": n == 0, "steady": n >= 0, "growing": (beta2 / beta1) ** n}
    found = {}
    for name, g in gradients.items():
        taken = steps_under(adam, np.r_[np.zeros(SILENCE.steps), g], lr=1.0, eps=0, eps_root=1e-300)
        found[name] = float(np.abs(taken).max())
    paper = (1 - beta1) / np.sqrt(1 - beta2)
    return found | {"paper": float(paper), "cauchy": float(paper / np.sqrt(1 - beta1**2 / beta2))}


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


@kept
def openings():
    """The first steps on the digits with and without the correction.

    Returns
    -------
    corrected, plain : array, shape (rates, seeds, steps + 1)
        The loss over all images, from the start on, at each rate of `OPENING`.
    """
    data = task()

    def losses(rule, lr, seed):
        way = islice(train(rule, seed, size=RACE.size, lr=lr), OPENING.steps + 1)
        return [float(network.loss(w, data.x, data.y)) for w in way]

    corrected, plain = (
        [[losses(rule, lr, seed) for seed in OPENING.seeds] for lr in OPENING.rates]
        for rule in (adam, adam_without_correction)
    )
    return np.array(corrected), np.array(plain)


@kept
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
        dict(zip(("m", "v", "step"), map(np.array, zip(*r, strict=True)), strict=True))
        for r in rows
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
    start, same = np.array(plan.start), alike(loss)
    scores = race(loss)
    places = ranks({rule: score.time for rule, score in scores.items()}, min)
    found = {}
    for step in SIX:
        rule, steps = step.__name__, STEPS[loss.coordinates]
        rate = scores[rule].rate
        (taken,) = arrival(step, same, start[..., None], np.array([rate]), steps)
        w = run(step, same, start, plan.shown, lr=rate).w
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
        step.__name__: np.array([[e.loss for e in ends(step, lr, seeds)] for lr in RACE.rates])
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
    return {step.__name__: ends(step, rates[step.__name__], seeds) for step in SIX}


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
    losses : array, shape (beta1, beta2, seeds)
        At the rate at which the pair's median loss is lower.
    rates : array, shape (beta1, beta2)
        That rate.
    """

    def at_rates(beta1, beta2):
        betas, seeds = {"beta1": beta1, "beta2": beta2}, BETAS.seeds_that_choose
        return [[e.loss for e in ends(adam, lr, seeds, **betas)] for lr in BETAS.rates]

    every = np.array([[at_rates(b1, b2) for b2 in BETAS.beta2] for b1 in BETAS.beta1])
    better = np.median(every, axis=-1).argmin(axis=-1)
    losses = np.take_along_axis(every, better[..., None, None], axis=2)[:, :, 0]
    return losses, np.array(BETAS.rates)[better]


@kept
def best_pair():
    """The pair of `coefficients` with the lowest median, and how it does on fresh seeds.

    Returns
    -------
    pair : tuple of float
        β₁ and β₂ of the lowest median loss.
    best, recommended : list of End
        That pair and the recommended one, each at its better rate, on seeds that had no part in
        choosing.
    """
    losses, rates = coefficients()
    medians = np.median(losses, axis=-1)
    i, j = np.unravel_index(medians.argmin(), medians.shape)
    pair = BETAS.beta1[i], BETAS.beta2[j]

    def judged(beta1, beta2):
        lr = float(rates[BETAS.beta1.index(beta1), BETAS.beta2.index(beta2)])
        betas = {"beta1": beta1, "beta2": beta2}
        return ends(adam, lr, BETAS.seeds_that_count, **betas)

    return pair, judged(*pair), judged(*BETAS.recommended)


@kept
def patience():
    """From how many starts Momentum and Adam reach the minimum in ten times as many steps.

    Returns
    -------
    dict of str to dict of str to float
        By the landscape's and the rule's name: the largest share of starts, over the rate that is
        fastest in the race and slower ones, two a decade.
    """
    found = {}
    for loss in PATIENCE.losses:
        w0, found[loss.name] = starts(loss), {}
        n = w0.shape[-1]
        for step in (momentum, adam):
            best = int(race(loss)[step.__name__].steps.argmin())
            rates = RATES[best :: -PATIENCE.apart][: PATIENCE.rates]
            each = np.repeat(w0, rates.size, -1), np.tile(rates, n)
            taken = arrival(step, loss, *each, PATIENCE.steps).reshape(n, rates.size)
            found[loss.name][step.__name__] = float(np.isfinite(taken).mean(axis=0).max())
    return found


# After Adam ---------------------------------------------------------------------------------------


@kept
def swings():
    """How many starts still swing at a constant rate, and at one that falls in a straight line.

    Adam's rate is the one of `udl.experiments.race.race` that is fastest on average.

    Returns
    -------
    dict of str to tuple of float
        By the landscape's name: that rate, the share of the starts from which w spans more than
        `NEAR` in the last steps, ``constant`` and ``falling``, and the share that ends at a global
        minimum, falling.
    """
    found = {}
    for loss in SWING.losses:
        rate = race(loss)["adam"].rate
        w0 = starts(loss)[..., :: SWING.thinned]
        until = np.repeat([np.inf, SWING.steps], w0.shape[-1])  # one without end is constant
        states = iterate(adam, alike(loss).grad, np.tile(w0, 2), lr=Linear(rate, until))
        last = [np.atleast_2d(w) for w, *_ in islice(states, SWING.steps - SWING.last, SWING.steps)]
        moving = (np.ptp(last, axis=0) > NEAR).any(axis=0)
        goals = np.reshape(loss.goals, (len(loss.goals), loss.coordinates, 1))
        there = (np.abs(last[-1] - goals).max(axis=1) <= NEAR).any(axis=0)
        (constant, falling), (_, ended) = (np.split(each, 2) for each in (moving, there))
        found[loss.name] = rate, *(float(each.mean()) for each in (constant, falling, ended))
    return found


def amsgrad(grad, w, m=0.0, v=0.0, top=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam that divides by the largest v so far, as `torch.optim.Adam(amsgrad=True)` does.

    Reddi, Kale & Kumar (2018), *On the convergence of Adam and beyond*, without a correction.

    >>> steps = steps_under(amsgrad, [1.0, 0.0], lr=1.0)
    >>> bool(steps[1] > steps_under(adam, [1.0, 0.0], lr=1.0)[1])  # v would be forgotten
    True
    """
    g, t = grad(w), t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g * g)
    top = np.maximum(top, v)
    return w - lr * m / (1 - beta1**t) / (sqrt(top / (1 - beta2**t)) + eps), m, v, top, t


@kept
def seldom():
    """Which way Adam and AMSGrad walk where the gradient is seldom large: see `SELDOM`.

    Returns
    -------
    adam : array, shape (every, beta2)
        Where w ends, in units of the rate. The mean gradient is positive: below 0 is right.
    amsgrad : array, shape (every, beta2)
    """
    t, every = np.arange(SELDOM.steps)[:, None, None], np.array(SELDOM.every)[:, None]
    g, beta2 = np.where(t % every == 0, SELDOM.times * every, -1.0), np.array(SELDOM.beta2)
    return tuple(steps_under(rule, g, lr=1.0, beta2=beta2).sum(axis=0) for rule in (adam, amsgrad))


def adam_with_decay(grad, w, m=0.0, v=0.0, t=0, *, lr, weight_decay=0.01):
    """Adam with its decay inside the gradient, as `torch.optim.Adam(weight_decay=λ)` has it.

    >>> round(adam_with_decay(lambda w: 0.0, 2.0, lr=0.5, weight_decay=0.5)[0], 3)
    1.5
    """
    return adam(lambda w: grad(w) + weight_decay * w, w, m, v, t, lr=lr)


def decays():
    """What decay leaves of elements with a large and with a small gradient that alternates.

    Returns
    -------
    inside, apart : array, shape (sizes,)
        With the decay inside the gradient and, as in AdamW, apart from it. Without decay every
        element stays near where it starts.
    """
    plan = DECAY
    sizes = np.array(plan.sizes)

    def left(rule):
        w, state = np.full(sizes.shape, plan.start), ()
        for t in range(plan.steps):
            g = sizes * (-1.0) ** t
            w, *state = rule(
                lambda w, g=g: g, w, *state, lr=plan.lr, weight_decay=plan.weight_decay
            )
        return w

    return left(adam_with_decay), left(adamw)


@kept
def successors():
    """Adam and what came after it on the digits, all at Adam's best rate, on fresh seeds.

    Returns
    -------
    dict of str to list of End
        ``"adam"``, with a ``"cosine"`` of the rate, ``"adamw"`` and ``"amsgrad"``.
    """
    lr = best_rates()["adam"]
    steps = RACE.epochs * IMAGES // RACE.size
    ways = {"adam": (adam, lr), "cosine": (adam, Cosine(lr, steps))}
    ways |= {"adamw": (adamw, lr), "amsgrad": (amsgrad, lr)}
    seeds = BETAS.seeds_that_count
    return {name: ends(*way, seeds) for name, way in ways.items()}


@kept
def cosines():
    """Adam on the digits at a constant rate and at one that falls from it, on fresh seeds.

    Returns
    -------
    dict of float to (list of End, list of End)
        By the rate of `COSINES`: constant, and falling as a cosine.
    """
    steps, seeds = RACE.epochs * IMAGES // RACE.size, BETAS.seeds_that_count
    return {
        lr: tuple(ends(adam, rate, seeds) for rate in (lr, Cosine(lr, steps)))
        for lr in COSINES.rates
    }

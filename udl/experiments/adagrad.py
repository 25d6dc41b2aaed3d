"""3.7.5: a rate for each element, the squares that make it, and whether it vanishes."""

from dataclasses import replace
from functools import cache
from itertools import islice, product

import numpy as np

from udl.descent import iterate, quiet, run, settled, steps_under
from udl.experiments.plans import (
    BATCHES,
    CLIFF,
    FIGURE_12,
    FIGURE_13,
    LAG,
    RATIOS,
    SHAPES,
    WORDS,
)
from udl.experiments.store import kept
from udl.losses import BEALE, RAVINE
from udl.schedules import Linear
from udl.steps import adagrad, sgd


def effective(descent):
    r"""The rate of each element at each step: η/(√(h + eps_root) + eps) (3.7.5, 3.7.6).

    Parameters
    ----------
    descent : Descent
        A run of `adagrad` or `rmsprop`.

    Returns
    -------
    array, shape (steps, ...)
        The rate by which each step multiplied the gradient, in units of w² per loss; the first is
        that of step 1. At the start h is 0 and there is none.

    Raises
    ------
    ValueError
        If the rule has no h.

    Examples
    --------
    >>> effective(run(adagrad, RAVINE, [-7.0, 2.0], 1, lr=0.4)).round(3)
    array([[0.571, 0.1  ]])
    """
    if "h" not in descent.state:
        raise ValueError(f"descent must be of a rule that has h, not of {descent.rule}")
    hyper = descent.hyper
    return hyper["lr"] / (np.sqrt(descent.state["h"][1:] + hyper["eps_root"]) + hyper["eps"])


def turned(degrees):
    """The ravine with its axes turned: the same surface, met at another angle (3.7.5).

    Parameters
    ----------
    degrees : float
        The angle, against the clock.

    Returns
    -------
    turn : array, shape (2, 2)
        ``turn @ w`` is the place in the turned ravine that w was in the straight one.
    ravine : Loss
        The turned ravine.

    Examples
    --------
    >>> turn, ravine = turned(90)
    >>> np.isclose(ravine(turn @ [-7.0, 2.0]), RAVINE([-7.0, 2.0]))
    np.True_
    """
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn, replace(
        RAVINE,
        value=lambda w: RAVINE(turn.T @ w),
        grad=lambda w: turn @ RAVINE.grad(turn.T @ w),
    )


@kept
def sweep():
    """How many steps SGD and AdaGrad take down the ravine at each of many rates (figure 12).

    Returns
    -------
    lr : array, shape (n,)
        The rates.
    plain, own : array, shape (n,)
        From which step on the loss stays below the tolerance; nan where it never does.

    Examples
    --------
    >>> lr, plain, own = sweep()
    >>> float(np.nanmin(plain)), float(np.nanmin(own))
    (41.0, 4.0)
    """
    plan = FIGURE_12.sweep
    lr, start = np.geomspace(plan.lowest, plan.highest, plan.rates), np.reshape(plan.start, (2, 1))
    taken = (
        settled(run(rule, RAVINE, start, plan.steps, lr=lr).loss < plan.tolerance)
        for rule in (sgd, adagrad)
    )
    return lr, *(np.where(steps <= plan.steps, steps, np.nan) for steps in taken)


def of_every_shape():
    """AdaGrad in bowls whose parameter is a vector, a matrix and a tensor (5.b).

    Returns
    -------
    list of (w, h)
        The state after each step, one shape after the other.
    """
    found = []
    for shape in SHAPES.shapes:
        rng = np.random.default_rng(SHAPES.seed)
        w, curvature = rng.normal(size=shape), rng.uniform(*SHAPES.curvature, shape)
        states = iterate(adagrad, lambda w, c=curvature: c * w, w, lr=SHAPES.lr)
        found += islice(states, 1, SHAPES.steps + 1)
    return found


@cache
def lagging():
    """SGD from starts all over two ravines: what is left of each element, and its gradient (5.a).

    Returns
    -------
    list of (left, gradient), arrays of shape (2, ...)
        For each pair of curvatures: the share of each element that is left, and the size of its
        first gradient.
    """
    found = []
    for curvature in RATIOS.curvature:
        c = np.reshape(curvature, (2, 1, 1, 1))
        states = iterate(sgd, lambda w, c=c: c * w, LAG.w0, lr=LAG.hyper["lr"] * 2 / c.max())
        (ended,) = next(islice(states, LAG.steps, None))
        found.append((np.abs(ended / LAG.w0), np.abs(c * LAG.w0)))
    return found


@cache
def ratios():
    """How many times y's rate x's is in ravines, over curvatures, starts and η (5.b).

    The gradient is curvature times distance. Where the distances are alike, and a large η makes
    them so, its size stands in for the curvature, and the ratio is near the best one.

    Returns
    -------
    dict of (tuple, tuple) to array, shape (2, rates)
        By the two curvatures and the start: the ratio at the first step and at the last.

    Examples
    --------
    >>> ratios()[RATIOS.curvature[0], RATIOS.starts[0]][:, 1].round(1)  # at η = 0.4
    array([5.7, 2.2])
    """
    found = {}
    for curvature, start in product(RATIOS.curvature, RATIOS.starts):
        c, w0 = np.reshape(curvature, (2, 1)), np.reshape(start, (2, 1))
        whole = np.broadcast_to(w0, (2, len(RATIOS.lr))).astype(float)
        states = iterate(adagrad, lambda w, c=c: c * w, whole, lr=np.array(RATIOS.lr))
        roots = [h**-0.5 for _, h in islice(states, 1, RATIOS.steps + 1)]
        found[curvature, start] = np.array([x / y for x, y in (roots[0], roots[-1])])
    return found


@kept
def words():
    """Words that come often and seldom, learned by SGD and AdaGrad at their best rates.

    Each word has one weight, which should become 1. Its gradient is 0 where it does not come, and
    w − 1 with noise where it does.

    Returns
    -------
    dict of str to (float, array of shape (words,))
        For ``"sgd"``, ``"linear"`` (SGD at a rate that falls so) and ``"adagrad"``: the rate at
        which the first half of the runs comes nearest to 1, over all words, and how far from it
        the second half ends, on average, for each word.

    Examples
    --------
    >>> found = words()
    >>> (found["adagrad"][1] < found["sgd"][1]).tolist()
    [True, True, False]
    """
    lr, found = np.geomspace(*WORDS.rates), {}
    tried = {"sgd": (sgd, lr), "linear": (sgd, Linear(lr, WORDS.steps)), "adagrad": (adagrad, lr)}
    one = (len(WORDS.every), WORDS.runs, 1)
    for name, (rule, rate) in tried.items():
        rng = np.random.default_rng(WORDS.seed)

        def grad(w, rng=rng):
            comes = rng.random(one) < 1 / np.reshape(WORDS.every, (-1, 1, 1))
            return comes * (w - 1 + WORDS.noise * rng.normal(size=one))

        w0 = np.zeros((*one[:2], lr.size))
        with quiet():
            w, *_ = next(islice(iterate(rule, grad, w0, lr=rate), WORDS.steps, None))
        choosing, counting = np.split(np.abs(w - 1), 2, axis=1)
        best = choosing.mean(axis=(0, 1)).argmin()
        found[name] = float(lr[best]), counting.mean(axis=1)[:, best]
    return found


@cache
def on_constant_slopes():
    """AdaGrad where the gradient never changes: what becomes of its rate, and how far it goes.

    Returns
    -------
    rate, distance : array, each of shape (steps, slopes)
        The effective rate of each step, and the way gone after it, in w's units.

    Examples
    --------
    >>> rate, distance = on_constant_slopes()
    >>> round(rate[99, 1], 6), round(distance[99, 1], 6)
    (np.float64(0.1), np.float64(18.589604))
    """
    plan = FIGURE_13.constant
    slopes = np.tile(plan.gradients, (plan.steps, 1))
    taken = steps_under(adagrad, slopes, lr=plan.lr)
    return -taken / slopes, np.abs(taken).cumsum(axis=0)


@kept
def in_the_ravine():
    """AdaGrad in the ravine x²/20 + y², where the gradient fades as the minimum comes near.

    Returns
    -------
    rate, distance : array, each of shape (steps, 2, rates)
        As in `on_constant_slopes`, for x and y and each learning rate.

    Examples
    --------
    >>> rate, distance = in_the_ravine()
    >>> rate[[0, 999], :, 1].round(3)
    array([[0.571, 0.1  ],
           [0.113, 0.052]])
    """
    plan = FIGURE_13.ravine
    start = np.reshape(plan.start, (2, 1))
    d = run(adagrad, RAVINE, start, plan.steps, lr=np.array(plan.lr))
    return effective(d), np.abs(np.diff(d.w, axis=0)).cumsum(axis=0)


def vanishing():
    """Effective rates and distances of figure 13, by condition, quantity and case.

    Returns
    -------
    dict of (str, str) to dict
        Under ("constant", "rate"), ("constant", "distance"), ("ravine", "rate") and ("ravine",
        "distance"): an array of shape (steps,) for each gradient, and for each pair of an element
        and a learning rate.
    """
    found = {}
    both = zip(("rate", "distance"), on_constant_slopes(), in_the_ravine(), strict=True)
    for what, constant, ravine in both:
        found["constant", what] = dict(zip(FIGURE_13.constant.gradients, constant.T, strict=True))
        found["ravine", what] = {
            (element, lr): ravine[:, i, n]
            for n, lr in enumerate(FIGURE_13.ravine.lr)
            for i, element in enumerate("xy")
        }
    return found


def between_two_batches():
    """AdaGrad's rate when two mini-batches, with minima at −1 and 1, take turns (5.c).

    Returns
    -------
    array, shape (steps, rates)

    Examples
    --------
    >>> between_two_batches()[[9, 99, 999], 1].round(4)
    array([0.0523, 0.0299, 0.0121])
    """
    w, h, lr, rate = BATCHES.start, 0.0, np.array(BATCHES.lr), []
    for t in range(1, BATCHES.steps + 1):
        w, h = adagrad(lambda w, t=t: w - (-1) ** t, w, h, lr=lr)
        rate.append(lr / h**0.5)
    return np.array(rate)


def at_the_cliff():
    """AdaGrad from Beale's cliff, whose gradient fills h; from where it stops, with h at 0 (5.c).

    Returns
    -------
    stuck, freed : Descent
    """
    stuck = CLIFF.plan.run()
    return stuck, run(adagrad, BEALE, stuck.w[-1], CLIFF.steps_again, **CLIFF.plan.hyper)

"""What a rate that falls on the way leaves at the end, and where it ends (5.d).

Every rule takes the best of many first rates for each way of falling. Runs that choose a rate are
never those that judge it.
"""

from functools import cache
from itertools import islice, product

import numpy as np

from udl.descent import iterate, quiet
from udl.experiments.adam import best_rates, digit_race
from udl.experiments.digits import IMAGES, ends
from udl.experiments.plans import ENDS, LEFT, RACE
from udl.experiments.race import NEAR, SIX
from udl.experiments.rounding import alike, geomspace
from udl.experiments.store import kept
from udl.schedules import Cosine, InverseRoot, Linear


def schedules(lr, steps):
    """The four ways of the first rate: constant, linear, 1/√t and cosine, by name.

    Examples
    --------
    >>> {name: round(float(rate(500)), 3) for name, rate in schedules(1.0, 1000).items()}
    {'constant': 1.0, 'linear': 0.5, 'root': 0.045, 'cosine': 0.5}
    """
    falling = {"linear": Linear(lr, steps), "root": InverseRoot(lr), "cosine": Cosine(lr, steps)}
    return {"constant": lambda t: lr} | falling


WAYS = tuple(schedules(1.0, 1))


@kept
def left():
    """What each rule leaves of the loss, at its best rate, constant and falling.

    Returns
    -------
    dict of (str, float, str) to array, shape (4,)
        By the loss's name, the deviation of the noise that each coordinate of the gradient has
        and the rule's name: the mean loss over the last steps, median over the runs that had no
        part in choosing the rate, for each of `WAYS`. Both losses are 0 at their minima.

    Examples
    --------
    >>> constant, *_, cosine = left()["ravine", 1.0, "sgd"]
    >>> bool(constant > 2 * cosine)
    True
    """
    plan = LEFT
    return {
        (loss.name, noise, rule.__name__): _left(rule, loss, noise)
        for loss, noise, rule in product(plan.losses, plan.noise, SIX)
    }


@cache
def _rates():
    """Every rate at every step, once for all rules: shape (steps, ways, first rates)."""
    ways = schedules(np.geomspace(*LEFT.rates), LEFT.steps).values()
    at = [np.broadcast_arrays(*(way(t) for way in ways)) for t in range(LEFT.steps)]
    return np.array(at)


def _left(rule, loss, noise):
    plan, rng = LEFT, np.random.default_rng(LEFT.seed)
    rates = _rates()
    one, shape = (2, plan.runs, 1, 1), (2, plan.runs, *rates.shape[1:])
    low, high = np.reshape(loss.domain, (2, 2, 1, 1, 1)).swapaxes(0, 1)
    w0 = np.broadcast_to(rng.uniform(low, high, one), shape)
    states = iterate(
        rule,
        lambda w: loss.grad(w) + noise * rng.normal(size=one),
        w0,
        lr=lambda t: rates[t],
    )
    with quiet():  # the largest rates diverge
        late = islice(states, plan.steps + 1 - plan.last, plan.steps + 1)
        ended = np.nan_to_num(np.mean([loss(w) for w, *_ in late], axis=0), nan=np.inf)
        choosing, counting = (np.median(half, axis=0) for half in np.split(ended, 2))
    best = choosing.argmin(axis=-1)
    return counting[np.arange(len(best)), best]


@kept
def reach():
    """The share of the starts that end at the global minimum, at the best first rate.

    Returns
    -------
    dict of (str, str) to array, shape (2,)
        By the curve's and the rule's name: at a constant rate, and at one that falls linearly.

    Examples
    --------
    >>> reach()["chapter", "sgd"].round(2)
    array([0.69, 1.  ])
    """
    plan, lr = ENDS, geomspace(*ENDS.rates)
    shape = (plan.starts[-1], 2, lr.size)
    w0 = np.broadcast_to(np.linspace(*plan.starts)[:, None, None], shape)
    falls = Linear(lr, plan.steps)
    found = {}
    for curve, rule in product(plan.curves, SIX):
        (goal,) = curve.goals
        states = iterate(rule, alike(curve).grad, w0, lr=lambda t: np.stack([lr, falls(t)]))
        with quiet():
            w, *_ = next(islice(states, plan.steps, None))
            there = np.abs(w - goal) <= NEAR
        found[curve.name, rule.__name__] = there.mean(axis=0).max(axis=-1)
    return found


@kept
def on_digits():
    """The six rules on the digits, each at its best constant rate and falling from its best first.

    The first rate is the constant one or the next larger that was tried, of which a rule that does
    not fall ends higher.

    Returns
    -------
    dict of str to (list of End, list of End)
        By the rule's name: the ends at the constant rate and those at one that falls linearly, each
        list over the seeds that had no part in choosing.
    """
    steps = RACE.epochs * IMAGES // RACE.size

    def fallen(rule, lr, seeds):
        return ends(rule, Linear(lr, steps), seeds)

    found, constant = {}, digit_race()
    for rule in SIX:
        tried = RACE.rates.index(best_rates()[rule.__name__])
        first = min(
            RACE.rates[tried : tried + 2],
            key=lambda lr: np.median([e.loss for e in fallen(rule, lr, RACE.seeds_that_choose)]),
        )
        found[rule.__name__] = constant[rule.__name__], fallen(rule, first, RACE.seeds_that_count)
    return found

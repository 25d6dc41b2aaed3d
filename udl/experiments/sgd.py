"""What a mini-batch's gradient is worth, and what the learning rate decides (3.7.2).

>>> [int(np.median([one.samples_to(COST.target) for one in courses(n)])) for n in COST.sizes]
[885, 3000, 24000]

With more samples the updates get fewer, and each takes longer: `benchmarks/batches.py` measures it.
"""

from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

import numpy as np

from udl import network
from udl.data import batches
from udl.descent import iterate, quiet
from udl.experiments.digits import IMAGES, task, train
from udl.experiments.maps import ends, final
from udl.experiments.minima import RATES, limits, places, sweeps
from udl.experiments.plans import (
    COST,
    EPOCHS,
    EXTREMES,
    LINE,
    NOISE,
    QUADRATICS,
    RACE,
    SPREAD,
    TARGETS,
    WIDTHS,
)
from udl.experiments.rounding import alike
from udl.experiments.store import kept
from udl.losses import CHAPTER
from udl.steps import sgd

STARTS = np.linspace(*EXTREMES.starts)


@dataclass(frozen=True, eq=False)
class Scatter:
    """Mini-batch gradients around the full gradient, at one place w.

    Attributes
    ----------
    full : float
        The length of the full gradient.
    one : float
        How far the gradient of a single image is from it: the root of the mean square.
    measured : array, shape (sizes,)
        The same for mini-batches of each size, from the draws of `SPREAD`.
    downhill : array, shape (sizes,)
        The share of the mini-batches whose gradient makes less than a right angle with the full
        one, so that a small step against it lowers the loss over all images.
    """

    full: float
    one: float
    measured: np.ndarray
    downhill: np.ndarray

    def law(self, size):
        """What mini-batches drawn without replacement scatter by: one/√size, and at 1500 none."""
        return self.one * ((IMAGES - size) / ((IMAGES - 1) * size)) ** 0.5


@kept
def scatter(seed=SPREAD.seed, sizes=SPREAD.sizes):
    """Measure how mini-batch gradients scatter, at several moments of a training by SGD.

    Parameters
    ----------
    seed : int
        As in `train`.
    sizes : tuple of int
        Of the mini-batches.

    Returns
    -------
    dict of int to Scatter
        By the number of epochs trained.
    """
    x, y = task().x, task().y
    walk = train(sgd, seed, size=RACE.size, lr=SPREAD.rate)
    moments = {epochs * IMAGES // RACE.size: epochs for epochs in SPREAD.epochs}
    found = {}
    for t, w in enumerate(islice(walk, max(moments) + 1)):
        if t in moments:
            found[moments[t]] = _scatter(w, x, y, seed, sizes)
    return found


def _scatter(w, x, y, seed, sizes):
    full = network.grad(w, x, y)

    def root_mean_square(gradients):
        return float(np.mean([((g - full) ** 2).sum() for g in gradients]) ** 0.5)

    measured, downhill = [], []
    for size in sizes:
        draws = max(SPREAD.draws, len(x) // size)
        deal = islice(batches(len(x), size, seed=seed), draws)
        drawn = [network.grad(w, x[k], y[k]) for k in deal]
        measured.append(root_mean_square(drawn))
        downhill.append(np.mean([g @ full > 0 for g in drawn]))
    one = root_mean_square(network.grad(w, x[k : k + 1], y[k : k + 1]) for k in range(len(x)))
    return Scatter(float(np.linalg.norm(full)), one, np.array(measured), np.array(downhill))


@dataclass(frozen=True, eq=False)
class Course:
    """The loss on the way, measured now and then.

    Attributes
    ----------
    samples : array, shape (looks,)
        How many gradients of single images had been measured by then.
    loss : array, shape (looks,)
        Over all 1,500 images.
    """

    samples: np.ndarray
    loss: np.ndarray

    def samples_to(self, target):
        """After how many samples the loss is at or below a target; infinite if never."""
        reached = self.samples[self.loss <= target]
        return float(reached[0]) if reached.size else np.inf


@kept
def trained(size, lr, seeds):
    """Train by SGD with mini-batches of a size, and look at the loss now and then.

    Parameters
    ----------
    size : int
        One of those of `EPOCHS`.
    lr : float or tuple of float
        The learning rate, or one for each seed.
    seeds : tuple of int
        As in `train`.

    Returns
    -------
    list of Course
        One for each seed.
    """
    steps = EPOCHS[size] * IMAGES // size
    looks = np.unique(np.geomspace(1, steps, COST.looks).round().astype(int))
    data, rates = task(), np.reshape(lr, (-1, 1))
    walk = enumerate(islice(train(sgd, seeds, size=size, lr=rates), steps + 1))
    with quiet():
        losses = [[network.loss(w, data.x, data.y) for w in each] for t, each in walk if t in looks]
    return [Course(looks * size, np.array(one)) for one in zip(*losses, strict=True)]


def best_rate_of_size(size):
    """The rate at which SGD with mini-batches of a size needs the fewest samples to the target.

    It is chosen on a seed that does not count.
    """
    tried = trained(size, COST.rates, (COST.seed_that_chooses,) * len(COST.rates))
    return COST.rates[np.argmin([one.samples_to(COST.target) for one in tried])]


def courses(size):
    """SGD with mini-batches of a size at their best rate: a list of `Course`, one a seed."""
    return trained(size, best_rate_of_size(size), COST.seeds_that_count)


def samples(size):
    """How many samples SGD measures with mini-batches of a size, at their best rate.

    Returns
    -------
    array, shape (seeds, targets)
        Down to each loss of `TARGETS`.
    """
    return np.array([[one.samples_to(target) for target in TARGETS] for one in courses(size)])


@cache
def line():
    """The samples of the notebook's straight line: x and y = 3x with noise, as two arrays."""
    rng = np.random.default_rng(LINE.seed)
    x = rng.normal(size=LINE.samples)
    return x, LINE.slope * x + LINE.noise * rng.normal(size=LINE.samples)


def line_scatter(w):
    """Measure how mini-batch gradients scatter on the straight line, at a place.

    Parameters
    ----------
    w : float
        Where.

    Returns
    -------
    off, wrong : arrays, shape (sizes,)
        For each size of `LINE`: the standard deviation over the full gradient's length, and the
        share of the mini-batches whose gradient has the other sign.

    Examples
    --------
    >>> off, wrong = line_scatter(0.0)
    >>> print(*(f"{share:.1%}" for share in wrong))
    9.5% 0.2% 0.0% 0.0% 0.0%
    """
    (x, y), rng = line(), np.random.default_rng(LINE.seed)
    each = 2 * x * (w * x - y)
    full = each.mean()
    drawn = [rng.choice(each, size=(LINE.draws, size)).mean(axis=1) for size in LINE.sizes]
    off = np.array([one.std() for one in drawn]) / abs(full)
    return off, np.array([(one * full < 0).mean() for one in drawn])


@kept
def line_samples():
    """How many samples SGD measures on the straight line until its loss is near the lowest.

    Returns
    -------
    dict of int to array, shape (seeds, rates)
        By the size of the mini-batch, all samples last; infinite where it does not come so near.
    """
    (x, y), plan = line(), LINE.cost
    rates = np.array(plan.lr)
    a, b = np.mean(2 * x * x), np.mean(2 * x * y)  # the whole gradient is a w − b

    def counted(size, gradients):
        w, taken = np.zeros(len(rates)), np.full(len(rates), np.inf)
        for t, grad in enumerate(gradients, start=1):
            w = sgd(grad, w, lr=rates)
            near = a / 2 * (w - b / a) ** 2 <= plan.above  # the loss above its lowest
            taken = np.where(near & np.isinf(taken), t * size, taken)
        return taken

    def of(k):
        return lambda w: 2 * np.mean(x[k, None] * (w * x[k, None] - y[k, None]), axis=0)

    found = {}
    for size in plan.sizes:
        deals = [np.random.default_rng(seed) for seed in plan.seeds]
        shape = (plan.steps, size)
        runs = [counted(size, map(of, rng.integers(0, len(x), size=shape))) for rng in deals]
        found[size] = np.array(runs)
    whole = counted(len(x), [lambda w: a * w - b] * plan.steps)
    return {**found, len(x): np.tile(whole, (len(plan.seeds), 1))}


def biases():
    """How far the mean of an epoch's mini-batches is from the full gradient, for each size.

    Returns
    -------
    list of float
        Relative to the full gradient's length, at a random start.
    """
    x, y, w = task().x, task().y, network.init(SPREAD.seed)
    full = network.grad(w, x, y)

    def mean(parts):
        dealt = zip(np.split(x, parts), np.split(y, parts), strict=True)
        return np.mean([network.grad(w, a, b) for a, b in dealt], axis=0)

    off = [mean(len(x) // size) - full for size in SPREAD.sizes]
    return [float(np.linalg.norm(one) / np.linalg.norm(full)) for one in off]


def carried():
    """The starts whose own minimum is local: how many a constant rate takes to the global one.

    A start's own minimum is that which it ends in at a rate that every minimum holds.

    Returns
    -------
    dict of str to tuple
        By the curve's name: how many such starts there are, the best rate of `RATES` for them, and
        the share that it takes to the global minimum.
    """
    found = {}
    for sweep in sweeps()[:2]:  # on OVERSHOOT, of two minima, one rate takes them all
        ended = ends(sweep.loss, sweep.walked)
        own = ended[:, np.flatnonzero(sweep.small)[-1]]
        caught = ended[np.isin(own, places(sweep.loss, "local"))]
        shares = np.isin(caught, places(sweep.loss, "global")).mean(axis=0)
        best = int(shares.argmax())
        found[sweep.loss.name] = len(caught), float(RATES[best]), float(shares[best])
    return found


@dataclass(frozen=True)
class Shaken:
    """Walks by SGD whose gradients have noise in them, from a slope above a local minimum.

    Attributes
    ----------
    left : float
        The share that is in another valley at the end than a walk without noise.
    arrived : float
        The share that is in the global minimum's.
    """

    left: float
    arrived: float


@kept
def shaken(loss, start, lr, deviation):
    """Walk with noise in the gradient, many times, and see in which valleys the walks are.

    Parameters
    ----------
    loss : Loss
        A curve.
    start, lr : float
        Of every walk.
    deviation : float
        The noise's standard deviation, in units of the gradient.

    Returns
    -------
    Shaken

    Examples
    --------
    >>> shaken(*NOISE.cases[0], 1.0)
    Shaken(left=0.502, arrived=0.486)
    """
    rng, steps = np.random.default_rng(NOISE.seed), round(NOISE.way / lr)

    def noisy(w):
        return loss.grad(w) + rng.normal(0, deviation, w.shape)

    def after(grad, walks):
        walk = iterate(sgd, grad, np.full(walks, start), lr=lr)
        ((w,),) = islice(walk, steps, steps + 1)
        return np.digitize(w, hills(loss))

    at, own = after(noisy, NOISE.walks), after(loss.grad, 1)
    return Shaken(float(np.mean(at != own)), float(np.isin(at, places(loss, "global")).mean()))


def hills(loss):
    """The tops that part the valleys of a curve, between one minimum and the next: array.

    Examples
    --------
    >>> hills(CHAPTER).round(3)
    array([0.762, 3.049, 5.383])
    """
    bottoms = [minimum.w for minimum in loss.minima]
    between = [np.linspace(a, b, 10_001) for a, b in pairwise(bottoms)]
    return np.array([w[loss(w).argmax()] for w in between])


def widths():
    """How wide a step of SGD is at each rate of `WIDTHS`, from many starts on two losses.

    Returns
    -------
    dict of str to array, shape (rates,)
        The root of the sum of squares: on the chapter's curve from all starts, and of the network.
    """
    data = task()
    losses = {
        "curve": (CHAPTER.grad, STARTS),
        "digits": (lambda w: network.grad(w, data.x, data.y), network.init(SPREAD.seed)),
    }
    return {
        name: np.array([np.linalg.norm(sgd(grad, w, lr=lr) - w) for lr in np.geomspace(*WIDTHS.lr)])
        for name, (grad, w) in losses.items()
    }


def borders(loss):
    """2/curvature on a curve: in its narrowest and widest valley, and far outside.

    Parameters
    ----------
    loss : Loss
        A curve.

    Returns
    -------
    lowest, highest, far : float
        Below the first SGD settles from everywhere, above the second in no valley, and above the
        third it moves away wherever it is far outside.

    Examples
    --------
    >>> print(*(f"{rate:.3f}" for rate in borders(CHAPTER)))
    0.169 0.487 4.310
    """
    held = limits(loss)
    far = loss.rate_limit(EXTREMES.outside, width=1.0)
    return float(held.min()), float(held.max()), float(far)


@kept
def extremes(loss):
    """What SGD does from every start at rates that are too small, and at two kinds of too large.

    Parameters
    ----------
    loss : Loss
        A curve.

    Returns
    -------
    dict of str to array of bool, shape (starts, rates)
        ``"stuck"`` in a local minimum below the lowest border of `borders`, ``"bounces"`` between
        the others; above them ``"diverges"`` to infinity, or, if not that, ``"stays"`` and bounces.
    """
    lowest, highest, far = borders(loss)
    small, large, beyond = EXTREMES.small, EXTREMES.large, EXTREMES.beyond
    creeping, bouncing, flying = (
        final(sgd, alike(loss), STARTS[:, None], plan.steps, lr=rates)
        for plan, rates in (
            (small, np.geomspace(small.lowest, small.below * lowest, small.rates)),
            (large, np.geomspace(large.above * highest, large.below * far, large.rates)),
            (beyond, far * np.array(beyond.times)),
        )
    )
    gone = ~np.isfinite(flying.w)
    return {
        "stuck": np.isin(ends(loss, creeping), places(loss, "local")),
        "bounces": bouncing.moved > large.still,
        "diverges": gone,
        "stays": ~gone & (flying.moved > large.still),
    }


def on_quadratics():
    """Whether SGD on L = cW²/2 comes down below lr = 2/c and flies off above.

    Returns
    -------
    array of bool, shape (curvatures, shares)
        For each c and each share of 2/c of `QUADRATICS`.
    """
    c, shares = np.array(QUADRATICS.curvature)[:, None], np.array(QUADRATICS.share)
    with quiet():
        walk = iterate(sgd, lambda w: c * w, np.ones((len(c), 1)), lr=shares * 2 / c)
        ((w,),) = islice(walk, QUADRATICS.steps, QUADRATICS.steps + 1)
        return np.where(shares < 1, np.abs(w) < 1e-3, ~(np.abs(w) < 1e3))  # or nan

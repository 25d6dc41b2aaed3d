"""What a mini-batch's gradient is worth, and what the learning rate decides (3.7.2).

>>> [int(np.median([one.samples_to(COST.target) for one in courses(n)])) for n in COST.sizes]
[885, 3000, 24000]
"""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from udl import network
from udl.data import batches
from udl.descent import iterate, quiet
from udl.experiments.digits import IMAGES, task, train
from udl.experiments.maps import ends, final
from udl.experiments.minima import limits, places
from udl.experiments.plans import COST, EXTREMES, QUADRATICS, RACE, SPREAD, TARGETS, WIDTHS
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
        The same for mini-batches of each size of `SPREAD`, from its draws.
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
def scatter():
    """Measure how mini-batch gradients scatter, at several moments of a training by SGD.

    Returns
    -------
    dict of int to Scatter
        By the number of epochs trained.
    """
    seed, x, y = SPREAD.seed, task().x, task().y
    walk = train(sgd, seed, size=RACE.size, lr=SPREAD.rate)
    moments = {epochs * IMAGES // RACE.size: epochs for epochs in SPREAD.epochs}
    found = {}
    for t, w in enumerate(islice(walk, max(moments) + 1)):
        if t in moments:
            found[moments[t]] = _scatter(w, x, y, seed)
    return found


def _scatter(w, x, y, seed):
    full = network.grad(w, x, y)

    def root_mean_square(gradients):
        return float(np.mean([((g - full) ** 2).sum() for g in gradients]) ** 0.5)

    measured, downhill = [], []
    for size in SPREAD.sizes:
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
def course(size, lr, seed):
    """Train by SGD with mini-batches of a size, and look at the loss now and then.

    Parameters
    ----------
    size : int
        One of the sizes of `COST`.
    lr : float
        The learning rate.
    seed : int
        As in `train`.

    Returns
    -------
    Course
    """
    epochs = dict(zip(COST.sizes, COST.epochs, strict=True))
    steps = epochs[size] * IMAGES // size
    looks = np.unique(np.geomspace(1, steps, COST.looks).round().astype(int))
    data = task()
    walk = enumerate(islice(train(sgd, seed, size=size, lr=lr), steps + 1))
    with quiet():
        losses = [network.loss(w, data.x, data.y) for t, w in walk if t in looks]
    return Course(looks * size, np.array(losses))


def best_rate_of_size(size):
    """The rate at which SGD with mini-batches of a size needs the fewest samples to the target.

    It is chosen on a seed that does not count.
    """
    seed, target = COST.seed_that_chooses, COST.target
    return min(COST.rates, key=lambda lr: course(size, lr, seed).samples_to(target))


def courses(size):
    """SGD with mini-batches of a size at their best rate: a list of `Course`, one a seed."""
    lr = best_rate_of_size(size)
    return [course(size, lr, seed) for seed in COST.seeds_that_count]


def samples(size):
    """How many samples SGD measures with mini-batches of a size, at their best rate.

    Returns
    -------
    array, shape (seeds, targets)
        Down to each loss of `TARGETS`.
    """
    return np.array([[one.samples_to(target) for target in TARGETS] for one in courses(size)])


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


def borders():
    """2/curvature on the chapter's curve: in its narrowest and widest valley, and far outside.

    Returns
    -------
    lowest, highest, far : float
        Below the first SGD settles from everywhere, above the second in no valley, and above the
        third it diverges.

    Examples
    --------
    >>> print(*(f"{rate:.3f}" for rate in borders()))
    0.169 0.487 4.310
    """
    held = limits(CHAPTER)
    far = CHAPTER.rate_limit(EXTREMES.outside, width=1.0)
    return float(held.min()), float(held.max()), float(far)


@kept
def extremes():
    """What SGD does from every start at rates that are too small, and at two kinds of too large.

    Returns
    -------
    dict of str to array of bool, shape (starts, rates)
        ``"stuck"`` in a local minimum below the lowest border, ``"bounces"`` between the others,
        and ``"diverges"`` above.
    """
    lowest, highest, far = borders()
    small, large, beyond = EXTREMES.small, EXTREMES.large, EXTREMES.beyond
    creeping, bouncing, flying = (
        final(sgd, CHAPTER, STARTS[:, None], plan.steps, lr=rates)
        for plan, rates in (
            (small, np.geomspace(small.lowest, small.below * lowest, small.rates)),
            (large, np.geomspace(large.above * highest, large.below * far, large.rates)),
            (beyond, far * np.array(beyond.times)),
        )
    )
    return {
        "stuck": np.isin(ends(CHAPTER, creeping), places(CHAPTER, "local")),
        "bounces": bouncing.moved > large.still,
        "diverges": ~np.isfinite(flying.w),
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

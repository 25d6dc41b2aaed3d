"""The digits as a task: how the rules train the network, at which rate, and how they rank.

1,500 of the 1,797 images are there to learn from and 297 to test on. A run has a seed, which draws
its start and deals its mini-batches. What a run needs is counted in samples, the number of images
whose gradient was measured; one epoch is 1,500 of them, whatever the size of a mini-batch.

>>> result = end(adam, 0.01, seed=0)
>>> print(f"loss {result.loss:.3f}, accuracy on new images {result.accuracy:.1%}")
loss 0.038, accuracy on new images 98.3%
"""

from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np

from udl import network
from udl.data import batches, digits
from udl.descent import iterate, quiet
from udl.experiments.plans import COST, RACE, SPREAD
from udl.experiments.store import kept
from udl.steps import sgd

IMAGES = 1500  # to learn from

# Two machines differ in the last digits of a gradient. At a rate that is too large, such a
# difference grows until their trainings have nothing in common. Gradients are therefore rounded
# here to this fraction, 6e-8: nothing is left to grow, and every machine takes the same steps.
FINE = 2**24


@dataclass(frozen=True, eq=False)
class Task:
    """Images of shape (n, 64) and their digits of shape (n,), to learn from and to test on."""

    x: np.ndarray
    y: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@cache
def task():
    """Split the digits at random, always in the same way: 1,500 to learn from, 297 to test on."""
    images, labels = digits()
    learn, test = np.split(np.random.default_rng(0).permutation(len(images)), [IMAGES])
    return Task(images[learn], labels[learn], images[test], labels[test])


def train(step, seed, *, size, **hyper):
    """Train the network with a rule, and yield its parameters after 0, 1, 2, … steps, for ever.

    Parameters
    ----------
    step : callable
        A rule of `udl.steps`.
    seed : int
        Draws the start and deals the mini-batches.
    size : int
        How many images a mini-batch has; 1500 is the full batch.
    **hyper
        The rule's hyperparameters.

    Yields
    ------
    array, shape (3760,)

    Examples
    --------
    >>> from itertools import islice
    >>> losses = [network.loss(w, task().x, task().y)
    ...           for w in islice(train(sgd, 0, size=50, lr=1.0), 31)]
    >>> print(f"{losses[0]:.2f} -> {losses[30]:.2f} in one epoch")
    2.32 -> 0.34 in one epoch
    """
    x, y = task().x, task().y
    deal = batches(len(x), size, seed=seed)

    def grad(w):  # a rule asks once a step, at w or, like NAG, ahead of it: the next mini-batch
        k = next(deal)
        return np.round(network.grad(w, x[k], y[k]) * FINE) / FINE

    for w, *_ in iterate(step, grad, network.init(seed), **hyper):
        yield w


@dataclass(frozen=True)
class End:
    """How a training ended.

    Attributes
    ----------
    loss : float
        Over the 1,500 images that it learned from, in nats; infinite if it diverged.
    accuracy : float
        The share of the 297 new images that it reads rightly.
    """

    loss: float
    accuracy: float


@kept
def end(step, lr, seed, **hyper):
    """Train in mini-batches of 50 for 10 epochs, and measure the end.

    Parameters
    ----------
    step, seed, **hyper
        As in `train`.
    lr : float
        The learning rate.

    Returns
    -------
    End
    """
    steps = RACE.epochs * IMAGES // RACE.size
    data = task()
    with quiet():
        w = next(islice(train(step, seed, size=RACE.size, lr=lr, **hyper), steps, None))
        loss = float(network.loss(w, data.x, data.y))
        accuracy = network.accuracy(w, data.x_test, data.y_test)
    return End(loss if np.isfinite(loss) else np.inf, accuracy)


def median(numbers):
    """The median, as a float."""
    return float(np.median(list(numbers)))


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

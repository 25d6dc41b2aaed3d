"""The digits as a task: how a rule trains the network on them, and how well it ends.

1,500 of the 1,797 images are there to learn from and 297 to test on. A run has a seed, which draws
its start and deals its mini-batches. What a run needs is counted in samples, the number of images
whose gradient was measured; one epoch is 1,500 of them, whatever the size of a mini-batch.

>>> from udl.steps import adam
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
from udl.experiments.plans import RACE
from udl.experiments.store import kept

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
    seed : int or tuple of int
        Draws the start and deals the mini-batches. With several, as many networks are trained side
        by side, each as it would be alone, and in half the time.
    size : int
        How many images a mini-batch has; 1500 is the full batch.
    **hyper
        The rule's hyperparameters.

    Yields
    ------
    array, shape (3760,), or (seeds, 3760) with several

    Examples
    --------
    >>> from itertools import islice
    >>> from udl.steps import sgd
    >>> losses = [network.loss(w, task().x, task().y)
    ...           for w in islice(train(sgd, 0, size=50, lr=1.0), 31)]
    >>> print(f"{losses[0]:.2f} -> {losses[30]:.2f} in one epoch")
    2.32 -> 0.34 in one epoch
    """
    x, y = task().x, task().y
    if isinstance(seed, tuple):
        w0 = np.stack([network.init(one) for one in seed])
        deal = map(np.stack, zip(*(batches(len(x), size, seed=one) for one in seed), strict=True))
    else:
        w0, deal = network.init(seed), batches(len(x), size, seed=seed)

    def grad(w):  # a rule asks once a step, at w or, like NAG, ahead of it: the next mini-batch
        k = next(deal)
        return np.round(network.grad(w, x[k], y[k]) * FINE) / FINE

    for w, *_ in iterate(step, grad, w0, **hyper):
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
    return ends(step, lr, (seed,), **hyper)[0]


@kept
def ends(step, lr, seeds, **hyper):
    """The `end` of the training with each of several seeds: list of End."""
    steps = RACE.epochs * IMAGES // RACE.size
    data = task()
    found = []
    with quiet():
        for w in next(islice(train(step, seeds, size=RACE.size, lr=lr, **hyper), steps, None)):
            loss = float(network.loss(w, data.x, data.y))
            accuracy = network.accuracy(w, data.x_test, data.y_test)
            found.append(End(loss if np.isfinite(loss) else np.inf, accuracy))
    return found


def median(numbers):
    """The median, as a float."""
    return float(np.median(list(numbers)))

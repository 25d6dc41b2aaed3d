"""The digits as a task: how the rules are trained on them, and what is measured."""

from itertools import islice

import numpy as np
import pytest

from udl import batches, network
from udl.experiments import digits as training
from udl.experiments.digits import end, task, train
from udl.steps import adam, momentum, nag, sgd


def test_the_task_splits_all_the_digits():
    data = task()
    assert data.x.shape == (1500, 64)
    assert data.x_test.shape == (297, 64)
    images, labels = training.digits()
    both = np.concatenate([data.x, data.x_test])
    assert sorted(map(bytes, both)) == sorted(map(bytes, images))
    digits = np.concatenate([data.y, data.y_test])
    np.testing.assert_array_equal(np.bincount(digits), np.bincount(labels))
    assert np.bincount(data.y_test).min() >= 20  # of each digit some are new


@pytest.mark.parametrize("step", [sgd, momentum, nag, adam], ids=lambda step: step.__name__)
def test_training_is_the_rule_on_mini_batches(step):
    """Against a loop written out."""
    data, deal = task(), batches(1500, 50, seed=4)
    state = (network.init(4),)
    for w in islice(train(step, 4, size=50, lr=0.01), 4):
        np.testing.assert_array_equal(w, state[0])
        k = next(deal)

        def grad(w, k=k):
            return np.round(network.grad(w, data.x[k], data.y[k]) * 2**24) / 2**24

        new = step(grad, *state, lr=0.01)
        state = new if isinstance(new, tuple) else (new,)


def test_nag_is_trained_at_the_look_ahead(monkeypatch):
    asked, measure = [], network.grad

    def spy(w, x, y):
        asked.append(w)
        return measure(w, x, y)

    monkeypatch.setattr(network, "grad", spy)
    w = list(islice(train(nag, 0, size=50, lr=0.1), 4))
    assert len(asked) == 3  # once a step
    for t in (1, 2):
        v = w[t] - w[t - 1]
        np.testing.assert_allclose(asked[t], w[t] + 0.9 * v, atol=1e-6)
        assert np.abs(asked[t] - w[t]).max() > 1e-3


def test_gradients_are_rounded_so_that_no_machine_goes_its_own_way(monkeypatch):
    measure, noise = network.grad, np.random.default_rng(0)
    walks = []
    for size in (0.0, 1e-16):  # of the difference between two machines
        monkeypatch.setattr(
            network,
            "grad",
            lambda w, x, y, size=size: measure(w, x, y) + size * noise.normal(size=w.shape),
        )
        walks.append(list(islice(train(adam, 0, size=50, lr=0.3), 101))[-1])
    np.testing.assert_array_equal(*walks)


def test_the_seed_decides_a_run():
    a, again, other = (list(islice(train(sgd, seed, size=50, lr=0.1), 3))[-1] for seed in (0, 0, 1))
    np.testing.assert_array_equal(a, again)
    assert (a != other).any()


@pytest.mark.parametrize("step", [sgd, momentum, nag, adam], ids=lambda step: step.__name__)
def test_networks_side_by_side_are_trained_as_each_alone(step):
    seeds, options = (3, 7, 4), dict(size=50, lr=0.1)
    together = np.array(list(islice(train(step, seeds, **options), 40)))
    for i, seed in enumerate(seeds):
        alone = np.array(list(islice(train(step, seed, **options), 40)))
        np.testing.assert_array_equal(together[:, i], alone)


def test_a_wrong_size_is_said():
    with pytest.raises(ValueError, match="size must be a whole number from 1 to 1500, not 0"):
        next(train(sgd, 0, size=0, lr=0.1))


def test_divergence_is_a_result():
    assert end(sgd, 1e308, 0).loss == np.inf

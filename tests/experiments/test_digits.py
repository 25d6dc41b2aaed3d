"""The digits as a task: how the rules are trained on them, and what is measured."""

from itertools import islice

import numpy as np
import pytest

from udl import batches, network
from udl.experiments import digits as training
from udl.experiments.digits import course, end, scatter, task, train
from udl.experiments.plans import COST, SPREAD
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


def test_a_wrong_size_is_said():
    with pytest.raises(ValueError, match="size must be a whole number from 1 to 1500, not 0"):
        next(train(sgd, 0, size=0, lr=0.1))


def test_divergence_is_a_result():
    assert end(sgd, 1e308, 0).loss == np.inf


def test_courses_count_samples_and_start_from_the_same_loss():
    for size, epochs in zip(COST.sizes, COST.epochs, strict=True):
        one = course(size, 0.3, 0)
        assert one.samples[0] == size
        assert one.samples[-1] == 1500 * epochs
        assert one.loss[-1] < one.loss[0]
        first = next(i for i, loss in enumerate(one.loss) if loss <= 1.0)
        assert one.samples_to(1.0) == one.samples[first]
        assert one.samples_to(-1.0) == np.inf
    assert COST.seed_that_chooses not in COST.seeds_that_count


def test_mini_batches_scatter_as_the_law_of_sampling_says():
    """The law comes from the 1,500 single gradients alone, the measurement from mini-batches."""
    sizes = np.array(SPREAD.sizes)
    assert (1500 % sizes == 0).all()
    for one in scatter().values():
        np.testing.assert_allclose(one.measured, one.law(sizes), rtol=0.03)
        assert one.law(1500) == 0
        assert one.law(1) == one.one
        assert (np.diff(one.downhill) >= -0.01).all()  # the larger, the more agree
        assert one.downhill[-1] == 1

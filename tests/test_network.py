"""The network: its gradient against finite differences, and every rule trains it."""

from itertools import islice

import numpy as np
import pytest

from udl import adagrad, adam, adamw, digits, iterate, momentum, nag, network, radam, rmsprop, sgd

RULES = {
    sgd: {"lr": 0.3},
    momentum: {"lr": 0.03},
    nag: {"lr": 0.03},
    adagrad: {"lr": 0.03},
    rmsprop: {"lr": 0.003},
    adam: {"lr": 0.01},
    adamw: {"lr": 0.01},
    radam: {"lr": 0.1},
}
X, Y = (data[:200] for data in digits())


def test_the_parts_are_views_and_fill_the_vector():
    w = np.arange(3760.0)
    parts = network.parts(w)
    assert [part.shape for part in parts] == [(64, 50), (50,), (50, 10), (10,)]
    np.testing.assert_array_equal(np.concatenate([part.ravel() for part in parts]), w)
    for part in parts:
        part[:] = -1
    assert (w == -1).all()


def test_the_start_is_seeded_and_has_the_right_spread():
    w = network.init(0)
    np.testing.assert_array_equal(w, network.init(0))
    assert (w != network.init(1)).any()
    w1, b1, w2, b2 = network.parts(w)
    assert not b1.any()
    assert not b2.any()
    assert w1.std() == pytest.approx(64**-0.5, rel=0.05)
    assert w2.std() == pytest.approx(50**-0.5, rel=0.1)


def moved(part):
    """A start, a little trained so that no gradient is 0, with the numbers of one part shown."""
    w = next(islice(iterate(sgd, lambda w: network.grad(w, X, Y), network.init(2), lr=0.5), 5, 6))[
        0
    ]
    index = np.arange(len(w))
    return w, network.parts(index)[part].ravel()


@pytest.mark.parametrize("part", range(4), ids=["w1", "b1", "w2", "b2"])
@pytest.mark.parametrize("n", [1, 7, 200])
def test_gradient_against_finite_differences(part, n):
    w, numbers = moved(part)
    x, y = X[:n], Y[:n]
    chosen = np.random.default_rng(0).choice(numbers, size=min(25, len(numbers)), replace=False)
    step, g = 1e-5, network.grad(w, x, y)
    for i in chosen:
        to = np.zeros_like(w)
        to[i] = step
        slope = (network.loss(w + to, x, y) - network.loss(w - to, x, y)) / (2 * step)
        assert g[i] == pytest.approx(slope, rel=1e-5, abs=1e-9)


def test_gradient_along_random_directions():
    w, _ = moved(0)
    rng = np.random.default_rng(1)
    for _ in range(10):
        to = rng.normal(size=w.shape) * 1e-5
        slope = (network.loss(w + to, X, Y) - network.loss(w - to, X, Y)) / 2
        assert network.grad(w, X, Y) @ to == pytest.approx(slope, rel=1e-6)


def test_the_gradient_of_a_mini_batch_is_the_mean_over_its_images():
    w = network.init(0)
    each = [network.grad(w, X[i : i + 1], Y[i : i + 1]) for i in range(30)]
    np.testing.assert_allclose(network.grad(w, X[:30], Y[:30]), np.mean(each, axis=0), atol=1e-15)


def test_a_blind_network_guesses():
    w = np.zeros(3760)
    assert network.loss(w, X, Y) == pytest.approx(np.log(10))
    assert network.accuracy(w, X, Y) == np.mean(Y == 0)  # all ten tie, and argmax takes the first


def test_great_numbers_do_not_overflow():
    w = 1e4 * network.init(0)
    assert np.isfinite(network.loss(w, X, Y))
    assert np.isfinite(network.grad(w, X, Y)).all()


def test_probabilities_sum_to_one_and_accuracy_counts_the_largest():
    w = network.init(3)
    _, log_p = network.forward(w, X)
    np.testing.assert_allclose(np.exp(log_p).sum(axis=1), 1)
    right = sum(int(row.argmax()) == digit for row, digit in zip(log_p, Y, strict=True))
    assert network.accuracy(w, X, Y) == right / 200


@pytest.mark.parametrize("step", RULES, ids=lambda step: step.__name__)
def test_every_rule_trains_it_unchanged(step):
    walk = iterate(step, lambda w: network.grad(w, X, Y), network.init(0), **RULES[step])
    w = [state[0] for state in islice(walk, 31)]
    losses = [network.loss(one, X, Y) for one in w]
    assert losses[-1] < 0.5 * losses[0]
    assert network.accuracy(w[-1], X, Y) > network.accuracy(w[0], X, Y) + 0.3


def test_nag_measures_its_gradient_at_the_look_ahead():
    asked = []

    def grad(w):
        asked.append(w)
        return network.grad(w, X, Y)

    w, v = network.init(0), 0.0
    for _ in range(3):
        ahead = w + 0.9 * v
        w, v = nag(grad, w, v, lr=0.1, alpha=0.9)
        np.testing.assert_array_equal(asked[-1], ahead)
    assert len(asked) == 3
    assert np.abs(asked[-1] - w).max() > 1e-3  # and that is another place than w

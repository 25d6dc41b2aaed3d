"""Rates of AdaGrad's elements, against closed forms and against `run`."""

import numpy as np
import pytest

from udl import RAVINE, adagrad, momentum, rmsprop, run, sgd
from udl.experiments.adagrad import (
    between_two_batches,
    effective,
    in_the_ravine,
    on_constant_slopes,
    ratios,
    sweep,
    turned,
    vanishing,
    words,
)
from udl.experiments.plans import RATIOS, WORDS


@pytest.mark.parametrize(("rule", "hyper"), [(adagrad, {"lr": 0.4}), (rmsprop, {"lr": 0.1})])
@pytest.mark.parametrize("eps", [{}, {"eps": 0.0, "eps_root": 1e-3}, {"eps": 0.1}])
def test_the_effective_rate_is_what_multiplied_the_gradient(rule, hyper, eps):
    d = run(rule, RAVINE, [-7.0, 2.0], 30, **hyper, **eps)
    gradients = np.stack([RAVINE.grad(w) for w in d.w[:-1]])
    np.testing.assert_allclose(-effective(d) * gradients, np.diff(d.w, axis=0), rtol=1e-9)


def test_a_rule_without_h_has_no_effective_rate():
    with pytest.raises(ValueError, match="descent must be of a rule that has h, not of momentum"):
        effective(run(momentum, RAVINE, [-7.0, 2.0], 1, lr=0.1))


@pytest.mark.parametrize("degrees", [0, 15, 45, 90, 200])
def test_in_a_turned_ravine_sgd_walks_the_turned_way_and_adagrad_does_only_at_right_angles(degrees):
    turn, ravine = turned(degrees)
    for rule, same in ((sgd, True), (adagrad, degrees % 90 == 0)):
        straight = run(rule, RAVINE, [-7.0, 2.0], 20, lr=0.4).w
        way = run(rule, ravine, turn @ [-7.0, 2.0], 20, lr=0.4).w
        assert np.allclose(way, straight @ turn.T) is same


def test_on_a_constant_slope_the_rate_falls_as_the_inverse_root_and_the_way_grows_as_the_root():
    rate, distance = on_constant_slopes()
    t = np.arange(1, 10_001)
    for n, g in enumerate((0.1, 1.0, 10.0)):
        np.testing.assert_allclose(rate[:, n], 1 / (g * t**0.5), rtol=1e-8)
    # between the integrals on either side of the sum of η/√t
    assert (distance < 2 * t[:, None] ** 0.5).all()
    assert (distance > 2 * ((t[:, None] + 1) ** 0.5 - 1)).all()


def test_in_the_ravine_the_way_ends_at_the_minimum():
    rate, distance = in_the_ravine()
    assert rate.shape == distance.shape == (10_000, 2, 3)
    np.testing.assert_allclose(distance[-1], [[7, 7, 7], [2, 2, 2]], rtol=0.02)
    d = run(adagrad, RAVINE, [-7.0, 2.0], 100, lr=0.4)
    np.testing.assert_array_equal(rate[:100, :, 1], effective(d))


def test_the_sweep_is_not_of_a_lucky_rate():
    lr, plain, own = sweep()
    for lr_n, steps, rule in ((lr[60], plain[60], sgd), (lr[100], own[100], adagrad)):
        loss = run(rule, RAVINE, [-7.0, 2.0], 3000, lr=lr_n).loss
        assert (loss[int(steps) :] < 0.001).all()
        assert loss[int(steps) - 1] >= 0.001
    # of every fourth rate: those at which 200 steps are enough
    assert [(steps[::4] <= 200).sum() for steps in (plain, own)] == [7, 23]
    assert np.isnan(plain[lr >= 1]).all()
    assert (own[lr >= 1] <= 60).all()
    assert own[lr == lr.max()] < np.nanmin(plain)  # AdaGrad's best is sooner than SGD's


def test_the_distance_is_the_same_at_every_gradient():
    distances = list(vanishing()["constant", "distance"].values())
    for distance in distances[1:]:
        np.testing.assert_allclose(distance, distances[0], rtol=1e-8)


def test_between_two_batches_the_rate_goes_to_0():
    rate = between_two_batches()
    assert rate.shape == (10_000, 3)
    assert (np.diff(rate, axis=0) < 0).all()
    slope = np.log10(rate[9999] / rate[999])
    np.testing.assert_allclose(slope, -0.5, atol=0.15)


def test_where_the_distances_are_alike_the_size_of_the_gradient_is_the_curvature():
    for (curvature, start), (first, last) in ratios().items():
        best = curvature[1] / curvature[0]
        distance = abs(start[1] / start[0])
        np.testing.assert_allclose(first, best * distance, rtol=1e-9)  # gradient = both, multiplied
        if distance == 1:
            np.testing.assert_allclose(last, best, rtol=1e-9)
        # a large η throws every element as far, and from there the ratio is about the best
        assert 0.85 * best < last[-1] < 1.15 * best
        assert RATIOS.lr[-1] >= 100


def test_adagrad_alone_learns_the_word_that_comes_often_and_the_one_that_comes_seldom():
    found = {name: missed for name, (_, missed) in words().items()}
    often, seldom = 0, len(WORDS.every) - 1
    assert found["adagrad"][often] < found["sgd"][often] / 3
    # for the rare word neither is better: it came too few times to average the noise away
    assert found["adagrad"][seldom] == pytest.approx(found["sgd"][seldom], rel=0.1)
    assert (found["linear"] < found["sgd"]).all()  # who knows the last step can do nearly as well
    lr, _ = words()["adagrad"]
    assert WORDS.rates[0] < lr < WORDS.rates[1]  # not at the end of the grid

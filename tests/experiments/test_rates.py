"""The rates and steps of the adaptive rules, against closed forms and against `run`."""

import numpy as np
import pytest

from udl import CHAPTER, RAVINE, adagrad, momentum, rmsprop, run
from udl.experiments.rates import (
    effective,
    in_the_ravine,
    on_constant_slopes,
    slope_then_plain,
    with_and_without_correction,
)


@pytest.mark.parametrize(("rule", "hyper"), [(adagrad, {"lr": 0.4}), (rmsprop, {"lr": 0.1})])
@pytest.mark.parametrize("eps", [{}, {"eps": 0.0, "eps_root": 1e-3}, {"eps": 0.1}])
def test_the_effective_rate_is_what_multiplied_the_gradient(rule, hyper, eps):
    d = run(rule, RAVINE, [-7.0, 2.0], 30, **hyper, **eps)
    gradients = np.stack([RAVINE.grad(w) for w in d.w[:-1]])
    np.testing.assert_allclose(-effective(d) * gradients, np.diff(d.w, axis=0), rtol=1e-9)


def test_a_rule_without_h_has_no_effective_rate():
    with pytest.raises(ValueError, match="descent must be of a rule that has h, not of momentum"):
        effective(run(momentum, RAVINE, [-7.0, 2.0], 1, lr=0.1))


def test_on_a_constant_slope_the_rate_falls_as_the_inverse_root_and_the_way_grows_as_the_root():
    rate, distance = on_constant_slopes((0.1, 1.0, 10.0), 5000, 0.5)
    t = np.arange(1, 5001)
    for n, g in enumerate((0.1, 1.0, 10.0)):
        np.testing.assert_allclose(rate[:, n], 0.5 / (g * t**0.5), rtol=1e-8)
    # between the integrals on either side of the sum of η/√t
    assert (distance < 2 * 0.5 * t[:, None] ** 0.5).all()
    assert (distance > 2 * 0.5 * ((t[:, None] + 1) ** 0.5 - 1)).all()


def test_in_the_ravine_the_way_ends_at_the_minimum():
    rate, distance = in_the_ravine((-7.0, 2.0), (0.1, 0.4), 5000)
    assert rate.shape == distance.shape == (5000, 2, 2)
    np.testing.assert_allclose(distance[-1], [[7, 7], [2, 2]], rtol=0.02)
    d = run(adagrad, RAVINE, [-7.0, 2.0], 100, lr=0.4)
    np.testing.assert_array_equal(rate[:100, :, 1], effective(d))


def test_slope_then_plain_takes_many_plains():
    gradients = slope_then_plain(10.0, np.array([1.0, 0.1]), 3, 5)
    np.testing.assert_array_equal(gradients, [[10, 10]] * 3 + [[1, 0.1]] * 2)


@pytest.mark.parametrize("gamma", [0.9, 0.99])
def test_the_correction_divides_h_by_what_the_start_has_not_taken(gamma):
    plain, fixed = with_and_without_correction(CHAPTER, 1.24, 1, lr=0.01, gamma=gamma)
    w, h = 1.24, 0.0
    for t in range(1, 41):  # by hand, from the recorded gradients
        g = CHAPTER.grad(w)
        h = gamma * h + (1 - gamma) * g**2
        w = w - 0.01 * g / ((h / (1 - gamma**t)) ** 0.5 + 1e-8)
    _, fixed = with_and_without_correction(CHAPTER, 1.24, 40, lr=0.01, gamma=gamma)
    assert fixed.w[-1] == pytest.approx(w, rel=1e-9)
    assert plain.w[1] - 1.24 == pytest.approx((fixed.w[1] - 1.24) / (1 - gamma) ** 0.5, rel=1e-5)

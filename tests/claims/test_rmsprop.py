"""What the claims of section 3.7.6 found."""

import numpy as np
import pytest

from udl import CHAPTER, adagrad, adam, ema, rmsprop, run
from udl.claims import finding
from udl.descent import steps_under


def test_6a_holds_and_the_weights_are_geometric():
    found = finding("6.a")
    assert found.verdict == "holds"
    assert 0.9 ** found.numbers["half"] == pytest.approx(0.5)
    assert 0.99 ** found.numbers["long"] == pytest.approx(0.5)
    assert found.numbers["hundred"] == pytest.approx(0.1 * 0.9**100, rel=1e-9)


def test_6a_at_alpha_1_nothing_is_left():
    np.testing.assert_array_equal(ema([1.0, 0.0], alpha=1.0), [0, 1, 0])


def test_6b_holds_where_h_has_filled():
    found = finding("6.b")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(66 / 72)
    # h as a geometric sum: 50 steps of 100 that have filled h to 1 − γ⁵⁰, then 950 of 0.01
    full = 100 * (1 - 0.9**50)
    assert found.numbers["before"] == pytest.approx(full**-0.5, rel=1e-6)
    h = full * 0.9**950 + 0.01 * (1 - 0.9**950)
    assert found.numbers["after"] == pytest.approx(h**-0.5, rel=1e-6)
    assert found.numbers["summing"] == pytest.approx((50 * 100 + 950 * 0.01) ** -0.5, rel=1e-6)
    assert found.numbers["newest"] == pytest.approx(0.01 / (1 - 0.99**1000))


def test_6b_the_exceptions_are_those_in_which_the_mean_of_squares_still_rises():
    exceptions = 0
    for gamma in (0.9, 0.99, 0.999):
        for n in (50, 200, 1000):
            for factor in (1.1, 2, 5, 10, 20, 50, 100, 1000):
                filled = 100 * (1 - gamma**n)
                later = filled * gamma**950 + (10 / factor) ** 2 * (1 - gamma**950)
                exceptions += later >= filled
                # it rises exactly where the plain's g² is above what h had come to
                assert (later >= filled) == ((10 / factor) ** 2 >= filled)
    assert exceptions == 72 - round(72 * finding("6.b").share) == 6


def test_6c_holds_whatever_the_gradient():
    found = finding("6.c")
    assert found.verdict == "holds"
    assert found.numbers["h"] == pytest.approx(1 - 0.99)
    for name, gamma in (("low", 0.9), ("step", 0.99), ("high", 0.999)):
        assert found.numbers[name] == pytest.approx((1 - gamma) ** -0.5)
    late = found.numbers["late"]
    assert 0.99**late < 0.01 <= 0.99 ** (late - 1)


def test_6c_is_the_first_step_of_a_descent_too():
    d = run(rmsprop, CHAPTER, np.linspace(0, 2, 21), 1, lr=0.02, gamma=0.99)
    np.testing.assert_allclose(np.abs(np.diff(d.w, axis=0)), 0.2, rtol=1e-4)


def test_6d_holds_at_large_rates_and_on_a_network_at_the_best_rate():
    found = finding("6.d")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(0.354, abs=0.005)
    assert found.numbers["small"] < 0.02
    assert found.numbers["large"] == pytest.approx(0.6, abs=0.02)
    assert found.numbers["nets"] == pytest.approx(0.375)  # at η ≥ 0.03, the more the larger γ is
    assert found.numbers["own"] == 0.03
    assert found.numbers["peak"] > 3 * found.numbers["start"]
    assert found.numbers["fixed"] == found.numbers["start"]  # the corrected loss only falls
    assert found.numbers["diverged"] == 0
    assert found.numbers["longest"] == pytest.approx(10, rel=1e-6)  # η/√(1−γ) at γ = 0.99


def test_6d_no_step_is_longer_than_the_bound_whatever_the_gradients():
    gradients = np.random.default_rng(6).standard_cauchy((500, 40))
    for gamma in (0.9, 0.99, 0.999):
        steps = np.abs(steps_under(rmsprop, gradients, lr=1.0, gamma=gamma))
        assert steps.max() <= (1 - gamma) ** -0.5 * (1 + 1e-12)


def test_6e_holds_but_at_large_rates():
    found = finding("6.e")
    assert found.verdict == "holds when"
    numbers = found.numbers
    assert found.share == numbers["share"] == pytest.approx(85 / 93)
    assert numbers["fixed_share"] == pytest.approx(69 / 76)
    for curve in ("", "rugged_"):
        fixed = numbers[curve + "corrected"]
        assert numbers[curve + "adagrad"] > 2 * fixed > 4 * numbers[curve + "rmsprop"]
    # at γ = 0.99 the first step is as long as AdaGrad's at ten times the rate
    assert numbers["rmsprop"] == pytest.approx(numbers["adagrad"] / 10)
    assert numbers["rmsprop"] < numbers["short"] < numbers["corrected"]


def test_6e_from_one_start_over_the_first_hill():
    lr = np.arange(1, 41) * 0.05
    rules = {
        1.6: (adagrad, {}),
        0.85: (adam, {"beta1": 0.0, "beta2": 0.99}),
        0.2: (rmsprop, {"gamma": 0.99}),
    }
    for smallest, (rule, hyper) in rules.items():
        d = run(rule, CHAPTER, np.full(lr.size, 1.355), 3000, lr=lr, **hyper)
        assert lr[d.w.max(axis=0) > 3.05].min() == pytest.approx(smallest)

"""What an average forgets and a start at 0 does, against closed forms and against `run`."""

import numpy as np
import pytest

from udl import CHAPTER, OVERSHOOT, RUGGED, adam, rmsprop
from udl.descent import steps_under
from udl.experiments.plans import ESCAPE, FIGURE_14, FIRST
from udl.experiments.rmsprop import (
    escapes,
    first_on_digits,
    revived,
    slope_then_plain,
    smoothing,
    too_large,
    tops,
    with_and_without_correction,
)


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


def test_smoother_is_slower():
    level, x, averages = smoothing()
    plan = FIGURE_14.noise
    settled = slice(plan.change - 50, plan.change)
    noise = {alpha: np.std(s[settled] - s[settled].mean(axis=0)) for alpha, s in averages.items()}
    assert noise[0.5] > 2 * noise[0.1] > 4 * noise[0.01]
    # across the sequences: the deviation of an average of independent values
    for alpha in (0.5, 0.1):
        expected = plan.deviation * (alpha / (2 - alpha)) ** 0.5
        assert averages[alpha][settled].std(axis=1).mean() == pytest.approx(expected, rel=0.1)
    # how long after the change the mean over the sequences is half-way down
    after = {a: s[plan.change :].mean(axis=1) for a, s in averages.items()}
    waits = [int(np.argmax(after[a] < np.mean(plan.levels))) for a in (0.5, 0.1, 0.01)]
    assert waits == sorted(waits)
    assert waits[-1] > 40
    assert x.shape == (plan.steps, plan.sequences)
    assert set(level) == set(plan.levels)


def test_how_far_it_revives_depends_on_the_memory():
    _, factors, last = revived()
    np.testing.assert_allclose(last[0.9], 1, rtol=0.01)  # the step is η again, at every factor
    sums = (50 * factors**2 + 950) ** -0.5
    np.testing.assert_allclose(last[1.0], sums, rtol=1e-6)  # AdaGrad's is not
    far = factors > 30
    assert (last[0.9] >= last[0.99] * 0.999)[far].all()
    assert (last[0.99] > last[0.999])[far].all()
    assert (last[0.999] > last[1.0])[far].all()


@pytest.mark.parametrize("gamma", [0.9, 0.99, 0.999])
def test_first_steps_are_too_large_by_the_same_whatever_the_gradients(gamma):
    ratio, _, _ = too_large()
    t = np.arange(1, len(ratio[gamma]) + 1)
    np.testing.assert_allclose(ratio[gamma], (1 - gamma**t) ** -0.5, rtol=1e-6)
    gradients = np.random.default_rng(15).standard_normal(1000)
    plain = steps_under(rmsprop, gradients, lr=0.3, gamma=gamma)
    fixed = steps_under(adam, gradients, lr=0.3, beta1=0.0, beta2=gamma)
    np.testing.assert_allclose(plain / fixed, ratio[gamma], rtol=1e-4)


@pytest.mark.parametrize("curve", [CHAPTER, RUGGED, OVERSHOOT])
def test_at_a_small_rate_the_large_first_steps_help(curve):
    starts = np.linspace(0, 10, 51)
    plain, fixed = with_and_without_correction(curve, starts, 10, lr=0.01, gamma=0.99)
    assert plain.loss[-1].mean() < fixed.loss[-1].mean()


@pytest.mark.parametrize("curve", ESCAPE.curves)
def test_between_two_minima_there_is_a_hilltop(curve):
    for top in tops(curve):
        assert abs(curve.grad(top)) < 0.01
        assert curve.curvature(top) < 0


def test_leaving_counts_from_the_valley_of_the_start():
    lr = np.geomspace(*ESCAPE.lr)
    for (curve, rule, _), share in escapes().items():
        assert share.shape == lr.shape
        assert ((share >= 0) & (share <= 1)).all()
        if rule != "rmsprop":
            assert (share[lr < 0.02] == 0).all()  # at a small rate nothing leaves
        if curve == "overshoot" and rule == "adagrad":
            assert (share == 0).all()


def test_the_network_s_loss_climbs_at_the_best_rate_and_not_at_small_ones():
    for (lr, gamma), (plain, fixed) in first_on_digits().items():
        assert plain.shape == fixed.shape == (len(FIRST.seeds), len(FIRST.looks))
        np.testing.assert_array_equal(plain[:, 0], fixed[:, 0])
        late = FIRST.looks.index(FIRST.after)
        if lr <= 0.01:
            assert (plain[:, late] < fixed[:, late]).all()
        if lr >= 0.03 and gamma == 0.99:
            assert (plain.max(axis=1) > 2 * plain[:, 0]).all()

"""What figures 14 and 15 must show, read from their artists and checked another way."""

import numpy as np
import pytest

from udl import CHAPTER, ema
from udl.experiments.plans import FIGURE_14
from udl.experiments.rmsprop import half_life, revived, smoothing, too_large
from udl.figures import figure_14, figure_15
from udl.figures.style import COLORS, ramp


def named(axes, gid):
    return [line for line in axes.lines if line.get_gid() == gid]


def data(axes, gid):
    (line,) = named(axes, gid)
    return np.array(line.get_data())


def test_figure_14_weights_are_what_is_left_of_one_value():
    axes = figure_14().axes[0]
    for alpha in FIGURE_14.averages.alpha:
        k, weight = data(axes, f"α = {alpha:g}")
        impulse = ema(np.eye(1, 101)[0], alpha)[1:]  # a straight line here, drawn by its ends
        np.testing.assert_allclose(np.diff(np.log(impulse)), np.log(1 - alpha), rtol=1e-9)
        np.testing.assert_allclose(weight, impulse[k.astype(int)], rtol=1e-9)
        assert weight[-1] < 1.1e-4 or k[-1] == FIGURE_14.averages.past  # all there is room for


def test_figure_14_marks_where_a_weight_has_come_down_to_half():
    axes = figure_14().axes[0]
    halves = [np.ravel(line.get_data()) for line in named(axes, "half")]
    for (k, weight), alpha in zip(halves, FIGURE_14.averages.alpha, strict=True):
        assert weight == alpha / 2
        assert alpha * (1 - alpha) ** k == pytest.approx(weight)
    assert [f"{half_life(alpha):.1f}" for alpha in (0.5, 0.1, 0.01)] == ["1.0", "6.6", "69.0"]


def test_figure_14_shows_one_sequence_and_the_spread_of_all():
    picture = figure_14()
    _, x, averages = smoothing()
    for axes, alpha in zip(picture.axes[1:], FIGURE_14.averages.alpha, strict=True):
        (dots,) = [c for c in axes.collections if c.get_gid() == "noisy"]
        np.testing.assert_array_equal(dots.get_offsets()[:, 1], x[:, 0])
        np.testing.assert_array_equal(data(axes, f"average {alpha:g}")[1], averages[alpha][:, 0])
        (band,) = [c for c in axes.collections if c.get_gid() == "band"]
        inside = band.get_paths()[0].vertices
        assert np.isin(np.quantile(averages[alpha][100], (0.05, 0.95)), inside[:, 1]).all()
    assert "200" in " ".join(picture.strings())


def test_figure_15_the_rate_revives_in_rmsprop_alone():
    rates, _, _ = revived()
    at = np.array([50, 60, 100, 200, 1000]) - 1
    np.testing.assert_allclose(rates[1.0][at], 0.0141, atol=5e-5)
    # the notebook's numbers, from the moving average itself
    squares = np.array([10.0] * 50 + [0.1] * 950) ** 2
    for gamma in (0.9, 0.99, 0.999):
        np.testing.assert_allclose(rates[gamma], ema(squares, 1 - gamma)[1:] ** -0.5, rtol=1e-6)
    assert rates[0.9][-1] == pytest.approx(10, rel=1e-6)
    assert rates[0.99][-1] == pytest.approx(8.8, abs=0.05)
    axes = figure_15().axes[0]
    for gamma in (1.0, 0.9, 0.99, 0.999):
        t, rate = data(axes, f"{gamma:g}")
        np.testing.assert_array_equal(rate, rates[gamma][t.astype(int) - 1])


def test_figure_15_the_shares_are_the_notebook_s_and_one_curve_shifted():
    _, lr, rose = too_large()
    starts = np.linspace(0, 10, 51)
    for rate, plain, fixed in ((0.01, 0.04, 0.0), (0.1, 0.33, 0.04), (1.0, 1.0, 0.33)):
        at = np.abs(np.log(lr / rate)).argmin()
        assert lr[at] == pytest.approx(rate)
        assert rose[0.99][at] == pytest.approx(plain, abs=0.005)
        assert rose[0.0][at] == pytest.approx(fixed, abs=0.005)
        down = starts - 10 * rate * np.sign(CHAPTER.grad(starts))  # the first step by hand
        assert (CHAPTER(down) > CHAPTER(starts)).mean() == pytest.approx(plain, abs=0.005)
    tenfold = 40  # 161 rates over four powers of ten
    np.testing.assert_allclose(rose[0.99][:-tenfold], rose[0.0][tenfold:], atol=0.021)
    for gamma, share in rose.items():
        (line,) = named(figure_15().axes[3], f"{gamma:g}")
        np.testing.assert_array_equal(line.get_ydata(), 100 * share)


def test_each_decay_rate_has_one_shade_in_all_panels():
    for axes in figure_15().axes:
        for gamma, shade in zip(("0.9", "0.99", "0.999"), ramp(3), strict=True):
            assert named(axes, gamma)[0].get_color() == COLORS[shade]
    for axes in figure_15().axes[:2]:
        assert named(axes, "1")[0].get_color() == COLORS["adagrad"]

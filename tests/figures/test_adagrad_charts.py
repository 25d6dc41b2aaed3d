"""What figures 12 and 13 must show, read from their artists and checked another way."""

import numpy as np
import pytest

from udl.experiments.adagrad import vanishing
from udl.experiments.plans import FIGURE_12, FIGURE_13, descents
from udl.figures import figure_12, figure_13
from udl.figures.style import COLORS


def named(axes, gid):
    return [line for line in axes.lines if line.get_gid() == gid]


def data(axes, gid):
    (line,) = named(axes, gid)
    return np.array(line.get_data())


@pytest.fixture(scope="module")
def picture():
    return figure_12()


def test_figure_12_paths_are_the_first_steps_of_the_descents(picture):
    found = descents(12)
    for rule in ("sgd", "adagrad"):
        np.testing.assert_array_equal(data(picture.axes[0], rule), found[rule].w[:21].T)
    sgd_w, own_w = (found[rule].w for rule in ("sgd", "adagrad"))
    assert sgd_w[0].tolist() == own_w[0].tolist() == [-7, 2]
    assert sgd_w[1, 1] == pytest.approx(own_w[1, 1])  # the same first step in y, so comparable
    left = np.array([w[20] / w[0] for w in (sgd_w, own_w)])
    np.testing.assert_allclose(100 * left, [[81.8, 1.2], [60.7, 7.9]], atol=0.05)


def test_figure_12_is_drawn_with_equal_units(picture):
    axes = picture.axes[0]
    (x0, y0), (x1, y1) = axes.transData.transform([(0, 0), (1, 1)])
    assert x1 - x0 == pytest.approx(y1 - y0, rel=0.01)
    axes = picture.axes[1]
    (x0, y0), (x1, y1) = axes.transData.transform([(0, 0), (1, 1)])
    assert x1 - x0 == pytest.approx(y1 - y0, rel=0.01)  # so a square is one


def test_figure_12_squares_have_h_as_area(picture):
    h = descents(12)["adagrad"].state["h"][list(FIGURE_12.marks.steps)]
    squares = [p for p in picture.axes[1].patches if p.get_gid() == "square"]
    assert len(squares) == h.size
    for square in squares:
        assert square.get_width() == square.get_height()
    areas = sorted(square.get_width() ** 2 for square in squares)
    np.testing.assert_allclose(areas, sorted(h.ravel()))
    for value in h.ravel():
        assert any(f"{value:.1f}" in text for text in picture.strings())
    assert (h[:, 1] > h[:, 0]).all()


def test_figure_12_rates_are_eta_over_the_root_of_h(picture):
    axes, found = picture.axes[2], descents(12)["adagrad"]
    for element, name in enumerate("xy"):
        t, rate = data(axes, f"rate-{name}")
        np.testing.assert_allclose(rate, 0.4 / found.state["h"][1:, element] ** 0.5, rtol=1e-9)
        assert t.tolist() == list(range(1, 101))
        assert (np.diff(rate) <= 0).all()
    assert (data(axes, "sgd")[1] == 0.1).all()
    assert data(axes, "rate-x")[1][0] == pytest.approx(0.571, abs=5e-4)
    assert data(axes, "rate-y")[1][0] == pytest.approx(0.1)


def test_figure_13_slopes_are_a_half_down_and_a_half_up():
    axes = figure_13().axes
    for g in FIGURE_13.constant.gradients:
        rate = vanishing()["constant", "rate"][g]
        t = np.arange(1, len(rate) + 1)
        np.testing.assert_allclose(np.diff(np.log(rate)) / np.diff(np.log(t)), -0.5, rtol=1e-4)
        np.testing.assert_array_equal(data(axes[0], str(g)), [t[[0, -1]], rate[[0, -1]]])
        t, distance = data(axes[1], str(g))
        late = t > 1000
        assert np.polyfit(np.log(t[late]), np.log(distance[late]), 1)[0] == pytest.approx(
            0.5, abs=0.02
        )
        assert distance[-1] == pytest.approx(2 * t[-1] ** 0.5, rel=0.01)
    for axis, rise in ((axes[0], 0.1), (axes[1], 10)):
        x, y = data(axis, "slope")  # the drawn slope: a hundred times the steps
        assert x[-1] / x[0] == 100
        assert y[-1] / y[0] == pytest.approx(rise)


def test_figure_13_the_rate_levels_off_in_the_ravine():
    found, axes = vanishing(), figure_13().axes
    for (element, lr), rate in found["ravine", "rate"].items():
        assert rate[-1] > 0.9 * rate[len(rate) // 10 - 1]  # a constant gradient: a third
        way = {"x": 7, "y": 2}[element]
        assert found["ravine", "distance"][element, lr][-1] == pytest.approx(way, rel=0.02)
        (line,) = named(axes[2], str((element, lr)))
        assert line.get_ydata()[-1] == rate[-1]
    assert found["ravine", "rate"]["x", 0.4][-1] == pytest.approx(0.11300, abs=5e-6)
    assert found["ravine", "rate"]["y", 0.4][-1] == pytest.approx(0.05247, abs=5e-6)


def test_rules_are_drawn_as_in_every_chart(picture):
    for axes in (picture.axes[0], picture.axes[3]):
        for rule in ("sgd", "adagrad"):
            (line,) = named(axes, rule)
            assert line.get_color() == COLORS[rule]

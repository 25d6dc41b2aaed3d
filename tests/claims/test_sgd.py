"""What the claims of section 3.7.2 found."""

import numpy as np
import pytest

from udl.claims import finding
from udl.experiments.plans import SPREAD, descents
from udl.experiments.sgd import biases, scatter


def test_2a_mini_batches_are_unbiased_and_scatter_as_one_over_the_root():
    found = finding("2.a")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(0.883, abs=0.005)
    assert found.numbers["bias"] == max(biases()) < 1e-13
    assert found.numbers["slope"] == pytest.approx(0.5, abs=0.01)
    assert found.numbers["start"] == pytest.approx(1.40, abs=0.01)
    assert found.numbers["late"] == pytest.approx(3.93, abs=0.01)
    assert found.numbers["one"] == pytest.approx(0.345, abs=0.005)
    for one in scatter().values():  # the condition: large mini-batches always agree
        assert one.downhill[SPREAD.sizes.index(750)] == 1
    at_thirty = scatter()[0].law(30) / scatter()[0].full
    assert found.numbers["start"] == pytest.approx(at_thirty, rel=0.03)


def test_2b_the_same_loss_costs_fewer_samples():
    found = finding("2.b")
    assert found.verdict == "holds"
    assert found.numbers["share"] == 15 / 1500
    assert found.numbers["small"] == 885
    assert found.numbers["middle"] == 3000
    assert found.numbers["all"] == 24_000


def test_2c_the_width_is_the_rate_times_the_gradient():
    found = finding("2.c")
    assert found.verdict == "holds"
    assert found.numbers["pairs"] == 2 * 36
    assert found.numbers["most"] == pytest.approx(10_000)
    small, large = descents(4)["small"], descents(4)["large"]
    widths = [one.w[1] - one.w[0] for one in (small, large)]
    assert widths[1] / widths[0] == pytest.approx(large.hyper["lr"] / small.hyper["lr"])


def test_2d_small_rates_are_stuck_and_large_ones_bounce_or_diverge():
    found = finding("2.d")
    assert found.verdict == "holds when"
    assert found.numbers["stuck"] == pytest.approx(0.535, abs=0.002)
    assert found.numbers["bounces"] == found.numbers["diverges"] == 1
    assert found.numbers["highest"] == pytest.approx(0.4866, abs=1e-3)
    assert found.numbers["far"] == pytest.approx(1 / 0.232)  # the parabola outside is 0.232 W²


def test_2d_the_two_panels_of_figure_5():
    small, large = descents(5)["small"].w, descents(5)["large"].w
    assert small[-1] == pytest.approx(2.377239, abs=1e-6)
    assert np.abs(np.diff(large[-20:])).min() > 0.1

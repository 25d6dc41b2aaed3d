"""What the claims of section 3.7.2 found."""

import re

import numpy as np
import pytest

from udl.claims import finding
from udl.experiments.plans import EPOCHS, EXTREMES, SPREAD, descents
from udl.experiments.sgd import biases, scatter


def test_2a_mini_batches_are_unbiased_and_scatter_as_one_over_the_root():
    found = finding("2.a")
    assert found.verdict == "holds when"
    assert 0.8 < found.share < 0.95
    assert max(found.numbers["bias"], *biases()) < 1e-13  # of rounding, another in each process
    assert found.numbers["slope"] == pytest.approx(0.5, abs=0.01)
    assert found.numbers["start"] == pytest.approx(1.01, abs=0.01)
    assert found.numbers["starts"] == pytest.approx(1.40, abs=0.01)
    assert found.numbers["late"] == pytest.approx(2.37, abs=0.01)
    assert found.numbers["lates"] == pytest.approx(4.46, abs=0.01)
    assert found.numbers["one"] == pytest.approx(0.345, abs=0.005)
    assert found.numbers["ones"] == pytest.approx(0.459, abs=0.005)
    assert found.numbers["line"] == pytest.approx(0.3165)
    for one in scatter().values():  # the condition: large mini-batches always agree
        assert one.downhill[SPREAD.sizes.index(750)] == 1
    at_thirty = scatter()[0].law(30) / scatter()[0].full
    assert found.numbers["starts"] == pytest.approx(at_thirty, rel=0.03)


def test_2b_the_same_loss_costs_fewer_samples():
    found = finding("2.b")
    assert found.verdict == "holds"
    assert found.numbers["share"] == 15 / 1500
    taken = {size: found.numbers[f"at{size}"] for size in EPOCHS}
    assert taken == {1: 330, 15: 885, 50: 1250, 150: 3000, 1500: 24_000}
    assert found.numbers["line"] < 0.02


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
    stuck = [found.numbers[f"{loss.name}_stuck"] for loss in EXTREMES.curves]
    assert stuck == pytest.approx([0.535, 0.891, 0.089], abs=0.002)
    assert found.numbers["bounces"] == 1
    assert found.numbers["chapter_highest"] == pytest.approx(0.4866, abs=1e-3)
    assert found.numbers["chapter_far"] == pytest.approx(
        1 / 0.232
    )  # the parabola outside: 0.232 W²
    diverges = [found.numbers[f"{loss.name}_diverges"] for loss in EXTREMES.curves]
    assert diverges == pytest.approx([1, 1, 0.871], abs=0.001)
    for loss in EXTREMES.curves:  # what does not diverge bounces
        assert sum(found.numbers[f"{loss.name}_{fate}"] for fate in ("diverges", "stays")) == 1


@pytest.mark.parametrize("id", ["2.a", "2.b", "2.c", "2.d"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_range_is_said_in_numbers(id, lang):
    assert len(re.findall(r"\d+", finding(id).range(lang))) >= 2


def test_2d_the_two_panels_of_figure_5():
    small, large = descents(5)["small"].w, descents(5)["large"].w
    assert small[-1] == pytest.approx(2.377239, abs=1e-6)
    assert np.abs(np.diff(large[-20:])).min() > EXTREMES.large.still  # it never stands still
    assert np.ptp(large[-20:]) > 3

"""What the claims of section 3.7.3 found."""

import numpy as np
import pytest

from udl import CHAPTER, momentum, run
from udl.claims import finding
from udl.claims.momentum import FIGURE_6, passing
from udl.experiments.escapes import pairs
from udl.experiments.plans import descents


def test_3a_holds_up_to_the_sum_of_the_series():
    found = finding("3.a")
    assert found.verdict == "holds"
    assert found.numbers["ratio"] == pytest.approx((1 - 0.9**300) / (1 - 0.9))


def test_3b_holds_for_a_tenth_of_the_pairs():
    found = finding("3.b")
    assert found.verdict == "holds when"
    assert found.share == found.numbers["leaves"] == pytest.approx(0.0873, abs=5e-4)
    assert found.numbers["sgd"] == 1
    assert found.numbers["usual"] == pytest.approx(0.41, abs=0.011)
    assert found.numbers["agrees"] > 0.98


def test_3b_agrees_with_notebook_3_7_3():
    """Question 3 there counts 91.5% in the first minimum and 7.4% in the global one."""
    ends = pairs("momentum", "narrow").ends
    assert (ends == 1).mean() == pytest.approx(0.915, abs=0.002)
    assert 0.06 < (ends == 3).mean() < 0.074 < (ends == 3).mean() + (ends == -3).mean()


def test_3b_the_condition_is_one_of_friction():
    """In the limit of small rates lr/(1−α)² alone decides: pairs of one ratio go one way."""
    for ratio, leaves in ((6, False), (10, True)):
        alpha = np.array([0.9, 0.95, 0.975])
        w = run(momentum, CHAPTER, 1.24, 600, lr=ratio * (1 - alpha) ** 2, alpha=alpha).w
        np.testing.assert_array_equal(w.max(axis=0) > 3.2, leaves)  # beyond the hill at 3.05


def test_3b_figure_6_is_such_a_pair():
    assert FIGURE_6["lr"] > 8 * (1 - FIGURE_6["alpha"]) ** 2
    assert descents(6)["momentum"].hyper == FIGURE_6


def test_3c_holds_where_a_step_lands_on_the_bottom():
    found = finding("3.c")
    assert found.verdict == "holds"
    assert found.numbers["slope"] == pytest.approx(0.0117, abs=1e-4)
    assert found.numbers["after"] == pytest.approx(0.895, abs=1e-3)
    assert found.numbers["pairs"] == 85
    assert found.numbers["flat"] == pytest.approx(0.099, abs=0.002)


def test_3c_the_step_is_the_one_of_figure_6():
    d = descents(6)["momentum"]
    (slope,), (after,) = passing(**FIGURE_6)
    assert after == d.state["v"][4] / d.state["v"][3]  # the third step lands at 2.380
    assert slope == abs(CHAPTER.grad(d.w[3])) / np.abs(CHAPTER.grad(d.w[:4])).max()


def test_3c_the_rest_of_the_update_is_alpha():
    """Where the gradient is 0, v ← αv exactly: what remains is α and a push of lr·g."""
    grid = pairs("momentum", "narrow")
    row, column = np.nonzero(~grid.stays)
    slope, after = passing(lr=grid.lr[column], alpha=grid.alpha[row])
    flat = slope < 0.02
    assert flat.sum() > 5
    np.testing.assert_allclose(after[flat], grid.alpha[row][flat], rtol=0.01)

"""What the claims of section 3.7.5 found."""

import numpy as np
import pytest

from udl import BEALE, RAVINE, adagrad, run, sgd
from udl.claims import finding


def test_5a_holds_unless_the_small_gradient_comes_from_being_close():
    found = finding("5.a")
    assert found.verdict == "holds when"
    # the share of the ravine's starts with |x|/10 < 2|y|: all but 1/16 of a 20 by 8 field; where y
    # curves a hundred times as much as x, all
    assert found.share == pytest.approx((15 / 16 + 1) / 2)
    assert found.numbers["slow"] == 1
    assert found.numbers["x"] == pytest.approx(100 * 0.99**20)  # 1 − ηk, step after step
    assert found.numbers["y"] == pytest.approx(100 * 0.8**20)
    assert found.numbers["own_x"] == pytest.approx(60.7, abs=0.05)
    assert found.numbers["own_y"] == pytest.approx(7.9, abs=0.05)


def test_5a_the_element_that_lags_is_the_one_of_small_curvature():
    starts = np.array([[-7.0, -7.0], [2.0, 0.1]])  # the second has the smaller gradient in y
    left = np.abs(run(sgd, RAVINE, starts, 20, lr=0.1).w[-1] / starts)
    assert np.abs(RAVINE.grad(starts)).argmin(axis=0).tolist() == [0, 1]
    assert left.argmax(axis=0).tolist() == [0, 0]


def test_5b_holds_and_how_good_the_rates_are_depends_on_the_rate():
    found = finding("5.b")
    assert found.verdict == "holds"
    assert found.numbers["first"] == pytest.approx(4 / 0.7, rel=1e-6)  # √h is the first gradient
    lr = np.array([0.4, 3.0, 10.0])
    h = run(adagrad, RAVINE, np.array([[-7.0], [2.0]]), 100, lr=lr).state["h"][-1]
    assert (h[1] / h[0]) ** 0.5 == pytest.approx([2.24, 5.16, 21.9], rel=0.01)
    assert found.numbers["low"] == pytest.approx((h[1, 0] / h[0, 0]) ** 0.5, rel=1e-6)
    assert found.numbers["high"] == pytest.approx((h[1, 2] / h[0, 2]) ** 0.5, rel=1e-6)
    assert (found.numbers["small"], found.numbers["large"]) == (0.4, 10.0)
    best = sgd(RAVINE.grad, np.array([-7.0, 2.0]), lr=np.array([10.0, 0.5]))
    np.testing.assert_allclose(best, 0, atol=1e-12)  # one step
    assert found.numbers["best"] == 10 / 0.5


def test_5c_holds_while_gradients_keep_coming():
    found = finding("5.c")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(6 / 12)  # 3 slopes and 3 pairs of batches, not the ravine
    assert found.numbers["rate"] == pytest.approx(1 / 100, rel=1e-6)  # 1/√t at t = 10,000
    assert found.numbers["far"] == pytest.approx((1 / np.arange(1, 10_001) ** 0.5).sum(), rel=1e-6)
    assert found.numbers["level"] == pytest.approx(0.11300, abs=5e-6)
    assert found.numbers["stuck"] == pytest.approx(1.06198, abs=5e-6)
    assert found.numbers["freed"] == pytest.approx(0.00004, abs=5e-6)


def test_5c_h_never_falls():
    for loss, start in ((RAVINE, [-7.0, 2.0]), (BEALE, [4.0, 3.0])):
        h = run(adagrad, loss, start, 500, lr=0.5).state["h"]
        assert (np.diff(h, axis=0) >= 0).all()


def test_5d_holds_where_the_gradient_is_noisy():
    found = finding("5.d")
    assert found.verdict == "holds when"
    numbers = found.numbers
    assert (numbers["noisy"], numbers["of"]) == (34, 36)
    assert numbers["exact"] == 3  # RMSProp in the ravine, against each way of falling
    assert numbers["gain"] == pytest.approx(5.7, abs=0.1)
    assert (numbers["trained"], numbers["reads"]) == (1, 4)
    assert found.share == pytest.approx((34 + 3 + 1) / (36 + 36 + 6))
    assert numbers["constant"] < 0.7 < numbers["falling"] == 1
    assert numbers["rugged"] == pytest.approx(0.12, abs=0.005)
    assert numbers["flat"] == pytest.approx(0.22, abs=0.005)

"""What the claims of section 3.7.4 found."""

import numpy as np
import pytest

from udl import OVERSHOOT, momentum, nag, run
from udl.claims import finding
from udl.claims.nag import ALPHA, FIGURE_7, TOP, braking, races
from udl.experiments.escapes import pairs
from udl.experiments.plans import descents
from udl.figures.nag import present_step


def test_4a_holds_from_alpha_0_8_on():
    found = finding("4.a")
    assert found.verdict == "holds when"
    assert found.numbers["past"] == pytest.approx(3.842, abs=5e-4)  # as notebook 3.7.4 prints it
    assert found.numbers["sgd"] < 0.01
    assert found.numbers["low"] == 0
    assert found.numbers["usual"] == pytest.approx(0.34, abs=0.011)
    assert found.numbers["high"] == 1
    assert found.share == pytest.approx(0.289, abs=0.003)


def test_4a_and_4b_start_as_figures_7_and_8_do():
    assert descents(7)["momentum"].hyper == descents(8)["nag"].hyper == FIGURE_7
    assert descents(7)["momentum"].w[0] == descents(8)["nag"].w[0] == TOP


def test_4b_holds():
    found = finding("4.b")
    assert found.verdict == "holds"
    d = descents(8)["nag"]
    now = present_step(d)
    assert found.numbers["nag"] == pytest.approx(d.state["v"][now + 1] / d.state["v"][now])
    assert found.numbers["nag"] == pytest.approx(0.655, abs=5e-4)
    assert found.numbers["momentum"] == pytest.approx(1.004, abs=5e-4)
    assert found.numbers["seen"] > 500


def test_4b_the_brake_is_the_reversed_gradient():
    """NAG's velocity differs from Momentum's by lr times the difference of the two gradients."""
    d = run(nag, OVERSHOOT, TOP, 100, **FIGURE_7)
    _, kept = braking(d, **FIGURE_7)
    now = present_step(d)
    w, v = d.w[now], d.state["v"][now]
    apart = OVERSHOOT.grad(w + 0.9 * v) - OVERSHOOT.grad(w)
    assert kept["momentum"] - kept["nag"] == pytest.approx(0.35 * apart / v)


def test_4c_holds_when_alpha_is_large():
    found = finding("4.c")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(0.584, abs=0.003)
    assert found.numbers["usual_least"] == pytest.approx(0.63, abs=0.011)  # the ravine's
    assert found.numbers["usual_most"] == pytest.approx(0.97, abs=0.011)  # figure 8's curve
    assert found.numbers["half_least"] == 0
    assert found.numbers["half_most"] < 0.8


def test_4c_agrees_with_notebook_3_7_4():
    """Section 7 there: NAG first at 0.97 and 0.63 of the rates for 0.9, at 0.36 and 0 for 0.5."""
    for name, alpha, share in [
        ("overshoot", 0.9, 0.97),
        ("ravine", 0.9, 0.63),
        ("overshoot", 0.5, 0.36),
        ("ravine", 0.5, 0.0),
        ("overshoot", 0.98, 0.17),
    ]:
        sooner, later = races()[name]
        assert sooner[np.isclose(ALPHA, alpha)].mean() == pytest.approx(share)
        assert not (sooner & later).any()


def test_4c_braking_makes_it_escape_less():
    found = finding("4.c")
    assert found.numbers["momentum"] == pytest.approx(0.0872, abs=5e-4)
    assert found.numbers["nag"] == pytest.approx(0.002, abs=2e-4)
    ours, theirs = pairs("nag", "narrow").ends, pairs("momentum", "narrow").ends
    assert (ours == 3).sum() < 0.05 * (theirs == 3).sum()


def test_4c_on_a_quadratic_the_brake_is_a_smaller_alpha():
    """On c·w²/2 NAG is Momentum with α(1−lr·c): so it oscillates less, up to lr·c = 1."""
    lr, c, alpha, w, v = 0.3, 2.0, 0.9, 1.0, 0.5
    _, ours = nag(lambda w: c * w, w, v, lr=lr, alpha=alpha)
    _, theirs = momentum(lambda w: c * w, w, v, lr=lr, alpha=alpha * (1 - lr * c))
    assert ours == pytest.approx(theirs)

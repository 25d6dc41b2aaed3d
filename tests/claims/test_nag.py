"""What the claims of section 3.7.4 found."""

import pytest

from udl.claims import finding
from udl.experiments.momentum import pairs
from udl.experiments.nag import present_step
from udl.experiments.plans import FIGURE_8


def test_4a_holds_from_alpha_0_8_on():
    found = finding("4.a")
    assert found.verdict == "holds when"
    assert found.numbers["past"] == pytest.approx(3.842, abs=5e-4)  # as notebook 3.7.4 prints it
    assert found.numbers["sgd"] < 0.01
    assert found.numbers["low"] == 0
    assert found.numbers["usual"] == pytest.approx(0.34, abs=0.011)
    assert found.numbers["high"] == 1
    assert found.share == pytest.approx(0.289, abs=0.003)


def test_4b_holds():
    found = finding("4.b")
    assert found.verdict == "holds"
    d = FIGURE_8.nag.run()
    now = present_step(d)
    assert found.numbers["nag"] == pytest.approx(d.state["v"][now + 1] / d.state["v"][now])
    assert found.numbers["nag"] == pytest.approx(0.655, abs=5e-4)
    assert found.numbers["momentum"] == pytest.approx(1.004, abs=5e-4)
    assert found.numbers["seen"] > 500


def test_4c_holds_when_alpha_is_large():
    found = finding("4.c")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(0.584, abs=0.003)
    assert found.numbers["usual_least"] == pytest.approx(0.63, abs=0.011)  # the ravine's
    assert found.numbers["usual_most"] == pytest.approx(0.97, abs=0.011)  # figure 8's curve
    assert found.numbers["half_least"] == 0
    assert found.numbers["half_most"] < 0.8


def test_4c_braking_makes_it_escape_less():
    found = finding("4.c")
    assert found.numbers["momentum"] == pytest.approx(0.0872, abs=5e-4)
    assert found.numbers["nag"] == pytest.approx(0.002, abs=2e-4)
    ours, theirs = pairs("nag", "narrow").ends, pairs("momentum", "narrow").ends
    assert (ours == 3).sum() < 0.05 * (theirs == 3).sum()

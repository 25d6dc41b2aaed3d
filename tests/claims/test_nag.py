"""What the claims of section 3.7.4 found."""

import pytest

from udl.claims import finding
from udl.experiments.momentum import pairs
from udl.experiments.nag import present_step
from udl.experiments.plans import FIGURE_8


def test_4a_holds_for_a_large_alpha_on_three_curves():
    found = finding("4.a")
    assert found.verdict == "holds when"
    assert found.numbers["past"] == pytest.approx(3.842, abs=5e-4)  # as notebook 3.7.4 prints it
    assert found.numbers["sgd"] < 0.01
    assert found.numbers["low"] == pytest.approx(0.113, abs=0.003)
    assert found.numbers["usual_least"] == pytest.approx(0.16, abs=0.011)
    assert found.numbers["usual_most"] == pytest.approx(0.55, abs=0.011)
    assert found.numbers["high_least"] == pytest.approx(0.32, abs=0.011)
    assert found.numbers["high_most"] == 1  # figure 7's curve
    assert found.share == pytest.approx(0.288, abs=0.003)


def test_4b_holds_on_the_way_down():
    found = finding("4.b")
    assert found.verdict == "holds when"
    d = FIGURE_8.nag.run()
    now = present_step(d)
    assert found.numbers["nag"] == pytest.approx(d.state["v"][now + 1] / d.state["v"][now])
    assert found.numbers["nag"] == pytest.approx(0.655, abs=5e-4)
    assert found.numbers["momentum"] == pytest.approx(1.004, abs=5e-4)
    assert found.numbers["seen"] > 1700
    assert found.numbers["down"] == 1
    assert found.numbers["up"] == 0
    assert found.numbers["climbs"] == pytest.approx(0.107, abs=0.003)


def test_4c_holds_in_more_than_half_of_the_pairs():
    found = finding("4.c")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(0.584, abs=0.003)
    assert found.numbers["usual_least"] == pytest.approx(0.63, abs=0.011)  # the ravine's
    assert found.numbers["usual_most"] == pytest.approx(0.97, abs=0.011)  # figure 8's curve
    assert found.numbers["half_least"] == 0
    assert found.numbers["half_most"] < 0.8


def test_4c_damping_foretells_who_is_first_on_every_loss():
    found = finding("4.c")
    assert found.numbers["said_least"] == pytest.approx(0.894, abs=0.005)
    assert found.numbers["said_most"] == pytest.approx(0.978, abs=0.005)


def test_4c_braking_makes_it_escape_less():
    found = finding("4.c")
    assert found.numbers["momentum"] == pytest.approx(0.0872, abs=5e-4)
    assert found.numbers["nag"] == pytest.approx(0.002, abs=2e-4)
    ours, theirs = pairs("nag", "narrow").ends, pairs("momentum", "narrow").ends
    assert (ours == 3).sum() < 0.05 * (theirs == 3).sum()

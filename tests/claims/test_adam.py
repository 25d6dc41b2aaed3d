"""What the claims of section 3.7.7 found."""

import numpy as np
import pytest

from udl import CHAPTER, adam
from udl.claims import finding
from udl.experiments.adam import (
    coefficients,
    landscape_ranks,
    recovered,
    sweep,
    without_correction,
)
from udl.experiments.plans import BETAS


def test_7a_switching_parts_off_recovers_the_earlier_rules():
    found = finding("7.a")
    assert found.verdict == "holds"
    assert found.numbers["rules"] == 4
    assert found.numbers["starts"] == 41
    assert {rule: distance.shape for rule, distance in recovered().items()} == {
        rule: (41,) for rule in ("rmsprop", "momentum", "sgd", "adagrad")
    }
    assert found.numbers["slower"] == pytest.approx(1 - 0.9)  # Σ (1−β)βᵏ over Σ βᵏ


def test_7c_the_factors_are_those_of_the_formula_and_fade():
    found, t = finding("7.c"), np.arange(1, 5001)
    assert found.verdict == "holds"
    m, v, longer = without_correction(5000)
    np.testing.assert_allclose(m, 1 / (1 - 0.9**t), rtol=1e-10)
    np.testing.assert_allclose(v, 1 / (1 - 0.999**t), rtol=1e-10)
    np.testing.assert_allclose(longer, (1 - 0.9**t) / np.sqrt(1 - 0.999**t), rtol=1e-4)
    assert found.numbers["first"] == pytest.approx(0.1 / np.sqrt(0.001), rel=1e-6)
    assert found.numbers["longest"] == pytest.approx(6.57, abs=0.005)
    assert found.numbers["at"] == 12
    assert found.numbers["last"] == pytest.approx(1.0068, abs=1e-4)
    assert (longer > 1).all()  # so the correction shortens every step


def test_7d_holds_while_the_first_moment_stays():
    found = finding("7.d")
    assert found.verdict == "holds when"
    assert found.share == 0.5
    assert found.numbers["alone"] == pytest.approx(100**-0.5, rel=1e-3)
    assert found.numbers["least"] == pytest.approx(1, abs=1e-5)
    assert found.numbers["most"] == pytest.approx(1, abs=1e-5)
    steps = [adam(lambda w, k=k: k * CHAPTER.grad(w), 1.355, lr=0.1)[0] for k in (1e-2, 1, 1e4)]
    np.testing.assert_allclose(steps, 1.455, atol=1e-6)


def test_7e_adam_is_strong_in_most_and_loses_somewhere():
    found = finding("7.e")
    assert found.verdict == "holds when"
    assert found.share > 0.5
    reach, time = landscape_ranks()
    assert found.numbers["landscapes"] == len(reach) == len(time) == 8
    assert found.numbers["reach"] == max(reach.values()) == 2
    assert {name for name, place in reach.items() if place > 1} == {"chapter", "rugged"}
    assert {name for name, place in time.items() if place == 1} == {"Beale", "Rosenbrock"}
    slow = {name for name, place in time.items() if place > 3}
    assert slow == {"chapter", "overshoot", "ravine", "saddle", "Himmelblau"}
    assert max(time.values()) == 5
    assert found.numbers["first"] == 2
    assert found.numbers["slow"] == 5
    assert 1 <= found.numbers["loss"] <= 3
    assert 1 <= found.numbers["accuracy"] <= 3


def test_7b_the_recommended_pair_is_one_of_many_good_ones():
    found = finding("7.b")
    assert found.verdict == "holds when"
    assert found.share == pytest.approx(32 / 57)  # against 19 other pairs on 3 seeds
    assert found.numbers["pairs"] == 20
    assert found.numbers["rank"] == 8
    assert (found.numbers["beta1"], found.numbers["beta2"]) == (0.95, 0.999)
    medians = np.median(coefficients(), axis=-1)
    assert found.numbers["lowest"] == medians.min() == pytest.approx(0.0079, abs=1e-4)
    assert found.numbers["highest"] == pytest.approx(0.0316, abs=1e-4)
    assert medians[0].min() > found.numbers["highest"]  # without a first moment: all worse
    own = coefficients()[BETAS.beta1.index(0.9), BETAS.beta2.index(0.999)]
    assert (found.numbers["own_lowest"], found.numbers["own_highest"]) == (min(own), max(own))
    flat = found.numbers["highest"] / found.numbers["lowest"]
    assert flat < 5 < np.median(sweep()["adam"], axis=1)[5] / medians.min()  # the rate counts more

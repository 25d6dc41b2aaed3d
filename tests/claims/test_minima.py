"""What the claims of section 3.7.1 found."""

import numpy as np
import pytest

from udl import CHAPTER
from udl.claims import finding
from udl.claims.minima import STARTS
from udl.experiments.minima import RATES


def test_1a_holds_and_most_starts_are_caught():
    found = finding("1.a")
    assert found.verdict == "holds"
    assert found.numbers["cases"] > 1000
    assert found.numbers["chapter"] == pytest.approx(27 / 51)  # of the starts 0, 0.2, …, 10
    assert found.numbers["rugged"] == pytest.approx(45 / 51)
    assert found.numbers["overshoot"] == pytest.approx(5 / 51, abs=1e-3)  # beyond its hill, 9.12


def test_1a_trapped_starts_are_those_outside_the_global_valley():
    w = np.linspace(4.2555, 7.1769, 3001)
    edge = w[CHAPTER(w).argmax()]  # the hill before the global minimum
    left_of_it = np.mean(np.linspace(0, 10, 51) < edge)
    assert finding("1.a").numbers["chapter"] == pytest.approx(left_of_it, abs=0.02)


def test_1b_holds():
    found = finding("1.b")
    assert found.verdict == "holds"
    assert found.numbers["chapter"] == pytest.approx(0.4866, abs=1e-3)
    assert found.numbers["rugged"] == pytest.approx(0.434, abs=1e-3)
    assert found.numbers["overshoot"] == pytest.approx(1.809, abs=1e-3)
    assert found.numbers["cases"] == (70 + 74 + 27) * 51 + 70 * 4 + 74 * 7 + 27 * 2
    assert found.numbers["slope"] < 0.2


def test_1c_holds_but_for_curves_on_which_a_constant_rate_serves():
    found = finding("1.c")
    assert found.verdict == "holds when"
    assert found.numbers["chapter"] == pytest.approx(35 / 51)  # notebook 3.7.1 prints 68.6%
    assert found.numbers["rugged"] == pytest.approx(11 / 51)
    assert found.numbers["overshoot"] == 1  # at a rate that its local minimum cannot hold
    assert (found.numbers["fails"], found.numbers["curves"]) == (40, 43)


@pytest.mark.parametrize("id", ["1.a", "1.b", "1.c"])
def test_the_range_names_curves_starts_and_rates(id):
    for lang, words in (("ko", ("곡선", "출발점", "학습률")), ("en", ("curve", "start", "rate"))):
        said = finding(id).range(lang)
        assert all(word in said for word in words)
        assert f"{STARTS}" in said
        assert f"{len(RATES)}" in said

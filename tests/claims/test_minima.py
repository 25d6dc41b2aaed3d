"""What the claims of section 3.7.1 found."""

import numpy as np
import pytest

from udl import CHAPTER
from udl.claims import finding


def test_1a_holds_and_most_starts_are_caught():
    found = finding("1.a")
    assert found.verdict == "holds"
    assert found.numbers["cases"] > 800
    assert found.numbers["chapter"] == pytest.approx(27 / 51)  # of the starts 0, 0.2, …, 10
    assert found.numbers["rugged"] == pytest.approx(45 / 51)


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
    assert found.numbers["cases"] == (70 + 74) * 51 + 70 * 4 + 74 * 7
    assert found.numbers["slope"] < 0.2


def test_1c_holds_with_room_to_spare():
    found = finding("1.c")
    assert found.verdict == "holds"
    assert found.numbers["chapter"] == pytest.approx(35 / 51)  # notebook 3.7.1 prints 68.6%
    assert found.numbers["rugged"] == pytest.approx(11 / 51)

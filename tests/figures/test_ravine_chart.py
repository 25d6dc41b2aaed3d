"""What figure 20 must show, read from its artists and checked another way."""

import numpy as np
import pytest

from udl import RAVINE
from udl.experiments.momentum import in_theory
from udl.experiments.plans import FIGURE_20, RAVINES
from udl.figures import figure_20


@pytest.fixture(scope="module")
def drawn():
    return {
        line.get_gid(): np.array(line.get_data())
        for axes in figure_20().axes
        for line in axes.lines
        if line.get_gid()
    }


def slope(points):
    """Between the last two points, on logarithmic axes."""
    (x0, x1), (y0, y1) = np.log(points[:, -2:])
    return (y1 - y0) / (x1 - x0)


def test_sgd_zigzags_down_and_momentum_is_there_in_fewer_steps(drawn):
    sgd = FIGURE_20.sgd.run().w
    assert (np.diff(np.sign(sgd[:20, 1])) != 0).all()  # from side to side at every step
    assert (np.diff(sgd[:, 0]) > 0).all()
    assert RAVINE(FIGURE_20.momentum.run().w[-1]) < RAVINES.tolerance
    assert FIGURE_20.momentum.steps < FIGURE_20.sgd.steps / 3


def test_the_lines_rise_with_kappa_and_with_its_root(drawn):
    for name in ("sgd", "momentum", "usual"):
        np.testing.assert_array_equal(drawn[name][0], RAVINES.kappas)
    assert slope(drawn["sgd"]) == pytest.approx(1, abs=0.02)
    assert slope(drawn["momentum"]) == pytest.approx(0.5, abs=0.06)
    assert drawn["usual"][1, :5].max() < 1.06 * drawn["usual"][1, :5].min()


def test_theory_foretells_the_ratio_of_the_steps(drawn):
    """It leaves out the first steps, in which Momentum gathers speed."""
    shrinks = [in_theory(kappa) for kappa in RAVINES.kappas]
    said = [np.log(one["momentum"]["shrink"]) / np.log(one["sgd"]["shrink"]) for one in shrinks]
    np.testing.assert_allclose((drawn["sgd"][1] / drawn["momentum"][1])[2:], said[2:], rtol=0.35)

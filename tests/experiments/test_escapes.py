"""The grids of pairs that figures 10 and 11 and claims 3.b, 3.c and 4.c share."""

import numpy as np
import pytest

from udl import CHAPTER, momentum, nag, run, sgd
from udl.experiments.escapes import FIRST, GRIDS, RULES, START, pairs
from udl.experiments.maps import DIVERGED, NOT_SETTLED, SENSITIVE, ends, survey


def test_the_start_is_on_the_slope_above_the_first_local_minimum():
    left, first = CHAPTER.minima[FIRST - 1].w, CHAPTER.minima[FIRST].w
    assert left < START < first
    assert CHAPTER.grad(START) < 0
    inside = [m for m in CHAPTER.minima if 0 < m.w < 10]
    assert inside[0] is CHAPTER.minima[FIRST]
    assert inside[0].kind == "local"


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("rule", RULES)
def test_alpha_0_is_sgd(rule, grid):
    walked = pairs(rule, grid)
    assert walked.alpha[0] == 0
    d = run(sgd, CHAPTER, START, GRIDS[grid]["steps"], lr=walked.lr)
    calm = walked.ends[0] >= 0
    np.testing.assert_allclose(walked.walked.w[0][calm], d.w[-1][calm], rtol=1e-6)
    assert walked.stays[0][walked.lr < 0.35].all()


@pytest.mark.parametrize(("rule", "step"), [("momentum", momentum), ("nag", nag)])
def test_a_pair_by_itself_ends_where_the_map_says(rule, step):
    walked = pairs(rule, "wide")
    for place in np.unique(walked.ends):
        cells = np.argwhere(walked.ends == place)
        for row, column in cells[:: max(1, len(cells) // 3)][:4]:
            hyper = {"lr": walked.lr[column], "alpha": walked.alpha[row]}
            d = run(step, CHAPTER, START, GRIDS["wide"]["steps"], **hyper)
            if place >= 0:
                assert d.w[-1] == pytest.approx(CHAPTER.minima[place].w, abs=0.01)
            elif place == DIVERGED:
                assert d.diverged or abs(d.w[-1]) > 1e6
            else:
                assert abs(d.w[-1]) < 1e6


def test_figure_6_reaches_the_global_minimum_and_not_by_its_last_digits():
    walked = survey(momentum, CHAPTER, START, 1500, lr=0.2, alpha=0.9)
    assert CHAPTER.minima[ends(CHAPTER, walked)].kind == "global"
    grid = pairs("momentum", "wide")
    row, column = np.abs(grid.alpha - 0.9).argmin(), np.abs(np.log(grid.lr / 0.2)).argmin()
    assert CHAPTER.minima[grid.ends[row, column]].kind == "global"  # and so does its cell


def test_the_linear_limits_hold():
    """No minimum holds a rule above its limit in the flattest one: 2(1+α)/c, NAG's over 1+2α."""
    places = np.array([m.w for m in CHAPTER.minima])
    curvature = (CHAPTER.grad(places + 1e-5) - CHAPTER.grad(places - 1e-5)) / 2e-5
    for rule in RULES:
        walked = pairs(rule, "wide")
        alpha = walked.alpha[:, None]
        limit = 2 * (1 + alpha) / curvature.min()
        if rule == "nag":
            limit = limit / (1 + 2 * alpha)
        assert (walked.ends[walked.lr > 1.01 * limit] < 0).all()


def test_divergence_is_the_outer_parabola_s():
    walked = pairs("momentum", "wide")
    limit = 2 * (1 + walked.alpha[:, None]) / (2 * 0.232)
    assert (walked.ends[walked.lr > 1.1 * limit] == DIVERGED).all()
    assert (walked.ends[walked.lr < limit] != DIVERGED).all()


def test_the_last_digits_never_matter_in_quiet_corners():
    walked = pairs("momentum", "wide")
    quiet = walked.lr < 0.1
    assert (walked.ends[:40, quiet] == FIRST).all()  # α below 0.86 and small rates
    assert 0.35 < (walked.ends == SENSITIVE).mean() < 0.5
    assert (walked.ends == NOT_SETTLED).mean() < 0.04

"""The grids of pairs, and how a walk grows and crosses the first local minimum."""

import numpy as np
import pytest

from udl import CHAPTER, OVERSHOOT, momentum, nag, run, sgd
from udl.experiments.maps import DIVERGED, NOT_SETTLED, SENSITIVE, ends, survey
from udl.experiments.momentum import FIRST, GRIDS, PLACES, RULES, growth, hill, pairs, passing
from udl.experiments.plans import FIGURE_6, START, WIDE


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
    d = run(sgd, CHAPTER, START, GRIDS[grid].steps, lr=walked.lr)
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
            d = run(step, CHAPTER, START, WIDE.steps, **hyper)
            if place >= 0:
                assert d.w[-1] == pytest.approx(CHAPTER.minima[place].w, abs=0.01)
            elif place == DIVERGED:
                assert d.diverged or abs(d.w[-1]) > 1e6
            else:
                assert abs(d.w[-1]) < 1e6


def test_figure_6_reaches_the_global_minimum_and_not_by_its_last_digits():
    walked = survey(momentum, CHAPTER, START, WIDE.steps, **FIGURE_6.momentum.hyper)
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


def test_every_end_has_a_name():
    grid = pairs("momentum", "wide")
    assert set(PLACES) == {*range(len(CHAPTER.minima)), *np.unique(grid.ends)}
    for place, name in PLACES.items():
        np.testing.assert_array_equal(grid.places == name, grid.ends == place)


def test_growth_is_the_rule_s():
    v = run(momentum, CHAPTER, START, 0, lr=1.0).state["v"]
    assert v[0] == 0
    np.testing.assert_array_equal(growth(0.5, 4), [1, 1.5, 1.75, 1.875])


def test_passing_finds_the_step_of_figure_6():
    d = FIGURE_6.momentum.run()
    (slope,), (after,) = passing(**d.hyper)
    assert after == d.state["v"][4] / d.state["v"][3]  # the third step lands at 2.380
    assert slope == abs(CHAPTER.grad(d.w[3])) / np.abs(CHAPTER.grad(d.w[:4])).max()


def test_passing_leaves_alpha_of_the_update():
    """Where the gradient is 0, v ← αv exactly: what remains is α and a push of lr·g."""
    grid = pairs("momentum", "narrow")
    row, column = np.nonzero(~grid.stays)
    slope, after = passing(lr=grid.lr[column], alpha=grid.alpha[row])
    flat = slope < 0.02
    assert flat.sum() > 5
    np.testing.assert_allclose(after[flat], grid.alpha[row][flat], rtol=0.01)


@pytest.mark.parametrize(("loss", "before"), [(CHAPTER, 0), (CHAPTER, 1), (OVERSHOOT, 0)])
def test_a_hill_goes_up_before_its_top_and_down_behind_it(loss, before):
    top = hill(loss, before)
    left, right = (minimum.w for minimum in loss.minima[before : before + 2])
    assert (loss.grad(np.linspace(left, top, 102)[1:-1]) > 0).all()
    assert (loss.grad(np.linspace(top, right, 102)[1:-1]) < 0).all()
    assert loss.grad(top) == pytest.approx(0, abs=0.01)

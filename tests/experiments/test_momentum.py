"""The grids of pairs, and how a walk grows and crosses the first local minimum."""

import numpy as np
import pytest

from udl import CHAPTER, OVERSHOOT, RAVINE, RUGGED, momentum, nag, network, run, sgd
from udl.descent import settled
from udl.experiments.digits import task
from udl.experiments.maps import DIVERGED, NOT_SETTLED, SENSITIVE, ends, survey
from udl.experiments.momentum import (
    FIRST,
    GRIDS,
    PLACES,
    RULES,
    effective,
    fastest,
    friction,
    growing,
    growth,
    hill,
    in_theory,
    leaving,
    on_the_bottom,
    pairs,
    passing,
    ravine_steps,
)
from udl.experiments.plans import (
    CORNER,
    EFFECTIVE,
    FIGURE_6,
    FIGURE_20,
    FRICTION,
    GROWING,
    LEAVING,
    NARROW,
    PASSING,
    RAVINES,
    START,
    WIDE,
)
from udl.experiments.rounding import alike


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
    (slope,), (after,), (crosses,) = passing(**d.hyper)
    assert after == d.state["v"][4] / d.state["v"][3]  # the third step lands at 2.380
    assert slope == abs(CHAPTER.grad(d.w[3])) / np.abs(CHAPTER.grad(d.w[:4])).max()
    assert crosses


@pytest.mark.parametrize(("loss", "start"), [(CHAPTER, START), (RUGGED, -1.0), (RUGGED, 2.8)])
def test_passing_leaves_alpha_of_the_update(loss, start):
    """Where the gradient is 0, v ← αv exactly: what remains is α and a push of lr·g."""
    near_1 = np.linspace(0.9, 0.98, 9)
    lr, alpha = (a.ravel() for a in np.meshgrid(np.geomspace(*NARROW.lr), near_1))
    slope, after, crosses = passing(loss, start, lr=lr, alpha=alpha)
    flat = crosses & (slope < 0.02)
    assert flat.sum() > 5
    np.testing.assert_allclose(after[flat], alpha[flat], rtol=0.025)


def test_a_walk_that_is_caught_does_not_cross():
    *_, crosses = passing(lr=0.2, alpha=np.array([0.0, 0.8, 0.9]))
    np.testing.assert_array_equal(crosses, [False, False, True])


def test_on_the_bottom_tells_of_every_start():
    found = on_the_bottom()
    assert list(found) == [(loss.name, start) for loss in PASSING for start in PASSING[loss]]
    for alpha, update in found.values():
        assert alpha.size > 30
        np.testing.assert_allclose(update / alpha, 1, atol=0.3)  # α is left, and a push


@pytest.mark.parametrize(("loss", "before"), [(CHAPTER, 0), (CHAPTER, 1), (OVERSHOOT, 0)])
def test_a_hill_goes_up_before_its_top_and_down_behind_it(loss, before):
    top = hill(loss, before)
    left, right = (minimum.w for minimum in loss.minima[before : before + 2])
    assert (loss.grad(np.linspace(left, top, 102)[1:-1]) > 0).all()
    assert (loss.grad(np.linspace(top, right, 102)[1:-1]) < 0).all()
    assert loss.grad(top) == pytest.approx(0, abs=0.01)


def test_a_step_grows_where_the_push_is_more_than_what_is_lost():
    """|v| grows exactly while η|g| > (1 − α)|v|: what `growing` counts, foretold at every step."""
    for loss, start in GROWING.starts.items():
        lr = np.geomspace(*GROWING.lr)
        d = run(momentum, loss, start, 30, lr=lr, alpha=GROWING.alpha)
        slope, v = loss.grad(d.w), d.state["v"]
        onward = np.logical_and.accumulate(slope * slope[0] > 0)[1:-1]
        grew = np.abs(v[2:]) > np.abs(v[1:-1])
        push = lr * np.abs(slope[1:-1]) > (1 - GROWING.alpha) * np.abs(v[1:-1])
        np.testing.assert_array_equal(grew[onward], push[onward])
        assert 0.5 < growing()[loss.name] < 1


def test_at_small_rates_the_friction_alone_decides_wherever_a_walk_starts():
    assert len(friction()) == 5
    for ratios in friction().values():
        assert len(ratios) == len(FRICTION.lr)
        assert ratios.max() / ratios.min() < 1.08  # a place of α is 5% of it
    by_start = [friction()[CHAPTER.name, start].mean() for start in FRICTION.starts[CHAPTER]]
    assert by_start == sorted(by_start)  # the shorter the slope, the less friction is allowed


def test_leaving_counts_what_single_descents_do():
    starts, hyper = np.linspace(*LEAVING.starts)[:, None], {"lr": np.geomspace(*LEAVING.lr)}
    curve = alike(CHAPTER)
    plain = run(sgd, curve, starts, LEAVING.steps, **hyper).w[-1]
    fast = run(momentum, curve, starts, LEAVING.steps, **hyper, alpha=LEAVING.alpha).w[-1]
    left = caught = 0
    for minimum in (m for m in CHAPTER.minima if m.kind == "local"):
        here = np.abs(plain - minimum.w) < 0.01
        caught += here.sum()
        left += (np.abs(fast[here] - minimum.w) > 0.01).sum()
    assert left / caught == pytest.approx(leaving("momentum")[CHAPTER.name]["left"], abs=0.01)


@pytest.mark.parametrize("rule", RULES)
def test_who_leaves_also_loses(rule):
    for found in leaving(rule).values():
        assert 0 < found["lost"] < found["left"] < 0.3
        assert found["lower"] <= found["left"]
    assert leaving("nag")[RUGGED.name]["lower"] < 0.6 * leaving("momentum")[RUGGED.name]["lower"]


# The ravine ---------------------------------------------------------------------------------------


def test_ravine_steps_are_those_of_the_ravine_itself():
    for rule, hyper in ((sgd, {"lr": 0.91}), (momentum, {"lr": 0.5, "alpha": 0.9})):
        d = run(rule, RAVINE, CORNER, 200, **hyper)
        steps = ravine_steps(rule, 20, **{name: np.array([x]) for name, x in hyper.items()})
        assert steps == [settled(d.loss < RAVINES.tolerance)]


def test_theory_shrinks_by_what_it_says_and_no_neighbour_by_more():
    for kappa in RAVINES.kappas:
        for one in in_theory(kappa).values():

            def worst(lr, alpha, kappa=kappa):
                matrices = [[[1 + alpha - lr * c, -alpha], [1, 0]] for c in (2 / kappa, 2.0)]
                return np.abs(np.linalg.eigvals(matrices)).max()

            best = worst(one["lr"], one["alpha"])
            assert best == pytest.approx(one["shrink"], abs=1e-6)
            assert worst(1.02 * one["lr"], one["alpha"]) > best
            assert worst(0.98 * one["lr"], one["alpha"]) > best


def test_sgd_needs_steps_with_kappa_and_momentum_with_its_root():
    plain = np.array([fastest(kappa, 0.0).steps for kappa in RAVINES.kappas])
    fast = np.array([fastest(kappa).steps for kappa in RAVINES.kappas])
    np.testing.assert_allclose(plain / np.array(RAVINES.kappas), 2, atol=0.21)
    np.testing.assert_allclose(fast[2:] / np.sqrt(RAVINES.kappas)[2:], 2.8, atol=0.25)


def test_at_alpha_0_9_a_ravine_up_to_400_takes_the_same_time():
    steps = [fastest(kappa, RAVINES.usual).steps for kappa in RAVINES.kappas]
    assert steps[:5] == pytest.approx([78] * 5, abs=2)
    assert steps[2] > fastest(20, 0.0).steps  # slower than SGD
    assert steps[-1] == fastest(RAVINES.kappas[-1]).steps


def test_figure_20_walks_at_the_fastest_settings():
    for name, alpha in (("sgd", 0.0), ("momentum", None)):
        plan, best = getattr(FIGURE_20, name), fastest(20, alpha)
        assert plan.hyper["lr"] == pytest.approx(best.lr, abs=0.005)
        assert plan.hyper.get("alpha", 0.0) == pytest.approx(best.alpha)
        assert plan.steps == best.steps == settled(plan.run().loss < RAVINES.tolerance)


# The effective rate -------------------------------------------------------------------------------


def test_effective_is_sgd_s_training_at_alpha_0():
    plain = effective()[1, 0, 0, 0]
    data, deal = task(), network.init(0)
    assert plain < network.loss(deal, data.x, data.y) / 5
    assert effective().shape == (3, 3, len(EFFECTIVE.seeds), len(EFFECTIVE.epochs))


def test_at_one_effective_rate_sgd_and_momentum_go_alike_until_sgd_fails():
    losses = np.median(effective(), axis=2)
    sgd_s, usual, long = losses[:, 0], losses[:, 1], losses[:, 2]
    np.testing.assert_allclose(usual[1], sgd_s[1], rtol=0.1)  # at 1.0, from the first epoch on
    np.testing.assert_allclose(usual[0, 1:], sgd_s[0, 1:], rtol=0.15)  # at 0.3, from the second
    assert (sgd_s[2] > 60).all()  # at 3.0 SGD fails
    assert (usual[2] < usual[1]).all()  # and Momentum is faster still
    assert (long[:, 0] > 1.8 * usual[:, 0]).all()  # 100 steps are three epochs

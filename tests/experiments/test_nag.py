"""The look ahead, the brake, and who settles first."""

import numpy as np
import pytest

from udl import CHAPTER, OVERSHOOT, momentum, nag, run, sgd
from udl.experiments.momentum import FIRST, pairs
from udl.experiments.nag import (
    SLOPES,
    braking,
    critical,
    down_the_slope,
    duel,
    foretold,
    look_ahead,
    nag_wins,
    present_step,
    races,
    shrink,
)
from udl.experiments.plans import FIGURE_8, ROWS, START, TOP, WIDE


def test_down_the_slope_walks_every_pair_as_it_would_walk_alone():
    whole, lr, alpha = down_the_slope(nag), np.geomspace(*ROWS.lr)[40], ROWS.alpha[4]
    alone = run(nag, OVERSHOOT, TOP, ROWS.steps, lr=lr, alpha=alpha)
    np.testing.assert_allclose(whole.w[:, 4, 40], alone.w, rtol=1e-12)


def test_the_slope_at_alpha_0_is_sgd_s():
    plain = run(sgd, OVERSHOOT, TOP, ROWS.steps, lr=np.geomspace(*ROWS.lr))
    np.testing.assert_array_equal(down_the_slope(momentum, alpha=(0.0,)).w[:, 0], plain.w)


def test_the_look_ahead_is_where_the_rule_takes_its_gradient():
    d, asked = FIGURE_8.nag.run(), []
    for w, v in zip(d.w[:9], d.state["v"], strict=False):
        nag(lambda w: asked.append(w) or 0.0, w, v, **d.hyper)
    np.testing.assert_array_equal(asked, look_ahead(d)[:9])


def test_the_present_step_is_the_first_whose_gradient_ahead_is_reversed():
    d = FIGURE_8.nag.run()
    now = present_step(d)
    here, ahead = OVERSHOOT.grad(d.w), OVERSHOOT.grad(look_ahead(d))
    assert here[now] < 0 < ahead[now]
    assert (here[:now] * ahead[:now] > 0).all()


def test_where_nothing_is_reversed_there_is_no_present_step():
    assert present_step(run(nag, OVERSHOOT, TOP, 20, lr=0.01)) == 21


def test_the_brake_is_the_reversed_gradient():
    """NAG's velocity differs from Momentum's by lr times the difference of the two gradients."""
    d = FIGURE_8.nag.run()
    kept, now = braking(d), present_step(d)
    w, v = d.w[now], d.state["v"][now]
    apart = OVERSHOOT.grad(look_ahead(d)[now]) - OVERSHOOT.grad(w)
    assert kept["momentum"] - kept["nag"] == pytest.approx(d.hyper["lr"] * apart / v)


def test_the_brake_of_many_is_that_of_each():
    rates = np.array([0.01, 0.2, 0.35])  # the first sees nothing reversed in 20 steps
    many = braking(run(nag, OVERSHOOT, TOP, 20, lr=rates, alpha=0.9))
    each = [braking(run(nag, OVERSHOOT, TOP, 20, lr=lr, alpha=0.9)) for lr in rates]
    for rule in ("momentum", "nag"):
        assert [len(one[rule]) for one in each] == [0, 1, 1]
        np.testing.assert_allclose(many[rule], np.concatenate([one[rule] for one in each]))


def test_on_a_quadratic_the_brake_is_a_smaller_alpha():
    """On c·w²/2 NAG is Momentum with α(1−lr·c): so it oscillates less, up to lr·c = 1."""
    lr, c, alpha, w, v = 0.3, 2.0, 0.9, 1.0, 0.5
    _, ours = nag(lambda w: c * w, w, v, lr=lr, alpha=alpha)
    _, theirs = momentum(lambda w: c * w, w, v, lr=lr, alpha=alpha * (1 - lr * c))
    assert ours == pytest.approx(theirs)


def test_races_agree_with_notebook_3_7_4():
    """Section 7 there: NAG first at 0.97 and 0.63 of the rates for 0.9, at 0.36 and 0 for 0.5."""
    for name, alpha, share in [
        ("overshoot", 0.9, 0.97),
        ("ravine", 0.9, 0.63),
        ("overshoot", 0.5, 0.36),
        ("ravine", 0.5, 0.0),
        ("overshoot", 0.98, 0.17),
    ]:
        sooner, later = races()[name]
        assert sooner[ROWS.alpha.index(alpha)].mean() == pytest.approx(share)
        assert not (sooner & later).any()


def test_nag_stays_caught_where_momentum_escapes():
    ours, theirs = pairs("nag", "wide"), pairs("momentum", "wide")
    apart = duel() == "apart"
    assert apart.mean() == pytest.approx(0.139, abs=0.002)
    assert (ours.ends[apart] == FIRST).mean() > 0.99
    assert (theirs.ends[apart] != FIRST).all()
    assert (theirs.ends == 3).sum() > 20 * (ours.ends == 3).sum()


def test_who_is_first_by_the_descents_themselves():
    """A few pairs of each kind walked one by one, and measured from the record."""
    ours, theirs, outcomes = pairs("nag", "wide"), pairs("momentum", "wide"), duel()
    assert (outcomes == "nag sooner").sum() > 4 * (outcomes == "momentum sooner").sum()
    for name, sign in (("nag sooner", -1), ("momentum sooner", 1), ("same", 0)):
        cells = np.argwhere(outcomes == name)
        for row, column in cells[:: len(cells) // 5]:
            end = CHAPTER.minima[ours.ends[row, column]].w
            steps = []
            for step in (nag, momentum):
                hyper = {"lr": ours.lr[column], "alpha": theirs.alpha[row]}
                w = run(step, CHAPTER, START, WIDE.steps, **hyper).w
                steps.append(len(w) - np.argmax(np.abs(w - end)[::-1] > 0.01))
            assert np.sign(steps[0] - steps[1]) == sign


# Damping ------------------------------------------------------------------------------------------

TIMES, ALPHAS = np.geomspace(0.001, 3, 200), np.array(ROWS.alpha)[:, None]


@pytest.mark.parametrize("rule", [momentum, nag])
def test_a_bowl_shrinks_as_its_matrix_says(rule):
    for times, alpha in ((0.05, 0.5), (0.3, 0.9), (1.1, 0.7)):
        columns = [
            rule(lambda w, c=times: c * w, *start, lr=1.0, alpha=alpha) for start in np.eye(2)
        ]
        largest = np.abs(np.linalg.eigvals(np.transpose(columns))).max()
        assert shrink(rule, times, alpha) == pytest.approx(largest)


def test_the_two_limits_are_where_nag_shrinks_more():
    ours, theirs = shrink(nag, TIMES, ALPHAS), shrink(momentum, TIMES, ALPHAS)
    held = np.minimum(ours, theirs) < 1
    np.testing.assert_array_equal(nag_wins(TIMES, ALPHAS)[held], (ours < theirs)[held])


def test_up_to_the_critical_alpha_nag_does_not_swing_and_there_it_is_fastest():
    for times in (0.01, 0.1, 0.5):
        best = critical(times)
        shrinks = shrink(nag, times, np.linspace(0, 0.99, 1000))
        assert np.linspace(0, 0.99, 1000)[shrinks.argmin()] == pytest.approx(best, abs=0.001)
        for alpha, swings in ((0.98 * best, False), (best + 0.02, True)):
            w, v, signs = 1.0, 0.0, set()
            for _ in range(400):
                w, v = nag(lambda w, c=times: c * w, w, v, lr=1.0, alpha=alpha)
                signs.add(w < 0)
            assert (len(signs) == 2) == swings


def test_damping_foretells_the_races():
    found = foretold()
    assert set(found) == set(races())
    assert min(found.values()) > 0.88


def test_whoever_climbs_a_hill_is_sped_up_by_what_nag_sees():
    climbing = 0
    for loss in SLOPES:
        kept = braking(down_the_slope(nag, loss=loss), loss)
        np.testing.assert_array_equal(kept["nag"] < kept["momentum"], kept["down"])
        climbing += (~kept["down"]).sum()
    assert climbing > 100

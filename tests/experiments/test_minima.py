"""Where SGD ends on the curves of section 3.7.1, at constant rates and at falling ones."""

import numpy as np
import pytest

from udl import CHAPTER, OVERSHOOT, RUGGED, run, sgd
from udl.experiments.minima import (
    FIRST_RATES,
    RATES,
    SCHEDULES,
    falling,
    limits,
    second_try,
    sweeps,
    traps,
)
from udl.experiments.plans import GATHER
from udl.experiments.rounding import alike


def test_the_limit_is_two_over_the_curvature():
    """At a minimum an error is multiplied by 1 − lr·c: below 2/c it dies out, above it grows."""
    for loss in (CHAPTER, RUGGED):
        places = np.array([m.w for m in loss.minima])
        limit = limits(loss)
        for factor, stays in ((0.97, True), (1.03, False)):
            w = run(sgd, loss, places + 1e-6, 3000, lr=factor * limit).w
            np.testing.assert_array_equal(np.abs(w[-1] - places) < 1e-6, stays)


def test_small_rates_all_settle_and_in_between_some_do():
    for sweep in sweeps():
        at = sweep.walked.moved <= 1e-6
        fast = (0.05 * sweep.limits.max() < RATES) & (0.97 * sweep.limits.min() > RATES)
        assert at[:, sweep.small & fast].all()
        assert not at[:, sweep.large].any()
        between = at[:, ~sweep.small & ~sweep.large].mean()
        assert 0.4 < between < 0.99


def test_a_falling_rate_goes_from_everywhere_to_the_global_minimum_of_the_chapter_s_curve():
    shares = falling(CHAPTER, "linear", 200)[3]
    fast = FIRST_RATES > 1.15
    assert (shares[fast] > 0.95).all()
    assert (shares[fast & (FIRST_RATES < 2)] == 1).all()
    assert (shares[FIRST_RATES < 0.9] < 0.75).all()  # too low a first rate is as good as none
    assert (falling(CHAPTER, "linear", 50)[3] == 1).sum() == 1  # too short a way down serves one
    assert falling(CHAPTER, "inverse root", 3000)[3].max() < 0.9


def test_a_falling_rate_is_a_descent_of_run():
    i = int(np.abs(FIRST_RATES - 1.5).argmin())
    w = run(
        sgd, alike(CHAPTER), np.linspace(*GATHER.starts), 200, lr=SCHEDULES["linear"](1.5, 200)
    ).w
    assert (np.abs(w[-1] - CHAPTER.minima[3].w) < GATHER.near).all()
    assert falling(CHAPTER, "linear", 200)[3, i] == 1


def test_on_the_rugged_curve_it_gathers_where_the_loss_is_not_lowest():
    shares = falling(RUGGED, "linear", 3000)
    high = FIRST_RATES > 0.9
    assert (shares[0, high] == 1).all()  # −0.002
    assert shares[5].max() < 0.3  # the global minimum
    assert RUGGED(RUGGED.minima[0].w) > RUGGED(RUGGED.minima[5].w) + 4


@pytest.mark.parametrize("loss", [CHAPTER, RUGGED, OVERSHOOT], ids=lambda loss: loss.name)
def test_it_ends_in_the_valley_that_first_holds_a_walk(loss):
    assert falling(loss, "linear", 3000)[traps(loss).argmax()].max() == 1
    assert (traps(loss) > 0.97 * limits(loss)).all()  # what holds a descent traps a walk


def test_which_need_not_be_the_valley_with_the_flattest_bottom():
    assert limits(CHAPTER).argmax() == 0
    assert falling(CHAPTER, "linear", 3000)[0].max() < 0.1


def test_a_walk_is_trapped_up_to_that_rate_and_not_above():
    top = traps(CHAPTER)[1]
    for lr, stays in ((top, True), (RATES[top < RATES][0], False)):
        w = run(sgd, alike(CHAPTER), CHAPTER.minima[1].w + 0.005, 1000, lr=lr).w
        assert ((w > 0.762) & (w < 3.049)).all() == stays


def test_on_random_curves_a_falling_rate_gathers_but_seldom_in_the_lowest_valley():
    found = second_try()
    assert found.served < 0.1 * found.curves  # constant rates
    assert found.gathered > 0.7 * found.curves
    assert found.lowest < 0.2 * found.gathered
    assert found.fallen < 0.5 * found.best
    assert found.chosen > 1.2 * found.best  # with its first rate chosen on each curve

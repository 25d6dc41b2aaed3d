"""The ranking: when a rule has arrived, and who is how good where."""

import numpy as np
import pytest

from udl import BEALE, CHAPTER, HIMMELBLAU, OVERSHOOT, RAVINE, RUGGED, run
from udl.experiments.race import (
    LANDSCAPES,
    NEAR,
    RATES,
    SIX,
    STEPS,
    STILL,
    arrival,
    race,
    ranks,
    starts,
)
from udl.steps import adagrad, adam, sgd


def test_arrival_of_sgd_in_the_ravine_is_that_of_a_geometric_series():
    w0, lr = np.array([[-7.0, 3.0, 0.0], [2.0, 0.0, 0.005]]), np.array([0.3, 0.4, 0.1])
    left = np.abs(1 - lr * [[0.1], [2.0]])  # of each coordinate, after a step
    with np.errstate(divide="ignore"):
        needed = np.ceil(np.log(NEAR / np.abs(w0)) / np.log(left)).max(axis=0)
    np.testing.assert_array_equal(arrival(sgd, RAVINE, w0, lr, 400), np.maximum(needed, 0))


def test_arrival_is_infinite_where_a_rule_ends_elsewhere_or_diverges_or_has_just_come():
    w0 = np.array([1.24, 1.24, 7.0])
    taken = arrival(sgd, CHAPTER, w0, np.array([0.2, 1e6, 0.2]), 300)
    assert np.isinf(taken[:2]).all()
    assert taken[2] < 300
    for steps, arrived in ((STILL - 1 + int(taken[2]), True), (STILL - 2 + int(taken[2]), False)):
        last = arrival(sgd, CHAPTER, w0[2:], np.array([0.2]), steps)
        assert np.isfinite(last).all() == arrived


def test_arrival_agrees_with_a_recorded_run():
    w0 = starts(CHAPTER)
    for step, lr in ((adam, 1.778), (adagrad, 3.162)):
        away = np.abs(run(step, CHAPTER, w0, 300, lr=lr).w - 7.176888) > NEAR
        last = np.where(away.any(axis=0), 301 - away[::-1].argmax(axis=0), 0)
        counted = np.where(last > 301 - STILL, np.inf, last)
        np.testing.assert_array_equal(arrival(step, CHAPTER, w0, np.full(201, lr), 300), counted)


def test_any_global_minimum_counts():
    w0 = np.array([m.w for m in HIMMELBLAU.minima]).T
    assert (arrival(sgd, HIMMELBLAU, w0, np.full(4, 0.001), 100) == 0).all()


def test_starts_are_spread_over_the_drawn_domain():
    assert starts(CHAPTER).shape == (201,)
    assert starts(BEALE).shape == (2, 81)
    for loss in LANDSCAPES:
        w0 = np.atleast_2d(starts(loss))
        assert [(low, high) for low, high in zip(w0.min(1), w0.max(1), strict=True)] == [
            pytest.approx(ends) for ends in loss.domain
        ]


def test_the_grid_holds_the_rates_of_the_notebook():
    np.testing.assert_allclose(RATES[8:], np.geomspace(0.01, 10, 13))


def test_ranks_share_the_better_place():
    assert ranks({"a": 1.0, "b": 3.0, "c": 3.0, "d": 2.0}) == {"a": 4, "b": 1, "c": 1, "d": 3}
    assert ranks({"a": 1.0, "b": 3.0, "c": 3.0, "d": 2.0}, min) == {"a": 1, "b": 3, "c": 3, "d": 2}


@pytest.mark.parametrize("loss", LANDSCAPES, ids=lambda loss: loss.name)
def test_a_score_holds_a_number_for_every_rate(loss):
    scores = race(loss)
    assert list(scores) == [step.__name__ for step in SIX]
    for score in scores.values():
        assert score.arrived.shape == score.steps.shape == RATES.shape
        assert 0 < score.reach <= 1
        assert 0 < score.time < STEPS[loss.coordinates]
        assert score.steps[np.flatnonzero(score.rate == RATES)] == score.time


@pytest.mark.parametrize("loss", LANDSCAPES, ids=lambda loss: loss.name)
def test_no_best_rate_stands_at_an_end_of_the_grid_but_two(loss):
    """Where it does, larger rates might do still better: no rule is judged worse than said."""
    ends = {rule for rule, score in race(loss).items() if score.rate in (RATES[0], RATES[-1])}
    assert ends == {"ravine": {"adagrad"}, "Rosenbrock": {"rmsprop"}}.get(loss.name, set())


def test_what_the_notebook_counts_on_the_chapter_s_curve():
    """Notebook 3.7.7, section 7: the share that rests at the global minimum."""
    shares = {rule: score.reach for rule, score in race(CHAPTER).items()}
    assert shares["adagrad"] == pytest.approx(0.92, abs=0.005)
    assert shares["adam"] == pytest.approx(0.81, abs=0.005)
    assert max(shares["sgd"], shares["momentum"], shares["nag"]) < 0.75


def test_adam_arrives_often_and_adagrad_more_often_on_two_curves():
    for loss in LANDSCAPES:
        reach = {rule: score.reach for rule, score in race(loss).items()}
        better = {rule for rule, share in reach.items() if share > reach["adam"]}
        assert better == ({"adagrad"} if loss in (CHAPTER, RUGGED) else set())


def test_adam_is_slow_where_the_way_is_easy():
    """Its steps swing about the minimum and fade with β₁: about a hundred steps anywhere."""
    for loss in (OVERSHOOT, RAVINE, HIMMELBLAU):
        time = {rule: score.time for rule, score in race(loss).items()}
        assert time["adam"] > 4 * min(time.values())
        assert 80 < time["adam"] < 130

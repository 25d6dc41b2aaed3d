"""What a falling rate leaves and where it ends, against `run` and against what must be so."""

import numpy as np
import pytest

from udl import CHAPTER, RUGGED, run, sgd
from udl.experiments.falling import WAYS, left, on_digits, reach, schedules
from udl.experiments.plans import ENDS, LEFT
from udl.experiments.rounding import alike
from udl.schedules import Linear


def test_every_way_starts_at_the_rate_and_only_one_stays_there():
    ways = schedules(0.7, 100)
    assert tuple(ways) == WAYS
    assert all(way(0) == pytest.approx(0.7) for way in ways.values())
    assert [way(99) < 0.1 for way in ways.values()] == [False, True, True, True]


def test_without_noise_a_constant_rate_comes_to_rest_but_rmsprop():
    swinging = [key for key, rest in left().items() if key[1] == 0 and rest[0] > 1e-12]
    assert swinging == [("ravine", 0.0, "rmsprop")]


def test_with_noise_every_rule_swings_and_a_falling_rate_leaves_less():
    for (_, noise, _), rest in left().items():
        if noise:
            assert rest[0] > 1e-4
            assert rest[WAYS.index("cosine")] < rest[0] / 2


def test_where_it_ends_is_what_run_says():
    starts, lr = np.linspace(*ENDS.starts), np.geomspace(*ENDS.rates)
    w0 = np.repeat(starts[:, None], lr.size, axis=1)
    for curve in (CHAPTER, RUGGED):
        (goal,) = curve.goals
        for place, rates in enumerate((lr, Linear(lr, ENDS.steps))):
            d = run(sgd, alike(curve), w0, ENDS.steps, lr=rates)
            share = (np.abs(d.w[-1] - goal) <= 0.01).mean(axis=0).max()
            assert reach()[curve.name, "sgd"][place] == pytest.approx(share)


def test_on_the_digits_ten_epochs_are_too_few_for_all_but_adam_to_gain_by_a_falling_rate():
    losses = {
        rule: [np.median([e.loss for e in ends]) for ends in both]
        for rule, both in on_digits().items()
    }
    assert [rule for rule, (constant, falling) in losses.items() if falling < constant] == ["adam"]
    assert LEFT.runs % 2 == 0  # half of them choose

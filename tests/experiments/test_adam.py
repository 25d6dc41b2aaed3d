"""What experiments.adam computes of the six rules on the digits."""

import numpy as np
import pytest

from udl.experiments.adam import best_rates, coefficients, digit_race, ranking, sweep
from udl.experiments.digits import end
from udl.experiments.plans import BETAS, RACE
from udl.experiments.race import SIX
from udl.steps import adam


def test_every_rule_s_best_rate_lies_inside_the_grid():
    best = best_rates()
    assert list(best) == [step.__name__ for step in SIX]
    for name, losses in sweep().items():
        assert losses.shape == (len(RACE.rates), len(RACE.seeds_that_choose))
        medians = np.median(losses, axis=1)
        assert RACE.rates[0] < best[name] < RACE.rates[-1]
        assert medians[RACE.rates.index(best[name])] == medians.min()
    assert best == {
        "sgd": 1.0,
        "momentum": 0.3,
        "nag": 0.3,
        "adagrad": 0.3,
        "rmsprop": 0.03,
        "adam": 0.03,
    }


def test_the_race_is_run_on_other_seeds_than_those_that_choose():
    assert not set(RACE.seeds_that_choose) & set(RACE.seeds_that_count)
    assert len(RACE.seeds_that_choose) >= 5
    for name, ends in digit_race().items():
        assert len(ends) >= 5
        assert max(one.loss for one in ends) < 0.1
        assert min(one.accuracy for one in ends) > 0.95
        (step,) = (step for step in SIX if step.__name__ == name)
        assert ends[0] == end(step, best_rates()[name], RACE.seeds_that_count[0])


def test_the_ranking_is_by_the_medians():
    loss, accuracy = ranking()
    ends = digit_race()
    middle = {name: sorted(one.loss for one in five)[2] for name, five in ends.items()}
    assert sorted(loss, key=loss.get) == sorted(middle, key=middle.get)
    assert loss == {"nag": 1, "adam": 2, "momentum": 3, "rmsprop": 4, "sgd": 5, "adagrad": 6}
    right = {name: sorted(one.accuracy for one in five)[2] for name, five in ends.items()}
    assert {name for name, rank in accuracy.items() if rank == 1} == {
        name for name, share in right.items() if share == max(right.values())
    }
    assert accuracy["nag"] == accuracy["adam"] == 1
    assert max(right.values()) - min(right.values()) < 0.011  # three of 297 images


def test_the_grid_of_coefficients_holds_the_recommended_pair():
    assert coefficients().shape == (5, 4, 3)
    i, j = BETAS.beta1.index(0.9), BETAS.beta2.index(0.999)
    at = [[end(adam, lr, s).loss for s in BETAS.seeds] for lr in BETAS.rates]
    assert sorted(np.median(at, axis=1))[0] == np.median(coefficients()[i, j])


@pytest.mark.parametrize("lr", [0.003, 0.1])
@pytest.mark.parametrize(("beta1", "beta2"), [(0.0, 0.9), (0.9, 0.999), (0.99, 0.9999)])
def test_no_rate_outside_the_two_would_serve_a_pair_better(lr, beta1, beta2):
    i, j = BETAS.beta1.index(beta1), BETAS.beta2.index(beta2)
    losses = [end(adam, lr, seed, beta1=beta1, beta2=beta2).loss for seed in BETAS.seeds]
    assert np.median(losses) > np.median(coefficients()[i, j])

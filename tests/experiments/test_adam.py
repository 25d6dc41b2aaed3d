"""What experiments.adam computes: lengths of steps, six rules on the digits, what came after."""

import numpy as np
import pytest

from udl import BEALE, RAVINE, run
from udl.descent import steps_under
from udl.experiments.adam import (
    adam_without_correction,
    alternating,
    amsgrad,
    best_pair,
    best_rates,
    coefficients,
    cosines,
    decays,
    digit_race,
    growth,
    longest_steps,
    patience,
    ranking,
    seldom,
    successors,
    sweep,
    swings,
)
from udl.experiments.digits import end, median
from udl.experiments.plans import BETAS, DECAY, RACE, SELDOM
from udl.experiments.race import RATES, SIX, arrival, starts
from udl.steps import adam


def test_the_first_moment_grows_as_the_velocity_and_the_step_stays():
    grown, t = growth(), np.arange(1, 301)
    np.testing.assert_allclose(grown["m"], 1 - 0.9**t, rtol=1e-6)
    np.testing.assert_allclose(grown["velocity"], 10 * grown["m"], rtol=1e-6)
    np.testing.assert_allclose(grown["step"], 1, rtol=1e-6)
    assert alternating() == pytest.approx(0.1 / 1.9, rel=1e-6)  # a step does grow from this to 1


def test_the_paper_s_bound_holds_after_silence_alone():
    found = longest_steps()
    assert found["single"] == pytest.approx(found["paper"], rel=1e-4)
    assert found["steady"] > 2 * found["paper"]
    assert found["growing"] == pytest.approx(found["cauchy"], rel=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_no_gradients_make_a_longer_step_than_cauchy_allows(seed):
    noise = np.random.default_rng(seed)
    g = noise.standard_normal((400, 50)) * 10 ** noise.uniform(-4, 4, (400, 50))
    g[: noise.integers(400)] = 0
    assert np.abs(steps_under(adam, g, lr=1.0)).max() < longest_steps()["cauchy"]


def test_on_the_floor_of_beale_s_valley_adam_keeps_no_stride():
    """Its √v̂ is still full of the first gradient."""
    d = run(adam, BEALE, (1.0, 1.5), 231, lr=1.0)
    assert np.abs(np.diff(d.w[59:], axis=0)).max() < 0.014
    assert (np.sqrt(d.state["v"][-1] / (1 - 0.999**231)) > 5).all()
    assert np.abs(BEALE.grad(d.w[-1])).max() < 0.02


def test_a_falling_rate_stills_adam_where_a_constant_one_swings():
    found = swings()
    for name in ("chapter", "rugged", "ravine"):
        _, constant, falling, _ = found[name]
        assert constant > 0.6
        assert falling == 0
    assert found["Beale"][2] == pytest.approx(4 / 21)  # it is under way yet, and no schedule helps
    arrived = {name: there for name, (*_, there) in found.items()}
    assert arrived["ravine"] == 1
    assert arrived["rugged"] < 0.5 < arrived["Beale"] < arrived["chapter"] < 1  # still is not there


def test_a_cosine_helps_adam_where_the_rate_is_large_and_harms_where_it_is_small():
    middle = {
        lr: [median(e.accuracy for e in ends) for ends in both] for lr, both in cosines().items()
    }
    low, usual, high = middle.values()
    assert low[1] < low[0]
    assert usual[1] > usual[0]
    assert high[1] > high[0] + 0.03


@pytest.mark.parametrize(
    ("beta1", "beta2", "times"), [(0.9, 0.999, 3.16), (0.9, 0.99, 1.0), (0.95, 0.99, 0.5)]
)
def test_the_correction_shortens_the_first_step_at_the_defaults_but_not_at_all_betas(
    beta1, beta2, times
):
    betas = {"lr": 1.0, "beta1": beta1, "beta2": beta2}
    assert -adam_without_correction(lambda w: 1.0, 0.0, **betas)[0] == pytest.approx(
        times, abs=0.01
    )


def test_adam_is_slow_in_a_valley_by_its_inertia_and_slow_again_without():
    w0 = starts(RAVINE)

    def fastest(beta1):
        def rule(grad, w, m=0.0, v=0.0, t=0, *, lr):
            return adam(grad, w, m, v, t, lr=lr, beta1=beta1)

        each = np.repeat(w0, RATES.size, -1), np.tile(RATES, w0.shape[-1])
        taken = np.minimum(arrival(rule, RAVINE, *each, 1000), 1000)
        return taken.reshape(-1, RATES.size).mean(axis=0).min()

    usual, less, little, none = (fastest(beta1) for beta1 in (0.9, 0.8, 0.5, 0.0))
    assert less < 0.6 * usual
    assert less < little < none


def test_a_step_grows_where_the_gradient_does():
    steps = np.abs(steps_under(adam, np.repeat([1.0, 10.0], [3000, 60]), lr=1.0))
    assert steps[2999] == pytest.approx(1)
    assert steps.max() > 5


def test_amsgrad_walks_the_right_way_where_adam_forgets():
    adam_ends, amsgrad_ends = seldom()
    assert (amsgrad_ends < 0).all()
    memory = 1 / (1 - np.array(SELDOM.beta2))
    short = memory <= 1.01 * np.array(SELDOM.every)[:, None]
    np.testing.assert_array_equal(adam_ends > 0, short)


def test_amsgrad_is_adam_while_v_grows():
    g = np.linspace(1, 5, 40)
    np.testing.assert_allclose(steps_under(amsgrad, g, lr=0.1), steps_under(adam, g, lr=0.1))


def test_decay_apart_from_the_gradient_takes_the_same_share_of_every_element():
    inside, apart = decays()
    left = (1 - DECAY.lr * DECAY.weight_decay) ** DECAY.steps
    np.testing.assert_allclose(apart, left, atol=0.01)
    assert inside[0] > 0.85
    assert inside[1] < 0.01


def test_a_cosine_makes_adam_steadier_on_fresh_seeds():
    ends = successors()
    seeds = (RACE.seeds_that_choose, RACE.seeds_that_count, BETAS.seeds_that_choose)
    assert not set(BETAS.seeds_that_count) & set().union(*seeds)
    accuracy = {name: median(e.accuracy for e in ten) for name, ten in ends.items()}
    losses = {name: [e.loss for e in ten] for name, ten in ends.items()}
    assert accuracy["cosine"] > accuracy["adam"] + 0.005
    assert np.ptp(losses["cosine"]) < 0.2 * np.ptp(losses["adam"])
    assert median(losses["cosine"]) > median(losses["adam"])  # it learns its images less well


def test_given_more_steps_momentum_arrives_on_one_landscape_of_two():
    found = patience()
    assert found["Rosenbrock"] == {"momentum": 1, "adam": 1}
    assert found["Beale"]["adam"] > 2 * found["Beale"]["momentum"]


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
    losses, rates = coefficients()
    assert losses.shape == (5, 4, 3)
    i, j = BETAS.beta1.index(0.9), BETAS.beta2.index(0.999)
    at = [[end(adam, lr, s).loss for s in BETAS.seeds_that_choose] for lr in BETAS.rates]
    medians = np.median(at, axis=1)
    assert medians.min() == np.median(losses[i, j])
    assert BETAS.rates[medians.argmin()] == rates[i, j]


def test_the_best_pair_is_judged_on_seeds_that_did_not_choose_it():
    pair, best, recommended = best_pair()
    _, rates = coefficients()
    seed = BETAS.seeds_that_count[-1]
    for (beta1, beta2), ends in ((pair, best), (BETAS.recommended, recommended)):
        lr = float(rates[BETAS.beta1.index(beta1), BETAS.beta2.index(beta2)])
        assert ends[-1] == end(adam, lr, seed, beta1=beta1, beta2=beta2)


@pytest.mark.parametrize("lr", [0.003, 0.1])
@pytest.mark.parametrize(("beta1", "beta2"), [(0.0, 0.9), (0.9, 0.999), (0.99, 0.9999)])
def test_no_rate_outside_the_two_would_serve_a_pair_better(lr, beta1, beta2):
    i, j = BETAS.beta1.index(beta1), BETAS.beta2.index(beta2)
    losses = [end(adam, lr, s, beta1=beta1, beta2=beta2).loss for s in BETAS.seeds_that_choose]
    assert np.median(losses) > np.median(coefficients()[0][i, j])

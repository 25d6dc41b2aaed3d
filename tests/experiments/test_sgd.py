"""What a mini-batch's gradient is worth, and what the learning rate decides."""

import numpy as np
import pytest

from udl import CHAPTER, run, sgd
from udl.experiments.plans import (
    COST,
    EPOCHS,
    EXTREMES,
    LINE,
    NOISE,
    SPREAD,
    TARGETS,
    TRAININGS,
)
from udl.experiments.sgd import (
    best_rate_of_size,
    borders,
    carried,
    courses,
    extremes,
    hills,
    line,
    line_samples,
    line_scatter,
    on_quadratics,
    samples,
    scatter,
    shaken,
    trained,
)


def test_courses_count_samples_and_start_from_the_same_loss():
    for size, epochs in EPOCHS.items():
        one = courses(size)[0]
        assert one.samples[0] == size
        assert one.samples[-1] == 1500 * epochs
        assert one.loss[-1] < one.loss[0]
        first = next(i for i, loss in enumerate(one.loss) if loss <= 1.0)
        assert one.samples_to(1.0) == one.samples[first]
        assert one.samples_to(-1.0) == np.inf
    assert COST.seed_that_chooses not in COST.seeds_that_count


def test_mini_batches_scatter_as_the_law_of_sampling_says():
    """The law comes from the 1,500 single gradients alone, the measurement from mini-batches."""
    sizes = np.array(SPREAD.sizes)
    assert (1500 % sizes == 0).all()
    for one in scatter().values():
        np.testing.assert_allclose(one.measured, one.law(sizes), rtol=0.03)
        assert one.law(1500) == 0
        assert one.law(1) == one.one
        assert (np.diff(one.downhill) >= -0.01).all()  # the larger, the more agree
        assert one.downhill[-1] == 1


def test_the_same_loss_costs_fewer_samples():
    cost = {size: samples(size) for size in EPOCHS}
    for counted in cost.values():
        assert counted.shape == (len(COST.seeds_that_count), len(TARGETS))
        assert np.isfinite(counted).all()
    assert (cost[15] < cost[150]).all()
    assert (4 * cost[150] < cost[1500]).all()
    single, *others = (np.median(cost[size], axis=0) for size in sorted(cost))
    assert all((single < other).all() for other in others)  # so only time says why not one by one
    updates = [np.median(cost[size]) / size for size in sorted(cost)]
    assert updates == sorted(updates, reverse=True)


@pytest.mark.parametrize("size", EPOCHS)
def test_the_best_rate_is_inside_the_grid(size):
    assert min(COST.rates) < best_rate_of_size(size) < max(COST.rates)


def test_on_the_line_the_same_loss_costs_fewer_samples_too():
    *few, whole = line_samples().values()
    assert all((15 * one < whole).all() for one in few)
    a = np.mean(2 * line()[0] ** 2)
    for lr, taken in zip(LINE.cost.lr, whole[0], strict=True):  # 3 (1 − ηa)ᵗ by hand
        t = taken / LINE.samples
        above = [a / 2 * (2.9856 * (1 - lr * a) ** n) ** 2 for n in (t - 1, t)]
        assert above[1] <= LINE.cost.above < above[0]


def test_on_the_line_mini_batches_scatter_by_the_root_and_mislead_near_the_bottom():
    far, near = map(line_scatter, LINE.places)
    for off, wrong in (far, near):
        np.testing.assert_allclose(off * np.sqrt(LINE.sizes), off[0], rtol=0.06)
        assert (np.diff(wrong) <= 0).all()
    assert far[1][LINE.sizes.index(25)] == 0
    assert 0.25 < near[1][LINE.sizes.index(25)] < 0.4


def test_a_training_of_another_seed_scatters_otherwise_and_grows_as_well():
    for seed in TRAININGS.seeds:
        found = scatter(seed, TRAININGS.sizes)
        first, *_, last = (one.measured / one.full for one in found.values())
        assert (2 * first < last).all()


def test_no_constant_rate_carries_all_that_are_caught_to_the_global_minimum():
    for caught, rate, share in carried().values():
        assert caught >= 27
        assert 0.1 < rate < 0.3
        assert share < 0.5


def test_noise_leaves_the_valley_by_its_size_and_the_rate_s():
    big, middle, small, rugged = (
        [shaken(*case, deviation) for deviation in NOISE.deviation] for case in NOISE.cases
    )
    assert big[0].left > 0.4 > 0.01 > small[0].left  # the same noise at a smaller rate
    assert middle[1].arrived > 0.9  # though the next valley's minimum holds this rate
    assert small[1].left > 0.8
    assert rugged[1].left > 0.8
    # out of a valley is not into the global one's
    assert small[1].arrived < 0.1
    assert max(one.arrived for one in rugged) < 0.3


@pytest.mark.parametrize("loss", EXTREMES.curves, ids=lambda loss: loss.name)
def test_hills_are_tops_between_the_minima(loss):
    tops, bottoms = hills(loss), [minimum.w for minimum in loss.minima]
    assert (np.digitize(bottoms, tops) == range(len(bottoms))).all()
    assert np.abs(loss.grad(tops)).max() < 0.02


def test_so_it_does_even_at_the_full_batch_s_own_best_rate():
    for fifteen, many, full in zip(
        *(trained(size, 1.0, COST.seeds_that_count) for size in COST.sizes), strict=True
    ):
        assert many.samples_to(0.5) < full.samples_to(0.5) / 5
        assert fifteen.samples_to(0.5) < full.samples_to(0.5) / 5


@pytest.mark.parametrize("loss", EXTREMES.curves, ids=lambda loss: loss.name)
def test_the_borders_are_where_they_are_said_to_be(loss):
    lowest, highest, far = borders(loss)
    bottoms = {minimum.w for minimum in loss.minima}
    settled = [run(sgd, loss, w + 1e-3, 3000, lr=0.99 * lowest).w[-1] for w in bottoms]
    np.testing.assert_allclose(sorted(settled), sorted(bottoms), atol=1e-5)
    for w in bottoms:
        last = run(sgd, loss, w + 1e-3, 3000, lr=1.01 * highest).w[-2:]
        assert abs(last[1] - last[0]) > 1e-3
    outside = 100.0  # from inside a walk may bounce for ever: on OVERSHOOT some do
    assert run(sgd, loss, outside, 3000, lr=0.99 * far).diverged is None
    assert run(sgd, loss, outside, 3000, lr=1.2 * far).diverged


def test_on_quadratics_the_border_is_2_over_the_curvature():
    assert on_quadratics().all()
    assert on_quadratics().size == 28


def test_stuck_means_left_of_the_last_hill():
    hill = 5.382  # between the second local minimum and the global one
    for at_one_rate in extremes(CHAPTER)["stuck"].T:
        np.testing.assert_array_equal(at_one_rate, np.linspace(0, 10, 101) < hill)

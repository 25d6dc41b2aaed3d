"""What a mini-batch's gradient is worth, and what the learning rate decides."""

import numpy as np

from udl import CHAPTER, run, sgd
from udl.experiments.plans import COST, SLOPE, SPREAD, TARGETS
from udl.experiments.sgd import borders, course, extremes, on_quadratics, samples, scatter


def test_courses_count_samples_and_start_from_the_same_loss():
    for size, epochs in zip(COST.sizes, COST.epochs, strict=True):
        one = course(size, 0.3, 0)
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
    cost = {size: samples(size) for size in COST.sizes}
    for counted in cost.values():
        assert counted.shape == (len(COST.seeds_that_count), len(TARGETS))
        assert np.isfinite(counted).all()
    assert (cost[15] < cost[150]).all()
    assert (4 * cost[150] < cost[1500]).all()


def test_so_it_does_even_at_the_full_batch_s_own_best_rate():
    for seed in COST.seeds_that_count:
        full = course(1500, 1.0, seed).samples_to(0.5)
        assert course(150, 1.0, seed).samples_to(0.5) < full / 5
        assert course(15, 1.0, seed).samples_to(0.5) < full / 5


def test_the_borders_are_where_they_are_said_to_be():
    lowest, highest, far = borders()
    bottoms = {minimum.w for minimum in CHAPTER.minima}
    settled = [run(sgd, CHAPTER, w + 1e-3, 3000, lr=0.99 * lowest).w[-1] for w in bottoms]
    np.testing.assert_allclose(sorted(settled), sorted(bottoms), atol=1e-5)
    for w in bottoms:
        last = run(sgd, CHAPTER, w + 1e-3, 3000, lr=1.01 * highest).w[-2:]
        assert abs(last[1] - last[0]) > 1e-3
    assert run(sgd, CHAPTER, SLOPE, 3000, lr=0.99 * far).diverged is None
    assert run(sgd, CHAPTER, SLOPE, 3000, lr=1.2 * far).diverged
    assert on_quadratics().all()
    assert on_quadratics().size == 28


def test_stuck_means_left_of_the_last_hill():
    hill = 5.382  # between the second local minimum and the global one
    for at_one_rate in extremes()["stuck"].T:
        np.testing.assert_array_equal(at_one_rate, np.linspace(0, 10, 101) < hill)

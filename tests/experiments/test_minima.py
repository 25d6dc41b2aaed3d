"""Where SGD ends on the two curves of section 3.7.1."""

import numpy as np

from udl import CHAPTER, RUGGED, run, sgd
from udl.experiments.minima import limits, sweeps


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
        assert at[:, sweep.small].all()
        assert not at[:, sweep.large].any()
        between = at[:, ~sweep.small & ~sweep.large].mean()
        assert 0.4 < between < 0.9

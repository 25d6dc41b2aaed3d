"""Gradients with the same last bit everywhere, and the processors on which the suite is tried."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from udl import CHAPTER, adagrad, adam, momentum, nag, rmsprop, run, sgd
from udl.experiments.race import LANDSCAPES
from udl.experiments.rounding import alike, exp

ELSEWHERE = Path(__file__).parents[1] / "elsewhere"


def test_its_exponential_is_the_exponential():
    x = -np.geomspace(1e-12, 1e4, 10_001)
    np.testing.assert_allclose(exp(x), np.exp(x), rtol=0, atol=1e-15)
    assert exp(0.0) == 1
    assert exp(-np.inf) == 0
    assert np.isnan(exp(np.nan))
    np.testing.assert_array_equal(exp(x), [exp(one) for one in x])  # of a number as of an array


def test_it_leaves_what_it_is_given():
    x = np.linspace(-5, 0, 11)
    before = x.copy()
    exp(x)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("loss", LANDSCAPES, ids=lambda loss: loss.name)
def test_a_loss_and_its_likeness_differ_by_the_last_bits(loss):
    low, high = np.array(loss.domain).T
    w = np.squeeze(np.random.default_rng(0).uniform(low, high, (100, loss.coordinates)).T)
    same = alike(loss)
    np.testing.assert_allclose(same.grad(w), loss.grad(w), rtol=0, atol=1e-13)
    np.testing.assert_array_equal(same(w), loss(w))
    assert (same.name, same.minima) == (loss.name, loss.minima)


BOUNCES = {sgd: 1.5, momentum: 0.5, nag: 1.0, adagrad: 30.0, rmsprop: 3.0, adam: 10.0}


@pytest.mark.parametrize("rule", BOUNCES, ids=lambda rule: rule.__name__)
def test_the_last_bit_says_where_a_walk_that_bounces_is(rule):
    rng, starts = np.random.default_rng(0), np.linspace(0, 10, 21)

    def elsewhere(w):
        g = CHAPTER.grad(w)
        return g + rng.integers(-1, 2, np.shape(g)) * np.spacing(g)

    here, there = (
        run(rule, loss, starts, 300, lr=BOUNCES[rule]).w[-1]
        for loss in (CHAPTER, replace(CHAPTER, grad=elsewhere))
    )
    assert np.abs(here - there).max() > 0.1


def told(code, **environment):
    """What Python prints, one that finds the folder."""
    environment |= {"PYTHONPATH": os.pathsep.join([str(ELSEWHERE), *sys.path])}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=os.environ | environment, check=True, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.split()


def test_elsewhere_every_second_exponential_is_one_unit_more():
    code = """
import math, numpy as np
x = np.linspace(-700, 700, 10_001)
off = (np.exp(x) - (here := np.array([math.exp(one) for one in x]))) / np.spacing(here)
print(off.mean().round(1), np.exp(x[:8].reshape(2, 4).T).shape, np.exp(np.float32(1)).dtype)
print([float(np.exp(one)) for one in (-np.inf, -800.0, np.inf, np.nan)])
"""
    mean, *rest = told(code, ELSEWHERE="3")
    assert 0.4 <= float(mean) <= 0.6
    assert "".join(rest) == "(4,2)float32[0.0,0.0,inf,nan]"


def test_each_elsewhere_is_another():
    code = "import numpy as np; print(np.exp(np.linspace(0, 1, 99)).tobytes().hex())"
    assert len({*told(code, ELSEWHERE="1"), *told(code, ELSEWHERE="2"), *told(code)}) == 2


def test_elsewhere_a_walk_that_bounces_is_where_it_is_here():
    code = """
import numpy as np
from udl import CHAPTER, run, sgd
from udl.experiments.rounding import alike
for loss in (CHAPTER, alike(CHAPTER)):
    print(run(sgd, loss, np.linspace(0, 10, 21), 300, lr=1.5).w[-1].tobytes().hex())
"""
    (plain, same), (its_plain, its_same) = (told(code, ELSEWHERE=seed) for seed in "12")
    assert plain != its_plain
    assert same == its_same

"""Every loss: its gradient, its minima, the chapter's curves, the formula it prints."""

import copy
import json
import multiprocessing
import pickle
import re
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.parsing.latex import parse_latex

from udl import losses, run, sgd
from udl.losses import CHAPTER, OVERSHOOT, RUGGED, Loss, Minimum

CURVES = [CHAPTER, RUGGED, OVERSHOOT]
SURFACES = [losses.RAVINE, losses.ROSENBROCK, losses.BEALE, losses.HIMMELBLAU, losses.SADDLE]


def each(cases):
    return pytest.mark.parametrize("loss", cases, ids=lambda loss: loss.name)


def points_of(loss, shares):
    """Points from shares of the domain: 0 is its low end, 1 its high end, in each coordinate."""
    low, high = np.array(loss.domain).T
    w = low + (high - low) * np.reshape(shares, (-1, loss.coordinates))
    return w.T if loss.coordinates == 2 else w.ravel()


beyond = st.lists(st.floats(-0.5, 1.5), min_size=6, max_size=6)  # half a domain on either side


def nudge(loss, h):
    """A small move along each coordinate."""
    return h * np.eye(2)[:, :, None] if loss.coordinates == 2 else [h]


@each(CURVES + SURFACES)
@given(shares=beyond)
def test_gradient_is_the_finite_difference(loss, shares):
    """The central difference of fourth order, whose error is h⁴/30 of the fifth derivative."""
    w, h = points_of(loss, shares), 1e-3
    slopes = [
        (8 * (loss(w + e) - loss(w - e)) - (loss(w + 2 * e) - loss(w - 2 * e))) / (12 * h)
        for e in nudge(loss, h)
    ]
    size = 1 + np.abs(slopes).max() + np.abs(loss(w)).max() * 1e-4  # rounding: ulp of L over h
    np.testing.assert_allclose(loss.grad(w), np.reshape(slopes, w.shape), atol=1e-8 * size, rtol=0)


@each(SURFACES)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (5, 2), (0, 2)])
def test_what_is_no_point_of_a_surface(loss, shape):
    """Points in rows, as other libraries have them: "takes 2 positional arguments but 5"."""
    said = re.escape(f"w must have shape (2,) or (2, n) on a surface, not {shape}")
    for of_loss in (loss, loss.grad):
        with pytest.raises(ValueError, match=f"^{said}$"):
            of_loss(np.ones(shape))


@each(CURVES + SURFACES)
@given(shares=beyond)
def test_many_points_at_once_are_each_alone(loss, shares):
    w = points_of(loss, shares)
    assert loss(w).shape == w.shape[-1:]
    assert loss.grad(w).shape == w.shape
    for i in range(w.shape[-1]):
        assert np.shape(loss(w[..., i])) == ()
        assert np.shape(loss.grad(w[..., i])) == w.shape[:-1]
        assert loss(w[..., i]) == pytest.approx(loss(w)[i], rel=1e-13, abs=1e-13)
        assert loss.grad(w[..., i]) == pytest.approx(loss.grad(w)[..., i], rel=1e-13, abs=1e-13)


# Minima -------------------------------------------------------------------------------------------


def minima_of_a_curve(loss, low=-100.0, high=110.0):
    """Every minimum of the values alone: the low points of a fine grid, then a golden section."""
    w = np.linspace(low, high, 210_001)
    value = loss(w)
    lowest = np.flatnonzero((value[1:-1] < value[:-2]) & (value[1:-1] < value[2:])) + 1
    a, b = w[lowest - 1], w[lowest + 1]
    golden = (5**0.5 - 1) / 2
    for _ in range(40):
        c, d = b - golden * (b - a), a + golden * (b - a)
        left = loss(c) < loss(d)
        a, b = np.where(left, a, c), np.where(left, d, b)
    return (a + b) / 2


def minima_of_a_surface(loss, starts=15, steps=200):
    """Every minimum in the domain that damped Newton finds from a grid of starts."""
    grid = np.meshgrid(*(np.linspace(*ends, starts) for ends in loss.domain))
    w, damping = np.reshape(grid, (2, -1)), np.ones(starts**2)

    def hessian(w, h=1e-5):
        columns = [(loss.grad(w + e) - loss.grad(w - e)) / (2 * h) for e in nudge(loss, h)]
        return np.moveaxis(columns, -1, 0)  # one matrix a point

    for _ in range(steps):
        curvature = hessian(w)
        lift = np.maximum(0, -np.linalg.eigvalsh(curvature)[:, 0]) + damping
        lifted = curvature + lift[:, None, None] * np.eye(2)
        ahead = w - np.linalg.solve(lifted, loss.grad(w).T[:, :, None])[:, :, 0].T
        better = loss(ahead) < loss(w)
        w = np.where(better, ahead, w)
        damping = np.where(better, damping / 3, damping * 4).clip(1e-12, 1e12)
    low, high = np.array(loss.domain).T[:, :, None]
    still = np.abs(loss.grad(w)).max(axis=0) < 1e-6
    bowl = np.linalg.eigvalsh(hessian(w))[:, 0] > 1e-3
    found = w[:, still & bowl & ((low <= w) & (w <= high)).all(axis=0)]
    return sorted({tuple(point) for point in (found.T.round(5) + 0.0).tolist()})


def assert_listed(loss, found, within):
    """Exactly these, from left to right, and global exactly where the value is the least."""
    np.testing.assert_allclose([m.w for m in loss.minima], found, atol=within, rtol=0)
    values = np.array([loss(np.array(m.w)) for m in loss.minima])
    least = np.isclose(values, values.min(), rtol=0, atol=1e-9)
    assert [m.kind for m in loss.minima] == ["global" if one else "local" for one in least]


@each(CURVES)
def test_listed_minima_of_a_curve_are_those_of_a_search(loss):
    assert_listed(loss, minima_of_a_curve(loss), within=1e-6)


@each(SURFACES)
def test_listed_minima_of_a_surface_are_those_of_a_search(loss):
    assert_listed(loss, minima_of_a_surface(loss), within=1e-5)


@each(CURVES + SURFACES)
def test_gradient_vanishes_at_listed_minima(loss):
    for minimum in loss.minima:
        assert np.abs(loss.grad(np.array(minimum.w))).max() < 1e-5


def test_saddle_is_a_saddle():
    """At the origin the gradient is 0, x leads down and y leads up."""
    assert not losses.SADDLE.grad([0.0, 0.0]).any()
    assert losses.SADDLE([0.1, 0.0]) < losses.SADDLE([0.0, 0.0]) < losses.SADDLE([0.0, 0.1])


# The chapter's pictures ---------------------------------------------------------------------------

PICTURES = json.loads(Path(__file__).with_name("golden").joinpath("curves.json").read_text("utf-8"))
AXIS = 425 / 47  # units: the height of the vertical axis as drawn


@each(CURVES)
def test_curve_is_the_pictures(loss):
    picture = PICTURES["curves"][loss.name]
    w, off = np.array(picture["w"]), loss(np.array(picture["w"])) - picture["L"]
    assert len(off) >= 130
    assert np.abs(off).max() < 0.02 * AXIS
    assert abs(off.mean()) < 0.001 * AXIS  # neither above nor below on the whole
    np.testing.assert_allclose([(w.min(), w.max())], loss.domain, atol=0.1)


@each(CURVES)
def test_descent_from_outside_comes_back(loss):
    low, high = loss.domain[0]
    starts = np.array([low - 30, low - 3, high + 3, high + 30])
    d = run(sgd, loss, starts, 3000, lr=0.05)
    assert d.diverged is None
    listed = np.array([minimum.w for minimum in loss.minima])
    assert np.abs(d.w[-1][:, None] - listed).min(axis=1).max() < 1e-5


@each(CURVES)
def test_descent_diverges_above_one_over_k(loss):
    """Far outside only k(W − 5)² is left: SGD multiplies the distance by 1 − 2k·lr."""
    k = (loss.grad(1e4 + 1) - loss.grad(1e4)) / 2
    starts = np.array([loss.domain[0][0] - 30, loss.domain[0][1] + 30])
    assert run(sgd, loss, starts, 4000, lr=0.95 / k).diverged is None
    d = run(sgd, loss, starts, 4000, lr=1.05 / k)
    assert d.diverged is not None
    assert np.isfinite(d.loss[: d.diverged]).all()
    assert not np.isfinite(d.loss[d.diverged]).all()


# What is printed is what is computed --------------------------------------------------------------


@cache
def formula(loss):
    """The loss's LaTeX as sympy reads it, and its variables."""
    expression = parse_latex(loss.formula, backend="lark").subs(sympy.Symbol("e"), sympy.E)
    names = ["W"] if loss.coordinates == 1 else ["x", "y"]
    symbols = [sympy.Symbol(name) for name in names]
    assert expression.free_symbols == set(symbols)
    return symbols, expression


def points_at_random(loss):
    return points_of(loss, np.random.default_rng(0).uniform(-0.5, 1.5, 100))


@each(CURVES + SURFACES)
@pytest.mark.parametrize("dtype", [int, np.int8, np.int32, np.uint8, bool, "list"])
def test_whole_numbers_are_floats_to_a_loss(loss, dtype):
    """An integer overflows without a word: 100 · 100⁴ is 1410065408 in 32 bits."""
    whole = np.array([0, 1, 3, 100])
    whole = whole if loss.coordinates == 1 else np.array([whole, whole[::-1]])
    whole = whole.astype(bool) if dtype is bool else whole
    given = whole.tolist() if dtype == "list" else whole.astype(dtype)
    for of_loss in (loss, loss.grad):
        got = of_loss(given)
        assert got.dtype == float
        np.testing.assert_array_equal(got, of_loss(whole.astype(float)))


@each(CURVES + SURFACES)
def test_precision_and_kind_of_a_number_stay(loss):
    w = points_at_random(loss)
    for of_loss in (loss, loss.grad):
        assert of_loss(w.astype(np.float32)).dtype == np.float32
    if loss.coordinates == 1:
        assert type(loss(1.5)) is type(loss.grad(1.5)) is np.float64


@each(CURVES + SURFACES)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_loss_is_pickled_by_its_name(loss, protocol):
    assert pickle.loads(pickle.dumps(loss, protocol)) is loss
    assert copy.deepcopy(loss) is loss
    minima = loss.minima
    assert pickle.loads(pickle.dumps(minima, protocol)) == minima


def test_a_loss_from_elsewhere_is_pickled_by_its_values():
    """Also one that has the name of ours: it must not turn into ours on the way."""
    w = 3.0
    for name in ("chapter", "own"):
        own = Loss(name, "W", abs, np.sign, ((0.0, 1.0),), (Minimum(0.0, "global"),))
        again = pickle.loads(pickle.dumps(own))
        assert again == own
        assert again(w) == 3.0


@pytest.mark.parametrize("domain", [(-1.0, 1.0), (), 3, None, ((-1.0, 1.0),) * 3, (0, 1, 2)])
def test_a_domain_that_is_neither_of_a_curve_nor_of_a_surface(domain):
    """(-1, 1) made a surface of a curve: two starts were one, and how far they moved one number."""
    said = (
        "domain must be ((low, high),) of a curve or ((low, high), (low, high)) of a surface, not"
    )
    with pytest.raises(ValueError, match=re.escape(f"{said} {domain!r}")):
        Loss("own", "W", abs, np.sign, domain, ())


def test_a_pool_of_processes_takes_every_loss():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        for loss in CURVES + SURFACES:
            w = points_at_random(loss)
            np.testing.assert_array_equal(pool.submit(loss, w).result(timeout=60), loss(w))


@each(CURVES + SURFACES)
def test_goals_are_the_global_minima(loss):
    assert loss.goals == tuple(m.w for m in loss.minima if m.kind == "global")
    assert len(loss.goals) in ((1,) if loss in CURVES else (1, 2, 4))


@each(CURVES + SURFACES)
def test_below_the_rate_limit_sgd_stays_in_a_minimum_and_above_it_leaves(loss):
    places = np.array([m.w for m in loss.minima]).T
    limit = loss.rate_limit(places)
    assert limit.shape == places.shape[-1:]
    for share, stays in ((0.97, True), (1.03, False)):
        # a flat valley shrinks an error slowly, and may let the other direction grow beside it
        w = run(sgd, loss, places + 1e-6, 3000, lr=share * limit).w
        np.testing.assert_array_equal((np.abs(w - places) <= 2e-6).reshape(3001, -1).all(), stays)


@each(CURVES + SURFACES)
def test_curvature_of_many_points_is_that_of_each(loss):
    w = points_at_random(loss)
    many = loss.curvature(w)
    np.testing.assert_array_equal(many, [loss.curvature(one) for one in w.T])
    np.testing.assert_allclose(2 / many, loss.rate_limit(w))


@each(CURVES + SURFACES)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.longdouble, int])
def test_curvature_is_that_of_double_precision(loss, dtype):
    """In half precision it was 0, in single off by a thousandth, in extended an error."""
    w = np.ones(np.shape(loss.minima[0].w), dtype)
    assert loss.curvature(w) == loss.curvature(w.astype(float))


@each(CURVES + SURFACES)
def test_printed_formula_is_the_loss(loss):
    w = points_at_random(loss)
    value = sympy.lambdify(*formula(loss), modules="numpy")
    np.testing.assert_allclose(value(*np.atleast_2d(w)), loss(w), rtol=1e-11, atol=1e-11)


@each(CURVES + SURFACES)
def test_torchs_gradient_of_the_formula_is_ours(loss):
    torch = pytest.importorskip("torch")
    w = points_at_random(loss)
    parameter = torch.tensor(w, requires_grad=True)
    value = sympy.lambdify(*formula(loss), modules=[{"exp": torch.exp}])
    value(*torch.atleast_2d(parameter)).sum().backward()
    np.testing.assert_allclose(parameter.grad.numpy(), loss.grad(w), rtol=1e-11, atol=1e-11)


@each(CURVES + SURFACES)
def test_names_and_domain(loss):
    assert loss.coordinates == len(loss.domain) == np.size(loss.minima[0].w)
    assert all(low < high for low, high in loss.domain)
    if loss in SURFACES:  # a curve may have minima outside
        low, high = np.array(loss.domain).T
        assert all((low < m.w).all() and (m.w < high).all() for m in loss.minima)
    assert "$" not in loss.formula
    names = [other.name for other in CURVES + SURFACES]
    assert names.count(loss.name) == 1

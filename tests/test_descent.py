"""The loop: what it yields, what it records, where it diverges, what it refuses."""

import math
import re
from copy import copy
from dataclasses import dataclass, replace
from functools import partial, wraps
from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udl import CHAPTER, HIMMELBLAU, RAVINE, Loss, iterate, run, steps
from udl.descent import settled, steps_under
from udl.experiments.maps import final, survey
from udl.schedules import Cosine, InverseRoot, Linear
from udl.steps import adagrad, adam, adamw, momentum, nag, radam, rmsprop, sgd

RULES = [sgd, momentum, nag, adagrad, rmsprop, adam, adamw, radam]
STATE = {sgd: "", momentum: "v", nag: "v", adagrad: "h", rmsprop: "h"}  # the others: m, v, t
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


def parabola(value=lambda w: w**2, grad=lambda w: 2 * w):
    return Loss("parabola", "W^2", value, grad, ((-1.0, 1.0),), ())


def drifting(grad, w, q=2.0, *, lr, zeta=0.5):
    """A rule that is not of udl, with a state and a hyperparameter of its own."""
    q = zeta * q + grad(w)
    return w - lr * q, q


# The loop -----------------------------------------------------------------------------------------


@every_rule
def test_run_is_the_loop_by_hand(rule):
    d = run(rule, HIMMELBLAU, [0.5, -1.0], 30, lr=0.01)
    state = (np.array([0.5, -1.0]),)
    for t in range(31):
        np.testing.assert_array_equal(d.w[t], state[0])
        assert d.loss[t] == HIMMELBLAU(state[0])
        for name, value in zip(d.state, state[1:], strict=False):  # at the start there is w alone
            np.testing.assert_array_equal(d.state[name][t], value)
        state = rule(HIMMELBLAU.grad, *state, lr=0.01)
        state = state if isinstance(state, tuple) else (state,)


@every_rule
def test_iterate_yields_the_start_first(rule):
    states = iterate(rule, CHAPTER.grad, 1.0, lr=0.1)
    assert next(states) == (1.0,)
    after = rule(CHAPTER.grad, 1.0, lr=0.1)
    assert next(states) == (after if isinstance(after, tuple) else (after,))


@every_rule
@pytest.mark.parametrize("at", [1, 7])
def test_iterate_goes_on_from_a_recorded_state(rule, at):
    d = run(rule, CHAPTER, 1.355, 20, lr=0.1)
    state = (d.w[at], *(values[at] for values in d.state.values()))
    w, *_ = next(islice(iterate(rule, CHAPTER.grad, *state, lr=0.1), 20 - at, None))
    assert w == pytest.approx(d.w[20], rel=1e-13)


# The record ---------------------------------------------------------------------------------------


@every_rule
@pytest.mark.parametrize(
    ("loss", "start", "lr", "recorded", "losses"),
    [
        (CHAPTER, (), 0.1, (), ()),
        (CHAPTER, (5,), 0.1, (5,), (5,)),
        (RAVINE, (2,), 0.1, (2,), ()),
        (RAVINE, (2, 5), 0.1, (2, 5), (5,)),
        (CHAPTER, (5,), np.linspace(0.01, 0.2, 5), (5,), (5,)),  # a rate for each point
        (RAVINE, (2, 5), np.linspace(0.01, 0.2, 5), (2, 5), (5,)),
        (CHAPTER, (), np.linspace(0.01, 0.2, 5), (5,), (5,)),  # one start, many rates
        (CHAPTER, (3, 1), np.linspace(0.01, 0.2, 5), (3, 5), (3, 5)),  # every pair
        (RAVINE, (2, 1), np.linspace(0.01, 0.2, 5), (2, 5), (5,)),
    ],
)
def test_shapes(rule, loss, start, lr, recorded, losses):
    d = run(rule, loss, np.full(start, 1.5), 4, lr=lr)
    assert d.w.shape == (5, *recorded)
    assert d.loss.shape == (5, *losses)
    assert "".join(d.state) == STATE.get(rule, "mvt")
    for name, values in d.state.items():
        if name == "t":
            np.testing.assert_array_equal(values, range(5))
        else:
            assert values.shape == d.w.shape
            assert (values[0] == 0).all()


@every_rule
@given(st.lists(st.tuples(st.floats(-2, 12), st.floats(0.01, 0.1)), min_size=1, max_size=4))
def test_a_sweep_is_its_single_runs(rule, pairs):
    starts, rates = np.array(pairs).T
    together = run(rule, CHAPTER, starts, 5, lr=rates)
    for i, (w0, lr) in enumerate(pairs):
        alone = run(rule, CHAPTER, w0, 5, lr=lr)
        np.testing.assert_allclose(together.w[:, i], alone.w, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(together.loss[:, i], alone.loss, rtol=1e-8, atol=1e-8)


def test_record_of_a_rule_from_elsewhere():
    d = run(drifting, parabola(), 8.0, 2, lr=0.25)
    assert d.rule == "drifting"
    np.testing.assert_array_equal(d.state["q"], [2.0, 17.0, 16.0])
    np.testing.assert_array_equal(d.w, [8.0, 3.75, -0.25])
    np.testing.assert_array_equal(d.loss, [64.0, 14.0625, 0.0625])
    assert d.hyper == {"lr": 0.25, "zeta": 0.5}
    assert repr(d) == "<Descent: drifting(lr=0.25, zeta=0.5), 2 steps>"


OUTSIDE, INSIDE = {"eps": 1e-8}, {"eps_root": 0.0}
MOMENTS = {"beta1": 0.9, "beta2": 0.999}
DEFAULTS = {
    sgd: {},
    momentum: {"alpha": 0.9},
    nag: {"alpha": 0.9},
    adagrad: {"eps": 1e-10, **INSIDE},
    rmsprop: {"gamma": 0.99, **OUTSIDE, **INSIDE},
    adam: {**MOMENTS, **OUTSIDE, **INSIDE},
    adamw: {**MOMENTS, **OUTSIDE, **INSIDE, "weight_decay": 0.01},
    radam: {**MOMENTS, **OUTSIDE},
}


@every_rule
def test_hyper_holds_the_defaults_too(rule):
    d = run(rule, CHAPTER, 1.0, 1, lr=0.1)
    assert d.hyper == {"lr": 0.1, **DEFAULTS[rule]}
    w, *_ = np.atleast_1d(rule(CHAPTER.grad, 1.0, lr=0.1, **DEFAULTS[rule]))
    assert d.w[1] == w


def test_hyper_holds_what_was_given():
    assert run(nag, CHAPTER, 1.0, 1, lr=0.1, alpha=0.5).hyper == {"lr": 0.1, "alpha": 0.5}


@every_rule
@pytest.mark.parametrize(("loss", "w0"), [(CHAPTER, 3.0), (RAVINE, [1.0, 2.0])])
def test_no_steps_record_the_start(rule, loss, w0):
    d = run(rule, loss, w0, 0, lr=0.1)
    np.testing.assert_array_equal(d.w, [w0])
    np.testing.assert_array_equal(d.loss, [loss(w0)])
    assert [len(values) for values in d.state.values()] == [1] * len(d.state)
    assert d.diverged is None


@every_rule
@pytest.mark.parametrize(("loss", "w0"), [(CHAPTER, [3.0, 4.0]), (RAVINE, [[1.0], [2.0]])])
def test_no_steps_have_the_shapes_of_some(rule, loss, w0):
    none, some = (run(rule, loss, w0, steps, lr=np.array([0.1, 0.2])) for steps in (0, 3))
    assert none.w.shape[1:] == some.w.shape[1:]
    assert none.loss.shape[1:] == some.loss.shape[1:]
    for name, values in none.state.items():
        assert values.shape == (1, *some.state[name].shape[1:])


@pytest.mark.parametrize("several", [list, tuple])
def test_several_rates_may_stand_in_a_list(several):
    d = run(momentum, CHAPTER, 1.24, 5, lr=several([0.1, 0.2]))
    np.testing.assert_array_equal(d.w, run(momentum, CHAPTER, 1.24, 5, lr=np.array([0.1, 0.2])).w)


class Bowl:
    """Nothing but callable, with a gradient: W² summed over three coordinates."""

    def __call__(self, w):
        return (w**2).sum(axis=0)

    def grad(self, w):
        return 2 * w


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("schedule", [Linear(0.3, 20), Cosine(0.3, 20), InverseRoot(0.3)])
def test_a_rate_that_changes_is_the_rate_of_each_step(rule, schedule):
    d = run(rule, CHAPTER, [1.0, 9.0], 20, lr=schedule)
    for t in range(20):
        # the count as a whole number, which it is on the way: of an array βᵗ may round differently
        state = [d.w[t], *(t if name == "t" else s[t] for name, s in d.state.items())]
        alone = list(islice(iterate(rule, CHAPTER.grad, *state, lr=schedule(t)), 2))[1]
        np.testing.assert_array_equal(alone[0], d.w[t + 1])


def test_a_changing_rate_may_be_one_a_point_and_stand_in_a_map():
    starts, rates = np.linspace(0, 10, 5)[:, None], np.array([0.1, 1.5])
    d = run(sgd, CHAPTER, starts, 40, lr=Linear(rates, 40))
    for column, rate in zip(d.w[-1].T, rates, strict=True):
        w = final(sgd, CHAPTER, starts[:, 0], 40, lr=Linear(rate, 40)).w
        np.testing.assert_array_equal(w, column)


@pytest.mark.parametrize("shape", [(3,), (3, 4)])
def test_any_callable_with_a_gradient_is_a_loss(shape):
    d = run(sgd, Bowl(), np.ones(shape), 2, lr=0.25)
    np.testing.assert_array_equal(d.w[2], np.full(shape, 0.25))
    np.testing.assert_array_equal(d.loss[2], np.full(shape[1:], 3 * 0.25**2))


def test_whole_numbers_are_taken_as_floats():
    d = run(sgd, CHAPTER, [1, 2, 3], np.int64(2), lr=1)
    np.testing.assert_array_equal(d.w, run(sgd, CHAPTER, [1.0, 2.0, 3.0], 2, lr=1.0).w)
    assert d.w.dtype == float


def test_start_is_not_changed():
    w0 = np.array([1.0, 2.0])
    d = run(momentum, RAVINE, w0, 3, lr=0.1)
    d.w[0] = 7.0
    np.testing.assert_array_equal(w0, [1.0, 2.0])


# Whatever can be called and computes a step -------------------------------------------------------


def in_place(grad, w, v=None, *, lr, alpha=0.9):
    """The way of other courses: zeros at the first step, and from then on the same array."""
    if v is None:
        v = np.zeros_like(w)
    v *= alpha
    v -= lr * grad(w)
    return w + v, v


def all_in_place(grad, w, v=None, *, lr, alpha=0.9):
    v = np.zeros_like(w) if v is None else v
    v *= alpha
    v -= lr * grad(w)
    w += v
    return w, v


def in_place_unseen(grad, w, v=None, *, lr, alpha=0.9):
    """What it changed is not what it returns."""
    v = np.zeros_like(w) if v is None else v
    v *= alpha
    v -= lr * grad(w)
    return w + v, v.copy()


def a_view_of_one(grad, w, v=None, *, lr, alpha=0.9):
    v = np.zeros_like(w) if v is None else v
    v[...] = alpha * v - lr * grad(w)
    return w + v, v[...]


class Course:
    """An instance that can be called."""

    def __call__(self, grad, w, v=0.0, *, lr, alpha=0.9):
        v = alpha * v - lr * grad(w)
        return w + v, v

    method = __call__


def no_star(grad, w, v, lr, alpha=0.9):
    v = alpha * v - lr * grad(w)
    return w + v, v


def by_place(grad, w, v, /, **hyper):
    v = hyper["alpha"] * v - hyper["lr"] * grad(w)
    return w + v, v


def own_names(gradient, weights, speed, rate, mu=0.9):
    speed = mu * speed - rate * gradient(weights)
    return weights + speed, speed


def as_a_list(grad, w, v=0.0, *, lr, alpha=0.9):
    return list(momentum(grad, w, v, lr=lr, alpha=alpha))


def over_w(rule):
    """A decorator, which says with `wraps` that what it makes is a rule of udl.steps."""

    @wraps(rule)
    def step(grad, w, *state, **hyper):
        new, *state = rule(grad, w, *state, **hyper)
        w[...] = new
        return w, *state

    return step


def behind_a_star(grad, *state, **hyper):
    return momentum(grad, *state, **hyper)


CALLED = {  # the rule, its hyperparameters, its name in the record
    "in place": (in_place, {"lr": 0.1}, "in_place"),
    "all in place": (all_in_place, {"lr": 0.1}, "all_in_place"),
    "in place unseen": (in_place_unseen, {"lr": 0.1}, "in_place_unseen"),
    "a view": (a_view_of_one, {"lr": 0.1}, "a_view_of_one"),
    "instance": (Course(), {"lr": 0.1}, "Course"),
    "method": (Course().method, {"lr": 0.1}, "__call__"),
    "partial": (partial(momentum, alpha=0.9), {"lr": 0.1}, "momentum"),
    "partial with the rate": (partial(momentum, lr=0.1), {}, "momentum"),
    "partial of a partial": (partial(partial(Course(), lr=0.1), alpha=0.9), {}, "Course"),
    "no star": (no_star, {"lr": 0.1}, "no_star"),
    "partial without a star": (partial(no_star, alpha=0.9), {"lr": 0.1}, "no_star"),
    "any keywords": (by_place, {"lr": 0.1, "alpha": 0.9}, "by_place"),
    "own names": (own_names, {"rate": 0.1, "mu": 0.9}, "own_names"),
    "decorated": (over_w(momentum), {"lr": 0.1}, "momentum"),
    "a list": (as_a_list, {"lr": 0.1}, "as_a_list"),
}


@pytest.mark.parametrize("how", CALLED)
@pytest.mark.parametrize(
    ("loss", "start"),
    [(CHAPTER, 1.24), (CHAPTER, [1.0, 4.0]), (RAVINE, [-7.0, 2.0]), (RAVINE, [[-7.0, 1], [2, 1]])],
)
def test_whatever_computes_a_step_is_recorded_as_momentum_is(how, loss, start):
    rule, hyper, name = CALLED[how]
    start = np.array(start)
    kept, right = start.copy(), run(momentum, loss, start, 30, lr=0.1)
    got = run(rule, loss, start, 30, **hyper)
    np.testing.assert_array_equal(got.w, right.w)
    np.testing.assert_array_equal(got.loss, right.loss)
    (v,) = got.state.values()
    np.testing.assert_array_equal(v[1:], right.state["v"][1:])
    begins = np.nan if "in_place" in name or "view" in name else 0.0  # nan: with nothing, None
    np.testing.assert_array_equal(v[0], np.full(start.shape, begins))
    assert got.rule == name
    np.testing.assert_array_equal(start, kept)


@pytest.mark.parametrize("how", CALLED)
def test_iterate_and_the_maps_take_it_too(how):
    rule, hyper, _ = CALLED[how]
    start = np.array([[-7.0, 1.0], [2.0, 1.0]])
    kept, right = start.copy(), run(momentum, RAVINE, start, 30, lr=0.1)
    needs_v = ("no star", "partial without a star", "own names", "any keywords")
    states = [start, 0.0] if how in needs_v else [start]
    walked = list(islice(iterate(rule, RAVINE.grad, *states, **hyper), 31))
    np.testing.assert_array_equal([w for w, *_ in walked], right.w)
    np.testing.assert_array_equal([v for _, v in walked[1:]], right.state["v"][1:])
    for walk in (final, survey):
        got = walk(rule, RAVINE, start, 30, **hyper)
        same = walk(momentum, RAVINE, start, 30, lr=0.1)
        np.testing.assert_array_equal(got.w, same.w)
        np.testing.assert_array_equal(got.moved, same.moved)
    np.testing.assert_array_equal(start, kept)


def test_a_rule_that_changes_its_only_state_is_recorded():
    def walk(grad, w, *, lr):
        w -= lr * grad(w)
        return w

    start = np.array([-7.0, 2.0])
    right = run(sgd, RAVINE, start, 9, lr=0.1).w
    np.testing.assert_array_equal(run(walk, RAVINE, start, 9, lr=0.1).w, right)
    walked = islice(iterate(walk, RAVINE.grad, start, lr=0.1), 10)
    np.testing.assert_array_equal([w for (w,) in list(walked)], right)
    np.testing.assert_array_equal(start, [-7.0, 2.0])


@dataclass
class Memory:
    v: float = 0.0


def in_a_dict(grad, w, kept=None, *, lr):
    kept = kept if kept is not None else {"v": 0.0}
    kept["v"] = 0.9 * kept["v"] - lr * grad(w)
    return w + kept["v"], kept


def in_an_object(grad, w, kept=None, *, lr):
    kept = kept if kept is not None else Memory()
    kept.v = 0.9 * kept.v - lr * grad(w)
    return w + kept.v, kept


def in_a_list(grad, w, kept=None, *, lr):
    kept = kept if kept is not None else []
    kept.append(grad(w))
    return w - lr * sum(0.9**n * g for n, g in enumerate(reversed(kept))), kept


def in_a_list_of_two(grad, w, kept=None, *, lr):
    kept = kept if kept is not None else [np.zeros_like(w), 0]
    kept[0] = 0.9 * kept[0] - lr * grad(w)
    kept[1] += 1
    return w + kept[0], kept


OWN = np.empty(2)


def in_an_array_of_its_own(grad, w, v=0.0, *, lr):
    OWN[...] = 0.9 * v - lr * grad(w)
    return w + OWN, OWN


KEPT = {
    in_a_dict: lambda kept: kept["v"],
    in_an_object: lambda kept: kept.v,
    in_a_list: lambda kept: -0.1 * sum(0.9**n * g for n, g in enumerate(reversed(kept))),
    in_a_list_of_two: lambda kept: kept[0],
    in_an_array_of_its_own: lambda v: v,
}


@pytest.mark.parametrize("rule", KEPT, ids=lambda rule: rule.__name__)
def test_whatever_a_rule_keeps_is_recorded_step_by_step(rule):
    right = run(momentum, RAVINE, [-7.0, 2.0], 9, lr=0.1)
    d = run(rule, RAVINE, [-7.0, 2.0], 9, lr=0.1)
    np.testing.assert_allclose(d.w, right.w, rtol=1e-12)
    (kept,) = d.state.values()
    np.testing.assert_allclose([KEPT[rule](k) for k in kept[1:]], right.state["v"][1:], rtol=1e-12)
    walked = list(islice(iterate(rule, RAVINE.grad, np.array([-7.0, 2.0]), lr=0.1), 10))
    np.testing.assert_allclose([w for w, *_ in walked], right.w, rtol=1e-12)
    np.testing.assert_allclose(
        [KEPT[rule](k) for _, k in walked[1:]], right.state["v"][1:], rtol=1e-12
    )


def test_what_a_rule_has_beside_the_chapter_s_hyperparameters_is_its_own_affair():
    def own(grad, w, *, lr, betas=(0.5, 0.25), plain=False, name="own", clip=None):
        assert (plain, name, clip) == (True, "own", None)
        return w - lr * betas[0] * grad(w)

    right = run(sgd, CHAPTER, [1.0, 2.0, 3.0], 9, lr=0.1)
    got = run(own, CHAPTER, [1.0, 2.0, 3.0], 9, lr=0.2, plain=True)
    np.testing.assert_array_equal(got.w, right.w)
    assert got.hyper == {
        "lr": 0.2, "betas": (0.5, 0.25), "plain": True, "name": "own", "clip": None,
    }  # fmt: skip
    for walk in (final, survey):
        w = walk(own, CHAPTER, [1.0, 2.0, 3.0], 9, lr=0.2, plain=True, chunk=2).w
        np.testing.assert_array_equal(w, right.w[-1])


class Numbers:
    """As a tensor of another library: no NumPy array, but it says which one it would be."""

    def __init__(self, *values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)


@pytest.mark.parametrize(
    "several", [Numbers(0.1, 0.5), np.ma.array([0.1, 0.5], mask=[True, False])]
)
@pytest.mark.parametrize(
    "walk", [lambda *a, **k: run(*a, **k).w[-1], lambda *a, **k: final(*a, **k).w]
)
def test_what_can_be_an_array_is_one(several, walk):
    right = run(momentum, CHAPTER, [1.0, 2.0], 9, lr=[0.1, 0.5], alpha=[0.1, 0.5]).w[-1]
    got = walk(momentum, CHAPTER, [1.0, 2.0], 9, lr=several, alpha=several)
    np.testing.assert_array_equal(got, right)
    assert type(got) is np.ndarray


def test_a_rule_may_change_its_rates():
    """With one number lr *= 0.5 halves it in the step alone; of an array it halved the caller's."""

    def halved(grad, w, *, lr, scale=1.0):
        lr *= 0.5
        scale *= 2
        return w - scale * lr * grad(w)

    lr, scale = np.array([0.1, 0.2]), np.array([0.5, 1.0])
    right = run(sgd, CHAPTER, 1.24, 9, lr=lr * scale).w
    d = run(halved, CHAPTER, 1.24, 9, lr=lr, scale=scale)
    walked = [w for (w,) in islice(iterate(halved, CHAPTER.grad, 1.24, lr=lr, scale=scale), 10)]
    np.testing.assert_array_equal(d.w, right)
    np.testing.assert_array_equal(np.broadcast_arrays(*walked), right)
    for walk in (final, survey):
        got = walk(halved, CHAPTER, 1.24, 9, lr=lr, scale=scale).w
        np.testing.assert_array_equal(got, right[-1])
    np.testing.assert_array_equal([lr, scale], [[0.1, 0.2], [0.5, 1.0]])


def test_a_rule_may_change_where_its_state_begins():
    """An array in its signature, once for all walks: the second began where the first had been."""

    def walk(grad, w, v=np.zeros(2), *, lr):  # noqa: B008
        v *= 0.9
        v -= lr * grad(w)
        return w + v, v

    right = run(momentum, RAVINE, [-7.0, 2.0], 9, lr=0.1).w
    for _ in range(2):
        walked = islice(iterate(walk, RAVINE.grad, np.array([-7.0, 2.0]), lr=0.1), 10)
        np.testing.assert_array_equal([w for w, *_ in walked], right)
        np.testing.assert_array_equal(run(walk, RAVINE, [-7.0, 2.0], 9, lr=0.1).w, right)


def test_a_record_s_hyperparameters_are_its_own():
    lr, zeta = np.array([0.1, 0.2]), np.array([0.5, 0.6])
    d = run(drifting, CHAPTER, 1.24, 3, lr=lr, zeta=zeta)
    lr *= 2
    zeta *= 2
    np.testing.assert_array_equal([d.hyper["lr"], d.hyper["zeta"]], [[0.1, 0.2], [0.5, 0.6]])


def test_a_loss_that_changes_what_it_is_given_does_not_change_the_record():
    spoilt = parabola(lambda w: np.multiply(w, w, out=w))
    d, right = (run(sgd, loss, [1.0, 2.0], 3, lr=0.1) for loss in (spoilt, parabola()))
    np.testing.assert_array_equal(d.w, right.w)
    np.testing.assert_array_equal(d.loss, right.loss)


def test_a_gradient_that_is_w_itself_may_be_changed_by_a_rule():
    def walk(grad, w, *, lr):
        g = grad(w)
        g *= lr
        return w - g

    bowl = parabola(lambda w: w**2 / 2, lambda w: w)
    np.testing.assert_array_equal(run(walk, bowl, [1.0, 2.0], 1, lr=0.5).w, [[1, 2], [0, 0]])


def test_a_rule_whose_state_has_no_names_can_be_iterated():
    walked = islice(iterate(behind_a_star, CHAPTER.grad, 1.24, lr=0.1), 9)
    assert list(walked) == list(islice(iterate(momentum, CHAPTER.grad, 1.24, lr=0.1), 9))


@pytest.mark.parametrize("lr", [1, 2, 0.5, np.array([1, 2])])
@pytest.mark.parametrize("shape", [(1,), (2,), (2, 2)])
def test_a_gradient_may_be_a_list(lr, shape):
    """An integer times a list repeats it: one point became two."""
    flat = parabola(grad=lambda w: np.full(w.shape, 0.25).tolist())
    right = parabola(grad=lambda w: np.full(w.shape, 0.25))
    for rule in (sgd, momentum):
        got, same = (run(rule, loss, np.ones(shape), 5, lr=lr) for loss in (flat, right))
        np.testing.assert_array_equal(got.w, same.w)
        walks = [
            islice(iterate(rule, loss.grad, np.ones(shape), lr=lr), 5) for loss in (flat, right)
        ]
        for one, other in zip(*walks, strict=True):
            np.testing.assert_array_equal(one[0], other[0])


FORM = "a rule is called as step(grad, w, *state, lr=…) and returns w, or w and the state"
NO_RULE = {
    "a name": ("sgd", "step must be a rule, not 'sgd': " + FORM),
    "nothing": (None, "step must be a rule, not None: " + FORM),
    "the gradient alone": (lambda w: w, None),
    "returns nothing": (
        lambda grad, w, *, lr: None,
        "<lambda> must return w, not NoneType: " + FORM,
    ),
    "returns text": (lambda grad, w, *, lr: "w", "<lambda> must return w, not str: " + FORM),
    "returns an empty tuple": (
        lambda grad, w, *, lr: (),
        "<lambda> must return w, not nothing: " + FORM,
    ),
    "keeps its state": (
        lambda grad, w, v=0.0, *, lr: w,
        "<lambda> must return w, v, not float: " + FORM,
    ),
    "returns objects": (
        lambda grad, w, *, lr: np.array(w, dtype=object),
        "<lambda> must return w, not ndarray: " + FORM,
    ),
    "state behind lr": (
        lambda grad, w, lr, v=0.0: (w, v),
        "<lambda> must return w, not float, float: " + FORM,
    ),
}


def iterated(step, loss, w0, steps, **hyper):
    return list(islice(iterate(step, loss.grad, w0, **hyper), steps))


@pytest.mark.parametrize("how", NO_RULE)
@pytest.mark.parametrize("walk", [run, final, survey, iterated])
def test_what_is_no_rule_is_told_how_one_looks(how, walk):
    step, message = NO_RULE[how]
    with pytest.raises(TypeError) as raised:
        walk(step, CHAPTER, 1.0, 3, lr=0.1)
    said = str(raised.value)
    assert said.endswith(FORM)
    assert "\n" not in said
    if message and walk is iterated:
        assert said == message


@pytest.mark.parametrize("loss", [CHAPTER, RAVINE, Bowl()])
def test_a_loss_in_place_of_its_gradient_is_named(loss):
    """`run` takes it, and its values walked like slopes."""
    said = f"grad must be ∂L/∂W as a function of w, such as loss.grad, not {loss!r}"
    with pytest.raises(TypeError, match=f"^{re.escape(said)}$"):
        next(iterate(sgd, loss, np.ones(2), lr=0.1))


@pytest.mark.parametrize("walk", [run, final, survey])
def test_a_record_needs_the_state_s_names(walk):
    with pytest.raises(TypeError, match="behind_a_star must name its state in its signature"):
        walk(behind_a_star, CHAPTER, 1.0, 3, lr=0.1)


@pytest.mark.parametrize("walk", [run, final, survey])
@pytest.mark.parametrize("loss", [np.square, "chapter", None, parabola(grad=None)])
def test_a_loss_without_a_gradient_is_named(walk, loss):
    with pytest.raises(
        TypeError, match=r"^loss must be called for L\(W\) and loss.grad for ∂L/∂W, not"
    ):
        walk(sgd, loss, 1.0, 3, lr=0.1)


def doubled(w):
    w *= 2
    return w


@pytest.mark.parametrize("rule", [sgd, no_star])
@pytest.mark.parametrize("walk", [run, final, survey])
@pytest.mark.parametrize(
    ("w0", "said"), [(1.0, "array(1.), to array(2.)"), ([1.0], "array([1.]), to array([2.])")]
)
def test_a_gradient_leaves_w_as_it_is(rule, walk, w0, said):
    """Else W ← W − η ∂L/∂W starts from another W: the record was wrong without a word."""
    said = re.escape(f"loss.grad(w0) must not change w0, {said}")
    with pytest.raises(ValueError, match=f"^{said}$"):
        walk(rule, replace(CHAPTER, grad=doubled), w0, 3, lr=np.array([0.1, 0.2]))


OTHER_SHAPES = {
    "one more axis": lambda grad, w, *, lr: w[None],
    "a number": lambda grad, w, *, lr: 1.0,
    "half": lambda grad, w, *, lr: w[..., :1],
    "later": lambda grad, w, t=0, *, lr: (w if t < 2 else w[..., :1], t + 1),
}


@pytest.mark.parametrize("how", OTHER_SHAPES)
@pytest.mark.parametrize("walk", [run, final, survey])
@pytest.mark.parametrize(("loss", "w0"), [(CHAPTER, np.ones(3)), (RAVINE, np.ones((2, 3)))])
def test_a_rule_keeps_the_shape_of_w(how, walk, loss, w0):
    with pytest.raises(
        ValueError, match=r"^<lambda> must return w of shape \(.*3,?\), not \(.*\)$"
    ):
        walk(OTHER_SHAPES[how], loss, w0, 5, lr=0.1)


@pytest.mark.parametrize(
    "rule", [lambda w, grad, *, lr: w - lr * grad(w), lambda w, g, lr: w - lr * g, Course.__call__]
)
@pytest.mark.parametrize("walk", [run, final, iterated])
def test_a_rule_that_takes_other_things_is_told_what_it_is_given(rule, walk):
    with pytest.raises(TypeError) as raised:
        walk(rule, CHAPTER, np.float64(1.0), 3, lr=0.1)
    assert raised.value.__notes__ == [FORM]


def test_a_rule_may_call_its_own_hyperparameter_step():
    def walk(grad, w, *, lr, step=2.0):
        return w - step * lr * grad(w)

    assert run(walk, CHAPTER, 1.0, 3, lr=0.1).w[-1] == run(sgd, CHAPTER, 1.0, 3, lr=0.2).w[-1]


def test_what_is_no_function_of_the_steps_taken_is_told_so():
    with pytest.raises(TypeError) as raised:
        run(sgd, CHAPTER, 1.0, 3, lr=Linear)
    assert raised.value.__notes__ == ["lr must be a number or a function of the steps taken so far"]


@pytest.mark.parametrize("value", [math.exp, lambda w: w if w > 0 else -w])
def test_a_loss_of_one_number_alone_is_told_that_a_curve_takes_any_shape(value):
    """Its gradient was asked for one number, and so nothing seemed to be wrong with it."""
    with pytest.raises((TypeError, ValueError)) as raised:
        run(sgd, parabola(value), 1.0, 3, lr=0.1)
    said = "loss must take w of any shape, as a curve does: here (4,)"
    assert raised.value.__notes__ == [said]


class Halving:
    """A rate that remembers how often it was asked for."""

    def __init__(self, lr):
        self.lr = lr

    def __call__(self, t):
        self.lr *= 0.5
        return self.lr


@pytest.mark.parametrize(
    ("lr", "first", "again"), [(0.4, 0.2, 0.1), (np.array([0.4]), r"\[0.2\]", r"\[0.1\]")]
)
@pytest.mark.parametrize("walk", [run, final, survey])
def test_a_rate_that_remembers_is_named(walk, lr, first, again):
    """Its checks used up the rates with which the walk would have begun."""
    said = f"lr must depend on the steps taken so far alone, not be {first} after 0 steps and"
    with pytest.raises(ValueError, match=f"^{said} {again} when it is asked again$"):
        walk(sgd, CHAPTER, [1.0], 3, lr=Halving(copy(lr)))


def test_a_record_equals_itself_alone():
    a, b = (run(sgd, CHAPTER, [1.0, 2.0], 3, lr=0.1) for _ in range(2))
    assert a == a
    assert a != b
    assert {a: 1, b: 2}[a] == 1


# Divergence: the first step that is not finite, and neither an error nor a warning ----------------


def root(w):
    """A gradient that is nan once w is below 0."""
    return w**0.5


@pytest.mark.parametrize(
    ("loss", "w0", "steps", "lr", "diverged"),
    [
        (parabola(), 1.0, 330, 2.0, 324),  # |W| = 3ᵗ, and 9ᵗ overflows first at t = 324
        (parabola(), 1.0, 324, 2.0, 324),
        (parabola(), 1.0, 323, 2.0, None),
        (parabola(), np.array([0.1, 1.0, 0.0]), 400, np.array([0.5, 2.0, 3.0]), 324),  # one point
        (
            parabola(lambda w: np.ones_like(w), root),
            1.0,
            9,
            0.8,
            3,
        ),  # 1 → 0.2 → −0.16 → nan: W alone
        (parabola(lambda w: np.log(w), lambda w: 0 * w + 1), 2.0, 9, 1.0, 2),  # L = −∞ at W = 0
        (parabola(lambda w: np.log(w), lambda w: 0 * w + 1), 0.0, 9, 1.0, 0),  # at the start
        (parabola(), 1.0, 400, 0.9, None),
        (HIMMELBLAU, [5.0, 5.0], 50, 0.1, 5),
    ],
)
def test_diverged_is_the_first_step_not_finite(loss, w0, steps, lr, diverged):
    d = run(sgd, loss, w0, steps, lr=lr)
    assert d.diverged == diverged
    assert len(d.w) == steps + 1
    whole = steps + 1 if diverged is None else diverged
    assert np.isfinite(d.w[:whole]).all()
    assert np.isfinite(d.loss[:whole]).all()
    if diverged is not None:
        assert not (np.isfinite(d.w[diverged]).all() and np.isfinite(d.loss[diverged]).all())
    assert repr(d).endswith(f"{steps} steps>" if diverged is None else f"at step {diverged}>")


@every_rule
def test_no_rule_raises_or_warns_when_it_diverges(rule):
    nothing = parabola(lambda w: w**2, lambda w: 0 * w)  # 0/0 without eps
    hyper = {"eps": 0.0} if rule in (adagrad, rmsprop, adam, adamw, radam) else {}
    run(rule, nothing, [1.0, 2.0], 3, lr=0.1, **hyper)
    run(rule, parabola(lambda w: w**4, lambda w: 4e99 * w**3), [1e99, 2.0], 50, lr=0.1)


# From which step on, and the steps alone ----------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "first"),
    [([1, 0, 1, 1], 2), ([1, 1, 1, 1], 0), ([0, 0, 0, 1], 3), ([1, 1, 1, 0], 4), ([0] * 4, 4)],
)
def test_settled_is_the_first_step_from_which_it_holds_to_the_end(column, first):
    inside = np.array(column, dtype=bool)
    assert settled(inside) == first
    assert settled(list(map(bool, column))) == first
    np.testing.assert_array_equal(settled(np.stack([inside, ~inside, inside], axis=1))[::2], first)


def test_what_is_not_a_number_has_not_settled():
    loss = np.array([[1.0, 0.0, 0.0], [0.0, np.nan, 0.0], [0.0, 0.0, np.inf]])
    np.testing.assert_array_equal(settled(loss < 0.5), [1, 2, 3])


@pytest.mark.parametrize("rule", [sgd, momentum, adagrad, rmsprop])
def test_steps_under_the_gradients_of_a_descent_are_its_steps(rule):
    d = run(rule, CHAPTER, 1.24, 40, lr=0.05)
    np.testing.assert_allclose(
        steps_under(rule, CHAPTER.grad(d.w[:-1]), lr=0.05), np.diff(d.w), rtol=1e-9, atol=1e-15
    )


def test_steps_under_takes_many_gradients_and_rates_at_once():
    gradients = np.geomspace(0.1, 10, 15).reshape(5, 3)
    both = steps_under(adagrad, gradients, lr=np.array([0.1, 0.2, 0.4]))
    for n, lr in enumerate((0.1, 0.2, 0.4)):
        np.testing.assert_array_equal(both[:, n], steps_under(adagrad, gradients[:, n], lr=lr))


# Bad input: the argument, its value, what is allowed ----------------------------------------------

FINITE = "must be a finite number"


class Uneven(Bowl):
    """Two losses of the last step, one of all others."""

    def __call__(self, w):
        return w if w > 0.7 else [1.0, 2.0]


BAD = {
    "lr 0": (sgd, {"lr": 0}, ValueError, f"lr {FINITE} above 0, not 0"),
    "lr -1": (sgd, {"lr": -1.0}, ValueError, f"lr {FINITE} above 0, not -1.0"),
    "lr nan": (sgd, {"lr": np.nan}, ValueError, f"lr {FINITE} above 0, not nan"),
    "lr inf": (sgd, {"lr": np.inf}, ValueError, f"lr {FINITE} above 0, not inf"),
    "one bad lr": (
        sgd,
        {"lr": np.array([0.1, -0.2])},
        ValueError,
        f"lr {FINITE} above 0, not array([ 0.1, -0.2])",
    ),
    **{
        f"lr {bad!r}": (sgd, {"lr": bad}, ValueError, f"lr must be a real number, not {bad!r}")
        for bad in ("0.1", None, True, 1j)
    },
    "a rate that ends too early": (
        sgd,
        {"lr": Linear(0.1, 2)},
        ValueError,
        f"lr after 2 steps {FINITE} above 0, not 0.0",
    ),
    "a rate that is no number": (
        sgd,
        {"lr": lambda t: None},
        ValueError,
        "lr after 0 steps must be a real number, not None",
    ),
    "falling rates that do not broadcast": (
        sgd,
        {"w0": np.ones(3), "lr": Linear(np.array([0.1, 0.2]), 9)},
        ValueError,
        "lr of shape (2,) does not broadcast against (3,), the shape of w0 and the"
        " hyperparameters before it",
    ),
    "a rate that becomes several": (
        sgd,
        {"lr": lambda t: [0.1] * (t + 1)},
        ValueError,
        "lr must keep its shape (1,), not have (2,) after 1 steps",
    ),
    "no lr": (sgd, {"lr": ...}, TypeError, "sgd needs the hyperparameter 'lr'"),
    "alpha 1": (momentum, {"alpha": 1}, ValueError, "alpha must be in [0, 1), not 1"),
    "alpha -0.1": (nag, {"alpha": -0.1}, ValueError, "alpha must be in [0, 1), not -0.1"),
    "alpha nan": (nag, {"alpha": np.nan}, ValueError, "alpha must be in [0, 1), not nan"),
    "gamma 1.2": (rmsprop, {"gamma": 1.2}, ValueError, "gamma must be in [0, 1), not 1.2"),
    "beta1 2": (radam, {"beta1": 2.0}, ValueError, "beta1 must be in [0, 1), not 2.0"),
    "beta2 1": (adam, {"beta2": 1.0}, ValueError, "beta2 must be in [0, 1), not 1.0"),
    "eps -1": (adagrad, {"eps": -1}, ValueError, f"eps {FINITE} from 0 up, not -1"),
    "eps inf": (adam, {"eps": np.inf}, ValueError, f"eps {FINITE} from 0 up, not inf"),
    "eps_root -1": (rmsprop, {"eps_root": -1}, ValueError, f"eps_root {FINITE} from 0 up, not -1"),
    "decay -1": (
        adamw,
        {"weight_decay": -1},
        ValueError,
        f"weight_decay {FINITE} from 0 up, not -1",
    ),
    **{
        f"steps {bad!r}": (
            sgd,
            {"steps": bad},
            ValueError,
            f"steps must be a whole number from 0 up, not {bad!r}",
        )
        for bad in (-1, 2.5, 3.0, True, "3", None)
    },
    "more steps than can be counted": (
        sgd,
        {"steps": 2**63 - 1},
        ValueError,
        f"steps must be a whole number from 0 to {2**63 - 2}, not {2**63 - 1}",
    ),
    **{
        f"start {bad!r}": (
            sgd,
            {"w0": bad},
            ValueError,
            f"w0 must be finite, real numbers, not {bad!r}",
        )
        for bad in (np.nan, np.inf, -np.inf, [1.0, np.nan], "a", 1j, None, True, [1.0, [2.0]])
    },
    "start that is a time": (
        sgd,
        {"w0": np.timedelta64(3, "s")},
        ValueError,
        "w0 must be finite, real numbers, not np.timedelta64(3,'s')",
    ),
    **{
        f"start of shape {shape} on a surface": (
            sgd,
            {"w0": np.zeros(shape), "loss": RAVINE},
            ValueError,
            f"w0 must have shape (2,) or (2, n) on a surface, not {shape}",
        )
        for shape in ((), (3,), (1, 2), (4, 2))
    },
    "gradient without the points": (
        sgd,
        {"loss": parabola(grad=lambda w: 1.0), "w0": np.zeros(3)},
        ValueError,
        "loss.grad(w0) must have the shape of w0, (3,), not ()",
    ),
    "gradient that is nothing": (
        sgd,
        {"loss": parabola(grad=lambda w: None)},
        ValueError,
        "loss.grad(w0) must be numbers, not None",
    ),
    "gradient without the coordinates": (
        sgd,
        {"loss": parabola(grad=lambda w: w.sum(axis=0)), "w0": np.zeros((2, 3))},
        ValueError,
        "loss.grad(w0) must have the shape of w0, (2, 3), not (3,)",
    ),
    "gradient that is nothing later": (
        sgd,
        {"loss": parabola(grad=lambda w: None if w < 0.9 else 2 * w)},
        ValueError,
        "the gradient must be numbers, not None, as it is at np.float64(0.8)",
    ),
    "gradient of rows of unequal length later": (
        sgd,
        {"loss": parabola(grad=lambda w: [1.0, [2.0]] if w < 0.9 else 2 * w)},
        ValueError,
        "the gradient must be numbers, not [1.0, [2.0]], as it is at np.float64(0.8)",
    ),
    **{
        f"loss {bad!r}": (
            sgd,
            {"loss": parabola(lambda w, bad=bad: bad)},
            ValueError,
            f"loss(w) must be numbers of one shape, not {bad!r}",
        )
        for bad in (None, "L", True, [1.0, [2.0]])
    },
    "loss of other shapes at each step": (
        sgd,
        {"loss": Uneven()},
        ValueError,
        "loss(w) must be numbers of one shape, not [1.0, 2.0]",
    ),
    "loss of all points of a curve": (
        sgd,
        {"loss": parabola(lambda w: (w**2).sum()), "w0": np.ones(2)},
        ValueError,
        "loss(w) must be of shape (4, 2) for w of (4, 2), not ()",
    ),
    "loss of all points of a surface": (
        sgd,
        {"loss": replace(RAVINE, value=lambda w: (w**2).sum()), "w0": np.ones((2, 5))},
        ValueError,
        "loss(w) must be of shape (4, 5) for w of (4, 2, 5), not (4,)",
    ),
    "ragged lr": (
        sgd,
        {"lr": [0.1, [0.2]]},
        ValueError,
        "lr must be a real number, not [0.1, [0.2]]",
    ),
    "rates that do not broadcast": (
        sgd,
        {"w0": np.ones(3), "lr": np.array([0.1, 0.2])},
        ValueError,
        "lr of shape (2,) does not broadcast against (3,), the shape of w0 and the"
        " hyperparameters before it",
    ),
    "alphas that do not fit the rates": (
        momentum,
        {"lr": np.full(3, 0.1), "alpha": np.zeros(4)},
        ValueError,
        "alpha of shape (4,) does not broadcast against (3,), the shape of w0 and the"
        " hyperparameters before it",
    ),
    "three rates for one point of a surface": (
        sgd,
        {"loss": RAVINE, "w0": np.ones(2), "lr": [0.1, 0.2, 0.3]},
        ValueError,
        "lr of shape (3,) does not broadcast against (2,), the shape of w0 and the"
        " hyperparameters before it",
    ),
    "more axes than a surface's points have": (
        sgd,
        {"loss": RAVINE, "w0": np.ones(2), "lr": np.ones((3, 2))},
        ValueError,
        "lr of shape (3, 2) needs a start of shape (2, 1, 1) or more on a surface, not (2,)",
    ),
    "rates that do not fit the points of a surface": (
        momentum,
        {"loss": RAVINE, "w0": np.ones((2, 3)), "lr": 0.1, "alpha": np.array([0.1, 0.2])},
        ValueError,
        "alpha of shape (2,) does not broadcast against (2, 3), the shape of w0 and the"
        " hyperparameters before it",
    ),
    "unknown": (sgd, {"alpha": 0.9}, TypeError, "sgd has no hyperparameter 'alpha'; it has lr"),
    "unknown to adam": (
        adam,
        {"betas": (0.9, 0.999)},
        TypeError,
        "adam has no hyperparameter 'betas'; it has lr, beta1, beta2, eps, eps_root",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named(case):
    rule, changes, error, message = BAD[case]
    arguments = {"loss": CHAPTER, "w0": 1.0, "steps": 3, "lr": 0.1, **changes}
    if arguments["lr"] is ...:
        del arguments["lr"]
    with pytest.raises(error) as raised:
        run(rule, **arguments)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("rule", "edge"),
    [
        (momentum, {"alpha": 0}),
        (rmsprop, {"gamma": 0.0}),
        (adam, {"beta1": 0, "beta2": 0.0}),
        (adagrad, {"eps": 0, "eps_root": 0}),
        (adamw, {"weight_decay": 0}),
        (momentum, {"alpha": np.array([0.0, 0.999])}),
        (drifting, {"zeta": -3.0}),  # a name that run does not know is the rule's own affair
    ],
)
def test_edge_of_what_is_allowed(rule, edge):
    assert run(rule, CHAPTER, np.array([1.0, 2.0]), 2, lr=1e-300, **edge).diverged is None


def test_every_rule_of_steps_is_tested():
    made = [name for name, f in vars(steps).items() if callable(f) and name != "sqrt"]
    assert made == [rule.__name__ for rule in RULES]

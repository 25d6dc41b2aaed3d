"""Every rule: by hand, against torch, by its laws, and for every kind of number."""

import json
import re
from functools import cache

import numpy as np
import pytest
from golden.record_torch import AMPLIFYING, CASES, FILE, record, record_all
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from udl import losses, run, steps
from udl.experiments.adam import amsgrad
from udl.steps import adagrad, adam, adamw, momentum, nag, radam, rmsprop, sgd

RULES = [sgd, momentum, nag, adagrad, rmsprop, adam, adamw, radam]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)


# One step by hand ---------------------------------------------------------------------------------

BY_HAND = {
    # case: rule, gradient, (w, *state), hyperparameters, what comes out
    "sgd": (sgd, 3.0, (1.0,), {"lr": 0.5}, (-0.5,)),
    "momentum": (momentum, 3.0, (1.0, 2.0), {"lr": 0.5, "alpha": 0.5}, (0.5, -0.5)),
    "nag": (nag, lambda w: 2 * w, (1.0, 2.0), {"lr": 0.5, "alpha": 0.5}, (0.0, -1.0)),
    "adagrad": (  # √(16 + 9) + 1 = 6
        adagrad,
        3.0,
        (1.0, 7.0),
        {"lr": 2.0, "eps": 1.0, "eps_root": 9.0},
        (0.0, 16.0),
    ),
    "rmsprop": (  # √(7 + 2) + 1 = 4
        rmsprop,
        4.0,
        (5.0, 4.0),
        {"lr": 2.0, "gamma": 0.75, "eps": 1.0, "eps_root": 2.0},
        (3.0, 7.0),
    ),
    "adam": (  # m̂ = 3/(1 − ¼) = 4, v̂ = 13.5/(1 − ¼) = 18, √(18 + 7) + 3 = 8
        adam,
        5.0,
        (1.0, 1.0, 2.0, 1),
        {"lr": 2.0, "beta1": 0.5, "beta2": 0.5, "eps": 3.0, "eps_root": 7.0},
        (0.0, 3.0, 13.5, 2),
    ),
    "adamw": (  # the same, and 2 · ¼ · 4 = 2 of decay
        adamw,
        5.0,
        (4.0, 1.0, 2.0, 1),
        {"lr": 2.0, "beta1": 0.5, "beta2": 0.5, "eps": 3.0, "eps_root": 7.0, "weight_decay": 0.25},
        (1.0, 3.0, 13.5, 2),
    ),
    "radam, few gradients": (  # ρ∞ = 3, so √v̂ stays out: 2 · 4
        radam,
        5.0,
        (1.0, 1.0, 2.0, 1),
        {"lr": 2.0, "beta1": 0.5, "beta2": 0.5, "eps": 3.0},
        (-7.0, 3.0, 13.5, 2),
    ),
    "radam, many gradients": (  # r = 1: 2 · 3/(√16 + 2)
        radam,
        5.0,
        (1.0, 1.0, 13.0, 10**6),
        {"lr": 2.0, "beta1": 0.5, "beta2": 0.75, "eps": 2.0},
        (0.0, 3.0, 16.0, 10**6 + 1),
    ),
}


@pytest.mark.parametrize("case", BY_HAND)
def test_one_step_by_hand(case):
    rule, slope, state, hyper, expected = BY_HAND[case]
    grad = slope if callable(slope) else lambda w: slope
    assert as_tuple(rule(grad, *state, **hyper)) == pytest.approx(expected, rel=1e-15)


def as_tuple(state):
    return tuple(state) if isinstance(state, tuple | list) else (state,)


# Against torch ------------------------------------------------------------------------------------

TOLERANCE = 1e-12
STEADY = [name for name in CASES if not name.endswith("-amplifying")]


@cache
def recorded():
    with np.load(FILE) as file:
        return dict(file)


@cache
def live():
    pytest.importorskip("torch")
    return record_all()


@pytest.fixture(params=[recorded, live], ids=lambda source: source.__name__)
def torch_values(request):
    """What torch computes: from the file and, where torch is installed, from torch itself."""
    return request.param()


def rule_of(name):
    """Our rule of a case: one of the chapter's, or the one that 3.7.7 tries."""
    rule = CASES[name][0]
    return amsgrad if rule == "amsgrad" else getattr(steps, rule)


def ours_from_torch(name, values):
    """(w, *state) of our rule at every step, from torch's parameter p and its state."""
    rule, _, hyper = CASES[name]
    p, t = values[f"{name}/p"], np.arange(301)
    match rule:
        case "sgd":
            return (p,)
        case "momentum" | "nag":
            v = -hyper["lr"] * values[f"{name}/momentum_buffer"]  # torch keeps −v/η
            return (p - hyper["alpha"] * v if rule == "nag" else p), v  # and NAG's p is W + αv
        case "adagrad":
            return p, values[f"{name}/sum"]
        case "rmsprop":
            return p, values[f"{name}/square_avg"]
        case "adam" | "adamw" | "radam":
            return p, values[f"{name}/exp_avg"], values[f"{name}/exp_avg_sq"], t
        case "amsgrad":
            moments = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")
            return p, *(values[f"{name}/{one}"] for one in moments), t


def assert_state_is_torchs(state, torchs):
    """Within 1e-12 of the largest it has been: gradients are in the thousands on Rosenbrock."""
    for a, b in zip(state, torchs, strict=True):
        assert np.abs(a - b).max() <= TOLERANCE * max(1, np.abs(b).max())


def compare_descents(rule, name, values):
    """The whole descent, W and state, at most 1e-12 from torch's."""
    _, loss, hyper = CASES[name]
    w, *state = ours_from_torch(name, values)
    d = run(rule, getattr(losses, loss), w[0], 300, **hyper)
    assert np.abs(d.w - w).max() <= TOLERANCE
    assert_state_is_torchs(d.state.values(), state)


def compare_steps(rule, name, values):
    """Each single step, from torch's state before it, at most 1e-12 from torch's."""
    _, loss, hyper = CASES[name]
    before = [a[:-1].T for a in ours_from_torch(name, values)]  # steps become points
    after = [a[1:].T for a in ours_from_torch(name, values)]
    w, *state = as_tuple(rule(getattr(losses, loss).grad, *before, **hyper))
    assert np.abs(w - after[0]).max() <= TOLERANCE
    assert_state_is_torchs(state, after[1:])


@pytest.mark.parametrize("name", STEADY)
def test_descent_is_torchs(name, torch_values):
    compare_descents(rule_of(name), name, torch_values)


@pytest.mark.parametrize("name", CASES)
def test_each_step_is_torchs(name, torch_values):
    compare_steps(rule_of(name), name, torch_values)


@pytest.mark.parametrize("name", [name for name in STEADY if name.startswith("nag")])
def test_torchs_nag_parameter_is_w_plus_alpha_v(name, torch_values):
    _, loss, hyper = CASES[name]
    p = torch_values[f"{name}/p"]
    d = run(nag, getattr(losses, loss), p[0], 300, **hyper)  # v = 0 at the start: p is W
    assert np.abs(d.w + hyper["alpha"] * d.state["v"] - p).max() <= TOLERANCE
    assert np.abs(d.w - p).max() > 0.01  # and not W


def test_recorded_cases_are_the_scripts():
    assert json.loads(str(recorded()["cases"])) == json.loads(json.dumps(CASES))
    assert re.match(r"\d+\.\d+", str(recorded()["torch"]))
    rules = {rule.__name__ for rule in [*RULES, amsgrad]}
    assert {rule for rule, _, _ in CASES.values()} == rules
    assert {rule for rule, _, _ in AMPLIFYING} == {"rmsprop", "adam", "adamw", "radam"}


@pytest.mark.parametrize("name", STEADY)
def test_this_torch_is_the_recorded_one(name):
    for key in live():
        if key.startswith(f"{name}/"):
            assert_state_is_torchs([recorded()[key]], [live()[key]])


@pytest.mark.parametrize("name", ["nag-rosenbrock", "adam-chapter-amplifying"])
def test_recording_twice_gives_the_same(name):
    pytest.importorskip("torch")
    for quantity, values in record(*CASES[name]).items():
        np.testing.assert_array_equal(values, live()[f"{name}/{quantity}"])


# The mistakes of public copies --------------------------------------------------------------------


def nag_from_the_new_v(grad, w, v=0.0, *, lr, alpha=0.9):
    """v is updated first, and looks ahead with the new one."""
    new = alpha * v - lr * grad(w)
    v = alpha * v - lr * grad(w + alpha * new)
    return w + v, v


def nag_stepping_twice(grad, w, v=0.0, *, lr, alpha=0.9):
    """W is left at the look-ahead and steps from there: αv twice."""
    ahead = w + alpha * v
    v = alpha * v - lr * grad(ahead)
    return ahead + v, v


def nag_without_looking(grad, w, v=0.0, *, lr, alpha=0.9):
    """The gradient is taken at W: Momentum."""
    return momentum(grad, w, v, lr=lr, alpha=alpha)


WRONG = [nag_from_the_new_v, nag_stepping_twice, nag_without_looking]


@pytest.mark.parametrize("compare", [compare_descents, compare_steps])
@pytest.mark.parametrize("name", [name for name in STEADY if name.startswith("nag")])
@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_nag_is_rejected(wrong, name, compare, torch_values):
    with pytest.raises(AssertionError):
        compare(wrong, name, torch_values)


def copy_of_torchs_nag(grad, p, v=0.0, *, lr, alpha=0.9, new=False):
    """The copy that moves p = W + αv: p ← p + α²v − (1+α)η∇L(p), by the old v or by the new."""
    g = grad(p)
    new_v = alpha * v - lr * g
    return p + alpha**2 * (new_v if new else v) - (1 + alpha) * lr * g, new_v


@pytest.mark.parametrize(("new", "right"), [(False, True), (True, False)])
@pytest.mark.parametrize("name", [name for name in STEADY if name.startswith("nag")])
def test_copy_of_nag_needs_the_old_v(name, new, right, torch_values):
    _, loss, hyper = CASES[name]
    p, v = torch_values[f"{name}/p"], ours_from_torch(name, torch_values)[1]
    ours, _ = copy_of_torchs_nag(getattr(losses, loss).grad, p[:-1].T, v[:-1].T, **hyper, new=new)
    assert bool(np.abs(ours - p[1:].T).max() <= TOLERANCE) is right


# Laws ---------------------------------------------------------------------------------------------

sizes = st.floats(1e-3, 1e3)
numbers = st.floats(-1e3, -1e-3) | sizes
counts = st.integers(0, 2000)
rates = st.floats(1e-4, 1.0)
coefficients = st.floats(0.0, 0.999)
STATE = {  # what a rule's state may hold
    sgd: (),
    momentum: (numbers,),
    nag: (numbers,),
    adagrad: (sizes,),
    rmsprop: (sizes,),
    adam: (numbers, sizes, counts),
    adamw: (numbers, sizes, counts),
    radam: (numbers, sizes, counts),
}
ADAPTIVE = [adagrad, rmsprop, adam]


def draw_state(data, rule, shape):
    """w and the rule's state at random; t is one number for all points."""
    return [
        data.draw(values if values is counts else arrays(float, shape, elements=values))
        for values in (numbers, *STATE[rule])
    ]


def cubic(w):
    """A gradient by operators alone: elementwise, of both signs, for every kind of number."""
    return w * w * w - 2 * w + 0.3


def assert_same(a, b):
    for one, other in zip(as_tuple(a), as_tuple(b), strict=True):
        np.testing.assert_array_equal(one, other)


def assert_close(a, b, w):
    """Equal but for rounding, which a step from w may leave at w's size."""
    for one, other in zip(as_tuple(a), as_tuple(b), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-13, atol=1e-13 * np.abs(w).max())


@every_rule
@given(data=st.data())
def test_many_points_at_once_are_each_alone(rule, data):
    state = draw_state(data, rule, (2, 5))
    lr = data.draw(arrays(float, 5, elements=rates))  # a rate of its own for each point
    together = as_tuple(rule(cubic, *state, lr=lr))
    for i in range(5):
        alone = rule(cubic, *(a if np.ndim(a) == 0 else a[:, i] for a in state), lr=lr[i])
        assert_same([a if np.ndim(a) == 0 else a[:, i] for a in together], alone)


@every_rule
@given(data=st.data())
def test_arguments_are_not_changed(rule, data):
    state = draw_state(data, rule, 3)
    copies = [np.copy(a) for a in state]
    for a in state:
        if isinstance(a, np.ndarray):
            a.flags.writeable = False  # and an in-place write would raise
    returned = as_tuple(rule(cubic, *state, lr=0.1))
    assert_same(state, copies)
    assert not any(np.shares_memory(a, b) for a in returned for b in state)


@pytest.mark.parametrize("rule", [momentum, nag])
@given(data=st.data(), lr=rates)
def test_without_alpha_momentum_and_nag_are_sgd(rule, data, lr):
    w, v = draw_state(data, rule, 3)
    assert_same(rule(cubic, w, v, lr=lr, alpha=0.0)[0], sgd(cubic, w, lr=lr))


@given(data=st.data(), lr=rates, gamma=coefficients)
def test_adam_without_momentum_and_correction_is_rmsprop(data, lr, gamma):
    w, h = draw_state(data, rmsprop, 3)
    w_adam, _, v, _ = adam(cubic, w, 0.0, h, 10**6, lr=lr, beta1=0.0, beta2=gamma)
    assert_close((w_adam, v), rmsprop(cubic, w, h, lr=lr, gamma=gamma), w)


@given(data=st.data(), lr=rates, beta1=coefficients, beta2=coefficients)
def test_adamw_without_decay_is_adam(data, lr, beta1, beta2):
    state, hyper = draw_state(data, adam, 3), {"lr": lr, "beta1": beta1, "beta2": beta2}
    assert_same(adamw(cubic, *state, **hyper, weight_decay=0.0), adam(cubic, *state, **hyper))


@given(data=st.data(), lr=rates, decay=st.floats(0.0, 1.0))
def test_adamws_decay_is_apart_from_adam(data, lr, decay):
    w, *moments = draw_state(data, adamw, 3)
    w_adam, *moments_adam = adam(cubic, w, *moments, lr=lr)
    w_decayed, *moments_decayed = adamw(cubic, w, *moments, lr=lr, weight_decay=decay)
    assert_same(moments_decayed, moments_adam)
    assert_close(w_decayed, w_adam - lr * decay * w, w)


@given(data=st.data(), lr=rates, beta1=coefficients, beta2=st.floats(0.7, 0.999))
def test_radam_becomes_adam(data, lr, beta1, beta2):
    w, m, v, _ = draw_state(data, radam, 3)
    hyper = {"lr": lr, "beta1": beta1, "beta2": beta2}
    late = w, m, v, 10**6
    assert_close(radam(cubic, *late, **hyper), adam(cubic, *late, **hyper), w)


@pytest.mark.parametrize(
    ("beta2", "last"),
    [(0.999, 5), (0.99, 5), (0.9, 5), (0.6, None)],  # ρ∞ = 4 at β₂ = 0.6
)
def test_radams_first_steps_are_corrected_momentum(beta2, last):
    """The moving average of the gradients, unbiased, and no √v̂: up to step 5, where ρ_t ≤ 5."""
    w, m, v = np.array([1.3, -0.4]), 0.0, 0.0
    for t in range(20):
        expected_m = 0.9 * m + (1 - 0.9) * cubic(w)
        expected_w = w - 0.01 * expected_m / (1 - 0.9 ** (t + 1))
        w, m, v, _ = radam(cubic, w, m, v, t, lr=0.01, beta2=beta2)
        same = np.allclose(w, expected_w, rtol=1e-14, atol=0)
        assert same is (last is None or t + 1 <= last)


@pytest.mark.parametrize("rule", ADAPTIVE)
@given(data=st.data(), power=st.integers(-20, 20), lr=rates)
def test_adaptive_rules_do_not_see_the_scale_of_the_loss(rule, data, power, lr):
    """c·L gives the same path. A power of two as c makes the law exact in floating point."""
    w, c = data.draw(arrays(float, 3, elements=numbers)), 2.0**power
    plain, scaled = (w,), (w,)
    for _ in range(4):
        plain = rule(cubic, *plain, lr=lr, eps=0.0)
        scaled = rule(lambda w: c * cubic(w), *scaled, lr=lr, eps=0.0)
        assert_same(scaled[0], plain[0])


@pytest.mark.parametrize("rule", [sgd, momentum, nag])
@given(data=st.data(), power=st.integers(-20, 20), lr=rates)
def test_other_rules_see_the_scale_as_a_rate(rule, data, power, lr):
    """c·L at the rate η is L at the rate c·η."""
    state, c = draw_state(data, rule, 3), 2.0**power
    assert_same(rule(lambda w: c * cubic(w), *state, lr=lr), rule(cubic, *state, lr=c * lr))


@given(g=numbers, lr=rates, gamma=coefficients)
def test_first_step_of_an_adaptive_rule_is_its_rate(g, lr, gamma):
    """lr whatever the gradient; RMSProp's lr/√(1−γ), because its h starts at 0."""
    against = -np.sign(g)
    first = {rule: rule(lambda w: g, 0.0, lr=lr, eps=0.0)[0] for rule in (adagrad, adam)}
    assert first[adagrad] == pytest.approx(against * lr, rel=1e-14)
    assert first[adam] == pytest.approx(against * lr, rel=1e-12)
    w, _ = rmsprop(lambda w: g, 0.0, lr=lr, gamma=gamma, eps=0.0)
    assert w == pytest.approx(against * lr / (1 - gamma) ** 0.5, rel=1e-12)


def on_a_slope(rule, g, steps, **hyper):
    """The sizes of the steps of a rule on a constant slope g."""
    state, sizes = (0.0,), []
    for _ in range(steps):
        after = as_tuple(rule(lambda w: g, *state, **hyper))
        sizes.append(state[0] - after[0])
        state = after
    return np.array(sizes)


@pytest.mark.parametrize(
    ("rule", "hyper", "size"),
    [
        (sgd, {}, lambda k, g: g),
        (momentum, {"alpha": 0.9}, lambda k, g: g * (1 - 0.9**k) / (1 - 0.9)),  # → g/(1−α)
        (nag, {"alpha": 0.9}, lambda k, g: g * (1 - 0.9**k) / (1 - 0.9)),
        (adagrad, {"eps": 0.0}, lambda k, g: 1 / np.sqrt(k)),
        (rmsprop, {"gamma": 0.9, "eps": 0.0}, lambda k, g: 1 / np.sqrt(1 - 0.9**k)),
        (adam, {"eps": 0.0}, lambda k, g: 1.0 + 0 * k),
        (adamw, {"eps": 0.0, "weight_decay": 0.0}, lambda k, g: 1.0 + 0 * k),
        (radam, {"beta2": 0.5}, lambda k, g: g + 0 * k),
    ],
)
@given(g=sizes, lr=rates)
def test_step_sizes_on_a_constant_slope(rule, hyper, size, g, lr):
    k = np.arange(1, 201)
    expected = lr * size(k, g)
    np.testing.assert_allclose(on_a_slope(rule, g, 200, lr=lr, **hyper), expected, rtol=1e-10)


# Every kind of number -----------------------------------------------------------------------------

POINTS = [1.3, -0.4]


def descend(rule, w, steps=20, wrap=lambda step: step):
    """w after some steps, each of them wrapped, as by jax.jit."""
    step = wrap(lambda *state: as_tuple(rule(cubic, *state, lr=0.03)))
    state = (w,)
    for _ in range(steps):
        state = step(*state)
    return state[0]


@every_rule
def test_python_floats_stay_python_floats(rule):
    ends = [descend(rule, w) for w in POINTS]
    assert [type(w) for w in ends] == [float, float]
    np.testing.assert_allclose(descend(rule, np.array(POINTS)), ends, rtol=1e-14)


@every_rule
def test_float32_stays_float32(rule):
    end = descend(rule, np.array(POINTS, dtype=np.float32))
    assert end.dtype == np.float32
    np.testing.assert_allclose(end, descend(rule, np.array(POINTS)), rtol=1e-5)


@every_rule
def test_torch_tensors(rule):
    torch = pytest.importorskip("torch")
    end = descend(rule, torch.tensor(POINTS, dtype=torch.float64))
    assert torch.is_tensor(end)
    np.testing.assert_allclose(end.numpy(), descend(rule, np.array(POINTS)), rtol=1e-14)


@every_rule
def test_jax_under_jit(rule):
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    end = descend(rule, jax.numpy.array(POINTS), wrap=jax.jit)
    assert isinstance(end, jax.Array)
    np.testing.assert_allclose(end, descend(rule, np.array(POINTS)), rtol=1e-12)

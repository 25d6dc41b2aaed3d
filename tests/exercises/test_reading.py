"""Wrong answers read back: the equation that differs, how it differs, and what is marked in it."""

import inspect
import sys
import textwrap
import time

import numpy as np
import pytest

from udl.chapter import LANGUAGES
from udl.exercises.checker import HYPER, reply
from udl.exercises.reading import WORDS, Reading, compare
from udl.exercises.script import Script
from udl.exercises.symbols import Unreadable, read
from udl.exercises.workbook import EXERCISES, Rule

ADAM = """
t = t + 1
g = grad(w)
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
"""
HATS = ADAM + "a, b = m / (1 - beta1**t), v / (1 - beta2**t)\n"
RMS = "g = grad(w)\nh = gamma * h + (1 - gamma) * g * g\n"
ADA = "g = grad(w)\nh = h + g * g\n"

# exercise, answer, the equation that differs, kind, and what is said of it in both languages
WRONG = [
    # sign
    ("momentum", "v = -alpha * v - lr * grad(w)\nreturn w + v, v", "v", "sign", "α·v"),
    ("momentum", "v = alpha * v - lr * grad(w)\nreturn -w + v, v", "w", "sign", "W"),
    (
        "nag",
        "v = alpha * v + lr * grad(w + alpha * v)\nreturn w + v, v",
        "v",
        "sign",
        "η·∇L(W + α·v)",
    ),
    ("nag", "a = w + alpha * v\nv = alpha * v - lr * grad(a)\nreturn w - v, v", "w", "sign", "v"),
    (
        "adagrad",
        "g = grad(w)\nh = h - g * g\nreturn w - lr * g / (np.sqrt(h) + eps), h",
        "h",
        "sign",
        "∇L(W)",
    ),
    ("adagrad", ADA + "return w + g * lr / (np.sqrt(h) + eps), h", "w", "sign", "√h"),
    (
        "rmsprop",
        RMS.replace("gamma * h +", "gamma * h -") + "return w - lr * g / np.sqrt(h), h",
        "h",
        "sign",
        "∇L(W)",
    ),
    ("rmsprop", RMS + "return w + lr / np.sqrt(h) * g, h", "w", "sign", "η"),
    (
        "adam",
        HATS.replace("(1 - beta1) * g", "(beta1 - 1) * g")
        + "return w - lr * a / (b**0.5 + eps), m, v, t",
        "m",
        "sign",
        "β₁",
    ),
    ("adam", HATS + "return w + lr * a / (np.sqrt(b) + eps), m, v, t", "w", "sign", ""),
    # a factor too many
    ("momentum", "v = alpha * v - alpha * lr * grad(w)\nreturn w + v, v", "v", "extra factor", "α"),
    ("momentum", "v = alpha * v - lr * grad(w)\nreturn w + 2 * v, v", "w", "extra factor", "2"),
    (
        "nag",
        "v = alpha * alpha * v - lr * grad(w + alpha * v)\nreturn w + v, v",
        "v",
        "extra factor",
        "α",
    ),
    (
        "nag",
        "v = alpha * v - lr * lr * grad(w + alpha * v)\nreturn w + v, v",
        "v",
        "extra factor",
        "η",
    ),
    (
        "adagrad",
        "g = grad(w)\nh = h + lr * g**2\nreturn w - lr * g / (np.sqrt(h) + eps), h",
        "h",
        "extra factor",
        "η",
    ),
    ("adagrad", ADA + "return w - lr * g * g / (h**0.5 + eps), h", "w", "square extra", "∇L(W)"),
    (
        "rmsprop",
        RMS.replace("gamma * h", "gamma**2 * h") + "return w - lr * g / np.sqrt(h), h",
        "h",
        "extra factor",
        "γ",
    ),
    (
        "rmsprop",
        RMS + "return w - (1 - gamma) * lr * g / (np.sqrt(h) + eps), h",
        "w",
        "extra factor",
        "1 − γ",
    ),
    (
        "adam",
        HATS + "return w - lr * (1 - beta1) * a / (np.sqrt(b) + eps), m, v, t",
        "w",
        "extra factor",
        "1 − β₁",
    ),
    (
        "adam",
        HATS + "return w - lr * a / (1 - beta1**t) / (np.sqrt(b) + eps), m, v, t",
        "w",
        "extra divisor",
        "1 − β₁ᵗ",
    ),
    # a factor too few
    ("momentum", "v = v - lr * grad(w)\nreturn w + v, v", "v", "missing factor", "α"),
    ("momentum", "v = alpha * v - grad(w)\nreturn w + v, v", "v", "missing factor", "η"),
    ("nag", "v = alpha * v - grad(w + alpha * v)\nreturn w + v, v", "v", "missing factor", "η"),
    (
        "nag",
        "ahead = w + alpha * v\nv = v - lr * grad(ahead)\nreturn w + v, v",
        "v",
        "missing factor",
        "α",
    ),
    ("adagrad", ADA + "return w - g / (np.sqrt(h) + eps), h", "w", "missing factor", "η"),
    (
        "adagrad",
        ADA + "return w - lr * np.reciprocal(np.sqrt(h)), h",
        "w",
        "missing factor",
        "∇L(W)",
    ),
    (
        "rmsprop",
        "g = grad(w)\nh = gamma * h + g * (1 - gamma)\nreturn w - lr * g / np.sqrt(h), h",
        "h",
        "square missing",
        "∇L(W)",
    ),
    ("rmsprop", RMS + "return w - g / (np.sqrt(h) + eps), h", "w", "missing factor", "η"),
    (
        "adam",
        HATS.replace("(1 - beta1) * g", "g") + "return w - lr * a / (np.sqrt(b) + eps), m, v, t",
        "m",
        "missing factor",
        "1 − β₁",
    ),
    (
        "adam",
        HATS + "return w - lr * a / (np.sqrt(v) + eps), m, v, t",
        "w",
        "missing divisor",
        "1 − β₂ᵗ",
    ),
    # another variable, or the same at another time
    ("momentum", "v = alpha * w - lr * grad(w)\nreturn w + v, v", "v", "variable", "v"),
    ("momentum", "new = alpha * v - lr * grad(w)\nreturn w + v, new", "w", "too old", "v"),
    ("nag", "new = alpha * v - lr * grad(w + alpha * v)\nreturn w + v, new", "w", "too old", "v"),
    ("nag", "v = lr * v - lr * grad(w + alpha * v)\nreturn w + v, v", "v", "variable", "η"),
    (
        "adagrad",
        "g = grad(w)\nnew = h + g * g\nreturn w - lr * g / (np.sqrt(h) + eps), new",
        "w",
        "too old",
        "h",
    ),
    (
        "adagrad",
        "g = grad(w)\nh = w + g * g\nreturn w - lr * g / (np.sqrt(h) + eps), h",
        "h",
        "variable",
        "W",
    ),
    (
        "rmsprop",
        "g = grad(w)\nnew = gamma * h + (1 - gamma) * g**2\nreturn w - lr * g / np.sqrt(h), new",
        "w",
        "too old",
        "h",
    ),
    ("rmsprop", RMS + "return w - gamma * g / np.sqrt(h), h", "w", "variable", "γ"),
    (
        "adam",
        HATS.replace("(1 - beta1) * g", "(1 - beta2) * g")
        + "return w - lr * a / (b**0.5 + eps), m, v, t",
        "m",
        "variable",
        "β₂",
    ),
    (
        "adam",
        HATS.replace("beta2**t", "beta1**t") + "return w - lr * a / (b**0.5 + eps), m, v, t",
        "w",
        "variable",
        "β₁",
    ),
    # the gradient at another place
    ("momentum", "v = alpha * v - lr * grad(w + v)\nreturn w + v, v", "v", "place", "∇L(W + v)"),
    (
        "momentum",
        "v = alpha * v - lr * grad(w - alpha * v)\nreturn w + v, v",
        "v",
        "place",
        "∇L(W − α·v)",
    ),
    ("nag", "v = alpha * v - lr * grad(w + v)\nreturn w + v, v", "v", "place", "∇L(W + v)"),
    ("nag", "v = alpha * v - lr * grad(alpha * v)\nreturn w + v, v", "v", "place", "∇L(α·v)"),
    (
        "adagrad",
        "g = grad(w)\nh = h + g * grad(h)\nreturn w - lr * g / np.sqrt(h), h",
        "h",
        "place",
        "∇L(h)",
    ),
    ("adagrad", ADA + "return w - lr * grad(w - lr) / np.sqrt(h), h", "w", "place", "∇L(W − η)"),
    ("rmsprop", RMS + "return w - lr * grad(gamma * w) / np.sqrt(h), h", "w", "place", "∇L(γ·W)"),
    (
        "rmsprop",
        "h = gamma * h + (1 - gamma) * grad(2 * w) ** 2\nreturn w - lr * grad(w) / h**0.5, h",
        "h",
        "place",
        "∇L(2·W)",
    ),
    (
        "adam",
        HATS.replace("grad(w)", "grad(w + m)") + "return w - lr * a / b**0.5, m, v, t",
        "m",
        "place",
        "∇L(W + m)",
    ),
    (
        "adam",
        HATS.replace("(1 - beta2) * g * g", "(1 - beta2) * grad(v) * grad(v)")
        + "return w - lr * a / b**0.5, m, v, t",
        "v",
        "place",
        "∇L(v)",
    ),
    # a root missing, or too wide
    ("adagrad", ADA + "return w - lr * g / (h + eps), h", "w", "root missing", "h"),
    ("adagrad", ADA + "return w - lr * np.sqrt(g / h), h", "w", "root too wide", "√(∇L(W)/h)"),
    ("rmsprop", RMS + "return w - lr * g / h, h", "w", "root missing", "h"),
    ("rmsprop", RMS + "return w - lr * (g / h) ** 0.5, h", "w", "root too wide", "√(∇L(W)/h)"),
    ("adam", HATS + "return w - lr * a / (b + eps), m, v, t", "w", "root missing", "v/(1 − β₂ᵗ)"),
    ("adam", HATS + "return w - lr * np.sqrt(a / b), m, v, t", "w", "root too wide", "√"),
    # a state that is not returned
    ("momentum", "return w + alpha * v - lr * grad(w), v", "v", "kept", "v"),
    ("momentum", "u = alpha * v - lr * grad(w)\nreturn w + u, v", "v", "kept", "v"),
    ("nag", "u = alpha * v - lr * grad(w + alpha * v)\nreturn w + u, v", "v", "kept", "v"),
    ("nag", "a = w + alpha * v\nreturn a - lr * grad(a), v", "v", "kept", "v"),
    ("adagrad", "g = grad(w)\nreturn w - lr * g / (np.sqrt(h + g * g) + eps), h", "h", "kept", "h"),
    ("adagrad", "n = h + grad(w) ** 2\nreturn w - lr * grad(w) / np.sqrt(n), h", "h", "kept", "h"),
    (
        "rmsprop",
        "g = grad(w)\nn = gamma * h + (1 - gamma) * g**2\nreturn w - lr * g / n**0.5, h",
        "h",
        "kept",
        "h",
    ),
    (
        "rmsprop",
        "g = grad(w)\nreturn w - lr * g / np.sqrt(gamma * h + (1 - gamma) * g**2), h",
        "h",
        "kept",
        "h",
    ),
    (
        "adam",
        HATS.replace("t = t + 1", "s = t + 1").replace("**t", "**s")
        + "return w - lr * a / b**0.5, m, v, t",
        "t",
        "kept",
        "t",
    ),
    (
        "adam",
        HATS.replace("v = beta2", "n = beta2").replace("v / (", "n / (")
        + "return w - lr * a / (b**0.5 + eps), m, v, t",
        "v",
        "kept",
        "v",
    ),
    # a number for what is passed, a term too many or too few
    ("momentum", "v = 0.9 * v - lr * grad(w)\nreturn w + v, v", "v", "number", "0.9"),
    (
        "rmsprop",
        "g = grad(w)\nh = 0.99 * h + (1 - 0.99) * g * g\nreturn w - lr * g / np.sqrt(h), h",
        "h",
        "number",
        "0.99",
    ),
    (
        "momentum",
        "v = alpha * v - lr * grad(w)\nreturn w + v - lr * w, v",
        "w",
        "extra term",
        "η·W",
    ),
    ("nag", "v = -lr * grad(w + alpha * v)\nreturn w + v, v", "v", "missing term", "α·v"),
    (
        "adagrad",
        "g = grad(w)\nh = g * g\nreturn w - lr * g / (np.sqrt(h) + eps), h",
        "h",
        "missing term",
        "h",
    ),
    (
        "rmsprop",
        RMS + "return w - lr * g / (np.sqrt(h) + eps) - lr * w, h",
        "w",
        "extra term",
        "η·W",
    ),
    ("adagrad", ADA + "return w - lr * g / (np.sqrt(h) + h), h", "w", "extra term", "h"),
    (
        "nag",
        "v = alpha * (v - lr * grad(w + alpha * v))\nreturn w + v, v",
        "v",
        "shared factor",
        "α",
    ),
    # what NumPy and Python do otherwise than mathematics
    ("sgd", "return w - 0.01 * grad(w)", "w", "number", "0.01"),
    ("momentum", "v = alpha * v - lr * abs(grad(w))\nreturn w + v, v", "v", "wrapped", "abs"),
    ("momentum", "u = alpha * v - lr * grad(w)\nreturn w, u", "w", "kept", "W + v"),
    ("adagrad", ADA + "return w - lr // (np.sqrt(h) + eps) * g, h", "w", "floor", "η"),
    ("adagrad", ADA + "return w - lr * g / (h**1/2 + eps), h", "w", "halved", "√h"),
    ("adagrad", ADA + "return w - lr * g / np.sqrt(h) + eps, h", "w", "eps", "√h + ε"),
    ("rmsprop", RMS + "return w - (lr / np.sqrt(h) + eps) * g, h", "w", "eps", "√h + ε"),
    (
        "adagrad",
        "g = grad(w)\nh = h + 2 * g\nreturn w - lr * g / np.sqrt(h), h",
        "h",
        "doubled",
        "∇L(W)",
    ),
    (
        "adam",
        ADAM + "a, b = m / 1 - beta1**t, v / (1 - beta2**t)\nreturn w - lr * a / b**0.5, m, v, t",
        "w",
        "parentheses",
        "m/(1 − β₁ᵗ)",
    ),
    # pieces
    ("slope", "return (loss(w + h) - loss(w - h)) // (2 * h)", "", "floor", "2·h"),
    ("slope", "return (loss(w + 1e-4) - loss(w - 1e-4)) / 2e-4", "", "unused", "h"),
    ("correction", "return m / 1 - beta**t", "", "parentheses", "m/(1 − βᵗ)"),
    ("slope", "return (loss(w - h) - loss(w + h)) / (2 * h)", "", "sign", "L(W"),
    ("slope", "return -(loss(w + h) - loss(w - h)) / (2 * h)", "", "sign", "L(W"),
    ("slope", "return (loss(w + h) - loss(w - h)) / h", "", "missing divisor", "2"),
    ("slope", "return (loss(w + h) - loss(w - h)) / (2 * h * h)", "", "extra divisor", "h"),
    (
        "slope",
        "return (loss(w + 2 * h) - loss(w - h)) / (2 * h)",
        "",
        "place of loss",
        "L(W + 2·h)",
    ),
    ("slope", "return (loss(w + h) - loss(w)) / (2 * h)", "", "place of loss", "L(W)"),
    ("correction", "return m / (1 + beta**t)", "", "sign", "βᵗ"),
    ("correction", "return m * (1 - beta**t)", "", "multiplies", "1 − βᵗ"),
    ("correction", "return m / (1 - t**beta)", "", "other", "t^β"),
    ("correction", "return m / np.sqrt(1 - beta**t)", "", "root extra", "√(1 − βᵗ)"),
    ("correction", "return beta * m / (1 - beta**t)", "", "extra factor", "β"),
    ("correction", "return m", "", "missing divisor", "1 − βᵗ"),
]


def made(name, body):
    """The function that a body becomes, of what the exercise passes."""
    exercise = EXERCISES[name]
    if isinstance(exercise, Rule):
        parameters = inspect.signature(exercise.right).parameters
        hyper = [p for p in parameters if p in HYPER]
        eps = ["eps"] if "eps" in body else []
        states = [p.name for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
        given = ", ".join([*states, "*", *hyper, *eps])
    else:
        given = ", ".join(inspect.signature(exercise.right).parameters)
    names = {"np": np}
    exec(f"def answer({given}):\n{textwrap.indent(body.strip(), '    ')}", names)
    return names["answer"]


@pytest.mark.parametrize(
    ("name", "body", "line", "kind", "said"),
    WRONG,
    ids=[f"{w[0]}-{w[3]}" for w in WRONG],
)
def test_a_wrong_answer_is_read_back_and_how_it_differs_is_said(name, body, line, kind, said):
    told = reply(made(name, body), name).reading
    for lang in LANGUAGES:
        reading = Reading(told.yours, told.rule, told.apart, told.found, lang)
        (difference,) = reading.found[line]
        assert (reading.apart[0], difference.kind) == (line, kind)
        first, _, _ = WORDS[lang][kind].replace("{right}", "{").partition("{")
        assert first.capitalize() in reading.sentence or first in reading.sentence
        assert said in reading.sentence
        assert "~" in repr(reading), repr(reading)
        assert r"\boxed{" in reading._repr_latex_()


def test_there_are_two_wrong_answers_of_each_kind_for_each_rule():
    groups = [
        {"sign"},
        {"extra factor", "extra divisor", "square extra"},
        {"missing factor", "missing divisor", "square missing"},
        {"variable", "too old"},
        {"place"},
        {"kept"},
    ]
    for name in ("momentum", "nag", "adagrad", "rmsprop", "adam"):
        for kinds in groups:
            assert sum(w[0] == name and w[3] in kinds for w in WRONG) >= 2, (name, kinds)
    assert all(sum(w[0] == name for w in WRONG) >= 6 for name in ("slope", "correction"))


HYPER_NAMES = ["lr", "alpha"]


def equations(function):
    return read(function, ["w", "v"], HYPER_NAMES)


def looping(grad, w, v, *, lr, alpha):
    while abs(v) > 0.1:
        v = alpha * v
    return w + v, v


def casting(grad, w, v, *, lr, alpha):
    v = float(alpha) * v - lr * grad(w)
    return w + v, v


def long(grad, w, v, *, lr, alpha):
    for _ in range(10**9):
        v = alpha * v
    return w + v, v


def swallowing(grad, w, v, *, lr, alpha):
    try:
        v = float(v)
    except Exception:
        v = 0.0
    return w + v, v


def growing(grad, w, v, *, lr, alpha):
    for _ in range(60):
        v = v * v + grad(v)
    return w + v, v


def failing(grad, w, v, *, lr, alpha):
    return w + v.nothing, v


def of_words(grad, w, v, *, lr, alpha):
    return "w", v


def of_nan(grad, w, v, *, lr, alpha):
    return w * np.nan, v


def of_one(grad, w, v, *, lr, alpha):
    return w


@pytest.mark.parametrize(
    "function",
    [looping, casting, long, swallowing, growing, failing, of_words, of_nan, of_one],
    ids=lambda function: function.__name__,
)
def test_what_is_no_equation_is_not_read(function):
    began = time.perf_counter()
    with pytest.raises(Unreadable):
        equations(function)
    assert time.perf_counter() - began < 10  # a second, on a machine that does nothing else


@pytest.mark.parametrize(
    ("body", "equation"),
    [
        ("v *= alpha\nv -= lr * grad(w)\nreturn w + v, v", "v·α − η·∇L(W)"),
        ("v = np.subtract(np.multiply(alpha, v), lr * grad(w))\nreturn w + v, v", "α·v − η·∇L(W)"),
        ("v = np.float64(2) * v / np.square(alpha)\nreturn w + v, v", "2·v/α²"),
        ("v = np.zeros_like(v) + 0.5 * abs(v)\nreturn w + v, v", "0.5·abs(v)"),
        (
            "v = (v + 1) * (1 - alpha) ** 0.5 - (lr - 2)\nreturn w + v, v",
            "(v + 1)·√(1 − α) − (η − 2)",
        ),
        ("v = 1e-7 - v**alpha\nreturn w + v, v", "1e-7 − v^α"),
        ("v = np.maximum(v, 1.5) * v.sum()\nreturn w + v, v", "maximum(v, 1.5)·Σ(v)"),
    ],
)
def test_an_equation_is_shown_as_it_was_written(body, equation):
    read_back = equations(made("momentum", body))
    assert Script().write(read_back["v"]) == equation


def test_an_equation_is_mathematics_in_a_notebook():
    wrong = made("momentum", "v = alpha * v + lr * grad(w)\nreturn w + v, v")
    (_, _, reading) = reply(wrong, "momentum", "en")
    assert reading._repr_latex_() == (
        r"$\begin{array}{ll}"
        r"\displaystyle v \leftarrow \alpha v\;\boxed{+\;\eta \nabla L(W)}"
        r" & \quad\text{yours} \\[6pt] "
        r"\displaystyle v \leftarrow \alpha v\;\boxed{-\;\eta \nabla L(W)}"
        r" & \quad\text{the rule} \\[6pt] "
        r"\displaystyle W \leftarrow W + v & \quad\text{both}\end{array}$"
    )


def test_what_is_said_of_two_lines_is_said_once_and_marked_in_both():
    body = HATS.replace("beta1 * m + (1 - beta1)", "beta2 * m + (1 - beta2)")
    body = body.replace("beta2 * v + (1 - beta2)", "beta1 * v + (1 - beta1)")
    reading = reply(made("adam", body + "return w - lr * a / b**0.5, m, v, t"), "adam").reading
    assert reading.sentence == "m의 식에서 β₁, β₂의 자리가 서로 바뀌었다."
    assert reading._repr_latex_().count(r"\boxed{\beta_") == 8


@pytest.mark.parametrize("name", ["sgd", "momentum", "nag", "adagrad", "rmsprop", "adam", "adamw"])
def test_a_rule_does_not_differ_from_itself(name):
    exercise = EXERCISES[name]
    parameters = inspect.signature(exercise.right).parameters
    names = [p for p in parameters if p in ("w", "v", "h", "m", "t")]
    rule = read(exercise.right, names, [p for p in parameters if p in HYPER or p == "eps"])
    reading = compare(rule, rule)
    assert (reading.apart, reading.sentence) == ([], "")


def test_what_the_symbols_say_and_the_numbers_do_not_is_not_shown():
    def answer(grad, w, v=0.0, *, lr, alpha):
        if not isinstance(v, (float, np.ndarray)):  # such as a symbol
            return w, v
        v = alpha * v + lr * grad(w)
        return w + v, v

    assert reply(answer, "momentum").reading is None


def test_without_sympy_there_are_numbers(monkeypatch):
    monkeypatch.setitem(sys.modules, "sympy", None)
    told = reply(
        made("momentum", "v = alpha * v - lr * w - lr * grad(w)\nreturn w + v, v"), "momentum"
    )
    assert told.reading is None
    assert "규칙은 w = " in told.lines[0]

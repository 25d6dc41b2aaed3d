"""The chapter's fourteen equations, evaluated from their LaTeX, are the rules.

The equations of a section are run as a program on random numbers: each assigns the value of its
right side to its left side, in the chapter's order. What the program leaves must be what the rule
returns. The chapter's AdaGrad and RMSProp have no ε, its Adam has ε inside the root.
"""

import re
from functools import cache

import numpy as np
import pytest
import sympy
from sympy.parsing.latex import parse_latex

from udl import ema
from udl.figures.equations import EQUATIONS
from udl.steps import adagrad, adam, momentum, nag, rmsprop, sgd

PLAIN = [  # LaTeX that sympy does not read, and a plain name for it; the longer first
    (r"\frac{\partial L}{\partial \widehat{W}}", "A"),  # the gradient at Ŵ
    (r"\frac{\partial L}{\partial W}", "G"),  # the gradient at W
    (r"\frac{\partial}{\partial w} L(w)", "G"),
    (r"\widehat{W}", "F"),
    (r"\widehat{m}_t", "M"),
    (r"\widehat{v}_t", "V"),
    ("g_t^2", "q"),
    ("W_{t-1}", "W"),
    ("v_{t-1}", "v"),
    ("m_{t-1}", "m"),
    ("s_{n+1}", "r"),
    (r"\odot", r"\cdot"),
]


def plain(formula):
    for latex, name in PLAIN:
        formula = formula.replace(latex, f" {name} " if name.isalpha() else name)
    return formula


@cache
def read(formula):
    """The left side's name, and the right side as a function with the names it needs."""
    equation = parse_latex(formula, backend="lark")
    if not isinstance(equation, sympy.Eq):  # a forest, where a product can be read in two orders
        equation, *others = equation.children
        assert all(other == equation for other in others)
    left = str(equation.lhs)
    names = sorted(equation.rhs.free_symbols, key=str)
    right = sympy.lambdify(names, equation.rhs, modules="numpy")
    return left, right, [name.name for name in names]


def execute(formulas, values, grad):
    """Run the formulas as assignments, in order; G and A are the gradients at W and at Ŵ."""
    values = dict(values)
    for formula in formulas:
        left, right, names = read(formula)
        at = {"G": "w" if "w" in values else "W", "A": "F"}
        given = [grad(values[at[name]]) if name in at else values[name] for name in names]
        values[left] = right(*given)
    return values


# The numbers of a program's equations; the rule with the same inputs; the names of what it returns.
# x holds 50 random numbers under each name, all above 0; t and the coefficients are one number.
SECTIONS = {
    "SGD": ([1], lambda grad, x: sgd(grad, x["w"], lr=x["eta"]), "w"),
    "Momentum": (
        [2, 3],
        lambda grad, x: momentum(grad, x["W"], x["v"], lr=x["eta"], alpha=x["alpha"]),
        "W v",
    ),
    "NAG": (
        [4, 3],
        lambda grad, x: nag(grad, x["W"], x["v"], lr=x["eta"], alpha=x["alpha"]),
        "W v",
    ),
    "AdaGrad": (
        [5, 6],
        lambda grad, x: adagrad(grad, x["W"], x["h"], lr=x["eta"], eps=0),
        "W h",
    ),
    "moving average": (
        [7],
        lambda grad, x: ema([x["x_{n}"]], x["alpha"], start=x["s_{n}"])[1],
        "r",
    ),
    "RMSProp": (
        [8, 9],
        lambda grad, x: rmsprop(grad, x["W"], x["h"], lr=x["eta"], gamma=x["gamma"], eps=0),
        "W h",
    ),
    "Adam": (
        [10, 11, 12, 13, 14],
        lambda grad, x: adam(
            grad,
            *(x["W"], x["m"], x["v"], x["t"] - 1),
            lr=x["alpha"],
            beta1=x["beta_{1}"],
            beta2=x["beta_{2}"],
            eps=0,
            eps_root=x["epsilon"],
        ),
        "W_{t} m_{t} v_{t} t",
    ),
}
EACH = pytest.mark.parametrize("section", SECTIONS)


def program(section):
    """The formulas of a section, in order and in plain names."""
    return [
        plain(formula)
        for number in SECTIONS[section][0]
        for row in EQUATIONS[number].rows
        for formula in row
    ]


def gap(section, formulas, scale=1.0, epsilon=0.1):
    """How far what the formulas leave is from what the rule returns, as a share of the latter.

    Gradients, and what remembers them, are about `scale`.
    """
    rng = np.random.default_rng(0)
    x = {name: rng.uniform(0.1, 2.0, 50) for name in ("W", "v", "h", "m", "x_{n}", "s_{n}")}
    x |= {name: rng.uniform(0.1, 0.9) for name in ("eta", "alpha", "gamma", "beta_{1}", "beta_{2}")}
    x |= {"t": 3, "epsilon": epsilon}
    if section == "SGD":  # whose parameter is a small w
        x["w"] = x.pop("W")
    slopes = rng.uniform(-1, 1, 50) * scale
    x |= {"m": x["m"] * scale, "v": x["v"] * scale**2}

    def grad(w):
        return slopes * (1 + w)

    _, rule, names = SECTIONS[section]
    left, right = execute(formulas, x, grad), rule(grad, x)
    pairs = zip(names.split(), right if isinstance(right, tuple) else [right], strict=True)
    return np.max([np.abs(left[name] - value).max() / np.abs(value).max() for name, value in pairs])


def test_every_equation_is_in_a_section():
    assert sorted(EQUATIONS) == list(range(1, 15))
    assert {number for numbers, _, _ in SECTIONS.values() for number in numbers} == set(EQUATIONS)


@EACH
def test_equations_are_the_rule(section):
    assert gap(section, program(section)) < 1e-12


def test_chapters_epsilon_stands_inside_the_root():
    """At the usual 1e-8 that is seen only where √v̂ is small."""
    formulas = program("Adam")
    moved = [f.replace(r"\sqrt{ V  + \epsilon}", r"\sqrt{ V } + \epsilon") for f in formulas]
    assert moved != formulas
    assert gap("Adam", formulas, scale=1e-4, epsilon=1e-8) < 1e-12
    assert gap("Adam", moved, scale=1e-4, epsilon=1e-8) > 1e-2
    assert gap("Adam", moved, epsilon=1e-8) < 1e-6


CHANGES = [
    (r"\+", "-"),
    ("-", "+"),
    (r"\\alpha", r"\\eta "),
    (r"\\eta", "2 "),
    (r"\\gamma", "2 "),
    (r"\\beta_1", r"\\beta_2"),
    (r"\\beta_2", r"\\beta_1"),
    (r"\^t", "^2"),
    (r"\\sqrt\{ ?h ?\}", "h"),
    (r"G \\cdot +G", "G"),
    (r"= *G", "= 2 G"),
    (r"A", "G"),
]


def mutants():
    """Every single place in the equations where a sign, a name or a power can be changed."""
    for section in SECTIONS:
        formulas = program(section)
        for i, formula in enumerate(formulas):
            for old, new in CHANGES:
                for place in re.finditer(old, formula):
                    changed = formula[: place.start()] + re.sub(old, new, place[0])
                    changed += formula[place.end() :]
                    yield pytest.param(section, i, changed, id=f"{section}: {changed}")


def test_mutants_reach_every_equation():
    reached = {(section, i) for section, i, _ in (m.values for m in mutants())}
    assert reached == {(s, i) for s in SECTIONS for i in range(len(program(s)))}


@pytest.mark.parametrize(("section", "i", "changed"), list(mutants()))
def test_a_changed_equation_is_noticed(section, i, changed):
    formulas = program(section)
    assert changed != formulas[i]
    formulas[i] = changed
    with np.errstate(invalid="ignore"):  # the root of a negative number is noticed too
        assert not gap(section, formulas) < 1e-6

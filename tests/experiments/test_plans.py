"""Every start, rate and α stands once: in the plans."""

import ast
from pathlib import Path

import numpy as np
import pytest

import udl
from udl import steps
from udl.experiments import plans

ROLES = {"lr", "alpha", "gamma", "beta1", "beta2", "w0", "start", "starts", "rate", "rates"}
UNITS = {0.0, 1.0}  # a step in units of the rate, a memory switched off: no choice of ours
PACKAGE = Path(udl.__file__).parent
OTHERS = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != Path(plans.__file__) and path != PACKAGE / "steps.py"
]


def numbers(node):
    """The numbers that an expression writes down: its own, or those of a tuple, list or array."""
    match node:
        case ast.Constant(value=bool()):
            return []
        case ast.Constant(value=int() | float() as value):
            return [float(value)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return [-n for n in numbers(operand)]
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return [n for part in parts for n in numbers(part)]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=attr), args=parts):
            parts = [] if attr == "reshape" else parts
            return [n for part in parts for n in numbers(part)]
    return []


def constants(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    return {n for node in ast.walk(tree) if isinstance(node, ast.Constant) for n in numbers(node)}


def marked():
    """The numbers of the plans that nobody else would hit upon: they have three digits or more."""
    own = constants(plans) - constants(steps)
    return {
        n
        for n in own
        if (0.001 < n < 0.99 or 1 < n < 10) and len(f"{n:g}".replace(".", "").strip("0")) >= 3
    }


def written(source, drawing=False):
    """Where a source writes a start, a rate or a coefficient as a number: list of str."""
    found, unmistakable, tree = [], marked(), ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    forms = [node for node in calls if getattr(node.func, "id", "") == "Form"]
    librarys = {inner for node in forms for inner in ast.walk(node)}  # their defaults, no choice
    for node in set(ast.walk(tree)) - librarys:
        if isinstance(node, ast.FunctionDef):
            if [a.arg for a in node.args.args[:1]] == ["grad"]:
                continue  # a rule: its defaults are its own
            pairs = [*zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
            pairs += zip(node.args.args[::-1], node.args.defaults[::-1], strict=False)
            given = [(argument.arg, value) for argument, value in pairs if value]
        elif isinstance(node, ast.Call):
            given = [(keyword.arg, keyword.value) for keyword in node.keywords]
        elif isinstance(node, ast.Dict):
            given = [
                (getattr(k, "value", ""), v) for k, v in zip(node.keys, node.values, strict=True)
            ]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given = [(node.targets[0].id.lower(), node.value)]
        else:
            given = []
        for name, value in given:
            if drawing and name == "alpha" and "lr" not in dict(given):
                continue  # how much shines through
            if name in ROLES and set(numbers(value)) - UNITS:
                found.append(f"{value.lineno}: {name} = {ast.unparse(value)}")
        if isinstance(node, ast.Constant) and set(numbers(node)) & unmistakable:
            found.append(f"{node.lineno}: {node.value}")
    return found


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_start_and_no_rate_stands_anywhere_else(path):
    drawing = path.relative_to(PACKAGE).parts[0] in ("figures", "explore", "lecture")
    assert written(path.read_text(encoding="utf-8"), drawing) == []


@pytest.mark.parametrize(
    "source",
    [
        "run(sgd, CHAPTER, w, 40, lr=0.2)",
        "run(sgd, CHAPTER, w, 40, lr=np.array([0.1, 0.3]))",
        "d = run(sgd, CHAPTER, 1.355, 40, lr=lr)",
        "START = -7.0, 2.0",
        "RATES = np.geomspace(0.01, 4, 200)",
        "FIGURE_6 = {'lr': lr, 'alpha': 0.9}",
        "def course(seed, *, lr=0.3): pass",
        "def course(seed, rate=0.3): pass",
    ],
)
def test_a_number_that_stands_elsewhere_is_found(source):
    assert len(written(source)) == 1


def test_units_names_and_the_defaults_of_rules_are_no_copies():
    source = "run(sgd, loss, plan.w0, 40, lr=plan.lr); steps_under(sgd, g, lr=1.0)\n"
    source += "def rule(grad, w, v=0.0, *, lr, alpha=0.9): pass"
    assert written(source) == []


def test_the_manifest_s_words_are_the_settings_names():
    assert plans.COST.parameters()["seeds that count"] == plans.COST.seeds_that_count
    assert plans.FIGURE_6.momentum.parameters() == {
        "rule": "momentum",
        "loss": "chapter",
        "start": plans.START,
        "steps": 300,
        "lr": 0.2,
        "alpha": 0.9,
    }
    np.testing.assert_array_equal(plans.FIGURE_6.momentum.run().w, plans.descents(6)["momentum"].w)


def test_no_plan_has_the_name_of_another():
    # the later one would take its place without a word
    tree = ast.parse(Path(plans.__file__).read_text(encoding="utf-8"))
    targets = [
        target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
    ]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    assert len(names) == len(set(names))

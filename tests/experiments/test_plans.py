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
    """The numbers that an expression writes down: its own, those of a tuple, an array, a choice."""
    match node:
        case ast.Constant(value=bool()):
            parts = []
        case ast.Constant(value=int() | float() as value):
            return [float(value)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return [-n for n in numbers(operand)]
        case ast.BinOp(left=left, right=right):  # 2 * 0.1, but not 2 / curvature
            parts = [left, right] if numbers(left) and numbers(right) else []
        case ast.IfExp(body=body, orelse=orelse):
            parts = [body, orelse]
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            pass
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=attr), args=parts):
            parts = [] if attr in ("reshape", "tile") else parts
        case ast.Call(func=ast.Name(id="float"), args=parts):
            pass
        case _:
            parts = []
    return [n for part in parts for n in numbers(part)]


# Where a start or a rate stands without its name: the place in the call.
PLACES = {
    **dict.fromkeys(("run", "final", "survey", "Plan", "iterate"), (2, "w0")),
    **dict.fromkeys(("Linear", "Cosine", "InverseRoot"), (0, "lr")),
}


def bound(target, value):
    """What an assignment or a loop gives a name: pairs."""
    match target, value:
        case ast.Name(id=name) | ast.Attribute(attr=name), _:
            yield name.lower(), value
        case ast.Subscript(slice=ast.Constant(value=name)), _:
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values):
            for pair in zip(targets, values, strict=False):
                yield from bound(*pair)


def named(node):
    """What a node gives to names, as (name, expression): list of pairs."""
    match node:
        case ast.FunctionDef(args=a) | ast.AsyncFunctionDef(args=a) | ast.Lambda(args=a):
            places = [*a.posonlyargs, *a.args]
            if [place.arg for place in places[:1]] == ["grad"]:
                return []  # a rule: its defaults are its own
            pairs = [*zip(a.kwonlyargs, a.kw_defaults, strict=True)]
            pairs += zip(places[::-1], a.defaults[::-1], strict=False)
            return [(argument.arg, value) for argument, value in pairs if value]
        case ast.Call(func=function, args=args, keywords=keywords):
            place, name = PLACES.get(getattr(function, "id", ""), (len(args), ""))
            pairs = [(name, value) for value in args[place : place + 1]]
            return pairs + [(keyword.arg, keyword.value) for keyword in keywords]
        case ast.Dict(keys=keys, values=values):
            return [(getattr(k, "value", ""), v) for k, v in zip(keys, values, strict=True)]
        case ast.Assign(targets=targets, value=value):
            return [pair for target in targets for pair in bound(target, value)]
        case ast.AnnAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
            return [*bound(target, value)]
        case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
            return [*bound(target, value)]
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
        given = named(node)
        for name, value in given:
            if drawing and name == "alpha" and "lr" not in dict(given):
                continue  # how much shines through
            if ROLES & {*str(name).split("_")} and set(numbers(value)) - UNITS:
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
        "d = walked_from(1.355)",  # a number of the plans alone, whatever it is called
        "START = -7.0, 2.0",
        "RATES = np.geomspace(0.01, 4, 200)",
        "FIGURE_6 = {'lr': lr, 'alpha': 0.9}",
        "def course(seed, *, lr=0.3): pass",
        "def course(seed, rate=0.3): pass",
        "run(sgd, RAVINE, [-7.0, 2.0], 40, lr=lr)",
        "iterate(sgd, RAVINE.grad, 2.2, lr=lr)",
        "Plan(sgd, CHAPTER, START, 40, lr=2 * 0.1)",
        "run(sgd, CHAPTER, START, 40, lr=0.1 if careful else 1.0)",
        "falling = Linear(0.3, 200)",
        "lr, alpha = plan.lr, 0.9",
        "learning_rate: float = 0.2",
        "self.lr = 0.2",
        "hyper['lr'] = 0.2",
        "for lr in (0.1, 0.2): pass",
        "ends = [end(lr) for lr in (0.1, 0.2)]",
        "course = lambda lr=0.2: lr",
    ],
)
def test_a_number_that_stands_elsewhere_is_found(source):
    assert len(written(source)) == 1


def test_units_names_and_the_defaults_of_rules_are_no_copies():
    source = "run(sgd, loss, plan.w0, 40, lr=plan.lr); steps_under(sgd, g, lr=1.0)\n"
    source += "def rule(grad, w, v=0.0, *, lr, alpha=0.9): pass\n"
    source += "run(sgd, loss, START, 40, lr=2 / curvature)"  # of a theory
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

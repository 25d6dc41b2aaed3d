"""Each mistake, planted in the package, makes the tests of what it replaces fail."""

import inspect
import re
import traceback

import pytest
import test_averages
from golden.record_torch import CASES, FILE
from numpy import load
from test_steps import compare_steps

from udl import steps
from udl.exercises.mistakes import MISTAKES, edited
from udl.exercises.workbook import EXERCISES, Rule

WITH_RULES = [m for m in MISTAKES if isinstance(EXERCISES[m.exercise], Rule)]


def each(mistakes):
    return pytest.mark.parametrize("known", mistakes, ids=lambda known: known.function.__name__)


@pytest.fixture(scope="module")
def torch_values():
    with load(FILE) as file:
        return dict(file)


@each(WITH_RULES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a mistake may well divide by 0
def test_a_mistake_planted_in_a_rule_is_found(known, torch_values, monkeypatch):
    planted = known.function
    monkeypatch.setattr(steps, known.exercise, planted)
    cases = [name for name, (rule, _, _) in CASES.items() if rule == known.exercise]
    found = 0
    for name in cases:
        try:
            compare_steps(getattr(steps, known.exercise), name, torch_values)
        except (AssertionError, ZeroDivisionError):
            found += 1
        if found >= len(cases) / 2:
            return
    pytest.fail(f"{found} of {len(cases)}")


@each([m for m in MISTAKES if m.exercise == "ema"])
def test_a_mistake_planted_in_the_average_is_found(known, monkeypatch):
    monkeypatch.setattr(test_averages, "ema", known.function)
    with pytest.raises(AssertionError):
        test_averages.test_average_by_hand([8.0, 4.0], 0.25, 0.0, [0.0, 2.0, 2.5])


@each(MISTAKES)
def test_a_mistake_is_called_as_what_it_misses(known):
    exercise = EXERCISES[known.exercise]
    allowed = inspect.signature(exercise.right).parameters
    for name, parameter in inspect.signature(known.function).parameters.items():
        assert name in allowed or parameter.kind is parameter.VAR_KEYWORD


@pytest.mark.parametrize(("old", "times"), [("w - rate", 0), ("lr", 2), ("Stochastic", 0)])
def test_an_edit_of_what_does_not_stand_once_is_refused(old, times):
    message = f"edit of slow must name what stands once in sgd, not {old!r}, which stands {times}"
    with pytest.raises(ValueError, match=re.escape(message)):
        edited(steps.sgd, "slow", {old: "0"})


def test_an_edit_leaves_the_right_function_and_shows_its_own_line_where_it_fails():
    wrong = edited(steps.sgd, "wrong", {"w - lr": "w / 0 - lr"})
    assert steps.sgd(lambda w: 2 * w, 1.0, lr=0.25) == 0.5
    with pytest.raises(ZeroDivisionError) as failed:
        wrong(lambda w: 2 * w, 1.0, lr=0.25)
    last = traceback.extract_tb(failed.tb)[-1]
    assert (last.filename, last.name, last.lineno) == ("<wrong>", "wrong", 2)
    assert last.line.startswith("return w / 0 - lr * grad(w)")


def test_no_two_mistakes_have_one_name():
    assert len({known.function.__name__ for known in MISTAKES}) == len(MISTAKES)

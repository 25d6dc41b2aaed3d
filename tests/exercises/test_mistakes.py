"""Each mistake, planted in the package, makes the tests of what it replaces fail."""

import inspect

import pytest
import test_averages
from golden.record_torch import CASES, FILE
from numpy import load
from test_steps import compare_steps

from udl import steps
from udl.exercises.mistakes import MISTAKES
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
    assert found >= len(cases) / 2


@each([m for m in MISTAKES if m.exercise == "ema"])
def test_a_mistake_planted_in_the_average_is_found(known, monkeypatch):
    monkeypatch.setattr(test_averages, "ema", known.function)
    with pytest.raises(AssertionError):
        test_averages.test_average_by_hand([8.0, 4.0], 0.25, 0.0, [0.0, 2.0, 2.5])


@each(MISTAKES)
def test_a_mistake_is_called_as_what_it_misses(known):
    exercise = EXERCISES[known.exercise]
    right = getattr(steps, exercise.name) if isinstance(exercise, Rule) else exercise.right
    allowed = inspect.signature(right).parameters
    for name, parameter in inspect.signature(known.function).parameters.items():
        assert name in allowed or parameter.kind is parameter.VAR_KEYWORD

"""Each mistake, planted in the package, makes the comparison with torch fail."""

import inspect

import pytest
from golden.record_torch import CASES, FILE
from numpy import load
from test_steps import compare_steps

from udl import steps
from udl.mistakes import MISTAKES


@pytest.fixture(scope="module")
def torch_values():
    with load(FILE) as file:
        return dict(file)


@pytest.mark.parametrize("known", MISTAKES, ids=lambda known: known.step.__name__)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a mistake may well divide by 0
def test_a_planted_mistake_is_found(known, torch_values, monkeypatch):
    planted = known.step
    monkeypatch.setattr(steps, known.rule, planted)
    cases = [name for name, (rule, _, _) in CASES.items() if rule == known.rule]
    found = 0
    for name in cases:
        try:
            compare_steps(getattr(steps, known.rule), name, torch_values)
        except (AssertionError, ZeroDivisionError):
            found += 1
    assert found >= len(cases) / 2


@pytest.mark.parametrize("known", MISTAKES, ids=lambda known: known.step.__name__)
def test_a_mistake_is_called_as_its_rule(known):
    rule = inspect.signature(getattr(steps, known.rule)).parameters
    for name, parameter in inspect.signature(known.step).parameters.items():
        assert name in rule or parameter.kind is parameter.VAR_KEYWORD

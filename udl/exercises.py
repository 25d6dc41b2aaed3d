"""Answers checked, mistakes named.

>>> def my_momentum(grad, w, v=0.0, *, lr, alpha=0.9):
...     v = v - alpha * lr * grad(w)
...     return w + v, v
>>> check(my_momentum, "momentum", lang="en")
Not yet. On a single number, step 1: yours gives w = 1.30278, the rule w = 1.30309.
α stands at the gradient; it says how much of the past velocity is kept.
"""

import contextlib
import inspect
import io
import warnings
from dataclasses import dataclass

import numpy as np

from udl import steps
from udl.mistakes import MISTAKES

RULES = ("sgd", "momentum", "nag", "adagrad", "rmsprop", "adam", "adamw", "radam")
STEPS = 9
SOLVED = set()  # the rules solved since the kernel started


def _cubic(w):
    """A gradient by operators alone, of both signs."""
    return w * w * w - 2 * w + 0.3


def _faint(w):
    """A gradient so small that ε can be seen."""
    return 1e-5 * (w * w * w - 2 * w + 0.3)


@dataclass(frozen=True)
class Problem:
    """A descent on which an answer is tried."""

    ko: str
    en: str
    grad: object
    w0: object


PROBLEMS = (
    Problem("숫자 하나", "a single number", _cubic, np.float64(1.3)),
    Problem("원소가 셋인 배열", "an array of three", _cubic, np.array([1.3, -0.4, 0.2])),
    Problem("2×2 행렬", "a 2 × 2 matrix", _cubic, np.array([[0.9, -1.7], [0.1, 1.1]])),
    Problem("아주 작은 그래디언트", "a very small gradient", _faint, np.array([1.3, -0.4])),
)
HYPER = {
    "lr": 0.03,
    "alpha": 0.9,
    "gamma": 0.8,
    "beta1": 0.7,
    "beta2": 0.9,
    "weight_decay": 0.2,
}

WORDS = {
    "ko": {
        "right": "맞다. {name}과(와) 모든 문제에서 같은 걸음을 걷는다.",
        "empty": "아직 답이 비어 있다. TODO를 채우고 다시 돌리자.",
        "differs": "아직 아니다. {problem}, {step}걸음째: 답은 {what} = {yours}, 규칙은 {rule}.",
        "call": "부를 수가 없다. `{call}`로 부르니 인수와 이름을 맞추자. ({error})",
        "raised": "{problem}에서 돌다가 멈췄다. {error}",
        "loop": "숫자 하나에서는 돌지만 {problem}에서 멈춘다. `if`나 `float()` 없이 배열 전체를"
        " 한 번에 계산하자. ({error})",
        "count": "돌려준 값이 {got}개다. `return {wanted}`처럼 {need}개를 돌려준다.",
        "shape": "{problem}: {what}의 모양이 {got}이다. 파라미터와 같은 {need}이어야 한다.",
        "number": "{what} 자리에 숫자가 아닌 {got}을(를) 돌려주었다.",
        "in place": "받은 {what}의 값을 바꾸어 버렸다. `w += …` 대신 `w = w + …`처럼"
        " 새 값을 만들자.",
    },
    "en": {
        "right": "Right. It takes the same steps as {name} on every problem.",
        "empty": "There is no answer yet. Fill in the TODO and run the cell again.",
        "differs": "Not yet. On {problem}, step {step}: yours gives {what} = {yours}, the rule"
        " {what} = {rule}.",
        "call": "It cannot be called as `{call}`: match the arguments and their names. ({error})",
        "raised": "It stopped on {problem}. {error}",
        "loop": "It works for a single number and stops on {problem}: compute the whole array at"
        " once, without `if` or `float()`. ({error})",
        "count": "It returns {got} value(s) and should return {need}, as in `return {wanted}`.",
        "shape": "On {problem} {what} has shape {got}; it must have the parameter's, {need}.",
        "number": "{what} is not a number but {got}.",
        "in place": "It changes the {what} it was given: make a new value, `w = w + …` instead of"
        " `w += …`.",
    },
}


def check(answer, name, lang="ko"):
    """Try an answer against a rule on several problems and shapes, and say what is wrong with it.

    Parameters
    ----------
    answer : callable
        ``answer(grad, w, *state, lr=..., ...)``, as the rules of `udl.steps` are called; it
        returns w and the state. ``eps`` is passed if the answer has it.
    name : str
        The rule, such as ``"nag"``.
    lang : str
        ``"ko"`` or ``"en"``.

    Raises
    ------
    ValueError
        If there is no such rule or language. Whatever the answer does is survived.
    """
    if name not in RULES:
        raise ValueError(f"name must be one of {', '.join(RULES)}, not {name!r}")
    if lang not in WORDS:
        raise ValueError(f"lang must be one of {', '.join(WORDS)}, not {lang!r}")
    print("\n".join(verdict(answer, name, lang)))


def verdict(answer, name, lang="ko"):
    """What `check` prints, as a list of lines."""
    words = WORDS[lang]
    trouble = None
    try:
        yours = [_descend(answer, name, problem) for problem in PROBLEMS]
    except Trouble as found:
        trouble = found
    if trouble is not None:
        named = {"problem": getattr(trouble.problem, lang, "")}
        return [words[trouble.kind].format(**(trouble.values | named))]
    rule = getattr(steps, name)
    rights = [[_descend(rule, name, p, **eps) for p in PROBLEMS] for eps in _epsilons(rule)]
    if any(_same(yours, right) for right in rights):
        SOLVED.add(name)
        return [words["right"].format(name=name)]
    lines = [words["differs"].format(**_first_difference(yours, rights[0], name, lang))]
    for known in MISTAKES:
        if known.rule == name:
            theirs = [
                [_descend(known.step, name, p, **eps) for p in PROBLEMS] for eps in _epsilons(rule)
            ]
            if any(_same(yours, one) for one in theirs):
                return [*lines, getattr(known, lang)]
    return lines


class Trouble(Exception):
    """An answer that cannot be compared: what kind of trouble, where, and the words' values."""

    def __init__(self, kind, problem=None, **values):
        super().__init__(kind)
        self.kind, self.problem, self.values = kind, problem, values


def _epsilons(rule):
    """The rule as it stands, and as the chapter has it: without ε."""
    return [{}, {"eps": 0.0}] if "eps" in inspect.signature(rule).parameters else [{}]


def _descend(step, name, problem, **eps):
    """The first steps of a descent: a list of (w, *state), from the rule's start on."""
    rule = getattr(steps, name)
    parameters = inspect.signature(rule).parameters
    names = [p.name for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD][1:]
    zero = problem.w0 * 0.0
    state = [problem.w0, *(0 if n == "t" else zero for n in names[1:])]
    hyper = {n: HYPER[n] for n in parameters if n in HYPER} | eps
    rows = []
    for _ in range(STEPS):
        state = _step(step, names, problem, state, hyper)
        rows.append(state)
    return rows


def _step(step, names, problem, state, hyper):
    given = [np.copy(a) if isinstance(a, np.ndarray) else a for a in state]
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            np.errstate(all="ignore"),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            returned = step(problem.grad, *given, **hyper)
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        if isinstance(error, TypeError) and _is_about_the_call(error):
            call = f"f(grad, {', '.join(names)}, {', '.join(f'{n}=…' for n in hyper)})"
            raise Trouble("call", problem, call=call, error=said) from None
        kind = "raised" if np.ndim(problem.w0) == 0 else "loop"
        raise Trouble(kind, problem, error=said) from None
    for before, after, what in zip(state, given, names, strict=True):
        if isinstance(before, np.ndarray) and not np.array_equal(before, after, equal_nan=True):
            raise Trouble("in place", problem, what=what)
    if returned is None or returned is Ellipsis or returned is NotImplemented:
        raise Trouble("empty")
    returned = list(returned) if isinstance(returned, tuple | list) else [returned]
    if len(returned) != len(names):
        wanted = ", ".join(names)
        raise Trouble("count", problem, got=len(returned), need=len(names), wanted=wanted)
    for value, what in zip(returned, names, strict=True):
        if not isinstance(value, int | float | complex | np.ndarray | np.generic):
            raise Trouble("number", problem, what=what, got=type(value).__name__)
        if what != "t" and np.shape(value) != np.shape(problem.w0):
            got, need = np.shape(value), np.shape(problem.w0)
            raise Trouble("shape", problem, what=what, got=got, need=need)
    return returned


def _is_about_the_call(error):
    """Whether a TypeError was raised by calling the answer, not inside it."""
    return error.__traceback__.tb_next is None


def _same(a, b):
    return all(
        np.allclose(x, y, rtol=1e-7, atol=0, equal_nan=True)
        for rows, others in zip(a, b, strict=True)
        for row, other in zip(rows, others, strict=True)
        for x, y in zip(row, other, strict=True)
    )


def _first_difference(yours, right, name, lang):
    """Where an answer parts from the rule first, with both numbers."""
    parameters = inspect.signature(getattr(steps, name)).parameters.values()
    names = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD][1:]
    for problem, rows, others in zip(PROBLEMS, yours, right, strict=True):
        for t, (row, other) in enumerate(zip(rows, others, strict=True), start=1):
            for what, a, b in zip(names, row, other, strict=True):
                close = np.isclose(a, b, rtol=1e-7, atol=0, equal_nan=True)
                if not np.all(close):
                    at = np.flatnonzero(~np.ravel(close))[0]
                    x, y = (np.ravel(value)[at] for value in (a, b))
                    found = {"step": t, "what": what, "yours": f"{x:.6g}", "rule": f"{y:.6g}"}
                    return {"problem": getattr(problem, lang), **found}
    raise AssertionError("called for answers that differ")

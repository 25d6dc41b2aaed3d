"""Answers checked, mistakes named.

>>> def my_momentum(grad, w, v=0.0, *, lr, alpha=0.9):
...     v = v - alpha * lr * grad(w)
...     return w + v, v
>>> check(my_momentum, "momentum", lang="en")
Not yet. On a single number, step 1: yours gives w = 1.30247, the rule w = 1.30309.
α stands at the gradient; it says how much of the past velocity is kept.
  v ← v − α·η·∇L(W)  yours
          ~
  v ← α·v − η·∇L(W)  the rule
      ~
  W ← W + v          both

The exercises stand in `udl.exercises.workbook`, the known mistakes in `udl.exercises.mistakes`; a
wrong answer is also read as equations by `udl.exercises.reading`.
Whatever an answer does is survived: each way of going wrong is a `Trouble`, which has its sentence
in `WORDS`.
"""

import contextlib
import dis
import inspect
import io
import math
import reprlib
import warnings
from dataclasses import dataclass
from functools import cache
from itertools import count, islice, permutations
from numbers import Number, Real
from typing import NamedTuple

import numpy as np

from udl.chapter import speaking
from udl.descent import at, quiet
from udl.exercises.differences import Values
from udl.exercises.mistakes import MISTAKES
from udl.exercises.reading import Reading, compare
from udl.exercises.symbols import read
from udl.exercises.workbook import EXERCISES, Breakage, Piece, Prediction, Rule, of_section
from udl.experiments.plans import CHECKED
from udl.show import display, say, wrapped

STEPS = 9
WIDTH = 96  # columns of a reply: JupyterLab breaks longer lines within a word
SOLVED = set()  # the names of the exercises solved since the kernel started


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
    Problem(
        "ε이 보일 만큼 작은 그래디언트", "a very small gradient", _faint, np.array([1.3, -0.4])
    ),
)
HYPER = vars(CHECKED)

WORDS = {
    "ko": {
        "right": "맞다. 시험한 걸음이 모두 규칙과 같다.",
        "right piece": "맞다. 시험한 값이 모두 같다.",
        "right but": "맞다. 식은 규칙과 같다. {found}",
        "eps": "ε만 다르다. 답은 제곱근 {place} {yours}, 규칙은 제곱근 밖에 {rule}.",
        "eps too large": "식은 규칙과 같지만 ε이 너무 크다. 제곱근 {place} 더한 수가 {yours}인데,"
        " 걸음을 눈에 띄게 줄인다.",
        "outside": "밖에",
        "inside": "안에",
        "uncorrected": "밖에, 보정하기 전의 √v에",
        "uncorrected inside": "안에, 보정하기 전의 v에",
        "single": "단정밀도(float32)로 계산해서 일곱째 자리쯤부터 다르다.",
        "right choice": "맞다. {found}",
        "broken": "찾았다. {found}",
        "empty": "아직 답이 비어 있다. TODO를 채우고 다시 돌리자.",
        "no choice": "아직 고르지 않았다. {choices} 가운데 하나를 점 세 개 자리에 적고 돌리자.",
        "no setting": "아직 값이 없다. 점 세 개 자리에 수를 적고 돌리자. 찾을 것: {names}.",
        "nothing": "돌려준 것이 없다. 값을 `return`으로 돌려주자. `print`는 보여 주기만 한다.",
        "differs": "아직 아니다. {problem}, {step}걸음째: 답은 {what} = {yours}, 규칙은"
        " {what} = {rule}.",
        "differs piece": "아직 아니다. {problem}: 답은 {yours}, 바른 값은 {rule}.",
        "wrong choice": "아니다. {found}",
        "whole": "아직이다. {found}",
        "order": "값은 맞는데 돌려주는 순서가 다르다. `return {wanted}`로 돌려주자.",
        "fixed": "기본값을 숫자로 적어 넣은 것 같다. 받은 인수({names})를 쓰자.",
        "state": "w는 끝까지 규칙과 같다. w와 함께 돌려주는 값이 식의 {what}인지 보자.",
        "ratio": "첫 걸음은 어디서나 규칙의 {ratio:.4g}배다. 곱하는 수와 부호를 살펴보자.",
        "no gradient": "그래디언트를 잰 적이 없다. `grad(…)`를 부르는 곳이 있어야 한다.",
        "many steps": "한 번 불렀는데 그래디언트를 {count}곳에서 쟀다. 부를 때마다 한 걸음만"
        " 계산하고 돌려주자. 되풀이는 `run`이 한다.",
        "first ones": "앞의 {got}개만 돌려주었다. `return`이 반복문 안에 들어가 있지 않은지 보자.",
        "still": "첫 걸음에 w가 움직이지 않는다. 새로 계산한 값이 아니라 0에서 출발한 값으로"
        " 걸었는지 보자.",
        "negative root": "음수의 제곱근(또는 분수 거듭제곱)을 구해서 nan이 되었다. 제곱근 안의"
        " 부호를 보자.",
        "nan": "nan은 0/0이나 inf − inf에서 나온다. 0이 될 수 있는 수로 나누는 곳이 있나?",
        "callable": "함수를 넣을 자리에 다른 것이 왔다: {got}. 괄호 없이 함수의 이름만 넣자.",
        "call": "`{call}`로 부르는데 받지 못한다. 인수의 이름과 수를 맞추자. ({error})",
        "uncalled": "`{what}`는 함수다. 값이 필요한 자리에서 `{what}(…)`로 부르자.",
        "some uncalled": "함수를 부르지 않고 함수째로 계산하는 곳이 있다. 이름 뒤의 괄호를 보자."
        " ({error})",
        "remembers": "같은 자리에서 두 번 불렀더니 다른 값이 나온다. 함수 밖(`self.…`나 전역"
        " 변수)에 기억하거나 난수를 쓰는 것 같다. 인수로 받은 {names}만 쓰고, 새 값은 돌려주자.",
        "name": "찾지 못한 이름이 있다: `{name}`. 철자를 보자. 대문자와 소문자도 가린다.",
        "of torch": "`.{what}` 속성은 PyTorch의 텐서에나 있다. 여기서 받은 것은 수나 배열이고,"
        " 그래디언트는 인수로 받은 `grad(…)`를 불러서 얻는다. ({error})",
        "attribute": "이 값에는 `.{what}` 속성이 없다. 받은 것이 수인지, 배열인지, 함수인지 다시"
        " 보자. ({error})",
        "past the end": "{problem}: 번호가 끝을 넘었다. 길이가 n이면 번호는 0부터 n − 1까지다."
        " 반복이 어디서 시작해 어디서 끝나는지 보자. ({error})",
        "cut": "{problem}: 번호의 배열로는 `[:k]`처럼 자를 수 없다. 번호가 k인 것만 뽑으려면"
        " `x[k]`라고 쓴다. ({error})",
        "list": "리스트째로는 곱하거나 더하는 계산을 할 수 없다. `s[-1]`처럼 값 하나를 꺼내거나"
        " `np.array(…)`로 바꾸자. ({error})",
        "elements": "{problem}에서 오류가 났다. w는 수 하나일 때도 있고 배열일 때도 있다. 원소마다"
        " 돌거나 꺼내지 말고 통째로 계산하자. ({error})",
        "caret": "`^`는 거듭제곱이 아니다. 파이썬의 거듭제곱은 `**`다.",
        "shapes": "{problem}: 배열의 모양이 서로 맞지 않는다. 곱하고 더하는 것들의 `.shape`를"
        " 따로 찍어 견주어 보자. ({error})",
        "endless": "답이 자기 자신을 끝없이 부른다. 한 걸음만 계산하고 돌려주면 된다.",
        "stopped": "계산을 멈췄다. 답에 끝나지 않는 반복이 있는지 보자.",
        "raised": "{problem}에서 돌다가 오류가 났다. {error}",
        "raised piece": "{problem}: 계산하다가 오류가 났다. {error}",
        "truth": "숫자 하나에서는 돌지만 {problem}에서는 오류가 난다. `if`, `and`, `max`는 참과"
        " 거짓 하나를 바라는데 배열의 비교는 원소마다 다르다. `np.where`나 `np.maximum`을 쓰자."
        " ({error})",
        "scalar": "숫자 하나에서는 돌지만 {problem}에서는 오류가 난다. `float()`, `int()`,"
        " `math.sqrt`는 수 하나만 받는다. `np.sqrt`처럼 배열을 받는 것을 쓰자. ({error})",
        "stops": "숫자 하나에서는 돌지만 {problem}에서는 오류가 난다. {error}",
        "one t": "t는 걸음의 수, 곧 정수 하나다. 원소마다 세지 말고 `t + 1`을 돌려주자. 돌려준 것의"
        " 모양은 {got}이다.",
        "count": "돌려준 값이 {got}개다. `return {wanted}`처럼 {need}개를 돌려주자.",
        "shape": "{problem}에서 {what}의 모양이 다르다. 파라미터의 모양은 {need}인데 돌려준 것은"
        " {got}이다.",
        "shape piece": "{problem}: 돌려준 값의 모양은 {got}인데 바른 값의 모양은 {need}이다.",
        "number": "수가 와야 할 자리({what})에 다른 것을 돌려주었다: {got}.",
        "in place": "받은 `{what}`의 값까지 바뀌었다. `+=`나 `[…] =`는 받은 배열을 고친다."
        " `{what} = {what} + …`처럼 새 값을 만들자.",
        "choice": "{choices} 가운데 하나를 고르자. 받은 것: {got}.",
        "one setting": "수 하나만 넣자: {names}. 받은 것: {got}.",
        "settings": "수 {need}개를 `({names})` 순서로 넣자. 받은 것: {got}.",
        "setting": "{what} 자리에는 {low:,.9g}부터 {high:,.9g}까지의 {sort} 넣자. 받은 것: {got}.",
        "sorts": ("수를", "정수를"),
        "progress": "이 노트의 문제 {all}개 가운데 {done}개를 풀었다. 남은 문제: {open}.",
        "none": "이 노트의 문제 {all}개가 기다린다: {open}.",
        "all": "이 노트의 문제 {all}개를 모두 풀었다.",
    },
    "en": {
        "right": "Right. Every step that was tried is the rule's.",
        "right piece": "Right. Every value that was tried is the same.",
        "right but": "Right. The equation is the rule's. {found}",
        "eps": "Only ε differs: yours adds {yours} {place} the root, the rule {rule} outside.",
        "eps too large": "The equation is the rule's, but ε is too large: {yours} {place} the root"
        " makes the steps visibly shorter.",
        "outside": "outside",
        "inside": "inside",
        "uncorrected": "outside, at the uncorrected √v,",
        "uncorrected inside": "inside, at the uncorrected v,",
        "single": "It computes in single precision (float32), and so differs from about the seventh"
        " digit on.",
        "right choice": "Right. {found}",
        "broken": "Found. {found}",
        "empty": "There is no answer yet. Fill in the TODO and run the cell again.",
        "no choice": "Nothing is chosen yet. Put one of {choices} in place of the three dots.",
        "no setting": "There is no value yet. Put numbers in place of the dots: {names}.",
        "nothing": "It returns nothing: `return` what is computed. `print` only shows it.",
        "differs": "Not yet. On {problem}, step {step}: yours gives {what} = {yours}, the rule"
        " {what} = {rule}.",
        "differs piece": "Not yet. {problem}: yours gives {yours}, and right is {rule}.",
        "wrong choice": "No. {found}",
        "whole": "Not yet. {found}",
        "order": "The values are right, their order is not: `return {wanted}`.",
        "fixed": "A default seems to stand there as a number. Use what is passed ({names}).",
        "state": "w is the rule's to the end. See whether what is returned beside it is {what}.",
        "ratio": "The first step is {ratio:.4g} times the rule's everywhere: look at factors and"
        " signs.",
        "no gradient": "The gradient is never taken: `grad(…)` must be called somewhere.",
        "many steps": "Called once, it takes the gradient at {count} places: compute one step and"
        " return it. It is `run` that repeats.",
        "first ones": "Only the first {got} are returned: does `return` stand within the loop?",
        "still": "w does not move in the first step: does it step by what it has just computed, or"
        " by what starts at 0?",
        "negative root": "It takes the root (or a broken power) of a negative number, which is nan:"
        " look at the signs under the root.",
        "nan": "nan comes from 0/0 or inf − inf. Is there a division by what can be 0?",
        "callable": "This is not a function: {got}. Pass its name, without parentheses.",
        "call": "It cannot be called as `{call}`: match the arguments and their names. ({error})",
        "uncalled": "`{what}` is a function: call it, as `{what}(…)`, where its value is needed.",
        "some uncalled": "It computes with a function that it does not call: look for the name that"
        " lacks its parentheses. ({error})",
        "remembers": "Called twice from one start it returns two values: it remembers something"
        " (in `self.…`, a global) or draws at random. Use the {names} that is passed, and return"
        " the new.",
        "name": "There is no such name: `{name}`. Look at its spelling, and at capitals.",
        "of torch": "`.{what}` belongs to PyTorch's tensors. What is passed here are numbers and"
        " arrays; for the gradient call the `grad(…)` that is passed. ({error})",
        "attribute": "`.{what}` is used on what has none: is it a number, an array or a function?"
        " ({error})",
        "past the end": "{problem}: an index is past the end. Of n things the last has the index n"
        " − 1: look where the loop begins and ends. ({error})",
        "cut": "{problem}: an array of indices cannot cut, as in `[:k]`; `x[k]` picks those of the"
        " indices k. ({error})",
        "list": "A list cannot be computed with as a whole: take a value, as `s[-1]`, or make it an"
        " array by `np.array(…)`. ({error})",
        "elements": "It stopped on {problem}. w may be one number or an array: compute with it as a"
        " whole, not element by element. ({error})",
        "caret": "`^` is no power: in Python that is `**`.",
        "shapes": "{problem}: the shapes of arrays do not fit. Compare the `.shape` of what it"
        " multiplies and adds. ({error})",
        "endless": "It calls itself for ever. Compute one step and return it.",
        "stopped": "The computation was stopped. Is there a loop in it that never ends?",
        "raised": "It stopped on {problem}. {error}",
        "raised piece": "{problem}: it stopped. {error}",
        "truth": "It works for a single number and stops on {problem}: `if`, `and` and `max` want"
        " one truth, and an array has one for each element. Use `np.where` or `np.maximum`."
        " ({error})",
        "scalar": "It works for a single number and stops on {problem}: `float()`, `int()` and"
        " `math.sqrt` take one number. Use what takes arrays, such as `np.sqrt`. ({error})",
        "stops": "It works for a single number and stops on {problem}. {error}",
        "one t": "t is the number of steps, one whole number: return `t + 1`, not a count for each"
        " element. Its shape is {got}.",
        "count": "It returns {got} value(s) and should return {need}, as in `return {wanted}`.",
        "shape": "On {problem} {what} has shape {got}; it must have the parameter's, {need}.",
        "shape piece": "{problem}: its shape is {got}; it must be {need}.",
        "number": "{what} is not a number but {got}.",
        "in place": "It changes the {what} it was given: make a new value, as `{what} = {what} +"
        " …`, without `+=` or `[…] =`.",
        "choice": "Choose one of {choices}. This is none: {got}.",
        "one setting": "Pass one number, {names}. This is something else: {got}.",
        "settings": "Pass {need} numbers, as `({names})`. This is something else: {got}.",
        "setting": "{what} must be a {sort} from {low:,.9g} to {high:,.9g}, not {got}.",
        "sorts": ("number", "whole number"),
        "progress": "{done} of this notebook's {all} exercises solved. Open: {open}.",
        "none": "This notebook's {all} exercises are waiting: {open}.",
        "all": "All {all} exercises of this notebook are solved.",
    },
}


def check(answer, name, lang=None):
    """Try an answer to an exercise, and say whether it is right, and if not what is wrong with it.

    Parameters
    ----------
    answer
        To write a rule: ``answer(grad, w, *state, lr=..., ...)``, called as the rules of
        `udl.steps` are; it returns w and the state. It may leave out ``eps``, as the chapter does.
        To write a piece: a function, as the notebook says. To predict: the number of a choice. To
        break: a number, or a tuple of them. ``...`` is an answer not yet given.
    name : str
        The exercise, such as ``"nag"``.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.

    Raises
    ------
    ValueError
        If there is no such exercise or language. Whatever the answer does is survived.
    """
    if name not in EXERCISES:
        raise ValueError(f"name must be one of {', '.join(EXERCISES)}, not {name!r}")
    told = reply(answer, name, lang)
    say("\n".join(part for line in told.lines for part in wrapped(line, WIDTH)))
    if told.reading:
        display(told.reading)


class Reply(NamedTuple):
    """What is said of an answer: if it is right, lines of text, and equations if it is read."""

    solved: bool
    lines: list
    reading: Reading | None = None


def verdict(answer, name, lang=None):
    """The lines that `check` prints."""
    return reply(answer, name, lang).lines


def reply(answer, name, lang=None):
    """What `check` shows: `Reply`."""
    lang = speaking(lang)
    exercise = EXERCISES[name]
    examine = {Prediction: _choice, Breakage: _settings, Rule: _function, Piece: _function}
    try:
        told = Reply(*examine[type(exercise)](answer, exercise, lang))
    except Trouble as trouble:
        return Reply(False, [trouble.said(lang)])
    if told.solved:
        SOLVED.add(name)
    return told


def trouble(answer, name, lang=None):
    """Why an answer cannot be walked as a rule, right or wrong; None if it can be.

    Parameters
    ----------
    answer, name, lang
        As for `check`; the exercise is to write a rule.

    Returns
    -------
    str or None

    Examples
    --------
    >>> trouble(lambda grad, w, v=0.0, *, lr, alpha: (w + v, v), "momentum") is None
    True
    >>> trouble(0.9, "momentum", lang="en")
    'This is not a function: 0.9. Pass its name, without parentheses.'
    """
    try:
        _tried(answer, EXERCISES[name])
    except Trouble as met:
        return met.said(speaking(lang))
    return None


def progress(section, lang=None):
    """Say which exercises of a notebook have been solved since the kernel started.

    Parameters
    ----------
    section : str
        The notebook's section, such as ``"3.7.3"``.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.

    Raises
    ------
    ValueError
        If there is no such section or language.

    Examples
    --------
    >>> SOLVED.clear()
    >>> progress("3.7.3", lang="en")
    This notebook's 3 exercises are waiting: 1 A ball on the plain, 2 A step of Momentum, 3 \
Momentum, caught.
    """
    exercises = of_section(section)
    if not section or not exercises:
        known = sorted({exercise.section for exercise in EXERCISES.values()} - {""})
        raise ValueError(f"section must be one of {', '.join(known)}, not {section!r}")
    lang = speaking(lang)
    still = [
        f"{number} {getattr(exercise.title, lang)}"
        for number, exercise in enumerate(exercises, start=1)
        if exercise.name not in SOLVED
    ]
    done = len(exercises) - len(still)
    kind = "all" if not still else "progress" if done else "none"
    values = {"all": len(exercises), "done": done, "open": ", ".join(still)}
    say(WORDS[lang][kind].format(**values))


class Trouble(Exception):
    """An answer that cannot be compared: what kind of trouble, where, and the words' values."""

    def __init__(self, kind, place=None, **values):
        super().__init__(kind)
        self.kind, self.place, self.values = kind, place, values

    def said(self, lang):
        """Its sentence."""
        named = {"problem": getattr(self.place, lang, "")}
        return WORDS[lang][self.kind].format(**(self.values | named))


# To predict and to break --------------------------------------------------------------------------


def _choice(answer, exercise, lang):
    numbers = [str(n) for n in range(1, len(exercise.choices) + 1)]
    if answer is Ellipsis:
        raise Trouble("no choice", choices=", ".join(numbers))
    chosen = _place(answer, numbers)
    if chosen is None:
        raise Trouble("choice", choices=", ".join(numbers), got=reprlib.repr(answer))
    right, values = exercise.measure()
    found = getattr(exercise.found, lang).format(**values)
    kind = "right choice" if chosen == right else "wrong choice"
    lesson = getattr(exercise.choices[chosen], lang)
    return chosen == right, [WORDS[lang][kind].format(found=found), lesson]


def _place(answer, numbers):
    """The place of a choice that is named by its number, of any type or as text; else None."""
    if isinstance(answer, np.ndarray | np.generic) and answer.ndim == 0:
        answer = answer.item()
    if isinstance(answer, str):
        answer = answer.strip()
    elif not isinstance(answer, Number) or isinstance(answer, bool):
        return None
    return next((i for i, n in enumerate(numbers) if answer in (n, int(n))), None)


def _settings(answer, exercise, lang):
    values = answer if isinstance(answer, tuple | list) else (answer,)
    names = ", ".join(setting.name for setting in exercise.settings)
    if any(value is Ellipsis for value in values):
        raise Trouble("no setting", names=names)
    if len(values) != len(exercise.settings):
        need = len(exercise.settings)
        kind = "one setting" if need == 1 else "settings"
        raise Trouble(kind, need=need, names=names, got=reprlib.repr(answer))
    for value, setting in zip(values, exercise.settings, strict=True):
        real = isinstance(value, Real) and not isinstance(value, bool)
        inside = real and setting.low <= value <= setting.high
        if not inside or (setting.whole and value % 1):
            sort = WORDS[lang]["sorts"][setting.whole]
            bounds = {"what": setting.name, "low": setting.low, "high": setting.high}
            raise Trouble("setting", sort=sort, got=reprlib.repr(value), **bounds)
    chosen = [
        int(v) if s.whole else float(v) for v, s in zip(values, exercise.settings, strict=True)
    ]
    outcome, numbers = exercise.measure(*chosen)
    found = getattr(exercise.outcomes[outcome], lang).format(**numbers)
    broken = outcome == "broken"
    return broken, [WORDS[lang]["broken" if broken else "whole"].format(found=found)]


# To write -----------------------------------------------------------------------------------------


def _function(answer, exercise, lang):
    """Compare a function's values with the right ones', then with those of every known mistake."""
    words, of_rule = WORDS[lang], isinstance(exercise, Rule)
    form, yours = _tried(answer, exercise)
    if any(_agrees(exercise.right, exercise, one, yours) for one in _forms(exercise.right)):
        return True, [words["right" if of_rule else "right piece"]]
    if found := _equal_but(yours, exercise, words):
        return found
    rights = _values(exercise.right, exercise, {})
    first = _first_difference(yours, rights, exercise, lang)
    reading = _read(answer, exercise, form, lang)
    if known := _known(answer, yours, form, exercise):
        return False, [first, getattr(known, lang)], reading
    if of_rule and (plain := _what_is_plain(answer, yours, exercise, words)):
        return False, [first, plain], reading
    if reading:
        return False, [first, reading.sentence], reading
    see = _what_is_seen if of_rule else _what_is_seen_of_a_piece
    seen = see(answer, yours, rights, exercise, words)
    return False, [first, *([seen] if seen else [])]


def _tried(answer, exercise):
    """An answer's ε, if it takes one, and its values: see `_values`."""
    if answer is Ellipsis:
        raise Trouble("empty")
    if not callable(answer):
        raise Trouble("callable", got=reprlib.repr(answer))
    form = _default_eps(answer, exercise.right)
    if isinstance(exercise, Rule):
        _call_twice(answer, exercise, form)
    return form, _values(answer, exercise, form)


def _read(answer, exercise, form, lang):
    """An answer as equations beside the right ones; None if it cannot be read, or not so truly."""
    try:
        with _kept_back():
            yours, rule = (_equations(f, exercise, form) for f in (answer, exercise.right))
        if isinstance(exercise, Rule) and not _is_true(yours, answer, exercise, form):
            return None
        reading = compare(yours, rule, lang)
    except KeyboardInterrupt:
        raise Trouble("stopped") from None
    except BaseException:  # numbers are right without it, and an answer may be anything
        return None
    return reading if reading.sentence else None


def _equations(function, exercise, form):
    parameters = inspect.signature(exercise.right).parameters
    if not isinstance(exercise, Rule):
        return read(function, [], [], list(parameters)[: len(exercise.calls[0].given)])
    hyper = {*HYPER, *form, *(["eps"] if function is exercise.right else [])}
    return read(function, _names(exercise.right), [n for n in parameters if n in hyper])


def _is_true(equations, answer, exercise, form):
    """Whether the equations give the numbers that the answer gives."""
    names, problem = _names(exercise.right), PROBLEMS[0]
    state = [problem.w0, *(_under_way(n, i, problem.w0) for i, n in enumerate(names[1:], start=1))]
    (row,) = _descend(answer, exercise.right, problem, form, 1, _under_way)
    numbers = HYPER | form | dict(zip(names, state, strict=True))
    for name, value in zip(names, row, strict=True):
        equation = equations[f"{name} full"]
        tiny = {n: float(n) for n in equation.atoms() if n.is_Rational}
        read_back = Values(numbers | tiny, elements=1).of(equation)
        if np.isnan(value) and read_back.imag:  # the root of a negative number
            continue
        if not np.isclose(read_back, value, rtol=1e-6):
            return False
    return True


def _call_twice(answer, exercise, form):
    """An answer must say the same to the same: what it remembers must be what it is passed."""
    first, again = (_descend(answer, exercise.right, PROBLEMS[0], form, 1) for _ in range(2))
    if not _same([first], [again]):
        names = ", ".join(_names(exercise.right)[1:] or ["w"])
        raise Trouble("remembers", PROBLEMS[0], names=names)
    _check_order(first, exercise.right)


def _check_order(first, right):
    """The first step must not have the right values in another order."""
    names, wanted = _names(right), _descend(right, right, PROBLEMS[0], {}, 1)
    for order in list(permutations(range(len(names))))[1:]:
        if _same([[[first[0][i] for i in order]]], [wanted]) and not _same([first], [wanted]):
            raise Trouble("order", wanted=", ".join(names))


def _forms(right):
    """The rule as it stands, and as the chapter has it: without ε."""
    return [{}, {"eps": 0.0}] if "eps" in inspect.signature(right).parameters else [{}]


def _equal_but(yours, exercise, words):
    """What is said of an answer that is the rule's but for ε or precision, and whether it is right.

    An ε that acts as more than 0.001 beside the root is too large to be called right.
    """
    single = _is_single(yours)
    found = [words["single"]] if single else []
    close = {"rtol": 1e-5, "rounding": 2e-5} if single else {}
    if single and any(
        _agrees(exercise.right, exercise, f, yours, **close) for f in _forms(exercise.right)
    ):
        return True, [words["right but"].format(found=found[0])]
    parameters = inspect.signature(exercise.right).parameters
    if "eps" not in parameters:
        return None
    for place, form_of in EPS_PLACES.items():
        for eps in 10.0 ** np.arange(-16, 0):
            form = form_of(eps)
            if not form.keys() <= parameters.keys() or (
                "beta2" not in parameters and "un" in place
            ):
                continue
            if _agrees(exercise.right, exercise, form, yours, **close):
                acts = eps**0.5 if "inside" in place else eps
                said = {"yours": _power(eps), "rule": _power(parameters["eps"].default)}
                said["place"] = words[place]
                if acts > 1.001e-3:
                    return False, [words["eps too large"].format(**said)]
                found = " ".join([words["eps"].format(**said), *found])
                return True, [words["right but"].format(found=found)]
    return None


EPS_PLACES = {  # where libraries and books put ε, as what the rules of `udl.steps` are passed
    "outside": lambda eps: {"eps": eps},
    "inside": lambda eps: {"eps": 0.0, "eps_root": eps},
    "uncorrected": lambda eps: {"eps": lambda t: eps / (1 - HYPER["beta2"] ** (t + 1)) ** 0.5},
    "uncorrected inside": lambda eps: {
        "eps": 0.0,
        "eps_root": lambda t: eps / (1 - HYPER["beta2"] ** (t + 1)),
    },
}


def _power(eps):
    """1e-7, as it is typed."""
    return f"{eps:.0e}".replace("e-0", "e-")


def _is_single(yours):
    """Whether any of the values kept from step to step has passed through single precision."""
    columns = ([row[i] for rows in yours for row in rows] for i in range(len(yours[0][0])))
    with quiet():
        return any(all(map(_fits_single, column)) and np.any(column[0] % 1) for column in columns)


def _fits_single(value):
    value = np.asarray(value)
    return value.dtype.kind == "f" and np.array_equal(value.astype(np.float32), value)


def _known(answer, yours, form, exercise):
    """The known mistake that behaves as an answer does, from the start and on the way.

    On the way ε acts on nothing, so that a mistake is known whatever the answer does with ε.
    """
    ours = [known for known in MISTAKES if known.exercise == exercise.name]
    exact = [
        known
        for known in ours
        if any(_agrees(known.function, exercise, one, yours) for one in _forms(exercise.right))
    ]
    if not isinstance(exercise, Rule):
        return next(iter(exact), None)
    under_way = _on_the_way(answer, exercise, form)
    right = _on_the_way(exercise.right, exercise, {})
    for known in exact or ours:
        theirs = _on_the_way(known.function, exercise, {})
        walked = [*yours, *theirs]  # nan is equal to any nan, and alone says nothing
        seen = any(np.isfinite(row[0]).any() for rows in walked for row in rows)
        if not seen or not _same(under_way, theirs, 1e-4):
            continue
        at_the_start = not exact and _same(theirs, right, 1e-4)  # the mistake lies there alone
        if not at_the_start or _same(yours[:3], _values(known.function, exercise, {})[:3], 1e-4):
            return known
    return None


def _on_the_way(function, exercise, form):
    """Some steps from a state that is not 0 anywhere."""
    return [
        _descend(function, exercise.right, problem, form, 3, _under_way) for problem in PROBLEMS[:3]
    ]


def _at_the_start(name, i, w0):
    return 0 if name == "t" else w0 * 0.0


def _under_way(name, i, w0):
    return 3 if name == "t" else (0.3 + 0.4 * abs(w0)) / i


def _default_eps(answer, right):
    """The rule's own ε, for an answer that takes one."""
    with contextlib.suppress(Exception):  # not every callable has a signature
        if "eps" in inspect.signature(answer).parameters:
            return {"eps": inspect.signature(right).parameters["eps"].default}
    return {}


def _values(function, exercise, form):
    """All that a function is asked: for each problem a list of steps, each (w, *state).

    A piece is asked once a call, so that its lists have one step of one value.
    """
    if isinstance(exercise, Rule):
        return [_descend(function, exercise.right, problem, form) for problem in PROBLEMS]
    return [[[_ask_piece(function, exercise, call)]] for call in exercise.calls]


def _names(rule):
    """A rule's w and state, as its signature calls them."""
    parameters = _parameters(rule).values()
    return [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD][1:]


@cache  # asked anew for every descent, it took a sixth of a check
def _parameters(rule):
    return inspect.signature(rule).parameters


def _descend(step, rule, problem, form, steps=STEPS, start=_at_the_start):
    """The first steps of a descent, from the rule's start or another on."""
    return list(islice(_walk(step, rule, problem, form, start), steps))


def _walk(step, rule, problem, form, start=_at_the_start):
    names = _names(rule)
    state = [problem.w0, *(start(n, i, problem.w0) for i, n in enumerate(names[1:], start=1))]
    hyper = {n: HYPER[n] for n in _parameters(rule) if n in HYPER} | form
    for t in count():
        state = _step(step, names, problem, state, at(t, hyper))
        yield state


def _step(step, names, problem, state, hyper):
    call = f"f(grad, {', '.join([*names, *(f'{n}=…' for n in hyper)])}"
    returned = _ask(step, [problem.grad, *state], hyper, ["grad", *names], problem, call + ")")
    returned = list(returned) if isinstance(returned, tuple | list) else [returned]
    if len(returned) != len(names):
        wanted = ", ".join(names)
        raise Trouble("count", problem, got=len(returned), need=len(names), wanted=wanted)
    for value, what in zip(returned, names, strict=True):
        shape, need = _numbers(value, what, problem).shape, np.shape(problem.w0)
        if what == "t" and shape != ():
            raise Trouble("one t", problem, got=shape)
        if what != "t" and shape != need:
            raise Trouble("shape", problem, what=what, got=shape, need=need)
    return returned


def _ask_piece(function, exercise, call):
    names = list(inspect.signature(exercise.right).parameters)[: len(call.given)]
    text = f"f({', '.join(names)})"
    returned = _ask(function, call.given, {}, names, call, text)
    return _numbers(returned, "return", call)


def _ask(answer, given, named, names, place, call):
    """Call an answer quietly, with copies; whatever goes wrong becomes a `Trouble`."""
    copies = [np.copy(a) if isinstance(a, np.ndarray) else a for a in given]
    try:
        with (
            _kept_back(),
        ):
            returned = answer(*copies, **named)
    except KeyboardInterrupt:  # the reader's, out of a loop that does not end: nothing more is run
        raise Trouble("stopped") from None
    except BaseException as error:  # SystemExit too: an answer must not end the kernel
        raise _trouble_of(error, place, call) from None
    for before, after, what in zip(given, copies, names, strict=True):
        if isinstance(before, np.ndarray) and not np.array_equal(before, after, equal_nan=True):
            raise Trouble("in place", place, what=what)
    if returned is None or returned is Ellipsis:
        raise Trouble("nothing" if returned is None else "empty")
    return returned


@contextlib.contextmanager
def _kept_back():
    """Without what an answer prints and what Python and NumPy warn of."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        quiet(),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def _trouble_of(error, place, call):
    """What an exception says about the answer that raised it."""
    try:
        said = f"{type(error).__name__}: {error}"
    except Exception:  # its own text failed
        said = type(error).__name__
    if isinstance(error, TypeError):
        if error.__traceback__.tb_next is None:  # raised by the call, not inside the answer
            return Trouble("call", place, call=call, error=said)
        if "'ellipsis'" in said:
            return Trouble("empty")
        if any(sort in said for sort in FUNCTIONS):
            name = _uncalled(error.__traceback__)
            return Trouble("uncalled" if name else "some uncalled", what=name, error=said)
        if " for ^:" in said or "bitwise_xor" in said:
            return Trouble("caret")
        if any(sign in said for sign in OF_LISTS):
            return Trouble("list", place, error=said)
    if isinstance(error, AttributeError) and error.name:
        if inspect.ismodule(error.obj):
            return Trouble("name", name=f"{error.obj.__name__}.{error.name}")
        of_torch = error.name in OF_TORCH and isinstance(place, Problem)
        kind = "of torch" if of_torch else "attribute"
        return Trouble(kind, place, what=error.name, error=said)
    if isinstance(error, NameError) and error.name:
        return Trouble("name", name=error.name)
    if isinstance(error, RecursionError):
        return Trouble("endless")
    if isinstance(error, ValueError) and ("broadcast" in said or "matmul" in said):
        return Trouble("shapes", place, error=said.strip())
    if not isinstance(place, Problem):
        kinds = {"is out of bounds": "past the end", "index out of range": "past the end"}
        kinds["only integer scalar arrays"] = "cut"
        kind = next((kind for sign, kind in kinds.items() if sign in said), "raised piece")
        return Trouble(kind, place, error=said)
    if not np.ndim(place.w0):
        kind = "raised" if not any(sign in said for sign in OF_ELEMENTS) else "elements"
        return Trouble(kind, place, error=said)
    kind = next((kind for sign, kind in OF_ARRAYS.items() if sign in said), "stops")
    return Trouble(kind, place, error=said)


FUNCTIONS = ("'function'", "'builtin_function_or_method'", "'numpy.ufunc'", "'method'")
FUNCTIONS += ("type function", "type ufunc", "type builtin_function_or_method")
OF_LISTS = ("multiply sequence", "'list' and", "and 'list'", "to list")
OF_TORCH = ("grad", "data", "backward", "zero_grad", "no_grad", "requires_grad", "detach", "step")
OF_ELEMENTS = ("is not iterable", "is not subscriptable", "has no len()", "invalid index to scalar")
OF_ELEMENTS += ("array is 0-dimensional", "len() of unsized")
OF_ARRAYS = {  # what Python and NumPy say to an array where one number or truth is needed
    "truth value": "truth",
    "can be converted to": "scalar",
    "TypeError: must be real number": "scalar",
}


def _uncalled(traceback):
    """The name of the function that a line computes with, the last that was loaded before it."""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    frame = traceback.tb_frame
    loaded = []
    for one in dis.get_instructions(frame.f_code):
        if one.offset >= traceback.tb_lasti:
            break
        if one.opname.startswith("LOAD_"):
            loaded += one.argval if isinstance(one.argval, tuple) else [one.argval]
    known = vars(math) | vars(np) | frame.f_builtins | frame.f_globals | frame.f_locals
    names = (name for name in reversed(loaded) if isinstance(name, str))
    return next((n for n in names if callable(known.get(n)) and not _is_type(known[n])), "")


def _is_type(value):
    return isinstance(value, type)


def _numbers(value, what, place):
    """A returned value as an array of numbers."""
    try:
        array = np.asarray(value)
    except Exception:  # rows of unequal length, an object that refuses
        array = np.array(None)
    if array.dtype.kind not in "biufc":
        raise Trouble("number", place, what=what, got=reprlib.repr(value))
    return array


# Comparing ----------------------------------------------------------------------------------------


def _close(a, b, rtol=1e-7, atol=0.0):
    """Equal but for rounding, shape included."""
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True)


def _pairs(yours, right, problems):
    """Every value beside the right one, as (problem, step, place in the state, yours, right)."""
    for problem, rows, others in zip(problems, yours, right, strict=True):
        for t, (row, other) in enumerate(zip(rows, others, strict=True), start=1):
            for i, (a, b) in enumerate(zip(row, other, strict=True)):
                yield problem, t, i, a, b


def _same(yours, right, rtol=1e-7):
    return all(_close(a, b, rtol) for *_, a, b in _pairs(yours, right, yours))


def _agrees(function, exercise, form, yours, rtol=1e-7, rounding=0.0):
    """Whether a function returns what an answer returned; it is asked no more than is needed.

    What nearly cancels, as Adam's m does, keeps the rounding of the largest that it has been.
    """
    if not isinstance(exercise, Rule):
        return _same(yours, _values(function, exercise, form), rtol)
    return all(
        _close(a, b, rtol, rounding * largest)
        for problem, rows in zip(PROBLEMS, yours, strict=True)
        for sizes in [[_largest(values) for values in zip(*rows, strict=True)]]
        for row, other in zip(rows, _walk(function, exercise.right, problem, form), strict=False)
        for a, b, largest in zip(row, other, sizes, strict=True)
    )


def _largest(values):
    """The largest size among numbers or arrays that is finite."""
    flat = np.abs(np.concatenate([np.ravel(value) for value in values]))
    return np.max(flat, where=np.isfinite(flat), initial=0.0)


def _first_difference(yours, right, exercise, lang):
    """Where an answer parts from the right one first, with both numbers."""
    of_rule, words = isinstance(exercise, Rule), WORDS[lang]
    problems = PROBLEMS if of_rule else exercise.calls
    problem, t, i, a, b = next(p for p in _pairs(yours, right, problems) if not _close(*p[-2:]))
    problem = getattr(problem, lang)
    if not of_rule:
        if np.shape(a) != np.shape(b):
            return words["shape piece"].format(problem=problem, got=np.shape(a), need=np.shape(b))
        x, y = _shown_apart(a, b)
        return words["differs piece"].format(problem=problem, yours=x, rule=y)
    at = np.flatnonzero(~np.isclose(np.ravel(a), np.ravel(b), rtol=1e-7, atol=0, equal_nan=True))
    x, y = _shown_apart(*(np.ravel(value)[at[0]] for value in (a, b)))
    what = _names(exercise.right)[i]
    return words["differs"].format(problem=problem, step=t, what=what, yours=x, rule=y)


def _shown_apart(a, b):
    """Two values as text, with digits until they differ."""
    for digits in range(6, 18):
        x, y = (_shown(value, digits) for value in (a, b))
        if x != y:
            break
    return x, y


def _shown(value, digits):
    numbers = np.asarray(value) + 0.0  # a truth value is a number too
    return np.array2string(numbers, separator=", ", formatter={"all": f"{{:.{digits}g}}".format})


def _what_is_plain(answer, yours, exercise, words):
    """What is wrong as a whole with an answer that is no known mistake; or None."""
    right = exercise.right
    if not _gradients_taken(answer, exercise):
        return words["no gradient"]
    defaults = inspect.signature(right).parameters
    fixed = {n: defaults[n].default for n in HYPER if n in defaults and n != "lr"}
    if fixed and _same(yours, _values(right, exercise, fixed)):
        return words["fixed"].format(names=", ".join(fixed))
    return None


def _what_is_seen(answer, yours, rights, exercise, words):
    """What the numbers alone say of an answer that cannot be read; or None."""
    names = _names(exercise.right)
    parted = [pair for pair in _pairs(yours, rights, PROBLEMS) if not _close(*pair[-2:])]
    places = sorted({i for _, _, i, *_ in parted})
    if (count := _gradients_taken(answer, exercise)) > 2:
        return words["many steps"].format(count=count)
    if 0 not in places:
        return words["state"].format(what=", ".join(names[i] for i in places))
    if np.isnan(parted[0][-2]).any():
        return words["negative root" if _roots_a_negative(answer, exercise) else "nan"]
    with quiet():
        first = [
            np.ravel((rows[0][0] - problem.w0) / (others[0][0] - problem.w0))
            for problem, rows, others in zip(PROBLEMS, yours, rights, strict=True)
        ]
    ratio = np.concatenate(first)
    if not ratio.any():
        return words["still"]
    if np.allclose(ratio, ratio[0], rtol=1e-4) and not np.isclose(ratio[0], 1, rtol=1e-4):
        return words["ratio"].format(ratio=ratio[0])
    return None


def _what_is_seen_of_a_piece(answer, yours, rights, exercise, words):
    """The same for a piece."""
    (((value,),), *_), (((right,),), *_) = yours, rights
    got = len(value) if np.ndim(value) else 0
    if 0 < got < np.size(right) and _close(value, right[:got]):
        return words["first ones"].format(got=got)
    return None


def _roots_a_negative(answer, exercise):
    """Whether the first nan of an answer is a power of a negative number."""
    right, w0 = exercise.right, PROBLEMS[1].w0
    state = [_at_the_start(n, i, w0) for i, n in enumerate(_names(right)[1:], start=1)]
    hyper = {n: HYPER[n] for n in inspect.signature(right).parameters if n in HYPER}
    try:
        with np.errstate(invalid="raise"):
            answer(_cubic, w0.copy(), *state, **hyper)
    except FloatingPointError as error:
        return "sqrt" in str(error) or "power" in str(error)
    except BaseException:  # it has been survived before, with warnings off
        pass
    return False


def _gradients_taken(answer, exercise):
    """At how many places an answer takes the gradient in one step."""
    asked = []
    spied = Problem("", "", lambda w: asked.append(float(w)) or _cubic(w), np.float64(1.3))
    _descend(answer, exercise.right, spied, _default_eps(answer, exercise.right), 1)
    return len(set(asked))

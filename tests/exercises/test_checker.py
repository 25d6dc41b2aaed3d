"""Answers, right, mistaken and broken: each gets the sentence that helps."""

import json
import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import partial
from inspect import signature as signature_of
from itertools import cycle, product, takewhile
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udl import steps
from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS, language
from udl.exercises import checker as exercises
from udl.exercises.checker import HYPER, SOLVED, WORDS, check, progress, verdict
from udl.exercises.mistakes import MISTAKES
from udl.exercises.workbook import EXERCISES, HILL, Breakage, Piece, Prediction, Rule, of_section
from udl.losses import CHAPTER
from udl.show import columns_of

ROOT = Path(__file__).parents[2]
EXERCISE = {"ko": "문제", "en": "Exercise"}
RULES = [name for name, exercise in EXERCISES.items() if isinstance(exercise, Rule)]
PIECES = [exercise for exercise in EXERCISES.values() if isinstance(exercise, Piece)]
PREDICTIONS = [exercise for exercise in EXERCISES.values() if isinstance(exercise, Prediction)]
BREAKAGES = [exercise for exercise in EXERCISES.values() if isinstance(exercise, Breakage)]
each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_section = pytest.mark.parametrize("section", NOTEBOOKS)


def each(list_of_exercises):
    return pytest.mark.parametrize("exercise", list_of_exercises, ids=lambda one: one.name)


@pytest.fixture(autouse=True)
def _nothing_solved():
    SOLVED.clear()


# To write -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
@each_language
def test_the_rules_themselves_are_right(name, lang):
    assert verdict(getattr(steps, name), name, lang) == [WORDS[lang]["right"]]
    assert {name} == SOLVED


@each(PIECES)
@each_language
def test_the_pieces_themselves_are_right(exercise, lang):
    assert verdict(exercise.right, exercise.name, lang) == [WORDS[lang]["right piece"]]
    assert {exercise.name} == SOLVED


def test_the_chapter_s_form_without_epsilon_is_right_too():
    def chapters_adagrad(grad, w, h=0.0, *, lr):
        g = grad(w)
        h = h + g**2
        return w - lr / np.sqrt(h) * g, h

    assert verdict(chapters_adagrad, "adagrad", "en") == [WORDS["en"]["right"]]


def test_an_epsilon_of_the_reader_s_choice_is_right_too():
    def my_rmsprop(grad, w, h=0.0, *, lr, gamma, eps=1e-3):
        return steps.rmsprop(grad, w, h, lr=lr, gamma=gamma, eps=eps)

    assert verdict(my_rmsprop, "rmsprop", "en") == [WORDS["en"]["right"]]


def eps_as_a_number(grad, w, h=0.0, *, lr):
    g = grad(w)
    h = h + g * g
    return w - lr * g / (np.sqrt(h) + 1e-7), h


def eps_inside(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8):
    h = gamma * h + (1 - gamma) * grad(w) ** 2
    return w - lr * grad(w) / np.sqrt(h + eps), h


def eps_at_the_uncorrected_root(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1, beta2):
    g, t = grad(w), t + 1
    m, v = m + (1 - beta1) * (g - m), v + (1 - beta2) * (g * g - v)
    return w - lr * np.sqrt(1 - beta2**t) / (1 - beta1**t) * m / (np.sqrt(v) + 1e-7), m, v, t


def in_single_precision(grad, w, v=0.0, *, lr, alpha=0.9):
    v = np.float32(alpha) * np.float32(v) - np.float32(lr) * np.float32(grad(w))
    return np.float32(w) + v, v


def of_both_kinds(grad, w, h=0.0, *, lr):
    new, h = eps_as_a_number(grad, np.float32(w), np.float32(h), lr=lr)
    return np.float32(new), np.float32(h)


@pytest.mark.parametrize(
    ("answer", "name", "said"),
    [
        (eps_as_a_number, "adagrad", "Only ε differs: yours adds 1e-7 outside the root"),
        (eps_inside, "rmsprop", "Only ε differs: yours adds 1e-8 inside the root"),
        (eps_at_the_uncorrected_root, "adam", "adds 1e-7 outside, at the uncorrected √v, the root"),
        (in_single_precision, "momentum", "It computes in single precision"),
        (of_both_kinds, "adagrad", "It computes in single precision"),
    ],
)
def test_what_differs_in_epsilon_or_precision_alone_is_right_and_told(answer, name, said):
    (line,) = verdict(answer, name, "en")
    assert line.startswith("Right. The equation is the rule's. ")
    assert said in line
    assert {name} == SOLVED
    assert verdict(answer, name, "ko")[0].startswith("맞다. 식은 규칙과 같다. ")


@pytest.mark.parametrize("name", RULES)
def test_every_rule_may_be_computed_in_single_precision(name):
    """It hides no mistake that is larger than its rounding."""

    def single(*given):
        return [a if isinstance(a, int) else np.float32(a) for a in given]

    def answer(times, grad, *state, **hyper):
        walked = getattr(steps, name)(
            lambda w: np.float32(times * grad(w)), *single(*state), **hyper
        )
        return single(*walked) if isinstance(walked, tuple) else np.float32(walked)

    (line,) = verdict(partial(answer, 1), name, "en")
    assert "It computes in single precision" in line
    assert verdict(partial(answer, 1.0002), name, "en")[0].startswith("Not yet.")


def test_an_epsilon_that_shortens_the_steps_is_not_right():
    def my_rmsprop(grad, w, h=0.0, *, lr, gamma=0.99):
        return eps_inside(grad, w, h, lr=lr, gamma=gamma, eps=1e-4)

    (line,) = verdict(my_rmsprop, "rmsprop", "en")
    assert line.startswith("The equation is the rule's, but ε is too large: 1e-4 inside")
    assert not SOLVED


def with_another_epsilon(known):
    """A mistake with ε = 1e-7 where the rule of the exercise has its own."""

    def answer(*given, eps=None, **hyper):
        return known.function(*given, eps=1e-7, **hyper)

    return answer


@pytest.mark.parametrize(
    "known",
    [
        known
        for known in MISTAKES
        if known.exercise in ("adagrad", "rmsprop", "adam")
        and "eps" in signature_of(known.function).parameters
    ],
    ids=lambda known: known.function.__name__,
)
def test_a_mistake_is_named_whatever_the_answer_does_with_epsilon(known):
    assert verdict(with_another_epsilon(known), known.exercise, "en")[1] == known.en


def test_two_numbers_that_differ_are_shown_to_differ():
    def nearly(grad, w, *, lr):
        return w - lr * grad(w) * (1 + 1e-4)

    yours, rule = re.search(
        r"w = (\S+), the rule w = (\S+)\.$", verdict(nearly, "sgd", "en")[0]
    ).groups()
    assert yours != rule


@pytest.mark.parametrize(
    ("known", "lang"),
    [*zip(MISTAKES, cycle(LANGUAGES), strict=False)],  # each in one: nothing but the words differs
    ids=lambda known: known if isinstance(known, str) else known.function.__name__,
)
def test_every_mistake_is_named(known, lang):
    """... and so told apart from the right answer and from every other mistake in its exercise."""
    first, sentence = verdict(known.function, known.exercise, lang)
    assert not first.startswith(WORDS[lang]["right"].split(".")[0])
    assert sentence == getattr(known, lang)
    assert not SOLVED


def test_there_are_mistakes_for_everything_that_is_written():
    written = [*RULES, *(piece.name for piece in PIECES)]
    assert {known.exercise for known in MISTAKES} == set(written)
    assert sum(known.exercise in RULES for known in MISTAKES) >= 20
    for lang in LANGUAGES:
        for name in written:
            said = [getattr(known, lang) for known in MISTAKES if known.exercise == name]
            assert len(set(said)) == len(said)


def test_no_hyperparameter_that_is_passed_is_a_default():
    for name in RULES:
        _, _, *rest = exercises.inspect.signature(getattr(steps, name)).parameters.values()
        assert all(p.default != HYPER[p.name] for p in rest if p.name in HYPER)


def test_the_first_difference_is_given_with_both_numbers():
    def late(grad, w, v=0.0, *, lr, alpha=0.9):
        return steps.momentum(grad, w, v, lr=lr if np.all(v == 0) else 2 * lr, alpha=alpha)

    (line,) = verdict(late, "momentum", "en")  # a mistake that nobody has listed
    hyper = {"lr": HYPER["lr"], "alpha": HYPER["alpha"]}
    one = steps.momentum(exercises._cubic, 1.3, **hyper)
    right, wrong = (rule(exercises._cubic, *one, **hyper) for rule in (steps.momentum, late))
    assert f"step 2: yours gives w = {wrong[0]:.6g}, the rule w = {right[0]:.6g}" in line


def turned_around(grad, w, v=0.0, *, lr, alpha=0.9):
    return steps.momentum(grad, w, v, lr=lr, alpha=alpha)[::-1]


def fixed(grad, w, v=0.0, *, lr, alpha=0.9):
    return steps.momentum(grad, w, v, lr=lr, alpha=0.9)


def other_state(grad, w, v=0.0, *, lr, alpha=0.9):
    new, v = steps.momentum(grad, w, v / 2, lr=lr, alpha=alpha)
    return new, 2 * v


def three_times(grad, w, v=0.0, *, lr, alpha=0.9):
    return steps.momentum(grad, w, v, lr=3 * lr, alpha=alpha)


def without_gradient(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * w
    return w + v, v


def root_of_a_negative(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1, beta2, eps=1e-8):
    g, t = grad(w), t + 1
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
    return w - lr * m / (1 - beta1**t) / (np.sqrt(v / (beta2**t - 1)) + eps), m, v, t


def test_a_root_of_a_negative_number_is_called_that():
    """It is nan where t counted from 0 is nan too, and nothing is named because nan is nan."""

    def answer(grad, w, m, v, t, *, lr, **hyper):
        return root_of_a_negative(grad, w, m, v, t, lr=float(lr), **hyper)

    assert verdict(answer, "adam", "en")[1] == WORDS["en"]["negative root"]
    assert "divides" not in verdict(root_of_a_negative, "adam", "en")[1]


def standing_still(grad, w, v=0.0, *, lr, alpha=0.9):
    return w + 0.5 * v, alpha * v - lr * grad(w)


def nothing_but_nan(grad, w, v=0.0, *, lr, alpha=0.9):
    return grad(w) * np.nan, v * np.nan


def of_many_steps(grad, w, v=0.0, *, lr, alpha=0.9):
    for _ in range(8):
        w, v = steps.momentum(grad, w, v, lr=lr, alpha=alpha)
    return w, v


def unread(answer):
    """An answer that cannot be read back, for it asks for a number."""
    return lambda grad, w, v, *, lr, alpha: answer(grad, w, v, lr=float(lr), alpha=alpha)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (fixed, "fixed"),
        (without_gradient, "no gradient"),
        (unread(other_state), "state"),
        (unread(three_times), "ratio"),
        (unread(standing_still), "still"),
        (unread(nothing_but_nan), "nan"),
        (of_many_steps, "many steps"),
    ],
)
@each_language
def test_what_is_seen_of_a_mistake_that_nobody_has_listed(answer, kind, lang):
    _, second = verdict(answer, "momentum", lang)
    said = {"names": "alpha", "what": "v", "ratio": 3.0, "count": 8}
    assert second == WORDS[lang][kind].format(**said)


# Any answer is survived ---------------------------------------------------------------------------


def empty(grad, w, v=0.0, *, lr, alpha=0.9): ...


def unfinished(grad, w, v=0.0, *, lr, alpha=0.9):
    v = ...
    return w + v, v


def of_other_names(grad, x, speed, rate): ...


def for_one_number(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w)
    return (w + v, v) if w > -1e9 else (w, v)


def in_place(grad, w, v=0.0, *, lr, alpha=0.9):
    w += alpha * v - lr * grad(w)
    return w, v


def without_state(grad, w, v=0.0, *, lr, alpha=0.9):
    return w + alpha * v - lr * grad(w)


def of_words(grad, w, v=0.0, *, lr, alpha=0.9):
    return "W + v", v


def of_numpy_words(grad, w, v=0.0, *, lr, alpha=0.9):
    return np.str_("W + v"), v


def of_ragged_rows(grad, w, v=0.0, *, lr, alpha=0.9):
    return [[1.0], [1.0, 2.0]], v


def of_another_shape(grad, w, v=0.0, *, lr, alpha=0.9):
    return np.zeros(7), v


def failing(grad, w, v=0.0, *, lr, alpha=0.9):
    return w / 0 if isinstance(w, str) else [][1], v


def misspelt(grad, w, v=0.0, *, lr, alpha=0.9):
    return w / undefined, v  # noqa: F821


def not_calling(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * grad, v


def own_root(x):
    return x**0.5


def not_calling_its_own(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * grad(w), v + own_root


def not_calling_numpy_s(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * grad(w) / np.sqrt, v


def of_torch(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * w.grad, v


def of_a_misspelt_function(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * np.sqr(grad(w)), v


def appending(grad, w, v=0.0, *, lr, alpha=0.9):
    v.append(grad(w))
    return w - lr * v[-1], v


def of_a_list(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * [grad(w)], v


def element_by_element(grad, w, v=0.0, *, lr, alpha=0.9):
    return [a - lr * g for a, g in zip(w, grad(w), strict=True)], v


def with_numpy_s_caret(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * (grad(w) ^ 2), v


class Remembering:
    v = None

    def __call__(self, grad, w, v=0.0, *, lr, alpha=0.9):
        self.v = 0.0 * w if self.v is None else self.v
        self.v = alpha * self.v - lr * grad(w)
        return w + self.v, self.v


def for_one_root(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w)
    return w + math.sqrt(1 + np.float64(v) ** 2), v


def for_one_index(grad, w, v=0.0, *, lr, alpha=0.9):
    return (w, v) if np.ndim(w) == 0 else ({}["w"], v)


def with_a_caret(grad, w, v=0.0, *, lr, alpha=0.9):
    return w - lr * grad(w), alpha ^ 2


def of_shapes_that_do_not_fit(grad, w, v=0.0, *, lr, alpha=0.9):
    return np.ones(2) + np.ones(3), v


def recursive(grad, w, v=0.0, *, lr, alpha=0.9):
    return recursive(grad, w, v, lr=lr, alpha=alpha)


def leaving(grad, w, v=0.0, *, lr, alpha=0.9):
    raise SystemExit(1)


def interrupted(grad, w, v=0.0, *, lr, alpha=0.9):
    raise KeyboardInterrupt


class Silent(Exception):
    def __str__(self):
        raise ValueError("no words")


def silent(grad, w, v=0.0, *, lr, alpha=0.9):
    raise Silent


def lazy(grad, w, v=0.0, *, lr, alpha=0.9):
    yield w


class Strange:
    def __init__(self, *args, **kwargs):
        pass

    def __array__(self, *args, **kwargs):
        raise RuntimeError("not an array")

    def __repr__(self):
        raise RuntimeError("no name")


class Attributes(dict):
    """Whose attributes are its keys, and there is no other."""

    def __call__(self, *given, **hyper):
        return self.value

    __getattr__ = dict.__getitem__


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (empty, "It returns nothing"),
        (unfinished, "There is no answer yet"),
        (..., "There is no answer yet"),
        (of_other_names, "It cannot be called as `f(grad, w, v, lr=…, alpha=…)`"),
        (for_one_number, "It works for a single number and stops on an array of three"),
        (in_place, "It changes the w it was given"),
        (without_state, "It returns 1 value(s) and should return 2, as in `return w, v`."),
        (of_words, "w is not a number but 'W + v'."),
        (of_numpy_words, "w is not a number but np.str_('W + v')."),
        (of_ragged_rows, "w is not a number but [[1.0], [1.0, 2.0]]."),
        (of_another_shape, "w has shape (7,); it must have the parameter's, ()"),
        (failing, "It stopped on a single number. IndexError: list index out of range"),
        (misspelt, "There is no such name: `undefined`."),
        (not_calling, "`grad` is a function: call it"),
        (not_calling_its_own, "`own_root` is a function: call it, as `own_root(…)`"),
        (not_calling_numpy_s, "`sqrt` is a function: call it"),
        (Remembering(), "Called twice from one start it returns two values"),
        (for_one_root, "`float()`, `int()` and `math.sqrt` take one number."),
        (for_one_index, "stops on an array of three. KeyError: 'w'"),
        (with_a_caret, "`^` is no power"),
        (with_numpy_s_caret, "`^` is no power"),
        (turned_around, "The values are right, their order is not: `return w, v`."),
        (of_torch, "`.grad` belongs to PyTorch's tensors."),
        (of_a_misspelt_function, "There is no such name: `numpy.sqr`."),
        (appending, "`.append` is used on what has none"),
        (of_a_list, "A list cannot be computed with as a whole"),
        (element_by_element, "w may be one number or an array"),
        (of_shapes_that_do_not_fit, "a single number: the shapes"),
        (recursive, "It calls itself for ever"),
        (leaving, "It stopped on a single number. SystemExit: 1"),
        (interrupted, "The computation was stopped"),
        (silent, "It stopped on a single number. Silent"),
        (lazy, "It returns 1 value(s)"),
        (Strange, "It returns 1 value(s)"),
        pytest.param(Attributes(value=3.0), "It returns 1 value(s)", id="Attributes"),
        (nothing_but_nan, "step 1: yours gives w = nan"),
        (lambda *a, **k: (Strange(), 0.0), "w is not a number but <Strange instance"),
        (42, "This is not a function: 42."),
        (None, "This is not a function: None."),
        ("momentum", "This is not a function: 'momentum'."),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
def test_any_answer_is_survived(answer, said):
    (line, *_) = verdict(answer, "momentum", "en")
    assert said in line
    assert verdict(answer, "momentum", "ko")
    assert not SOLVED


def of_the_state_first(grad, w, m=0.0, v=0.0, t=0, *, lr, **hyper):
    w, m, v, t = steps.adam(grad, w, m, v, t, lr=lr, **hyper)
    return w, t, m, v


def past_the_end(x, alpha):
    s = np.zeros(len(x) + 1)
    for n in range(len(x) + 1):
        s[n] = alpha * x[n]
    return s


def leaving_the_loop(x, alpha):
    s = [0.0]
    for x_n in x:
        s.append(alpha * x_n + (1 - alpha) * s[-1])
        return s


@pytest.mark.parametrize(
    ("answer", "name", "said"),
    [
        (of_the_state_first, "adam", "their order is not: `return w, m, v, t`."),
        (lambda loss, w, h: loss.grad(w), "slope", "`.grad` is used on what has none"),
        (past_the_end, "ema", "an index is past the end"),
        (leaving_the_loop, "ema", "Only the first 2 are returned"),
        (lambda w, x, y, k: 2 * x[:k], "batch", "`x[k]` picks those of the indices k"),
    ],
)
def test_what_fails_in_other_exercises(answer, name, said):
    assert said in verdict(answer, name, "en")[-1]
    assert verdict(answer, name, "ko")
    assert not SOLVED


ODDITIES = [
    None,
    True,
    "x",
    b"x",
    3,
    2.5,
    10**400,
    float("nan"),
    float("inf"),
    1j,
    [],
    {},
    (),
    object,
]
odd = st.sampled_from([*ODDITIES, np.zeros(2), np.array([None]), (1.0, 2.0), (..., 1), Strange()])


@each([*PIECES, *PREDICTIONS, *BREAKAGES])
@given(value=odd)
@settings(max_examples=40, deadline=None)
def test_odd_answers_and_odd_returns_are_survived(exercise, value):
    for answer in (value, lambda *args: value):
        for lang in LANGUAGES:
            lines = verdict(answer, exercise.name, lang)
            assert lines
            assert all(line.strip() and "{" not in line.replace("{}", "") for line in lines)


def test_t_is_one_number():
    def counting_each(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1, beta2):
        return steps.adam(grad, w, m, v, t + 0 * w, lr=lr, beta1=beta1, beta2=beta2)

    (line,) = verdict(counting_each, "adam", "en")
    assert line.startswith("t is the number of steps, one whole number")


def test_what_an_answer_prints_is_kept_back(capsys):
    def chatty(grad, w, *, lr):
        print("here I am")
        return w - lr * grad(w)

    check(chatty, "sgd")
    assert capsys.readouterr().out == WORDS["ko"]["right"] + "\n"


def test_a_reply_is_broken_between_words(capsys):
    check(of_torch, "momentum")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 1
    assert all(columns_of(line) <= exercises.WIDTH for line in lines)


def test_an_interrupt_ends_the_check_at_once():
    calls = []

    def endless(grad, w, *, lr):
        calls.append(w)
        raise KeyboardInterrupt  # the reader, out of a loop

    assert verdict(endless, "sgd", "en") == [WORDS["en"]["stopped"]]
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("name", "lang", "message"),
    [
        ("sgdm", "ko", "name must be one of shift, slope, valley"),
        ("sgd", "fr", "lang must be one of ko, en, not 'fr'"),
    ],
)
def test_bad_arguments(name, lang, message):
    with pytest.raises(ValueError, match=message):
        check(steps.sgd, name, lang)


# To predict ---------------------------------------------------------------------------------------


@each(PREDICTIONS)
@each_language
def test_one_choice_is_right_and_every_choice_teaches(exercise, lang):
    words, replies = WORDS[lang], []
    right, numbers = exercise.measure()
    found = getattr(exercise.found, lang).format(**numbers)
    for place, choice in enumerate(exercise.choices):
        SOLVED.clear()
        kind = "right choice" if place == right else "wrong choice"
        lines = verdict(place + 1, exercise.name, lang)
        assert lines == [words[kind].format(found=found), getattr(choice, lang)]
        assert (exercise.name in SOLVED) == (place == right)
        replies.append(lines[1])
    assert len(set(replies)) == len(exercise.choices)
    assert re.search(r"\d", found)


PREDICTED = {"shift": 2, "sum": 2, "coast": 3, "brake": 2, "rare": 3, "warmup": 3, "turn": 2}


@each(PREDICTIONS)
def test_the_right_choice_is_the_one_worked_out_by_hand(exercise):
    """The derivative of a constant, 25 × 0.1 > 1, α/(1−α), 1 − ηc = 0, 100 < 1000, 0.9ⁿ < …"""
    assert exercise.measure()[0] + 1 == PREDICTED[exercise.name]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (..., "Nothing is chosen yet. Put one of 1, 2, 3, 4"),
        (0, "Choose one of 1, 2, 3, 4. This is none: 0."),
        (5, "This is none: 5."),
        (True, "This is none: True."),
        (2.5, "This is none: 2.5."),
        (np.nan, "This is none: nan."),
        (np.bool_(True), "This is none: np.True_."),
        (np.array([3]), "This is none: array([3])."),
        ("b", "This is none: 'b'."),
        ((1, 2), "This is none: (1, 2)."),
        *((three, "Right.") for three in ("3", " 3 ", 3.0, np.int64(3), np.uint8(3))),
        *((three, "Right.") for three in (np.float32(3), np.array(3), Fraction(3), Decimal(3))),
    ],
)
def test_a_choice_that_is_none(answer, said):
    assert said in verdict(answer, "coast", "en")[0]


# To break -----------------------------------------------------------------------------------------

TRIED = {
    "valley": {
        "broken": (3.5, 0.25),
        "shown": (4.0, 0.3),
        "own": (2.0, 0.1),
        "restless": (4.0, 0.2),
    },
    "sample": {"broken": (1, 0.7), "both": (1, 1.2), "calm": (25, 0.1)},
    "caught": {"broken": (1.8,), "escaped": (1.24,)},
    "apart": {
        "broken": (0.05,),
        "both_caught": (0.01,),
        "elsewhere": (0.061,),
        "too_wild": (0.3,),
    },
    "outlier": {"broken": (200,), "free": (100,)},
    "leap": {"broken": (0.999,), "short": (0.9,)},
    "stride": {"broken": (0.9, 0.5), "held": (0.9, 0.999)},
}


@each(BREAKAGES)
@each_language
def test_every_outcome_is_reached_and_told(exercise, lang):
    assert set(TRIED[exercise.name]) == set(exercise.outcomes)
    for outcome, tried in TRIED[exercise.name].items():
        SOLVED.clear()
        assert exercise.measure(*tried)[0] == outcome
        (line,) = verdict(tried if len(tried) > 1 else tried[0], exercise.name, lang)
        kind = WORDS[lang]["broken" if outcome == "broken" else "whole"]
        assert line.startswith(kind.split("{")[0])
        assert re.search(r"\d", line)
        assert (exercise.name in SOLVED) == (outcome == "broken")


@each(BREAKAGES)
@pytest.mark.filterwarnings("error")
def test_settings_at_their_bounds_are_run(exercise):
    for ends in product(*((one.low, one.high) for one in exercise.settings)):
        (line,) = verdict(ends, exercise.name, "en")
        assert line.startswith(("Found.", "Not yet."))


@pytest.mark.parametrize(
    ("answer", "name", "said"),
    [
        (..., "caught", "There is no value yet. Put numbers in place of the dots: start."),
        ((..., 0.5), "stride", "There is no value yet"),
        ((1.8, 0.2), "caught", "Pass one number, start. This is something else: (1.8, 0.2)."),
        (3.0, "caught", "start must be a number from 0.8 to 2, not 3.0."),
        (float("nan"), "caught", "start must be a number from 0.8 to 2, not nan."),
        ("1.8", "caught", "start must be a number from 0.8 to 2, not '1.8'."),
        (True, "outlier", "first must be a number from 1 to 1,000,000, not True."),
        (0.9, "stride", "Pass 2 numbers, as `(beta1, beta2)`. This is something else: 0.9."),
        ((0.9, 1.0), "stride", "beta2 must be a number from 0 to 0.9999, not 1.0."),
        ((2.5, 0.5), "sample", "size must be a whole number from 1 to 1,000, not 2.5."),
        ((np.int64(1), np.float64(0.7)), "sample", "Found."),
    ],
)
def test_settings_that_cannot_be_run(answer, name, said):
    assert said in verdict(answer, name, "en")[0]


def test_the_hill_is_where_the_slope_changes_its_sign():
    assert CHAPTER.grad(HILL - 0.001) > 0 > CHAPTER.grad(HILL + 0.001)


# Progress -----------------------------------------------------------------------------------------


def test_solved_exercises_are_remembered(capsys):
    check(empty, "momentum")
    assert set() == SOLVED
    progress("3.7.3", "en")
    check(steps.momentum, "momentum")
    check(3, "coast")
    progress("3.7.3", "en")
    check(1.8, "caught")
    progress("3.7.3", "en")
    progress("3.7.3")
    said = [line for line in capsys.readouterr().out.splitlines() if "notebook" in line]
    assert said == [
        "This notebook's 3 exercises are waiting: 1 A ball on the plain, 2 A step of Momentum,"
        " 3 Momentum, caught.",
        "2 of this notebook's 3 exercises solved. Open: 3 Momentum, caught.",
        "All 3 exercises of this notebook are solved.",
    ]


@pytest.mark.parametrize("section", ["3.7.8", "", None])
def test_progress_names_a_section_that_is_none(section):
    with pytest.raises(ValueError, match=re.escape("section must be one of 3.7.1, 3.7.2")):
        progress(section)


def test_progress_names_a_language_that_is_none():
    with pytest.raises(ValueError, match="lang must be one of ko, en, not 'fr'"):
        progress("3.7.3", "fr")


# In the notebooks ---------------------------------------------------------------------------------


def cells_of(section, lang):
    notebook = nbformat.read(ROOT / FOLDERS[lang] / NOTEBOOKS[section], as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def shown(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


@each_section
def test_a_notebook_has_exercises_of_every_kind(section):
    kinds = [type(exercise) for exercise in of_section(section)]
    assert len(kinds) >= 3
    assert {Prediction, Breakage} < set(kinds)
    assert {Rule, Piece} & set(kinds)


@each_section
@each_language
def test_an_exercise_stands_in_its_notebook_with_its_friendly_first_answer(section, lang, capsys):
    cells, key = cells_of(section, lang), f"s{section.replace('.', '')}-ex"
    for number, exercise in enumerate(of_section(section), start=1):
        task, answer = cells[f"{key}{number}"].source, cells[f"{key}{number}-answer"]
        assert f"### {EXERCISE[lang]} {number}. {getattr(exercise.title, lang)}\n" in task
        if isinstance(exercise, Prediction):
            texts = [getattr(choice.text, lang) for choice in exercise.choices]
            listed = "\n".join(f"{n}. {text}" for n, text in enumerate(texts, 1))
            assert task.endswith(f"\n\n{listed}")
        assert "TODO" in answer.source
        assert f', "{exercise.name}")' in answer.source
        kinds = {Prediction: "no choice", Breakage: "no setting"}
        first = WORDS[lang][kinds.get(type(exercise), "empty")].split("{")[0]
        assert shown(answer).startswith(first)
        walks = isinstance(exercise, Rule)  # beside the right one, in the section's explorer
        assert shown(answer).count("\n") == 1 + walks
    progress(section, lang)
    assert shown(cells[f"{key}-progress"]) == capsys.readouterr().out
    appendix = "## 부록", "## Appendix"
    lesson = takewhile(lambda cell: not cell.source.startswith(appendix), cells.values())
    assert [cell.id for cell in lesson if cell.cell_type == "code"][-1] == f"{key}-progress"


# The model answers --------------------------------------------------------------------------------

PAGES = {
    lang: (ROOT / "docs" / f"answers.{lang}.md").read_text(encoding="utf-8") for lang in LANGUAGES
}
ANSWERS = [
    (lang, *answer)
    for lang, page in PAGES.items()
    for answer in re.findall(
        r"<summary>([^<]+)</summary>\n\n```python\n(.*?)\n```\n\n```text\n(.*?)\n```\n",
        page,
        re.DOTALL,
    )
]


@pytest.mark.parametrize(("lang", "title", "code", "said"), ANSWERS, ids=[a[1] for a in ANSWERS])
def test_a_model_answer_is_accepted_with_the_reply_that_is_printed(lang, title, code, said, capsys):
    language(lang)
    exec(code, {"check": check})
    (name,) = SOLVED
    assert capsys.readouterr().out == said + "\n"
    assert title.endswith(getattr(EXERCISES[name].title, lang))
    assert f', "{name}")' in code


@each_language
def test_every_exercise_has_a_model_answer_in_its_notebook_s_part(lang):
    titles = [title for spoken, title, *_ in ANSWERS if spoken == lang]
    assert len(titles) == PAGES[lang].count("<details>") == PAGES[lang].count("```python")
    expected = [
        f"{EXERCISE[lang]} {number}. {getattr(exercise.title, lang)}"
        for section in NOTEBOOKS
        for number, exercise in enumerate(of_section(section), start=1)
    ]
    extra = [getattr(one.title, lang) for one in EXERCISES.values() if not one.section]
    assert titles == expected + extra


@each_section
@each_language
def test_a_notebook_links_to_its_own_answers(section, lang):
    text = json.dumps([c.source for c in cells_of(section, lang).values()], ensure_ascii=False)
    (anchor,) = re.findall(rf"/docs/answers\.{lang}\.md#([^)]+)\)", text)
    (heading,) = re.findall(rf"^## ({re.escape(section)}\. .+)$", PAGES[lang], re.MULTILINE)
    assert re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") == anchor
    assert f'<a id="{anchor}"></a>\n\n## {heading}\n' in PAGES[lang]  # JupyterLab's are others

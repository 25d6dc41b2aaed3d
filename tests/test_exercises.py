"""Answers, right, mistaken and broken: each gets the sentence that helps."""

import numpy as np
import pytest

from udl import exercises, steps
from udl.exercises import RULES, WORDS, check, verdict
from udl.mistakes import MISTAKES

LANGUAGES = ("ko", "en")
each_mistake = pytest.mark.parametrize("known", MISTAKES, ids=lambda known: known.step.__name__)


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rules_themselves_are_right(name, lang):
    assert verdict(getattr(steps, name), name, lang) == [WORDS[lang]["right"].format(name=name)]


def test_the_chapter_s_form_without_epsilon_is_right_too():
    def chapters_adagrad(grad, w, h=0.0, *, lr):
        g = grad(w)
        h = h + g**2
        return w - lr / np.sqrt(h) * g, h

    assert verdict(chapters_adagrad, "adagrad", "en") == ["Right. It takes the same steps as"
                                                          " adagrad on every problem."]  # fmt: skip


@each_mistake
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_mistake_is_named(known, lang):
    """... and so told apart from the right answer and from every other mistake with the rule."""
    first, sentence = verdict(known.step, known.rule, lang)
    assert first.startswith(WORDS[lang]["differs"].split(".")[0])
    assert sentence == getattr(known, lang)


def test_there_are_mistakes_for_every_rule():
    assert {known.rule for known in MISTAKES} == set(RULES)
    assert len(MISTAKES) >= 20
    for lang in LANGUAGES:
        sentences = [getattr(known, lang) for known in MISTAKES]
        assert len(set(sentences)) == len(sentences)


def test_the_first_difference_is_given_with_both_numbers():
    def late(grad, w, v=0.0, *, lr, alpha=0.9):
        return steps.momentum(grad, w, v, lr=lr if np.all(v == 0) else 2 * lr, alpha=alpha)

    (line,) = verdict(late, "momentum", "en")  # a mistake that nobody has listed
    right = steps.momentum(
        exercises._cubic, *steps.momentum(exercises._cubic, 1.3, lr=0.03), lr=0.03
    )
    wrong = late(exercises._cubic, *steps.momentum(exercises._cubic, 1.3, lr=0.03), lr=0.03)
    assert f"step 2: yours gives w = {wrong[0]:.6g}, the rule w = {right[0]:.6g}" in line


def empty(grad, w, v=0.0, *, lr, alpha=0.9): ...


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


def of_another_shape(grad, w, v=0.0, *, lr, alpha=0.9):
    return np.zeros(7), v


def failing(grad, w, v=0.0, *, lr, alpha=0.9):
    return w / undefined, v  # noqa: F821


def nothing_but_nan(grad, w, v=0.0, *, lr, alpha=0.9):
    return w * np.nan, v * np.nan


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (empty, "There is no answer yet"),
        (of_other_names, "It cannot be called as `f(grad, w, v, lr=…, alpha=…)`"),
        (for_one_number, "It works for a single number and stops on an array of three"),
        (in_place, "It changes the w it was given"),
        (without_state, "It returns 1 value(s) and should return 2, as in `return w, v`."),
        (of_words, "w is not a number but str."),
        (of_another_shape, "w has shape (7,); it must have the parameter's, ()"),
        (failing, "It stopped on a single number. NameError: name 'undefined' is not defined"),
        (nothing_but_nan, "step 1: yours gives w = nan"),
        (42, "It cannot be called"),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
def test_any_answer_is_survived(answer, said):
    (line, *_) = verdict(answer, "momentum", "en")
    assert said in line
    assert verdict(answer, "momentum", "ko")


def test_what_an_answer_prints_is_kept_back(capsys):
    def chatty(grad, w, *, lr):
        print("here I am")
        return w - lr * grad(w)

    check(chatty, "sgd")
    assert capsys.readouterr().out == "맞다. sgd과(와) 모든 문제에서 같은 걸음을 걷는다.\n"


def test_solved_rules_are_remembered(capsys):
    exercises.SOLVED.clear()
    check(empty, "momentum")
    assert set() == exercises.SOLVED
    check(steps.nag, "nag")
    assert {"nag"} == exercises.SOLVED
    capsys.readouterr()


@pytest.mark.parametrize(
    ("name", "lang", "message"),
    [
        ("sgdm", "ko", "name must be one of sgd, momentum, nag"),
        ("sgd", "fr", "lang must be one of ko, en, not 'fr'"),
    ],
)
def test_bad_arguments(name, lang, message):
    with pytest.raises(ValueError, match=message):
        check(steps.sgd, name, lang)

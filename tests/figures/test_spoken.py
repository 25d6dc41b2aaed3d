"""The equations in words: nothing of the LaTeX goes unheard, and nothing else is heard."""

import re

import pytest

from udl.chapter import LANGUAGES
from udl.figures.equations import EQUATIONS
from udl.figures.spoken import SPEECH, TOKEN, speak

EACH = pytest.mark.parametrize(("number", "lang"), [(n, g) for n in EQUATIONS for g in LANGUAGES])
LAYOUT = {"{", "}", "_", "^", "=", "(", ")", r"\frac", r"\partial", r"\sqrt", r"\widehat"}


def formulas(number):
    return [formula for row in EQUATIONS[number].rows for formula in row]


@EACH
def test_every_symbol_is_heard_as_often_as_it_is_seen(number, lang):
    said = EQUATIONS[number].spoken(lang)
    tokens = TOKEN.findall(" ".join(formulas(number)))
    for token in set(tokens) - LAYOUT:
        if token.isdigit():
            continue  # a square has a word of its own
        word = token if token.isalnum() else SPEECH[lang][token]
        heard = len(re.findall(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", said))
        if token == r"\cdot":  # what stands side by side is multiplied as well
            assert heard >= tokens.count(token)
        elif word.isascii() and len(word) == 1:
            assert heard == tokens.count(token), token
        else:
            assert heard >= tokens.count(token), token
    assert "\\" not in said
    assert not re.search(r"[{}_^=]", said)


@EACH
def test_a_changed_equation_sounds_different(number, lang):
    swaps = {
        "+": "-",
        "-": "+",
        "W": "V",
        "v": "u",
        "h": "k",
        r"\alpha": r"\eta",
        "t": "s",
        "1": "3",
    }
    for formula in formulas(number):
        said = speak([formula], lang)
        for place in TOKEN.finditer(formula):
            if new := swaps.get(place[0]):
                changed = formula[: place.start()] + new + formula[place.end() :]
                assert speak([changed], lang) != said, changed


def test_what_has_no_word_is_an_error():
    with pytest.raises(KeyError):
        speak([r"W = \nabla L"], "ko")


def test_roots_and_fractions_say_where_they_end():
    inside = speak([r"W = \frac{m}{\sqrt{v + \epsilon}}"], "en")
    beside = speak([r"W = \frac{m}{\sqrt{v} + \epsilon}"], "en")
    assert inside == (
        "W equals m over the square root of open parenthesis v plus epsilon close parenthesis"
    )
    assert beside == (
        "W equals m over open parenthesis the square root of v plus epsilon close parenthesis"
    )

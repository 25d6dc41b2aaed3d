"""Every word of the package in every language: none alone, none missing, with the same numbers."""

import ast
import importlib
import pkgutil
import re
import string
from itertools import pairwise
from pathlib import Path

import pytest

import udl
from udl.chapter import LANGUAGES

PACKAGE = Path(udl.__file__).parent
HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
SOURCES = sorted(PACKAGE.rglob("*.py"))
each_source = pytest.mark.parametrize(
    "source",
    [path.read_text(encoding="utf-8") for path in SOURCES],
    ids=[str(path.relative_to(PACKAGE)) for path in SOURCES],
)
GRAMMAR = {"가", "힣", "은", "는"}  # by which Korean chooses a particle: no other language has it
PARTICLES = {"topic"}  # what it has chosen, in braces
HALVES = {"right": "rule"}  # a sentence in Korean that is a half of one in English

# In the source ------------------------------------------------------------------------------------


def alone(source):
    """The Korean texts of a module that have no English beside them: list of (line, text).

    Beside a text is what its dict or call has for ``"en"``, or what comes right after it. A
    docstring is none.
    """
    tree = ast.parse(source)
    paired = {id(one) for korean, _ in pairs(tree) for one in ast.walk(korean)}
    paired |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if HANGUL.search(node.value) and node.value not in GRAMMAR and id(node) not in paired
    ]


def parted(source):
    """The pairs of texts of a module of which one has other numbers in braces than the other."""
    texts = [[getattr(half, "value", None) for half in two] for two in pairs(ast.parse(source))]
    texts = [two for two in texts if all(isinstance(one, str) for one in two)]
    return [two for two in texts if fields(two[0]) != fields(two[1])]


def pairs(tree):
    """The two halves of everything that a program has in both languages."""
    for node in ast.walk(tree):
        named, beside = {}, getattr(node, "elts", [])
        if isinstance(node, ast.Dict):
            keys = [getattr(key, "value", None) for key in node.keys]
            named = dict(zip(keys, node.values, strict=True))
        if isinstance(node, ast.Call):
            named, beside = {keyword.arg: keyword.value for keyword in node.keywords}, node.args
        if set(LANGUAGES) <= set(named):
            yield named["ko"], named["en"]
        for two in pairwise(beside):
            korean, english = map(written, two)
            if HANGUL.search(korean) and english and not HANGUL.search(english):
                yield two


def written(node):
    """The text that a string or an f-string is in the source; empty if it is neither."""
    parts = [getattr(part, "value", None) for part in getattr(node, "values", [node])]
    return "".join(part for part in parts if isinstance(part, str))


def fields(text):
    """What a text has in braces, each with its format: the numbers that it tells."""
    try:
        found = [(name, spec) for _, name, spec, _ in string.Formatter().parse(text)]
    except ValueError:  # it is LaTeX, or code
        return None
    found = [(name, spec) for name, spec in found if name is not None]
    return {
        (HALVES.get(name, name) or str(place), spec)
        for place, (name, spec) in enumerate(found)
        if name not in PARTICLES
    }


@each_source
def test_no_korean_text_stands_alone(source):
    assert alone(source) == []


def test_no_script_and_no_style_sheet_has_a_korean_word():
    """Who runs a script tells it the words."""
    paths = [path for path in PACKAGE.rglob("*") if path.suffix in {".js", ".css"}]
    assert len(paths) > 5
    assert [path.name for path in paths if HANGUL.search(path.read_text(encoding="utf-8"))] == []


@each_source
def test_both_languages_tell_the_same_numbers(source):
    assert parted(source) == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('"""걸음."""\nx = {"ko": "걸음", "en": "step"}', 0),
        ('x = {"ko": {"t": ("걸음", "손실")}, "en": {}}', 0),
        ('x = {"ko": "걸음"}', 1),
        ('x = {"t": "걸음"}', 1),
        ('f(ko="걸음", en="step")', 0),
        ('f(ko="걸음")', 1),
        ('Text("걸음", "step")', 0),
        ('Text("걸음", "손실")', 2),
        ('Text("걸음")', 1),
        ('x = ("걸음", "step")', 0),
        ('Text(f"{t}걸음", f"step {t}")', 0),
        ('x = f"{t}걸음"', 1),
        ('def f():\n    """걸음."""\n    return "걸음"', 1),
    ],
)
def test_a_korean_text_that_stands_alone_is_found(source, count):
    assert len(alone(source)) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('Text("{t}걸음", "step {t}")', 0),
        ('Text("{t}걸음, 손실 {loss:.3f}", "loss {loss:.3f} at step {t}")', 0),
        ('Text("{t}걸음", "a step")', 1),
        ('Text("{t}걸음", "step {n}")', 1),
        ('f(ko="{x:.2f}배", en="{x:.1f} times")', 1),
        ('x = {"ko": "{}걸음", "en": "steps"}', 1),
    ],
)
def test_a_number_that_one_language_does_not_tell_is_found(source, count):
    assert len(parted(source)) == count


# In what is loaded --------------------------------------------------------------------------------


def everything():
    """All that the package has in several languages: (where, its words by language)."""
    seen = set()
    for module in pkgutil.walk_packages(udl.__path__, "udl."):
        if module.name != "udl.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                if not isinstance(value, type) and not name.startswith("__"):
                    yield from twins(value, f"{module.name}.{name}", seen)


def twins(value, path, seen):
    """All that a value has in several languages; what was seen before is passed over."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict) and set(LANGUAGES) & set(value):
        yield path, value
    elif hasattr(value, "ko") or hasattr(value, "en"):
        yield path, {lang: getattr(value, lang) for lang in LANGUAGES if hasattr(value, lang)}
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list | tuple | set | frozenset):
        parts = enumerate(value)
    elif type(value).__module__.startswith("udl.") and hasattr(value, "__dict__"):
        parts = vars(value).items()
    else:
        return
    for key, part in parts:
        yield from twins(part, f"{path}.{key}", seen)


def outline(words):
    """Every place in a text or a table of texts, with what stands there and what it tells."""
    if isinstance(words, dict | tuple):
        for key, text in words.items() if isinstance(words, dict) else enumerate(words):
            yield from (((key, *place), kind) for place, kind in outline(text))
    else:  # a text, or a list of the pieces of one
        yield (), (type(words), fields(words) if isinstance(words, str) else None)


def texts(words):
    """Every text in a table of texts."""
    if isinstance(words, dict | tuple | list):
        parts = words.values() if isinstance(words, dict) else words
        return [text for part in parts for text in texts(part)]
    return [words] if isinstance(words, str) else []


def missing(words):
    """What is wrong with the words of one thing, by language: list of str."""
    if set(words) != set(LANGUAGES):
        return [f"speaks {', '.join(words)} alone"]
    first, *others = (dict(outline(words[lang])) for lang in LANGUAGES)
    wrong = [
        f"{lang} {place}: {other.get(place)}, not {first.get(place)}"
        for lang, other in zip(LANGUAGES[1:], others, strict=True)
        for place in first.keys() | other.keys()
        if first.get(place) != other.get(place)
    ]
    for lang in LANGUAGES[1:]:
        bad = [text for text in texts(words[lang]) if not text or HANGUL.search(text)]
        wrong += [f"{lang}: {text!r}" for text in bad]
    return wrong


def test_every_language_has_every_word():
    found = {where: missing(words) for where, words in everything()}
    assert len(found) > 300
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ({"ko": "걸음", "en": "step"}, 0),
        ({"ko": {"t": "걸음"}, "en": {"t": "step"}}, 0),
        ({"ko": [("걸음", "text")], "en": [("a ", "text"), ("step", "text")]}, 0),
        ({"ko": "걸음"}, 1),
        ({"ko": {"t": "걸음"}, "en": {}}, 1),
        ({"ko": {}, "en": {"t": "step"}}, 1),
        ({"ko": ("하나", "둘"), "en": ("one",)}, 1),
        ({"ko": "{t}걸음", "en": "step"}, 1),
        ({"ko": "{:g}배", "en": "{:.1f} times"}, 1),
        ({"ko": "걸음", "en": ""}, 1),
        ({"ko": "걸음", "en": "걸음"}, 1),
        ({"ko": {"t": ("걸음",)}, "en": {"t": ("손실",)}}, 1),
    ],
)
def test_a_missing_word_is_found(words, count):
    assert len(missing(words)) == count

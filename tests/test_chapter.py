"""Which language is spoken: Korean, or the one that was set, or the one that is named."""

import inspect
import threading

import pytest

import udl.figures
from udl.chapter import LANGUAGES, language, speaking
from udl.claims import finding, listing, overview
from udl.exercises import check, progress
from udl.exercises.reading import compare
from udl.exercises.symbols import read
from udl.figures.animations import animation
from udl.figures.equations import equation
from udl.publish import figures as files
from udl.steps import momentum

RULE = read(momentum, ["w", "v"], ["lr", "alpha"])


def printed(say):
    """What a call prints, told as what it returns."""

    def told(capsys, **lang):
        say(**lang)
        return capsys.readouterr().out

    return told


def returned(ask):
    return lambda capsys, **lang: ask(**lang)


SPEAKERS = {  # all that has words and is called in a notebook
    "check": printed(lambda **lang: check(..., "momentum", **lang)),
    "progress": printed(lambda **lang: progress("3.7.3", **lang)),
    "overview": returned(lambda **lang: repr(overview("3.7.6", **lang, ids=["6.a"]))),
    "listing": returned(lambda **lang: list(listing(["6.a"], **lang))),
    "sentence": returned(lambda **lang: finding("6.a").sentence(**lang)),
    "range": returned(lambda **lang: finding("6.a").range(**lang)),
    "equation": returned(lambda **lang: equation(3, **lang).name),
    "figure": returned(lambda **lang: udl.figures.figure_1(**lang).strings()),
    "animation": returned(lambda **lang: animation(7, **lang).strings()),
    "reading": returned(lambda **lang: compare(RULE, RULE, **lang).words["both"]),
}


@pytest.mark.parametrize("told", SPEAKERS.values(), ids=SPEAKERS)
def test_everything_speaks_korean_until_a_language_is_set_or_named(told, capsys):
    korean, english = told(capsys, lang="ko"), told(capsys, lang="en")
    assert korean != english
    assert told(capsys) == korean
    language("en")
    assert told(capsys) == english
    assert told(capsys, lang="ko") == korean
    language("ko")
    assert told(capsys) == korean


@pytest.mark.parametrize("told", SPEAKERS.values(), ids=SPEAKERS)
def test_a_language_that_there_is_not_gets_one_error(told, capsys):
    with pytest.raises(ValueError, match=r"^lang must be one of ko, en, not 'fr'$"):
        told(capsys, lang="fr")


@pytest.mark.parametrize("name", ["fr", "EN", None, ["en"]])
def test_an_unknown_language_is_not_spoken(name):
    with pytest.raises(ValueError, match=r"^name must be one of ko, en, not "):
        language(name)
    assert speaking() == LANGUAGES[0]


def test_every_figure_takes_the_language_that_is_spoken():
    for name in udl.figures.__all__:
        if name.startswith("figure_"):
            assert inspect.signature(getattr(udl.figures, name)).parameters["lang"].default is None


def test_a_language_is_set_for_every_thread():  # JupyterLab answers sliders in one of its own
    heard = []
    language("en")
    thread = threading.Thread(target=lambda: heard.append(speaking()))
    thread.start()
    thread.join()
    assert heard == ["en"]


@pytest.mark.parametrize("kind", ["figures", "equations"])
def test_files_are_drawn_in_the_language_that_they_name(kind):
    numbers = {"figures": ([1], []), "equations": ([], [3])}[kind]
    (job,) = files.plan(*numbers, ("ko",), ("svg",), 1)
    before = files.make(job)
    language("en")
    assert files.make(job) == before

"""Explorers for pages without a kernel: what they hold is what a kernel would answer.

Of the main knob's places every sixth is turned to: `tests/browser` has them all, on their pages.
"""

import inspect
import itertools
import json
import random
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from udl.experiments.plans import BEFOREHAND
from udl.explore import VIEWS, page
from udl.explore.packing import packed, unpacked
from udl.explore.view import Scene
from udl.figures.style import SIZES
from udl.show import minus

ROOT = Path(__file__).parents[2]
every = pytest.mark.parametrize("name", VIEWS)


@pytest.fixture(scope="module", autouse=True)
def _fewer_states():
    fewer = {}
    for name, turned in BEFOREHAND.items():
        main, *_ = turned
        opens = VIEWS[name]().values()[main]
        fewer[name] = turned | {main: tuple(sorted({*turned[main][::6], opens}))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "BEFOREHAND", fewer)
        for made in ("fragments", "sentences"):  # and not kept as if they were all
            patch.setattr(page, made, cache(inspect.unwrap(getattr(page, made))))
        yield


@pytest.fixture(scope="module")
def states():
    """Of each explorer what moves and what is said, a pair for each state."""
    return {
        name: list(
            zip(unpacked(page.fragments(name)), unpacked(page.sentences(name, "ko")), strict=True)
        )
        for name in VIEWS
    }


@every
def test_a_knob_goes_where_it_goes_with_a_kernel(name):
    view = VIEWS[name]()
    knobs = {knob.name: knob for knob in view.knobs}
    for one, places in BEFOREHAND[name].items():
        assert knobs[one].value in places
        assert list(places) == sorted(places)
        assert all(knobs[one].allowed()[0](place) for place in places)
    main, *_ = BEFOREHAND[name].values()
    assert len(main) >= 25
    assert view.shown <= page.STEPS <= view.steps


@every
def test_each_state_is_what_a_kernel_would_answer(states, name):
    settings = list(page.settings(name))
    assert len(states[name]) == len(settings)
    scene, english = (Scene(VIEWS[name](lang=lang, narrow=True)) for lang in ("ko", "en"))
    some = random.Random(name).sample(range(len(settings)), 6)
    for i in (0, len(settings) - 1, *some):
        drawn, said = states[name][i]
        assert drawn == scene.moving(*settings[i]) == english.moving(*settings[i])
        assert minus(said.replace("\n", "<br>")) == scene.say(*settings[i])


@every
def test_the_same_states_are_packed_to_the_same_letters(states, name):
    drawn, said = zip(*states[name], strict=True)
    assert (packed(drawn), packed(said)) == (page.fragments(name), page.sentences(name, "ko"))


@every
def test_its_inputs_count_the_states_and_it_opens_at_the_one_that_is_shown(states, name):
    part = page.part(name)
    index, count = 0, 1
    for tag in re.findall("<input[^>]*>", part):
        if "checkbox" in tag:
            size, place = 2, " checked" in tag
        else:
            size = 1 + int(re.search('max="(.*?)"', tag)[1])
            place = int(re.search('value="(.*?)"', tag)[1])
            texts = json.loads(unescape(re.search('data-places="(.*?)"', tag)[1]))
            assert len(texts) == size
            assert texts[place] == re.search('valuetext="(.*?)"', tag)[1]
        index, count = index * size + place, count * size
    assert count == len(states[name])
    drawn, said = states[name][index]
    assert f">\n{drawn}</svg>" in part
    assert f">{minus(said.replace(chr(10), '<br>'))}</p>" in part
    assert said.startswith(f"<b>{VIEWS[name].shown}걸음</b>")


@every
def test_every_ground_that_a_knob_turns_to_is_there_and_one_is_shown(name):
    part, view = page.part(name), VIEWS[name]()
    places = page.BEFOREHAND[name]
    turned = [places[one] for one in view.ground_knobs if one in places]
    count = len(list(itertools.product(*turned)))
    grounds = re.findall("<svg( hidden)? class=.udl-ground", part)
    assert sorted(grounds) == ["", *[" hidden"] * (count - 1)]
    assert part.count(" data-ground") == len(turned)


@every
def test_a_slide_of_720_pixels_shows_its_words_with_18(name):
    style = (ROOT / "udl/lecture/slides.css").read_text(encoding="utf-8")
    room = [int(re.search(given, style)[1]) for given in (r"/ (\d+)px 1fr", r"calc\((\d+)px \*")]
    size = Scene(VIEWS[name](narrow=True)).size
    scale = min(there / here for there, here in zip(room, size, strict=True))
    assert scale * min(SIZES.values()) >= 18


def test_nothing_is_asked_of_another_place():
    text = page.style() + page.script() + page.part("sgd")
    assert not re.search(r"https?:|@import|url\(|fetch\(|\bsrc=", text)

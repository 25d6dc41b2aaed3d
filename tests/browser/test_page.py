"""All explorers on one page without a kernel, opened from a file with the network unplugged."""

import json
import random
import re
from datetime import datetime, timedelta

import pytest

from browser.chromium import Watch
from udl.explore import VIEWS, page
from udl.explore.packing import unpacked
from udl.show import minus

PAGE = """<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>탐색기</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{}</style></head>
<body style="font-family: sans-serif">{}<script>{}</script></body></html>"""
WIDE = {"width": 1280, "height": 900}
LAPTOP = {"width": 1280, "height": 720}
PHONES = {"width": 390, "height": 844}, {"width": 360, "height": 780}
NAMES = list(VIEWS)
LIMIT, LIMIT_OF_ALL = 150_000, 900_000  # characters, of one and of all seven
NUMBER = r"[−\d.]+"  # at a tick
NOON = datetime(2026, 1, 1, 12)

# What an explorer shows: its step, what moves, its sentence, and the value beside the main knob.
SHOWN = """root => [
    root.querySelector('.udl-knob:last-of-type input').value,
    root.querySelector('.udl-moving').innerHTML.trim(),
    root.querySelector('.udl-said').innerHTML,
    root.querySelector('.udl-value').textContent,
]"""
# Turn the inputs to a state; is what is shown what is expected?
TURNED = """(root, [places, moving, said]) => {
    const inputs = [...root.querySelectorAll('input')];
    inputs.forEach((input, i) => {
        if (input.type === 'checkbox') input.checked = places[i]; else input.value = places[i];
    });
    inputs[0].dispatchEvent(new Event('input'));
    const expected = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const sentence = document.createElement('p');
    expected.innerHTML = moving;
    sentence.innerHTML = said;
    return root.querySelector('.udl-moving').innerHTML === expected.innerHTML
        && root.querySelector('.udl-said').innerHTML === sentence.innerHTML;
}"""

# How large the words in its picture are shown, the smallest first, and which leave it.
LETTERS = """root => {
    const {left, right} = root.querySelector('.udl-layers').getBoundingClientRect();
    return [...root.querySelectorAll('svg:not([hidden]) text')].map(one => {
        const box = one.getBoundingClientRect();
        const size = one.getAttribute('font-size') * one.ownerSVGElement.getScreenCTM().a;
        return [size, one.textContent, box.left < left - 8 || box.right > right + 8];
    }).sort(([one], [other]) => one - other);
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "explorers.html"
    parts = "\n".join(page.part(name) for name in NAMES)
    path.write_text(PAGE.format(page.style(), parts, page.script()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def opened(browser, address):
    """The page, and how many explorers were unpacked before anyone scrolled down."""
    context = browser.new_context(offline=True, viewport=WIDE)
    tab = context.new_page()
    tab.clock.install(time=NOON)
    watch = Watch(tab)
    tab.goto(address)
    tab.locator(".udl-page[data-ready]").first.wait_for()
    early = tab.locator(".udl-page[data-ready]").count()
    for i in range(len(NAMES)):
        tab.locator(".udl-page").nth(i).scroll_into_view_if_needed()
        tab.wait_for_function(
            "i => 'ready' in document.querySelectorAll('.udl-page')[i].dataset", arg=i
        )
    tab.clock.pause_at(NOON + timedelta(hours=1))  # so that no test waits for a step
    yield tab, early
    assert watch.complaints == []
    context.close()


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def root(opened, name):
    """An explorer as it opens."""
    tab, _ = opened
    tab.set_viewport_size(WIDE)
    found = tab.locator(".udl-page").nth(NAMES.index(name))
    found.locator("[data-does=first]").click()
    return found


def test_they_are_small():
    sizes = {name: len(page.part(name).encode()) for name in VIEWS}
    assert [name for name, size in sizes.items() if size > LIMIT] == []
    assert sum(sizes.values()) <= LIMIT_OF_ALL


def test_what_nobody_sees_is_not_unpacked(opened):
    _, early = opened
    assert 1 <= early < len(NAMES)


def test_a_state_is_unpacked_as_it_was_packed(root, name):
    drawn, said = unpacked(page.fragments(name)), unpacked(page.sentences(name, "ko"))
    sizes = [*map(len, page.BEFOREHAND[name].values()), page.STEPS + 1]
    for i in (0, len(said) - 1, *random.Random(name).sample(range(len(said)), 20)):
        places, rest = [], i
        for size in reversed(sizes):
            rest, place = divmod(rest, size)
            places.insert(0, place)
        assert root.evaluate(TURNED, [places, drawn[i], minus(said[i].replace("\n", "<br>"))]), i


def test_a_dragged_knob_takes_the_picture_with_it(root):
    knob = root.locator("input").first
    before, box = root.evaluate(SHOWN), knob.bounding_box()
    picture = root.locator(".udl-layers").bounding_box()
    right, bottom = picture["x"] + picture["width"], picture["y"] + picture["height"]
    assert box["x"] >= right or box["y"] >= bottom  # no hand covers what moves
    mouse, y, seen = knob.page.mouse, box["y"] + box["height"] / 2, set()
    mouse.move(box["x"] + box["width"] / 2, y)
    mouse.down()
    for share in (0.3, 0.15, 0.7, 0.95):
        mouse.move(box["x"] + share * box["width"], y)
        seen.add(json.dumps(root.evaluate(SHOWN)))
    mouse.up()
    assert len(seen) == 4
    assert root.evaluate(SHOWN)[0] == before[0]


def test_it_can_be_used_with_the_keyboard_alone(root, opened):
    tab, _ = opened
    before = root.evaluate(SHOWN)
    for input in root.locator("input[type=range]").all():
        input.focus()
        text = input.get_attribute("aria-valuetext")
        key = "ArrowLeft" if input.evaluate("i => i.value === i.max") else "ArrowRight"
        tab.keyboard.press(key)
        assert input.get_attribute("aria-valuetext") != text
    after = root.evaluate(SHOWN)
    assert after != before
    assert after[3] == root.locator("input").first.get_attribute("aria-valuetext")
    root.locator("[data-does=first]").click()
    assert root.evaluate(SHOWN) == before
    root.locator("input").first.focus()
    step = int(before[0]) % page.STEPS
    top = tab.evaluate("scrollY")
    for _ in range(4):  # however long it is held
        tab.keyboard.down(" ")
    tab.keyboard.up(" ")
    tab.clock.run_for(2 * 150 + 20)
    assert root.evaluate(SHOWN)[0] == f"{step + 2}"
    tab.keyboard.press(" ")
    tab.clock.run_for(1000)
    assert root.evaluate(SHOWN)[0] == f"{step + 2}"
    assert abs(tab.evaluate("scrollY") - top) < 100  # the page is not turned


def test_it_plays_to_the_end_and_then_from_the_beginning(root, opened):
    tab, _ = opened
    play = root.locator("[data-does=play]")
    label = play.text_content()
    root.locator("input").last.fill(f"{page.STEPS - 2}")
    play.click()
    assert play.text_content() != label
    assert root.locator(".udl-said").get_attribute("aria-live") == "off"
    tab.clock.run_for(10 * 150)
    assert root.evaluate(SHOWN)[0] == f"{page.STEPS}"
    assert play.text_content() == label
    assert root.locator(".udl-said").get_attribute("aria-live") == "polite"
    play.click()
    tab.clock.run_for(150 + 20)
    assert root.evaluate(SHOWN)[0] == "1"
    play.click()


def test_a_sentence_is_read_out_when_it_rests(root, opened):
    tab, _ = opened
    said = root.locator(".udl-said")
    tab.clock.run_for(1000)
    for _ in range(3):
        assert said.get_attribute("aria-live") == "polite"
        root.locator("[data-does=back]").click()
        assert said.get_attribute("aria-live") == "off"
        tab.clock.run_for(400)
        assert said.get_attribute("aria-live") == "off"
        tab.clock.run_for(200)


def test_it_goes_step_by_step(root):
    seen = []
    for does in ("back", "back", "forward", "first"):
        root.locator(f"[data-does={does}]").click()
        seen.append(int(root.evaluate(SHOWN)[0]))
    first = seen[-1]
    assert seen == [first - 1, first - 2, first - 1, first]


def test_it_plays_slowly_where_motion_is_not_liked(opened):
    tab, _ = opened
    root = tab.locator(".udl-page").first
    root.locator("[data-does=first]").click()
    step = int(root.evaluate(SHOWN)[0])
    tab.emulate_media(reduced_motion="reduce")
    root.locator("[data-does=play]").click()
    tab.clock.run_for(900)
    assert root.evaluate(SHOWN)[0] == f"{step}"
    tab.clock.run_for(200)
    assert root.evaluate(SHOWN)[0] == f"{step + 1}"
    root.locator("[data-does=play]").click()
    tab.emulate_media(reduced_motion="no-preference")


def test_the_fog_lifts(opened):
    tab, _ = opened
    root = tab.locator(".udl-page").nth(NAMES.index("fog"))
    grounds = root.locator(".udl-ground")
    shown = [ground.is_visible() for ground in grounds.all()]
    root.locator("[type=checkbox]").click()
    assert [ground.is_visible() for ground in grounds.all()] == [not one for one in shown]
    root.locator("[data-does=first]").click()
    assert [ground.is_visible() for ground in grounds.all()] == shown


def assert_legible(root):
    """Its words are as large as a phone's own, and none leaves the picture."""
    words = root.evaluate(LETTERS)
    assert min(size for size, word, _ in words if not re.fullmatch(NUMBER, word)) >= 12, words
    assert words[0][0] >= 11
    assert [word for _, word, leaves in words if leaves] == []


@pytest.mark.parametrize("size", PHONES, ids=str)
def test_a_phone_shows_knobs_picture_and_sentence_together(opened, size):
    tab, _ = opened
    tab.set_viewport_size(size)
    assert tab.evaluate("document.documentElement.scrollWidth") == size["width"]
    for root in tab.locator(".udl-page").all():
        box = root.bounding_box()
        assert box["height"] <= size["height"] - 100  # a browser's bar and the site's own
        assert_legible(root)
        for target in root.locator("button, .udl-knob").all():
            box = target.bounding_box()
            assert min(box["width"], box["height"]) >= 44
        for input in root.locator("[type=range]").all():
            assert input.bounding_box()["height"] >= 44
    tab.set_viewport_size(WIDE)


def test_no_knob_vanishes_beside_large_words(opened):
    tab, _ = opened
    tab.set_viewport_size(PHONES[0])
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert tab.evaluate("document.documentElement.scrollWidth") == PHONES[0]["width"]
    for input in tab.locator("[type=range]").all():
        assert input.bounding_box()["width"] >= 100
    tab.evaluate("document.documentElement.style.fontSize = ''")
    tab.set_viewport_size(WIDE)


def test_a_laptop_shows_them_side_by_side(opened):
    tab, _ = opened
    tab.set_viewport_size(LAPTOP)
    for root in tab.locator(".udl-page").all():
        assert root.bounding_box()["height"] <= LAPTOP["height"] - 60
        picture, knob = (root.locator(f".udl-{one}").first for one in ("layers", "knob"))
        box = picture.bounding_box()
        assert knob.bounding_box()["x"] > box["x"] + box["width"]
        assert_legible(root)
    tab.set_viewport_size(WIDE)


def test_a_page_that_is_written_from_the_right_changes_no_explorer(opened):
    """As one that is translated may be."""
    tab, _ = opened
    boxes = """() => [...document.querySelectorAll('.udl-page :is(text, span, button)')]
        .map(one => one.getBoundingClientRect().left - one.closest('.udl-page').offsetLeft)"""
    before = tab.evaluate(boxes)
    tab.evaluate("document.dir = 'rtl'")
    assert tab.evaluate(boxes) == before
    tab.evaluate("document.dir = ''")


def test_paper_shows_the_picture_without_its_knobs(opened):
    tab, _ = opened
    tab.emulate_media(media="print")
    for root in tab.locator(".udl-page").all():
        assert not root.locator(".udl-turned").is_visible()
        assert root.locator(".udl-moving").is_visible()
    tab.emulate_media(media="screen")


@pytest.mark.parametrize("old", [False, True], ids=["without JavaScript", "an old browser"])
def test_where_nothing_can_be_unpacked_the_picture_stands_as_in_the_notebook(browser, address, old):
    context = browser.new_context(java_script_enabled=old, offline=True, viewport=WIDE)
    context.add_init_script("delete window.DecompressionStream")
    tab = context.new_page()
    watch = Watch(tab)
    tab.goto(address)
    for name, root in zip(NAMES, tab.locator(".udl-page").all(), strict=True):
        assert not root.locator("input").first.is_visible()
        assert root.locator(".udl-moving > g").count()
        assert root.locator(".udl-moving").get_attribute("role") == "img"
        assert root.locator(".udl-said").inner_text().startswith(f"{VIEWS[name].shown}걸음")
    context.close()
    assert watch.complaints == []

"""The slides on their own: opened from a folder, with the network unplugged."""

import re

import pytest

from browser.chromium import PATIENCE, Watch
from browser.lab import ROOT
from browser.screen import SCREENS, shot
from udl.chapter import NOTEBOOKS
from udl.figures.picture import NOTEBOOK_SCALE
from udl.figures.style import SIZES
from udl.lecture import slides

DECKS = {section: name.replace(".ipynb", ".html") for section, name in NOTEBOOKS.items()}

# What of the present slide lies outside it, which picture is missing or so small that its words are
# below 18 px, which formula is still LaTeX, which code is small though its lines are short, and
# whether the lecturer has notes.
FAULTS = """() => {
    const slide = Reveal.getCurrentSlide().querySelector('.slide');
    const edge = slide.getBoundingClientRect();
    const faults = [];
    for (const part of slide.querySelectorAll('*')) {
        const box = part.getBoundingClientRect();
        if (box.right > edge.right + 1 || box.bottom > edge.bottom + 1 || box.left < edge.left - 1)
            faults.push(`outside: ${part.outerHTML.slice(0, 80)}`);
    }
    for (const image of slide.querySelectorAll('img')) {
        const {width, height, naturalWidth, naturalHeight} = image;
        const scale = Math.min(width / naturalWidth, height / naturalHeight);
        const least = image.src.endsWith('.png') ? LEAST : 0.9;
        if (!(scale > least)) faults.push(`small: ${image.src} at ${scale}`);
    }
    for (const code of slide.querySelectorAll('.code pre, .printed')) {
        const size = parseFloat(getComputedStyle(code).fontSize);
        const lines = code.textContent.replace(/[가-힣]/g, '00').split('\\n');
        const longest = Math.max(...lines.map(line => line.length));
        if (size < 24 && longest < 70) faults.push(`small: ${size} px: ${code.textContent}`);
    }
    if (!Reveal.getSlideNotes()) faults.push('no notes');
    if (/[$]|\\\\\\w/.test(slide.innerText)) faults.push(`not drawn: ${slide.innerText}`);
    return faults;
}""".replace("LEAST", f"{18 / SIZES['word'] / NOTEBOOK_SCALE}")


# Which formula shows nothing.
EMPTY = """() => [...Reveal.getCurrentSlide().querySelectorAll('svg:not(.udl-page svg) path')]
    .filter(one => one.getBBox().width === 0).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def decks(tmp_path_factory):
    out = tmp_path_factory.mktemp("slides")
    slides.write(ROOT / "notebooks", out)
    return out


@pytest.fixture(scope="module")
def shared_page(browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    yield page, Watch(page)
    context.close()


@pytest.fixture
def page(shared_page):
    page, watch = shared_page
    watch.complaints.clear()
    yield page
    assert watch.complaints == []


def open_deck(page, decks, section, query=""):
    """As from the index, whose links thus lead where they say."""
    page.goto((decks / "index.html").as_uri())
    page.locator(f'a[href="{DECKS[section]}{query}"]').click()
    page.wait_for_function("window.Reveal?.isReady()")


# The deck lays every slide out for the first screen and enlarges it for any other.
WHERE = [(section, SCREENS[0]) for section in DECKS] + [("3.7.3", SCREENS[1])]


@pytest.mark.parametrize(("section", "size"), WHERE, ids=str)
def test_every_slide_fits(page, decks, section, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    open_deck(page, decks, section)
    count = page.evaluate("Reveal.getTotalSlides()")
    for i in range(count):
        page.evaluate("i => Reveal.slide(i)", i)  # a picture hides what stands before it
        assert page.evaluate(EMPTY) == [], f"slide {i + 1}"
        page.evaluate("i => Reveal.slide(i, 0, 99)", i)  # 99: with all that appears by and by
        assert page.evaluate(FAULTS) == [], f"slide {i + 1}"
        if size == SCREENS[0]:
            page.evaluate("document.getAnimations().forEach(one => one.finish())")
            shot(page, f"slides-{section}-{i + 1:02}")


def test_keys_turn_every_page(page, decks):
    open_deck(page, decks, "3.7.3")
    seen = {page.evaluate("Reveal.getIndices().h")}
    while not page.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
        before = page.evaluate("JSON.stringify(Reveal.getState())")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("JSON.stringify(Reveal.getState())") != before
        seen.add(page.evaluate("Reveal.getIndices().h"))
    assert len(seen) == page.evaluate("Reveal.getTotalSlides()")


def test_what_plays_stops_when_its_slide_is_left(page, decks):
    open_deck(page, decks, "3.7.3")
    page.evaluate("""Reveal.slide(
        Reveal.getSlides().findIndex(one => one.querySelector('.udl-page')), 0, 99)""")
    root = page.locator(".udl-page[data-ready]")
    play, step = root.locator("[data-does=play]"), root.locator("input").last
    label = play.text_content()
    step.fill("0")
    play.click()
    page.wait_for_function("one => one.value > 1", arg=step.element_handle())
    assert play.text_content() != label
    page.evaluate("Reveal.prev()")
    stopped = [play.element_handle(), label]
    page.wait_for_function("([one, text]) => one.textContent === text", arg=stopped)
    left = step.input_value()
    page.wait_for_timeout(500)
    assert step.input_value() == left != step.get_attribute("max")


def test_the_speaker_sees_the_notes(page, decks):
    open_deck(page, decks, "3.7.3")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    watch = Watch(speaker)
    for i in (0, 1):
        page.evaluate("i => Reveal.slide(i)", i)
        note = page.evaluate("Reveal.getCurrentSlide().querySelector('aside.notes').textContent")
        speaker.wait_for_function(
            "text => document.querySelector('.speaker-controls-notes .value').textContent.trim()"
            " === text",
            arg=note.strip(),
            timeout=1000 * PATIENCE,
        )
        assert speaker.locator(".speaker-controls-notes").is_visible()
    assert watch.complaints == []
    speaker.close()


@pytest.mark.parametrize("section", DECKS)
def test_the_print_has_every_slide(page, decks, section):
    count = (decks / DECKS[section]).read_text(encoding="utf-8").count("<section>")
    open_deck(page, decks, section, "?print-pdf")
    page.wait_for_selector(".pdf-page")
    assert page.locator(".pdf-page").count() == count
    assert page.locator(".pdf-page .fragment:not(.visible)").count() == 0
    sheets = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type /Page\b", sheets)) == count


def test_a_knob_has_the_arrows_and_a_presenter_s_keys_still_turn_the_page(page, decks):
    open_deck(page, decks, "3.7.3")
    find = "Reveal.getSlides().findIndex(one => one.querySelector('.udl-page'))"
    here = page.evaluate(find)
    page.evaluate("i => Reveal.slide(i)", here)
    page.locator(".udl-page[data-ready]").wait_for()
    knob = page.locator(".udl-page input").first
    value = knob.input_value()

    def slide():
        return page.evaluate("Reveal.getIndices().h")

    knob.focus()
    page.keyboard.press("ArrowLeft")
    assert (knob.input_value() < value, slide()) == (True, here)
    page.keyboard.press(" ")  # plays
    page.keyboard.press(" ")
    assert slide() == here
    page.keyboard.press("Escape")
    assert not page.evaluate("Reveal.isOverview()")
    page.keyboard.press("ArrowRight")
    assert slide() == here + 1
    page.evaluate("i => Reveal.slide(i)", here)
    knob.focus()
    page.keyboard.press("PageDown")
    assert slide() == here + 1


def test_an_explorer_is_left_alone_in_the_overview_and_stays_whole_on_paper(page, decks):
    open_deck(page, decks, "3.7.3")
    knob = page.locator(".udl-page input").first
    value = knob.input_value()
    page.evaluate(
        "Reveal.slide(Reveal.getSlides().findIndex(one => one.querySelector('.udl-page')))"
    )
    page.keyboard.press("Escape")
    box = knob.bounding_box()
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    assert (knob.input_value(), page.evaluate("Reveal.isOverview()")) == (value, False)
    page.emulate_media(media="print")  # and not "?print-pdf"
    ground, moving = (one.bounding_box() for one in page.locator(".udl-layers svg").all())
    assert ground == moving
    assert not page.locator(".udl-turned").is_visible()
    page.emulate_media(media="screen")

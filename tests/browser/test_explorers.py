"""The explorers in JupyterLab: they follow the hand. One notebook and one kernel serve all."""

import ast
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from browser.explorer import Explorer
from browser.screen import shot
from udl.chapter import LANGUAGES
from udl.explore import VIEWS
from udl.publish.notebooks import METADATA

LAPTOP = {"width": 1366, "height": 768}
WIDGETS = "len(__import__('ipywidgets').Widget.get_manager_state()['state'])"
BUTTONS = "걷기와 멈추기", "0걸음으로", "◀ 한 걸음", "한 걸음 ▶", "처음으로"
MADE = "made = explore.momentum(); made"
LATE = """
import time
from pathlib import Path

over, drawn = made.scene.over, []

def late(at, t):
    while not Path("hand-has-let-go").exists():
        time.sleep(0.01)
    drawn.append(at["alpha"])
    return over(at, t)

made.scene.over = late
"""
ABSENT = """
from traitlets import Unicode
from udl.explore import explorer

class Absent(explorer.Front):
    _model_module = Unicode("absent").tag(sync=True)

present, explorer.Front = explorer.Front, Absent
made = explore.momentum()
explorer.Front = present
made
"""
# What of an explorer is to be seen at once, and lies outside of what is shown of the notebook.
OUTSIDE = """box => {
    const seen = box.closest('.jp-WindowedPanel-outer').getBoundingClientRect();
    const parts = box.querySelectorAll(
        '.noUi-handle, .jupyter-button, select, input, .udl-status, .udl-note, .udl-picture');
    return [...parts].filter(one => {
        if (!one.checkVisibility()) return false;
        const {left, top, right, bottom, width, height} = one.getBoundingClientRect();
        return !width || !height || left < seen.left || right > seen.right
            || top < seen.top - 1 || bottom > seen.bottom + 1;
    }).map(one => one.className || one.tagName);
}"""
# Words that are cut off, and columns higher than what is shown of the notebook, in some explorers.
CRAMPED = """boxes => {
    const seen = boxes[0].closest('.jp-WindowedPanel-outer').getBoundingClientRect();
    return boxes.flatMap(box => [...box.querySelectorAll('.widget-label, button, .udl-turned')])
        .filter(one => one.checkVisibility())
        .filter(one => one.scrollWidth > one.clientWidth + 1 || one.offsetHeight > seen.height)
        .map(one => one.innerText);
}"""
NAMES = """box => [...box.querySelectorAll('.noUi-handle, button, select, input')]
    .filter(one => one.checkVisibility())
    .map(one => [one.ariaLabel ?? one.innerText, one.ariaValueText])"""


@pytest.fixture(scope="module")
def opened(shared_lab, folder):
    """A notebook with every explorer in a cell of its own, below a page of text."""
    text = "읽을 글이 있다.\n\n" * 30
    cells = [new_code_cell("from udl import explore")]
    for name in VIEWS:
        cells += [new_markdown_cell(text), new_code_cell(f"explore.{name}()")]
    cells.append(new_markdown_cell(text))
    nbformat.write(new_notebook(cells=cells, metadata=METADATA), folder / "explorers.ipynb")
    before = shared_lab.page.viewport_size
    shared_lab.page.set_viewport_size(LAPTOP)
    shared_lab.page.evaluate("jupyterapp.shell.expandLeft()")  # the file browser is open
    try:
        with shared_lab.open("explorers.ipynb") as notebook:
            assert notebook.run_cell(0)
            yield notebook
    finally:
        shared_lab.page.set_viewport_size(before)
        shared_lab.page.evaluate("jupyterapp.shell.collapseLeft()")


@pytest.fixture
def notebook(lab, opened):
    """The notebook; its kernel has nothing to complain of in the end."""
    yield opened
    assert opened.errors() == []


def cell_of(name):
    """The number of the cell with an explorer."""
    return 2 + 2 * list(VIEWS).index(name)


def made(notebook, name):
    """An explorer whose cell has just been run."""
    assert notebook.run_cell(cell_of(name))
    return Explorer(notebook, cell_of(name))


@pytest.fixture
def explorer(notebook):
    """3.7.3's, whose cell has just been run."""
    return made(notebook, "momentum")


def temporary(notebook, source):
    """An explorer made by other code, in the first cell."""
    notebook.insert(0, source)
    assert notebook.run_cell(0)
    return Explorer(notebook, 0)


@pytest.mark.parametrize("name", VIEWS)
def test_it_comes_into_view_whole_and_follows_the_hand(notebook, name):
    index = cell_of(name)
    view = VIEWS[name]()
    labels = {k.name: view.label(k) for k in view.knobs}
    knob = labels[view.drag[0]]
    notebook.panel.evaluate("(panel, i) => { panel.content.activeCellIndex = i }", index)
    notebook.cell(index).locator(".jp-InputPrompt").click()
    notebook.page.keyboard.press("Shift+Enter")
    box = notebook.cell_in_place(index).locator(".udl-explorer")
    box.locator(".udl-note", has_text="누르거나 끌면").wait_for()
    notebook.page.wait_for_function(
        f"box => !({OUTSIDE})(box).length", arg=box.element_handle(), timeout=5000
    )
    explorer = Explorer(notebook, index)

    opened = explorer.picture()
    with explorer.held(knob) as move:
        move(0.1)
        low = explorer.picture()
        move(0.4)
        halfway = explorer.picture()
        look(notebook, name)
        move(0.1)
        move(0.7)
    after = explorer.picture()
    assert len({opened, low, halfway, after}) == 4
    explorer.key(knob, "ArrowLeft")
    assert explorer.picture() != after
    explorer.key(knob, "ArrowRight")
    assert explorer.picture() == after  # where the hand let go was drawn last

    with explorer.touched(0.3, 0.3) as move:
        first = explorer.picture()
        move(0.2, 0.4)
        assert len({after, first, explorer.picture()}) == 3

    names = box.evaluate(NAMES)
    rate = next(number for label, number in names if label == "학습률 η")
    assert float(rate) == next(k.value for k in view.knobs if k.name == "lr") or knob == "학습률 η"
    said = [label for label, _ in names]
    assert said[: len(labels) + 1] == [*labels.values(), "걸음"]
    assert said[len(labels) + 1 :] == list(BUTTONS)
    assert box.locator("[title=null]").count() == 0
    box.locator(".udl-status [aria-live=polite]").wait_for()  # it is read when it rests


def look(notebook, name):
    """Turn the page dark and light while it is held; leave pictures for who asks for some."""
    if name != "momentum" and "UDL_SCREENSHOTS" not in os.environ:
        return  # of no other would the page complain
    page = notebook.page
    for theme in ("Dark", "Light"):
        page.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})",
            f"JupyterLab {theme}",
        )
        page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light",
            arg=str(theme == "Light").lower(),
        )
        page.wait_for_selector("#jupyterlab-splash", state="detached")  # which hides the page
        shot(page, f"explorer-{name}-{theme.lower()}")


def test_space_plays_and_pauses_and_buttons_step(explorer):
    start = explorer.picture(), explorer.status()
    keyboard = explorer.notebook.page.keyboard
    explorer.slider("걸음").locator(".noUi-handle").focus()
    for _ in range(4):  # however long it is held
        keyboard.down(" ")
    keyboard.up(" ")
    explorer.wait_for_another(explorer.wait_for_another(start[1]))
    assert explorer.sentence.locator("[aria-live]").get_attribute("aria-live") == "off"
    explorer.key("걸음", " ")
    paused = explorer.picture(), explorer.status()
    assert paused[0] != start[0]

    explorer.press("한 걸음 ▶")
    assert explorer.status() != paused[1]
    explorer.press("◀ 한 걸음")
    assert (explorer.picture(), explorer.status()) == paused
    explorer.press("처음으로")
    assert (explorer.picture(), explorer.status()) == start
    explorer.press("0걸음으로")
    assert explorer.status().startswith("0걸음")


def test_of_two_fingers_on_the_picture_the_first_has_the_start(notebook, explorer):
    page, box = notebook.page, explorer.image.bounding_box()
    session = page.context.new_cdp_session(page)

    def fingers(kind, *shares):
        points = [
            {"id": i, "x": box["x"] + share * box["width"], "y": box["y"] + 0.4 * box["height"]}
            for i, share in enumerate(shares)
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        return explorer.picture()

    first = fingers("touchStart", 0.4)
    assert fingers("touchStart", 0.4, 0.7) == fingers("touchMove", 0.4, 0.8) == first
    assert fingers("touchMove", 0.3, 0.8) != first
    fingers("touchEnd")


def test_tab_reaches_every_knob_and_shows_where_it_is(notebook, explorer):
    page, view = notebook.page, VIEWS["momentum"]()
    labels = [view.label(knob) for knob in view.knobs]
    explorer.slider(labels[0]).locator(".noUi-handle").focus()
    page.keyboard.press("Tab")  # from now on the page knows that it is used by keyboard
    page.keyboard.press("Shift+Tab")
    reached = []
    for _ in range(13):
        reached.append(
            page.evaluate(
                """() => {
                    const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
                    const name = document.activeElement.getAttribute('aria-label');
                    return [name ?? document.activeElement.innerText, outlineStyle, outlineWidth];
                }"""
            )
        )
        page.keyboard.press("Tab")
    sliders = [name for label in (*labels, "걸음") for name in (label, f"{label} 적기")]
    assert reached == [[name, "solid", "3px"] for name in (*sliders, *BUTTONS)]
    alpha = explorer.slider("모멘텀 계수 α")
    for typed, read, done in (("0,5", "0.5", "Enter"), ("0,25", "0.25", "Tab")):
        alpha.locator(".widget-readout").fill(typed)
        page.keyboard.press(done)
        assert alpha.locator(".noUi-handle").get_attribute("aria-valuetext") == read


def test_when_the_kernel_has_gone_one_line_says_so_and_the_layers_stay_together(explorer):
    explorer.box.evaluate(
        """box => [box, ...box.querySelectorAll('.lm-Widget')].forEach(
            one => one.classList.add('jupyter-widgets-disconnected'))"""  # as ipywidgets does
    )
    assert explorer.box.locator(".udl-note").inner_text().startswith("커널이 끝났거나")
    ground, moving = (layer.bounding_box() for layer in explorer.image.locator("svg").all())
    assert ground == moving


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_words_have_room(notebook, lang):
    made = f"[getattr(explore, name)() for name in {list(VIEWS)}]"
    shown = f"import udl; udl.language({lang!r}); display(*{made}); udl.language('ko')"
    notebook.insert(0, shown)
    assert notebook.run_cell(0)
    boxes = notebook.cell(0).locator(".udl-explorer")
    boxes.nth(len(VIEWS) - 1).wait_for()
    notebook.settle()
    assert boxes.evaluate_all(CRAMPED) == []
    notebook.remove(0)


@pytest.mark.parametrize("name", ["momentum", "adam", "rmsprop"])
def test_it_wraps_at_150_percent_and_on_a_narrow_pane(notebook, name):
    explorer = made(notebook, name)
    page = notebook.page
    try:
        for width, height in ((911, 512), (760, 768)):
            page.set_viewport_size({"width": width, "height": height})
            boxes = {
                part: explorer.box.locator(part).bounding_box()
                for part in (".udl-turned", ".udl-picture", ".noUi-base >> nth=-1")
            }
            turned, picture, track = boxes.values()
            assert picture["y"] >= turned["y"] + turned["height"]
            assert track["width"] > 100
            assert picture["width"] > 300
            for button in explorer.box.locator("button").all():
                assert button.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    finally:
        page.set_viewport_size(LAPTOP)


def test_two_explorers_do_not_disturb_one_another_and_a_rerun_leaves_nothing(notebook, explorer):
    other = made(notebook, "sgd")
    first = explorer.picture()
    before = other.picture()
    with other.held("걸음") as move:
        move(0.3)
    assert other.picture() != before
    assert explorer.picture() == first

    widgets = notebook.ask(WIDGETS)
    notebook.page.emulate_media(reduced_motion="reduce")
    other = made(notebook, "sgd")
    assert (other.picture(), explorer.picture()) == (before, first)
    assert notebook.ask("_.play.interval") == "1000"  # slowly, where motion is not liked
    notebook.page.emulate_media(reduced_motion="no-preference")
    assert notebook.ask(WIDGETS) == widgets


def test_of_the_places_that_come_while_it_draws_only_the_last_is_drawn(notebook, folder):
    label = "모멘텀 계수 α"
    notebook.insert(0, LATE)
    explorer = temporary(notebook, MADE)
    assert notebook.run_cell(1)
    with explorer.held(label) as move:
        move(0.1)
        move(0.7)
    (folder / "hand-has-let-go").touch()
    explorer.status()
    _, last = ast.literal_eval(notebook.ask("drawn"))
    assert last == ast.literal_eval(notebook.ask("made.values['alpha']"))
    notebook.remove(0)
    notebook.remove(0)


def test_without_anywidget_the_sliders_turn_and_one_line_says_what_is_missing(
    lab, notebook, monkeypatch
):
    known = lab.watch.known
    monkeypatch.setattr(lab.watch, "known", lambda error: "absent" in error or known(error))
    explorer = temporary(notebook, ABSENT)
    before = explorer.picture()
    with explorer.held("걸음") as move:
        move(0.6)
    assert explorer.picture() != before
    explorer.box.get_by_text("이 화면에는 anywidget이 없어서").wait_for()
    assert explorer.image.locator(":scope > :not(.udl-layer)").is_hidden()
    notebook.remove(0)

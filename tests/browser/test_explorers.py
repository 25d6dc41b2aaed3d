"""The explorers in JupyterLab: they follow the hand."""

import ast
import os
from pathlib import Path

import pytest

from browser.explorer import Explorer
from browser.lab import ROOT
from udl.chapter import NOTEBOOKS
from udl.explore import VIEWS

SHOTS = Path(os.environ.get("UDL_SCREENSHOTS", ROOT / "build" / "screenshots"))
WIDGETS = "len(__import__('ipywidgets').Widget.get_manager_state()['state'])"
MOMENTUM = """
from udl import explore
explorer = explore.momentum()
explorer
"""
LATE = """
import time
from pathlib import Path

frame, drawn = explorer.scene.frame, []

def late(at, t):
    while not Path("hand-has-let-go").exists():
        time.sleep(0.01)
    drawn.append(at["alpha"])
    return frame(at, t)

explorer.scene.frame = late
"""


def cell_of(notebook):
    """The number of the cell with the explorer."""
    (index,) = (i for i, c in enumerate(notebook.cells()) if "\nexplore." in c["source"])
    return index


@pytest.fixture(scope="module", params=VIEWS)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def opened(shared_lab, name):
    with shared_lab.open(NOTEBOOKS[VIEWS[name].section]) as notebook:
        yield notebook


@pytest.fixture
def notebook(lab, opened):
    """The explorer's notebook; its kernel has nothing to complain of in the end."""
    yield opened
    assert opened.errors() == []


@pytest.fixture
def explorer(notebook):
    """An explorer whose cell has just been run."""
    index = cell_of(notebook)
    assert notebook.run_cell(index)
    return Explorer(notebook, index)


@pytest.fixture
def knob(name):
    """The label of the slider that a lecturer would drag."""
    return next(k.label for k in VIEWS[name].knobs if k.name == VIEWS[name].drag[0])


def test_the_picture_follows_the_hand(name, notebook, explorer, knob):
    assert notebook.cell(cell_of(notebook)).locator("img").count() == 1  # the stored one is gone
    with explorer.held("걸음") as move:
        move(0.1)
    before = explorer.picture()
    with explorer.held(knob) as move:
        move(0.1)
        move(0.4)
        halfway = explorer.picture()
        SHOTS.mkdir(parents=True, exist_ok=True)
        explorer.box.screenshot(path=SHOTS / f"explorer-{name}.png")
        move(0.1)
        move(0.7)
    after = explorer.picture()
    assert len({before, halfway, after}) == 3

    explorer.key(knob, "ArrowLeft")
    assert explorer.picture() != after
    explorer.key(knob, "ArrowRight")
    assert explorer.picture() == after  # where the hand let go was drawn last


def test_play_pause_and_step(explorer):
    start = explorer.picture(), explorer.status()
    explorer.play_or_pause()
    explorer.wait_for_another(explorer.wait_for_another(start[1]))
    explorer.play_or_pause()
    paused = explorer.picture(), explorer.status()
    assert paused[0] != start[0]

    explorer.press("한 걸음 ▶")
    assert explorer.status() != paused[1]
    explorer.press("◀ 한 걸음")
    assert (explorer.picture(), explorer.status()) == paused
    explorer.press("처음으로")
    assert (explorer.picture(), explorer.status()) == start


def test_a_click_on_the_picture_sets_the_start(explorer):
    start = explorer.picture()
    explorer.click(0.25, 0.3)
    assert explorer.picture() != start


def test_two_explorers_do_not_disturb_one_another_and_a_rerun_leaves_nothing(
    notebook, explorer, knob
):
    second = cell_of(notebook) + 1
    notebook.insert(second, notebook.cells()[second - 1]["source"])
    assert notebook.run_cell(second)
    other = Explorer(notebook, second)
    first = explorer.picture()
    assert other.picture() == first
    with other.held("걸음") as move:
        move(0.3)
    assert other.picture() != first
    assert explorer.picture() == first

    widgets = notebook.ask(WIDGETS)
    assert notebook.run_cell(second)
    assert Explorer(notebook, second).picture() == explorer.picture() == first
    assert notebook.ask(WIDGETS) == widgets


def test_of_the_places_that_come_while_it_draws_only_the_last_is_drawn(lab, folder):
    label = next(knob.label for knob in VIEWS["momentum"].knobs if knob.name == "alpha")
    with lab.open(NOTEBOOKS["3.7.3"]) as notebook:
        notebook.insert(0, LATE)
        notebook.insert(0, MOMENTUM)
        assert notebook.run_cell(0)
        explorer = Explorer(notebook, 0)
        assert notebook.run_cell(1)
        with explorer.held(label) as move:
            move(0.1)
            move(0.7)
        (folder / "hand-has-let-go").touch()
        explorer.status()
        _, last = ast.literal_eval(notebook.ask("drawn"))
        assert last == ast.literal_eval(notebook.ask("explorer.values['alpha']"))
        assert notebook.errors() == []

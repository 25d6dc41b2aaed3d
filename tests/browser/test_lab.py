"""`make lab`: what a reader finds who opens the course, and where the notebooks' links lead."""

import re
from urllib.parse import urljoin

import nbformat
import pytest

from browser.chromium import Watch
from browser.lab import Lab, Notebook, its_own
from udl.chapter import NOTEBOOKS

FIRST_SEEN = ["en", *NOTEBOOKS.values()]


def test_the_first_notebook_is_in_front_and_nothing_is_asked(browser, lab_address):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    watch = Watch(page, its_own)
    page.goto(lab_address.replace("lab?", "?"))
    page.get_by_role("heading", name="3.7.1. 지역 최적점과 전역 최적점").wait_for()
    page.evaluate("jupyterapp.restored.then(() => null)")
    shown = page.evaluate("[...jupyterapp.shell.widgets('main')].map(one => one.context?.path)")
    assert shown == [f"notebooks/{NOTEBOOKS['3.7.1']}"]
    names = page.locator(".jp-DirListing-itemText")
    names.nth(len(NOTEBOOKS)).wait_for(state="attached")  # another test may have folded it up
    names = names.all_text_contents()  # other tests leave notebooks of their own beside
    assert [name for name in names if name in FIRST_SEEN] == FIRST_SEEN
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready")
    assert page.locator(".jp-Dialog, .jp-toast-message").all_inner_texts() == []
    assert watch.complaints == []
    leave(page)


def leave(page):
    page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    page.close()


@pytest.fixture(scope="module")
def page(browser, lab_address):
    """A page in which links are followed: what they open stays open, so that it is opened once."""
    page = Lab(browser, lab_address).page
    yield page
    leave(page)


# What is in front once a link has been followed: its path, and whether the place in it is in view.
FOLLOWED = """([path, place]) => {
    const shown = jupyterapp.shell.currentWidget;
    if (shown?.context?.path !== path) return false;
    if (!place) return true;
    const part = shown.node.querySelector(`[data-jupyter-id="${place}"]`);
    const {top} = part?.getBoundingClientRect() ?? {top: -1};
    return top >= 0 && top < innerHeight;
}"""


def test_links_lead_where_they_say(page, folder):
    """One of each kind; where each of the others leads, test_notebooks has read."""
    path = f"notebooks/{NOTEBOOKS['3.7.1']}"
    notebook, kinds = Notebook(page, path), set()
    for index, cell in enumerate(nbformat.read(folder.parent / path, as_version=4).cells):
        links = re.findall(r"\]\((?!https?:)([^)]+)\)", cell.source)
        for i, link in enumerate(links):
            target, _, place = urljoin(path, link).partition("#")
            kind = target.rpartition(".")[2], bool(place)
            if cell.cell_type == "markdown" and kind not in kinds:
                notebook.panel.evaluate("panel => jupyterapp.shell.activateById(panel.id)")
                shown = notebook.cell(index).locator("a:not([href^='#'])")
                shown.nth(len(links) - 1).wait_for()
                shown.nth(i).dispatch_event("click")  # without a mouse, for which a page is waited
                page.wait_for_function(FOLLOWED, arg=[target, place])
                kinds.add(kind)
    assert kinds == {("ipynb", False), ("md", False), ("md", True)}


def test_every_place_that_a_link_names_is_there(page, folder):
    """... under the name that JupyterLab gives it."""
    places = set()
    for name in NOTEBOOKS.values():
        text = (folder / name).read_text(encoding="utf-8")
        places |= set(re.findall(r"\]\(([^)#]+)#([^)]+)\)", text))
    assert len(places) >= len(NOTEBOOKS)
    for target in {target for target, _ in places}:
        page.evaluate(
            "path => jupyterapp.commands.execute('docmanager:open', {path}).then(() => null)",
            urljoin("notebooks/", target),
        )
        for place in (place for other, place in places if other == target):
            page.locator(f'[data-jupyter-id="{place}"]').wait_for(state="attached")

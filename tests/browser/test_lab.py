"""`make lab`: what a reader finds who opens the course, and where the notebooks' links lead."""

import re
from urllib.parse import urljoin

import nbformat
import pytest

from browser.chromium import Watch
from browser.lab import Lab, Notebook
from udl.chapter import NOTEBOOKS


def test_the_first_notebook_is_in_front_and_nothing_is_asked(browser, lab_address):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    watch = Watch(page)
    page.goto(lab_address.replace("lab?", "?"))
    page.get_by_role("heading", name="3.7.1. 지역 최적점과 전역 최적점").wait_for()
    page.evaluate("jupyterapp.restored.then(() => null)")
    shown = page.evaluate("[...jupyterapp.shell.widgets('main')].map(one => one.context?.path)")
    assert shown == [f"notebooks/{NOTEBOOKS['3.7.1']}"]
    names = page.locator(".jp-DirListing-itemText")
    names.nth(len(NOTEBOOKS) - 1).wait_for(state="attached")  # another test may have folded it up
    assert names.all_text_contents() == list(NOTEBOOKS.values())
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
    for (const part of shown.node.querySelectorAll('[data-jupyter-id]'))
        if (part.dataset.jupyterId === place) {
            const {top} = part.getBoundingClientRect();
            return top >= 0 && top < innerHeight;
        }
    return false;
}"""


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_every_link_leads_where_it_says(page, folder, section):
    path = f"notebooks/{NOTEBOOKS[section]}"
    notebook, followed = Notebook(page, path), set()
    for index, cell in enumerate(nbformat.read(folder.parent / path, as_version=4).cells):
        links = re.findall(r"\]\((?!https?:)([^)]+)\)", cell.source)
        for i, link in enumerate(links):
            if cell.cell_type == "markdown" and link not in followed:
                notebook.panel.evaluate("panel => jupyterapp.shell.activateById(panel.id)")
                shown = notebook.cell(index).locator("a:not([href^='#'])")
                shown.nth(len(links) - 1).wait_for()
                shown.nth(i).dispatch_event("click")  # without a mouse, for which a page is waited
                page.wait_for_function(FOLLOWED, arg=urljoin(path, link).partition("#")[::2])
                followed.add(link)

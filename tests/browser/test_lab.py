"""`make lab`: what a reader finds who opens the course, unrun, and where its links lead.

One page serves all: what is open stays open, so that nothing is opened twice.
"""

import re
from urllib.parse import urljoin

import nbformat
import pytest

import udl
from browser.lab import Lab, its_own
from udl.chapter import NOTEBOOKS

FIRST_SEEN = ["en", *NOTEBOOKS.values()]

# Whether every cell is in the page, MathJax has set what stands between dollar signs, and links
# have been given the address of the file to which they lead.
SET = """panel => {
    const texts = [...panel.node.querySelectorAll('.jp-MarkdownOutput')];
    return panel.content.widgets.every(cell => cell.isAttached && !cell.isPlaceholder())
        && texts.length && !texts.some(text => text.innerText.includes('$'))
        && !texts.some(text => text.querySelector('a[href^="../"], a[href$=".ipynb"]'));
}"""

# To which file each link of the prose leads, from the folder that is served, and where in it.
LINKS = """panel => {
    const links = panel.node.querySelectorAll('.jp-MarkdownOutput a[href*="/files/"]');
    return [...links].map(link => {
        const {pathname, hash} = new URL(link.href);
        return decodeURIComponent(pathname.replace(/^.*?[/]files[/]/, '') + hash);
    });
}"""

# What is in front once a link has been followed: its path, and whether the place in it is in view.
FOLLOWED = """([path, place]) => {
    const shown = jupyterapp.shell.currentWidget;
    if (shown?.context?.path !== path) return false;
    if (!place) return true;
    const part = shown.node.querySelector(`[data-jupyter-id="${place}"]`);
    const {top} = part?.getBoundingClientRect() ?? {top: -1};
    return top >= 0 && top < innerHeight;
}"""


@pytest.fixture(scope="module")
def shared_lab(browser, lab_address):
    """JupyterLab as it opens, not as other tests need it."""
    lab = Lab(browser, lab_address.replace("lab?", "?"))
    yield lab
    lab.page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    lab.page.close()


@pytest.mark.parametrize(
    ("words", "place", "passed"),
    [
        ("Failed to execute 'removeChild' on 'Node'", "static/lab/5098.js?v=4ee4:1:84998", True),
        ("Failed to execute 'removeChild' on 'Node'", "lab/extensions/anywidget/1.js:1:2", False),
        ("x is undefined", "static/lab/5098.js?v=4ee4:1:84998", False),
    ],
)
def test_only_what_jupyterlab_complains_of_itself_is_passed_over(words, place, passed):
    at = "at f (http://localhost:8888/{})"
    error = f"uncaught: NotFoundError: {words}: {at.format('static/lab/1.js:1:2')}"
    assert its_own(f"{error} {at.format(place)}") == passed
    assert not its_own(f"uncaught: {words}")  # nobody knows whose


def test_the_first_notebook_is_in_front_and_nothing_is_asked(lab):
    page = lab.page
    page.get_by_role("heading", name="3.7.1. 지역 최적점과 전역 최적점").wait_for()
    shown = page.evaluate("[...jupyterapp.shell.widgets('main')].map(one => one.context?.path)")
    assert shown == [f"notebooks/{NOTEBOOKS['3.7.1']}"]
    names = page.locator(".jp-DirListing-itemText")
    names.nth(len(NOTEBOOKS)).wait_for(state="attached")  # the file browser has been folded up
    names = names.all_text_contents()  # other tests leave notebooks of their own beside
    assert [name for name in names if name in FIRST_SEEN] == FIRST_SEEN
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready")
    assert page.locator(".jp-Dialog, .jp-toast-message").all_inner_texts() == []


def test_every_place_that_a_link_names_is_there(lab, folder):
    """... under the name that JupyterLab gives it, where a page is opened as it reads."""
    places = set()
    for name in NOTEBOOKS.values():
        text = (folder / name).read_text(encoding="utf-8")
        places |= set(re.findall(r"\]\(([^)#]+)#([^)]+)\)", text))
    assert len(places) >= len(NOTEBOOKS)
    for target in {target for target, _ in places}:
        lab.page.evaluate(
            "path => jupyterapp.commands.execute('docmanager:open', {path}).then(() => null)",
            urljoin("notebooks/", target),
        )
        for place in (place for other, place in places if other == target):
            lab.page.locator(f'[data-jupyter-id="{place}"]').wait_for(state="attached")
        lab.page.evaluate("jupyterapp.shell.currentWidget.close()")  # a click shall open it anew


@pytest.fixture(scope="module", params=NOTEBOOKS)
def section(request):
    return request.param


@pytest.fixture(scope="module")
def opened(shared_lab, section):
    """Opened once for all that is asked of it."""
    with shared_lab.open(NOTEBOOKS[section]) as notebook:
        shared_lab.page.wait_for_function(SET, arg=notebook.panel)
        yield notebook


@pytest.fixture
def notebook(lab, opened):
    return opened


@pytest.fixture
def prose(section, folder):
    """Where in the project the links of a Markdown cell lead, by the number of the cell."""
    path = f"notebooks/{NOTEBOOKS[section]}"
    cells = nbformat.read(folder.parent / path, as_version=4).cells
    return {
        i: [urljoin(path, link) for link in re.findall(r"\]\((?!https?:)([^)]+)\)", cell.source)]
        for i, cell in enumerate(cells)
        if cell.cell_type == "markdown"
    }


def test_every_cell_is_shown_without_an_error(notebook):
    assert notebook.node.locator("mjx-merror").all_inner_texts() == []  # of MathJax
    for image in notebook.node.locator(".jp-RenderedImage img").all():
        assert image.evaluate("img => img.decode().then(() => img.naturalWidth)") > 600
    notebook.node.get_by_text("Loading widget").first.wait_for(state="detached")
    assert notebook.node.get_by_text("Error displaying widget").count() == 0
    assert notebook.errors() == []


def test_a_click_on_a_link_would_open_what_it_says(notebook, prose, folder):
    named = [link for links in prose.values() for link in links]
    assert named
    assert notebook.panel.evaluate(LINKS) == named
    for link in named:
        assert (folder.parent / link.partition("#")[0]).is_file(), link


only_the_first = pytest.mark.parametrize("section", ["3.7.1"], indirect=True)


@only_the_first
def test_the_kernel_imports_this_checkout(notebook):
    assert notebook.ask("__import__('udl').__file__") == repr(udl.__file__)


@only_the_first
def test_hangul_is_drawn(notebook):
    # without a font for it every syllable is the same box
    for kind in (".jp-RenderedMarkdown", ".cm-content"):
        assert notebook.node.locator(kind).first.evaluate(
            """node => {
                const draw = text => {
                    const canvas = document.createElement('canvas');
                    const context = canvas.getContext('2d');
                    context.font = `40px ${getComputedStyle(node).fontFamily}`;
                    context.fillText(text, 5, 50);
                    return canvas.toDataURL();
                };
                return draw('학') !== draw('률');
            }"""
        )


# where the place that is named in the page of answers cannot be seen from the top
@pytest.mark.parametrize("section", ["3.7.7"], indirect=True)
def test_a_click_on_a_link_opens_it(notebook, prose):
    """One of each kind."""
    kinds = set()
    for index, links in prose.items():
        for i, link in enumerate(links):
            target, _, place = link.partition("#")
            kind = target.rpartition(".")[2], bool(place)
            if kind not in kinds:
                notebook.panel.evaluate("panel => jupyterapp.shell.activateById(panel.id)")
                shown = notebook.cell(index).locator("a:not([href^='#'])")
                shown.nth(i).dispatch_event("click")  # without a mouse, for which a page is waited
                notebook.page.wait_for_function(FOLLOWED, arg=[target, place])
                kinds.add(kind)
    assert kinds == {("ipynb", False), ("md", False), ("md", True)}

"""`make lecture`: every notebook as slides in JupyterLab, with its explorer live."""

import shutil
from contextlib import contextmanager

import nbformat
import pytest

from browser.chromium import Watch
from browser.explorer import Explorer
from browser.lab import Notebook, its_own, served
from browser.screen import SCREENS, shot
from udl.chapter import NOTEBOOKS
from udl.explore import VIEWS
from udl.figures.picture import NOTEBOOK_SCALE
from udl.figures.style import SIZES
from udl.lecture.deck import slides

VIEW = {view.section: view() for view in VIEWS.values()}
WHOLE = "3.7.3"  # of which every cell is there, and with which the longer walk is taken

# What of the present slide lies outside the screen, and which code is small though its lines are
# short, once the sizes are set: they are when what is shown has been laid out.
FAULTS = """async panel => {
    for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
    const {clientHeight, scrollHeight} = panel.content.node;
    let size = 24, longest = 0;
    const faults = scrollHeight > clientHeight ? [`${scrollHeight} of ${clientHeight} high`] : [];
    for (const cell of panel.node.querySelectorAll('.jp-Cell.jp-deck-mod-onscreen'))
        for (const part of cell.querySelectorAll('*')) {
            const box = part.getBoundingClientRect();
            const style = getComputedStyle(part);
            if (style.display === 'none' || style.visibility === 'hidden' || !box.width) continue;
            if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
                faults.push(`outside: ${part.outerHTML.slice(0, 80)}`);
            if (part.matches('.jp-RenderedImage img')) { // words of 18 px where 720 are a screen
                const {naturalWidth: wide, naturalHeight: high} = part;
                const scale = Math.min(box.width / wide, box.height / high);
                if (scale < LEAST * innerHeight / 720)
                    faults.push(`small: ${part.alt.slice(0, 40)} at ${scale}`);
            }
            if (part.matches('.udl-explorer .widget-label, .udl-status *')
                && parseFloat(style.fontSize) * 720 / innerHeight < 18)
                faults.push(`small: ${part.innerText.slice(0, 40)} of ${style.fontSize}`);
            if (part.matches('.cm-scroller') && part.scrollWidth > part.clientWidth + 1)
                faults.push(`cut off: ${part.innerText.slice(0, 80)}`);
            if (part.matches('.cm-scroller, pre')) {
                size = parseFloat(style.fontSize) * 720 / innerHeight; // one for the slide
                const lines = part.innerText.replace(/[가-힣]/g, '00').split('\\n');
                longest = Math.max(longest, ...lines.map(line => line.length));
            }
        }
    if (size < 24 && longest < 70) faults.push(`small: code of ${size} px`);
    return faults;
}""".replace("LEAST", f"{18 / SIZES['word'] / NOTEBOOK_SCALE}")


@pytest.fixture(scope="module")
def address(browser, folder, tmp_path_factory):
    program = ("udl", "lecture", "3", "--")
    with served(folder.parent, tmp_path_factory.mktemp("lecture"), program) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser):
    """In which a page finds what JupyterLab consists of where the one before has left it."""
    context = browser.new_context(viewport=dict(zip(("width", "height"), SCREENS[0], strict=True)))
    yield context
    context.close()


@contextmanager
def presented(context, address, path):
    """A `Notebook` in a page of its own, as slides, its explorer live."""
    page = context.new_page()
    watch = Watch(page, its_own)
    # reset: not what was open before
    page.goto(address.replace("lab?", f"lab/tree/{path}?reset&"))
    page.wait_for_selector(".jp-Deck .udl-explorer .udl-picture", state="attached")
    notebook = Notebook(page, path)
    notebook.watch = watch
    try:
        yield notebook
        assert watch.complaints == []
        assert notebook.errors() == []
    finally:
        notebook.close()
        page.close()


def active(notebook):
    return notebook.panel.evaluate("panel => panel.content.activeCellIndex")


def all_is_shown(notebook):
    return notebook.panel.evaluate(
        """panel => {
            const shown = [...panel.node.querySelectorAll('.jp-Cell.jp-deck-mod-onscreen')];
            return shown.every(cell => cell.classList.contains('jp-deck-mod-visible'));
        }"""
    )


def test_every_slide_fits_and_the_explorer_follows_the_hand(context, address, folder):
    """Which keys lead to a slide, and that nothing else of a notebook is shown, `WHOLE` tells.

    The others follow it in the same page: to open another takes as long as forty slides.
    """
    sources = {
        section: nbformat.read(folder / name, as_version=4) for section, name in NOTEBOOKS.items()
    }
    decks = {section: slides(source) for section, source in sources.items()}
    source, deck = sources[WHOLE], decks.pop(WHOLE)
    path = shutil.copy(folder / NOTEBOOKS[WHOLE], folder / f"{WHOLE}-presented.ipynb")
    with presented(context, address, f"notebooks/{path.name}") as notebook:
        a_whole_notebook_is_presented(notebook, source, deck)
        imports = next(cell for cell in source.cells if cell.cell_type == "code")
        every = [*deck[:2], *(slide for others in decks.values() for slide in others)]
        source.cells = [imports, *(cell for slide in every for cell in slide.cells)]
        nbformat.write(source, path)
        a_reload_shows_the_same_slide(notebook, deck[1])
        for section, others in decks.items():
            forget_what_was_before(notebook, source, others[0].cells[0])
            for number, slide in enumerate(others, start=1):
                last = source.cells.index(slide.cells[-1])
                notebook.panel.evaluate("(panel, i) => { panel.content.activeCellIndex = i }", last)
                look(notebook, f"{section}-{number:02}")
                if number == 1:
                    assert notebook.node.locator("h1:visible").inner_text() == slide.title
                if "explore." in slide.cells[-1].source:
                    drag(notebook, last, section)


def a_whole_notebook_is_presented(notebook, source, deck):
    way = [
        (n, cell, cell is slide.cells[-1])
        for n, slide in enumerate(deck, 1)
        for cell in slide.cells
    ]
    assert notebook.page.evaluate("document.title").startswith(WHOLE)
    assert notebook.page.locator(".jp-Deck h1").inner_text() == deck[0].title
    assert notebook.page.locator(".jp-toast, .Toastify__toast").count() == 0
    for cell in walk(notebook, source, way, "ArrowRight", SCREENS[0]):
        if "explore." in cell.source:
            drag(notebook, source.cells.index(cell), WHOLE)
    assert len(list(walk(notebook, source, way[::-1], "PageUp", SCREENS[1]))) == len(way)
    notebook.page.set_viewport_size(dict(zip(("width", "height"), SCREENS[0], strict=True)))
    the_notes_turn_with_the_pages(notebook.page, deck)


def forget_what_was_before(notebook, source, cell):
    """A turn takes the longer the more cells there are."""
    start = source.cells.index(cell)
    notebook.panel.evaluate(
        "(panel, n) => panel.content.model.sharedModel.deleteCellRange(0, n)", start
    )
    del source.cells[:start]


def look(notebook, name):
    """All of a slide is shown, and fits."""
    assert all_is_shown(notebook), name
    assert notebook.panel.evaluate(FAULTS) == [], name
    shot(notebook.page, f"lecture-{name}")


def walk(notebook, source, way, key, size):
    """Turn the pages with a key, and look at every slide when all of it is shown."""
    notebook.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    for number, cell, whole in way:
        assert source.cells[active(notebook)].id == cell.id
        if whole:
            look(notebook, f"{WHOLE}-{number:02}-{size[0]}")
        else:
            assert not all_is_shown(notebook)
        yield cell
        notebook.page.keyboard.press(key)
    assert source.cells[active(notebook)].id == cell.id  # the last is the end


def drag(notebook, index, section):
    view = VIEW[section]
    explorer = Explorer(notebook, index, move=60)
    label = next(view.label(knob) for knob in view.knobs if knob.name == view.drag[0])
    with explorer.held("걸음") as move:
        move(0.1)
    before = explorer.picture()
    with explorer.held(label) as move:
        move(0.7)
    assert explorer.picture() != before
    shot(notebook.page, f"lecture-{section}-dragged")


def the_notes_turn_with_the_pages(page, deck):
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value
    notes.get_by_text(deck[0].notes[:20]).wait_for()
    notes.keyboard.press("PageDown")  # as the remote does, whichever window is in front
    notes.get_by_text(deck[1].notes[:20]).wait_for()
    assert notes.locator("p").first.inner_text() == f"2/{len(deck)}"
    notes.close()


def a_reload_shows_the_same_slide(notebook, slide):
    notebook.page.reload()
    notebook.page.wait_for_selector(".jp-Deck .udl-explorer .udl-picture", state="attached")
    vars(notebook).update(vars(Notebook(notebook.page, notebook.name)))
    assert notebook.page.locator(".jp-mod-active h2").inner_text() == slide.title
    assert notebook.page.url.endswith("#/2")
    notebook.settle()
    complaints = notebook.watch.complaints  # the kernel still has the explorers of the page before
    complaints[:] = [one for one in complaints if "Comm not found" not in one]

"""`make lecture`: every notebook as slides in JupyterLab, with its explorer live."""

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
WHOLE = "3.7.3"  # whose copy has every cell, and with which the longer walk is taken

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
def others(folder):
    """The slides of all notebooks but `WHOLE`, in one beside them: it opens in the time of one."""
    sources = {
        section: nbformat.read(folder / name, as_version=4)
        for section, name in NOTEBOOKS.items()
        if section != WHOLE
    }
    decks = {section: slides(source) for section, source in sources.items()}
    first = next(iter(sources.values()))
    imports = next(cell for cell in first.cells if cell.cell_type == "code")
    first.cells = [imports, *(c for deck in decks.values() for slide in deck for c in slide.cells)]
    nbformat.write(first, folder / "others.ipynb")
    return first, decks


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


def test_every_slide_fits_and_the_explorer_follows_the_hand(context, address, others):
    """Which keys lead to a slide, and that nothing else of a notebook is shown, `WHOLE` tells."""
    source, decks = others
    with presented(context, address, "notebooks/others.ipynb") as notebook:
        for section, deck in decks.items():
            for number, slide in enumerate(deck, start=1):
                last = source.cells.index(slide.cells[-1])
                notebook.panel.evaluate("(panel, i) => { panel.content.activeCellIndex = i }", last)
                look(notebook, f"{section}-{number:02}")
                if number == 1:
                    assert notebook.node.locator("h1:visible").inner_text() == slide.title
                if "explore." in slide.cells[-1].source:
                    drag(notebook, last, section)


def test_a_whole_notebook_is_presented(context, address, folder):
    source = nbformat.read(folder / NOTEBOOKS[WHOLE], as_version=4)
    deck = slides(source)
    way = [
        (n, cell, cell is slide.cells[-1])
        for n, slide in enumerate(deck, 1)
        for cell in slide.cells
    ]
    with presented(context, address, f"notebooks/{NOTEBOOKS[WHOLE]}") as notebook:
        assert notebook.page.evaluate("document.title").startswith(WHOLE)
        assert notebook.page.locator(".jp-Deck h1").inner_text() == deck[0].title
        assert notebook.page.locator(".jp-toast, .Toastify__toast").count() == 0
        for cell in walk(notebook, source, way, "ArrowRight", SCREENS[0]):
            if "explore." in cell.source:
                drag(notebook, source.cells.index(cell), WHOLE)
        assert len(list(walk(notebook, source, way[::-1], "PageUp", SCREENS[1]))) == len(way)
        the_notes_turn_with_the_pages(notebook.page, deck)
        a_reload_shows_the_same_slide(notebook, deck[1])


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
    explorer = Explorer(notebook, index)
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

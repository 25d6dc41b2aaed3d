"""The notebooks in JupyterLab, as a reader opens them. What they do when run, others test."""

import re
from urllib.parse import urljoin

import nbformat
import pytest

import udl
from udl.chapter import NOTEBOOKS

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


def test_every_cell_is_shown_without_an_error(notebook):
    assert notebook.node.locator("mjx-merror").all_inner_texts() == []  # of MathJax
    for image in notebook.node.locator(".jp-RenderedImage img").all():
        assert image.evaluate("img => img.decode().then(() => img.naturalWidth)") > 600
    notebook.node.get_by_text("Loading widget").first.wait_for(state="detached")
    assert notebook.node.get_by_text("Error displaying widget").count() == 0
    assert notebook.errors() == []


def test_a_click_on_a_link_would_open_what_it_says(notebook, section, folder):
    # that it does, test_lab tries with one of each kind
    path = f"notebooks/{NOTEBOOKS[section]}"
    cells = nbformat.read(folder.parent / path, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    named = [urljoin(path, link) for link in re.findall(r"\]\((?!https?:)([^)]+)\)", prose)]
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

"""The notebooks in JupyterLab, as a reader opens them. What they do when run, others test."""

import pytest

import udl
from udl.chapter import NOTEBOOKS

# Whether every cell is in the page, and MathJax has set what stands between dollar signs.
SET = """panel => {
    const texts = [...panel.node.querySelectorAll('.jp-MarkdownOutput')];
    return panel.content.widgets.every(cell => cell.isAttached && !cell.isPlaceholder())
        && texts.length && !texts.some(text => text.innerText.includes('$'));
}"""


@pytest.mark.parametrize("name", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_every_cell_is_shown_without_an_error(lab, name):
    with lab.open(name) as notebook:
        lab.page.wait_for_function(SET, arg=notebook.panel)
        assert notebook.node.locator("mjx-merror").all_inner_texts() == []  # of MathJax
        for image in notebook.node.locator(".jp-RenderedImage img").all():
            assert image.evaluate("img => img.decode().then(() => img.naturalWidth)") > 600
        notebook.node.get_by_text("Loading widget").first.wait_for(state="detached")
        assert notebook.node.get_by_text("Error displaying widget").count() == 0
        assert notebook.errors() == []


def test_the_kernel_imports_this_checkout(lab):
    with lab.open(NOTEBOOKS["3.7.1"]) as notebook:
        assert notebook.ask("__import__('udl').__file__") == repr(udl.__file__)


def test_hangul_is_drawn(lab):
    # without a font for it every syllable is the same box
    with lab.open(NOTEBOOKS["3.7.1"]) as notebook:
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

"""The notebooks in JupyterLab, as a reader opens them."""

import pytest

import udl
from udl.chapter import NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS.values(), ids=NOTEBOOKS)
def test_every_cell_runs_without_an_error(lab, name):
    with lab.open(name) as notebook:
        notebook.run()
        for cell in notebook.cells():
            for output in cell.get("outputs", ()):
                assert output["output_type"] != "error", f"{cell['source']}\n{output['evalue']}"
            assert cell["cell_type"] != "code" or cell["execution_count"], cell["source"]
        assert notebook.errors() == []
        assert notebook.node.locator("mjx-merror").all_inner_texts() == []  # of MathJax
        notebook.node.get_by_text("Loading widget").first.wait_for(state="detached")
        assert notebook.node.get_by_text("Error displaying widget").count() == 0


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

"""Formulas as MathML: every browser sets it without a script, and a screen reader reads it."""

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.util import logging

CONVERTER = LatexToMathML(fancy_error=False)
LOGGER = logging.getLogger(__name__)


def mathml(latex, display):
    """A formula as ``<math>``; lines that ``\\\\`` parts are aligned, as Sphinx has it."""
    if display and r"\\" in latex and not latex.lstrip().startswith(r"\begin"):
        latex = rf"\begin{{aligned}}{latex}\end{{aligned}}"
    return CONVERTER.convert_with_local_state(latex, displaystyle=display)


def visit(translator, node):
    """Write a formula of a page; one that is not understood fails the build."""
    display = isinstance(node, nodes.math_block)
    tag = "div" if display else "span"
    try:
        formula = mathml(node.astext(), display)
    except LatexError as error:
        LOGGER.warning("no MathML for %r: %s", node.astext(), error, location=node)
        formula = translator.encode(node.astext())
    translator.body.append(translator.starttag(node, tag, "", CLASS="math notranslate"))
    translator.body.append(f"{formula}</{tag}>")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit, None), (visit, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}

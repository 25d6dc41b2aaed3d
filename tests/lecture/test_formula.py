"""Formulas as SVG: their size, their place in the line, and every one that a slide shows."""

import re
from pathlib import Path

import nbformat
import pytest

from udl.chapter import FOLDERS
from udl.lecture.deck import slides
from udl.lecture.formula import svg

ROOT = Path(__file__).parents[2]
EDITIONS = [
    path for place in FOLDERS.values() for path in sorted((ROOT / place).glob("[!.]*.ipynb"))
]


def box(latex, **options):
    """Width and height of a formula's view box."""
    shown = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', svg(latex, **options))
    return float(shown[1]), float(shown[2])


def test_a_formula_says_what_it_is_and_needs_nothing():
    shown = svg(r"a < \frac{1}{2}")
    assert r'aria-label="a &lt; \frac{1}{2}"' in shown
    assert re.search(r'<path fill="currentColor" d="M[-\d MLQCZ]+Z"/>', shown)
    assert "http" not in shown


def test_a_formula_in_a_line_reaches_below_it():
    assert "vertical-align:-0.0" in svg("W")
    assert float(re.search(r"vertical-align:(-[\d.]+)em", svg(r"\frac{1}{2}"))[1]) < -0.3
    assert "vertical-align" not in svg("W", display=True)


def test_a_displayed_fraction_is_full_size():
    assert box(r"\frac{1}{2}", display=True)[1] > 1.2 * box(r"\frac{1}{2}")[1]


def test_rows_stand_below_one_another_with_their_signs_aligned():
    one = box("W = W + v", display=True)
    two = box(r"\begin{aligned} W &= W + v \\ W + v &= W \end{aligned}", display=True)
    assert two[0] > 1.2 * one[0]  # the widest left side and the widest right side
    assert two[1] > 2 * one[1]


def test_an_unknown_command_is_an_error():
    with pytest.raises(ValueError, match="Unknown symbol"):
        svg(r"\nosuchthing")


@pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_formula_on_a_slide_can_be_drawn(path):
    notebook = nbformat.read(path, as_version=4)
    for slide in slides(notebook):
        for cell in slide.cells:
            if cell.cell_type == "markdown":
                for display, inline in re.findall(r"\$\$(.+?)\$\$|\$(.+?)\$", cell.source):
                    assert 0 < box(display or inline, display=bool(display))[0] < 2500

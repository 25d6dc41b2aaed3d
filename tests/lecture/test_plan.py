"""The lecture plan names the slides that there are, and lasts as long as it says."""

import re
from pathlib import Path

import nbformat
import pytest

from udl.chapter import NOTEBOOKS
from udl.lecture.deck import slides

ROOT = Path(__file__).parents[2]
PLAN = (ROOT / "docs" / "lecture.ko.md").read_text(encoding="utf-8")


def part(section):
    """Minutes promised, and the rows of a section: minutes, slide, question, what is dragged."""
    head = rf"^## {re.escape(section)} [^\n]*\((\d+)분\)$(.*?)(?=^## |\Z)"
    minutes, table = re.search(head, PLAN, re.MULTILINE | re.DOTALL).groups()
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    return int(minutes), [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_the_plan_names_every_slide_in_order(section):
    notebook = nbformat.read(ROOT / "notebooks" / NOTEBOOKS[section], as_version=4)
    _, rows = part(section)
    assert [row[1] for row in rows] == [slide.title for slide in slides(notebook)]


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_something_is_dragged_where_an_explorer_is(section):
    _, rows = part(section)
    assert [row[1].startswith("탐색기.") for row in rows] == [bool(row[3]) for row in rows]
    assert sum(bool(row[2]) for row in rows) >= 6  # questions


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_a_question_has_its_answer_after_an_arrow(section):
    _, rows = part(section)
    asked = [row[2].partition("말로: ")[0] for row in rows]
    assert [cell for cell in asked if re.search(r"\?(?! → )|(?<!\?) →", cell)] == []
    assert [cell for cell in asked if cell and "→" not in cell] == []


def test_the_minutes_add_up_and_leave_ten_of_ninety_free():
    parts = [part(section) for section in NOTEBOOKS]
    for minutes, rows in parts:
        assert sum(float(row[0]) for row in rows) == minutes
    assert sum(minutes for minutes, _ in parts) <= 80

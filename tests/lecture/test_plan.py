"""The lecture plan names the slides that there are, and lasts as long as it says."""

import re
from pathlib import Path

import nbformat
import pytest

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS
from udl.lecture.deck import slides

ROOT = Path(__file__).parents[2]
PLANS = {
    lang: (ROOT / "docs" / f"lecture.{lang}.md").read_text(encoding="utf-8") for lang in LANGUAGES
}
SAY = {"ko": "말로: ", "en": "Say: "}
each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_section = pytest.mark.parametrize("section", NOTEBOOKS)


def part(section, lang):
    """Minutes promised, and the rows of a section: minutes, slide, question, what is dragged."""
    head = rf"^## {re.escape(section)} [^\n]*\((\d+)(?:분| minutes)\)$(.*?)(?=^## |\Z)"
    minutes, table = re.search(head, PLANS[lang], re.MULTILINE | re.DOTALL).groups()
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    return int(minutes), [[cell.strip() for cell in row] for row in rows[2:]]


@each_language
@each_section
def test_the_plan_names_every_slide_in_order(section, lang):
    notebook = nbformat.read(ROOT / FOLDERS[lang] / NOTEBOOKS[section], as_version=4)
    _, rows = part(section, lang)
    assert [row[1] for row in rows] == [slide.title for slide in slides(notebook)]


@each_language
@each_section
def test_something_is_dragged_where_an_explorer_is(section, lang):
    _, rows = part(section, lang)
    explorers = [row[1].startswith(("탐색기.", "Explorer.")) for row in rows]
    assert explorers == [bool(row[3]) for row in rows]
    assert sum(bool(row[2]) for row in rows) >= 6  # questions


@each_language
@each_section
def test_a_question_has_its_answer_after_an_arrow(section, lang):
    _, rows = part(section, lang)
    asked = [row[2].partition(SAY[lang])[0] for row in rows]
    assert [cell for cell in asked if re.search(r"\?(?! → )|(?<!\?) →", cell)] == []
    assert [cell for cell in asked if cell and "→" not in cell] == []


@each_language
@each_section
def test_a_measured_number_that_a_lecturer_says_is_in_the_notebook(section, lang):
    cells = nbformat.read(ROOT / FOLDERS[lang] / NOTEBOOKS[section], as_version=4).cells
    shown = "\n".join(str([cell.source, cell.get("outputs")]) for cell in cells)
    told = [cell for cell in cells if "explore." not in cell.source]  # no cell has what it shows
    said = [cell.metadata.slideshow.get("notes", "") for cell in told]
    said += [row[2] for row in part(section, lang)[1]]
    numbers = re.findall(r"(?<![\d.])(?!3\.7\.)\d[\d,]*(?:\.\d+%?|%)", "\n".join(said))
    assert [n for n in numbers if not re.search(rf"(?<![\d.]){re.escape(n)}", shown)] == []


@each_language
def test_the_minutes_add_up_and_leave_ten_of_ninety_free(lang):
    parts = [part(section, lang) for section in NOTEBOOKS]
    for minutes, rows in parts:
        assert sum(float(row[0]) for row in rows) == minutes
    assert sum(minutes for minutes, _ in parts) <= 80

"""The slides of the seven notebooks, and what is not among them."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS
from udl.lecture.deck import slides

ROOT = Path(__file__).parents[2]
FOR_READERS = (  # sections that one reads, or does, alone
    "한 걸음씩 손으로",
    "예측하고 돌려 보기",
    "이 절의 주장을 재면",
    "본문에서 고칠 곳",
    "직접 해 보자",
)


LAST = {"ko": "기억할 것", "en": "What to remember"}


def read(section, lang="ko"):
    return nbformat.read(ROOT / FOLDERS[lang] / NOTEBOOKS[section], as_version=4)


def cell(source, mark=None, **more):
    show = {"slideshow": {"slide_type": mark, **more}} if mark else {}
    return new_markdown_cell(source, metadata=show)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", NOTEBOOKS)
def test_every_notebook_is_a_show(section, lang):
    if not (ROOT / FOLDERS[lang] / NOTEBOOKS[section]).exists():
        pytest.skip(f"{section} is not yet in {lang}")  # tests/publish/test_editions.py knows
    shown = slides(read(section, lang))
    assert shown[0].title.startswith(section)
    assert shown[-1].title.endswith(LAST[lang])
    assert len({slide.title for slide in shown}) == len(shown)
    assert sum("explore." in cell.source for slide in shown for cell in slide.cells) == 1


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_every_slide_has_notes(section):
    for slide in slides(read(section)):
        assert len(slide.notes) > 20, slide.title


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_what_is_for_readers_only_is_not_shown(section):
    notebook = read(section)
    shown = {cell.id for slide in slides(notebook) for cell in slide.cells}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0]
        if heading.endswith(FOR_READERS):
            assert cell.id not in shown, cell.source
    for slide in slides(notebook):
        for cell in slide.cells:
            assert not cell.source.startswith("**필요한 것.**")
            assert cell.cell_type == "markdown" or cell.outputs, cell.source


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (cell("## 1. 무엇을 찾는가\n\n하나만 둔다.", "slide"), "1. 무엇을 찾는가"),
        (cell("**먼저 생각해 보자.** $W$가 0.5라면 멈출까? 왜?", "slide"), "W가 0.5라면 멈출까?"),
        (
            cell("**Think first.** At $W \\approx 0.5$, does it stop? Why?", "slide"),
            "At W ≈ 0.5, does it stop?",
        ),
        (cell("**셋째, 클 때.** 멈춘다.", "slide"), "셋째, 클 때."),
        (cell("## 3. Where? And why? At 2.\n\nThere.", "slide"), "3. Where? And why? At 2."),
        (cell("**Think first.** It ends at 2. Why?", "slide"), "It ends at 2."),
        (cell("[3.7.2](x.ipynb)의 `sgd`로 걷자", "slide"), "3.7.2의 sgd로 걷자"),
        (
            new_code_cell(
                "figure_1()",
                outputs=[new_output("execute_result", {"text/plain": "<그림 1. 바닥>"})],
                metadata={"slideshow": {"slide_type": "slide"}},
            ),
            "그림 1. 바닥",
        ),
    ],
)
def test_a_slide_is_called_after_what_opens_it(first, title):
    assert slides(new_notebook(cells=[first]))[0].title == title


def test_a_fragment_joins_the_slide_before_it_and_a_skipped_cell_is_left_out():
    marks = ("skip", "slide", "skip", "fragment", "slide")
    notebook = new_notebook(cells=[cell(str(i), mark) for i, mark in enumerate(marks)])
    assert [[c.source for c in slide.cells] for slide in slides(notebook)] == [["1", "3"], ["4"]]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([cell("a", "slide"), cell("b")], "slide_type must be one of .* not None"),
        ([cell("a", "subslide")], "slide_type must be one of .* not 'subslide'"),
        (
            [cell("a", "skip"), cell("b", "fragment")],
            "slide_type must be 'slide' on the first slide",
        ),
    ],
)
def test_a_cell_without_a_place_is_named(cells, message):
    with pytest.raises(ValueError, match=f"cell {cells[-1].id}: {message}"):
        slides(new_notebook(cells=cells))

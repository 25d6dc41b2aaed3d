"""What nbval cannot see of the notebooks: that they were run, their pictures, their prose."""

import ast
import base64
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from symtable import symtable

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from udl.chapter import FOLDERS, NOTEBOOKS, language
from udl.explore import VIEWS
from udl.explore.view import Scene
from udl.figures import EQUATIONS
from udl.figures.catalogue import FIGURES
from udl.publish.compare import same
from udl.publish.notebooks import METADATA, normalise, rerun

ROOT = Path(__file__).parents[2]
PATHS = {section: ROOT / "notebooks" / name for section, name in NOTEBOOKS.items()}
ENGLISH = {f"en/{s}": ROOT / FOLDERS["en"] / name for s, name in NOTEBOOKS.items()}
EDITIONS = PATHS | {name: path for name, path in ENGLISH.items() if path.exists()}
RECORDED = json.loads((ROOT / "udl" / "recorded.json").read_text(encoding="utf-8"))["lines"]


def read(edition):
    return nbformat.read(EDITIONS[edition], as_version=4)


def code(edition):
    return [cell for cell in read(edition).cells if cell.cell_type == "code"]


def prose(edition):
    return "\n\n".join(c.source for c in read(edition).cells if c.cell_type == "markdown")


@pytest.fixture(params=NOTEBOOKS)
def section(request):
    """A Korean notebook. What holds of it holds of the English one, which is compared with it."""
    return request.param


@pytest.fixture(params=EDITIONS)
def edition(request):
    return request.param


def test_the_folder_holds_the_seven_notebooks_and_nothing_else():
    there = {path.name for path in (ROOT / "notebooks").glob("[!.]*")}
    assert there == {*NOTEBOOKS.values(), "en"}


def test_every_cell_was_run_from_top_to_bottom(edition):
    # nbval passes over a cell with neither output nor execution count
    cells = code(edition)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("place", ["root", "notebooks", "elsewhere"])
def test_the_first_cells_run_wherever_the_notebook_lies(tmp_path, place):
    # nbval runs them in notebooks/ alone; a reader opens a copy, or a kernel at the root
    folder = {"root": ROOT, "notebooks": ROOT / "notebooks", "elsewhere": tmp_path}[place]
    cells = [nbformat.v4.new_code_cell(code(edition)[0].source) for edition in EDITIONS]
    assert all("from udl" in cell.source for cell in cells)
    cells.append(nbformat.v4.new_code_cell("import os; os.getcwd()"))
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    (output,) = notebook.cells[-1].outputs
    assert Path(ast.literal_eval(output.data["text/plain"])).samefile(folder)


def test_no_cell_failed(edition):
    for cell in code(edition):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source
        assert "raises-exception" not in cell.metadata.get("tags", [])


def test_cells_are_short_and_plain(section):
    for cell in code(section):
        body = ast.parse(cell.source).body  # no magics: nbval passes over an unknown one
        if not all(isinstance(line, ast.Import | ast.ImportFrom) for line in body):
            assert len(cell.source.splitlines()) <= 14, cell.source


def test_no_cell_takes_the_name_of_what_was_imported(edition):
    # a reader who then runs an earlier cell again would call a number
    cells = [symtable(cell.source, cell.id, "exec").get_symbols() for cell in code(edition)]
    imported = {name.get_name() for cell in cells for name in cell if name.is_imported()}
    assigned = {name.get_name() for cell in cells for name in cell if name.is_assigned()}
    assert assigned & imported == set()


def test_the_file_is_normalised(edition):
    notebook = read(edition)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert dict(notebook.metadata) == METADATA
    text = EDITIONS[edition].read_text(encoding="utf-8")
    normalise(notebook)
    assert nbformat.writes(notebook) + "\n" == text


def pictures(edition):
    """Every stored picture under the name that stands beside it."""
    return {
        output.data["text/plain"]: base64.b64decode(output.data["image/png"])
        for cell in code(edition)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    }


def test_the_stored_pictures_are_the_figures_and_the_explorer(edition):
    # nbval never compares a PNG
    lang, section = "en" if edition in ENGLISH else "ko", edition.rpartition("/")[2]
    word = {"ko": "그림", "en": "Figure"}[lang]
    expected = {
        f"<{word} {n}. {entry.caption(lang)}>": (
            ROOT / "figures" / f"figure-{n:02}.{lang}.png"
        ).read_bytes()
        for n, entry in FIGURES.items()
        if entry.section == section
    }
    language(lang)
    (view,) = (view() for view in VIEWS.values() if view.section == section)
    expected[repr(view)] = Scene(view).still(view.values(), view.shown)
    stored = pictures(edition)
    assert set(stored) == set(expected)
    for name, picture in expected.items():
        assert same(stored[name], picture), name


def test_no_widget_is_stored(edition):
    # without its kernel it would show "model not found"
    for cell in code(edition):
        for output in cell.outputs:
            assert not any("widget" in kind for kind in output.get("data", {}))


def test_pictures_have_alternative_texts(edition):
    for cell in code(edition):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                assert len(output.metadata["image/png"]["alt"]) > 20


def test_the_section_s_equations_stand_in_it(section):
    text = prose(section)
    for equation in EQUATIONS.values():
        if equation.section == section:
            assert f"$${equation.latex}$$" in text


def test_links_lead_somewhere(edition):
    for target, place in re.findall(r"\]\(([^)#]+)#?([^)]*)\)", prose(edition)):
        to_come = edition in ENGLISH and target in NOTEBOOKS.values()  # test_editions knows which
        if not target.startswith("https://") and not to_come:
            path = EDITIONS[edition].parent / target
            assert path.exists(), target
            # JupyterLab's anchors of headings are not a code host's, which links name
            assert not place or f'<a id="{place}"></a>' in path.read_text(encoding="utf-8"), place


# What a reader alone gets through, and a lecturer finds again.
LIMITS = {"characters": 10_000, "code lines": 160, "cells": 95}
LONGER = {"3.7.7": {"characters": 10_600}}  # six rules meet there
ENGLISH_IS = 2  # times as many characters, for as much


def test_a_notebook_is_not_too_long(edition):
    cells = read(edition).cells
    lines = [line for cell in code(edition) for line in cell.source.splitlines() if line.strip()]
    found = {
        "characters": sum(len(cell.source) for cell in cells if cell.cell_type == "markdown"),
        "code lines": len(lines),
        "cells": len(cells),
    }
    limits = LIMITS | LONGER.get(edition.rpartition("/")[2], {})
    if edition in ENGLISH:
        limits["characters"] *= ENGLISH_IS
        limits["code lines"] += 2  # that set the language
    assert {name: n for name, n in found.items() if n > limits[name]} == {}


INSTEAD = {  # what stands where the glossary has another word: found so, with what is right
    "그라디언트": "그래디언트",
    "그래디언트트": "그래디언트",
    "학습 속도": "학습률",
    "미니배치": "미니 배치",
    "하이퍼파라미터": "하이퍼 파라미터",
    "걸음의 길이|걸음 폭|걸음이 (짧|길)": "갱신 폭",  # a step itself is no length
    "(?<![가-힣])짝(?![수지짓])": "조합",
    "몫": "비율",
    "가운데 값": "중앙값",
    "(?<![가-힣])(?<!한 )변[이은을과에의]": "경계",  # a square has sides, an area edges
}


def uses(word, text):
    """Where a word stands in a text, with what stands around it."""
    return [text[max(0, m.start() - 20) : m.end() + 20] for m in re.finditer(word, text)]


@pytest.mark.parametrize("word", INSTEAD, ids=INSTEAD.get)
def test_terms_are_the_glossary_s(section, word):
    found = [around for cell in read(section).cells for around in uses(word, cell.source)]
    assert not found, f"{INSTEAD[word]} instead"


@pytest.mark.parametrize("word", INSTEAD, ids=INSTEAD.get)
def test_terms_are_the_glossary_s_in_what_replies_and_beside_the_notebooks(word):
    rooms = ("udl/claims/*.py", "udl/exercises/*.py", "udl/explore/**/*.py", "docs/*.ko.md")
    paths = [path for room in rooms for path in sorted(ROOT.glob(room))]
    assert len(paths) > 20
    found = {path.name: uses(word, path.read_text(encoding="utf-8")) for path in paths}
    assert not {name: some for name, some in found.items() if some}, f"{INSTEAD[word]} instead"


@pytest.mark.parametrize(
    ("word", "wrong", "right"),
    [
        ("걸음의 길이|걸음 폭|걸음이 (짧|길)", "걸음의 길이는", "갱신 폭은 걸음마다"),
        ("(?<![가-힣])짝(?![수지짓])", "가장 좋은 짝 1,138짝", "짝수와 짝지으면, 단짝"),
        ("(?<![가-힣])(?<!한 )변[이은을과에의]", "쐐기의 변은", "한 변이 √h, 변화, 주변에"),
    ],
)
def test_a_word_is_found_where_it_is_meant_so(word, wrong, right):
    assert word in INSTEAD
    assert re.search(word, wrong)
    assert not re.search(word, right)


def snippets(section):
    """The PyTorch lines of a notebook, each with the error that is shown under it, if any."""
    fenced = r"```python\n(?P<line>[^`]*?torch\.[^`]*?)\n```(\s*```text\n(?P<error>[^`]*?)\n```)?"
    return [(m["line"], m["error"]) for m in re.finditer(fenced, prose(section))]


def recorded_lines(section):
    """The PyTorch lines whose error a notebook prints with `udl.show.recorded`."""
    call = r"""^recorded\((['"])(.*)\1\)$"""
    return [line for c in code(section) for _, line in re.findall(call, c.source, re.MULTILINE)]


def test_pytorch_lines_do_what_the_notebook_says(section):
    found = snippets(section)
    assert found or section == "3.7.1"
    for line, error in found:
        assert RECORDED[line] == error, "run tests/golden/record_snippets.py"
    for line in recorded_lines(section):
        assert RECORDED[line], "a line that runs needs no recorded error"


def test_what_is_recorded_is_what_the_script_would_record():
    code = "import json, record_snippets; print(json.dumps(record_snippets.lines()))"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "tests" / "golden", stdout=subprocess.PIPE
    )
    assert told.returncode == 0
    assert list(RECORDED) == json.loads(told.stdout)


def test_a_rerun_changes_nothing_and_keeps_a_picture_s_bytes(tmp_path):
    """... of a notebook up to its explorer: tables, a figure and what a step prints stand there."""
    notebook = read("3.7.3")
    (last,) = (i for i, cell in enumerate(notebook.cells) if "explore.momentum()" in cell.source)
    del notebook.cells[last + 1 :]
    path, text = tmp_path / PATHS["3.7.3"].name, nbformat.writes(notebook) + "\n"
    assert text.count('"image/png": "') == 2
    path.write_text(text, encoding="utf-8")
    assert rerun(path) is False
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("shade", "kept"), [(254, True), (200, False)])
def test_a_picture_from_another_processor_keeps_its_bytes(shade, kept):
    stored, drawn = (Image.new("L", (20, 20), 255) for _ in range(2))
    drawn.putpixel((3, 4), shade)
    stored, drawn = (
        nbformat.v4.new_output("display_data", {"image/png": base64.encodebytes(png(i)).decode()})
        for i in (stored, drawn)
    )
    cell = nbformat.v4.new_code_cell("picture", outputs=[drawn])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    normalise(notebook, [[stored]])
    assert (cell.outputs[0].data == stored.data) is kept


def png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def test_a_rerun_mends_outputs_and_metadata(tmp_path):
    path = tmp_path / "small.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("print(1)\nprint(2)", id="a", execution_count=7)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Mine", "language": "python"}},
    )
    nbformat.write(notebook, path)
    os.link(path, tmp_path / "old")  # another name of the file, which is not written into
    assert rerun(path) is True
    assert nbformat.read(tmp_path / "old", as_version=4) == notebook
    (cell,) = nbformat.read(path, as_version=4).cells
    assert (cell.execution_count, cell.outputs[0].text) == (1, "1\n2\n")
    assert dict(nbformat.read(path, as_version=4).metadata) == METADATA
    assert rerun(path) is False

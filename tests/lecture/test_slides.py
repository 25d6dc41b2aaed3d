"""The decks as files: what a page asks for lies beside it."""

import base64
import os
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output

from udl.__main__ import main
from udl.chapter import NOTEBOOKS
from udl.explore import page as explorers
from udl.lecture import deck, slides

ROOT = Path(__file__).parents[2]
PAGES = [name.replace(".ipynb", ".html") for name in NOTEBOOKS.values()]


@pytest.fixture(scope="module", autouse=True)
def _without_states():
    """The browser's tests turn the explorers; here none of their thousands of states is drawn."""
    with pytest.MonkeyPatch.context() as patch:
        for made in ("fragments", "sentences"):
            patch.setattr(explorers, made, lambda *asked: "")
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("slides")
    (out / "own.txt").write_text("stays", encoding="utf-8")
    for page in ("index.html", PAGES[0]):  # another name of it, which is not written into
        os.link(out / "own.txt", out / page)
    assert list(slides.write(ROOT / "notebooks", out)) == PAGES
    return out


def test_what_lay_there_stays(folder):
    assert (folder / "own.txt").read_text(encoding="utf-8") == "stays"


@pytest.mark.parametrize("page", ["index.html", *PAGES])
def test_a_page_asks_for_nothing_that_is_not_beside_it(folder, page):
    text = (folder / page).read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]+)"', text)
    assert loaded
    for target in loaded:
        assert (folder / target).is_file(), target
    for target in re.findall(r'<a href="([^"]+)"', text):
        assert (folder / target.partition("?")[0]).is_file(), target


def test_style_and_script_ask_for_nothing_elsewhere(folder):
    style = (folder / "slides.css").read_text(encoding="utf-8")
    for target in re.findall(r'url\("([^"]+)"\)', style):
        assert (folder / target).is_file(), target
    assert "@import" not in style


@pytest.mark.parametrize("page", PAGES)
def test_a_deck_has_its_pictures_and_one_explorer(folder, page):
    text = (folder / page).read_text(encoding="utf-8")
    images = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', text)
    assert all(len(alt) > 20 for _, alt in images)
    assert text.count('<div class="udl-page') == 1
    assert "$" not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", text, flags=re.S)


def test_code_is_shown_where_it_prints_and_not_where_it_draws(folder):
    text = (folder / PAGES[2]).read_text(encoding="utf-8")
    assert "figure_6" not in text
    assert "source(momentum)" not in text
    assert re.search(r'class="nf">momentum</span>.*?# v ← αv', text, re.S)


def test_the_same_files_every_time(folder, tmp_path):
    slides.write(ROOT / "notebooks", tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path


PNG = "iVBORw0KGgo="
OWN = {  # what a lecturer's own cell may leave, and what is shown of it beside its code
    "a result": ([new_output("execute_result", {"text/plain": "42"})], ["42"]),
    "an error": (
        [new_output("error", ename="KeyError", evalue="'v'")],
        ["KeyError: &#x27;v&#x27;"],
    ),
    "nothing": ([new_output("stream")], []),
    "a widget": ([new_output("display_data", {"application/json": {}})], []),
    "two plots": (
        [new_output("display_data", {"image/png": PNG})] * 2,
        ['src="deck.mine.png"', 'src="deck.mine-1.png"'],
    ),
}


@pytest.mark.parametrize("left", OWN)
def test_a_lecturer_s_own_cell_is_shown(tmp_path, left):
    outputs, shown = OWN[left]
    cell = nbformat.v4.new_code_cell("mine()", id="mine", outputs=outputs)
    html = slides._slide(deck.Slide((cell,), ""), slides.Pictures(tmp_path, "deck", "en", tmp_path))
    for part in shown:
        assert part in html
    assert ("mine" in re.sub("<.*?>", "", html)) is (left != "two plots")


def test_a_pasted_picture_is_shown(tmp_path):
    pasted = {"a.png": {"image/png": PNG}}
    cell = nbformat.v4.new_markdown_cell("![](attachment:a.png)", attachments=pasted)
    pictures = slides.Pictures(tmp_path, "deck", "en", tmp_path)
    assert f"base64,{PNG}" in slides._slide(deck.Slide((cell,), ""), pictures)


@pytest.mark.parametrize("where", ["mine.png", "my pictures/mine.png", "../mine.png"])
def test_a_picture_beside_the_notebook_is_shown(tmp_path, where):
    (tmp_path / "notebooks" / where).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "notebooks").mkdir(exist_ok=True)
    (tmp_path / "notebooks" / where).write_bytes(base64.b64decode(PNG))
    cell = nbformat.v4.new_markdown_cell(f"![a plot of mine]({where.replace(' ', '%20')})")
    pictures = slides.Pictures(tmp_path / "out", "deck", "en", tmp_path / "notebooks")
    html = slides._slide(deck.Slide((cell,), ""), pictures)
    assert f'src="data:image/png;base64,{PNG}" alt="a plot of mine"' in html


FAR = ["https://example.org/a.png", "gone.png", "data:image/png;base64," + 400 * "A"]


@pytest.mark.parametrize("where", FAR, ids=["a host", "gone", "the picture itself"])
def test_a_picture_that_is_not_there_stays_a_link(tmp_path, where):
    cell = nbformat.v4.new_markdown_cell(f"![]({where})")
    pictures = slides.Pictures(tmp_path, "deck", "en", tmp_path)
    assert f'src="{where}"' in slides._slide(deck.Slide((cell,), ""), pictures)


def test_what_is_no_explorer_is_shown_as_it_stands(tmp_path):
    outputs = [new_output("error", ename="AttributeError", evalue="nothing")]
    cell = nbformat.v4.new_code_cell("explore.nothing()", id="none", outputs=outputs)
    html = slides._slide(deck.Slide((cell,), ""), slides.Pictures(tmp_path, "deck", "en", tmp_path))
    assert "AttributeError: nothing" in html


NO_DECK = {
    "merge markers": b"<<<<<<< HEAD",
    "a list": b"[]",
    "not UTF-8": b"\xff\xfe",
    "another file": b'{"name": "udl"}',
    "no slides": nbformat.writes(nbformat.v4.new_notebook()).encode(),
    "no place": nbformat.writes(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("mine()")])
    ).encode(),
}


@pytest.mark.parametrize("content", NO_DECK.values(), ids=NO_DECK)
def test_what_cannot_be_shown_gets_one_line(tmp_path, monkeypatch, capsys, content):
    name = next(iter(NOTEBOOKS.values()))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        main(["slides"])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"udl: slides: {Path('notebooks', name)}: ")
    assert not Path("build").exists()


def test_a_formula_that_cannot_be_drawn_is_said_with_its_notebook(tmp_path):
    said = r"^my\.ipynb: .*Unknown symbol: \\nosuch"
    with pytest.raises(ValueError, match=said), slides._naming("my.ipynb"):
        slides._markdown(r"$\nosuch$", slides.Pictures(tmp_path, "my", "en", tmp_path))


def test_the_command_needs_a_place_to_write(capsys, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["slides", "--out", str(tmp_path / "file")])
    assert "Not a directory" in capsys.readouterr().err

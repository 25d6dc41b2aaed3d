"""English notebooks and pages beside the Korean ones: the same cells, code, numbers, links."""

import ast
import copy
import html
import io
import os
import re
import shutil
import tokenize
from functools import cache
from pathlib import Path

import nbformat
import pytest

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS
from udl.publish.notebooks import begin

ROOT = Path(__file__).parents[2]
HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
NUMBER = re.compile(r"[-−+]?\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]\d+)?%?")


@cache  # and not to be changed
def read(section, lang):
    return nbformat.read(ROOT / FOLDERS[lang] / NOTEBOOKS[section], as_version=4)


def differences(korean, english, lang="en", home="notebooks/"):
    """Where a notebook is no mere translation: list of (cell, kind, two things).

    ``home`` is the place in the project of what is in Korean, from which its links lead.
    """
    outline = [[(c.id, c.cell_type) for c in one.cells] for one in (korean, english)]
    if outline[0] != outline[1]:
        return [("", "cells", *outline)]
    first = next((c.id for c in korean.cells if c.cell_type == "code"), None)
    return [
        (ours.id, kind, *two)
        for ours, theirs in zip(korean.cells, english.cells, strict=True)
        for kind, *two in _differences(ours, theirs, lang, home, ours.id == first)
        if two[0] != two[1]
    ]


def _differences(ours, theirs, lang, home, is_first):
    """Each kind of thing that a cell and its twin have in common, from both."""
    yield "slide", *(_slide(c.metadata) for c in (ours, theirs))
    yield "a Korean word", [], [text for text in _texts(theirs) if HANGUL.search(text)]
    if ours.cell_type == "markdown":
        led = [twin(link, lang, home) for link in links(ours.source)]
        yield "links", sorted(led), sorted(links(theirs.source))
        yield "equations", *(re.findall(r"\$\$.*?\$\$", c.source, re.S) for c in (ours, theirs))
        codes = [re.findall(FENCED, c.source, re.S) for c in (ours, theirs)]
        yield "code", *([kind for kind, _ in found] for found in codes)
        for (kind, code), (_, other) in zip(*codes, strict=False):
            if not HANGUL.search(code):
                yield "code", code, other
            elif kind == "python":
                yield "code", *((skeleton(c), comments(c)) for c in (code, other))
        texts = [re.sub(FENCED, "", c.source, flags=re.S) for c in (ours, theirs)]
        headings = r"^(#+) (?:(?:[^\W\d_]+ )?([\d.]+))?"  # numbers of sections and of exercises
        yield "headings", *(re.findall(headings, text, re.M) for text in texts)
        yield "lists", *(re.findall(r"^(?:\d+\.|-) ", text, re.M) for text in texts)
        yield "tables", *map(tables, texts)
        yield "decimals", *map(decimals, texts)
        yield "mathematics", *(sorted(set(re.findall(r"\$[^$\n]+\$", text))) for text in texts)
        yield "tags", *map(tags, texts)
        return
    code = theirs.source
    if is_first:
        lines = ["import udl", f'udl.language("{lang}")']
        said = [line for line in lines if line in code.splitlines()]
        yield "language", lines, said
        code = "\n".join(line for line in code.splitlines() if line not in said)
    (tree, strings), (other, words) = skeleton(ours.source), skeleton(code)
    yield "code", tree, other
    for text, word in zip(strings, words, strict=False):
        yield "a string", text if not HANGUL.search(text) else word, word
    yield "comments", comments(ours.source), comments(code)
    yield "outputs", *([_kind(o) for o in c.outputs] for c in (ours, theirs))
    sentences = re.search(r"^(overview|check|progress)\(", ours.source, re.M)  # of udl's own words
    for output, other in zip(ours.outputs, theirs.outputs, strict=False):
        shown = (_without(_shown(output), strings), _without(_shown(other), words))
        numbers = [re.findall(NUMBER, text) for text in shown]
        yield "numbers", *(map(set, numbers) if sentences else numbers)


def _slide(metadata):
    slideshow = dict(metadata.get("slideshow", {}))
    slideshow["notes"] = bool(slideshow.get("notes"))
    return {**metadata, "slideshow": slideshow}


def _texts(cell):
    """Every text of a cell that a reader or a listener meets, but words marked as Korean."""
    texts = [cell.source, cell.metadata.get("slideshow", {}).get("notes", "")]
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        texts += [output.get("text", ""), *(data[kind] for kind in data if "text/" in kind)]
        texts += [output.get("metadata", {}).get("image/png", {}).get("alt", "")]
    allowed = r'<span lang="ko">[^<]*</span>|\]\([^)]*\)'  # and where a link leads
    return [re.sub(allowed, "", text) for text in texts]


def links(text):
    return re.findall(r"\]\(([^)]+)\)", text)


def edition(path, lang):
    """What a file of the project is called in another language, where it is there in one."""
    path = re.sub(f"^{FOLDERS['ko']}/", f"{FOLDERS[lang]}/", path)
    others = [path.replace(".ko.", end) for end in (f".{lang}.", ".")]
    return next((other for other in others if (ROOT / other).exists()), path)


def twin(link, lang, home):
    """Where a link of a Korean file leads in another language."""
    if link.startswith("https:"):
        return link
    path, _, place = link.partition("#")
    here = os.path.normpath(f"{os.path.dirname(home)}/{path}") if path else home
    there = edition(here, lang)
    if place and there != here:
        place = anchors(there)[anchors(here).index(place)]
    start = os.path.dirname(edition(home, lang))
    return (os.path.relpath(there, start) if path else "") + (f"#{place}" if place else "")


def anchors(path):
    """The addresses of a page's headings, in order, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(encoding="utf-8"), re.M)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


FENCED = r"```(\w*)\n(.*?)```"


def tables(text):
    """How many bars each row of a table has, but those within mathematics and code."""
    rows = re.findall(r"^\|.*\|$", text, re.M)
    return [re.sub(r"\\\||\$[^$]*\$|`[^`]*`", "", row).count("|") for row in rows]


def decimals(text):
    """The decimals and percentages in a text: those of each row of a table, and of the rest."""
    number = r"(?<![\d.])(?:\d[\d,]*\.\d+(?!\.?\d)%?|\d+%)"
    row = re.compile(r"^\|.*\|$", re.M)
    return [
        sorted(set(re.findall(number, part))) for part in (row.sub("", text), *row.findall(text))
    ]


def tags(text):
    """The elements and comments of HTML in a text, but words marked as Korean."""
    return re.findall(r"<!--.*?-->|</?(?!span)[a-z]+\b", text)


def skeleton(code):
    """A program without its words: its tree as text, and its strings in order."""
    bare = Bare()
    tree = bare.visit(ast.parse(code))
    return ast.unparse(tree), bare.strings


class Bare(ast.NodeTransformer):
    """Takes out strings; what an f-string computes, and how it writes it, stays in its place."""

    def __init__(self):
        self.strings = []

    def visit_Constant(self, node):
        if not isinstance(node.value, str):
            return node
        self.strings.append(node.value)
        return ast.Constant("")

    def visit_JoinedStr(self, node):
        said = [part.value for part in node.values if isinstance(part, ast.Constant)]
        self.strings.append("…".join(said))
        parts = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        for part in parts:
            part.value = self.visit(part.value)
        return ast.JoinedStr(parts)


def comments(code):
    """How many comments a program has, and how many of them say that there is something to do."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    said = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return len(said), sum("TODO" in one for one in said)


def _kind(output):
    data = output.get("data", {})
    width = output.get("metadata", {}).get("image/png", {}).get("width")
    return output.output_type, output.get("name"), sorted(data), width


def _shown(output):
    data = output.get("data", {})
    text = output.get("text", "") + data.get("text/html", data.get("text/plain", ""))
    text = re.sub(r"^(<[^\d>]*\d+)\..*", r"\1", text)  # of a figure its number
    return html.unescape(re.sub(r"</?(table|t\w+)[^>]*>", " ", text))


def _without(text, strings):
    """A printed text without what its cell has as words: a number that is written there is one."""
    parts = {part for string in strings for part in string.split("…")}
    for part in sorted(parts, key=len, reverse=True):
        if re.search(r"[^\W\d].", part):
            text = text.replace(part, " ")
    return text


def page(name, lang, old="", new=""):
    """A page of ``docs/`` in the form of a notebook, a cell for each heading, or with an edit."""
    text = (ROOT / "docs" / f"{name}.{lang}.md").read_text(encoding="utf-8")
    assert old in text
    if (name, lang) == ("errata", "ko"):  # what is said of Korean spelling is for the author alone
        text = re.sub(r"^\| (69|71|72) \|.*\n", "", text, flags=re.M)
    parts = re.split(r"^(?=#+ )", text.replace(old, new, 1), flags=re.M)
    cells = [nbformat.v4.new_markdown_cell(part, id=str(n)) for n, part in enumerate(parts)]
    return nbformat.v4.new_notebook(cells=cells)


PAGES = [path.name.partition(".")[0] for path in sorted((ROOT / "docs").glob("*.en.md"))]


def test_every_notebook_is_in_english():
    assert list(FOLDERS) == list(LANGUAGES)
    there = {path.name for path in (ROOT / FOLDERS["en"]).glob("[!.]*")}
    assert there == set(NOTEBOOKS.values())


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_an_english_notebook_is_the_korean_one_in_other_words(section):
    found = differences(read(section, "ko"), read(section, "en"))
    assert not found, "\n" + "\n".join(f"{id}, {kind}: {a!r} | {b!r}" for id, kind, a, b in found)


def test_every_page_is_in_english():
    korean = {path.name.partition(".")[0] for path in (ROOT / "docs").glob("*.ko.md")}
    assert korean == {"claims", *PAGES}  # the claims are written by `udl`, in both


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_is_the_korean_one_in_other_words(name):
    found = differences(page(name, "ko"), page(name, "en"), home=f"docs/{name}.ko.md")
    assert not found, "\n" + "\n".join(f"{id}, {kind}: {a!r} | {b!r}" for id, kind, a, b in found)


INSTEAD = {  # what stands where the glossary has another word, or the style another way
    r"step ?size": "step, or learning rate",
    r"\bmini ?batch": "mini-batch",
    r"hyper[- ]parameter": "hyperparameter",
    r"\boptim(um|a)\b": "minimum",
    r"learning rate (decay|schedule)": "learning-rate decay, schedule",
    r'\bwarm ?up\b(?!")': "warm-up",  # "warmup" is the name of an exercise
    r"saddle-point": "saddle point",
    r"look ahead (parameter|gradient)": "look-ahead parameter",
    r"\w+n't\b|\b[Ll]et's\b|\b[Ii]t's\b|—": "no contraction and no dash",
}


@pytest.mark.parametrize("section", NOTEBOOKS)
@pytest.mark.parametrize("word", INSTEAD, ids=INSTEAD.get)
def test_english_terms_are_the_glossary_s(section, word):
    found = [c.id for c in read(section, "en").cells if re.search(word, "\n".join(_texts(c)))]
    assert not found, f"{INSTEAD[word]} instead"


@pytest.mark.parametrize("name", PAGES)
def test_english_terms_are_the_glossary_s_on_pages_too(name):
    text = "\n".join(text for cell in page(name, "en").cells for text in _texts(cell))
    found = {word: re.search(word, text) for word in INSTEAD}
    assert not {INSTEAD[word]: one[0] for word, one in found.items() if one}


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_no_notebook_names_a_language_in_a_call(section):
    for cell in read(section, "ko").cells:
        if cell.cell_type == "code":
            assert "lang=" not in cell.source


@pytest.mark.parametrize("section", NOTEBOOKS)
def test_a_translation_begins_with_nothing_but_words_to_change(section, tmp_path, monkeypatch):
    for folder in ("notebooks", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("en"))
    monkeypatch.chdir(tmp_path)
    path = begin(section, "en")
    assert path.as_posix() == f"{FOLDERS['en']}/{NOTEBOOKS[section]}"
    begun, korean = nbformat.read(path, as_version=4), copy.deepcopy(read(section, "ko"))
    for one in (*begun.cells, *korean.cells):  # nothing has been run
        if one.cell_type == "code":
            one.outputs = []
    assert {kind for _, kind, *_ in differences(korean, begun)} == {"a Korean word"}
    with pytest.raises(FileExistsError):
        begin(section, "en")


@pytest.mark.parametrize(
    ("section", "lang", "said"),
    [
        ("3.7.9", "en", "section must be one of 3.7.1, .*, not '3.7.9'"),
        ("3.7.3", "fr", "lang must be one of ko, en, not 'fr'"),
        ("3.7.3", "ko", "lang must be one of en, not 'ko'"),
    ],
)
def test_a_translation_that_cannot_begin(section, lang, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        begin(section, lang)


# Each kind of difference, planted -----------------------------------------------------------------


def cell(notebook, id):
    return next(one for one in notebook.cells if one.id == id)


def edit(id, old, new):
    """A fault in a cell's source."""

    def plant(notebook):
        one = cell(notebook, id)
        assert old in one.source
        one.source = one.source.replace(old, new, 1)

    return plant


def edit_output(id, old, new, kind="text/html"):
    def plant(notebook):
        (output,) = cell(notebook, id).outputs
        holder, key = (output, "text") if "text" in output else (output.data, kind)
        assert old in holder[key]
        holder[key] = holder[key].replace(old, new, 1)

    return plant


def change(id, fault):
    return lambda notebook: fault(cell(notebook, id))


FAULTS = {
    "a cell is missing": ("cells", lambda nb: nb.cells.pop(5)),
    "two cells have changed places": ("cells", lambda nb: nb.cells.insert(5, nb.cells.pop(6))),
    "a cell has another id": ("cells", change("s373-03", lambda c: c.update(id="s373-3"))),
    "text has become code": ("cells", change("s373-03", lambda c: c.update(cell_type="code"))),
    "a slide is another": (
        "slide",
        change("s373-03", lambda c: c.metadata.slideshow.update(slide_type="skip")),
    ),
    "a slide has lost its notes": (
        "slide",
        change("s373-03", lambda c: c.metadata.slideshow.pop("notes")),
    ),
    "a cell has a tag": ("slide", change("s373-05", lambda c: c.metadata.update(tags=["x"]))),
    "a word is Korean": ("a Korean word", edit("s373-03", "SGD", "확률적 경사 하강법")),
    "a note is Korean": (
        "a Korean word",
        change("s373-03", lambda c: c.metadata.slideshow.update(notes="둘이다")),
    ),
    "an output is Korean": ("a Korean word", edit_output("s373-21", "step", "걸음")),
    "an alternative text is Korean": (
        "a Korean word",
        change("s373-11", lambda c: c.outputs[0].metadata["image/png"].update(alt="두 판")),
    ),
    "a link leads elsewhere": ("links", edit("s373-01b", "3.7.2-sgd", "3.7.4-nag")),
    "a link is not deep enough": ("links", edit("s373-22", "../../docs", "../docs")),
    "a link has gone": ("links", edit("s373-42b", "[3.7.4 NAG](3.7.4-nag.ipynb)", "3.7.4 NAG")),
    "an equation is another": ("equations", edit("s373-04", r"\alpha v -", r"\alpha v +")),
    "a line of PyTorch is another": ("code", edit("s373-20", "lr=0.2", "lr=0.02")),
    "a heading has another number": ("headings", edit("s373-16", "## 5.", "## 6.")),
    "an exercise has gone": ("headings", edit("s373-ex2", "### Exercise 2.", "Exercise 2.")),
    "a choice has gone": ("lists", edit("s373-ex1", "\n4. It goes", " It goes")),
    "a row has gone": ("tables", edit("s373-06", "| $\\eta$ |", "$\\eta$ ")),
    "a cell of a table has gone": ("tables", edit("s373-06", "| `lr` | 0.2 |", "| `lr`, 0.2 |")),
    "a number in the prose is mistyped": ("decimals", edit("s373-14", "0.528", "0.582")),
    "the language is not set": ("language", edit("s373-02", 'udl.language("en")', "")),
    "another language is set": ("language", edit("s373-02", '("en")', '("ko")')),
    "the language is set anew": ("code", edit("s373-05", "source", 'udl.language("ko")\nsource')),
    "a call names a language": ("code", edit("s373-11", "()", '(lang="en")')),
    "a rate is another": ("code", edit("s373-19", "lr=0.2", "lr=0.3")),
    "a name is another": ("code", edit("s373-19", "record =", "found =")),
    "a placeholder is another": ("code", edit("s373-21", "{w:.4f}", "{v:.4f}")),
    "a format is another": ("code", edit("s373-21", "{w:.4f}", "{w:.3f}")),
    "placeholders have changed places": (
        "code",
        edit("s373-21", "{w:.4f}   PyTorch {w_torch:.4f}", "{w_torch:.4f}   {w:.4f}"),
    ),
    "a string without Korean is another": ("a string", edit("s373-33", '"wide"', '"narrow"')),
    "a comment is one too many": ("comments", edit("s373-05", "m)", "m)  # v")),
    "there is nothing to do": ("comments", edit("s373-ex1-answer", "TODO: ", "")),
    "an output is missing": ("outputs", change("s373-11", lambda c: c.outputs.clear())),
    "an output is of another kind": (
        "outputs",
        change("s373-09", lambda c: c.outputs[0].data.pop("text/html")),
    ),
    "a picture has another width": (
        "outputs",
        change("s373-11", lambda c: c.outputs[0].metadata["image/png"].update(width=700)),
    ),
    "a number in a table is another": ("numbers", edit_output("s373-09", "6.5132", "6.5123")),
    "a sign in a table is another": ("numbers", edit_output("s373-13", "-0.880", "0.880")),
    "a printed number is another": ("numbers", edit_output("s373-15", "7.177", "7.717")),
    "a measured number is another": ("numbers", edit_output("s373-39", "41%", "14%")),
    "a figure is another": (
        "numbers",
        edit_output("s373-11", "Figure 6", "Figure 10", "text/plain"),
    ),
}


@pytest.mark.parametrize(("kind", "plant"), FAULTS.values(), ids=FAULTS)
def test_a_difference_is_found(kind, plant):
    english = copy.deepcopy(TWINS[1])
    plant(english)
    assert kind in {found for _, found, *_ in differences(TWINS[0], english)}


TWINS = [read("3.7.3", lang) for lang in LANGUAGES]


def test_a_word_that_is_marked_as_korean_may_be_korean():
    english = copy.deepcopy(TWINS[1])
    edit("s373-03", "SGD", 'SGD (<span lang="ko">확률적 경사 하강법</span>)')(english)
    assert differences(TWINS[0], english) == []


PAGE_FAULTS = {
    "a heading has gone": ("cells", "answers", "## If you want more", "If you want more"),
    "a heading has another number": ("headings", "answers", "## 3.7.2. SGD", "## 3.7.1. SGD"),
    "a heading is of another level": ("headings", "answers", "## If you", "### If you"),
    "a word is Korean": ("a Korean word", "answers", "# Model answers", "# 모범 답"),
    "a link leads to the Korean notebook": (
        "links",
        "answers",
        "notebooks/en/3.7.2",
        "notebooks/3.7.2",
    ),
    "an answer is another": ("code", "answers", "len(k)", "len(x)"),
    "an answer with words is another": ("code", "answers", "rho <= 5", "rho <= 4"),
    "a comment has gone": ("code", "answers", "  # how far each sample is off", ""),
    "a reply has gone": ("code", "answers", "```text\nRight.", "```python\nRight."),
    "a number in the prose is mistyped": ("decimals", "answers", "0.9965", "0.9956"),
    "an alternative text is Korean": ("a Korean word", "conventions", "![Panel a", "![판 a"),
    "a link leads to another heading": ("links", "conventions", "(#6-the", "(#7-when"),
    "a picture is Korean": ("links", "conventions", "figure-nag.en", "figure-nag.ko"),
    "a row of a table has gone": ("tables", "conventions", "| 6 | 0.298 |", "6: 0.298 |"),
    "a number stands in another row": (
        "decimals",
        "conventions",
        "Keras | 0.953 | 0.0316 | 0.000316",
        "Keras | 0.953 | 0.000316",
    ),
    "a formula is another": ("mathematics", "conventions", "b + g$", "b - g$"),
    "an item of a list has gone": ("lists", "conventions", "\n- optax", " optax"),
    "a table has lost its name": ("tags", "conventions", "<!-- radam -->\n", ""),
    "a slide has other minutes": ("decimals", "lecture", "| 0.5 | 3.7.2", "| 1.5 | 3.7.2"),
    "an answer lies open": ("tags", "answers", "<details>", ""),
}


@pytest.mark.parametrize(("kind", "name", "old", "new"), PAGE_FAULTS.values(), ids=PAGE_FAULTS)
def test_a_difference_between_pages_is_found(kind, name, old, new):
    found = differences(page(name, "ko"), page(name, "en", old, new), home=f"docs/{name}.ko.md")
    assert kind in {found for _, found, *_ in found}

"""The pages under docs/: that their links lead somewhere and their numbers are the notebooks'."""

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest

import udl
from udl.chapter import FOLDERS, LANGUAGES
from udl.chapter import NOTEBOOKS as NAMES
from udl.claims import CLAIMS
from udl.figures.catalogue import FIGURES

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
PAGES = sorted((ROOT / "docs").glob("*.md"))
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)


def anchors(text):
    """The addresses of a page's headings, as GitHub makes them."""
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@every_page
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target, anchor in re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)\)", text):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), target
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), anchor


@every_page
def test_pages_are_linked_from_the_readme(page):
    for name in ("README.md", "README.ko.md"):
        assert f"](docs/{page.name})" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("page", "folder"), [("README.md", FOLDERS["en"]), ("README.ko.md", FOLDERS["ko"])]
)
def test_the_readme_lists_each_section_s_figures_and_claims(page, folder):
    text = (ROOT / page).read_text(encoding="utf-8")
    for section, name in NAMES.items():
        place = re.escape(f"({folder}/{name}) | {section} |")
        (row,) = re.findall(rf"^\|.*{place}.*$", text, re.M)
        *_, figures, _, claims = (cell.strip() for cell in row.strip("| ").split("|"))
        assert figures == ", ".join(str(n) for n, f in FIGURES.items() if f.section == section)
        assert claims.split() == sorted(c.id for c in CLAIMS.values() if c.section == section)


def test_the_terms_are_the_glossary_s():
    text = (ROOT / "docs" / "conventions.ko.md").read_text(encoding="utf-8")
    for word in ("그라디언트", "기울기", "학습 속도", "하이퍼파라미터", "매개변수"):
        assert word not in text


# The references -----------------------------------------------------------------------------------

CITED = re.compile(
    r"([A-Z][\w’-]+)(?:(?:, [A-Z][\w-]+)*,?(?: & | and |, )([A-Z][\w-]+)|['’]s| et al\.)?"
    r",? ?\(?((?:19|20)\d\d)\b"
)
PAPERS = [
    (re.findall(r"[A-Z][\w-]+", authors), year, title, cited.split(", "))
    for authors, year, title, cited in re.findall(
        r"^\| ([A-Z].*?) \| (\d{4}) \| (.*?) \| (.*?) \|$",
        (ROOT / "docs" / "references.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
]


def citing():
    """The places that may cite, by the names that the list has for them, and their texts."""
    for path in sorted(NOTEBOOKS.glob("[!.]*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        yield path.name[:5], "\n".join(cell.source for cell in cells)
    for path in set(PAGES) - {ROOT / "docs" / "references.md"}:
        yield path.name.partition(".")[0], path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "udl").rglob("*.py")):
        yield "docstrings", path.read_text(encoding="utf-8")


def cites(text):
    """What a text cites, and the rows of the list that it may mean: pairs of str and list."""
    for cited in CITED.finditer(text):
        first, last, year = cited.groups()
        if hasattr(udl, first.lower()):  # a rule and its year
            continue
        rows = [row for row in PAPERS if row[1] == year and row[0][0] == first]
        yield cited[0], [row for row in rows if last is None or last in row[0]]


def missing(place, text):
    """What a text cites and the list has not, or not at this place: list of str."""
    return [said for said, rows in cites(text) if not any(place in row[3] for row in rows)]


def test_whoever_is_cited_stands_in_the_list_with_the_place():
    assert len(PAPERS) >= 20
    assert [(place, said) for place, text in citing() for said in missing(place, text)] == []


def test_whoever_stands_in_the_list_is_cited_in_each_of_its_places():
    cited = {(place, row[2]) for place, text in citing() for _, rows in cites(text) for row in rows}
    listed = {(place, title) for _, _, title, places in PAPERS for place in places}
    assert listed - cited == set()


@pytest.mark.parametrize(
    "text",
    [
        "Somebody (1999)",
        "Somebody & Other (1999)",
        "Somebody et al. 2020",
        "Kingma, Ba & Other (2015)",
        "Kingma & Ba (2014)",
        "Liu & Kingma (2020)",
        "Polyak, 1965",
        "Roberts (1959)",  # whom another place cites
    ],
)
def test_a_paper_that_is_not_in_the_list_is_missed(text):
    assert missing("3.7.7", text) != []
    assert (
        missing(
            "3.7.7", "Kingma & Ba (2015), Liu et al. 2020, Adam (2015), Reddi, Kale & Kumar(2018)"
        )
        == []
    )


def test_the_list_is_in_order_and_links_where_it_can():
    order = [(authors[0], year) for authors, year, *_ in PAPERS]
    assert order == sorted(order)
    unlinked = [authors[0] for authors, _, title, _ in PAPERS if "](https://" not in title]
    assert unlinked == ["Brown"]  # a report that no library has


# Times --------------------------------------------------------------------------------------------


def test_the_times_of_3_7_2_are_those_of_the_benchmarks():
    (said,) = [
        cell.source
        for cell in nbformat.read(NOTEBOOKS / "3.7.2-sgd.ipynb", as_version=4).cells
        if "벡터화" in cell.source
    ]
    table = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([\d.]+).* \| ([\d.]+)[^|]* \|$", table, re.MULTILINE)
    update, total = ({size: float(row[i]) for size, *row in rows} for i in (0, 1))
    assert f"50장씩이 {update['50']}배, 150장씩이 {update['150']}배" in said
    assert total["50"] == min(total.values()) == 1
    assert f"한 장씩은 그 {total['1']:.0f}배, 전체는 10배 넘게" in said
    assert total["1500"] > 10


# The errata ---------------------------------------------------------------------------------------

ERRATA = {
    lang: {
        int(row[0]): row
        for line in (ROOT / "docs" / f"errata.{lang}.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| \d+ \|", line)
        for row in [[cell.strip() for cell in line.strip("| ").split(" | ")]]
    }
    for lang in LANGUAGES
}
ROWS = [(lang, row) for lang, rows in ERRATA.items() for row in rows.values()]
every_row = pytest.mark.parametrize(
    ("lang", "row"), ROWS, ids=[f"{lang} {row[0]}" for lang, row in ROWS]
)
each_notebook = pytest.mark.parametrize(
    ("lang", "name"), [(lang, name) for lang in LANGUAGES for name in NAMES.values()]
)
SPELLING = {69, 71, 72}  # rows on the spelling of Korean, for the author alone
QUESTION = {"ko": "질문", "en": "question"}
QUOTED = {"ko": "「([^」]+)」", "en": '"([^"]+)"'}


@cache
def notebook(path):
    """A notebook's prose, code and printed output as one text."""
    cells = nbformat.read(ROOT / path, as_version=4).cells
    parts = [cell.source for cell in cells]
    for output in (o for cell in cells for o in cell.get("outputs", [])):
        parts += [output.get("text", ""), *output.get("data", {}).values()]
    return "\n".join(part for part in parts if isinstance(part, str))


def quotations(text, lang, here=None):
    """The headings and questions that a text names, with the notebook that it linked to before."""
    for link, heading, number in re.findall(
        rf"\]\((?:[^)]*/)?([^)/]+\.ipynb)\)|{QUOTED[lang]}|{QUESTION[lang]} (\d)", text
    ):
        if link:
            here = link
        elif here:
            yield f"{FOLDERS[lang]}/{here}", heading, number


def assert_named(path, heading, number, lang):
    if number:
        assert f"**{QUESTION[lang].capitalize()} {number}.**" in notebook(path)
    else:
        assert re.search(rf"^##+ .*{re.escape(heading)}", notebook(path), re.MULTILINE), heading


def test_rows_are_numbered_in_order():
    assert list(ERRATA["ko"]) == list(range(1, len(ERRATA["ko"]) + 1))
    assert list(ERRATA["en"]) == [n for n in ERRATA["ko"] if n not in SPELLING]


@every_row
def test_a_row_says_where_what_and_by_what_right(lang, row):
    assert all(row)
    assert re.match(r"3\.7\.[1-7]|모두", row[1])
    assert len(row) in (4, 6)  # the last group needs no source


@pytest.mark.parametrize("number", ERRATA["en"])
def test_a_row_says_of_the_same_sections_by_the_same_claims(number):
    korean, english = (ERRATA[lang][number] for lang in LANGUAGES)
    assert korean[1].replace("~", " to ") == english[1]
    claims = [re.findall(r"\b[1-7]\.[a-e]\b", row[-1]) for row in (korean, english)]
    assert claims[0] == claims[1]
    assert set(claims[0]) <= set(CLAIMS)


@every_row
def test_the_numbers_are_in_the_notebook_that_is_named(lang, row):
    named = re.findall(r"\]\(\.\./(notebooks/[^)]+)\)", row[-1])
    text = "\n".join(notebook(path) for path in named)
    said = re.sub(r"`[^`]*`|\$[^$]*\$|\[[^]]*\]\([^)]*\)|3\.7(\.\d)?", "", " ".join(row[3:5]))
    numbers = re.findall(r"\d+\.\d+%?|\d+%|\d+,\d{3}", said) if named else []
    for number in numbers:
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", text), number


@every_row
def test_the_headings_are_in_the_notebook_that_is_named(lang, row):
    for path, heading, number in quotations(row[-1], lang):
        assert_named(path, heading, number, lang)


@each_notebook
def test_each_notebook_lists_its_section_s_errors_by_headings_that_are_there(lang, name):
    path = ROOT / FOLDERS[lang] / name
    cells = [c.source for c in nbformat.read(path, as_version=4).cells]
    title = r"## \d+\. (본문에서 고칠 곳|What to correct in the chapter)"
    (listed,) = [text for text in cells if re.match(title, text)]
    assert f"docs/errata.{lang}.md)" in listed
    named = [one for row in listed.splitlines() for one in quotations(row, lang, name)]
    assert len(named) > 2
    for place, heading, number in named:
        assert_named(place, heading, number, lang)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("3.7.5", ["torch.optim.Adagrad"]),
        ("3.7.6", ["torch.optim.RMSprop"]),
        ("3.7.7", ["betas=(0.9, 0.999)"]),
        ("3.7.5", ["거꾸로", "the other way round"]),
        ("3.7.5, 3.7.6", ["0/0"]),
        ("3.7.7", [r"\sqrt{\widehat{v}_t} + \epsilon"]),
        ("3.7.7", ["식은 뺀다", "The equation subtracts it"]),
        ("3.7.3", ["-v/\\eta"]),
        ("3.7.4", [r"W + \alpha v"]),
    ],
)
def test_every_error_known_from_the_start_is_listed(section, said):
    for lang, words in zip(LANGUAGES, (said[0], said[-1]), strict=True):
        rows = ERRATA[lang].values()
        assert any(row[1] == section and words in " ".join(row) for row in rows)

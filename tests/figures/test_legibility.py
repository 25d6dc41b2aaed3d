"""Figures for everyone: sizes, colours and alternative texts; `test_figures` looks at each."""

import io
import itertools
import json
import re
import string
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from udl.chapter import LANGUAGES
from udl.figures import figure_5
from udl.figures.catalogue import ENTRIES, FIGURES
from udl.figures.draw import Sheet
from udl.figures.equations import EQUATIONS, equation
from udl.figures.numbers import numbers
from udl.figures.style import (
    COLORS,
    PALETTES,
    SHADES,
    SIZES,
    contrast,
    house,
    ramp,
)
from udl.figures.text import ALT_TEXTS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", FIGURES)
def test_words_are_large_enough_where_a_slide_has_the_figure_alone(number):
    entry = ENTRIES[number]
    height = entry.width * entry.size[1] / entry.size[0]
    wide, high = 1168, 654  # what the margins leave of 1280 by 720
    assert SIZES["word"] * min(wide / entry.width, high / height) >= 18


def test_a_size_below_that_of_words_is_raised_to_it():
    page = Sheet((1400, 560), 700)
    sizes = [page.type(size) / 0.72 for size in ("headline", "title", "word", "tick", 19, 30)]
    np.testing.assert_allclose(sizes, [15.5, 13, 12, 11, 12, 15])


def test_no_palette_is_left_behind():
    inside = []
    with house("dark"):
        inside.append(dict(COLORS))
        with house():  # as a figure's own function enters it
            inside.append(dict(COLORS))
        with house("light"):
            inside.append(dict(COLORS))
    assert inside == [PALETTES["dark"], PALETTES["dark"], PALETTES["light"]]
    assert PALETTES["light"] == COLORS
    with pytest.raises(ValueError, match="palette must be one of light, dark, not 'grey'"):
        house("grey").__enter__()


def test_both_palettes_have_the_same_names():
    assert list(PALETTES["light"]) == list(PALETTES["dark"])


@pytest.mark.parametrize("palette", PALETTES)
def test_shades_leave_the_paper_step_by_step(palette):
    colors = PALETTES[palette]
    steps = [contrast(colors[name], colors["ground"]) for name in SHADES]
    assert steps[0] > 2.5  # WCAG asks 3 of lines that carry meaning; dashes and names help these
    assert all(b > 1.35 * a for a, b in pairwise(steps))
    assert [ramp(n)[0] for n in range(2, 6)] == ["shade 1"] * 4
    assert [ramp(n)[-1] for n in range(2, 6)] == ["shade 5"] * 4
    with pytest.raises(ValueError, match="n must be 2 to 5, not 6"):
        ramp(6)


# Names that share a colour, each with the reason. Positions are drawn where no rule has its own.
SAME = {
    ("step", "adam"): "the ink: of words, of updates, and of the rule that gathers the others",
    ("text", "adam"): "the ink",
    ("text", "step"): "the ink",
    ("quiet", "sgd"): "grey: what is said beside, and the rule that has no state",
    ("velocity", "momentum"): "the velocity is what Momentum adds",
    ("lookahead", "nag"): "the look-ahead is what NAG adds",
    ("present", "rmsprop"): "a position, which no chart of rules shows",
    ("local", "area first"): "a local minimum",
    ("global", "area global"): "the global minimum",
    ("velocity", "area outside"): "an area, as large as nothing else; no map shows a velocity",
    ("momentum", "area outside"): "an area; the maps name their rule in words",
}


def test_no_other_names_share_a_colour():
    colors = PALETTES["light"]
    pairs = itertools.combinations(colors, 2)
    assert {(a, b) for a, b in pairs if colors[a] == colors[b]} == set(SAME)


NUMERALS = [  # that are no results: the names of other figures, and formulas
    r"그림 \d+",
    r"figure \d+",
    r"1/\(1−α\)",
    r"−?1/2",
    r"1차, 2차",
    r"(?<![\d.])[01](?!\.?\d)",  # where what falls or rises ends
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", ENTRIES)
def test_an_alternative_text_tells_numbers_and_types_none(number, lang):
    template = ALT_TEXTS[lang][number]
    typed = "".join(literal for literal, *_ in string.Formatter().parse(template))
    for numeral in NUMERALS:
        typed = re.sub(numeral, "", typed)
    assert not re.search(r"\d", typed), typed
    fields = {name for _, name, *_ in string.Formatter().parse(template) if name}
    assert fields
    told = {re.match(r"\w+", name)[0] for name in fields}
    assert told <= set(numbers(number))
    if lang == "ko":
        other = string.Formatter().parse(ALT_TEXTS["en"][number])
        assert fields == {name for _, name, *_ in other if name}
    alt = ENTRIES[number].alt(lang)
    assert len(alt) < 800
    assert "nan" not in alt
    assert "-" not in re.findall(r"[^A-Za-z]-[^A-Za-z]", alt)
    assert not re.search(r"(?<![\d.])\d{4}", alt), "a thousand has a comma"


def test_every_number_that_is_taken_is_told():
    for number in FIGURES:
        fields = {name for _, name, *_ in string.Formatter().parse(ALT_TEXTS["ko"][number]) if name}
        assert {re.match(r"\w+", name)[0] for name in fields} == set(numbers(number)), number


RECORD = json.loads((ROOT / "figures" / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "figures").glob("*.svg")), ids=lambda p: p.name)
def test_a_vector_says_what_it_shows(path):
    kind, _, rest = path.name.removesuffix(".svg").removesuffix(".dark").partition("-")
    number, _, lang = rest.partition(".")
    entry = RECORD[f"{kind}s"][number.lstrip("0")]
    root = ElementTree.parse(path).getroot()
    said = [root.find(f"{{http://www.w3.org/2000/svg}}{tag}").text for tag in ("title", "desc")]
    assert root.get("role") == "img"
    assert said[1] == entry["alt"][lang or "ko"]
    assert number.lstrip("0") in said[0] or number == "nag"
    courses = [path.get("d", "") for path in root.iter("{http://www.w3.org/2000/svg}path")]
    assert courses
    assert not any(re.search(r"\.\d{3}", course) for course in courses)  # a page is light


def test_a_vector_is_drawn_to_a_hundredth_of_a_point():
    drawn = figure_5("en").encode("svg").decode()  # a stored one keeps its bytes while it is alike
    assert re.search(r' d="[^"]*\.\d\d\b', drawn)
    assert not re.search(r' d="[^"]*\.\d{3}', drawn)


def thin_bars(number):
    """The darkest row of each level bar in an equation's PNG: of minus, equals and fractions."""
    shown = np.asarray(Image.open(io.BytesIO(equation(number).encode())).convert("L"))
    open_cells = set(zip(*(places.tolist() for places in np.nonzero(shown < 235)), strict=True))
    while open_cells:
        found, front = set(), [open_cells.pop()]
        while front:
            y, x = front.pop()
            found.add((y, x))
            beside = {(y + i, x + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & open_cells
            open_cells -= beside
            front += beside
        rows, columns = (sorted(places) for places in zip(*found, strict=True))
        height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
        if height <= 4 and width >= 5 * height:  # a hat is higher
            box = shown[rows[0] : rows[-1] + 1, columns[0] + 2 : columns[-1] - 1]
            yield int(np.median(box, axis=1).min())


@pytest.mark.parametrize("number", EQUATIONS)
def test_a_minus_is_as_dark_as_the_other_signs(number):
    bars = list(thin_bars(number))
    assert len(bars) >= 2  # the sign of equality has two
    assert max(bars) <= min(bars) + 10

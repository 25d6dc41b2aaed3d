"""What is written as SVG is what Matplotlib was told to draw, in the colours of its roles."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from figures.standing import things
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from figures import standing
from udl.figures.draw import Sheet
from udl.figures.style import COLORS, PALETTES, WORDS_ON
from udl.figures.vectors import UNITS, Layers, by_role, css, written
from udl.losses import CHAPTER

INK = "var(--udl-ink-{})".format


def ground(alt="손실 & <곡선>"):
    with by_role():
        return standing.ground(alt)


def chart():
    """A chart of 100 × 100 pixels whose data are its pixels, from (50, 20) of the sheet on."""
    with by_role():
        page = Sheet((200, 200), 200)
        axes = page.chart((50, 20, 100, 100), xlim=(0, 100), ylim=(0, 100), xticks=[], yticks=[])
    return page, axes, Layers(page.picture)


def elements(fragment):
    """Of a fragment: what each group has as its style, and its elements."""
    return [
        (group.attrib, list(group)) for group in ElementTree.fromstring(f"<svg>{fragment}</svg>")
    ]


def points(d):
    """The places that a path of lines alone goes through."""
    at, places = np.zeros(2, int), []
    for letter, numbers in re.findall("([Ml])([^Mlz]*)", d):
        pairs = np.array(re.findall(r"-?\d+", numbers), int).reshape(-1, 2)
        for pair in pairs:
            at = pair if letter == "M" else at + pair
            places.append(at)
    return np.array(places)


def test_the_ground_is_one_picture_with_its_name_and_alternative_text():
    page, _ = ground()
    drawn = ElementTree.fromstring(Layers(page.picture).ground)
    assert drawn.attrib["viewBox"] == "0 0 3500 2800"
    assert [one.text for one in drawn[:2]] == ["손실", "손실 & <곡선>"]
    words = [one.text for one in drawn.iter("text")]
    assert words == ["손실", "파라미터"]  # which are words still


def test_every_fragment_is_of_what_is_drawn_now_alone():
    page, panel = ground()
    layers = Layers(page.picture)
    first = layers.moving(lambda: things(panel))
    other = layers.moving(lambda: panel.dots(5.0))
    assert first != other
    assert layers.moving(lambda: things(panel)) == first
    assert layers.moving(lambda: None) == ""
    page, panel = ground()
    assert Layers(page.picture).moving(lambda: things(panel)) == first


def test_nothing_stays_on_the_picture_also_when_drawing_fails():
    page, panel = ground()
    layers = Layers(page.picture)
    before = len(page.picture.findobj())

    def failing():
        things(panel)
        raise KeyError

    with pytest.raises(KeyError):
        layers.moving(failing)
    assert len(page.picture.findobj()) == before
    assert layers.moving(lambda: None) == ""


def test_the_house_is_left_in_its_own_colours():
    before = dict(COLORS)
    with by_role():
        assert before != COLORS
        assert len({*COLORS.values()}) == len(COLORS)  # also those that look the same
    assert before == COLORS


def test_every_role_has_a_colour_in_light_and_in_dark():
    light, dark = re.findall(r"\.udl-picture\{(.*?)\}", css())
    for palette, rules in (("light", light), ("dark", dark)):
        for kind, colors in (("ink", PALETTES[palette]), ("word", WORDS_ON[palette])):
            for name, color in colors.items():
                assert f"--udl-{kind}-{name.replace(' ', '-')}:{color};" in rules


def test_marks_stand_where_the_curve_is():
    page, panel = ground()
    w = np.array([1.24, 1.6, 2.3])
    ((style, dots),) = elements(Layers(page.picture).moving(lambda: panel.dots(w)))
    assert (style["fill"], style["stroke"]) == (INK("present"), INK("ground"))
    expected = np.stack(panel.point(w, CHAPTER(w)), axis=1) * page.scale * UNITS
    found = [[float(dot.get(name)) for name in ("cx", "cy")] for dot in dots]
    np.testing.assert_allclose(found, expected, atol=0.51)


def test_a_line_is_cut_where_its_chart_ends():
    _, axes, layers = chart()
    x = np.array([-50, 50, 200, np.nan, 50, 60])
    ((_, lines),) = elements(layers.moving(lambda: axes.plot(x, [50, 50, 50, 50, -40, 20])))
    places = points("".join(line.get("d") for line in lines))
    assert (places.min(axis=0).tolist(), places.max(axis=0).tolist()) == ([500, 700], [1500, 1200])
    assert places[0].tolist() == [500, 700]
    assert places[-1].tolist() == [1100, 1000]


def test_an_area_is_cut_where_its_chart_ends():
    _, axes, layers = chart()
    ((_, (area,)),) = elements(layers.moving(lambda: axes.bar(50, 300, 40, bottom=10)))
    places = points(area.get("d"))
    assert (places.min(axis=0).tolist(), places.max(axis=0).tolist()) == ([800, 200], [1200, 1100])


def test_marks_and_words_outside_a_chart_are_not_written():
    _, axes, layers = chart()

    def draw():
        axes.plot([-1, 50, 101, 50, np.nan], [50, 50, 50, 101, 50], "o", color=COLORS["adam"])
        axes.text(120, 50, "밖", clip_on=True)
        axes.text(50, 50, "안", clip_on=True)

    (_, marks), (_, words) = elements(layers.moving(draw))
    assert [(mark.get("cx"), mark.get("cy")) for mark in marks] == [("1000", "700")]
    assert [word.text for word in words] == ["안"]


@pytest.mark.parametrize(
    ("side", "anchor"), [("left", None), ("center", "middle"), ("right", "end")]
)
def test_words_are_held_where_they_were_put(side, anchor):
    _, axes, layers = chart()
    ((_, (word,)),) = elements(
        layers.moving(lambda: axes.text(20, 50, "η < 0.1 & W", ha=side, va="baseline"))
    )
    assert (word.text, word.get("text-anchor")) == ("η < 0.1 & W", anchor)
    assert (int(word.get("x")), int(word.get("y"))) == pytest.approx((700, 700), abs=1)


def test_upright_words_are_held_in_their_middle():
    _, axes, layers = chart()
    ((_, (word,)),) = elements(
        layers.moving(lambda: axes.text(20, 50, "손실", rotation=90, va="center", ha="center"))
    )
    assert word.get("transform") == f"rotate(-90 {word.get('x')} {word.get('y')})"
    assert int(word.get("y")) == pytest.approx(700, abs=1)


def test_mathematics_is_a_path():
    _, axes, layers = chart()
    fragment = layers.moving(lambda: axes.text(20, 50, r"$\frac{a}{b}$"))
    assert "<text" not in fragment
    assert "<path" in fragment


def test_a_faint_line_is_as_faint_as_it_was_told():
    page, axes, layers = chart()
    with by_role():
        style = page.line("adagrad", 3, alpha=0.25)
    ((style, _),) = elements(layers.moving(lambda: axes.plot([0, 90], [0, 50], **style)))
    assert style["stroke-opacity"] == "0.25"
    assert style["stroke-dasharray"].count(" ") == 3


def test_what_is_only_written_is_what_matplotlib_would_draw():
    """A stage has things of a style drawn by Matplotlib once: then it does the same elsewhere."""
    page, axes, _ = chart()
    rates = page.chart((20, 150, 30, 30), xscale="log", xlim=(1, 100), ylim=(0, 1))
    x = np.array([-50, 3, 50, np.nan, 60, 200])

    def draw(by=0):
        picture, y = page.picture, x + by
        picture.plot(axes, x, y, **page.line("adagrad", 3, alpha=0.25))
        dots = {"marker": "o", "markersize": 4, "markeredgecolor": "none"}
        picture.plot(axes, x, y / 2, **page.line("sgd", **dots))
        tips = {"marker": ">", "linestyle": "none", "clip_on": False, "color": "k"}
        picture.plot(axes, x, 3 * y, **tips)
        picture.plot(axes, 50, 40 + by, **{"marker": "o", "linestyle": "none"} | page.ring("nag"))
        picture.plot(rates, [1, 10, 99], [0, 1, 0.5], **page.line("adam"))
        for corner, side in (((10, 20 + by), 30), ((80, 70), 90)):  # within, and over the edge
            page.square(axes, corner, side, "adagrad")
        for va in ("center", "bottom", "center_baseline"):
            style = page.lettering(color="adagrad", ha="right", va=va)
            picture.words(axes, 70, 30 + by, f"h(x) = {12.5 + by}", **style)
        for place in (50 + by, 150):  # of which the last stands outside
            picture.words(rates, place, 0.5, "x", **page.lettering(clip_on=True))
        page.arrow((20, 30 + by), (90, 120), bend=0.3)
        page.arrowhead("hop", "step", 2, 11, gap=9, posA=(30, 40 + by), posB=(150, 60))
        for end in ((90 + by, 50), (60 + by, 10)):  # the last is too short for a head
            arch = Path([(20, 50), (40, 10), (60 + by, 10), end], [Path.MOVETO] + 3 * [Path.CURVE4])
            page.arrowhead("hop", "step", 2, 11, path=arch)

    layers = Layers(page.picture)
    for by in (0, 5):
        written = layers.moving(lambda by=by: draw(by))
        with pytest.MonkeyPatch.context() as as_ever:
            for name in ("plot", "box", "words", "arrow"):
                as_ever.delattr(page.picture, name)
            assert layers.moving(lambda by=by: draw(by)) == written
    assert layers.moving(draw) != written
    assert written.count("<g") > 12


places = st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=2, max_size=9)


@given(places)
def test_a_path_goes_through_its_places(vertices):
    way = points(written(vertices))
    apart = [vertices[0]] + [b for a, b in pairwise(vertices) if a != b]
    assert [tuple(place) for place in way.tolist()] == (apart if len(apart) > 1 else [])


def test_a_curve_and_a_closed_path_are_told_from_where_the_last_ended():
    codes = [Path.MOVETO, *3 * [Path.CURVE4], Path.LINETO, Path.CLOSEPOLY, Path.MOVETO, Path.LINETO]
    vertices = [(5, 5), (6, 5), (7, 6), (8, 8), (9, 8), (0, 0), (1, 1), (2, 2)]
    assert written(vertices, codes) == "M5 5c1 0 2 1 3 3l1 0zM1 1l1 1"

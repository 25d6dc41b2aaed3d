"""What each figure must show, read from its artists and from the descents behind them.

What asks for every figure stands in this one file: one process draws them, and once.
"""

import itertools
import logging
from functools import cache

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

import udl.figures
from udl import CHAPTER, OVERSHOOT, RUGGED
from udl.chapter import LANGUAGES
from udl.experiments.nag import present_step
from udl.experiments.plans import descents
from udl.figures import EQUATIONS
from udl.figures.catalogue import ENTRIES, FIGURES
from udl.figures.equations import equation
from udl.figures.minima import MOMENTS, SIGHT
from udl.figures.picture import DPI
from udl.figures.style import LEGIBLE, NAMES, PALETTES, SIZES, contrast, house, legible
from udl.figures.text import WORDS

LOSSES = {n: CHAPTER for n in FIGURES} | {3: RUGGED, 7: OVERSHOOT, 8: OVERSHOOT}
CHAPTER_FIGURES = [n for n in FIGURES if n < 9]
CHARTS = [n for n in ENTRIES if n not in range(1, 9)]  # what is measured, not laid out by hand
EVERY = [(n, lang) for n in ENTRIES for lang in LANGUAGES]


@cache  # no test changes a picture, so each is drawn once for all of them
def look(number, lang=None):
    """A figure, or without a language an equation; the boxes of its texts; what drawing it said."""
    said, listener = [], logging.Handler(logging.WARNING)
    listener.emit = said.append
    logging.getLogger().addHandler(listener)
    try:
        picture = fresh(number, lang) if lang else equation(number)
        with house():
            picture.draw_without_rendering()  # a coloured sentence finds its place
    finally:
        logging.getLogger().removeHandler(listener)
    renderer = picture.canvas.get_renderer()
    return picture, [text.get_window_extent(renderer) for text in picture.texts_shown()], said


def fresh(number, lang="ko"):
    return getattr(udl.figures, f"figure_{number}")(lang)


def draw(number, lang="ko"):
    return look(number, lang)[0]


def on_a_dot(text):
    return (text.get_gid() or "").startswith("on ")


def lines(picture, gid):
    """The (x, y) data of every line that carries a name, panel by panel."""
    return [
        np.array(line.get_data())
        for axes in picture.axes
        for line in axes.lines
        if (line.get_gid() or "").startswith(gid)
    ]


def hops(picture):
    return [p for p in picture.findobj(FancyArrowPatch) if p.get_gid() == "hop"]


def test_every_figure_of_the_chapter_is_there():
    assert sorted(FIGURES) == list(range(1, 21))


EVERY_EQUATION = [(n, None) for n in EQUATIONS]


@pytest.mark.parametrize(("number", "lang"), EVERY + EVERY_EQUATION)
def test_no_glyph_is_missing(number, lang):
    _, _, said = look(number, lang)  # a missing glyph warns, or in mathematics logs
    assert not said


@pytest.mark.parametrize(("number", "lang"), EVERY)
def test_a_picture_has_its_alternative_text(number, lang):
    assert draw(number, lang).alt == ENTRIES[number].alt(lang)


@pytest.mark.parametrize(("number", "lang"), EVERY)
def test_texts_keep_apart_and_stay_on_the_canvas(number, lang):
    picture, shown, _ = look(number, lang)
    for box in shown:
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= picture.bbox.x1
        assert box.y1 <= picture.bbox.y1
    for a, b in itertools.combinations(shown, 2):
        # the parts of a coloured sentence stand side by side: they may touch, not overlap
        assert min(a.x1, b.x1) - max(a.x0, b.x0) < 1 or min(a.y1, b.y1) - max(a.y0, b.y0) < 1


@pytest.mark.parametrize("number", EQUATIONS)
def test_an_equation_fills_its_width_and_stays_on_the_canvas(number):
    picture, shown, _ = look(number)
    assert min(b.x0 for b in shown) >= 0
    assert min(b.y0 for b in shown) >= 0
    assert max(b.x1 for b in shown) <= picture.bbox.x1
    assert max(b.y1 for b in shown) <= picture.bbox.y1
    assert max(b.x1 for b in shown) - min(b.x0 for b in shown) > 0.9 * picture.bbox.x1


@pytest.mark.parametrize(("number", "lang"), EVERY)
def test_no_line_runs_through_a_text(number, lang):
    picture, shown, _ = look(number, lang)
    ways = [
        line.get_transform().transform_path(line.get_path())
        for axes in picture.axes
        for line in axes.lines
        if line.get_linestyle() != "None"  # dots alone
    ]
    for arrow in picture.findobj(FancyArrowPatch):
        for path in arrow._get_path_in_displaycoord()[0]:  # intersects_bbox takes no closed curve
            ways += [Path(polygon) for polygon in path.to_polygons(closed_only=False)]
    for text, box in zip(picture.texts_shown(), shown, strict=True):
        if on_a_dot(text):  # its number
            continue
        assert not any(way.intersects_bbox(box, filled=False) for way in ways)


@pytest.mark.parametrize(("number", "lang"), EVERY)
def test_every_text_is_large_enough_where_it_is_shown(number, lang):
    picture = draw(number, lang)
    assert picture.get_figwidth() * DPI == pytest.approx(ENTRIES[number].width)
    axes = [axis for chart in picture.axes for axis in (chart.xaxis, chart.yaxis)]
    ticks = {text for axis in axes for text in axis.get_ticklabels(which="both")}
    for text in picture.texts_shown():
        least = SIZES["tick" if text in ticks or on_a_dot(text) else "word"]
        assert text.get_fontsize() / 72 * DPI >= least - 1e-6, text.get_text()


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("number", ENTRIES)
def test_every_word_stands_out_from_its_ground(number, palette):
    if palette == "light":  # as it always is
        picture = draw(number)
    else:
        with house(palette):
            picture = fresh(number)
    paper = PALETTES[palette]["ground"]
    assert to_hex(picture.get_facecolor()) == paper.lower()
    assert {to_hex(axes.get_facecolor()) for axes in picture.axes} <= {paper.lower()}
    for text in picture.texts_shown():
        ground = paper
        if on_a_dot(text):
            ground = legible(PALETTES[palette][text.get_gid().removeprefix("on ")], paper)
        color = to_hex(text.get_color())
        assert contrast(color, ground) >= LEGIBLE, (text.get_text(), color, ground)


# What a chart may show of the roles of the chapter's drawings: positions and speeds on a curve.
POSITIONS = {"present", "before", "lookahead", "velocity", "gradient"}
SHOWN = {"nag": {"present", "lookahead"}}  # the two parameters are those roles


@pytest.mark.parametrize("number", CHARTS)
def test_one_colour_has_one_meaning(number):
    """A rule's colour is for a rule that the figure names; a role's for what plays that role."""
    picture = draw(number)
    said = " ".join([picture.name, *picture.strings()])
    for name in picture.inks:
        assert name not in NAMES or NAMES[name] in said, name
        assert name not in POSITIONS - SHOWN.get(number, set()), name


@pytest.mark.parametrize("number", CHAPTER_FIGURES)
def test_every_dot_is_a_computed_position_on_the_curve(number):
    known = [one.w for one in descents(number).values()]
    if number in (1, 3):  # which mark the minima
        known.append(np.array([minimum.w for minimum in LOSSES[number].minima]))
    if number == 8:
        known += [one.w + one.hyper["alpha"] * one.state["v"] for one in descents(8).values()]
    known = np.concatenate([*known, [np.nan]])
    for w, loss in lines(draw(number), "dots"):
        assert np.isin(w, known).all()
        np.testing.assert_array_equal(loss, LOSSES[number](w))


@pytest.mark.parametrize("number", [2, 4, 8])
def test_every_tangent_is_the_gradient_at_a_dot(number):
    picture, loss = draw(number), LOSSES[number]
    dots = np.concatenate([w for w, _ in lines(picture, "dots")])
    tangents = lines(picture, "tangent")
    assert len(tangents) == {2: 3, 4: 2, 8: 1}[number]
    for (w0, w1), (loss0, loss1) in tangents:
        middle = dots[np.abs(dots - (w0 + w1) / 2).argmin()]
        assert middle == pytest.approx((w0 + w1) / 2)
        assert (loss1 - loss0) / (w1 - w0) == pytest.approx(loss.grad(middle))


@pytest.mark.parametrize("number", CHAPTER_FIGURES)
def test_every_panel_shows_its_curve(number):
    picture = draw(number)
    curves = lines(picture, "curve")
    assert len(curves) == len(picture.axes) == {2: 3, 4: 2, 5: 2, 6: 2}.get(number, 1)
    for w, loss in curves:
        np.testing.assert_array_equal(loss, LOSSES[number](w))


def test_figure_1_points_at_two_local_minima_and_the_global_one():
    picture = draw(1)
    axes = picture.axes[0]
    to_data = axes.transData.inverted()
    ends = []
    for arrow in picture.findobj(FancyArrowPatch):
        tip = arrow.get_transform().transform(arrow._posA_posB[1])
        ends.append(to_data.transform(tip))
    inside = [m for m in CHAPTER.minima if 0 <= m.w <= 10]
    assert [m.kind for m in inside] == ["local", "local", "global"]
    for (w, loss), minimum in zip(sorted(map(tuple, ends)), inside, strict=True):
        assert w == pytest.approx(minimum.w, abs=0.01)
        assert 0.2 < loss - CHAPTER(minimum.w) < 0.4  # above its dot


def test_figure_2_clears_what_was_visited_and_a_little_ahead():
    w = descents(2)["descent"].w
    before, cliff, past = w[list(MOMENTS)]
    hump, valley = 3.049, 4.2555
    assert hump < before < 3.5  # over the edge, the drop still ahead
    assert 3.6 < cliff < 4.1
    assert CHAPTER.grad(cliff) < -5
    assert past > valley
    assert CHAPTER.grad(past) > 0
    for axes, (curve, _), step in zip(draw(2).axes, lines(draw(2), "curve"), MOMENTS, strict=True):
        low, high = w[: step + 1].min() - SIGHT, w[: step + 1].max() + SIGHT
        assert curve.min() == pytest.approx(low)
        assert curve.max() == pytest.approx(high)
        fog = [(p.get_x(), p.get_x() + p.get_width()) for p in axes.patches if p.get_gid() == "fog"]
        assert fog == [pytest.approx((0, low)), pytest.approx((high, fog[1][1]))]


def test_figure_3_has_many_local_minima():
    assert sum(0 <= m.w <= 10 for m in RUGGED.minima) >= 6


def test_figure_4_widths_are_in_the_ratio_of_the_rates():
    small, large = descents(4)["small"], descents(4)["large"]
    assert small.w[0] == large.w[0]
    widths = large.w[1] - large.w[0], small.w[1] - small.w[0]
    assert widths[0] / widths[1] == pytest.approx(large.hyper["lr"] / small.hyper["lr"])
    assert draw(4).strings().count(WORDS["ko"]["gradient"]) == 1  # labelled once


def test_figure_5_left_shrinks_into_the_first_local_minimum():
    w = descents(5)["small"].w
    steps = np.abs(np.diff(w))
    assert w[-1] == pytest.approx(2.377239, abs=1e-6)
    largest = steps.argmax()
    assert largest <= 3  # the slope steepens first
    assert (np.diff(steps[largest:12]) < 0).all()


def test_figure_5_right_jumps_between_the_walls_and_never_settles():
    w = descents(5)["large"].w
    cliff = (w > 3.049) & (w < 4.2555)
    wall = (w > 7.18) & (w < 10)
    crossings = (cliff[:-1] & wall[1:]) | (wall[:-1] & cliff[1:])
    assert crossings[1:5].all()  # four jumps in a row, after the one that leaves the start
    assert np.ptp(w[-20:]) > 1
    (drawn, _) = lines(draw(5), "dots")[1]
    assert len(drawn) >= 6
    assert len(hops(draw(5))) == len(drawn) - 1  # on the left they are too short for arches


def test_figure_6_sgd_stays_and_momentum_leaves():
    sgd, momentum = descents(6)["sgd"], descents(6)["momentum"]
    assert sgd.w[0] == momentum.w[0]
    assert sgd.hyper["lr"] == momentum.hyper["lr"]
    assert sgd.w[-1] == pytest.approx(2.377239, abs=1e-6)
    assert abs(momentum.w[-1] - 2.377239) > 1
    steps = np.diff(momentum.w)
    assert (np.diff(steps[:3]) > 0).all()  # growing down the slope
    nearest = int(np.abs(momentum.w[:6] - 2.377239).argmin())
    assert abs(CHAPTER.grad(momentum.w[nearest])) < 0.02
    assert steps[nearest] > 0.8 * steps[nearest - 1]  # on its velocity alone
    (drawn, _) = lines(draw(6), "dots")[1]
    assert drawn[-1] > 3.5  # over the hump and off


def test_figure_7_grows_and_leaps_past_the_minimum():
    w = descents(7)["momentum"].w
    minimum = 6.807382
    (drawn, _) = lines(draw(7), "dots")[0]
    near = int((w < minimum).argmin()) - 1
    assert (np.diff(np.diff(w[: near + 1])) > 0).all()
    assert minimum - w[near] < 0.5
    drawn_by_hand = 1.97  # the picture's last dot beyond its minimum
    assert drawn.max() - minimum >= drawn_by_hand


def test_figure_8_sees_the_other_sign_ahead_and_brakes():
    nag = descents(8)["nag"]
    now = present_step(nag)
    w, v = nag.w[now], nag.state["v"][now]
    ahead = w + nag.hyper["alpha"] * v
    assert OVERSHOOT.grad(w) < 0 < OVERSHOOT.grad(ahead)
    assert nag.state["v"][now + 1] < 0.7 * v
    picture = draw(8)
    assert [len(w) for w, _ in lines(picture, "dots-past")] == [now]
    assert lines(picture, "dots-present")[0][0] == w
    assert lines(picture, "dots-lookahead")[0][0] == ahead
    same = descents(7)["momentum"]
    assert (same.w[0], same.hyper) == (nag.w[0], nag.hyper)


@pytest.mark.parametrize(
    ("number", "needed"),
    [
        (1, ["loss", "parameter", "local", "global"]),
        (3, ["loss", "parameter"]),
        (4, ["loss", "parameter", "gradient"]),
        (5, ["loss", "parameter"]),
        (6, ["loss", "parameter", "growing", "sgd ends", "momentum escapes"]),
        (7, ["loss", "parameter", "growing", "momentum overshoots"]),
        (8, ["loss", "parameter", "growing"]),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_are_there(number, needed, lang):
    strings = draw(number, lang).strings()
    for key in needed:
        assert WORDS[lang][key] in strings
    if number == 8:
        for text, _ in itertools.chain(*WORDS[lang]["nag looks ahead"]):
            assert text in strings


def test_a_language_that_is_not_there():
    with pytest.raises(ValueError, match="lang must be one of ko, en, not 'fr'"):
        draw(1, "fr")


@pytest.mark.parametrize(("number", "lang"), [(n, "ko") for n in ENTRIES] + EVERY_EQUATION)
def test_every_picture_can_be_a_pdf(number, lang):
    # the test of the site, where they are offered, has others stand in for them
    assert look(number, lang)[0].encode("pdf").startswith(b"%PDF")


def test_a_reader_s_own_settings_change_nothing():
    import matplotlib

    usual = fresh(4).encode("png", 1)
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "axes.facecolor": "red"}):
        assert fresh(4).encode("png", 1) == usual

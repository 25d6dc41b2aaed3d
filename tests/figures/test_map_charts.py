"""What figures 10 and 11 must show, read from their artists and checked another way."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from udl.experiments.momentum import PLACES, pairs
from udl.experiments.nag import duel
from udl.experiments.plans import FIGURE_10, descents
from udl.figures import figure_10, figure_11
from udl.figures.areas import areas, edges, rectangles
from udl.figures.text import WORDS


def painted(axes):
    """The colour of every cell of a map, found by asking each area whether it covers the cell."""
    grid = pairs("momentum", "wide")
    x, y = np.meshgrid(grid.lr, 1 / (1 - grid.alpha))
    points = axes.transData.transform(np.column_stack([x.ravel(), y.ravel()]))
    found = np.full(x.size, "", dtype="<U7")
    for patch in axes.patches:
        if (patch.get_gid() or "").startswith("area-"):
            inside = np.zeros(x.size, bool)
            path = patch.get_path().transformed(axes.transData)
            for corners in path.vertices.reshape(-1, 5, 2):
                low, high = corners.min(axis=0), corners.max(axis=0)
                inside |= ((points > low) & (points < high)).all(axis=1)
            assert (found[inside] == "").all()  # no cell is painted twice
            found[inside] = to_hex(patch.get_facecolor()).upper()
    return found.reshape(x.shape)


# A map as areas -----------------------------------------------------------------------------------


def test_edges_stand_half_way_on_a_log_axis():
    np.testing.assert_allclose(edges(np.array([1.0, 100.0])), [0.1, 10, 1000])
    values = np.geomspace(0.01, 10, 7)
    np.testing.assert_allclose(np.sqrt(edges(values)[1:] * edges(values)[:-1]), values)


@pytest.mark.parametrize("seed", range(20))
def test_rectangles_cover_every_cell_once(seed):
    rng = np.random.default_rng(seed)
    cells = rng.random((rng.integers(1, 9), rng.integers(1, 9))) < rng.random()
    covered = np.zeros(cells.shape, int)
    for left, right, bottom, top in rectangles(cells):
        covered[bottom:top, left:right] += 1
    np.testing.assert_array_equal(covered, cells)


def test_rows_that_repeat_are_one_rectangle():
    assert rectangles(np.ones((5, 3), bool)) == [(0, 3, 0, 5)]
    assert rectangles(np.zeros((2, 2), bool)) == []


# Figure 10 ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ten():
    return figure_10()


def charts(picture):
    return {axes.get_title(): axes for axes in picture.axes}


def test_figure_10_steps_grow_to_the_limit(ten):
    plan = FIGURE_10.growth
    left = charts(ten)[WORDS["ko"][10]["growth"]]
    drawn = [line.get_ydata() for line in left.lines if line.get_gid() == "growth"]
    assert len(drawn) == len(plan.alpha)
    t = np.arange(1, plan.steps + 1)
    for alpha, steps in zip(plan.alpha, drawn, strict=True):
        np.testing.assert_allclose(steps, (1 - alpha**t) / (1 - alpha))  # the sum of the series
        assert steps[-1] == pytest.approx(1 / (1 - alpha), rel=0.003)


def test_figure_10_heights_are_the_same_in_both_charts(ten):
    both = charts(ten)
    left, right = both[WORDS["ko"][10]["growth"]], both[WORDS["ko"][10]["ends"]]
    assert left.get_ylim() == right.get_ylim()
    assert left.get_position().y0 == right.get_position().y0
    np.testing.assert_allclose(left.get_yticks(), [1, 2, 5, 10, 20, 50])
    np.testing.assert_allclose(right.get_yticks(), left.get_yticks())
    named = [float(label.get_text()) for label in right.get_yticklabels()]
    np.testing.assert_allclose(1 / (1 - np.array(named)), right.get_yticks())


def test_figure_10_paints_where_each_pair_ended(ten):
    colors = painted(charts(ten)[WORDS["ko"][10]["ends"]])
    ends = pairs("momentum", "wide").ends
    for place, name in PLACES.items():
        assert (colors[ends == place] == areas()[name]).all()
    assert set(PLACES.values()) == set(areas())


def test_figure_10_marks_figure_6(ten):
    (mark,) = (
        line for line in charts(ten)[WORDS["ko"][10]["ends"]].lines if line.get_gid() == "mark"
    )
    chosen = descents(6)["momentum"].hyper
    assert mark.get_xdata()[0] == chosen["lr"]
    assert mark.get_ydata()[0] == pytest.approx(1 / (1 - chosen["alpha"]))


def test_figure_10_has_every_outcome_and_a_wedge():
    outcomes = pairs("momentum", "wide").places
    assert set(np.unique(outcomes)) == set(areas())
    grid = pairs("momentum", "wide")
    # the lower edge of the wedge: the same friction (1−α)²/lr at every small rate
    lowest = [(grid.alpha[(~grid.stays[:, i]).argmax()]) for i in np.flatnonzero(grid.lr < 0.08)]
    ratio = grid.lr[grid.lr < 0.08] / (1 - np.array(lowest)) ** 2
    assert ratio.max() / ratio.min() < 1.25
    assert 6.5 < ratio.mean() < 8.5


# Figure 11 ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def eleven():
    return figure_11()


def test_figure_11_paints_both_maps(eleven):
    panels = charts(eleven)
    for rule in ("momentum", "nag"):
        colors, ends = painted(panels[WORDS["ko"][11][rule]]), pairs(rule, "wide").ends
        for place, name in PLACES.items():
            assert (colors[ends == place] == areas()[name]).all()


def test_figure_11_momentum_s_map_is_the_one_of_figure_10(ten, eleven):
    first, second = charts(ten)[WORDS["ko"][10]["ends"]], charts(eleven)["Momentum"]
    np.testing.assert_array_equal(painted(first), painted(second))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_figure_11_draws_and_says_the_shares(lang):
    picture, outcomes, words = figure_11(lang), duel(), WORDS[lang][11]
    shares = [(outcomes == name).mean() for name in words["outcomes"]]
    assert sum(shares) == pytest.approx(1)  # no outcome is left out
    bars = charts(picture)[words["duel"]].patches
    assert [bar.get_width() for bar in bars] == shares
    places = {bar.get_y() + bar.get_height() / 2 for bar in bars}
    assert sorted(places) == pytest.approx(range(len(shares)))
    assert {*words["outcomes"].values(), *(f"{s:.1%}" for s in shares)} <= set(picture.strings())


def test_figure_6_is_marked_where_its_rule_runs_alone(ten, eleven):
    marked = {
        title: [line.get_gid() for line in axes.lines].count("mark")
        for picture in (ten, eleven)
        for title, axes in charts(picture).items()
    }
    assert {title for title, marks in marked.items() if marks} == {
        WORDS["ko"][10]["ends"],
        "Momentum",
    }


@pytest.mark.parametrize("name", ["ten", "eleven"])
def test_the_name_of_figure_6_stands_off_the_areas(name, request):
    picture = request.getfixturevalue(name)
    renderer = picture.canvas.get_renderer()
    (label,) = (t for t in picture.texts_shown() if t.get_text() == WORDS["ko"][10]["mark"])
    box = label.get_window_extent(renderer)
    assert not any(box.overlaps(axes.get_window_extent(renderer)) for axes in picture.axes)
    (leader,) = (line for line in picture.lines + picture.artists if line.get_gid() == "leader")
    ends = leader.get_transform().transform(np.column_stack(leader.get_data()))
    (mark,) = (
        axes.transData.transform(np.ravel(line.get_data()))
        for axes in picture.axes
        for line in axes.lines
        if line.get_gid() == "mark"
    )
    assert np.hypot(*(ends[1] - mark)) < 8  # shown pixels: it ends at the ring
    assert box.expanded(1.5, 2.5).contains(*ends[0])

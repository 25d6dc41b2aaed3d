"""What figures 9 and 18 must show, read from their artists and checked another way."""

import numpy as np
import pytest

from udl.experiments.adam import best_rates
from udl.experiments.digits import end
from udl.experiments.plans import COST, FIGURE_9, FIGURE_18
from udl.experiments.race import SIX
from udl.experiments.sgd import best_rate_of_size, courses, scatter
from udl.figures import figure_9, figure_18
from udl.figures.adam import WORST
from udl.figures.style import COLORS, NAMES


def drawn(picture):
    """The data of every line that carries a name."""
    lines = [line for axes in picture.axes for line in axes.lines]
    return {line.get_gid(): np.array(line.get_data(), float) for line in lines if line.get_gid()}


def test_figure_9_scatter_falls_with_slope_minus_a_half():
    data = drawn(figure_9())
    for epochs in FIGURE_9.spread.epochs:
        size, spread = data[f"spread-{epochs}"]
        np.testing.assert_array_equal(size, FIGURE_9.spread.sizes)
        small = size <= 100
        slope = np.polyfit(np.log(size[small]), np.log(spread[small]), 1)[0]
        assert slope == pytest.approx(-0.5, abs=0.01)
        place, law = data[f"law-{epochs}"]
        np.testing.assert_allclose(np.interp(size, place, law), spread, rtol=0.03)
    (a, b), (high, low) = data["slope"]
    assert np.log(low / high) / np.log(b / a) == pytest.approx(-0.5)


def test_figure_9_scatter_grows_against_the_gradient_as_it_trains():
    data = drawn(figure_9())
    start, middle, late = (data[f"spread-{e}"][1] for e in FIGURE_9.spread.epochs)
    assert (start < middle).all()
    assert (middle < late).all()
    full = [one.full for one in scatter().values()]
    assert full[0] > full[1] > full[2]


def test_figure_9_smaller_mini_batches_cost_fewer_samples():
    picture = figure_9()
    data = drawn(picture)
    reached = [data[f"reached-{size}"][0, 0] for size in COST.sizes]
    assert reached == [885, 3000, 24_000]
    assert {"885", "3,000", "24,000"} <= set(picture.strings())
    for size in COST.sizes:
        runs = courses(size)
        samples, middle = data[f"course-{size}"]
        np.testing.assert_array_equal(middle, np.sort([one.loss for one in runs], axis=0)[2])
        np.testing.assert_array_equal(samples, runs[0].samples)
    bands = [c for axes in picture.axes for c in axes.collections]
    assert len(bands) == 3  # from the lowest seed to the highest, for each size


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_figure_9_says_each_size_and_its_rate(lang):
    strings = " ".join(figure_9(lang).strings())
    for size in COST.sizes:
        assert f"{size:,}" in strings
        assert f"{best_rate_of_size(size):g}" in strings


def test_figure_18_has_one_hollow_for_each_rule_and_a_wall_on_its_right():
    data = drawn(figure_18())
    for rule in NAMES:
        lr, loss = data[f"median-{rule}"]
        np.testing.assert_array_equal(lr, FIGURE_18.race.rates[: len(lr)])
        best = int(loss.argmin())
        assert lr[best] == best_rates()[rule]
        np.testing.assert_array_equal(data[f"best-{rule}"][:, 0], (lr[best], loss[best]))
        assert (np.diff(loss[: best + 1]) < 0).all()
        assert (np.diff(loss[best:]) > 0).all()
        assert np.log(10) < loss[-1] <= WORST
        assert (loss[best:-1] < np.log(10)).all()
    for rule in ("rmsprop", "adam"):
        assert best_rates()[rule] < min(
            best_rates()[r] for r in NAMES if r not in (rule, "adam", "rmsprop")
        )


def test_figure_18_shows_five_seeds_their_range_and_their_median():
    data, race = drawn(figure_18()), FIGURE_18.race
    for step in SIX:
        rule = step.__name__
        ends = [end(step, best_rates()[rule], seed) for seed in race.seeds_that_count]
        for name, scale in (("loss", 1), ("accuracy", 100)):
            values = np.sort([scale * getattr(one, name) for one in ends])
            np.testing.assert_array_equal(data[f"{name}-{rule}"][0], values)
            np.testing.assert_array_equal(data[f"{name}-{rule}-range"][0], values[[0, 4]])
            np.testing.assert_array_equal(data[f"{name}-{rule}-median"][0], values[[2, 2]])


def test_figure_18_shows_what_its_alternative_text_says():
    data = drawn(figure_18())
    medians = {rule: data[f"loss-{rule}-median"][0, 0] for rule in NAMES}
    assert sorted(medians, key=medians.get)[:3] == ["nag", "adam", "momentum"]
    shares = np.array([data[f"accuracy-{rule}-median"][0, 0] for rule in NAMES])
    assert shares.min() > 97.9
    assert shares.max() < 99.1


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_figure_18_names_every_rule_with_its_rate_and_style(lang):
    picture = figure_18(lang)
    strings = picture.strings()
    for rule, name in NAMES.items():
        rate = strings[strings.index(name) + 1]
        assert rate.endswith(f" {best_rates()[rule]:g}")
    keys = [line for line in picture.findobj() if line.get_gid() == "key"]
    assert [key.get_color() for key in keys] == [COLORS[rule] for rule in NAMES]


def test_nothing_drawn_lies_outside_its_chart():
    for picture in (figure_9(), figure_18()):
        for axes in picture.axes:
            for line in axes.lines:
                if (line.get_gid() or "").startswith(("spread", "course", "loss", "accuracy")):
                    x, y = (np.array(v, float) for v in line.get_data())
                    assert (min(axes.get_xlim()) <= x).all()
                    assert (x <= max(axes.get_xlim())).all()
                    assert (min(axes.get_ylim()) <= y).all()
                    assert (y <= max(axes.get_ylim())).all()

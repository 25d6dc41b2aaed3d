"""What figures 16 and 17 must show, read from their artists and checked another way."""

import numpy as np
import pytest

from udl import CHAPTER, run
from udl.experiments.adam import SHOWN, contest, noisy_runs
from udl.experiments.plans import FIGURE_16, FIGURE_17
from udl.experiments.race import LANDSCAPES, SIX, STEPS, race
from udl.experiments.rounding import alike
from udl.figures import figure_16, figure_17
from udl.figures.style import COLORS, NAMES


def named(picture, gid):
    return [line for axes in picture.axes for line in axes.lines if line.get_gid() == gid]


def data(picture, gid):
    (line,) = named(picture, gid)
    return np.array(line.get_data())


def test_figure_16_corrected_moments_are_right_on_average_from_the_first_step():
    picture, plan = figure_16(), FIGURE_16.gradient
    mean, spread, runs = plan.mean, plan.spread, plan.runs
    truth = {"m": mean, "v": mean**2 + spread**2}
    # one gradient's spread, and that of its square: what a mean over the runs may be off by
    off = {"m": spread, "v": np.sqrt(4 * mean**2 * spread**2 + 2 * spread**4)}
    for name in ("m", "v"):
        t, corrected = data(picture, f"{name}-with")
        assert np.abs(corrected - truth[name]).max() < 4 * off[name] / runs**0.5
        beta = {"m": 0.9, "v": 0.999}[name]
        _, plain = data(picture, f"{name}-without")
        np.testing.assert_allclose(plain, corrected * (1 - beta**t), rtol=1e-9)
    assert sorted(line.get_ydata()[0] for line in named(picture, "mean")) == [1.0, 1.25]


def test_figure_16_factors_fall_to_one():
    picture = figure_16()
    for name, beta in (("beta1", 0.9), ("beta2", 0.999)):
        t, factor = data(picture, name)
        np.testing.assert_allclose(factor, 1 / (1 - beta**t))
        assert factor[0] == pytest.approx(1 / (1 - beta))
        assert factor[-1] == pytest.approx(1, abs=0.01)


def test_figure_16_dots_stand_at_the_ratios_that_they_name():
    picture = figure_16()
    t, ratio = data(picture, "ratio")
    np.testing.assert_allclose(ratio, (1 - 0.9**t) / np.sqrt(1 - 0.999**t), rtol=1e-6)
    assert data(picture, "corrected")[1].tolist() == [1, 1]
    at, heights = data(picture, "marks")
    assert at.tolist() == [1, 12]
    assert heights.round(2).tolist() == [3.16, 6.57]
    assert heights[1] == ratio.max()
    assert {"첫 걸음 3.16배", "12걸음째 6.57배"} <= set(picture.strings())
    assert {"step 1: 3.16", "step 12: 6.57"} <= set(figure_16("en").strings())


def test_figure_16_is_of_many_runs_with_their_spread():
    t, corrected, plain = noisy_runs()
    assert t[0] == 1
    assert t[-1] == FIGURE_16.gradient.steps
    for moments in (corrected, plain):
        assert all(a.shape == (t.size, FIGURE_16.gradient.runs) for a in moments.values())
    bands = [c for axes in figure_16().axes for c in axes.collections]
    assert len(bands) == 4


@pytest.mark.parametrize("name", SHOWN)
def test_figure_17_draws_every_rule_at_its_best_rate_from_the_same_start(name):
    loss, plan = SHOWN[name], getattr(FIGURE_17, name)
    drawn = {line.get_gid(): line for line in figure_17().axes[list(SHOWN).index(name)].lines}
    first = min(contest(name), key=lambda rule: contest(name)[rule]["steps"])
    for step in SIX:
        rule, line = step.__name__, drawn[step.__name__]
        lr = race(loss)[rule].rate
        w = run(step, alike(loss), plan.start, plan.shown, lr=lr).w
        seen = line.get_ydata() if name == "chapter" else np.array(line.get_data()).T
        np.testing.assert_array_equal(seen, w)
        assert line.get_color() == COLORS[rule]
        assert (line.get_alpha() is None) == (rule in {first, "adam"})  # the others are pale


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_figure_17_marks_every_arrival_and_what_never_arrives(lang):
    picture = figure_17(lang)
    for name, axes in zip(SHOWN, picture.axes[len(SHOWN) :], strict=True):
        drawn = {line.get_gid(): np.ravel(line.get_data()) for line in axes.lines}
        numbers = {text.get_text() for text in axes.texts}
        for row, (rule, one) in enumerate(contest(name).items()):
            if np.isfinite(one["steps"]):
                assert drawn[f"arrival-{rule}"].tolist() == [one["steps"], row]
                assert f"{one['steps']:.0f}" in numbers
            else:
                x, y = drawn[f"never-{rule}"]
                assert STEPS[SHOWN[name].coordinates] < x < axes.get_xlim()[1]
                assert y == row
    assert {*NAMES.values()} <= {*picture.strings()}


def test_figure_17_goes_on_until_the_last_arrival():
    last = max(s for one in contest("chapter").values() if np.isfinite(s := one["steps"]))
    assert figure_17().axes[0].get_xlim()[1] > last


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_figure_17_names_the_rules_that_its_panels_are_about(lang):
    for name, axes in zip(SHOWN, figure_17(lang).axes, strict=False):
        found = contest(name)
        first = min(found, key=lambda rule: found[rule]["steps"])
        assert {text.get_text() for text in axes.texts} == {NAMES[first], NAMES["adam"]}


def test_figure_17_shows_what_its_alternative_text_says():
    ends = {rule: one["w"][-1] for rule, one in contest("chapter").items()}
    arrived = {rule for rule, one in contest("chapter").items() if np.isfinite(one["steps"])}
    assert arrived == {"momentum", "nag", "adagrad"}
    assert ends["sgd"] == pytest.approx(2.377, abs=0.01)
    assert ends["rmsprop"] == pytest.approx(2.377, abs=0.01)
    assert run(SIX[-1], CHAPTER, 1.355, 300, lr=race(CHAPTER)["adam"].rate).w[-1] == pytest.approx(
        4.2555, abs=0.01
    )
    ravine = {rule: one["steps"] for rule, one in contest("ravine").items()}
    assert min(ravine, key=ravine.get) == "adagrad"
    beale = {rule: one["steps"] for rule, one in contest("Beale").items()}
    assert min(beale, key=beale.get) == "adam"


def test_figure_17_takes_the_surfaces_on_which_adam_loses_and_wins_most():
    ratio = {}
    for loss in LANDSCAPES:
        time = {rule: score.time for rule, score in race(loss).items()}
        ratio[loss.name] = time.pop("adam") / min(time.values())
    assert max(ratio, key=ratio.get) == "ravine"
    assert min(ratio, key=ratio.get) == "Beale"

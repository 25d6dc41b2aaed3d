"""What figure 19 must show, read from its lines and checked another way."""

import numpy as np

from udl import CHAPTER, RUGGED, run, sgd
from udl.experiments.plans import FIGURE_19
from udl.experiments.rounding import alike
from udl.figures import figure_19
from udl.figures.catalogue import FIGURES
from udl.schedules import Linear


def shares(axes):
    """The lines of a chart by their name: arrays of rates and of shares in per cent."""
    return {line.get_gid(): line.get_data() for line in axes.lines}


def test_each_line_is_the_share_of_starts_that_end_there():
    starts = np.linspace(*FIGURE_19.falling.starts)
    for axes, loss, steps, goals in zip(
        figure_19().axes,
        (CHAPTER, RUGGED),
        (200, 3000),
        ({"falling-global": 3}, {"falling-global": 5, "falling-local": 0}),
        strict=True,
    ):
        drawn = shares(axes)
        assert set(drawn) == {"constant-global", *goals}
        for name, goal in goals.items():
            for i in (10, 25, 32):
                lr, share = (values[i] for values in drawn[name])
                w = run(sgd, alike(loss), starts, steps, lr=Linear(lr, steps)).w[-1]
                assert share == 100 * np.mean(np.abs(w - loss.minima[goal].w) < 0.01)


def test_its_alternative_text_says_what_it_shows():
    chapter, rugged = (shares(axes) for axes in figure_19().axes)
    lr, constant = chapter["constant-global"]
    assert 68.5 < constant.max() < 69.5
    assert (constant[lr > 0.5] == 0).all()
    lr, fallen = chapter["falling-global"]
    assert fallen[lr > 1.1].min() > 95
    lr, elsewhere = rugged["falling-local"]
    assert (elsewhere[lr > 0.9] == 100).all()
    assert rugged["falling-global"][1].max() < 30
    for lang in ("ko", "en"):
        for number in ("69", "98", "25", "−0.002"):
            assert number in FIGURES[19].alt(lang)

"""What figure 19 must show, read from its lines and checked another way."""

import numpy as np

from udl import CHAPTER, RUGGED, run, sgd
from udl.experiments.plans import FIGURE_19
from udl.figures import figure_19
from udl.figures.text import ALT_TEXTS
from udl.schedules import Linear


def shares(axes):
    """The lines of a chart by their role: arrays of rates and of shares in per cent."""
    return {line.get_gid().removeprefix("share-"): line.get_data() for line in axes.lines}


def test_each_line_is_the_share_of_starts_that_end_there():
    starts = np.linspace(*FIGURE_19.falling.starts)
    for axes, loss, steps, goals in zip(
        figure_19().axes,
        (CHAPTER, RUGGED),
        (200, 3000),
        ({"present": 3}, {"present": 5, "velocity": 0}),
        strict=True,
    ):
        drawn = shares(axes)
        assert set(drawn) == {"lookahead", *goals}
        for role, goal in goals.items():
            for i in (10, 25, 32):
                lr, share = (values[i] for values in drawn[role])
                w = run(sgd, loss, starts, steps, lr=Linear(lr, steps)).w[-1]
                assert share == 100 * np.mean(np.abs(w - loss.minima[goal].w) < 0.01)


def test_its_alternative_text_says_what_it_shows():
    chapter, rugged = (shares(axes) for axes in figure_19().axes)
    lr, constant = chapter["lookahead"]
    assert 68.5 < constant.max() < 69.5
    assert (constant[lr > 0.5] == 0).all()
    lr, fallen = chapter["present"]
    assert fallen[lr > 1.1].min() > 95
    lr, elsewhere = rugged["velocity"]
    assert (elsewhere[lr > 0.9] == 100).all()
    assert rugged["present"][1].max() < 30
    for lang in ("ko", "en"):
        assert "69" in ALT_TEXTS[lang][19]
        assert "−0.002" in ALT_TEXTS[lang][19]

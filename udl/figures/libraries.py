"""The figure of the page on conventions: NAG's path in W, and in W + αv, which libraries keep."""

import numpy as np

from udl.experiments.libraries import two_parameters
from udl.figures.catalogue import sheet
from udl.figures.style import COLORS, house
from udl.losses import OVERSHOOT


@house()
def figure_nag(lang=None):
    """NAG down the slope of figure 8: both parameters step by step, and the loss at both."""
    page, words = sheet("nag", lang)
    w, ahead, loss, loss_ahead = two_parameters()
    (minimum,) = OVERSHOOT.goals
    steps = np.arange(len(w))
    rim = {"markeredgecolor": COLORS["ground"], "markeredgewidth": page.points(1)}
    now = page.line("present", marker="o", markersize=page.points(12), **rim)
    then = page.line("lookahead", marker="D", markersize=page.points(10), **rim, dashes=(3, 1.5))
    ends = (-0.6, 24.6)
    top = page.headline(words["nag"]["headline"], words["nag"]["plotted"]) + 70

    heads = {"title": words["nag"]["paths"], "x": words["nag"]["step"], "y": words["parameter"]}
    left = page.chart((110, top, 560, 480), letter="a", **heads, xlim=ends, ylim=(0, 8.9))
    left.plot(ends, [minimum] * 2, **page.line("past", 2.5))
    left.vlines(steps, w, ahead, color=COLORS["past"], linewidth=page.points(2), zorder=2)
    left.plot(steps, w, **now, label=words["nag"]["w"], gid="w")
    left.plot(steps, ahead, **then, label=words["nag"]["ahead"], gid="ahead")
    left.text(24.2, minimum - 0.5, words["global"], **page.lettering(ha="right"))
    page.legend(left, loc="lower right")

    heads |= {"title": words["nag"]["losses"], "y": words["loss"]}
    right = page.chart((800, top, 560, 480), letter="b", **heads, xlim=ends, ylim=(0, 6))
    right.plot(steps, loss, **now, gid="loss")
    right.plot(steps, loss_ahead, **then, gid="loss-ahead")
    return page.picture

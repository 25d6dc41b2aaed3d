"""The figure of the page on conventions: NAG's path in W, and in W + αv, which libraries keep."""

import numpy as np

from udl.experiments.libraries import two_parameters
from udl.figures.catalogue import sheet
from udl.figures.style import COLORS, house
from udl.losses import OVERSHOOT


@house()
def figure_nag(lang="ko"):
    """NAG down the slope of figure 8: both parameters step by step, and the loss at both."""
    page, words = sheet("nag", lang)
    w, ahead, loss, loss_ahead = two_parameters()
    (minimum,) = OVERSHOOT.goals
    steps = np.arange(len(w))
    common = {"markeredgecolor": "white", "markeredgewidth": page.points(1)}
    common |= {"linewidth": page.points(3.5)}
    now = {"color": COLORS["present"], "marker": "o", "markersize": page.points(12), **common}
    then = {"color": COLORS["lookahead"], "marker": "D", "markersize": page.points(10), **common}
    then["dashes"] = (3, 1.5)

    left = page.chart(
        (110, 80, 560, 480),
        title=words["nag"]["paths"],
        x=words["nag"]["step"],
        y=words["parameter"],
        xlim=(-0.6, 24.6),
        ylim=(0, 8.9),
    )
    left.plot([-0.6, 24.6], [minimum] * 2, color=COLORS["past"], linewidth=page.points(2.5))
    left.vlines(steps, w, ahead, color=COLORS["past"], linewidth=page.points(2), zorder=2)
    left.plot(steps, w, **now, label=words["nag"]["w"], gid="w")
    left.plot(steps, ahead, **then, label=words["nag"]["ahead"], gid="ahead")
    style = {"fontsize": page.points(21), "ha": "right", "va": "center"}
    left.text(24.2, minimum - 0.5, words["global"], color=COLORS["text"], **style)
    page.legend(left, loc="lower right")

    right = page.chart(
        (800, 80, 560, 480),
        title=words["nag"]["losses"],
        x=words["nag"]["step"],
        y=words["loss"],
        xlim=(-0.6, 24.6),
        ylim=(0, 6),
    )
    right.plot(steps, loss, **now, gid="loss")
    right.plot(steps, loss_ahead, **then, gid="loss-ahead")
    return page.picture

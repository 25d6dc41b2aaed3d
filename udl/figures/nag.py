"""Figures 7 and 8, section 3.7.4: too much speed, and the look ahead that brakes it."""

import numpy as np

from udl.figures.catalogue import sheet
from udl.figures.descents import descents
from udl.figures.style import house
from udl.losses import OVERSHOOT


def _slope(page, words, origin):
    """What the two figures share: the curve and the arrow down its long slope."""
    panel = page.panel(OVERSHOOT, origin, axis_labels=(words["loss"], words["parameter"]))
    panel.curve()
    panel.arrow((0.3, 5.25), (4.8, 1.1), color="velocity", width=2, head=17)
    panel.label(3.75, 0.72, words["growing"], color="velocity", size=19)
    return panel


@house()
def figure_7(lang="ko"):
    """Momentum: growing steps, then a leap over the minimum (3.7.4)."""
    page, words = sheet(7, lang)
    panel = _slope(page, words, (97, 505))
    page.title(332, 24, "Momentum")
    w = descents(7)["momentum"].w
    (minimum,) = (m.w for m in OVERSHOOT.minima if m.kind == "global")
    passed = int((w > minimum).argmax())  # the first dot on the far side
    panel.dots(w[: passed + 2])
    panel.hops(w[:passed], bend=0.45)
    panel.hops(w[passed - 1 : passed + 2], color="velocity", bend=0.45, width=3.5, head=15)
    panel.label(6.4, 4.3, words["momentum overshoots"], color="velocity", ha="left")
    return page.picture


def present_step(descent):
    """The step at which NAG first brakes: the gradient at W + αv has the other sign than at W."""
    ahead = descent.w + descent.hyper["alpha"] * descent.state["v"]
    return int(np.argmax(OVERSHOOT.grad(ahead) * OVERSHOOT.grad(descent.w) < 0))


@house()
def figure_8(lang="ko"):
    """NAG: the gradient is taken where the velocity would lead (3.7.4)."""
    page, words = sheet(8, lang)
    panel = _slope(page, words, (97, 507))
    page.title(332, 24, "NAG")
    descent = descents(8)["nag"]
    now = present_step(descent)
    w = descent.w[now]
    ahead = w + descent.hyper["alpha"] * descent.state["v"][now]
    panel.tangent(ahead, length=2.2)
    panel.dots(descent.w[:now], "past")
    panel.dots(w)
    panel.dots(ahead, "lookahead")
    panel.colored_label(5.75, 6.35, words["nag looks ahead"])
    panel.arrow(
        (5.6, 6.05), (w - 0.1, OVERSHOOT(w) + 0.25), color="present", width=2.5, head=18, bend=0.25
    )
    panel.arrow(
        (10.3, 5.0),
        (ahead + 0.08, OVERSHOOT(ahead) + 0.26),
        color="lookahead",
        width=2.5,
        head=18,
        bend=0.2,
    )
    return page.picture

"""Figures 1 to 3 and 19, section 3.7.1: minima, a descent in fog, a rate that falls."""

import numpy as np

from udl.experiments.minima import FIRST_RATES, RATES, falling, places, sweeps, traps
from udl.experiments.plans import FIGURE_19, descents
from udl.figures.catalogue import curve_panel, sheet
from udl.figures.draw import log_axis
from udl.figures.numbers import visible
from udl.figures.style import house
from udl.losses import CHAPTER, RUGGED
from udl.show import minus


@house()
def figure_1(lang=None):
    """The chapter's curve, its two local minima and the global one (3.7.1)."""
    page, words = sheet(1, lang)
    panel = curve_panel(page, words, CHAPTER, (98, 470))
    labels = [(2.38, 9.6), (5.25, 5.9), (7.18, 3.7)]
    for minimum, place in zip(visible(CHAPTER), labels, strict=True):
        panel.dots(minimum.w, minimum.kind)
        _point_at(panel, minimum, place, words[minimum.kind])
    return page.picture


def _point_at(panel, minimum, place, text):
    """Words at a place, and an arrow from under them straight down to a minimum."""
    panel.label(*place, text, color=minimum.kind)
    start, end = place[1] - 0.42, panel.loss(minimum.w) + 0.3
    style = {"color": minimum.kind, "width": 3, "head": 22, "dashed": True}
    panel.arrow((minimum.w, start), (minimum.w, end), **style)


SIGHT = 0.4  # how far ahead one sees in the fog, in units of W
MOMENTS = (8, 9, 10)  # the steps shown: before the cliff, on it, past the second local minimum


def in_fog(panel, w):
    """What a walker in fog has seen who has come along ``w``: where it was, and a little more.

    Parameters
    ----------
    panel : Panel
    w : array, shape (n,)
        Where it stood.
    """
    low, high = np.clip([w.min() - SIGHT, w.max() + SIGHT], 0, panel.RIGHT)
    panel.curve(low, high)
    panel.fog(0, low)
    panel.fog(high, panel.RIGHT)


@house()
def figure_2(lang=None):
    """A descent in fog: clear is what has been visited, and a little ahead (3.7.1)."""
    page, _ = sheet(2, lang)
    w = descents(2)["descent"].w
    for x, step in zip((31, 626, 1213), MOMENTS, strict=True):
        panel = page.panel(CHAPTER, (x, 429))
        in_fog(panel, w[: step + 1])
        panel.tangent(w[step], length=2.2)  # longer ones would be chords
        panel.dots(w[step])
    for x in (537, 1128):
        page.arrow((x, 212), (x + 58, 212), width=7, head=30)
    return page.picture


@house()
def figure_3(lang=None):
    """A loss curve with many local minima (3.7.1)."""
    page, words = sheet(3, lang)
    panel = curve_panel(page, words, RUGGED, (98, 427))
    minima = visible(RUGGED)
    for minimum in minima:
        panel.dots(minimum.w, minimum.kind, size=12)
    (best,) = (minimum for minimum in minima if minimum.kind == "global")
    _point_at(panel, best, (7.9, 5.3), words["global"])
    count = words["local minima"].format(len(minima) - 1)
    panel.label(5.2, 7.7, count, color="local", ha="left")
    return page.picture


@house()
def figure_19(lang=None):
    """Where constant rates and falling ones end, over the first rate (3.7.1)."""
    page, words = sheet(19, lang)
    said, plan = words[19], FIGURE_19.falling
    low, high, _ = plan.lr
    top = page.headline(said["headline"], said["plotted"].format(plan.starts[-1])) + 70
    inside = (low <= RATES) & (high >= RATES)
    for letter, x, sweep in zip("ab", (125, 820), sweeps()[:2], strict=True):
        loss = sweep.loss
        steps = vars(plan.steps)[loss.name]
        title = said[loss.name].format(steps)
        box = (x, top, 540, 400)
        chart = page.chart(box, title=title, letter=letter, y=said["share"])
        log_axis(chart.xaxis, said["lr"], (low, high), (0.05, 0.1, 0.2, 0.5, 1, 2))
        chart.set(ylim=(-6, 112), yticks=(0, 25, 50, 75, 100))
        (best,), first = places(loss, "global"), traps(loss).argmax()
        fallen = 100 * falling(loss, plan.schedule, steps)
        # The colour says where they end, as in figure 1; the dashes that the rate stays as it is.
        constant = page.line("global", 3, dashes=(3, 1), gid="constant-global")
        chart.plot(RATES[inside], 100 * sweep.shares[best][inside], **constant)
        ends = {"global": best} | ({"local": first} if first != best else {})
        for role, goal in ends.items():
            chart.plot(FIRST_RATES, fallen[goal], **page.line(role, 3, gid=f"falling-{role}"))
        for x, y, key in NAMED[loss.name]:
            place = minus(f"{loss.minima[first].w:.3f}")
            role = "local" if key == "elsewhere" else "global"
            text = said[key].format(place)
            chart.text(x, y, text, **page.lettering(color=role, ha="right", linespacing=1.25))
    return page.picture


# Where the lines of figure 19 are named: right end and height, and what.
NAMED = {
    "chapter": ((0.9, 93, "falls"), (2.8, 16, "constant")),
    "rugged": ((0.64, 93, "elsewhere"), (2.8, 12, "neither")),
}

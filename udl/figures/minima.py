"""Figures 1 to 3 and 19, section 3.7.1: minima, a descent in fog, a rate that falls."""

import numpy as np

from udl.experiments.minima import FIRST_RATES, RATES, falling, places, sweeps, traps
from udl.experiments.plans import FIGURE_19, descents
from udl.figures.catalogue import curve_panel, sheet
from udl.figures.draw import log_axis
from udl.figures.style import house
from udl.losses import CHAPTER, RUGGED


@house()
def figure_1(lang="ko"):
    """The chapter's curve, its two local minima and the global one (3.7.1)."""
    page, words = sheet(1, lang)
    panel = curve_panel(page, words, CHAPTER, (98, 470))
    low, high = CHAPTER.domain[0]
    shown = [minimum for minimum in CHAPTER.minima if low <= minimum.w <= high]
    labels = [(2.43, 9.6), (5.45, 5.9), (7.55, 3.7)]
    for minimum, (w, loss) in zip(shown, labels, strict=True):
        panel.label(w, loss, words[minimum.kind], color=minimum.kind)
        end = CHAPTER(minimum.w) + 0.13
        panel.arrow(
            (w, loss - 0.42), (minimum.w, end), color=minimum.kind, width=3, head=22, dashed=True
        )
    return page.picture


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
def figure_2(lang="ko"):
    """A descent in fog: clear is what has been visited, and a little ahead (3.7.1)."""
    page, _ = sheet(2, lang)
    w = descents(2)["descent"].w
    for x, step in zip((31, 626, 1213), MOMENTS, strict=True):
        panel = page.panel(CHAPTER, (x, 429))
        in_fog(panel, w[: step + 1])
        panel.tangent(w[step], length=3.6)
        panel.dots(w[step])
    for x in (537, 1128):
        page.arrow((x, 212), (x + 58, 212), width=7, head=30)
    return page.picture


@house()
def figure_3(lang="ko"):
    """A loss curve with many local minima (3.7.1)."""
    page, words = sheet(3, lang)
    curve_panel(page, words, RUGGED, (98, 427))
    return page.picture


@house()
def figure_19(lang="ko"):
    """Where constant rates and falling ones end, over the first rate (3.7.1)."""
    page, words = sheet(19, lang)
    said, plan = words[19], FIGURE_19.falling
    low, high, _ = plan.lr
    for x, sweep in zip((125, 820), sweeps()[:2], strict=True):
        loss = sweep.loss
        steps = vars(plan.steps)[loss.name]
        chart = page.chart((x, 70, 540, 400), title=said[loss.name], y=said["share"])
        log_axis(chart.xaxis, said["lr"], (low, high), (0.05, 0.1, 0.2, 0.5, 1, 2))
        chart.set(ylim=(-4, 154), yticks=(0, 25, 50, 75, 100))
        (best,), first = places(loss, "global"), traps(loss).argmax()
        fallen = 100 * falling(loss, plan.schedule, steps)
        shown = (low <= RATES) & (high >= RATES)
        lines = [
            ("lookahead", (3, 1), RATES[shown], 100 * sweep.shares[best][shown], said["constant"]),
            ("present", (None, None), FIRST_RATES, fallen[best], said["falls"].format(steps)),
        ]
        if first != best:
            place = f"{loss.minima[first].w:.3f}".replace("-", "−")
            text = said["elsewhere"].format(steps, place)
            lines.append(("velocity", (6, 1.5), FIRST_RATES, fallen[first], text))
        for role, dashes, lr, share, text in lines:
            look = page.line(role, 3, dashes=dashes, label=text, gid=f"share-{role}")
            chart.plot(lr, share, **look)
        page.legend(chart, loc="upper left")
    return page.picture

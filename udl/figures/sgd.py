"""Figures 4, 5 and 9, section 3.7.2: what the learning rate does, and what a mini-batch."""

from itertools import pairwise

import numpy as np

from udl.experiments.digits import IMAGES, median
from udl.experiments.plans import FIGURE_9, descents
from udl.experiments.sgd import best_rate_of_size, courses, scatter
from udl.figures.catalogue import curve_panel, sheet
from udl.figures.draw import log_axis
from udl.figures.style import COLORS, house, ramp
from udl.losses import CHAPTER

# Beside the first slope of the chapter's curve, for updates that are too short for arches.
DOWNHILL = (0.75, 7.75), (2.05, 6.2)

# Moments of one training: each with dashes and a mark.
MOMENTS = (((3, 1), "o"), ((6, 1.5), "s"), ((None, None), "D"))


@house()
def figure_4(lang=None):
    """One update with a small and with a large learning rate (3.7.2)."""
    page, words = sheet(4, lang)
    for x, name in ((97, "small"), (801, "large")):
        panel = curve_panel(page, words, CHAPTER, (x, 574), words["rate"][name], middle=222)
        start, end = descents(4)[name].w
        panel.tangent(start, length=3.6)
        panel.dots(start, "before", size=16)
        panel.dots(end, size=16)
        panel.hop(start, end, lift=26, width=2.6, head=14, gap=11)
        if name == "small":
            panel.label(0.8, 9.95, words["gradient"], color="gradient")
    return page.picture


def ground_5(lang):
    """Figure 5 without its descents: the page, its words and a panel for each."""
    page, words = sheet(5, lang)
    panels = {
        name: curve_panel(page, words, CHAPTER, (x, 574), words["too extreme"][name])
        for x, name in ((97, "small"), (801, "large"))
    }
    return page, words, panels


@house()
def figure_5(lang=None):
    """A learning rate that is too small, and one that is too large (3.7.2)."""
    page, _, panels = ground_5(lang)
    small, large = (descents(5)[name].w for name in ("small", "large"))
    panels["small"].dots(small, size=11)
    panels["small"].arrow(*DOWNHILL, width=2, head=17)
    low, high = CHAPTER.domain[0]
    inside = int(((large < low) | (large > high)).argmax())  # the jump that leaves the page
    panels["large"].numbered(large[:inside], first=0)
    jumps, bends = pairwise(large[:inside]), (0.6, 0.12, 0.3, 0.12, 0.3)
    for (start, end), bend in zip(jumps, bends, strict=True):
        panels["large"].jump(start, end, bend=bend, gap=19)
    return page.picture


@house()
def figure_9(lang=None):
    """Mini-batch gradients around the full one, and the samples that a loss costs (3.7.2)."""
    page, words = sheet(9, lang)
    plotted = words[9]["plotted"].format(len(FIGURE_9.cost.seeds_that_count))
    top = page.headline(words[9]["headline"], plotted) + 70
    _scatter(page, words, (125, top, 430, 400))
    _courses(page, words, (830, top, 540, 400))
    return page.picture


def _scatter(page, words, box):
    chart = page.chart(box, title=words[9]["spread"], letter="a")
    last = 1000
    log_axis(chart.xaxis, words[9]["size"], (0.8, last), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words[9]["relative"], (0.07, 40), (0.1, 1, 10))
    sizes = np.array(FIGURE_9.spread.sizes)
    fine = np.geomspace(1, last, 200)
    chart.axhline(1, **page.thin())
    chart.text(0.95, 0.88, words[9]["as long"], **page.lettering(va="top"))
    top = list(scatter().values())[-1]
    straight = 1.45 * top.one / top.full
    chart.plot((1, 300), (straight, straight / 300**0.5), **page.thin(gid="slope"))
    slope = words[9]["slope"]
    chart.text(18, 1.15 * straight / 18**0.5, slope, **page.lettering(va="baseline"))
    ends = []
    for (dashes, mark), name, (epochs, found) in zip(
        MOMENTS, words[9]["epochs"], scatter().items(), strict=True
    ):
        law, measured = found.law(fine) / found.full, found.measured / found.full
        chart.plot(fine, law, **page.line("axes", 3, dashes=dashes), gid=f"law-{epochs}")
        page.dots(chart, sizes, measured, "axes", 13, mark, gid=f"spread-{epochs}")
        ends.append((last, law[-1], name.format(epochs), "axes"))
    page.end_labels(chart, ends)
    chart.text(0.95, 0.09, words[9]["end"].format(IMAGES), **page.lettering(va="bottom"))


def _courses(page, words, box):
    chart = page.chart(box, title=words[9]["cost"], letter="b")
    log_axis(chart.xaxis, words[9]["samples"], (10, 150_000), (10, 100, 1000, 10_000))
    log_axis(chart.yaxis, words[9]["loss"], (0.05, 9), (0.1, 1))
    plan = FIGURE_9.cost
    for shade, name, size in zip(ramp(3), words[9]["sizes"], plan.sizes, strict=True):
        runs = courses(size)
        losses, samples = np.array([one.loss for one in runs]), runs[0].samples
        low, high = losses.min(axis=0), losses.max(axis=0)
        chart.fill_between(samples, low, high, color=COLORS[shade], alpha=0.25, lw=0)
        middle = np.median(losses, axis=0)
        chart.plot(samples, middle, **page.line(shade), gid=f"course-{size}")
        style = page.lettering(color=shade, linespacing=1.25) | {"va": "bottom"}
        text = name.format(size, best_rate_of_size(size))
        chart.text(samples[0], 2.9, text, **style)
        place = median(one.samples_to(plan.target) for one in runs), plan.target
        style = {"markeredgecolor": COLORS["ground"], "zorder": 6, "gid": f"reached-{size}"}
        page.dots(chart, *place, shade, 15, **style)
        first = size == plan.sizes[0]
        away, ha, va = ((-5, -4), "right", "top") if first else ((5, 3), "left", "bottom")
        style = page.lettering(color=shade, ha=ha, va=va, textcoords="offset points")
        chart.annotate(f"{place[0]:,.0f}", place, away, **style)
    chart.axhline(plan.target, **page.thin(zorder=1), gid="target")
    target = words[9]["target"].format(plan.target)
    chart.text(12, 1.08 * plan.target, target, **page.lettering(va="bottom"))

"""Figures 4, 5 and 9, section 3.7.2: what the learning rate does, and what a mini-batch."""

from itertools import pairwise

import numpy as np

from udl.experiments.digits import median
from udl.experiments.plans import FIGURE_9, descents
from udl.experiments.sgd import best_rate_of_size, courses, scatter
from udl.figures.catalogue import sheet
from udl.figures.draw import plain_ticks
from udl.figures.style import COLORS, house
from udl.losses import CHAPTER

# A mini-batch is no rule: three roles that a test keeps apart, each with dashes and a mark.
LOOKS = (
    ("lookahead", (3, 1), "o"),
    ("present", (6, 1.5), "s"),
    ("velocity", (None, None), "D"),
)


@house()
def figure_4(lang="ko"):
    """One update with a small and with a large learning rate (3.7.2)."""
    page, words = sheet(4, lang)
    for x, name in ((97, "small"), (801, "large")):
        panel = page.panel(CHAPTER, (x, 574), axis_labels=(words["loss"], words["parameter"]))
        start, end = descents(4)[name].w
        page.title(x + 222, 24, words["rate"][name])
        panel.curve()
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
    panels = {}
    for x, name in ((97, "small"), (801, "large")):
        labels = (words["loss"], words["parameter"])
        panels[name] = page.panel(CHAPTER, (x, 574), axis_labels=labels)
        page.title(x + 235, 24, words["too extreme"][name])
        panels[name].curve()
    return page, words, panels


@house()
def figure_5(lang="ko"):
    """A learning rate that is too small, and one that is too large (3.7.2)."""
    page, _, panels = ground_5(lang)
    small, large = (descents(5)[name].w for name in ("small", "large"))
    panels["small"].dots(small, size=11)
    panels["small"].hops(small[:5])
    low, high = CHAPTER.domain[0]
    inside = int(((large < low) | (large > high)).argmax())  # the jump that leaves the page
    panels["large"].dots(large[:inside])
    jumps, bends = pairwise(large[:inside]), (0.6, 0.12, 0.3, 0.12, 0.3)
    for (start, end), bend in zip(jumps, bends, strict=True):
        panels["large"].jump(start, end, bend=bend)
    return page.picture


@house()
def figure_9(lang="ko"):
    """Mini-batch gradients around the full one, and the samples that a loss costs (3.7.2)."""
    page, words = sheet(9, lang)
    _scatter(page, words, (125, 70, 540, 380))
    _courses(page, words, (830, 70, 540, 380))
    return page.picture


def _scatter(page, words, box):
    chart = page.chart(
        box,
        title=words[9]["spread"],
        x=words[9]["size"],
        y=words[9]["relative"],
        xscale="log",
        yscale="log",
        xlim=(0.8, 1700),
        ylim=(0.07, 40),
    )
    sizes = np.array(FIGURE_9.spread.sizes)
    fine = np.geomspace(1, sizes[-1], 200)
    thin = {"color": COLORS["text"], "linewidth": page.points(1.5), "dashes": (1, 1)}
    words_at = {"color": COLORS["text"], "fontsize": page.points(20)}
    chart.axhline(1, **thin)
    chart.text(0.95, 0.88, words[9]["as long"], va="top", **words_at)
    top = list(scatter().values())[-1]
    straight = 1.45 * top.one / top.full
    chart.plot((1, 300), (straight, straight / 300**0.5), gid="slope", **thin)
    chart.text(22, 1.12 * straight / 22**0.5, words[9]["slope"], **words_at)
    for (role, dashes, mark), name, (epochs, found) in zip(
        LOOKS, words[9]["epochs"], scatter().items(), strict=True
    ):
        look = {"color": COLORS[role], "linewidth": page.points(3)}
        law = found.law(fine) / found.full
        chart.plot(fine, law, dashes=dashes, gid=f"law-{epochs}", **look)
        chart.plot(
            sizes,
            found.measured / found.full,
            mark,
            color=COLORS[role],
            markersize=page.points(13),
            label=name.format(epochs),
            gid=f"spread-{epochs}",
        )
    chart.text(1550, 0.093, words[9]["end"], ha="right", va="bottom", **words_at)
    page.legend(chart, loc="lower left")
    plain_ticks(chart.xaxis, (1, 10, 100, 1000))
    plain_ticks(chart.yaxis, (0.1, 1, 10))


def _courses(page, words, box):
    chart = page.chart(
        box,
        title=words[9]["cost"],
        x=words[9]["samples"],
        y=words[9]["loss"],
        xscale="log",
        yscale="log",
        xlim=(10, 150_000),
        ylim=(0.03, 4),
    )
    plan = FIGURE_9.cost
    for (role, dashes, _), name, size in zip(LOOKS, words[9]["sizes"], plan.sizes, strict=True):
        runs = courses(size)
        losses, samples = np.array([one.loss for one in runs]), runs[0].samples
        chart.fill_between(
            samples, losses.min(axis=0), losses.max(axis=0), color=COLORS[role], alpha=0.2, lw=0
        )
        chart.plot(
            samples,
            np.median(losses, axis=0),
            color=COLORS[role],
            dashes=dashes,
            linewidth=page.points(3.5),
            label=name.format(size, best_rate_of_size(size)),
            gid=f"course-{size}",
        )
        reached = median(one.samples_to(plan.target) for one in runs)
        chart.plot(
            reached,
            plan.target,
            "o",
            color=COLORS[role],
            markersize=page.points(13),
            markeredgecolor="white",
            zorder=6,
            gid=f"reached-{size}",
        )
        chart.annotate(
            f"{reached:,.0f}",
            (reached, plan.target),
            (-5, -4) if size == plan.sizes[0] else (5, 3),
            textcoords="offset points",
            ha="right" if size == plan.sizes[0] else "left",
            va="top" if size == plan.sizes[0] else "bottom",
            color=COLORS["text"],
            fontsize=page.points(20),
        )
    chart.axhline(
        plan.target, color=COLORS["text"], linewidth=page.points(1.5), dashes=(1, 1), zorder=1
    )
    page.legend(chart, loc="lower left")
    plain_ticks(chart.xaxis, (10, 100, 1000, 10_000))
    plain_ticks(chart.yaxis, (0.1, 1))

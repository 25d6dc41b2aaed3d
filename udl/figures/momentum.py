"""Figures 6, 10 and 20, section 3.7.3: Momentum leaves a minimum, and is fast in a ravine."""

import numpy as np

from udl.experiments.momentum import fastest, growth, pairs
from udl.experiments.plans import FIGURE_6, FIGURE_10, FIGURE_20, START, descents
from udl.figures.areas import areas, fill, key
from udl.figures.catalogue import curve_panel, sheet
from udl.figures.draw import log_axis
from udl.figures.sgd import DOWNHILL
from udl.figures.style import NAMES, house, ramp
from udl.losses import CHAPTER, RAVINE


def ground_6(lang):
    """Figure 6 without its descents: the page, its words and a panel for each."""
    page, words = sheet(6, lang)
    panels = {
        rule: curve_panel(page, words, CHAPTER, (x, 574), NAMES[rule])
        for x, rule in ((97, "sgd"), (801, "momentum"))
    }
    return page, words, panels


@house()
def figure_6(lang=None):
    """SGD and Momentum from the same start at the same learning rate (3.7.3)."""
    page, words, panels = ground_6(lang)
    sgd, momentum = (descents(6)[name].w for name in ("sgd", "momentum"))

    left = panels["sgd"]
    left.dots(sgd, size=11)
    left.arrow(*DOWNHILL, width=2, head=17)
    left.label(3.75, 8.9, words["sgd ends"], color="gradient", ha="left")

    right = panels["momentum"]
    right.dots(momentum[:7], size=11)
    right.hops(momentum[:7], gap=8)
    right.arrow(*DOWNHILL, color="velocity", width=2, head=17)
    right.label(1.75, 5.75, words["growing"], color="velocity", size=19)
    right.label(4.05, 8.9, words["momentum escapes"], color="local", ha="left")
    return page.picture


def area_map(page, box, words, rule, *, alphas=True, **heads):
    """Where a rule ends, over the rate and α, which is spaced by the growth 1/(1−α) it allows."""
    heads |= {"x": words[10]["lr"], "y": words[10]["alpha"] if alphas else ""}
    chart = page.chart(box, **heads, xscale="log", yscale="log")
    ticks = FIGURE_10.growth.alpha
    labels = [f"{a:g}" if alphas else "" for a in ticks]
    chart.set_yticks([1 / (1 - a) for a in ticks], labels=labels)
    chart.set_xticks([0.01, 0.1, 1, 10], labels=["0.01", "0.1", "1", "10"])
    chart.minorticks_off()
    chart.grid(False)
    grid = pairs(rule, "wide")
    fill(chart, grid.lr, 1 / (1 - grid.alpha), grid.places, areas())
    return chart


def mark_figure_6(page, chart, words):
    """A ring on a map at the pair of figure 6, and a line to its name beside the map's title."""
    chosen = FIGURE_6.momentum.hyper
    place = chosen["lr"], 1 / (1 - chosen["alpha"])
    page.dots(chart, *place, "step", 15, **page.ring("step", 3), gid="mark")
    to_sheet = page.pixels.inverted()
    ring = (chart.transData + to_sheet).transform(place)
    name = (chart.transAxes + to_sheet).transform((1, 1)) - (0, 26)
    page.text(*name, words[10]["mark"], ha="right")
    start = name + np.array((-40, 20))  # below the middle of the name
    end = ring + 10 * (start - ring) / np.hypot(*(start - ring))  # at the ring's rim
    leader = page.line("step", 2, path_effects=page.halo(), gid="leader")
    page.stroke(*zip(start, end, strict=True), leader)


@house()
def figure_10(lang=None):
    """How far the steps grow, and where Momentum ends for each pair of lr and α (3.7.3)."""
    page, words = sheet(10, lang)
    alphas, steps = FIGURE_10.growth.alpha, FIGURE_10.growth.steps
    share = (pairs("momentum", "wide").places == "global").mean()
    plotted = words[10]["plotted"].format(START, FIGURE_10.map.steps)
    top, height = page.headline(words[10]["headline"].format(share), plotted) + 56, 490

    heads = {"title": words[10]["ends"], "letter": "b"}
    right = area_map(page, (790, top, 560, height), words, "momentum", **heads)
    mark_figure_6(page, right, words)
    key(page, areas(), words[10]["areas"], left=125, top=754, rows=3, width=430)

    left = page.chart(
        (125, top, 420, height),
        title=words[10]["growth"],
        letter="a",
        x=words[10]["t"],
        y=words[10]["step"],
        xscale="log",
        yscale="log",
        xlim=(1, steps),
        ylim=right.get_ylim(),
    )
    limits = [1 / (1 - alpha) for alpha in alphas]
    left.set_yticks(limits, labels=[f"{limit:g}" for limit in limits])
    left.set_xticks([1, 10, 100], labels=["1", "10", "100"])
    left.minorticks_off()
    labels = []
    for alpha, limit, name in zip(alphas, limits, ("sgd", *ramp(5)), strict=True):
        if alpha:  # SGD's line is its own limit
            left.axhline(limit, **page.thin("axes", (1, 2)))
        left.plot(range(1, steps + 1), growth(alpha, steps), gid="growth", **page.line(name))
        sgd = "" if alpha else " (SGD)"
        labels.append((steps, limit, f"α = {alpha:g}{sgd}", name))
    page.end_labels(left, labels)
    return page.picture


@house()
def figure_20(lang=None):
    """SGD and Momentum in a ravine, and what they need as it grows longer (3.7.3)."""
    page, words = sheet(20, lang)
    words, plan = words[20], FIGURE_20.ravines
    kappa = plan.kappas[-1]
    longest = (int(fastest(kappa, alpha).steps) for alpha in (0.0, None))
    plotted = words["plotted"].format(plan.tolerance)
    top = page.headline(words["headline"].format(kappa, *longest), plotted) + 56
    left = page.chart(
        (110, top, 560, 350),
        title=words["paths"],
        letter="a",
        x="x",
        y="y",
        xlim=(-8, 2.4),
        ylim=(-3.6, 2.9),  # one unit of x is as long as one of y
    )
    page.contours(left, RAVINE, 9)
    for rule, place in (("sgd", (-4.2, 1.6)), ("momentum", (-5.5, -2.9))):
        w = descents(20)[rule].w
        page.path(left, rule, w)
        label = words["path"].format(words["rules"][rule], len(w) - 1)
        left.text(*place, label, path_effects=page.halo(), **page.lettering(ha="left", color=rule))
    page.dots(left, 0, 0, "axes", 20, "+")

    right = page.chart((820, top, 530, 350), title=words["law"], letter="b")
    log_axis(right.xaxis, words["kappa"], (1.6, 1250), (2, 5, 20, 100, 400, 1000))
    log_axis(right.yaxis, words["steps"], (2, 4000), (3, 10, 100, 1000))
    for name, rule, alpha, place in (
        ("sgd", "sgd", 0.0, (150, 750)),
        ("momentum", "momentum", None, (55, 10)),
        ("usual", "momentum", plan.usual, (2, 140)),
    ):
        steps = [fastest(kappa, alpha).steps for kappa in plan.kappas]
        style = page.line(rule) if name != "usual" else page.thin(rule, (2, 1.5))
        right.plot(plan.kappas, steps, "o", **style, markersize=page.points(8), gid=name)
        right.plot(plan.kappas, steps, **style, gid="join")
        label = words["rules"][name].format(plan.usual)
        ha = "right" if name == "sgd" else "left"
        right.text(*place, label, **page.lettering(ha=ha, color=rule))
    return page.picture

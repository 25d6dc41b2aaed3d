"""Figures 12 and 13, section 3.7.5: a rate for each element, and whether it vanishes."""

import numpy as np

from udl.experiments.adagrad import effective, sweep, vanishing
from udl.experiments.plans import FIGURE_12, FIGURE_13, descents
from udl.figures.catalogue import sheet
from udl.figures.draw import log_axis
from udl.figures.style import house
from udl.losses import RAVINE


@house()
def figure_12(lang=None):
    """SGD and AdaGrad in a ravine, h as squares, and the rates it makes (3.7.5)."""
    page, words = sheet(12, lang)
    plain, own = (descents(12)[name] for name in ("sgd", "adagrad"))
    marks = list(FIGURE_12.marks.steps)
    shown = FIGURE_12.marks.path + 1
    _paths(page, words, plain.w[:shown], own.w[:shown])
    _squares(page, words, own.state["h"][marks], marks)
    _rates(page, words, plain, own, marks)
    _sweep(page, words)
    return page.picture


LEVELS = (0.05, 0.3, 0.8, 1.6, 2.8, 4.5, 6.5)  # of the loss in the ravine


def _paths(page, words, plain, own):
    chart = page.chart(
        (110, 70, 560, 300),  # one unit of x is as long as one of y
        title=words[12]["paths"].format(len(own) - 1),
        x="x",
        y="y",
        xlim=(-8, 1.2),
        ylim=(-2.2, 2.73),
    )
    page.contours(chart, RAVINE, LEVELS, fine=(121, 81))
    halo = page.halo()
    for rule, w, label, place in (
        ("sgd", plain, "SGD", (-6.25, -0.5)),
        ("adagrad", own, "AdaGrad", (-3.6, 0.75)),
    ):
        dots = {"marker": "o", "markersize": page.points(7), "markeredgecolor": "none"}
        chart.plot(*w.T, **page.line(rule, 2), **dots, gid=rule)
        page.dots(chart, *w[-1], rule, 15)
        chart.text(*place, label, path_effects=halo, **page.lettering(ha="center", color=rule))
    page.dots(chart, *plain[0], "axes", 13)
    page.dots(chart, 0, 0, "axes", 20, "+")


def _squares(page, words, h, marks):
    """h_x and h_y at the marked steps, each a square whose area it is."""
    chart = page.chart(
        (780, 70, 595, 300),
        title=words[12]["squares"],
        y=words[12]["side"],
        xlim=(0, 17),
        ylim=(0, 8.57),
        xticks=[2, 12.8],
        xticklabels=["$h_x$", "$h_y$"],
    )
    chart.tick_params(axis="x", length=0, labelsize=page.points(27))
    chart.grid(False)
    for left, areas in ((0.3, h[:, 0]), (9.0, h[:, 1])):
        for shade, area in zip((0.2, 0.5, 0.85), areas[::-1], strict=True):
            page.square(chart, (left, 0), area**0.5, "adagrad", shade)
    beside, lowest = 0.4 + h[-1, 0] ** 0.5, 0.42
    for step, (h_x, h_y) in zip(marks, h, strict=True):
        name, at = words[12]["step"].format(step), max(h_x**0.5 - 0.45, lowest)
        chart.text(beside, at, f"{name}  {h_x:.1f}", **page.lettering())
        chart.text(9.2, h_y**0.5 - 0.15, f"{name}  {h_y:.1f}", **page.lettering(va="top"))
        lowest = at + 0.72


def _rates(page, words, plain, own, marks):
    chart = page.chart((110, 530, 560, 360), title=words[12]["rates"])
    log_axis(chart.xaxis, words[12]["t"], (0.9, 125), (1, 10, 100))
    log_axis(chart.yaxis, words[12]["rate"], (0.03, 0.9), (0.05, 0.1, 0.2, 0.5))
    rate = effective(own)
    t = np.arange(1, len(rate) + 1)
    lr = plain.hyper["lr"]
    chart.plot(t, np.full(t.shape, lr), **page.line("sgd"), gid="sgd")
    for element in (0, 1):
        chart.plot(t, rate[:, element], **page.line("adagrad"), gid=f"rate-{'xy'[element]}")
        page.dots(chart, marks, rate[np.array(marks) - 1, element], "adagrad", 10, gid="marks")
    chart.text(3.2, 0.45, "AdaGrad, x", **page.lettering(color="adagrad"))
    chart.text(3.2, 0.046, "AdaGrad, y", **page.lettering(color="adagrad"))
    chart.text(1.15, 0.135, words[12]["both"], **page.lettering(color="sgd"))


def _sweep(page, words):
    plan = FIGURE_12.sweep
    until = words[12]["until"].format(plan.tolerance)
    chart = page.chart((800, 530, 560, 360), title=words[12]["sweep"])
    log_axis(chart.xaxis, words[12]["lr"], (plan.lowest, plan.highest), (0.01, 0.1, 1, 10, 100))
    log_axis(chart.yaxis, until, (3, plan.steps), (10, 100, 1000))
    lr, *taken = sweep()
    for rule, label, steps in zip(("sgd", "adagrad"), words[12]["rules"], taken, strict=True):
        chart.plot(lr, steps, **page.line(rule), gid=rule, label=label)
    page.legend(chart, loc="upper right")


@house()
def figure_13(lang=None):
    """AdaGrad's rate and distance, log against log: under constant gradients, in a ravine."""
    page, words = sheet(13, lang)
    found = vanishing()
    charts = {}
    for row, top in (("constant", 70), ("ravine", 590)):
        for what, left, ylim in (("rate", 110, (4e-4, 30)), ("distance", 800, (0.03, 500))):
            heads = {"title": words[13][row][what], "y": words[13]["axis"][what]}
            chart = page.chart((left, top, 560, 370), **heads, yscale="log", ylim=ylim)
            ends = 1, getattr(FIGURE_13, row).steps
            log_axis(chart.xaxis, words[13]["t"], ends, (1, 10, 100, 1000, 10_000))
            charts[row, what] = chart
    for (row, what), chart in charts.items():
        for name, column in found[row, what].items():
            main = row == "constant" or name[1] == FIGURE_13.main.lr
            style = {} if main else {"linewidth": page.points(2), "alpha": 0.5}
            t = np.unique(np.geomspace(1, len(column), 121).round().astype(int))
            if (row, what) == ("constant", "rate"):
                t = t[[0, -1]]  # straight: a joint here would look as its last bit has it
            chart.plot(t, column[t - 1], **page.line("adagrad", **style), gid=str(name))
    _name_constant(page, words, charts["constant", "rate"], charts["constant", "distance"])
    _name_ravine(page, words, charts["ravine", "rate"], charts["ravine", "distance"])
    return page.picture


def _name_constant(page, words, rate, distance):
    for g in FIGURE_13.constant.gradients:
        rate.text(1.25, 1.45 / g, words[13]["gradient"].format(g), **page.lettering())
    t = np.array([1, FIGURE_13.constant.steps])
    limit, centred = 2 * FIGURE_13.constant.lr * t**0.5, {"color": "axes", "ha": "center"}
    distance.plot(t, limit, **page.thin("axes", (2, 2)), gid="limit")
    distance.text(3, 12, r"$2\eta\sqrt{t}$", **page.lettering(25, **centred))
    distance.text(30, 0.4, words[13]["every gradient"], **page.lettering())
    for chart, corner, rise, below in ((rate, 5, 0.1, 1.5), (distance, 3, 10, 0.62)):
        # a slope: a hundred times the steps, and what becomes of the quantity meanwhile
        legs = ([20, 2000, 2000], [corner, corner, rise * corner])
        chart.plot(*legs, **page.line("axes", 2), gid="slope")
        chart.text(200, below * corner, "× 100", **page.lettering(**centred))
        factor = "× 10" if rise > 1 else "÷ 10"
        chart.text(2300, corner * rise**0.5, factor, **page.lettering(color="axes"))


def _name_ravine(page, words, rate, distance):
    found = vanishing()
    for (element, lr), column in found["ravine", "rate"].items():
        crowded = element == "y" and lr < 1
        name, y = f"{element}, η = {lr:g}", column[-1] * (0.62 if crowded else 1.6)
        rate.text(9000, y, name, **page.lettering(19, ha="right"))
    for element, by in (("x", 1.6), ("y", 0.62)):
        end = found["ravine", "distance"][element, FIGURE_13.main.lr][-1]
        distance.text(9000, by * end, element, **page.lettering(ha="right"))

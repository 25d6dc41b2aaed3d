"""Figures 12 and 13, section 3.7.5: a rate for each element, and whether it vanishes."""

import numpy as np

from udl.experiments.adagrad import effective, sweep, vanishing
from udl.experiments.plans import FIGURE_12, FIGURE_13, descents
from udl.figures.catalogue import sheet
from udl.figures.draw import log_axis
from udl.figures.style import house, ramp
from udl.losses import RAVINE


@house()
def figure_12(lang=None):
    """SGD and AdaGrad in a ravine, h as squares, and the rates it makes (3.7.5)."""
    page, words = sheet(12, lang)
    words = words[12]
    plain, own = (descents(12)[name] for name in ("sgd", "adagrad"))
    marks = list(FIGURE_12.marks.steps)
    shown = FIGURE_12.marks.path + 1
    last = effective(own)[marks[-1] - 1]
    rates = plain.hyper["lr"], own.hyper["lr"], FIGURE_12.sweep.tolerance
    top = page.headline(words["headline"].format(*last), words["plotted"].format(*rates)) + 56
    low = top + 396
    _paths(page, words, (110, top, 560, 270), plain.w[:shown], own.w[:shown])
    _squares(page, words, (790, top, 595, 270), own.state["h"][marks], marks)
    _rates(page, words, (110, low, 560, 240), plain, own, marks)
    _sweep(page, words, (812, low, 556, 240))
    return page.picture


LEVELS = (0.05, 0.3, 0.8, 1.6, 2.8, 4.5, 6.5)  # of the loss in the ravine


def _paths(page, words, box, plain, own):
    heads = {"title": words["paths"].format(len(own) - 1), "letter": "a", "x": "x", "y": "y"}
    # one unit of x is as long as one of y
    chart = page.chart(box, **heads, xlim=(-8, 1.2), ylim=(-2.035, 2.4))
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


def _squares(page, words, box, h, marks):
    """h_x and h_y at the marked steps, each a square whose area it is."""
    chart = page.chart(
        box,
        title=words["squares"],
        letter="b",
        y=words["side"],
        xlim=(0, 18.15),
        ylim=(0, 8.235),
        xticks=[2, 13.7],
        xticklabels=["$h_x$", "$h_y$"],
    )
    chart.tick_params(axis="x", length=0, labelsize=page.points(27))
    chart.grid(False)
    for left, areas in ((0.3, h[:, 0]), (9.9, h[:, 1])):
        for shade, area in zip((0.2, 0.5, 0.85), areas[::-1], strict=True):
            page.square(chart, (left, 0), area**0.5, "adagrad", shade)
    beside, lowest = 0.4 + h[-1, 0] ** 0.5, 0.5
    for step, (h_x, h_y) in zip(marks, h, strict=True):
        name, at = words["step"].format(step), max(h_x**0.5 - 0.45, lowest)
        chart.text(beside, at, f"{name}  {h_x:.1f}", **page.lettering())
        chart.text(10.1, h_y**0.5 - 0.15, f"{name}  {h_y:.1f}", **page.lettering(va="top"))
        lowest = at + 0.85


def _rates(page, words, box, plain, own, marks):
    chart = page.chart(box, title=words["rates"], letter="c")
    log_axis(chart.xaxis, words["t"], (0.9, 125), (1, 10, 100))
    log_axis(chart.yaxis, words["rate"], (0.03, 0.9), (0.05, 0.1, 0.2, 0.5))
    rate = effective(own)
    t = np.arange(1, len(rate) + 1)
    lr = plain.hyper["lr"]
    chart.plot(t, np.full(t.shape, lr), **page.line("sgd"), gid="sgd")
    for element in (0, 1):
        chart.plot(t, rate[:, element], **page.line("adagrad"), gid=f"rate-{'xy'[element]}")
        page.dots(chart, marks, rate[np.array(marks) - 1, element], "adagrad", 10, gid="marks")
    chart.text(3.2, 0.52, "AdaGrad, x", **page.lettering(color="adagrad"))
    chart.text(3.2, 0.041, "AdaGrad, y", **page.lettering(color="adagrad"))
    chart.text(1.15, 0.135, words["both"], **page.lettering(color="sgd"))


def _sweep(page, words, box):
    plan = FIGURE_12.sweep
    chart = page.chart(box, title=words["sweep"], letter="d")
    log_axis(chart.xaxis, words["lr"], (plan.lowest, plan.highest), (0.01, 0.1, 1, 10, 100))
    log_axis(chart.yaxis, words["until"], (3, plan.steps), (10, 100, 1000))
    lr, *taken = sweep()
    for rule, place, steps in zip(
        ("sgd", "adagrad"), ((0.012, 22), (1.3, 300)), taken, strict=True
    ):
        chart.plot(lr, steps, **page.line(rule), gid=rule)
        chart.text(*place, words["rules"][rule], **page.lettering(color=rule))


@house()
def figure_13(lang=None):
    """AdaGrad's rate and distance, log against log: under constant gradients, in a ravine."""
    page, words = sheet(13, lang)
    words = words[13]
    top = page.headline(words["headline"], words["plotted"]) + 56
    charts = {}
    for row, y, steep in (("constant", top, "a b"), ("ravine", top + 350, "c d")):
        places = zip(("rate", "distance"), (126, 824), steep.split(), HEIGHTS, strict=True)
        for what, x, letter, height in places:
            heads = {"title": words[row][what], "letter": letter, "y": words["axis"][what]}
            chart = page.chart((x, y, 430, 286), **heads)
            ends = 1, getattr(FIGURE_13, row).steps
            log_axis(chart.xaxis, words["t"] if row == "ravine" else "", ends, TIMES)
            chart.tick_params(labelbottom=row == "ravine")
            log_axis(chart.yaxis, heads["y"], *height)
            charts[row, what] = chart
    found = vanishing()
    for name, column in found["constant", "rate"].items():
        line, ends = page.line("adagrad"), np.array([1, len(column)])
        # straight: a joint in between would look as its last bit has it
        charts["constant", "rate"].plot(ends, column[ends - 1], **line, gid=str(name))
        _curve(charts["constant", "distance"], found["constant", "distance"][name], name, line)
    shades = dict(zip(FIGURE_13.ravine.lr, ramp(3), strict=True))
    for what in ("rate", "distance"):
        for (element, lr), column in found["ravine", what].items():
            line = page.line(shades[lr], 3, dashes=ELEMENTS[element])
            _curve(charts["ravine", what], column, (element, lr), line)
    _name_constant(page, words, charts["constant", "rate"], charts["constant", "distance"])
    _name_ravine(page, words, charts["ravine", "rate"], charts["ravine", "distance"], shades)
    return page.picture


TIMES = (1, 10, 100, 1000, 10_000)
HEIGHTS = (((4e-4, 30), (0.001, 0.01, 0.1, 1, 10)), ((0.05, 500), (0.1, 1, 10, 100)))
ELEMENTS = {"x": (None, None), "y": (4, 1.6)}


def _curve(chart, column, name, line):
    """What comes of one case, at places about evenly spaced on a logarithmic axis."""
    t = np.unique(np.geomspace(1, len(column), 121).round().astype(int))
    chart.plot(t, column[t - 1], **line, gid=str(name))


def _name_constant(page, words, rate, distance):
    last, ends = FIGURE_13.constant.steps, []
    for g in FIGURE_13.constant.gradients:
        end = FIGURE_13.constant.lr / g / last**0.5
        ends.append((last, end, words["gradient"].format(g), "adagrad"))
    page.end_labels(rate, ends)
    t = np.array([1, last])
    limit, centred = 2 * FIGURE_13.constant.lr * t**0.5, {"color": "axes", "ha": "center"}
    distance.plot(t, limit, **page.thin("axes", (2, 2)), gid="limit")
    distance.text(2.6, 11, r"$2\eta\sqrt{t}$", **page.lettering(**centred))
    page.end_labels(distance, [(last, limit[1], words["every gradient"], "adagrad")])
    for chart, corner, rise, below in ((rate, 6, 0.1, 1.7), (distance, 2.2, 10, 0.55)):
        # a slope: a hundred times the steps, and what becomes of the quantity meanwhile
        legs = ([20, 2000, 2000], [corner, corner, rise * corner])
        chart.plot(*legs, **page.line("axes", 2), gid="slope")
        chart.text(200, below * corner, "× 100", **page.lettering(**centred))
        factor = "× 10" if rise > 1 else "÷ 10"
        chart.text(2300, corner * rise**0.5, factor, **page.lettering(color="axes"))


def _name_ravine(page, words, rate, distance, shades):
    found, last = vanishing(), FIGURE_13.ravine.steps
    page.end_labels(
        rate,
        [
            (last, column[-1], f"{element}, η = {lr:g}", shades[lr])
            for (element, lr), column in found["ravine", "rate"].items()
        ],
    )
    ways = {element: found["ravine", "distance"][element, FIGURE_13.main.lr] for element in "xy"}
    labels = [(last, w[-1], words["way"][e].format(w[-1]), "text") for e, w in ways.items()]
    page.end_labels(distance, labels)
    for (lr, shade), height in zip(shades.items(), (0.12, 0.3, 0.75), strict=True):
        distance.text(6000, height, f"η = {lr:g}", **page.lettering(color=shade, ha="right"))

"""Figures 16 to 18, section 3.7.7: what the correction does, and all six rules side by side."""

import numpy as np

from udl.experiments.adam import SHOWN, best_rates, contest, digit_race, noisy_runs, sweep
from udl.experiments.plans import FIGURE_16, FIGURE_17, FIGURE_18
from udl.experiments.race import SIX
from udl.figures.catalogue import sheet
from udl.figures.draw import log_axis, plain_ticks
from udl.figures.style import COLORS, NAMES, house, ramp
from udl.losses import CHAPTER

COUNTS = (1, 10, 100, 1000)  # the ticks of step counts, and of what falls as they grow


@house()
def figure_16(lang=None):
    """The two moments with and without the correction, and how much longer steps are without."""
    page, words = sheet(16, lang)
    words, plan = words[16], FIGURE_16.gradient
    t, *both = noisy_runs()
    lengths = [moments["step"].mean(axis=1) for moments in both]
    ratio = lengths[1] / lengths[0]
    page.headline(words["headline"].format(ratio.max()), words["plotted"].format(plan.runs))
    means = {"m": plan.mean, "v": plan.mean**2 + plan.spread**2}
    _moment(page, words, "m", (100, 170, 470, 330), "a", 2.1, t, both, means["m"])
    _moment(page, words, "v", (770, 170, 470, 330), "b", 3.4, t, both, means["v"])
    _factors(page, words, (100, 630, 470, 330), t)
    _longer(page, words, (770, 630, 470, 330), t, ratio)
    return page.picture


PLACES = {  # of the labels at figure 16's lines
    "m": {"with": (3, 1.7, "left"), "without": (9, 0.25, "left")},
    "v": {"with": (3, 2.5, "left"), "without": (130, 0.38, "right")},
}
WITHOUT = {"name": "quiet", "dashes": (3, 1.2)}  # how figure 16 draws what is not corrected


def _moment(page, words, name, box, letter, top, t, both, mean):
    """A moment with and without the correction: means over the runs, and bands about them."""
    heads = {"title": words["title"][name], "letter": letter}
    chart = page.chart(box, **heads, ylim=(0, top), yticks=range(int(top) + 1))
    log_axis(chart.xaxis, words["count"], (0.9, t[-1] * 1.1), COUNTS)
    truth = [chart.get_xlim()[0], 1.5 * chart.get_xlim()[1]]  # past the frame, to its label
    chart.plot(truth, [mean, mean], **page.thin("axes"), clip_on=False, gid="mean")
    page.end_labels(chart, [(truth[1], mean, words["mean"].format(mean), "text")], gap=4)
    looks = ("with", {"name": "adam"}, 0.16), ("without", WITHOUT, 0.22)
    for (key, look, shade), moments in zip(looks, both, strict=True):
        low, high = np.quantile(moments[name], (0.1, 0.9), axis=1)
        color = page.ink(look["name"])
        chart.fill_between(t, low, high, color=color, alpha=shade, linewidth=0)
        chart.plot(t, moments[name].mean(axis=1), **page.line(**look), gid=f"{name}-{key}")
        *place, ha = PLACES[name][key]
        chart.text(*place, words[key][name], **page.lettering(color=look["name"], ha=ha))


def _factors(page, words, box, t):
    chart = page.chart(box, title=words["factors"], letter="c")
    log_axis(chart.xaxis, words["count"], (0.9, t[-1] * 1.1), COUNTS)
    log_axis(chart.yaxis, "", (0.8, 1600), COUNTS)
    coefficients = vars(FIGURE_16.coefficients)
    for (name, beta), shade, place in zip(
        coefficients.items(), ramp(3)[1:], ((4, 5), (20, 110)), strict=True
    ):
        chart.plot(t, 1 / (1 - beta**t), **page.line(shade), gid=name)
        chart.text(*place, words["factor"][name], **page.lettering(color=shade, ha="left"))


def _longer(page, words, box, t, ratio):
    """How many times as long an uncorrected step is: the dots stand at the numbers beside them."""
    chart = page.chart(box, title=words["longer"], letter="d", ylim=(0, 7.6), yticks=range(8))
    log_axis(chart.xaxis, words["count"], (0.9, t[-1] * 1.1), COUNTS)
    chart.set_ylabel(words["ratio"])
    chart.axhline(1, **page.line("adam"), gid="corrected")
    chart.plot(t, ratio, **page.line(**WITHOUT), gid="ratio")
    most = int(ratio.argmax())
    page.dots(chart, t[[0, most]], ratio[[0, most]], "quiet", page.shown(8), zorder=5, gid="marks")
    for x, y, text, color in (
        (1.35, ratio[0] - 0.15, words["first"].format(ratio[0]), "text"),
        (17, ratio[most] + 0.25, words["most"].format(t[most], ratio[most]), "text"),
        (180, 3.4, words["without"]["step"], "quiet"),
        (1, 0.5, words["with"]["step"], "adam"),
    ):
        chart.text(x, y, text, **page.lettering(color=color, ha="left"))


@house()
def figure_17(lang=None):
    """All six rules on the chapter's curve and on two surfaces, from the same start (3.7.7)."""
    page, words = sheet(17, lang)
    _positions(page, words, (250, 70, 620, 360))
    _paths(page, words, "ravine", (110, 590, 760, 360), (-8.5, 4.5), (-3.08, 3.08))
    _paths(page, words, "Beale", (110, 1110, 760, 360), (-1.6, 5.4), (-2.3, 1.8))
    for name, top in (("chapter", 70), ("ravine", 590), ("Beale", 1110)):
        _standings(page, words, name, top)
    for line, y in zip(words[17]["notes"], (1578, 1612), strict=True):
        page.text(700, y, line, size=21)
    return page.picture


def _positions(page, words, box):
    """The curve, turned on its side, and beside it where each rule stands after each step."""
    left, top, _, height = box
    ends = -1.0, 11.0
    heads = {"x": words["loss"], "y": words["parameter"]}
    beside = (110, top, left - 110, height)
    side = page.chart(beside, **heads, xlim=(11.5, 0), xticks=[], ylim=ends)
    w = np.linspace(*ends, 1001)
    side.plot(CHAPTER(w), w, **page.line("curve", 4), gid="curve")
    heads = {"title": words[17]["chapter"], "x": words[17]["step"]}
    chart = page.chart(box, **heads, xlim=(0, FIGURE_17.chapter.shown), ylim=ends)
    chart.tick_params(axis="y", length=0, labelleft=False)
    for rule, one in contest("chapter").items():
        chart.plot(one["w"], **page.line(rule), gid=rule)
    page.dots(chart, 0, one["w"][0], "axes", 13, clip_on=False)


def _paths(page, words, name, box, xlim, ylim):
    chart = page.chart(box, title=words[17][name], x="x", y="y", xlim=xlim, ylim=ylim)
    page.contours(chart, SHOWN[name], 9)
    for rule, one in contest(name).items():
        chart.plot(*one["w"].T, **page.line(rule, 3), gid=rule)
    page.dots(chart, *one["w"][0], "axes", 13, gid="start", zorder=6)
    (goal,) = SHOWN[name].minima
    page.dots(chart, *goal.w, "axes", 20, "*", gid="minimum", zorder=6)


def _standings(page, words, name, top):
    """The table beside a chart: rule, learning rate, step of arrival from here, rank."""
    columns = (966, 1182, 1284, 1384)
    for x, head in zip(columns, words[17]["heads"], strict=True):
        page.text(x, top + 24, head, size=21, ha="left" if x == columns[0] else "right")
    for row, (rule, one) in enumerate(contest(name).items(), start=1):
        y = top + 24 + 52 * row
        page.stroke([900, 952], [y, y], page.line(rule, gid="key"))
        taken = f"{one['steps']:.0f}" if np.isfinite(one["steps"]) else "–"
        cells = NAMES[rule], f"{one['rate']:.2g}", taken, words[17]["rank"].format(one["rank"])
        for x, cell in zip(columns, cells, strict=True):
            page.text(x, y, cell, size=21, ha="left" if x == columns[0] else "right")


WORST = 3.0  # nats, the top of the chart: what ends above is drawn here. A guess costs log 10


@house()
def figure_18(lang=None):
    """All six rules on the digits: the loss at every rate, and the results at the best (3.7.7)."""
    page, words = sheet(18, lang)
    _sensitivity(page, words, (125, 70, 545, 480))
    boxes = {"loss": (945, 70, 190, 480), "accuracy": (1185, 70, 190, 480)}
    charts = {name: page.chart(box, title=words[18][name]) for name, box in boxes.items()}
    log_axis(charts["loss"].xaxis, words[18]["nats"], (0.005, 0.1), (0.01, 0.1))
    charts["accuracy"].set(xlabel=words[18]["share"], xlim=(95.4, 100), xticks=(96, 98, 100))
    for name, chart in charts.items():
        chart.set_ylim(len(SIX) - 0.5, -0.5)
        chart.set_yticks([])
        chart.grid(axis="y", visible=False)
        for row, (rule, ends) in enumerate(digit_race().items()):
            scale = 1 if name == "loss" else 100
            values = np.sort([scale * getattr(end, name) for end in ends])
            _results(page, chart, rule, row, values, gid=f"{name}-{rule}")
    _, top, _, height = boxes["loss"]
    rates = best_rates()
    for row, rule in enumerate(NAMES):
        y = top + height * (row + 0.5) / len(NAMES)
        page.stroke([718, 775], [y, y], page.line(rule, gid="key"))
        page.text(790, y - 15, NAMES[rule], size=22, ha="left")
        page.text(790, y + 15, words[18]["rate"].format(rates[rule]), size=19, ha="left")
    return page.picture


def _sensitivity(page, words, box):
    heads = {"title": words[18]["sensitivity"], "x": words[18]["lr"], "y": words[18]["final"]}
    chart = page.chart(box, **heads, xscale="log", yscale="log", ylim=(0.006, WORST))
    rates = np.array(FIGURE_18.race.rates)
    guess = np.log(10)
    chart.axhline(guess, **page.thin())
    for rule, losses in sweep().items():
        middle = np.median(losses, axis=1)
        best = int(middle.argmin())
        last = best + int((middle[best:] > guess).argmax())  # the first that is worse than a guess
        shown = np.minimum(middle, WORST)[: last + 1]
        mark = {"marker": "o", "markersize": page.points(7)}
        chart.plot(rates[: last + 1], shown, **page.line(rule), **mark, gid=f"median-{rule}")
        style = {"markeredgecolor": COLORS["ground"], "zorder": 6, "gid": f"best-{rule}"}
        page.dots(chart, rates[best], middle[best], rule, 14, **style)
    plain_ticks(chart.xaxis, (0.001, 0.01, 0.1, 1))
    chart.yaxis.set_ticks((0.01, 0.1, 1, guess), ["0.01", "0.1", "1", words[18]["guess"]])
    chart.yaxis.set_ticks([], minor=True)


def _results(page, chart, rule, row, values, gid):
    """One rule's seeds: a line from the lowest to the highest, the median as an upright bar."""
    solid = {"dashes": (None, None)}
    chart.plot(values[[0, -1]], [row, row], **page.line(rule, 3, **solid), gid=f"{gid}-range")
    style = {"alpha": 0.6, "markeredgewidth": 0, "gid": gid}
    page.dots(chart, values, np.full(len(values), row), rule, 9, **style)
    height, middle = [row - 0.22, row + 0.22], [np.median(values)] * 2
    chart.plot(middle, height, **page.line(rule, 6, **solid), gid=f"{gid}-median")

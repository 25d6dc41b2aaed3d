"""Figures 16 to 18, section 3.7.7: what the correction does, and all six rules side by side."""

import numpy as np

from udl.experiments.adam import SHOWN, best_rates, contest, digit_race, noisy_runs, sweep
from udl.experiments.plans import FIGURE_16, FIGURE_17, FIGURE_18
from udl.experiments.race import NEAR, SIX, STEPS
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
    means = {"m": plan.mean, "v": plan.mean**2 + plan.spread**2}
    top = (
        page.headline(words["headline"].format(ratio.max()), words["plotted"].format(plan.runs))
        + 56
    )
    (left, right), low, (width, height) = (100, 790), top + 350, (470, 286)
    _moment(page, words, "m", (left, top, width, height), "a", 2.1, t, both, means["m"])
    _moment(page, words, "v", (right, top, width, height), "b", 3.4, t, both, means["v"])
    _factors(page, words, (left, low, width, height), t)
    _longer(page, words, (right, low, width, height), t, ratio)
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
    log_axis(chart.xaxis, "", (0.9, t[-1] * 1.1), COUNTS)
    chart.tick_params(labelbottom=False)
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
    words = words[17]
    top = page.headline(words["headline"], words["plotted"].format(NEAR)) + 56
    wide, high = 330, 325
    heads = {"x": words["step"], "y": words["w"], "ylim": (0, 11)}
    chart = page.chart((156, top, wide, high), title=words["chapter"], letter="a", **heads)
    _positions(page, chart, words)
    for name, left, letter, xlim, ylim, ticks in (
        # one unit of x is as long as one of y
        (
            "ravine",
            584,
            "b",
            (-8.5, 5.5),
            (-9.5, 3.5),
            {"xticks": (-8, -4, 0, 4), "yticks": (-8, -4, 0)},
        ),
        (
            "Beale",
            1030,
            "c",
            (-1.6, 5.4),
            (-2.4, 1.9),
            {"xticks": (0, 2, 4), "yticks": (-2, -1, 0, 1)},
        ),
    ):
        heads = {"title": words[name], "letter": letter, "x": "x", "y": "y"}
        chart = page.chart((left, top, wide, high), **heads, xlim=xlim, ylim=ylim)
        _paths(page, chart, name)
        chart.set(**ticks)
    for name, left in (("chapter", 156), ("ravine", 584), ("Beale", 1030)):
        _arrivals(page, words, name, (left, top + high + 92, wide, 205))
    return page.picture


def _told(name):
    """The rules that a panel is about: the first to arrive, and Adam."""
    found = contest(name)
    return {min(found, key=lambda rule: found[rule]["steps"]), "adam"}


def _lines(page, chart, name, way):
    """The six rules as lines; those that the panel is about are bold and have their names."""
    told = _told(name)
    for rule, one in contest(name).items():
        pale = {} if rule in told else {"alpha": 0.35, "zorder": 1.5}
        chart.plot(*way(one["w"]), **page.line(rule, 3.5 if rule in told else 2, **pale), gid=rule)
    for rule, place in NAMED[name].items():
        style = page.lettering(color=rule, ha="center", path_effects=page.halo())
        chart.text(*place, NAMES[rule], **style)


NAMED = {  # where the lines of figure 17 have their names
    "chapter": {"nag": (60, 9.3), "adam": (60, 5.6)},
    "ravine": {"adagrad": (-5.2, -5.2), "adam": (-4.4, -2.6)},
    "Beale": {"adam": (-0.5, 1.3)},
}


def _positions(page, chart, words):
    """Where each rule stands after each step, from above the curve's minima."""
    for minimum in CHAPTER.minima:
        if minimum.w > 0:
            chart.axhline(minimum.w, **page.thin(minimum.kind, (1, 2), zorder=1))
    _lines(page, chart, "chapter", lambda w: (range(len(w)), w))
    chart.set_xlim(0, FIGURE_17.chapter.shown)
    page.dots(chart, 0, contest("chapter")["adam"]["w"][0], "axes", 13, clip_on=False)


def _paths(page, chart, name):
    page.contours(chart, SHOWN[name], 9)
    _lines(page, chart, name, np.transpose)
    page.dots(chart, *contest(name)["adam"]["w"][0], "axes", 13, gid="start", zorder=6)
    (goal,) = SHOWN[name].minima
    page.dots(chart, *goal.w, "axes", 18, "*", gid="minimum", zorder=6)


def _arrivals(page, words, name, box):
    """A dot at each rule's step of arrival; a cross at the edge for what never arrives."""
    chart = page.chart(box, ylim=(5.6, -0.6), yticks=range(len(SIX)))
    limit = STEPS[SHOWN[name].coordinates]
    log_axis(chart.xaxis, words["arrival"], (3, 6 * limit), (10, 100, limit))
    chart.axvline(limit, **page.thin("quiet"))
    found = contest(name)
    chart.set_yticks(range(len(SIX)), [NAMES[r] if name == "chapter" else "" for r in found])
    chart.tick_params(axis="y", length=0, labelsize=page.type("word"))
    for row, (rule, one) in enumerate(found.items()):
        if np.isfinite(one["steps"]):
            page.dots(chart, one["steps"], row, rule, 13, gid=f"arrival-{rule}")
            beside = {"xytext": (5, 0), "textcoords": "offset points"}
            if one["steps"] > limit / 4:
                beside = {"xytext": (-5, 0), "textcoords": "offset points", "ha": "right"}
            style = page.lettering(color=rule, path_effects=page.halo(), **beside)
            chart.annotate(f"{one['steps']:.0f}", (one["steps"], row), **style)
        else:
            page.dots(chart, 2.5 * limit, row, rule, 13, "x", gid=f"never-{rule}")


WORST = 3.0  # nats, the top of the chart: what ends above is drawn here. A guess costs log 10


@house()
def figure_18(lang=None):
    """All six rules on the digits: the loss at every rate, and the results at the best (3.7.7)."""
    page, words = sheet(18, lang)
    words, rates = words[18], best_rates()
    apart = max(rates.values()) / min(rates.values())
    top = page.headline(words["headline"].format(apart), words["plotted"]) + 56
    _sensitivity(page, words, (125, top, 545, 480))
    boxes = {"loss": (945, top, 190, 480), "accuracy": (1185, top, 190, 480)}
    charts = {
        name: page.chart(box, title=words[name], letter=letter)
        for letter, (name, box) in zip("bc", boxes.items(), strict=True)
    }
    log_axis(charts["loss"].xaxis, words["nats"], (0.005, 0.1), (0.01, 0.1))
    charts["accuracy"].set(xlabel=words["share"], xlim=(95.4, 100), xticks=(96, 98, 100))
    for name, chart in charts.items():
        chart.set_ylim(len(SIX) - 0.5, -0.5)
        chart.set_yticks([])
        chart.grid(axis="y", visible=False)
        for row, (rule, ends) in enumerate(digit_race().items()):
            scale = 1 if name == "loss" else 100
            values = np.sort([scale * getattr(end, name) for end in ends])
            _results(page, chart, rule, row, values, gid=f"{name}-{rule}")
    _, top, _, height = boxes["loss"]
    for row, rule in enumerate(NAMES):
        y = top + height * (row + 0.5) / len(NAMES)
        page.stroke([718, 775], [y, y], page.line(rule, gid="key"))
        page.text(790, y - 15, NAMES[rule], size=22, ha="left")
        page.text(790, y + 15, words["rate"].format(rates[rule]), size=19, ha="left")
    return page.picture


def _sensitivity(page, words, box):
    heads = {"title": words["sensitivity"], "x": words["lr"], "y": words["final"]}
    chart = page.chart(box, letter="a", **heads, xscale="log", yscale="log", ylim=(0.006, WORST))
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
    chart.yaxis.set_ticks((0.01, 0.1, 1, guess), ["0.01", "0.1", "1", words["guess"]])
    chart.yaxis.set_ticks([], minor=True)


def _results(page, chart, rule, row, values, gid):
    """One rule's seeds: a line from the lowest to the highest, the median as an upright bar."""
    solid = {"dashes": (None, None)}
    chart.plot(values[[0, -1]], [row, row], **page.line(rule, 3, **solid), gid=f"{gid}-range")
    style = {"alpha": 0.6, "markeredgewidth": 0, "gid": gid}
    page.dots(chart, values, np.full(len(values), row), rule, 9, **style)
    height, middle = [row - 0.22, row + 0.22], [np.median(values)] * 2
    chart.plot(middle, height, **page.line(rule, 6, **solid), gid=f"{gid}-median")

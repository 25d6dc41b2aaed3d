"""Figures 14 and 15, section 3.7.6: how an average forgets, and what that does to the rate."""

import numpy as np

from udl.averages import weights
from udl.experiments.plans import FIGURE_14, FIGURE_15
from udl.experiments.rmsprop import half_life, revived, smoothing, too_large
from udl.figures.catalogue import sheet
from udl.figures.draw import log_axis, plain_ticks
from udl.figures.style import COLORS, house, ramp


@house()
def figure_14(lang=None):
    """The weights that an average gives to the past, and noisy sequences averaged (3.7.6)."""
    page, words = sheet(14, lang)
    alphas, noise = FIGURE_14.averages.alpha, FIGURE_14.noise
    plotted = words[14]["plotted"].format(*noise.levels)
    top = page.headline(words[14]["headline"], plotted) + 70
    chart = page.chart(
        (130, top, 520, 560),
        title=words[14]["weights"],
        letter="a",
        x=words[14]["ago"],
        y=words[14]["weight"],
        yscale="log",
        xlim=(-2, FIGURE_14.averages.past),
        ylim=(6e-5, 1.5),
    )
    plain_ticks(chart.yaxis, (0.0001, 0.001, 0.01, 0.1, 1))
    names = ((15, 2e-4), (48, 1.1e-3), (74, 2.6e-3))
    halves = ((5, 0.3), (11, 0.065), (50, 0.0095))
    for alpha, shade, name, half in zip(alphas, ramp(3), names, halves, strict=True):
        _weights(page, chart, words, alpha, shade, name, half)
    for row, (alpha, shade) in enumerate(zip(alphas, ramp(3), strict=True)):
        last = row == len(alphas) - 1
        chart = page.chart(
            (800, top + 195 * row, 560, 170),
            title="" if row else words[14]["smoothed"],
            letter="" if row else "b",
            x=words[14]["t"] if last else "",
            y=words[14]["value"],
            xlim=(0, noise.steps),
            ylim=(-0.7, 2.6),
            yticks=[0, 1, 2],
        )
        chart.tick_params(bottom=last, labelbottom=last)
        _smoothed(page, chart, alpha, shade)
        if row == 0:
            chart.text(12, 2.15, words[14]["band"].format(noise.sequences), **page.lettering())
    _name_marks(page, chart, words, ramp(3)[-1])
    return page.picture


def _weights(page, chart, words, alpha, shade, name, half):
    """The weights at one α, its name, and where they have come down to half."""
    past = FIGURE_14.averages.past
    weight = weights(past + 1, alpha)[::-1]
    room = np.flatnonzero(weight > chart.get_ylim()[0])  # what the chart has room for
    ends = room[[0, -1]]  # straight: a joint in between would look as its last bit has it
    chart.plot(ends, weight[ends], **page.line(shade), gid=f"α = {alpha:g}")
    steps = half_life(alpha)
    page.dots(chart, steps, alpha / 2, shade, 12, gid="half")
    chart.text(*name, f"α = {alpha:g}", **page.lettering(color=shade))
    chart.text(*half, words[14]["half"].format(steps), **page.lettering())


def _smoothed(page, chart, alpha, shade):
    """One sequence and its average at one α; behind them where nine in ten averages lie."""
    level, x, averages = smoothing()
    n = np.arange(1, len(level) + 1)
    dots = {"color": COLORS["past"], "s": page.points(5) ** 2, "linewidth": 0}
    chart.scatter(n, x[:, 0], **dots, gid="noisy")
    low, high = np.quantile(averages[alpha], (0.05, 0.95), axis=1)
    chart.fill_between(n, low, high, color=COLORS[shade], alpha=0.25, linewidth=0, gid="band")
    chart.plot(n, level, **page.line("axes", 2), gid="level")
    chart.plot(n, averages[alpha][:, 0], **page.line(shade, 3), gid=f"average {alpha:g}")
    style = page.lettering(ha="right", color=shade)
    chart.text(0.98 * len(level), 2.15, f"α = {alpha:g}", **style)


def _name_marks(page, chart, words, shade):
    """What dots and lines are, where the average stands clear of the truth."""
    halo = {"path_effects": page.halo(), "zorder": 5}
    chart.text(12, 2.15, words[14]["noisy"], **page.lettering(color="quiet"), **halo)
    chart.text(80, 0.05, words[14]["average"], **page.lettering(color=shade), **halo)
    at, low = 1.2 * FIGURE_14.noise.change, FIGURE_14.noise.levels[1]
    chart.plot([at, at], [low, -0.1], **page.line("axes", 1.5), gid="to the truth")
    chart.text(at, -0.42, words[14]["truth"], **page.lettering(color="axes", ha="center"), **halo)


@house()
def figure_15(lang=None):
    """AdaGrad and RMSProp once the gradient has shrunk; RMSProp's first steps (3.7.6)."""
    page, words = sheet(15, lang)
    words, plan = words[15], FIGURE_15.shrinking
    gammas = plan.gamma
    shades = dict(zip(gammas, ramp(3), strict=True)) | {1.0: "adagrad"}
    plotted = words["plotted"].format(plan.steep_steps, plan.steps)
    top = page.headline(words["headline"], plotted) + 56
    low, (left, right), (width, height) = top + 388, (112, 812), (440, 250)
    _revived(page, words, (left, top, width, height), shades)
    _shrunk(page, words, (right, top, width, height), shades)
    _first_steps(page, words, (left, low, width, height), shades)
    _rose(page, words, (right, low, width, height), shades)
    return page.picture


def _name(gamma):
    """AdaGrad is the rule that forgets nothing."""
    return "AdaGrad" if gamma == 1 else f"γ = {gamma:g}"


def _revived(page, words, box, shades):
    plan, (rates, _, _) = FIGURE_15.shrinking, revived()
    chart = page.chart(box, title=words["revived"], letter="a")
    log_axis(chart.xaxis, words["t"], (1, plan.steps), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words["rate"], (0.008, 60), (0.01, 0.1, 1, 10))
    t = np.unique(np.geomspace(1, plan.steps, 241).round().astype(int))
    for gamma, shade in shades.items():
        chart.plot(t, rates[gamma][t - 1], **page.line(shade, 3), gid=f"{gamma:g}")
    chart.axvline(plan.steep_steps + 0.5, **page.line("axes", 1.5), gid="change")
    for place, gradient in ((7, plan.steep), (224, plan.gentle)):
        text = words["gradient"].format(gradient)
        chart.text(place, 28, text, **page.lettering(ha="center", color="axes"))
    ends = [(plan.steps, rates[y][-1], _name(y), shade) for y, shade in shades.items()]
    page.end_labels(chart, ends)


def _shrunk(page, words, box, shades):
    plan, (_, factors, last) = FIGURE_15.shrinking, revived()
    chart = page.chart(box, title=words["shrunk"], letter="b")
    log_axis(chart.xaxis, words["factor"], (1, plan.largest_factor), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words["step"], (4e-5, 4), (0.0001, 0.001, 0.01, 0.1, 1))
    for gamma, shade in shades.items():
        chart.plot(factors, last[gamma], **page.line(shade, 3), gid=f"{gamma:g}")
    ends = [(plan.largest_factor, last[y][-1], _name(y), shade) for y, shade in shades.items()]
    page.end_labels(chart, ends)


def _first_steps(page, words, box, shades):
    first, (ratio, _, _) = FIGURE_15.first_steps, too_large()
    chart = page.chart(box, title=words["first"], letter="c")
    log_axis(chart.xaxis, words["t"], (1, first.steps), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words["ratio"], (0.55, 50), (1, 3, 10, 30))
    t = np.unique(np.geomspace(1, first.steps, 121).round().astype(int))
    for height, (gamma, times) in zip((12.8, 21.4, 36), ratio.items(), strict=True):
        chart.plot(t, times[t - 1], **page.line(shades[gamma], 3), gid=f"{gamma:g}")
        text = words["times"].format(gamma, times[0])
        style = page.lettering(color=shades[gamma], ha="right")
        chart.text(0.85 * first.steps, height, text, **style)
    chart.plot(t, np.ones(t.size), **page.line("quiet", 3), gid="corrected")
    chart.text(1.15, 0.74, words["corrected"], **page.lettering(color="quiet"))


def _rose(page, words, box, shades):
    sweep, (ratio, lr, rose) = FIGURE_15.sweep, too_large()
    chart = page.chart(box, title=words["rose"], letter="d", ylim=(-6, 124))
    chart.set(ylabel=words["share"], yticks=(0, 50, 100))
    log_axis(chart.xaxis, words["lr"], (sweep.lowest, sweep.highest), (0.001, 0.01, 0.1, 1, 10))
    for gamma, share in rose.items():
        line = page.line(shades[gamma] if gamma else "quiet", 3)
        chart.plot(lr, 100 * share, **line, gid=f"{gamma:g}")
    places = ((0.42, "γ = {:g}"), (1.3, "{:g}"), (3.6, "{:g}"))
    for (place, name), gamma in zip(places, reversed(ratio), strict=True):
        style = page.lettering(ha="right", color=shades[gamma])
        chart.text(place, 111, name.format(gamma), **style)
    chart.text(9, 20, words["fixed"], **page.lettering(color="quiet", ha="right"))

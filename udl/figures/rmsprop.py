"""Figures 14 and 15, section 3.7.6: how an average forgets, and what that does to the rate."""

import numpy as np

from udl.averages import weights
from udl.experiments.plans import FIGURE_14, FIGURE_15
from udl.experiments.rmsprop import half_life, revived, smoothing, too_large
from udl.figures.catalogue import sheet
from udl.figures.draw import log_axis
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
        ylim=(1e-6, 1.5),
        yticks=10.0 ** np.arange(-6, 1),
    )
    names = ((22, 4e-6), (62, 4e-4), (74, 2.2e-3))
    halves = ((5, 0.3), (11, 0.07), (50, 0.011))
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
    room = np.flatnonzero(weight > 0.9 * chart.get_ylim()[0])  # what the chart has room for
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
    _revived(page, words)
    _too_large(page, words)
    return page.picture


def _rule(gamma):
    return "adagrad" if gamma == 1 else "rmsprop"


def _revived(page, words):
    plan = FIGURE_15.shrinking
    rates, factors, last = revived()
    title = words[15]["revived"].format(plan.steep, plan.gentle)
    chart = page.chart((120, 70, 550, 370), title=title)
    log_axis(chart.xaxis, words[15]["t"], (1, plan.steps), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words[15]["rate"], (0.008, 40), (0.01, 0.1, 1, 10))
    t = np.unique(np.geomspace(1, plan.steps, 241).round().astype(int))
    gammas = (1.0, *plan.shown)
    for gamma in gammas:
        chart.plot(t, rates[gamma][t - 1], **page.line(_rule(gamma)), gid=f"{gamma:g}")
    chart.axvline(plan.steep_steps + 0.5, **page.line("axes", 1.5), gid="change")
    for place, gradient in ((7, plan.steep), (224, plan.gentle)):
        text = words[15]["gradient"].format(gradient)
        chart.text(place, 22, text, **page.lettering(ha="center", color="axes"))
    _names(page, chart, gammas, ((300, 0.022), (280, 5), (560, 0.4)))

    chart = page.chart((820, 70, 550, 370), title=words[15]["by factor"].format(plan.steps))
    log_axis(chart.xaxis, words[15]["factor"], (1, plan.largest_factor), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words[15]["step"], (1e-5, 4), (0.0001, 0.001, 0.01, 0.1, 1))
    for gamma, steps in last.items():
        chart.plot(factors, steps, **page.line(_rule(gamma)), gid=f"{gamma:g}")
    _names(page, chart, last, ((30, 0.0012), (420, 2), (340, 0.16), (70, 0.016)))


def _names(page, chart, gammas, places):
    """The name of each rule, or of RMSProp's γ, in the rule's colour."""
    for gamma, place in zip(gammas, places, strict=True):
        name = "AdaGrad" if gamma == 1 else f"γ = {gamma:g}"
        chart.text(*place, name, **page.lettering(ha="center", color=_rule(gamma)))


def _too_large(page, words):
    first, sweep = FIGURE_15.first_steps, FIGURE_15.sweep
    ratio, lr, rose = too_large()
    chart = page.chart((120, 590, 550, 370), title=words[15]["first"])
    log_axis(chart.xaxis, words[15]["t"], (1, first.steps), (1, 10, 100, 1000))
    log_axis(chart.yaxis, words[15]["ratio"], (0.6, 50), (1, 3, 10, 30))
    t = np.unique(np.geomspace(1, first.steps, 121).round().astype(int))
    for gamma, times in ratio.items():
        chart.plot(t, times[t - 1], **page.line("rmsprop"), gid=f"{gamma:g}")
    chart.plot(t, np.ones(t.size), **page.line("adam"), gid="corrected")
    _names(page, chart, ratio, ((3.1, 3), (3.1, 9.5), (3.1, 30)))
    chart.text(30, 0.77, words[15]["corrected"], **page.lettering(ha="center"))

    chart = page.chart(
        (820, 590, 550, 370),
        title=words[15]["rose"],
        y=words[15]["share"],
        ylim=(-0.05, 1.2),
        yticks=[0, 0.25, 0.5, 0.75, 1],
        yticklabels=["0%", "25%", "50%", "75%", "100%"],
    )
    ticks = (0.001, 0.01, 0.1, 1, 10)
    log_axis(chart.xaxis, words[15]["lr"], (sweep.lowest, sweep.highest), ticks)
    for gamma, share in rose.items():
        chart.plot(lr, share, **page.line("rmsprop" if gamma else "adam"), gid=f"{gamma:g}")
    places = ((0.42, "γ = {:g}"), (1.3, "{:g}"), (3.6, "{:g}"))
    for (place, name), gamma in zip(places, reversed(ratio), strict=True):
        style = page.lettering(ha="right", color="rmsprop")
        chart.text(place, 1.1, name.format(gamma), **style)
    chart.text(1.7, 0.25, words[15]["fixed"], **page.lettering())

"""Figures 14 and 15, section 3.7.6: how an average forgets, and what that does to the rate."""

import numpy as np

from udl.averages import weights
from udl.experiments.plans import FIGURE_14, FIGURE_15
from udl.experiments.rmsprop import half_life, revived, smoothing, too_large
from udl.figures.catalogue import sheet
from udl.figures.draw import log_axis
from udl.figures.style import COLORS, house

# An average is no rule: three roles that a test keeps apart, each with dashes of its own.
AVERAGES = (("lookahead", (3, 1)), ("present", (None, None)), ("velocity", (6, 1.5)))


@house()
def figure_14(lang="ko"):
    """The weights that an average gives to the past, and noisy sequences averaged (3.7.6)."""
    page, words = sheet(14, lang)
    alphas = FIGURE_14.averages.alpha
    chart = page.chart(
        (130, 70, 520, 560),
        title=words[14]["weights"],
        x=words[14]["ago"],
        y=words[14]["weight"],
        yscale="log",
        xlim=(-2, FIGURE_14.averages.past),
        ylim=(1e-6, 1.5),
        yticks=10.0 ** np.arange(-6, 1),
    )
    names = ((22, 4e-6), (62, 4e-4), (84, 2.4e-3))
    halves = ((5, 0.3), (11, 0.07), (50, 0.011))
    for alpha, look, name, half in zip(alphas, AVERAGES, names, halves, strict=True):
        _weights(page, chart, words, alpha, look, name, half)
    for row, (alpha, look) in enumerate(zip(alphas, AVERAGES, strict=True)):
        last = row == len(alphas) - 1
        chart = page.chart(
            (800, 70 + 195 * row, 560, 170),
            title="" if row else words[14]["smoothed"],
            x=words[14]["t"] if last else "",
            xlim=(0, FIGURE_14.noise.steps),
            ylim=(-0.7, 2.6),
            yticks=[0, 1, 2],
        )
        chart.tick_params(bottom=last, labelbottom=last)
        _smoothed(page, chart, alpha, look)
        if row == 0:
            note = words[14]["band"].format(FIGURE_14.noise.sequences)
            chart.text(12, 2.15, note, **page.lettering(19))
    return page.picture


def _weights(page, chart, words, alpha, look, name, half):
    """The weights at one α, its name, and where they have come down to half."""
    (role, dashes), past = look, FIGURE_14.averages.past
    weight = weights(past + 1, alpha)[::-1]
    room = np.flatnonzero(weight > 0.9 * chart.get_ylim()[0])  # what the chart has room for
    ends = room[[0, -1]]  # straight: a joint in between would look as its last bit has it
    chart.plot(ends, weight[ends], **page.line(role, dashes=dashes), gid=f"α = {alpha:g}")
    steps = half_life(alpha)
    page.dots(chart, steps, alpha / 2, role, 12, gid="half")
    chart.text(*name, f"α = {alpha:g}", **page.lettering(color=role))
    chart.text(*half, words[14]["half"].format(steps), **page.lettering(19))


def _smoothed(page, chart, alpha, look):
    """One sequence and its average at one α; behind them where nine in ten averages lie."""
    role, _ = look
    level, x, averages = smoothing()
    n = np.arange(1, len(level) + 1)
    dots = {"color": COLORS["past"], "s": page.points(5) ** 2, "linewidth": 0}
    chart.scatter(n, x[:, 0], **dots, gid="noisy")
    low, high = np.quantile(averages[alpha], (0.05, 0.95), axis=1)
    chart.fill_between(n, low, high, color=COLORS[role], alpha=0.25, linewidth=0, gid="band")
    chart.plot(n, level, **page.line("axes", 1.5), gid="level")
    chart.plot(n, averages[alpha][:, 0], **page.line(role, 3), gid=f"average {alpha:g}")
    style = page.lettering(ha="right", color=role)
    chart.text(0.98 * len(level), 2.15, f"α = {alpha:g}", **style)


@house()
def figure_15(lang="ko"):
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

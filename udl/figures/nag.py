"""Figures 7, 8 and 11, section 3.7.4: too much speed, and the look ahead that brakes it."""

from udl.experiments.momentum import pairs
from udl.experiments.nag import duel, look_ahead, present_step
from udl.experiments.plans import FIGURE_11, START, descents
from udl.figures.areas import areas, key
from udl.figures.catalogue import curve_panel, sheet
from udl.figures.momentum import area_map, mark_figure_6
from udl.figures.style import house
from udl.losses import OVERSHOOT


def ground_7(lang):
    """Figure 7 without its descent: the page, its words and the panel."""
    page, words = sheet(7, lang)
    return page, words, {"momentum": curve_panel(page, words, OVERSHOOT, (97, 505), "Momentum")}


def ground_8(lang):
    """Figure 8 without its descent: the page, its words and the panel."""
    page, words = sheet(8, lang)
    panel = curve_panel(page, words, OVERSHOOT, (97, 507), "NAG")
    panel.colored_label(5.75, 6.35, words["nag looks ahead"])  # true at every step
    return page, words, {"nag": panel}


def _growing(panel, words):
    """The arrow down the long slope."""
    panel.arrow((0.3, 5.25), (4.8, 1.1), color="velocity", width=2, head=17)
    panel.label(3.75, 0.72, words["growing"], color="velocity", size=19)


@house()
def figure_7(lang=None):
    """Momentum: growing steps, then a leap over the minimum (3.7.4)."""
    page, words, panels = ground_7(lang)
    panel = panels["momentum"]
    _growing(panel, words)
    w = descents(7)["momentum"].w
    (minimum,) = OVERSHOOT.goals
    passed = int((w > minimum).argmax())  # the first dot on the far side
    panel.dots(w[: passed + 2])
    panel.hops(w[:passed], bend=0.45)
    panel.hops(w[passed - 1 : passed + 2], color="velocity", bend=0.4, width=3, head=14, gap=17)
    panel.label(6.4, 4.3, words["momentum overshoots"], color="velocity", ha="left")
    return page.picture


@house()
def figure_8(lang=None):
    """NAG: the gradient is taken where the velocity would lead (3.7.4)."""
    page, words, panels = ground_8(lang)
    panel = panels["nag"]
    _growing(panel, words)
    descent = descents(8)["nag"]
    now = present_step(descent)
    w, ahead = descent.w[now], look_ahead(descent)[now]
    panel.tangent(ahead, length=2.2)
    panel.dots(descent.w[:now], "past")
    panel.dots(w)
    panel.dots(ahead, "lookahead")
    thin = {"width": 2.5, "head": 18}
    tip = (w - 0.1, OVERSHOOT(w) + 0.25)
    panel.arrow((5.6, 6.05), tip, color="present", bend=0.25, **thin)
    tip = (ahead + 0.08, OVERSHOOT(ahead) + 0.26)
    panel.arrow((10.3, 5.0), tip, color="lookahead", bend=0.2, **thin)
    return page.picture


@house()
def figure_11(lang=None):
    """Where Momentum and NAG end for each pair of lr and α, and how they differ (3.7.4)."""
    page, words = sheet(11, lang)
    reach = [(pairs(rule, "wide").places == "global").mean() for rule in ("momentum", "nag")]
    plotted = words[11]["plotted"].format(START, FIGURE_11.nag.steps)
    top = page.headline(words[11]["headline"].format(*reach), plotted) + 56
    for letter, x, rule in (("a", 112, "momentum"), ("b", 522, "nag")):
        heads = {"title": words[11][rule], "letter": letter, "alphas": rule == "momentum"}
        chart = area_map(page, (x, top, 360, 480), words, rule, **heads)
        if rule == "momentum":  # figure 6 has no NAG
            mark_figure_6(page, chart, words)
    key(page, areas(), words[10]["areas"], left=112, top=top + 592, rows=3, width=430)
    _shares(page, words, (946, top, 354, 480))
    return page.picture


def _shares(page, words, box):
    """A bar for each way in which the rules can differ: its share of the pairs."""
    heads = {"title": words[11]["duel"], "letter": "c"}
    chart = page.chart(box, **heads, ylim=(6.3, -0.7), xticks=[], yticks=[])
    for spine in chart.spines.values():
        spine.set_visible(False)
    outcomes, names = duel(), words[11]["outcomes"]
    shares = [(outcomes == name).mean() for name in names]
    chart.set_xlim(0, max(shares))
    chart.barh(range(len(names)), shares, 0.3, color=page.ink("axes"), gid="share")
    left, top, _, height = box
    for row, text in enumerate(names.values()):  # above its bar
        page.text(left, top + height * (row + 0.26) / len(names), text, ha="left")
    page.end_labels(chart, [(s, i, f"{s:.1%}", "text") for i, s in enumerate(shares)])

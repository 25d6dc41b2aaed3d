"""3.7.7: Adam's two moments and their correction, in a race of all six rules."""

from functools import cache

import numpy as np
from matplotlib.ticker import MaxNLocator

from udl.descent import run
from udl.experiments.adam import adam_without_correction
from udl.experiments.plans import EXPLORE_ADAM, FIGURE_16
from udl.experiments.race import SIX
from udl.explore.text import WORDS
from udl.explore.view import DECAYS, NARROW, Knob, View, number, rate
from udl.figures.style import NAMES
from udl.losses import BEALE, CHAPTER, HIMMELBLAU, RAVINE, ROSENBROCK, SADDLE
from udl.steps import adam

BETA = FIGURE_16.coefficients
LANDSCAPES = {loss.name: loss for loss in (CHAPTER, RAVINE, SADDLE, HIMMELBLAU, BEALE, ROSENBROCK)}


class Race(View):
    section = "3.7.7"
    rule = staticmethod(adam)
    knobs = (
        Knob("landscape", "ravine", choices=tuple(LANDSCAPES)),
        rate(EXPLORE_ADAM.lr, -3, 1),
        Knob("beta1", BETA.beta1, places=DECAYS),
        Knob("beta2", BETA.beta2, places=DECAYS),
        Knob("corrected", True),
        Knob("across", EXPLORE_ADAM.across),
        Knob("up", EXPLORE_ADAM.up),
    )
    ground_knobs = ("landscape",)
    drag = ("lr", 0.01, 1.0)
    shown = 40
    foresees = True

    def ground(self, at):
        loss = LANDSCAPES[at["landscape"]]
        if self.narrow:
            page, box = self.page((640, 640), NARROW), (85, 50, 535, 410)
            names = list(NAMES.items())
            for column in range(3):
                page.rules(8 + 218 * column, 570, dict(names[2 * column : 2 * column + 2]))
        else:
            page, box = self.page((900, 600), 690), (95, 50, 550, 460)
            page.rules(690, 110, NAMES)
        if loss.coordinates == 1:
            return page, self.curve(page, loss, 97)
        xlim, ylim = loss.domain
        title = WORDS[self.lang]["choices"][loss.name]
        chart = page.chart(box, title=title, x="x", y="y", xlim=xlim, ylim=ylim)
        for axis in (chart.xaxis, chart.yaxis):
            axis.set_major_locator(MaxNLocator(5, integer=True))
        page.contours(chart, loss, 12)
        for minimum in loss.minima:
            page.dots(chart, *minimum.w, "adam", 18, "*")
        return page, chart

    def alt(self, at):
        return self.words["alt chapter" if at["landscape"] == "chapter" else "alt"]

    def course(self, at):
        loss = LANDSCAPES[at["landscape"]]
        share = (at["across"], at["up"])[: loss.coordinates]
        start = [low + s * (high - low) for s, (low, high) in zip(share, loss.domain, strict=True)]
        hyper = {name: at[name] for name in ("lr", "beta1", "beta2")}
        return loss, start[0] if loss.coordinates == 1 else start, hyper

    def walk(self, at, steps):
        loss, start, hyper = self.course(at)
        walked = {step.__name__: run(step, loss, start, steps, lr=at["lr"]) for step in SIX[:-1]}
        step = adam if at["corrected"] else adam_without_correction
        walked["adam"] = run(step, loss, start, steps, **hyper)

        @cache
        def end():  # which only the sentence asks for
            return self.fate("adam", run(step, loss, start, self.steps, **hyper), loss)

        return walked, end

    def move(self, page, place, race, at, t):
        walked, _ = race
        if at["landscape"] == "chapter":
            for rule, one in walked.items():
                place.ghost(one.w[t], rule)
            place.trail(walked["adam"].w[: t + 1], "text")
            return
        for rule, one in walked.items():
            page.path(place, rule, one.w[: t + 1], dots=False)

    def beside(self, page, place, own, t):
        if own.rule.w.ndim == 1:
            own.on_curve(place, t)
        else:
            own.on_plane(page, place, t)

    def facts(self, race, at, t):
        own = race[0]["adam"]
        names = ("W",) if own.w.ndim == 1 else ("x", "y")
        return dict(zip(names, np.atleast_1d(own.w[t]), strict=True)) | {"L": own.loss[t]}

    def say(self, race, at, t):
        walked, end = race
        own = walked["adam"]
        moments = {
            name: " ".join(number(x) for x in np.atleast_1d(own.state[name][t])) for name in "mv"
        }
        losses = {rule: one.loss[t] for rule, one in walked.items()}
        order = sorted(losses, key=lambda rule: np.nan_to_num(losses[rule], nan=np.inf))
        diverged = self.words["diverged"]
        ranked = ", ".join(
            f"{NAMES[rule]} " + (f"{losses[rule]:.2g}" if np.isfinite(losses[rule]) else diverged)
            for rule in order
        )
        return [
            self.words["moments"].format(**moments),
            self.words["losses"].format(losses=ranked),
            end(),
        ]

    def click(self, place, at, x, y):
        if at["landscape"] == "chapter":
            return {"across": place.value(x, y) / 10}
        across, up = place.transAxes.inverted().transform((x, y))
        return {"across": across, "up": up}

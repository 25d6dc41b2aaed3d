"""3.7.4: Momentum and NAG side by side; NAG looks ahead and brakes."""

import numpy as np

from udl.descent import run
from udl.experiments.nag import look_ahead
from udl.experiments.plans import FAST, TOP
from udl.explore.view import NARROW, Knob, View, number, rate
from udl.explore.views.momentum import doing
from udl.figures.draw import UNIT, Panel
from udl.losses import OVERSHOOT
from udl.steps import momentum, nag


class LookAhead(View):
    section = "3.7.4"
    rule = staticmethod(nag)
    knobs = (
        rate(FAST["lr"]),
        Knob("alpha", FAST["alpha"], 0, 0.99),
        Knob("start", TOP, 0, 10),
    )
    drag = ("alpha", 0.5, 0.95)
    shown = 6

    def ground(self, at):
        words = self.words
        seen = {"lookahead": words["ahead"], "gradient": words["push"]}
        if self.narrow:
            page = self.page((1180, 720), NARROW)
            panels = self.curve(page, OVERSHOOT, 150), page.panel(OVERSHOOT, (690, 480))
            panels[1].curve(Panel.LEFT, Panel.RIGHT)
            page.key(150, 620, {"present": words["now"], "velocity": f"{words['v']}, αv"})
            page.key(520, 620, seen)
            heads, height = (385, 925), 24
        else:
            page = self.page((1310, 560), 690)
            panels = self.curve(page, OVERSHOOT, 97), self.curve(page, OVERSHOOT, 757)
            page.key(350, 75, {"present": words["now"], "velocity": words["v"]})
            page.key(960, 75, {"present": words["now"], "velocity": words["αv"]} | seen)
            heads, height = (332, 992), 24
        for x, name in zip(heads, ("Momentum", "NAG"), strict=True):
            page.title(x, height, name)
        return page, panels

    def course(self, at):
        return OVERSHOOT, at["start"], {"lr": at["lr"], "alpha": at["alpha"]}

    def walk(self, at, steps):
        loss, start, hyper = self.course(at)
        return [run(rule, loss, start, steps, **hyper) for rule in (momentum, nag)]

    def move(self, page, panels, walked, at, t):
        for panel, one in zip(panels, walked, strict=True):
            panel.trail(one.w[: t + 1], hops=4)
        left, right = panels
        left.velocity(walked[0].w[t], walked[0].state["v"][t])
        ahead, push = _ahead(walked[1], t)
        if right.inside(ahead):
            right.velocity(walked[1].w[t], at["alpha"] * walked[1].state["v"][t])
            right.tangent(ahead, length=2.2)
            right.dots(ahead, "lookahead")
            _push(right, ahead, push)

    def beside(self, page, panels, own, t):
        own.on_curve(panels[1], t)

    def facts(self, walked, at, t):
        _, own = walked
        ahead, _ = _ahead(own, t)
        return {"W": own.w[t], "L": own.loss[t], "αv": at["alpha"] * own.state["v"][t], "Ŵ": ahead}

    def say(self, walked, at, t):
        theirs, own = walked
        _, push = _ahead(own, t)
        brakes = push * own.state["v"][t] < 0
        now = "rests" if abs(push) < 5e-4 else "brakes" if brakes else "pushes"
        then = doing(theirs, OVERSHOOT, t, self.lang)
        return [
            self.words[now].format(push=number(push)),
            self.words["theirs"].format(w=number(theirs.w[t]), velocity=then),
            f"{self.fate('nag', own, OVERSHOOT)} {self.fate('momentum', theirs, OVERSHOOT)}",
        ]

    def click(self, panels, at, x, y):
        for panel in panels:
            w = panel.value(x, y)
            if panel.LEFT <= w <= panel.RIGHT:
                return {"start": w}
        return {}


def _push(panel, w, push):
    """The push as an arrow above where it is measured, its head no longer than a half of it."""
    end, height = np.clip(w + push, panel.LEFT, panel.RIGHT), OVERSHOOT(w) + 0.5
    if (length := abs(end - w) * UNIT) > 3:
        head = min(18, 0.5 * length)
        panel.arrow((w, height), (end, height), color="gradient", width=4, head=head)


def _ahead(descent, t):
    """Where NAG looks before its next step, and the push that the gradient there gives."""
    ahead = look_ahead(descent)[t]
    return ahead, -descent.hyper["lr"] * OVERSHOOT.grad(ahead)

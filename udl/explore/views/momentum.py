"""3.7.3: Momentum beside SGD, its velocity as an arrow."""

from udl.descent import run
from udl.experiments.plans import FIGURE_6
from udl.explore.text import WORDS
from udl.explore.view import START, Knob, OnCurve, rate
from udl.losses import CHAPTER
from udl.steps import momentum, sgd


class Momentum(OnCurve):
    section = "3.7.3"
    rule = staticmethod(momentum)
    chosen = FIGURE_6.momentum.hyper
    knobs = (rate(chosen["lr"]), Knob("alpha", chosen["alpha"], 0, 0.99), START)
    drag = ("alpha", 0.0, 0.95)
    shown = 4

    def ground(self, at):
        page, panel = super().ground(at)
        roles = {"present": "Momentum", "velocity": self.words["v"]}
        page.key(380, 60, roles, ghost=("sgd", "SGD"))
        return page, panel

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"], "alpha": at["alpha"]}

    def walk(self, at, steps):
        loss, start, hyper = self.course(at)
        return {
            "momentum": run(momentum, loss, start, steps, **hyper),
            "sgd": run(sgd, loss, start, steps, lr=at["lr"]),
        }

    def move(self, page, panel, walked, at, t):
        own, plain = walked["momentum"], walked["sgd"]
        panel.trail(own.w[: t + 1], hops=6)
        panel.ghost(plain.w[t], "sgd")
        panel.velocity(own.w[t], own.state["v"][t])

    def facts(self, walked, at, t):
        own = walked["momentum"]
        return {"W": own.w[t], "L": own.loss[t], "v": own.state["v"][t]}

    def say(self, walked, at, t):
        own, plain = walked["momentum"], walked["sgd"]
        ends = f"{self.fate('momentum', own, CHAPTER)} {self.fate('sgd', plain, CHAPTER)}"
        return [doing(own, CHAPTER, t, self.lang), ends]


def doing(descent, loss, t, lang):
    """What the velocity and the slope do to each other at the step after t others."""
    words, hyper = WORDS[lang]["velocity"], descent.hyper
    v, slope = descent.state["v"][t], loss.grad(descent.w[t])
    if abs(v) < 5e-4:
        return words["none yet" if t == 0 else "almost none"]
    then = hyper["alpha"] * v - hyper["lr"] * slope
    if v * slope < 0:
        return words["gains" if abs(then) > abs(v) else "keeps"]
    return words["slows" if then * v > 0 else "turns"]

"""3.7.1: a descent in fog."""

from udl.descent import run
from udl.experiments.plans import FIGURE_2
from udl.explore.view import START, Knob, OnCurve, rate
from udl.figures.minima import in_fog
from udl.losses import CHAPTER
from udl.steps import sgd


class Fog(OnCurve):
    section = "3.7.1"
    rule = staticmethod(sgd)
    knobs = (START, rate(FIGURE_2.descent.hyper["lr"]), Knob("clear", False))
    ground_knobs = ("clear",)

    def ground(self, at):
        if at["clear"]:
            return super().ground(at)
        page = self.sheet()
        return page, self.panel(page, CHAPTER, 97)

    def alt(self, at):
        return self.words["alt clear" if at["clear"] else "alt"]

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"]}

    def walk(self, at, steps):
        return run(sgd, CHAPTER, at["start"], steps, lr=at["lr"])

    def move(self, page, panel, walked, at, t):
        w = walked.w[: t + 1]
        seen = panel.inside(w)
        if not at["clear"] and seen.any():
            in_fog(panel, w[seen])
            panel.cross()  # the fog moves, and lies over the ground
        if seen[-1]:
            panel.tangent(w[-1], length=3.6)
        panel.trail(w)

    def facts(self, walked, at, t):
        return {"W": walked.w[t], "L": walked.loss[t], "∂L/∂W": CHAPTER.grad(walked.w[t])}

    def say(self, walked, at, t):
        if at["clear"]:
            return [self.fate("fog", walked, CHAPTER)]
        slope = CHAPTER.grad(walked.w[t])
        return [self.words["flat" if abs(slope) < 1e-3 else "right" if slope < 0 else "left"]]

"""3.7.2: the learning rate, the only knob of SGD."""

from udl.descent import run
from udl.experiments.plans import EXPLORE_SGD
from udl.explore.view import START, OnCurve, rate
from udl.losses import CHAPTER
from udl.steps import sgd


class LearningRate(OnCurve):
    section = "3.7.2"
    rule = staticmethod(sgd)
    knobs = (rate(EXPLORE_SGD.lr), START)
    shown = 5

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"]}

    def walk(self, at, steps):
        return run(sgd, CHAPTER, at["start"], steps, lr=at["lr"])

    def move(self, page, panel, walked, at, t):
        panel.trail(walked.w[: t + 1], hops=8)
        if panel.inside(walked.w[t]):
            panel.tangent(walked.w[t], length=2.4)

    def facts(self, walked, at, t):
        slope = CHAPTER.grad(walked.w[t])
        return {
            "W": walked.w[t],
            "L": walked.loss[t],
            "∂L/∂W": slope,
            "−η ∂L/∂W": -at["lr"] * slope,
        }

    def say(self, walked, at, t):
        return [self.fate("sgd", walked, CHAPTER)]

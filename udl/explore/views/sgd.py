"""3.7.2: the learning rate, the only knob of SGD."""

from udl.descent import run
from udl.experiments.plans import EXPLORE_SGD
from udl.explore.view import START, OnCurve, fate, rate, sentence
from udl.losses import CHAPTER
from udl.steps import sgd


class LearningRate(OnCurve):
    section = "3.7.2"
    title = "학습률 하나로 걷기"
    alt = (
        "손실 곡선 위에 SGD가 지나온 자리가 점으로, 큰 갱신이 점에서 점으로 가는 화살표로 있고,"
        " 지금 선 자리에 접선이 있다."
    )
    rule = staticmethod(sgd)
    knobs = (rate(EXPLORE_SGD.lr), START)
    shown = 5

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"]}

    def walk(self, at):
        return run(sgd, CHAPTER, at["start"], self.steps, lr=at["lr"])

    def move(self, page, panel, walked, at, t):
        panel.trail(walked.w[: t + 1], hops=8)
        if panel.inside(walked.w[t]):
            panel.tangent(walked.w[t], length=2.4)

    def say(self, walked, at, t):
        slope = CHAPTER.grad(walked.w[t])
        facts = {
            "W": walked.w[t],
            "L": walked.loss[t],
            "∂L/∂W": slope,
            "−η ∂L/∂W": -at["lr"] * slope,
        }
        return sentence(t, facts, fate(walked, CHAPTER))

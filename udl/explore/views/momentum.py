"""3.7.3: Momentum beside SGD, its velocity as an arrow."""

from udl.descent import run
from udl.experiments.plans import FIGURE_6
from udl.explore.view import START, Knob, OnCurve, fate, rate, sentence
from udl.losses import CHAPTER
from udl.steps import momentum, sgd


class Momentum(OnCurve):
    section = "3.7.3"
    title = "속도를 안고 걷기"
    alt = (
        "손실 곡선 위에 Momentum이 지나온 자리와 지금 자리가 점으로, 속도가 화살표로 있고,"
        " 같은 출발점에서 같은 학습률로 걷는 SGD의 자리가 고리로 있다."
    )
    rule = staticmethod(momentum)
    chosen = FIGURE_6.momentum.hyper
    knobs = (rate(chosen["lr"]), Knob("alpha", "모멘텀 계수 α", chosen["alpha"], 0, 0.99), START)
    drag = ("alpha", 0.0, 0.95)
    shown = 4

    def ground(self, at):
        page, panel = super().ground(at)
        page.key(380, 60, {"present": "Momentum", "velocity": "속도 v"}, ghost=("sgd", "SGD"))
        return page, panel

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"], "alpha": at["alpha"]}

    def walk(self, at):
        loss, start, hyper = self.course(at)
        return {
            "momentum": run(momentum, loss, start, self.steps, **hyper),
            "sgd": run(sgd, loss, start, self.steps, lr=at["lr"]),
        }

    def move(self, page, panel, walked, at, t):
        own, plain = walked["momentum"], walked["sgd"]
        panel.trail(own.w[: t + 1], hops=6)
        panel.ghost(plain.w[t], "sgd")
        panel.velocity(own.w[t], own.state["v"][t])

    def say(self, walked, at, t):
        own, plain = walked["momentum"], walked["sgd"]
        facts = {"W": own.w[t], "L": own.loss[t], "v": own.state["v"][t]}
        ends = f"Momentum: {fate(own, CHAPTER)}. SGD: {fate(plain, CHAPTER)}"
        return sentence(t, facts, doing(own, CHAPTER, t), ends)


def doing(descent, loss, t):
    """What the velocity and the slope do to each other at a step, in Korean."""
    v, slope = descent.state["v"][t], loss.grad(descent.w[t])
    if abs(v) < 5e-4:
        return "아직 속도가 없다" if t == 0 else "속도가 거의 0이다"
    if v * slope < 0:
        return "내리막이라 속도가 붙는다"
    return "남은 속도로 오르막을 오르며 느려진다"

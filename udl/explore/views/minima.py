"""3.7.1: a descent in fog."""

from udl.descent import run
from udl.experiments.plans import FIGURE_2
from udl.explore.view import START, Knob, OnCurve, fate, rate, sentence
from udl.figures.minima import in_fog
from udl.losses import CHAPTER
from udl.steps import sgd


class Fog(OnCurve):
    section = "3.7.1"
    title = "안개 속에서 내려가기"
    alt = (
        "손실 곡선이 안개에 덮여 있고, 지금까지 지나온 곳과 그 바로 곁만 보인다."
        " 지금 선 자리에 점과 접선이 있다."
    )
    rule = staticmethod(sgd)
    knobs = (START, rate(FIGURE_2.descent.hyper["lr"]), Knob("clear", "안개 걷기", False))
    ground_knobs = ("clear",)

    def ground(self, at):
        if at["clear"]:
            return super().ground(at)
        page = self.page((650, 560), 620)
        return page, page.panel(CHAPTER, (97, 480), axis_labels=("손실", "모델 파라미터"))

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"]}

    def walk(self, at):
        return run(sgd, CHAPTER, at["start"], self.steps, lr=at["lr"])

    def move(self, page, panel, walked, at, t):
        w = walked.w[: t + 1]
        seen = panel.inside(w)
        if not at["clear"] and seen.any():
            in_fog(panel, w[seen])
            panel.cross()  # the fog moves, and lies over the ground
        if seen[-1]:
            panel.tangent(w[-1], length=3.6)
        panel.trail(w)

    def say(self, walked, at, t):
        facts = {"W": walked.w[t], "L": walked.loss[t], "∂L/∂W": CHAPTER.grad(walked.w[t])}
        if not at["clear"]:
            side = "오른쪽" if facts["∂L/∂W"] < 0 else "왼쪽"
            flat = abs(facts["∂L/∂W"]) < 1e-3
            known = (
                "발밑이 평평하다. 지역 최적점일까, 전역 최적점일까"
                if flat
                else f"{side}이 내리막이다"
            )
            return sentence(t, facts, f"아는 것은 발밑의 기울기뿐이다. {known}")
        return sentence(t, facts, fate(walked, CHAPTER))

"""3.7.6: RMSProp beside AdaGrad, and what each remembers."""

import numpy as np

from udl.averages import weights
from udl.descent import run
from udl.experiments.adagrad import effective
from udl.experiments.plans import FORGETTING
from udl.explore.view import DECAYS, MINE, START, Knob, View, fate, number, on_curve, rate, sentence
from udl.figures.style import COLORS
from udl.losses import CHAPTER
from udl.steps import adagrad, rmsprop


class Forgetting(View):
    section = "3.7.6"
    title = "잊으면서 걷기"
    alt = (
        "왼쪽은 손실 곡선 위의 RMSProp과 AdaGrad, 오른쪽 위는 걸음마다의 W, 오른쪽 아래는 h가 지난"
        " 그래디언트의 제곱을 기억하는 비중을 막대로 그린 것이다."
    )
    rule = staticmethod(rmsprop)
    knobs = (
        Knob("gamma", "감쇠율 γ", FORGETTING.gamma, places=DECAYS),
        rate(FORGETTING.lr),
        Knob("start", START.label, FORGETTING.start, 0, 10, 0.005),
    )
    drag = ("gamma", 0.5, 0.999)
    shown = 30

    def ground(self, at):
        page = self.page((1310, 560), 690)
        panel = on_curve(page, CHAPTER, 97)
        page.key(370, 60, {"present": "RMSProp"}, ghost=("adagrad", "AdaGrad"))
        heads = {"xlim": (0, self.steps + 1)}
        path = page.chart(
            (760, 60, 500, 205), title="걸음마다의 W", ylim=(-1, 11), yticks=(0, 5, 10), **heads
        )
        past = page.chart(
            (760, 360, 500, 105),
            title="h가 지난 제곱을 기억하는 비중 (새 값을 1로)",
            x="걸음",
            ylim=(0, 1.15),
            yticks=[0, 0.5, 1],
            **heads,
        )
        return page, {"panel": panel, "path": path, "past": past}

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"], "gamma": at["gamma"]}

    def walk(self, at):
        loss, start, hyper = self.course(at)
        return {
            "rmsprop": run(rmsprop, loss, start, self.steps, **hyper),
            "adagrad": run(adagrad, loss, start, self.steps, lr=at["lr"]),
        }

    def move(self, page, place, walked, at, t):
        own, theirs = walked["rmsprop"], walked["adagrad"]
        place["panel"].trail(own.w[: t + 1], hops=4)
        place["panel"].ghost(theirs.w[t], "adagrad")
        for rule, one in walked.items():
            place["path"].plot(one.w[: t + 1], **page.line(rule), gid=rule)
        if t:
            share = weights(t, 1 - at["gamma"])
            edges = np.arange(t + 1) + 0.5
            style = {"fill": True, "color": COLORS["rmsprop"], "gid": "weights"}
            place["past"].stairs(share / share[-1], edges, **style)
            ghost = {"color": COLORS["adagrad"], "linewidth": page.points(2.5)}
            place["past"].stairs(np.ones(t), edges, **ghost)

    def beside(self, page, place, own, t):
        own.on_curve(place["panel"], t)
        place["path"].plot(own.descent.w[: t + 1], **page.line(MINE))

    def say(self, walked, at, t):
        own, theirs = walked["rmsprop"], walked["adagrad"]
        facts = {"W": own.w[t], "L": own.loss[t], "h": own.state["h"][t]}
        ends = f"RMSProp: {fate(own, CHAPTER)}. AdaGrad: {fate(theirs, CHAPTER)}"
        if not t:
            return sentence(t, facts, "h는 0에서 출발한다", ends)
        mine, other = (effective(one)[t - 1] for one in (own, theirs))
        now = f"학습률 η/√h: RMSProp {number(mine)}, AdaGrad {number(other)}"
        return sentence(t, facts, now, ends)

    def click(self, place, at, x, y):
        w = place["panel"].value(x, y)
        return {"start": w} if w <= place["panel"].RIGHT else {}

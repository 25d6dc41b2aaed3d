"""3.7.6: RMSProp beside AdaGrad, and what each remembers."""

import numpy as np
from matplotlib.patches import StepPatch

from udl.averages import weights
from udl.descent import run
from udl.experiments.adagrad import effective
from udl.experiments.plans import FORGETTING
from udl.explore.text import WORDS
from udl.explore.view import DECAYS, MINE, NARROW, Knob, View, halved, number, rate
from udl.figures.style import COLORS
from udl.losses import CHAPTER
from udl.steps import adagrad, rmsprop


class Forgetting(View):
    section = "3.7.6"
    rule = staticmethod(rmsprop)
    knobs = (
        Knob("gamma", FORGETTING.gamma, places=DECAYS),
        rate(FORGETTING.lr),
        Knob("start", FORGETTING.start, 0, 10, 0.005),
    )
    drag = ("gamma", 0.5, 0.999)
    shown = 30

    def ground(self, at):
        past, step = self.words["past"], WORDS[self.lang]["knobs"]["step"]
        if self.narrow:
            page, left = self.page((760, 825), NARROW), 115
            boxes, past = ((75, 640, 250, 100), (425, 640, 250, 100)), halved(past)
        else:
            page, left = self.page((1310, 560), 690), 97
            boxes = (760, 60, 500, 205), (760, 360, 500, 105)
        panel = self.curve(page, CHAPTER, left)
        page.key(370, 60, {"present": "RMSProp"}, ghost=("adagrad", "AdaGrad"))
        ends = {"xlim": (0, self.steps + 1)}
        heights = {"ylim": (-1, 11), "yticks": (0, 5, 10)}
        shares = {"ylim": (0, 1.15), "yticks": (0, 0.5, 1)}
        return page, {
            "panel": panel,
            "path": page.chart(boxes[0], title=self.words["path"], **ends, **heights),
            "past": page.chart(boxes[1], title=past, x=step, **ends, **shares),
        }

    def course(self, at):
        return CHAPTER, at["start"], {"lr": at["lr"], "gamma": at["gamma"]}

    def walk(self, at, steps):
        loss, start, hyper = self.course(at)
        return {
            "rmsprop": run(rmsprop, loss, start, steps, **hyper),
            "adagrad": run(adagrad, loss, start, steps, lr=at["lr"]),
        }

    def move(self, page, place, walked, at, t):
        own, theirs = walked["rmsprop"], walked["adagrad"]
        place["panel"].trail(own.w[: t + 1], hops=4)
        place["panel"].ghost(theirs.w[t], "adagrad")
        for rule, one in walked.items():
            page.picture.plot(
                place["path"], np.arange(t + 1), one.w[: t + 1], **page.line(rule), gid=rule
            )
        if t:
            share = weights(t, 1 - at["gamma"])
            edges = np.arange(t + 1) + 0.5
            bars = {"facecolor": COLORS["rmsprop"], "linewidth": 0, "gid": "weights"}
            ghost = {"edgecolor": COLORS["adagrad"], "linewidth": page.points(2.5), "fill": False}
            place["past"].add_artist(StepPatch(share / share[-1], edges, **bars))
            place["past"].add_artist(StepPatch(np.ones(t), edges, **ghost))

    def beside(self, page, place, own, t):
        own.on_curve(place["panel"], t)
        w = own.w[: t + 1]
        page.picture.plot(place["path"], np.arange(len(w)), w, **page.line(MINE))

    def facts(self, walked, at, t):
        own = walked["rmsprop"]
        return {"W": own.w[t], "L": own.loss[t], "h": own.state["h"][t]}

    def say(self, walked, at, t):
        own, theirs = walked["rmsprop"], walked["adagrad"]
        ends = f"{self.fate('rmsprop', own, CHAPTER)} {self.fate('adagrad', theirs, CHAPTER)}"
        if not t:
            return [self.words["h"], ends]
        mine, other = (number(effective(one)[t - 1]) for one in (own, theirs))
        return [self.words["rates"].format(own=mine, theirs=other), ends]

    def click(self, place, at, x, y):
        w = place["panel"].value(x, y)
        return {"start": w} if w <= place["panel"].RIGHT else {}

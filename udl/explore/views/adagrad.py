"""3.7.5: AdaGrad on the plane, h as squares, a rate for each element."""

import numpy as np

from udl.descent import run
from udl.experiments.adagrad import effective
from udl.experiments.plans import CORNER, FIGURE_12
from udl.explore.text import WORDS
from udl.explore.view import NARROW, Knob, View, halved, number, rate
from udl.figures.adagrad import LEVELS
from udl.figures.draw import log_axis
from udl.losses import RAVINE
from udl.steps import adagrad

ELEMENTS = ("x", "y")


class OwnRates(View):
    section = "3.7.5"
    rule = staticmethod(adagrad)
    knobs = (
        rate(FIGURE_12.adagrad.hyper["lr"]),
        Knob("x", CORNER[0], -9, 3, 0.1),
        Knob("y", CORNER[1], -3, 3, 0.1),
    )
    drag = ("lr", 0.05, 5.0)
    shown = 20
    foresees = True

    def ground(self, at):
        each, heap, ends = self.words["rates"], self.words["squares"], {}
        if self.narrow:
            page, ends = self.page((640, 640), NARROW), {"xticks": (-8, -4, 0)}
            boxes = (90, 50, 295, 147.5), (90, 380, 295, 150), (420, 95, 190, 376.4)
            each, heap = halved(each), halved(heap)
        else:
            page = self.page((1090, 665), 690)
            # one unit of x is as long as one of y
            boxes = (95, 50, 585, 292.5), (95, 460, 585, 130), (760, 55, 270, 535)
        ends |= {"xlim": (-9, 3), "ylim": (-3, 3)}
        plane = page.chart(boxes[0], title="x²/20 + y²", x="x", y="y", **ends)
        page.contours(plane, RAVINE, LEVELS)
        rates = page.chart(boxes[1], title=each)
        log_axis(rates.xaxis, WORDS[self.lang]["knobs"]["step"], (0.9, 110), (1, 10, 100))
        log_axis(rates.yaxis, "", (0.005, 20), (0.01, 0.1, 1, 10))
        empty = {"xlim": (-0.5, 10), "ylim": (-10.5, 10.3), "xticks": [], "yticks": []}
        squares = page.chart(boxes[2], title=heap, **empty)
        squares.grid(False)
        return page, {"plane": plane, "rates": rates, "squares": squares}

    def course(self, at):
        return RAVINE, [at["x"], at["y"]], {"lr": at["lr"]}

    def walk(self, at, steps):
        loss, start, hyper = self.course(at)
        return run(adagrad, loss, start, self.steps, **hyper)  # later rates are shown, pale

    def move(self, page, charts, walked, at, t):
        page.path(charts["plane"], "adagrad", walked.w[: t + 1])
        rates = effective(walked)
        steps = np.arange(1, len(rates) + 1)
        sides = walked.state["h"] ** 0.5
        largest = max(sides[-1].max(), 1e-300)
        for i, (name, base) in enumerate(zip(ELEMENTS, (0.6, -9.9), strict=True)):
            style = page.line("adagrad", 3)
            page.picture.plot(charts["rates"], steps, rates[:, i], **(style | {"alpha": 0.25}))
            page.picture.plot(charts["rates"], steps[:t], rates[:t, i], **style, gid=f"rate-{name}")
            page.square(charts["squares"], (0, base), 8.2 * sides[t, i] / largest, "adagrad")
            text = f"h({name}) = {number(walked.state['h'][t, i])}"
            page.picture.words(charts["squares"], 0.1, base + 8.8, text, **page.lettering())
        if t:
            for i, name in enumerate(ELEMENTS):
                style = page.lettering(color="adagrad", clip_on=True)
                page.picture.words(charts["rates"], 1.12 * t, rates[t - 1, i], name, **style)

    def beside(self, page, charts, own, t):
        own.on_plane(page, charts["plane"], t)

    def facts(self, walked, at, t):
        return {"x": walked.w[t, 0], "y": walked.w[t, 1], "L": walked.loss[t]}

    def say(self, walked, at, t):
        fate = self.fate("adagrad", walked, RAVINE)
        if not t:
            return [self.words["h"], fate]
        still = [name for name, h in zip(ELEMENTS, walked.state["h"][t], strict=True) if h == 0]
        if still:
            return [self.words["still"].format(element=still[0]), fate]
        x, y = effective(walked)[t - 1]
        return [self.words["ratio"].format(x=x, y=y, ratio=x / y), fate]

    def click(self, charts, at, x, y):
        return dict(
            zip(ELEMENTS, charts["plane"].transData.inverted().transform((x, y)), strict=True)
        )

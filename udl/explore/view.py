"""What every explorer is without its widgets: knobs, a picture that moves, a sentence.

A `View` says what there is to turn, what to walk and how to draw it; a `Scene` keeps what need not
be done again: the grounds that were drawn, and the last walk. With a kernel `udl.explore.explorer`
shows a scene; without one a page can hold what a scene says and draws.
"""

import re
import warnings
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass
from functools import partial
from html import escape, unescape
from inspect import Signature, signature
from io import StringIO
from itertools import islice
from numbers import Real

import numpy as np

from udl.chapter import speaking
from udl.descent import iterate, prepare, quiet, run, walk
from udl.experiments import plans
from udl.explore.text import WORDS
from udl.figures.draw import UNIT, Sheet
from udl.figures.stage import Stage
from udl.figures.style import house
from udl.figures.text import WORDS as DRAWN
from udl.figures.vectors import Layers, by_role
from udl.losses import CHAPTER
from udl.show import minus

NARROW = 320  # pixels: what the smallest phone has for a picture
SCALE = 1.5  # pixels for each pixel shown: sharp on a projector, and still quick


@dataclass(frozen=True)
class Knob:
    """Something to turn: a number, a switch or a choice. Its words are the view's to know.

    Attributes
    ----------
    name : str
    value : float, bool or str
        Where it stands at first. A bool makes a switch.
    low, high, step : float
        The ends of a number, and how finely it is set.
    places : tuple of float
        The places of a number that is set unevenly, such as a learning rate.
    choices : tuple of str
        What can be chosen.
    """

    name: str
    value: object
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    places: tuple | None = None
    choices: tuple | None = None

    def allowed(self):
        """Where it can stand: a test for a value, and the words for an error."""
        if self.choices is not None:
            return lambda value: value in self.choices, f"one of {', '.join(self.choices)}"
        if isinstance(self.value, bool):
            return lambda value: isinstance(value, bool), "True or False"
        low, high = (self.places[0], self.places[-1]) if self.places else (self.low, self.high)

        def inside(value):
            return isinstance(value, Real) and low <= value <= high  # NumPy's numbers too

        return inside, f"a number from {low:g} to {high:g}"

    def nearest(self, value):
        """The place where it can stand that is nearest to a value."""
        steps = round((min(max(value, self.low), self.high) - self.low) / self.step)
        return round(self.low + steps * self.step, 9)


def rates(low, high):
    """Round numbers at about equal factors from 10^low to 10^high."""
    one = (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.2, 3.5)
    one += (4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5)
    places = [float(f"{m}e{power}") for power in range(low, high) for m in one]
    return (*places, 10.0**high)


DECAYS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999)
START = Knob("start", plans.START, 0, 10, 0.02)


def rate(value, low=-2, high=1):
    """The knob of a learning rate."""
    return Knob("lr", value, places=rates(low, high))


class View:
    """One explorer, in one language. Subclasses say what follows; their words stand in `text`.

    Parameters
    ----------
    mine : callable, optional
        The reader's own function, which walks beside the rule.
    lang : str, optional
        The language of all it shows and says.
    narrow : bool
        Whether its picture is laid out for `NARROW` pixels, as on a phone, with words as large.

    Attributes
    ----------
    section : str
        Where it stands, such as ``"3.7.3"``.
    knobs : tuple of Knob
    ground_knobs : tuple of str
        The knobs that change the ground.
    steps : int
        How many steps can be taken.
    shown : int
        The step of the picture that stands in the notebook before it is run.
    foresees : bool
        Whether `walk` takes to its end what picture and sentence tell the end of, however few
        steps it is asked for.
    drag : tuple of (str, float, float)
        What a lecturer would drag: a knob, from where, to where.
    rule : callable
        The rule of `udl.steps` that it is about.
    lang : str
        Its language.
    words : dict
        Its own words in that language, such as its title.
    """

    ground_knobs = ()
    steps = 100
    shown = 12
    foresees = False

    def __init__(self, mine=None, lang=None, *, narrow=False):
        self.mine, self.lang, self.narrow = mine, speaking(lang), narrow
        self.words = WORDS[self.lang][self.section]

    def __repr__(self):
        """What stands for it where there is only text."""
        return f"<{WORDS[self.lang]['explorer'].format(**self.words)}>"

    def ground(self, at):
        """Draw what does not move; return the `Sheet` and whatever `move` draws on."""
        raise NotImplementedError

    def alt(self, at):
        """What its picture shows at these values of the knobs, for who does not see it."""
        return self.words["alt"]

    def course(self, at):
        """What the rule walks at these values of the knobs: loss, start, hyperparameters."""
        raise NotImplementedError

    def walk(self, at, steps):
        """Compute so many steps at these values of the knobs, or more."""
        raise NotImplementedError

    def move(self, page, place, walked, at, t):
        """Draw what moves, as it is after t steps."""
        raise NotImplementedError

    def beside(self, page, place, own, t):
        """Draw the reader's rule, an `Own`, as it is after t steps."""
        raise NotImplementedError

    def facts(self, walked, at, t):
        """What can be read off after t steps: numbers by symbol."""
        raise NotImplementedError

    def say(self, walked, at, t):
        """What is happening then, and how it ends, which has been walked: lines of HTML."""
        raise NotImplementedError

    def click(self, place, at, x, y):
        """The knobs that a click on the picture sets, by name; x and y in pixels of the canvas."""
        raise NotImplementedError

    def page(self, size, width):
        """A blank sheet of ``size`` px for its picture, which is shown ``width`` px wide."""
        return Sheet(size, width, name=self.words["title"])

    def panel(self, page, loss, left):
        """A panel with the words of its axes."""
        words = DRAWN[self.lang]
        return page.panel(loss, (left, 480), axis_labels=(words["loss"], words["parameter"]))

    def curve(self, page, loss, left):
        """A panel with all of a loss curve that it has room for."""
        panel = self.panel(page, loss, left)
        panel.curve(panel.LEFT, panel.RIGHT)
        return panel

    def label(self, knob):
        """What the reader sees of a knob."""
        return WORDS[self.lang]["knobs"][knob.name]

    def options(self, knob):
        """What a knob can be set to, by what the reader sees of it."""
        return {WORDS[self.lang]["choices"][value]: value for value in knob.choices}

    def fate(self, who, descent, loss):
        """How a descent ends, in the view's language: see `fate`."""
        return fate(who, descent, loss, self.lang)

    def read(self, walked, at, t):
        """The first line under a picture, as HTML: the step, and what can be read off."""
        step, facts = WORDS[self.lang]["at step"].format(t=t), self.facts(walked, at, t)
        read = " · ".join(f"<i>{name}</i>&nbsp;=&nbsp;{number(x)}" for name, x in facts.items())
        return f"<b>{step}</b>&ensp;{read}"

    def values(self):
        """Where the knobs stand at first."""
        return {knob.name: knob.value for knob in self.knobs}


MINE = "before"  # the colour of the reader's own rule
# How far apart two are not the same, though `check` takes float32 and an ε elsewhere as right; and
# how far a difference that is only rounding has to grow before it is seen in a picture.
ROUNDING, SEEN = 1e-6, 0.01


@dataclass(frozen=True, eq=False)
class Own:
    """The reader's rule on a view's course.

    Attributes
    ----------
    w : array, shape (n, ...)
        Where it has been, the start first.
    error : str
        Why it went no farther; empty if it took all steps.
    parts : int or None
        The first step at which it is elsewhere than the rule; if it is alike, to the eye.
    alike : bool
        Whether each of its steps is the rule's, from where that stands, in W and in its state:
        then they part because rounding grows, as in float32.
    rule : Descent
        The rule's, from the same start.
    words : dict
        What can be said of them.
    """

    w: np.ndarray
    error: str
    parts: int | None
    alike: bool
    rule: object
    words: dict

    @classmethod
    def walked(cls, view, at):
        """The reader's rule of a view, walked: whatever it does is survived."""
        words = WORDS[view.lang]["own"]
        loss, start, hyper = view.course(at)
        rule = run(view.rule, loss, start, view.steps, **hyper)
        path, error, alike = [start], "", False
        try:
            mine = _recorded(view.mine, view.rule)
            with warnings.catch_warnings(), redirect_stdout(StringIO()), quiet():
                warnings.simplefilter("ignore")
                w0, steps, state, hyper = prepare(mine, loss, start, view.steps, hyper)
                for w, *_ in islice(walk(mine, loss, w0, state, hyper), 1, steps + 1):
                    if np.iscomplexobj(w):
                        error = words["complex"]
                        break
                    path.append(np.array(w, float))
                if (_parting(path, rule.w) or 0) > 1 and not error:
                    with suppress(Exception):  # of one that remembers its steps, and has taken all
                        alike = _alike(mine, loss, hyper, rule)
        except Exception as stopped:
            error = f"{type(stopped).__name__}: {stopped}".rstrip(".")  # the sentence has its own
        path = np.array(path, float)
        parts = _parting(path, rule.w, SEEN if alike else ROUNDING)
        return cls(path, error, parts, alike, rule, words)

    def on_curve(self, panel, t):
        """As small dots along the curve and a ring; and where the two part."""
        w = self.w[: t + 1]
        shown = panel.inside(w)
        if shown[:-1].any():
            panel.dots(w[:-1][shown[:-1]], MINE, size=6)
        panel.ghost(w[-1], MINE)
        if self._parted(t) and panel.inside(last := self.rule.w[self.parts - 1]):
            # below the axis, where nothing else is drawn
            sheet = panel.sheet
            way = panel.point(last, panel.loss(last)), panel.point(last, -0.2)
            sheet.stroke(*zip(*way, strict=True), sheet.line(MINE, 2.5, dashes=(2, 1)))
            half = sheet.shown(50) / UNIT  # of the words, which keep off the other axis
            w = np.clip(last, half, panel.RIGHT - 0.5)
            panel.label(w, -0.57, self.words["here"], color=MINE)

    def on_plane(self, page, chart, t):
        """As a path; and where the two part."""
        page.path(chart, MINE, self.w[: t + 1])
        if self._parted(t):
            cross = {"mark": "x", "markeredgewidth": page.points("heavy"), "zorder": 7}
            page.dots(chart, *self.rule.w[self.parts - 1], MINE, page.shown(8), **cross)
            # beside the title, for lines are everywhere in the chart
            style = page.lettering(color=MINE, ha="right", va="bottom", transform=chart.transAxes)
            chart.text(1, 1.02, f"× {self.words['here']}", **style)

    def say(self, t):
        """How it goes, for the sentence."""
        lines = []
        if self.alike and self.parts is not None:
            lines.append(self.words["alike"].format(step=self.parts))
        elif self._parted(t):
            mine, rule = (
                " ".join(number(x) for x in np.atleast_1d(w))
                for w in (self.w[: t + 1][-1], self.rule.w[t])
            )
            lines.append(self.words["parted"].format(step=self.parts, mine=mine, rule=rule))
        elif self.parts is not None:
            lines.append(self.words["will part"].format(step=self.parts))
        elif not self.error:
            lines.append(self.words["same"])
        if self.error:
            stopped = {"step": len(self.w), "error": escape(self.error)}
            lines.append(self.words["fails"].format(**stopped))
        return " ".join(lines)

    def _parted(self, t):
        return self.parts is not None and t >= self.parts


def _parting(path, other, far=ROUNDING):
    """The first step at which two paths are farther apart than that; None if there is none."""
    near = np.isclose(path, other[: len(path)], rtol=1e-5, atol=far, equal_nan=True)
    near = near.reshape(len(path), -1).all(axis=1)
    return None if near.all() else int(near.argmin())


def _alike(mine, loss, hyper, rule):
    """Whether each step of the rule's descent is mine too, in W and state, from where it began."""
    known, taken = (rule.w, *rule.state.values()), []
    for there in zip(*known, strict=True):
        _, after = islice(iterate(mine, loss.grad, *there, **hyper), 2)
        taken.append(after)
    pairs = zip(zip(*taken, strict=True), known, strict=True)
    return all(_parting(after[:-1], right[1:]) is None for after, right in pairs)


def _recorded(mine, rule):
    """The reader's rule; with the state of the rule's signature where its own names none."""
    own = signature(mine).parameters.values()
    if not any(one.kind is one.VAR_POSITIONAL for one in own):
        return mine
    behind = [one for one in own if one.kind is one.KEYWORD_ONLY]
    behind += [one.replace(name="others") for one in own if one.kind is one.VAR_KEYWORD]
    state = [one for one in signature(rule).parameters.values() if one.kind is not one.KEYWORD_ONLY]
    named = partial(mine)
    named.__signature__ = Signature([*state, *behind])
    return named


class OnCurve(View):
    """A view of one panel with a loss curve."""

    loss = CHAPTER
    drag = ("lr", 0.01, 2.0)

    def ground(self, at):
        page = self.sheet()
        return page, self.curve(page, self.loss, 97)

    def sheet(self):
        """A blank one with room for the curve."""
        return self.page((640, 560), NARROW) if self.narrow else self.page((650, 560), 620)

    def beside(self, page, panel, own, t):
        own.on_curve(panel, t)

    def click(self, panel, at, x, y):
        return {"start": panel.value(x, y)}


def halved(words):
    """A heading in two lines.

    >>> halved("h: sum of squared gradients")
    'h: sum of squared\\ngradients'
    """
    middle = len(words) / 2
    gap = min((i for i, one in enumerate(words) if one == " "), key=lambda i: abs(i - middle))
    return f"{words[:gap]}\n{words[gap + 1 :]}"


class Scene:
    """A view with what it has already drawn and walked: a picture in two layers, and a sentence.

    A page without a kernel holds what a kernel would answer: `ground` once for each setting of the
    view's ``ground_knobs``, and for every place of a knob and every step `moving` and `say`. It
    shows `over` in front of `ground`, with the style sheet of `udl.figures.vectors.css`, and puts
    one fragment in the place of another. A fragment is one element a line, and most lines are in
    many fragments: each needs to be kept once.

    Examples
    --------
    >>> from udl.explore import VIEWS
    >>> scene = Scene(VIEWS["momentum"]())
    >>> at = scene.view.values()
    >>> knob = next(knob for knob in scene.view.knobs if knob.name == scene.view.drag[0])
    >>> states = {
    ...     (value, t): (scene.moving(at | {knob.name: value}, t), scene.say(at, t))
    ...     for value in (0.8, 0.9)
    ...     for t in range(3)
    ... }
    >>> lines = [line for moving, _ in states.values() for line in moving.splitlines()]
    >>> len(set(lines)) < len(lines) / 3
    True
    """

    def __init__(self, view):
        self.view = view
        self._grounds = {}
        self._stages = {}
        self._walk = None, 0, None

    def ground(self, at):
        """What does not move, as an ``<svg>`` element."""
        return self._ground(at)[0].ground

    def moving(self, at, t):
        """What moves, as it is after t steps: elements of SVG, one a line."""
        layers, page, place = self._ground(at)
        walked = self._walked(at, t)  # first: a rule may be slow, and drawing keeps others waiting
        return layers.moving(lambda: self._move(page, place, *walked, at, t))

    def over(self, at, t):
        """What moves, as an ``<svg>`` element to be laid over the ground."""
        layers, *_ = self._ground(at)
        state = minus(plain(self.view.read(self._walked(at, t)[0], at, t)))
        return layers.over(self.moving(at, t), state)

    def frame(self, at, t, scale=SCALE):
        """The whole picture as pixels: array of uint8, shape (height, width, 4)."""
        key = scale, *self._setting(at)
        if key not in self._stages:
            with house():
                page, place = self._blank(at)
            self._stages[key] = Stage(page.picture, scale), page, place
        stage, page, place = self._stages[key]
        walked = self._walked(at, t)
        return stage.frame(lambda: self._move(page, place, *walked, at, t))

    def still(self, at, t):
        """The whole picture as the bytes of a PNG, for where nothing can be turned."""
        with house():
            page, place = self._blank(at)
            self._move(page, place, *self._walked(at, t), at, t)
            return page.picture.encode("png", SCALE)

    def say(self, at, t):
        """The sentence after t steps, as HTML."""
        walked, own = self._walked(at, t if self.view.foresees else self.view.steps)
        lines = [self.view.read(walked, at, t), *self.view.say(walked, at, t)]
        return minus("<br>".join([*lines, own.say(t)] if own else lines))

    def click(self, at, x, y):
        """The knobs that a click sets; x and y are shares of the width and, from above, height."""
        layers, _, place = self._ground(at)
        width, height = layers.size
        found = self.view.click(place, at, x * width, (1 - y) * height)
        knobs = {knob.name: knob for knob in self.view.knobs}
        return {name: knobs[name].nearest(value) for name, value in found.items()}

    @property
    def size(self):
        """Width and height of the picture in pixels, as it is shown: tuple of int."""
        return self._ground(self.view.values())[0].size

    def _setting(self, at):
        return tuple(at[name] for name in self.view.ground_knobs)

    def _blank(self, at):
        page, place = self.view.ground(at)
        page.picture.alt = self.view.alt(at)
        return page, place

    def _ground(self, at):
        key = self._setting(at)
        if key not in self._grounds:
            with by_role():
                page, place = self._blank(at)
            self._grounds[key] = Layers(page.picture), page, place
        return self._grounds[key]

    def _walked(self, at, t):
        """The walk to step t or farther, and the reader's own.

        Where the knobs are new it is walked no farther: the picture stands in the page before
        anyone asks how it ends.
        """
        known, far, walked = self._walk
        if known != at or far < t:
            far = self.view.steps if known == at or self.view.mine else t
            own = Own.walked(self.view, at) if self.view.mine else None
            walked = self.view.walk(at, far), own
            self._walk = dict(at), far, walked
        return walked

    def _move(self, page, place, walked, own, at, t):
        self.view.move(page, place, walked, at, t)
        if own:
            self.view.beside(page, place, own, t)


def plain(html):
    """A sentence without its marks.

    >>> plain("<b>3걸음</b>&ensp;<i>W</i>&nbsp;=&nbsp;1.200<br>속도가 붙는다.")
    '3걸음 W = 1.200\\n속도가 붙는다.'
    """
    text = unescape(re.sub("<[^>]+>", "", html.replace("<br>", "\n")))
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def fate(who, descent, loss, lang=None):
    """How a descent ends: where it stopped, or what it does instead.

    Parameters
    ----------
    who : str
        The name of the rule that walked.
    descent : Descent
    loss : Loss
        With its minima.
    lang : str, optional
        The language.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> from udl import CHAPTER, run, sgd
    >>> fate("sgd", run(sgd, CHAPTER, 1.24, 100, lr=0.2), CHAPTER)
    'SGD는 100걸음 안에 지역 최적점 2.377에 갇힌다.'
    >>> fate("sgd", run(sgd, CHAPTER, 1.24, 10, lr=2.0), CHAPTER, "en")
    'SGD keeps jumping: its last step is 20.2 long.'
    """
    words = WORDS[speaking(lang)]
    steps = len(descent.w) - 1

    def say(what, **facts):
        return words["fate"][what].format(who=words["who"][who], steps=steps, **facts)

    if descent.diverged is not None:
        return say("diverges", step=descent.diverged)
    end, moves = descent.w[-1], np.abs(np.diff(descent.w, axis=0)).reshape(steps, -1).max(axis=1)
    nearest = min(loss.minima, key=lambda one: np.abs(end - one.w).max())
    away = np.abs(end - nearest.w).max()
    minimum = words["fate"][nearest.kind].format(place=_place(nearest.w))
    if away <= 0.01 and moves[-1] <= 1e-4:
        return say({"local": "caught", "global": "stops"}[nearest.kind], minimum=minimum)
    if steps >= 20 and away < 0.5 and moves[-10:].max() < 0.8 * moves[-20:-10].max():
        return say("settles", minimum=minimum)
    if np.abs(end).max() > 100:
        return say("leaves", far=np.abs(end).max())
    last = np.diff(descent.w[-21:], axis=0)
    if (last[1:] * last[:-1] < 0).mean(axis=0).max() > 0.4:
        sways = away < 0.5 and moves[-1] < 0.1  # less than a dot of the picture
        return say("sways" if sways else "jumps", minimum=minimum, last=moves[-1])
    return say("goes on")


def _place(w):
    return f"({w[0]:.3f}, {w[1]:.3f})" if np.ndim(w) else f"{w:.3f}"


def number(x):
    """A number for the sentence: three decimals, or powers of ten where it is huge."""
    if not np.isfinite(x):
        return "∞" if np.isinf(x) else "nan"
    return f"{round(x, 3) + 0.0:.3f}" if abs(x) < 1e4 else f"{x:.1e}"  # + 0.0: no −0.000

"""The exercises of the notebooks in one table: what is asked, how it is measured, what is said.

Four kinds, each a class. A `Rule` of `udl.steps` and a `Piece` of one are written by the reader; in
a `Prediction` the reader chooses, in a `Breakage` the reader finds settings that fail. No right
choice and no outcome is written down here: a function computes it, and the replies take its
numbers in braces. `udl.exercises` tries the answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from udl import steps
from udl.averages import ema
from udl.descent import iterate, run, steps_under
from udl.experiments.momentum import FIRST, hill
from udl.experiments.plans import (
    APART,
    BRAKE,
    FIGURE_6,
    FILLING,
    LEAP,
    OUTLIER,
    RARE,
    SAMPLE,
    SHIFT,
    START,
    SUM,
    UNIT,
    VALLEY,
)
from udl.experiments.rmsprop import until_full
from udl.experiments.sgd import line
from udl.losses import CHAPTER
from udl.steps import adagrad, adam, momentum, nag, rmsprop, sgd


class Text(NamedTuple):
    """The same in both languages."""

    ko: str
    en: str


@dataclass(frozen=True)
class Exercise:
    """What every exercise has: its name, the section of its notebook and a title."""

    name: str
    section: str
    title: Text


@dataclass(frozen=True)
class Rule(Exercise):
    """Write the rule of `udl.steps` that has the exercise's name, ``right``."""

    @property
    def right(self):
        return getattr(steps, self.name)


class Call(NamedTuple):
    """One call on which a piece is tried, and how a reply speaks of it in both languages."""

    ko: str
    en: str
    given: tuple


@dataclass(frozen=True)
class Piece(Exercise):
    """Write a function that computes what ``right`` computes.

    ``ema`` and ``batch`` are never read back as equations: they take arrays, from which an answer
    picks by number, whose length it asks and which it fills. Symbols have no elements and no
    length, so that such an answer is compared by its numbers and known by its mistakes.
    """

    right: Callable
    calls: tuple


class Choice(NamedTuple):
    """One choice, and what there is to learn from having chosen it, in both languages."""

    text: Text
    ko: str
    en: str


@dataclass(frozen=True)
class Prediction(Exercise):
    """Choose, then see: ``measure()`` returns the index of the right choice, and the numbers."""

    found: Text
    choices: tuple
    measure: Callable


class Setting(NamedTuple):
    """A number to be found, and its bounds, both allowed."""

    name: str
    low: float
    high: float
    whole: bool = False


@dataclass(frozen=True)
class Breakage(Exercise):
    """Find settings that fail: ``measure(*settings)`` returns an outcome's name, and the numbers.

    The outcome that was asked for is called ``"broken"``.
    """

    settings: tuple
    outcomes: dict
    measure: Callable


EXERCISES = {}  # by name; those of a section in the order of its notebook


def enter(exercise):
    """Add an exercise to the table."""
    EXERCISES[exercise.name] = exercise


def of_section(section):
    """The exercises of a notebook, in its order."""
    return [exercise for exercise in EXERCISES.values() if exercise.section == section]


def prediction(name, section, title, found, *choices):
    """Enter the function below as the measurement of a prediction."""

    def enter_with(measure):
        enter(Prediction(name, section, title, found, choices, measure))
        return measure

    return enter_with


def breakage(name, section, title, *settings, **outcomes):
    """Enter the function below as the run of the reader's settings."""

    def enter_with(measure):
        enter(Breakage(name, section, title, settings, outcomes, measure))
        return measure

    return enter_with


def _after(steps, step, grad, *start, **hyper):
    """The state after some steps: (w, *state)."""
    return next(islice(iterate(step, grad, *start, **hyper), steps, None))


HILL = hill(CHAPTER, FIRST)  # between the first local minimum and the second


# 3.7.1 --------------------------------------------------------------------------------------------


@prediction(
    "shift",
    "3.7.1",
    Text("손실을 바꾸면 길도 바뀔까", "Another loss, another path?"),
    Text(
        "10걸음 뒤의 W: 그대로 {plain:.3f}, 10을 더하면 {added:.3f}, 10을 곱하면 {times:.3f}.",
        "W after 10 steps: {plain:.3f} as it is, {added:.3f} with 10 added, {times:.3f} multiplied"
        " by 10.",
    ),
    Choice(
        Text("더하든 곱하든 길은 그대로다", "The path stays the same in both cases"),
        "10을 곱하면 그래디언트도 10배다. 학습률을 10배로 키운 것과 같다.",
        "Multiplied by 10, the loss has 10 times the gradient. It is as if the learning rate were"
        " 10 times as large.",
    ),
    Choice(
        Text(
            "더하면 그대로고, 곱하면 달라진다",
            "Adding leaves it the same, multiplying changes it",
        ),
        "더한 수는 미분하면 사라지고 곱한 수는 남는다. 걸음은 손실의 높이를 모르고 기울기만 안다.",
        "What is added vanishes in the derivative, what multiplies stays. A step knows only the"
        " slope of the loss, not its height.",
    ),
    Choice(
        Text(
            "더하면 달라지고, 곱하면 그대로다",
            "Adding changes it, multiplying leaves it the same",
        ),
        "거꾸로다. 걷는 코드는 손실 값을 받지 않으니 높이가 달라져도 알 길이 없다.",
        "It is the other way round. The loop never sees the value of the loss, so it cannot tell"
        " that the loss is higher.",
    ),
    Choice(
        Text("더하든 곱하든 길이 달라진다", "The path changes in both cases"),
        "더한 10은 미분하면 0이다. 골짜기가 통째로 높아져도 기울기는 그대로다.",
        "The derivative of the 10 is 0. The whole valley is higher, but no slope is steeper.",
    ),
)
def shift():
    losses = {
        "plain": CHAPTER,
        "added": lambda w: CHAPTER(w) + 10,
        "times": lambda w: CHAPTER(w) * 10,
    }
    ends = {
        name: _after(
            SHIFT.steps, sgd, lambda w, loss=loss: central(loss, w, 1e-5), SHIFT.start, lr=SHIFT.lr
        )[0]
        for name, loss in losses.items()
    }
    added, times = (not abs(ends[name] - ends["plain"]) < 1e-6 for name in ("added", "times"))
    return 2 * added + times, ends


def central(loss, w, h):
    """The slope of a loss from two of its values, h to the left and to the right of w."""
    return (loss(w + h) - loss(w - h)) / (2 * h)


def _cube(w):
    return w**3


enter(
    Piece(
        "slope",
        "3.7.1",
        Text("손실만으로 그래디언트 재기", "The gradient from losses alone"),
        right=central,
        calls=(
            Call(
                "L(W) = W³, W = 2, h = 0.5일 때",
                "For L(W) = W³ at W = 2 with h = 0.5",
                (_cube, 2.0, 0.5),
            ),
            Call(
                "L(W) = W³, W = −1, h = 0.1일 때",
                "For L(W) = W³ at W = −1 with h = 0.1",
                (_cube, -1.0, 0.1),
            ),
            Call(
                "`CHAPTER`, W = [1.24, 4.0], h = 0.01일 때",
                "For `CHAPTER` at W = [1.24, 4.0] with h = 0.01",
                (CHAPTER, np.array([START, 4.0]), 0.01),
            ),
        ),
    )
)


@breakage(
    "valley",
    "3.7.1",
    Text("제 골짜기를 떠나게 하기", "Out of its own valley"),
    Setting("start", 0.0, 10.0),
    Setting("lr", 0.001, 4.0),
    broken=Text(
        "출발점 {start:g}, 학습률 {lr:g}의 걸음은 W = {end:.3f}에 멈춘다. 제 골짜기의 바닥"
        " {own:.3f}에서 언덕을 건너뛴 것이다. 출발점이 골짜기를 정한다는 말은 갱신 폭이 작을 때만"
        " 맞다.",
        "From {start:g} at rate {lr:g} it stops at W = {end:.3f}. The bottom of its own valley is"
        " {own:.3f}: it has jumped the hill. The start decides the valley only if the steps are"
        " short.",
    ),
    shown=Text(
        "{start:g}에서 학습률 {lr:g}로 떠나면 W = {end:.3f}에 멈춘다. 맞지만 「학습률의"
        " 딜레마」에서 이미 본 조합이다. 왜 그랬는지 생각하며 다른 조합을 찾자.",
        "From {start:g} at rate {lr:g} it stops at W = {end:.3f}. That is right, but the notebook"
        " has shown this pair already. Think about why it works, and find another.",
    ),
    own=Text(
        "제 골짜기의 바닥 W = {end:.3f}에 멈췄다. 언덕을 건너뛰려면 먼저 튀어야 한다. 붙드는 힘이"
        " 가장 약한 골짜기는 어디였나?",
        "It stops at W = {end:.3f}, the bottom of its own valley. To jump a hill it must first"
        " bounce. Which valley holds a walk least?",
    ),
    restless=Text(
        "1,000걸음을 걷고도 멈추지 못했다. 마지막에는 {low:.2f}에서 {high:.2f} 사이를 튀어 다닌다."
        " 떠나는 골짜기의 한계는 넘고, 닿을 골짜기의 한계는 넘지 않아야 한다.",
        "After 1,000 steps it has not stopped. It jumps about between {low:.2f} and {high:.2f}."
        " The rate must be above the limit of the valley it leaves, and below that of the valley"
        " it reaches.",
    ),
)
def valley(start, lr):
    careful, bold = run(sgd, CHAPTER, [start, start], VALLEY.steps, lr=[VALLEY.careful, lr]).w.T
    numbers = {"start": start, "lr": lr, "own": careful[-1], "end": bold[-1]}
    numbers |= {"low": bold[-20:].min(), "high": bold[-20:].max()}
    if not numbers["high"] - numbers["low"] < 1e-6:
        return "restless", numbers
    if abs(bold[-1] - careful[-1]) < 0.01:
        return "own", numbers
    return "shown" if (start, lr) == VALLEY.shown else "broken", numbers


# 3.7.2 --------------------------------------------------------------------------------------------


def _line_walk(steps, size, lr, *, mean=True):
    """How far from 3 a walk by mini-batches is, after each step."""
    x, y = line()
    w, away = 0.0, []
    for k in np.random.default_rng(1).integers(0, len(x), size=(steps, size)):
        each = 2 * x[k] * (w * x[k] - y[k])
        w = w - lr * (each.mean() if mean else each.sum())
        away.append(abs(w - 3))
    return np.array(away)


@prediction(
    "sum",
    "3.7.2",
    Text("평균 대신 합", "A sum instead of a mean"),
    Text(
        "답 3까지의 거리: 처음에 3, 5걸음 뒤에 평균으로 {mean:.2f}, 합으로 {sum:,.0f}.",
        "Distance from the answer, 3: at first 3, after 5 steps {mean:.2f} by the mean and"
        " {sum:,.0f} by the sum.",
    ),
    Choice(
        Text("25배 빨리 3에 닿는다", "It reaches 3 in a 25th of the steps"),
        "걸음이 25배로 커지는 것은 맞다. 그러나 학습률 2.5는 한계 2/곡률(여기서는 1쯤)을 넘어,"
        " 바닥을 건너뛰며 멀어진다.",
        "The steps are 25 times as long. But a rate of 2.5 is above the limit 2/curvature, which"
        " is about 1 here, so it jumps over the bottom and moves away.",
    ),
    Choice(
        Text("3에 닿지 못하고 멀어진다", "It does not reach 3 but moves away from it"),
        "합의 그래디언트는 25배이니 학습률 0.1은 2.5와 같다. 한계 2/곡률은 1쯤이다. 배치를 키울"
        " 때마다 학습률을 다시 찾지 않으려면 평균을 낸다.",
        "The sum is 25 times the mean, so a rate of 0.1 acts as 2.5, and the limit 2/curvature is"
        " about 1. With the mean, the rate need not be found anew for every batch size.",
    ),
    Choice(
        Text("거의 똑같은 길을 걷는다", "It takes almost the same path"),
        "방향은 같지만 걸음은 그래디언트의 크기를 따라간다. 합은 평균의 25배다.",
        "The direction is the same, but the length of a step follows the size of the gradient. The"
        " sum is 25 times the mean.",
    ),
)
def summed():
    mean, total = (_line_walk(**vars(SUM), mean=mean)[-1] for mean in (True, False))
    place = 2 if abs(total - mean) < 0.5 else 0 if total < mean else 1
    return place, {"mean": mean, "sum": total}


enter(Rule("sgd", "3.7.2", Text("SGD의 한 걸음", "A step of SGD")))


def batch_gradient(w, x, y, k):
    """The gradient of the mean of (x w − y)² over the samples k of a mini-batch."""
    return 2 * x[k].T @ (x[k] @ w - y[k]) / len(k)


_X = np.array([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.0], [3.0, 1.0], [1.5, -0.5]])
_Y = np.array([1.0, -2.0, 0.5, 4.0, 0.25])

enter(
    Piece(
        "batch",
        "3.7.2",
        Text("미니 배치의 그래디언트", "The gradient of a mini-batch"),
        right=batch_gradient,
        calls=tuple(
            Call(
                f"입력 {len(w)}개짜리 표본 5개에서 k = {k}만 뽑으면",
                f"With {len(w)} input(s), samples k = {k} out of 5",
                (np.array(w), _X[:, : len(w)], _Y, np.array(k)),
            )
            for w, k in [([0.5, -1.5], [3, 1, 4]), ([2.0], [0, 2]), ([1.0, 1.0], [2, 2, 0, 1])]
        ),
    )
)


@breakage(
    "sample",
    "3.7.2",
    Text("미니 배치만 날아가게 하기", "Only the mini-batch flies off"),
    Setting("size", 1, 1000, whole=True),
    Setting("lr", 0.001, 1.5),
    broken=Text(
        "학습률 {lr:g}에서 전체 데이터는 3에서 {full:.3f} 떨어진 데에 멈추는데, {size}개짜리는"
        " {far:,.0f}만큼 날아갔다. 표본 하나의 곡률은 2x²이다. x가 2만 되어도 곡률은 8, 한계는"
        " 0.25다. 한계 2/곡률의 곡률은 그 걸음에 잰 데이터의 것이다.",
        "At rate {lr:g} a walk by all of the data stops {full:.3f} from 3, while one by batches of"
        " {size} flies off as far as {far:,.0f}. The curvature of a single sample is 2x². At x = 2"
        " that is 8, and the limit is 0.25. The curvature in 2/curvature is that of the data on"
        " which the step is measured.",
    ),
    both=Text(
        "그 학습률에서는 전체 데이터도 3에 멈추지 못한다. 1,000걸음 뒤의 거리: {full:,.3g}. 전체"
        " 데이터의 한계 2/곡률보다 작은 학습률을 고르자.",
        "At that rate even all of the data does not stop at 3. After 1,000 steps it is {full:,.3g}"
        " away. Stay below its limit, 2/curvature.",
    ),
    calm=Text(
        "{size}개짜리도 발산하지 않는다. 3에서 가장 멀 때의 거리: {far:,.2f}. 배치가 작을수록"
        " 유난히 큰 표본 하나에 휘둘린다. 배치를 줄이거나 학습률을 한계 가까이 올리자.",
        "Batches of {size} do not diverge either: the walk is never more than {far:,.2f} from 3."
        " The smaller the batch, the more a single large sample can sway it. Take fewer samples,"
        " or a rate closer to the limit.",
    ),
)
def sample(size, lr):
    x, y = line()
    a, b = np.mean(2 * x * x), np.mean(2 * x * y)  # the whole gradient is a w − b
    full = abs(_after(SAMPLE.steps, sgd, lambda w: a * w - b, 0.0, lr=lr)[0] - 3)
    far = _line_walk(SAMPLE.steps, size, lr).max()
    outcome = "both" if not full < 0.1 else "broken" if far > 100 else "calm"
    return outcome, {"size": size, "lr": lr, "full": full, "far": far}


# 3.7.3 --------------------------------------------------------------------------------------------


@prediction(
    "coast",
    "3.7.3",
    Text("평지에 들어선 공", "A ball on the plain"),
    Text(
        "다음 걸음은 {one:.2f}, 100걸음을 모두 더하면 {far:.2f}.",
        "The next step is {one:.2f} long, the next hundred together {far:.2f}.",
    ),
    Choice(
        Text("가지 않는다. 미는 힘이 없다", "It does not move: nothing pushes it"),
        "그것은 SGD다. Momentum의 걸음은 그래디언트가 아니라 속도이고, 속도는 한 걸음에 0.1배만큼만"
        " 줄어든다.",
        "That is SGD. Momentum's step is not the gradient but the velocity, and a step takes only"
        " 0.1 of that away.",
    ),
    Choice(
        Text("0.54를 더 가고 멈춘다", "It goes 0.54 more and stops"),
        "0.54는 다음 한 걸음이다. 그 뒤에도 속도는 0.9배씩 남는다.",
        "0.54 is only the next step. After that, each step still leaves 0.9 of the velocity.",
    ),
    Choice(
        Text("모두 합해 5.4를 더 간다", "It goes 5.4 more in all"),
        "0.54 + 0.486 + …, 곧 속도의 α/(1−α) = 9배다. 평지가 그보다 길면 공은 그 안에서 선다.",
        "0.54 + 0.486 + …, that is, α/(1−α) = 9 times the velocity. If the plain is longer than"
        " that, the ball comes to rest on it.",
    ),
    Choice(
        Text("끝없이 간다. 막는 힘도 없다", "It goes on for ever: nothing stops it"),
        "막는 것은 α다. 속도에 0.9가 걸음마다 곱해져 결국 0이 된다. 끝없이 가는 것은 α = 1일 때다.",
        "What stops it is α. Each step multiplies the velocity by 0.9, so that it goes to 0. At α"
        " = 1 it would go on for ever.",
    ),
)
def coast():
    plain, hyper = lambda w: 0.0 * w, FIGURE_6.momentum.hyper
    one, far = (_after(n, momentum, plain, 0.0, 0.6, **hyper)[0] for n in (1, 100))
    return int(np.argmin(np.abs(np.array([0.0, one, 5.4, 60.0]) - far))), {"one": one, "far": far}


enter(Rule("momentum", "3.7.3", Text("Momentum의 한 걸음", "A step of Momentum")))


@breakage(
    "caught",
    "3.7.3",
    Text("Momentum을 가두기", "Momentum, caught"),
    Setting("start", 0.8, 2.0),
    broken=Text(
        "{start:g}에서 떠나면 바닥을 지날 때의 속도가 {speed:.3f}뿐이다. {far:.3f}까지 올랐다가"
        " 언덕 꼭대기({hill:.3f})를 넘지 못하고 W = {end:.3f}에 갇힌다. 속도를 주는 것은 내려온"
        " 비탈이다. 비탈이 짧으면 Momentum도 갇힌다.",
        "From {start:g} it passes the bottom with a velocity of only {speed:.3f}. It climbs to"
        " {far:.3f}, does not reach the hilltop at {hill:.3f}, and ends at W = {end:.3f}. The"
        " velocity comes from the slope behind it. After a short slope Momentum is caught too.",
    ),
    escaped=Text(
        "{start:g}에서 떠나면 바닥을 지날 때의 속도가 {speed:.3f}, 언덕 꼭대기({hill:.3f})를 넘기에"
        " 넉넉하다. 가장 멀리 {far:.3f}까지 가고, 끝은 W = {end:.3f}. 속도를 덜 얻는 출발점은 어느"
        " 쪽일까?",
        "From {start:g} it passes the bottom with a velocity of {speed:.3f}, enough to cross the"
        " hilltop at {hill:.3f}. It goes as far as {far:.3f} and ends at W = {end:.3f}. On which"
        " side are the starts that give it less velocity?",
    ),
)
def caught(start):
    d = run(momentum, CHAPTER, start, 2000, **FIGURE_6.momentum.hyper)
    speed = d.state["v"][np.argmax(d.w > CHAPTER.minima[FIRST].w)]
    numbers = {"start": start, "speed": speed, "far": d.w.max(), "hill": HILL, "end": d.w[-1]}
    return "broken" if d.w.max() < HILL else "escaped", numbers


# 3.7.4 --------------------------------------------------------------------------------------------


@prediction(
    "brake",
    "3.7.4",
    Text("바닥에 꼭 닿은 다음", "Right on the bottom, and then?"),
    Text(
        "첫 걸음 뒤에는 둘 다 {first:z.1f}. 둘째 걸음 뒤에 Momentum은 {momentum:z.2f}, NAG는"
        " {nag:z.2f}.",
        "After the first step both are at {first:z.1f}. After the second Momentum is at"
        " {momentum:z.2f}, NAG at {nag:z.2f}.",
    ),
    Choice(
        Text("둘 다 0에 머문다", "Both stay at 0"),
        "0에서 그래디언트는 0이 맞다. 그러나 Momentum에는 속도 −1이 남아 있어 그 0.9배만큼"
        " 지나친다.",
        "The gradient at 0 is 0, that is right. But Momentum still has its velocity of −1, and"
        " goes past 0 by 0.9 of it.",
    ),
    Choice(
        Text("Momentum만 지나친다", "Only Momentum goes past it"),
        "NAG는 −0.9에 미리 가 보고, 거기서 잰 그래디언트로 남은 속도를 꼭 지운다. 계수 0.9 × (1 −"
        " ηc)는 ηc = 1에서 0이다.",
        "NAG looks ahead to −0.9, and the gradient there exactly cancels the velocity that is"
        " left. The coefficient 0.9 × (1 − ηc) is 0 at ηc = 1.",
    ),
    Choice(
        Text("NAG만 지나친다", "Only NAG goes past it"),
        "브레이크는 NAG에 있다. 미리 가 본 −0.9는 오르막이라 속도를 줄인다. 계수를 넣어 보자: α(1 −"
        " ηc).",
        "It is NAG that has the brake. At −0.9, where it looks ahead, the slope goes up, and so it"
        " slows down. Put numbers into the coefficient α(1 − ηc).",
    ),
    Choice(
        Text("둘 다 지나친다", "Both go past it"),
        "NAG의 계수는 0.9가 아니라 0.9 × (1 − ηc)다. η = 0.5, c = 2를 넣어 보자.",
        "NAG's coefficient is not 0.9 but 0.9 × (1 − ηc). Put in η = 0.5 and c = 2.",
    ),
)
def brake():
    first, *_ = _after(1, nag, lambda w: 2 * w, 1.0, 0.0, **BRAKE)
    w = {r.__name__: _after(2, r, lambda w: 2 * w, 1.0, 0.0, **BRAKE)[0] for r in (momentum, nag)}
    return (abs(w["momentum"]) > 1e-9) + 2 * (abs(w["nag"]) > 1e-9), {"first": first, **w}


enter(Rule("nag", "3.7.4", Text("NAG의 한 걸음", "A step of NAG")))


@breakage(
    "apart",
    "3.7.4",
    Text("NAG만 가두기", "Only NAG is caught"),
    Setting("lr", 0.001, 2.0),
    broken=Text(
        "학습률 {lr:g}에서 Momentum은 {far_momentum:.2f}까지 달려 W = {momentum:.3f}에서 끝나고,"
        " NAG는 {far_nag:.3f}까지 올랐다가 W = {nag:.3f}에 갇힌다. 오르막을 미리 보고 줄인 속도가"
        " 바로 언덕을 넘을 속도였다.",
        "At rate {lr:g} Momentum runs as far as {far_momentum:.2f} and ends at W = {momentum:.3f}."
        " NAG climbs to {far_nag:.3f} and is caught at W = {nag:.3f}. It saw the slope up and gave"
        " away just the velocity that it needed to cross the hill.",
    ),
    both_caught=Text(
        "Momentum도 {far_momentum:.3f}까지밖에 오르지 못하고 W = {momentum:.3f}에 갇힌다."
        " 3.7.3의 지도에서 이 출발점을 벗어나는 조건은 η > 8(1−α)²이었다.",
        "Momentum too climbs only to {far_momentum:.3f} and is caught at W = {momentum:.3f}. On"
        " the map of 3.7.3 it leaves from this start where η > 8(1−α)².",
    ),
    elsewhere=Text(
        "NAG는 갇혔다. 그런데 Momentum의 끝이 W = {momentum:.3f}, 전역 최적점이 아니다. 벗어나는"
        " 힘은 되돌아오는 힘이기도 하다. 학습률을 조금만 옮겨 보자.",
        "NAG is caught. But Momentum ends at W = {momentum:.3f}, which is not the global minimum."
        " What carries it out can also carry it back. Change the rate a little.",
    ),
    too_wild=Text(
        "NAG가 첫 골짜기에 얌전히 멈추지 않는다(끝 W = {nag:.3f}, 가장 멀리 {far_nag:.2f}). NAG가"
        " 버티는 학습률에는 한계가 있다. 줄여 보자.",
        "NAG does not come to rest in the first valley. It ends at W = {nag:.3f} and goes as far"
        " as {far_nag:.2f}. There is a limit to the rate that NAG tolerates. Lower the rate.",
    ),
)
def apart(lr):
    runs = {r.__name__: run(r, CHAPTER, START, 3000, lr=lr, **APART) for r in (momentum, nag)}
    numbers = {"lr": lr} | {name: d.w[-1] for name, d in runs.items()}
    numbers |= {f"far_{name}": d.w.max() for name, d in runs.items()}
    if not (abs(numbers["nag"] - CHAPTER.minima[FIRST].w) < 0.01 and numbers["far_nag"] < HILL):
        return "too_wild", numbers
    if numbers["far_momentum"] < HILL:
        return "both_caught", numbers
    (goal,) = CHAPTER.goals
    return "broken" if abs(numbers["momentum"] - goal) < 0.01 else "elsewhere", numbers


# 3.7.5 --------------------------------------------------------------------------------------------


@prediction(
    "rare",
    "3.7.5",
    Text("자주 조금, 가끔 많이", "Little and often, much and seldom"),
    Text(
        "100걸음 뒤의 학습률: 매번 1이면 {often:.4f}, 열 번에 한 번 10이면 {seldom:.4f}. 간 거리:"
        " {way_often:.1f}, {way_seldom:.1f}. 열 번에 한 번 1이었다면 학습률은 {rare:.4f}로 오히려"
        " 더 크다.",
        "After 100 steps the rate is {often:.4f} for the 1s and {seldom:.4f} for the 10s. The"
        " distance walked is {way_often:.1f} and {way_seldom:.1f}. If it had been a 1 at every"
        " tenth step, the rate would be {rare:.4f}, the largest of the three.",
    ),
    Choice(
        Text("매번 1인 원소", "The one with a 1 at every step"),
        "h에 쌓이는 것은 횟수가 아니라 제곱이다. 1은 백 번에 100을, 10은 열 번에 1,000을 쌓는다.",
        "What adds up in h is not how often but the squares. A hundred 1s add up to 100, ten 10s"
        " to 1,000.",
    ),
    Choice(
        Text("둘이 같다", "They are equal"),
        "합은 둘 다 100으로 같다. 그러나 제곱해서 더하면 100과 1,000이다.",
        "The gradients add up to 100 in both. But their squares add up to 100 and to 1,000.",
    ),
    Choice(
        Text("열 번에 한 번 10인 원소", "The one with a 10 at every tenth step"),
        "제곱하면 큰 것이 더 크게 남는다. h는 100과 1,000이고 학습률은 √10배 차이다.",
        "Squaring gives the large ones more weight. h is 100 and 1,000, and the rates differ by a"
        " factor of √10.",
    ),
)
def rare():
    g = np.ones((RARE.steps, 2))
    g[:, 1] = np.where(np.arange(RARE.steps) % RARE.every == 0, RARE.every, 0.0)
    way_often, way_seldom = -steps_under(adagrad, g, lr=UNIT).sum(axis=0)
    often, seldom = 1 / np.sqrt((g**2).sum(axis=0))
    place = 1 if abs(often - seldom) < 1e-9 else 0 if often < seldom else 2
    numbers = {"often": often, "seldom": seldom, "rare": (RARE.steps / RARE.every) ** -0.5}
    return place, numbers | {"way_often": way_often, "way_seldom": way_seldom}


enter(Rule("adagrad", "3.7.5", Text("AdaGrad의 한 걸음", "A step of AdaGrad")))


@breakage(
    "outlier",
    "3.7.5",
    Text("그래디언트 하나로 발 묶기", "Held back by one gradient"),
    Setting("first", 1.0, 1e6),
    broken=Text(
        "첫 그래디언트 {first:g} 하나 때문에 1,000걸음에 {way:.2f}밖에 못 갔다. 없었다면"
        " {plain:.1f}만큼 갔다. 같은 일을 당한 RMSProp(γ = 0.99)은 {rmsprop:.0f}만큼 간다. 합은"
        " 잊지 않고, 평균은 잊는다.",
        "Because of one first gradient of {first:g}, it walks only {way:.2f} in 1,000 steps."
        " Without it, it would have walked {plain:.1f}. RMSProp (γ = 0.99), given the same"
        " gradients, walks {rmsprop:.0f}. A sum never forgets. An average does.",
    ),
    free=Text(
        "{way:.1f}만큼 갔다. 없었을 때의 {plain:.1f}에 견주어 아직 {share:.0%}다. h는 첫 걸음에"
        " {first:g}²이 되고, 나머지 999걸음이 거기에 999를 보탠다.",
        "It walks {way:.1f}, still {share:.0%} of the {plain:.1f} that it walks without it. The"
        " first step makes h {first:g}², and the other 999 steps add 999 to that.",
    ),
)
def outlier(first):
    g = np.ones((OUTLIER.steps, 2))
    g[0, 1] = first
    plain, way = -steps_under(adagrad, g, lr=UNIT).sum(axis=0)
    recovered = -steps_under(rmsprop, g[:, 1], lr=UNIT, gamma=OUTLIER.gamma).sum()
    numbers = {"first": first, "way": way, "plain": plain, "share": way / plain}
    return "broken" if way < plain / 10 else "free", numbers | {"rmsprop": recovered}


# 3.7.6 --------------------------------------------------------------------------------------------


@prediction(
    "warmup",
    "3.7.6",
    Text("평균이 차오르는 데 몇 걸음", "How long until the average is full"),
    Text(
        "10걸음 뒤 {s10:.3f}, 22걸음 뒤 {s22:.3f}, 44걸음 뒤 {s44:.3f}. 0.99에 처음 이르는 것은"
        " {n}걸음째.",
        "After 10 steps {s10:.3f}, after 22 {s22:.3f}, after 44 {s44:.3f}. 0.99 is first reached"
        " at step {n}.",
    ),
    Choice(
        Text("10걸음", "10 steps"),
        "1/α = 10걸음은 '몇 개를 평균 내는 셈인가'를 말할 뿐이다. 그때 출발값 0의 비중이 아직"
        " 0.9¹⁰, 3분의 1이나 된다.",
        "1/α = 10 says only over how many values it averages, roughly. After 10 steps the starting"
        " value 0 still has the weight 0.9¹⁰, a third.",
    ),
    Choice(
        Text("22걸음", "22 steps"),
        "22걸음 뒤에는 출발값의 비중이 10분의 1쯤이다. 100분의 1이 되려면 그만큼을 한 번 더 걸어야"
        " 한다.",
        "After 22 steps the weight of the start is about a tenth. To make it a hundredth takes as"
        " many steps again.",
    ),
    Choice(
        Text("44걸음", "44 steps"),
        "모자란 것은 출발값의 비중 0.9ⁿ이다. 0.9ⁿ이 0.01 아래로 가는 n을 찾으면 된다.",
        "What is missing is the weight of the start, 0.9ⁿ. Find the n at which it falls below"
        " 0.01.",
    ),
    Choice(
        Text("100걸음", "100 steps"),
        "100걸음이면 모자란 비중이 0.00003도 안 된다. 0.9ⁿ은 절반도 걷기 전에 0.01이 된다.",
        "After 100 steps less than 0.00003 is missing. 0.9ⁿ falls to 0.01 in less than half as"
        " many.",
    ),
)
def warmup():
    s, n = until_full(FILLING.exercise)
    return (10, 22, 44, 100).index(n), {"n": n} | {f"s{k}": s[k] for k in (10, 22, 44)}


enter(
    Piece(
        "ema",
        "3.7.6",
        Text("지수이동평균", "The exponential moving average"),
        right=ema,
        calls=tuple(
            Call(
                f"x = {x}, alpha = {alpha}일 때",
                f"For x = {x} and alpha = {alpha}",
                (np.array(x), alpha),
            )
            for x, alpha in [([8.0, 4.0, 6.0], 0.25), ([1.0, 1.0, 1.0, 1.0], 0.9), ([5.0], 0.1)]
        ),
    )
)
enter(Rule("rmsprop", "3.7.6", Text("RMSProp의 한 걸음", "A step of RMSProp")))


@breakage(
    "leap",
    "3.7.6",
    Text("첫 걸음에 언덕 넘기", "Over the hill in one step"),
    Setting("gamma", 0.0, 0.99999),
    broken=Text(
        "γ = {gamma:g}에서 첫 걸음은 {step:.3f}, η = 0.1의 {times:.1f}배다. 언덕"
        " 꼭대기({hill:.3f})를 한 번에 건너 W = {w:.3f}에 내린다. h가 0에서 출발한 탓에 생긴"
        " 걸음이니 믿고 쓸 힘은 아니다.",
        "At γ = {gamma:g} the first step is {step:.3f} long, {times:.1f} times η = 0.1. In one"
        " leap it crosses the hilltop at {hill:.3f} and lands at W = {w:.3f}. The leap comes only"
        " from an h that starts at 0, so do not rely on it.",
    ),
    short=Text(
        "γ = {gamma:g}에서 첫 걸음은 {step:.3f}, η의 {times:.1f}배다. W = {w:.3f}에 내린다. 언덕"
        " 꼭대기({hill:.3f})까지는 {need:.3f}만큼 가야 한다. η/√(1−γ)가 그만큼 되는 γ를 풀어 보자.",
        "At γ = {gamma:g} the first step is {step:.3f} long, {times:.1f} times η, and lands at W ="
        " {w:.3f}. The hilltop at {hill:.3f} is {need:.3f} away. Find the γ for which η/√(1−γ) is"
        " that long.",
    ),
)
def leap(gamma):
    w, _ = rmsprop(CHAPTER.grad, LEAP.start, lr=LEAP.lr, gamma=gamma)
    step = w - LEAP.start
    numbers = {"gamma": gamma, "w": w, "step": step, "times": step / LEAP.lr}
    outcome = "broken" if w > HILL else "short"
    return outcome, numbers | {"hill": HILL, "need": HILL - LEAP.start}


# 3.7.7 --------------------------------------------------------------------------------------------


@prediction(
    "turn",
    "3.7.7",
    Text("돌아서는 데 몇 걸음", "How long until it turns"),
    Text(
        "뒤집힌 뒤 m̂의 부호가 바뀌는 것은 {n}걸음째. 바로 앞 걸음의 m̂은 {before:+.3f}, 그 걸음의"
        " m̂은 {after:+.3f}.",
        "m̂ changes its sign at step {n} after the change. At the step before, m̂ is"
        " {before:+.3f}, at this one {after:+.3f}.",
    ),
    Choice(
        Text("바로 그 걸음", "At once"),
        "바로 돌아서는 것은 β₁ = 0일 때다. 0.9이면 새 그래디언트의 비중은 0.1뿐이다.",
        "It turns at once if β₁ = 0. At 0.9 the new gradient has a weight of only 0.1.",
    ),
    Choice(
        Text("7걸음째", "At the 7th step"),
        "m은 1에서 −1로 0.9배씩 다가간다: 2 × 0.9ⁿ − 1. 관성을 정하는 것은 β₁이고, β₂는 여기서"
        " 아무것도 하지 않는다. 제곱은 부호를 모른다.",
        "m goes from 1 to −1 as 2 × 0.9ⁿ − 1. It is β₁ that sets the inertia. β₂ does nothing"
        " here, because squares know no sign.",
    ),
    Choice(
        Text("10걸음째", "At the 10th step"),
        "1/(1−β₁) = 10은 어림이다. m = 2 × 0.9ⁿ − 1이 0을 지나는 n을 계산해 보자.",
        "1/(1−β₁) = 10 is a rough estimate. Find the n at which m = 2 × 0.9ⁿ − 1 passes 0.",
    ),
    Choice(
        Text("1,000걸음쯤", "After some 1,000 steps"),
        "1,000은 β₂의 기억이다. v는 제곱의 평균이라 +1이든 −1이든 그대로 1이고, 방향은 m만 정한다.",
        "1,000 steps is the memory of β₂. v is an average of squares, so it stays 1, whether the"
        " gradient is +1 or −1. m alone sets the direction.",
    ),
)
def turn():
    g = np.r_[np.ones(2000), -np.ones(2000)]
    m_hat = -steps_under(adam, g, lr=1.0)[1999:]  # v̂ is 1 throughout: the step is m̂
    n = int(np.argmax(m_hat < 0))
    numbers = {"n": n, "before": m_hat[n - 1], "after": m_hat[n]}
    return int(np.argmin(np.abs(np.array([1, 7, 10, 1000]) - n))), numbers


def correction(m, beta, t):
    """The average m after t steps, with the start's weight βᵗ taken out."""
    return m / (1 - beta**t)


enter(
    Piece(
        "correction",
        "3.7.7",
        Text("편향 보정", "The bias correction"),
        right=correction,
        calls=tuple(
            Call(
                f"m = {m}, beta = {b}, t = {t}일 때",
                f"For m = {m}, beta = {b}, t = {t}",
                (np.array(m)[()], b, t),
            )
            for m, b, t in [(0.3, 0.9, 1), (0.3, 0.9, 4), ([-0.2, 0.05], 0.99, 3)]
        ),
    )
)
enter(Rule("adam", "3.7.7", Text("Adam의 한 걸음", "A step of Adam")))


@breakage(
    "stride",
    "3.7.7",
    Text("Adam을 α보다 멀리 뛰게 하기", "A stride longer than α"),
    Setting("beta1", 0.0, 0.9999),
    Setting("beta2", 0.0, 0.9999),
    broken=Text(
        "{n}걸음째에 α의 {times:.1f}배를 뛰었다. 비탈이 끝난 뒤 m은 걸음마다 {beta1:g}배, √v는"
        " {root:.4f}배로 준다. 나누는 쪽이 먼저 잊으면 옛 비탈의 m을 작은 √v로 나누게 된다. 그래서"
        " β₂를 β₁보다 1에 가깝게 둔다.",
        "Step {n} is {times:.1f}α long. After the slope, each step multiplies m by {beta1:g} and"
        " √v by {root:.4f}. If √v forgets first, the m of the old slope is divided by a small √v."
        " That is why β₂ is set closer to 1 than β₁.",
    ),
    held=Text(
        "가장 긴 걸음은 α의 {times:.2f}배다. 비탈이 끝난 뒤 m은 걸음마다 {beta1:g}배, √v는"
        " {root:.4f}배(√β₂)로 준다. m/√v가 커지려면 어느 쪽이 먼저 잊어야 할까?",
        "The longest step is {times:.2f}α. After the slope, each step multiplies m by {beta1:g}"
        " and √v by √β₂ = {root:.4f}. Which of the two must forget first for m/√v to grow?",
    ),
)
def stride(beta1, beta2):
    g = np.r_[np.ones(10), np.full(40, 0.01)]
    taken = np.abs(steps_under(adam, g, lr=1.0, beta1=beta1, beta2=beta2))
    numbers = {"times": taken.max(), "n": int(taken.argmax()) + 1}
    numbers |= {"beta1": beta1, "root": beta2**0.5}
    return "broken" if taken.max() > 3 else "held", numbers


# Written for those who want more: no notebook counts them.
enter(Rule("adamw", "", Text("AdamW의 한 걸음", "A step of AdamW")))
enter(Rule("radam", "", Text("RAdam의 한 걸음", "A step of RAdam")))

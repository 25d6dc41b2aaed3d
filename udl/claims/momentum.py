"""Claims of section 3.7.3: what the velocity does."""

from itertools import pairwise

import numpy as np

from udl.claims.registry import Finding, claim
from udl.descent import run
from udl.experiments.escapes import FIRST, START, pairs
from udl.losses import CHAPTER
from udl.steps import momentum

FIGURE_6 = {"lr": 0.2, "alpha": 0.9}


@claim(
    "3.a",
    ko="그래디언트의 방향이 이어지는 동안 Momentum의 걸음은 커진다",
    en="while the gradient keeps its direction, Momentum's steps grow",
)
def steps_grow():
    v, steps = 0.0, []
    for _ in range(300):
        _, v = momentum(lambda w: 1.0, 0.0, v, lr=1.0, alpha=0.9)
        steps.append(-v)
    growing = sum(b > a for a, b in pairwise(steps[:200])) / 199
    return Finding(
        share=growing,
        numbers={"ratio": steps[-1] / steps[0]},
        ko="α = 0.9에서 첫 걸음의 {ratio:.2f}배까지 자란다. 한계는 1/(1−α)다.",
        en="At α = 0.9 they grow to {ratio:.2f} times the first; the limit is 1/(1−α).",
    )


@claim(
    "3.b",
    ko="SGD는 지역 최적점에 머물고 Momentum은 속도로 벗어난다",
    en="SGD stays in the local minimum, Momentum leaves it on its velocity",
)
def momentum_leaves():
    grid = pairs("momentum", "narrow")
    sgd, leaves = grid.stays[0], ~grid.stays[1:]  # α = 0 is SGD
    alpha = grid.alpha[1:, None]
    said = grid.lr > 8 * (1 - alpha) ** 2
    return Finding(
        share=(sgd & leaves).mean(),
        numbers={
            "sgd": sgd.mean(),
            "leaves": leaves.mean(),
            "usual": leaves[np.isclose(alpha[:, 0], 0.9)].mean(),
            "agrees": (said == leaves).mean(),
        },
        ko="SGD는 학습률의 {sgd:.0%}에서 머문다. Momentum은 (lr, α) 짝의 {leaves:.1%}, "
        "α = 0.9에서는 {usual:.0%}에서 벗어난다. 조건은 lr > 8(1−α)²이고, 짝의 {agrees:.0%}가 "
        "그대로다.",
        en="SGD stays at {sgd:.0%} of the rates. Momentum leaves in {leaves:.1%} of the (lr, α) "
        "pairs, in {usual:.0%} at α = 0.9. lr > 8(1−α)² tells which, for {agrees:.0%} of them.",
    )


def passing(**hyper):
    """The step nearest to the first local minimum as a walk from figure 6's start crosses it.

    Parameters
    ----------
    **hyper
        Momentum's lr and alpha: numbers, or arrays of one length.

    Returns
    -------
    gradient : array
        The gradient there, as a share of the steepest so far.
    kept : array
        The update that follows over the last one.
    """
    minimum = CHAPTER.minima[FIRST].w
    d = run(momentum, CHAPTER, START, 100, **hyper)
    w, v, slope = (a.reshape(101, -1) for a in (d.w, d.state["v"], np.abs(CHAPTER.grad(d.w))))
    each = np.arange(w.shape[1])
    beyond = (w > minimum).argmax(axis=0)
    before = np.abs(w[beyond - 1, each] - minimum) < np.abs(w[beyond, each] - minimum)
    nearest = beyond - before
    steepest = np.maximum.accumulate(slope)[nearest, each]
    return slope[nearest, each] / steepest, v[nearest + 1, each] / v[nearest, each]


@claim(
    "3.c",
    ko="지역 최적점에서 그래디언트는 거의 0인데 갱신은 방금과 비슷하다",
    en="at the local minimum the gradient is about 0, yet the update is about the last one",
)
def velocity_remains():
    grid = pairs("momentum", "narrow")
    row, column = np.nonzero(~grid.stays)
    gradient, kept = passing(lr=grid.lr[column], alpha=grid.alpha[row])
    flat = gradient < 0.1  # a step that lands on the flat bottom; most fly over it
    (slope,), (after,) = passing(**FIGURE_6)
    return Finding(
        share=(np.abs(kept[flat] - 1) < 0.25).mean(),
        numbers={
            "slope": slope,
            "after": after,
            "pairs": flat.sum(),
            "least": kept[flat].min(),
            "most": kept[flat].max(),
            "flat": flat.mean(),
        },
        ko="그림 6에서 그래디언트는 가장 가팔랐던 곳의 {slope:.0%}, 다음 갱신은 방금의 "
        "{after:.0%}다. 바닥에 내린 {pairs}짝에서는 {least:.0%}~{most:.0%}다. 벗어난 짝의 "
        "{flat:.0%}만 바닥에 내린다.",
        en="In figure 6 the gradient is {slope:.0%} of the steepest, the next update {after:.0%} "
        "of the last; {least:.0%} to {most:.0%} in the {pairs} pairs with a step on the flat "
        "bottom, {flat:.0%} of those that leave.",
    )

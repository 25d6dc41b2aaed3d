"""Claims of section 3.7.3: what the velocity does."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.momentum import growth, pairs, passing
from udl.experiments.plans import FIGURE_6, FIGURE_10

CHOSEN = FIGURE_6.momentum.hyper


@claim(
    "3.a",
    ko="그래디언트의 방향이 이어지는 동안 Momentum의 걸음은 커진다",
    en="while the gradient keeps its direction, Momentum's steps grow",
)
def steps_grow():
    steps = growth(CHOSEN["alpha"], FIGURE_10.growth.steps)
    return Finding(
        share=(np.diff(steps[:200]) > 0).mean(),  # until what is added is a matter of rounding
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
            "usual": leaves[np.isclose(alpha[:, 0], CHOSEN["alpha"])].mean(),
            "agrees": (said == leaves).mean(),
        },
        ko="SGD는 학습률의 {sgd:.0%}에서 머문다. Momentum은 (lr, α) 짝의 {leaves:.1%}, "
        "α = 0.9에서는 {usual:.0%}에서 벗어난다. 조건은 lr > 8(1−α)²이고, 짝의 {agrees:.0%}가 "
        "그대로다.",
        en="SGD stays at {sgd:.0%} of the rates. Momentum leaves in {leaves:.1%} of the (lr, α) "
        "pairs, in {usual:.0%} at α = 0.9. lr > 8(1−α)² tells which, for {agrees:.0%} of them.",
    )


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
    (slope,), (after,) = passing(**CHOSEN)
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

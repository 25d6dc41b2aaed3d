"""Claims of section 3.7.3: what the velocity does."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.momentum import (
    friction,
    growing,
    growth,
    leaving,
    on_the_bottom,
    pairs,
    passing,
)
from udl.experiments.plans import FIGURE_6, FIGURE_10, LEAVING, NARROW
from udl.losses import CHAPTER

CHOSEN = FIGURE_6.momentum.hyper


@claim(
    "3.a",
    ko="그래디언트의 방향이 이어지는 동안 Momentum의 갱신 폭은 커진다",
    en="while the gradient keeps its direction, Momentum's steps grow",
)
def steps_grow():
    steps = growth(CHOSEN["alpha"], FIGURE_10.growth.steps)
    level = (np.diff(steps[:200]) > 0).mean()  # until what is added is a matter of rounding
    curves = list(growing().values())
    return Finding(
        share=np.mean([level, *curves]),
        numbers={
            "ratio": steps[-1] / steps[0],
            "level": level,
            "least": min(curves),
            "most": max(curves),
            "curves": len(curves),
            "rates": NARROW.lr[-1],
        },
        ko="경사가 일정하면 늘 커져 α = 0.9에서 첫 걸음의 {ratio:.2f}배에 이른다. 곡선에서는 "
        "방향이 이어지는 걸음의 {least:.0%}~{most:.0%}에서 커진다. 그래디언트가 많이 줄면 폭도 "
        "준다. 커지는 조건은 η|g| > (1−α)|v|다.",
        en="On a constant slope they always grow, to {ratio:.2f} times the first at α = 0.9. On "
        "curves they grow in {least:.0%} to {most:.0%} of the steps that keep their direction. "
        "Once the gradient has shrunk enough, the steps shrink too: they grow only while η|g| > "
        "(1−α)|v|.",
        over={
            "ko": "일정한 경사와 곡선 {curves}개(출발점 하나씩) × 학습률 {rates}개, α = 0.9",
            "en": "a constant slope; {curves} curves, one start each × {rates} rates, α = 0.9",
        },
    )


@claim(
    "3.b",
    ko="SGD는 지역 최적점에 머물고 Momentum은 속도로 벗어난다",
    en="SGD stays in the local minimum, Momentum leaves it by its velocity",
)
def momentum_leaves():
    grid = pairs("momentum", "narrow")
    sgd, leaves = grid.stays[0], ~grid.stays[1:]  # α = 0 is SGD
    alpha = grid.alpha[1:, None]
    said = grid.lr > 8 * (1 - alpha) ** 2
    usual = np.isclose(alpha[:, 0], CHOSEN["alpha"])
    least = [ratio.mean() for ratio in friction().values()]
    everywhere = leaving("momentum")
    return Finding(
        share=(sgd & leaves[usual]).mean(),
        numbers={
            "sgd": sgd.mean(),
            "usual": leaves[usual].mean(),
            "agrees": (said == leaves).mean(),
            "easiest": min(least),
            "hardest": max(least),
            "chapter": everywhere[CHAPTER.name]["left"],
            "rugged": everywhere["rugged"]["left"],
            "starts": LEAVING.starts[-1],
            "rates": LEAVING.lr[-1],
            "pairs": leaves.size,
            "slopes": len(least),
        },
        ko="그림 6의 출발점과 α = 0.9에서 SGD는 학습률의 {sgd:.0%}에서 머물고 Momentum은 "
        "{usual:.0%}에서 벗어난다. 조건은 lr > k(1−α)²이고 k는 출발점이 정한다(그림 6은 8, 다른 "
        "곳은 {easiest:.0f}~{hardest:.0f}). 곳곳에서 떠나면 SGD가 갇힌 경우의 {chapter:.0%}와 "
        "{rugged:.0%}에서 벗어난다.",
        en="From figure 6's start, at α = 0.9, SGD stays at {sgd:.0%} of the learning rates and "
        "Momentum leaves at {usual:.0%}. It leaves where lr > k(1−α)². The start decides k: it is "
        "8 there and {easiest:.0f} to {hardest:.0f} elsewhere. From starts all over two curves, "
        "Momentum leaves in {chapter:.0%} and {rugged:.0%} of the cases in which SGD is caught.",
        over={
            "ko": "한 출발점 × (lr, α) 조합 {pairs:,}개, 조건은 곡선 2개의 출발점 {slopes}개, "
            "α = 0.9는 곡선 2개 × 출발점 {starts}개 × 학습률 {rates}개",
            "en": "one start × {pairs:,} pairs (lr, α); the condition from {slopes} starts on 2 "
            "curves; α = 0.9 on 2 curves × {starts} starts × {rates} rates",
        },
    )


@claim(
    "3.c",
    ko="지역 최적점에서 그래디언트는 거의 0인데 갱신은 방금과 비슷하다",
    en="at the local minimum the gradient is about 0, yet the step is about as long as the last",
)
def velocity_remains():
    landed = on_the_bottom()
    alpha, kept = (np.concatenate(each) for each in zip(*landed.values(), strict=True))
    usual = alpha > CHOSEN["alpha"] - 1e-9
    (slope,), (after,), _ = passing(**CHOSEN)
    return Finding(
        share=(np.abs(kept - 1) < 0.25).mean(),
        numbers={
            "slope": slope,
            "after": after,
            "pairs": len(kept),
            "usual_least": kept[usual].min(),
            "usual_most": kept[usual].max(),
            "least": kept.min(),
            "least_alpha": alpha[kept.argmin()],
            "curves": len({name for name, _ in landed}),
            "starts": len(landed),
        },
        ko="그림 6에서 그래디언트는 가장 가팔랐던 곳의 {slope:.0%}, 다음 갱신 폭은 방금의 "
        "{after:.0%}다. 바닥에 내린 뒤 언덕을 넘는 조합에서는 α가 0.9 이상이면 "
        "{usual_least:.0%}~{usual_most:.0%}다. 그래디언트가 0이면 식대로 α배가 남으므로, α가 "
        "작으면 비슷하지 않다(α = {least_alpha:.2f}에서 {least:.0%}).",
        en="In figure 6 the gradient there is {slope:.0%} of the steepest, and the next step is "
        "{after:.0%} as long as the last. Where a step lands on the flat bottom and the walk "
        "crosses the hill, the next is {usual_least:.0%} to {usual_most:.0%} as long if α is 0.9 "
        "or more. Where the gradient is 0 the equation keeps α times the step, so a small α keeps "
        "little: {least:.0%} at α = {least_alpha:.2f}.",
        over={
            "ko": "곡선 {curves}개의 출발점 {starts}개에서 떠나 바닥에 내리고 언덕을 넘는 (lr, α) "
            "조합 {pairs:,}개",
            "en": "{pairs:,} pairs (lr, α) with a step on the bottom and over the hill, from "
            "{starts} starts on {curves} curves",
        },
    )

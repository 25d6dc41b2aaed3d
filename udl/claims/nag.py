"""Claims of section 3.7.4: too much speed, and the look ahead."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.maps import NOT_SETTLED
from udl.experiments.momentum import FIRST, hill, pairs
from udl.experiments.nag import SLOPES, braking, down_the_slope, foretold, races
from udl.experiments.plans import FIGURE_7, FIGURE_8, ROWS
from udl.losses import CHAPTER, OVERSHOOT, RUGGED
from udl.steps import momentum, nag

BEHIND = {OVERSHOOT: 0, RUGGED: 2, CHAPTER: FIRST}  # the first minimum below each slope
USUAL = ROWS.alpha.index(FIGURE_7.momentum.hyper["alpha"])


@claim(
    "4.a",
    ko="Momentum은 최적점을 한참 지나칠 수 있다",
    en="Momentum can fly far past the minimum",
)
def momentum_overshoots():
    (goal,) = OVERSHOOT.goals
    tops = {loss: hill(loss, before) for loss, before in BEHIND.items()}
    over = {
        loss.name: down_the_slope(momentum, loss=loss).w.max(axis=0) > top
        for loss, top in tops.items()
    }
    plain = down_the_slope(momentum, alpha=(0.0,))
    low, high = np.array(ROWS.alpha) <= 0.7, np.array(ROWS.alpha) == 0.98
    usual = [one[USUAL].mean() for one in over.values()]
    return Finding(
        share=np.mean(list(over.values())),
        numbers={
            "past": FIGURE_7.momentum.run().w.max() - goal,
            "sgd": plain.w.max() - goal,
            "usual_least": min(usual),
            "usual_most": max(usual),
            "low": max(one[low].mean() for one in over.values()),
            "high_least": min(one[high].mean() for one in over.values()),
            "high_most": max(one[high].mean() for one in over.values()),
            "curves": len(over),
            "pairs": over[OVERSHOOT.name].size,
        },
        ko="그림 7에서 {past:.2f}를 지나친다(SGD는 많아야 {sgd:.3f}). 골짜기 너머의 언덕까지 넘는 "
        "학습률은 α ≤ 0.7에서 많아야 {low:.0%}, 0.9에서 {usual_least:.0%}~{usual_most:.0%}, "
        "0.98에서 {high_least:.0%}~{high_most:.0%}다.",
        en="In figure 7 Momentum goes {past:.2f} too far, SGD {sgd:.3f} at most. Momentum crosses "
        "the hill behind a minimum at up to {low:.0%} of the rates for α ≤ 0.7, at "
        "{usual_least:.0%} to {usual_most:.0%} for 0.9 and at {high_least:.0%} to {high_most:.0%} "
        "for 0.98.",
        over={
            "ko": "곡선 {curves}개(출발점 하나씩) × (lr, α) 조합 {pairs}개",
            "en": "{curves} curves, one start each × {pairs} pairs (lr, α)",
        },
    )


@claim(
    "4.b",
    ko="NAG는 앞에서 뒤집힌 그래디언트를 보고 속도를 줄인다",
    en="NAG sees the reversed gradient ahead and brakes",
)
def nag_brakes():
    seen = [braking(down_the_slope(nag, loss=loss), loss) for loss in SLOPES]
    ours, theirs, down = (
        np.concatenate([one[name] for one in seen]) for name in ("nag", "momentum", "down")
    )
    figure = braking(FIGURE_8.nag.run())
    return Finding(
        share=(np.abs(ours) < np.minimum(np.abs(theirs), 1)).mean(),
        numbers={
            "nag": figure["nag"].item(),
            "momentum": figure["momentum"].item(),
            "seen": len(ours),
            "down": (ours < theirs)[down].mean(),
            "up": (ours < theirs)[~down].mean(),
            "climbs": (~down).mean(),
            "curves": len(SLOPES),
        },
        ko="그림 8에서 NAG의 속도는 {nag:.2f}배가 된다. 같은 자리의 Momentum이라면 "
        "{momentum:.2f}배다. 내리막에서 뒤집힌 그래디언트를 보면 {down:.0%}가 Momentum보다 속도를 "
        "줄인다. 언덕을 오르다 너머의 내리막을 보면({climbs:.0%}) 거꾸로 더 빨라진다.",
        en="In figure 8 NAG's velocity becomes {nag:.2f} times the last. From the same place "
        "Momentum's would become {momentum:.2f} times. Where NAG goes down and sees a reversed "
        "gradient, {down:.0%} keep less velocity than Momentum would. Where it goes up a hill and "
        "sees the way down behind it ({climbs:.0%}), it keeps more.",
        over={
            "ko": "곡선 {curves}개(출발점 하나씩) × (lr, α) 조합, 뒤집힌 것을 본 {seen:,}개",
            "en": "{curves} curves, one start each × pairs (lr, α): {seen:,} see one reversed",
        },
    )


@claim(
    "4.c",
    ko="NAG는 빠르기를 지키며 더 안정되게 수렴하고, 평균하면 Momentum보다 낫다",
    en="NAG keeps the speed and converges more stably; on average it is better than Momentum",
)
def nag_against_momentum():
    sooner, later = (np.array(wins) for wins in zip(*races().values(), strict=True))

    def first(row):
        """How often NAG is first where the two differ, by landscape."""
        wins, losses = sooner[:, row].sum(axis=1), later[:, row].sum(axis=1)
        return wins / (wins + losses)

    leaves = {}
    for rule in ("momentum", "nag"):
        ended = pairs(rule, "narrow").ends[1:]  # without α = 0, where the two are one
        leaves[rule] = ((ended != FIRST) & (ended != NOT_SETTLED)).mean()
    usual, half = first(USUAL), first(ROWS.alpha.index(0.5))
    said = list(foretold().values())
    return Finding(
        share=sooner.sum() / (sooner.sum() + later.sum()),
        numbers={
            "sooner": sooner.sum() / (sooner.sum() + later.sum()),
            "landscapes": len(sooner),
            "usual_least": usual.min(),
            "usual_most": usual.max(),
            "half_least": half.min(),
            "half_most": half.max(),
            "pairs": sooner[0].size,
            "said_least": min(said),
            "said_most": max(said),
            **leaves,
        },
        ko="갈리는 조합의 {sooner:.0%}에서 NAG가 먼저 멈춘다(α = 0.9이면 "
        "{usual_least:.0%}~{usual_most:.0%}, 0.5이면 {half_least:.0%}~{half_most:.0%}). 조건은 "
        "감쇠다. Momentum이 바닥 둘레에서 진동하고 ηc가 NAG의 한계보다 작으면 NAG가 빠르다. 이 "
        "조건은 한곳에서 끝난 조합의 {said_least:.0%}~{said_most:.0%}를 맞힌다. 지역 최적점을 "
        "벗어나는 조합은 Momentum {momentum:.1%}, NAG {nag:.1%}다.",
        en="NAG settles first in {sooner:.0%} of the pairs that differ: in {usual_least:.0%} to "
        "{usual_most:.0%} at α = 0.9, in {half_least:.0%} to {half_most:.0%} at 0.5. The condition "
        "is damping. NAG is faster where Momentum swings about the bottom and ηc is below NAG's "
        "limit. This is right for {said_least:.0%} to {said_most:.0%} of the pairs that end in one "
        "place. Momentum leaves the local minimum in {momentum:.1%} of the pairs, NAG in "
        "{nag:.1%}.",
        over={
            "ko": "손실 {landscapes}개(출발점 하나씩) × (lr, α) 조합 {pairs}개. 벗어나는 것은 곡선 "
            "1개 × 출발점 1개",
            "en": "{landscapes} losses, one start each × {pairs} pairs (lr, α); leaving on one "
            "curve from one start",
        },
    )

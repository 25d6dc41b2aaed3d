"""Claims of section 3.7.4: too much speed, and the look ahead."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.maps import NOT_SETTLED
from udl.experiments.momentum import FIRST, hill, pairs
from udl.experiments.nag import braking, down_the_slope, races
from udl.experiments.plans import FIGURE_7, FIGURE_8, ROWS
from udl.losses import OVERSHOOT
from udl.steps import momentum, nag

USUAL = ROWS.alpha.index(FIGURE_7.momentum.hyper["alpha"])


@claim(
    "4.a",
    ko="Momentum은 최적점을 한참 지나칠 수 있다",
    en="Momentum can fly far past the minimum",
)
def momentum_overshoots():
    (goal,) = OVERSHOOT.goals
    over = down_the_slope(momentum).w.max(axis=0) > hill(OVERSHOOT, 0)  # behind the minimum
    plain, alpha = down_the_slope(momentum, alpha=(0.0,)), np.array(ROWS.alpha)
    return Finding(
        share=over.mean(),
        numbers={
            "past": FIGURE_7.momentum.run().w.max() - goal,
            "sgd": plain.w.max() - goal,
            "usual": over[USUAL].mean(),
            "low": over[alpha <= 0.7].mean(),
            "high": over[alpha == 0.98].mean(),
        },
        ko="그림 7에서 {past:.2f}를 지나친다(SGD는 많아야 {sgd:.3f}). 건너편 언덕까지 넘는 "
        "학습률은 α ≤ 0.7에서 {low:.0%}, 0.9에서 {usual:.0%}, 0.98에서 {high:.0%}다.",
        en="In figure 7 by {past:.2f} (SGD by {sgd:.3f} at most). Over the hill behind the minimum "
        "at {low:.0%} of the rates for α ≤ 0.7, {usual:.0%} for 0.9, {high:.0%} for 0.98.",
    )


@claim(
    "4.b",
    ko="NAG는 앞에서 뒤집힌 그래디언트를 보고 속도를 줄인다",
    en="NAG sees the reversed gradient ahead and brakes",
)
def nag_brakes():
    ours, theirs = (braking(down_the_slope(nag))[rule] for rule in ("nag", "momentum"))
    figure = braking(FIGURE_8.nag.run())
    return Finding(
        share=(np.abs(ours) < np.minimum(np.abs(theirs), 1)).mean(),
        numbers={
            "nag": figure["nag"].item(),
            "momentum": figure["momentum"].item(),
            "seen": len(ours),
            "faster": (theirs > 1).mean(),
        },
        ko="그림 8에서 NAG의 속도는 {nag:.2f}배가 된다. 같은 자리의 Momentum이라면 "
        "{momentum:.2f}배다. 뒤집힌 그래디언트를 본 {seen}짝이 모두 줄인다. Momentum은 그 "
        "{faster:.0%}에서 더 빨라진다.",
        en="In figure 8 NAG's velocity becomes {nag:.2f} times the last, Momentum's from there "
        "{momentum:.2f} times. All {seen} pairs that see it brake; Momentum speeds up in "
        "{faster:.0%} of them.",
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
    return Finding(
        share=sooner.sum() / (sooner.sum() + later.sum()),
        numbers={
            "sooner": sooner.sum() / (sooner.sum() + later.sum()),
            "landscapes": len(sooner),
            "usual_least": usual.min(),
            "usual_most": usual.max(),
            "half_least": half.min(),
            "half_most": half.max(),
            **leaves,
        },
        ko="손실 {landscapes}가지, 갈리는 짝의 {sooner:.0%}에서 NAG가 먼저 멈춘다. α = 0.9이면 "
        "{usual_least:.0%}~{usual_most:.0%}, 0.5이면 {half_least:.0%}~{half_most:.0%}다. "
        "지역 최적점을 벗어나는 짝은 Momentum {momentum:.1%}, NAG {nag:.1%}다.",
        en="On {landscapes} losses NAG settles first in {sooner:.0%} of the pairs that differ: "
        "{usual_least:.0%} to {usual_most:.0%} at α = 0.9, {half_least:.0%} to {half_most:.0%} at "
        "0.5. Momentum leaves the local minimum in {momentum:.1%} of the pairs, NAG in {nag:.1%}.",
    )

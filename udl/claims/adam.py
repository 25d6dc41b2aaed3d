"""Claims of section 3.7.7: what Adam joins, and how good it is."""

from itertools import pairwise

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.adam import (
    adam_without_correction,
    best_pair,
    coefficients,
    growth,
    landscape_ranks,
    openings,
    patience,
    ranking,
    recovered,
    without_correction,
)
from udl.experiments.digits import median
from udl.experiments.falling import reach as reach_at
from udl.experiments.plans import BETAS, ENDS, OPENING, PATIENCE, RACE
from udl.experiments.race import RATES, STARTS
from udl.steps import adam


@claim(
    "7.a",
    ko="Adam은 Momentum의 생각, RMSProp의 생각, 편향 보정을 합친 것이다",
    en="Adam is Momentum's idea, RMSProp's idea and a bias correction",
)
def parts_switched_off():
    apart, grown = recovered(), growth()
    curves, starts = apart["momentum"].shape
    return Finding(
        share=float(np.mean([distances < 1e-6 for distances in apart.values()])),
        numbers={
            "rules": len(apart),
            "curves": curves,
            "starts": starts,
            "m": grown["m"][-1] / grown["m"][0],
            "velocity": grown["velocity"][-1] / grown["velocity"][0],
            "step": grown["step"][-1] / grown["step"][0],
        },
        ko="부분을 끄면 앞의 규칙 {rules}개가 되살아난다. 20걸음 내내 차이가 백만분의 1보다 작다. "
        "일정한 비탈에서 m은 Momentum의 속도와 똑같이 {m:.1f}배로 자란다. 그러나 보정하고 √v̂로 "
        "나눈 걸음은 {step:.1f}배, 곧 처음 그대로다.",
        en="With parts switched off it becomes {rules} earlier rules, to a millionth over 20 "
        "steps. On a constant slope m grows {m:.1f} times, just as Momentum's velocity does. But "
        "corrected and divided by √v̂, the step stays {step:.1f} times its first.",
        over={
            "ko": "곡선 {curves}개 × 출발점 {starts}곳 × 20걸음. m은 일정한 비탈",
            "en": "{curves} curves × {starts} starts × 20 steps; m on a constant slope",
        },
    )


@claim(
    "7.c",
    ko="보정은 학습 초반의 두 모멘트를 키우고, 갈수록 사라진다",
    en="the correction makes the early moments larger, and fades",
)
def correction_fades():
    m, v, longer = without_correction(5000)
    larger_and_fading = [a >= b >= 1 for missing in (m, v) for a, b in pairwise(missing)]
    at = int(longer.argmax())
    corrected, plain = (losses.max(axis=2) for losses in openings())
    usual = OPENING.rates.index(OPENING.usual)
    return Finding(
        share=float(np.mean(larger_and_fading)),
        numbers={"m": m[0], "v": v[0], "last": v[-1]}
        | {"first": longer[0], "longest": longer[at], "at": at + 1}
        | {"lr": OPENING.usual, "with": corrected[usual].max(), "without": plain[usual].max()}
        | {"rates": len(OPENING.rates), "seeds": len(OPENING.seeds)},
        ko="m은 {m:.0f}배, v는 {v:,.0f}배로 시작해 5,000걸음 뒤에는 {last:.2f}배다. 그러나 초반의 "
        "걸음은 짧아진다. 기본값의 β에서 보정하지 않으면 처음에 {first:.2f}배, {at}걸음째에 "
        "{longest:.2f}배다. 손글씨 숫자에서 α = {lr:g}일 때 처음 30걸음의 손실은, 보정하면 출발할 "
        "때({with:.2f})보다 커지지 않지만 보정하지 않으면 {without:.2f}까지 오른다.",
        en="m is multiplied by {m:.0f} at first and v by {v:,.0f}. After 5,000 steps the factor of "
        "v is {last:.2f}. But early steps get shorter: uncorrected, at the default β, they are "
        "{first:.2f} times as long at first and {longest:.2f} times at step {at}. In the first 30 "
        "steps on the digits at a rate of {lr:g} the loss never exceeds that of the start, "
        "{with:.2f}, with the correction. Without it, it rises to {without:.2f}.",
        over={
            "ko": "일정한 비탈 5,000걸음. 손글씨 숫자 × 학습률 {rates}개 × 시드 {seeds}개",
            "en": "a constant slope, 5,000 steps; the digits × {rates} rates × {seeds} seeds",
        },
    )


@claim(
    "7.d",
    ko="2차 모멘트가 크면 갱신 폭은 작다",
    en="a larger second moment makes a smaller update",
)
def second_moment_brakes():
    scales = np.geomspace(0.01, 1e4, 25)
    alone = -adam_without_correction(lambda w: 1.0, 0.0, 1.0, scales**2, lr=1.0)[0]
    together = -adam(lambda w: scales, 0.0, lr=1.0)[0]
    smaller = [b < 0.99 * a for steps in (alone, together) for a, b in pairwise(steps)]
    return Finding(
        share=float(np.mean(smaller)),
        numbers={
            "alone": -adam_without_correction(lambda w: 1.0, 0.0, 1.0, 100.0, lr=1.0)[0],
            "least": together.min(),
            "most": together.max(),
            "scales": scales.size,
        },
        ko="m이 그대로면 맞다. v가 100배일 때 걸음은 {alone:.2f}배다. 그래디언트가 통째로 커지면 "
        "m도 커진다. 0.01에서 10,000까지 첫 걸음은 늘 학습률의 {least:.2f}배다.",
        en="It does while m stays: at 100 times v the step is {alone:.2f} times as long. Where the "
        "whole gradient grows, m grows too: from 0.01 to 10,000 the first step is {least:.2f} "
        "times the rate.",
        over={
            "ko": "v와 그래디언트의 크기 {scales}가지(0.01~10,000), 한 걸음",
            "en": "{scales} sizes of v and of the gradient (0.01 to 10,000), one step",
        },
    )


@claim(
    "7.e",
    ko="Adam은 대부분의 상황에서 강하지만 모든 상황에서 그렇지는 않다",
    en="Adam is strong in most situations, though not in all",
)
def strong_in_most():
    reach, time = landscape_ranks()
    loss, accuracy = (one["adam"] for one in ranking())
    places = [*reach.values(), *time.values(), loss, accuracy]
    longer = patience()
    return Finding(
        share=float(np.mean([place <= 3 for place in places])),  # in the better half of six
        numbers={
            "landscapes": len(reach),
            "reach": max(reach.values()),
            "beaten": sum(place > 1 for place in reach.values()),
            "first": sum(place == 1 for place in time.values()),
            "slow": sum(place > 3 for place in time.values()),
            "loss": loss,
            "accuracy": accuracy,
            "level": sum(place == accuracy for place in ranking()[1].values()),
            "falling": reach_at()["chapter", "adam"][1],
            "sgd_falling": reach_at()["chapter", "sgd"][1],
            "steps": PATIENCE.steps,
            "rosenbrock": longer["Rosenbrock"]["momentum"],
            "beale": longer["Beale"]["momentum"],
            "own": longer["Beale"]["adam"],
            "fewest": STARTS[2] ** 2,
            "starts": STARTS[1],
            "few": ENDS.starts[2],
            "rates": RATES.size,
            "seeds": len(RACE.seeds_that_count),
        },
        ko="학습률이 일정하면, 정한 걸음 안에 전역 최적점에 닿는 출발점의 수는 지형 "
        "{landscapes}곳에서 늘 {reach}위 안이고 AdaGrad에 {beaten}곳을 내준다. 학습률을 0까지 "
        "줄이면 그림 1의 곡선에서 SGD는 {sgd_falling:.0%}, Adam은 {falling:.0%}가 닿는다. "
        "빠르기는 Beale과 Rosenbrock {first}곳에서 1위, 나머지 가운데 {slow}곳에서 4위나 5위다. "
        "{steps:,}걸음을 주면 Rosenbrock에서는 Momentum도 {rosenbrock:.0%}가 닿고, Beale에서는 "
        "Momentum {beale:.0%}, Adam {own:.0%}다. 손글씨 숫자에서 손실은 {loss}위, 새 그림의 "
        "정확도는 규칙 {level}개가 함께 {accuracy}위다.",
        en="At a constant rate Adam's rank on {landscapes} landscapes, by how many starts reach "
        "the global minimum within the steps allowed, is {reach} at worst. AdaGrad is ahead on "
        "{beaten}. At a rate that falls to 0, {sgd_falling:.0%} of SGD's starts arrive on the "
        "curve of figure 1 and {falling:.0%} of Adam's. By speed Adam is first on {first}, Beale "
        "and Rosenbrock, and fourth or fifth on {slow} of the others. In {steps:,} steps "
        "{rosenbrock:.0%} of Momentum's starts arrive on Rosenbrock too. On Beale {beale:.0%} of "
        "them do, against {own:.0%} of Adam's. On the digits Adam is number {loss} by loss. By "
        "accuracy on new images it is number {accuracy}, one of {level} rules that are level.",
        over={
            "ko": "지형 {landscapes}곳 × 출발점 {fewest}~{starts}곳 × 학습률 {rates}개. 줄인 것은 "
            "곡선 1개 × 출발점 {few}곳. 손글씨 숫자는 다른 시드 {seeds}개",
            "en": "{landscapes} landscapes × {fewest} to {starts} starts × {rates} rates; falling, "
            "1 curve × {few} starts; the digits on {seeds} other seeds",
        },
    )


@claim(
    "7.b",
    ko="β₁ = 0.9, β₂ = 0.999가 가장 좋다고 알려져 있다",
    en="β₁ = 0.9 and β₂ = 0.999 are known to be best",
)
def recommended_coefficients():
    losses, _ = coefficients()
    medians = np.median(losses, axis=-1)
    own = tuple(map(tuple.index, (BETAS.beta1, BETAS.beta2), BETAS.recommended))
    with_memory = medians[1:]  # β₁ above 0
    pair, *judged = best_pair()
    best, recommended = ([one.loss for one in ends] for ends in judged)
    better = np.array(recommended) <= best
    return Finding(
        share=float(np.mean(better)),
        numbers={
            "pairs": medians.size,
            "rank": int((medians < medians[own]).sum()) + 1,
            "beta1": pair[0],
            "beta2": pair[1],
            "with_memory": with_memory.size,
            "lowest": with_memory.min(),
            "highest": with_memory.max(),
            "without": medians[0].min(),
            "own": median(recommended),
            "best": median(best),
            "seeds": better.size,
            "won": int((~better).sum()),
            "rates": len(BETAS.rates),
            "choose": len(BETAS.seeds_that_choose),
        },
        ko="손글씨 숫자에서 {pairs}조합 가운데 {rank}위이고, 1위는 {beta1:g}와 {beta2:g}다. 고를 "
        "때 쓰지 않은 시드 {seeds}개로 다시 재면 손실의 중앙값은 권장값 {own:.3f}, 1위 {best:.3f}"
        "이고 시드 {won}개에서 1위가 낫다. 그래도 차이는 크지 않다. β₁ > 0인 {with_memory}조합이 "
        "모두 {lowest:.3f}~{highest:.3f}에 들고, β₁ = 0이면 {without:.3f} 이상이다.",
        en="On the digits this pair is number {rank} of {pairs}. The first is {beta1:g} and "
        "{beta2:g}. On {seeds} seeds that had no part in choosing, the median loss is {own:.3f} "
        "for the recommended pair and {best:.3f} for the first, which is better on {won}. But the "
        "choice matters little. The {with_memory} pairs with β₁ > 0 end at {lowest:.3f} to "
        "{highest:.3f}, those with β₁ = 0 at {without:.3f} or more.",
        over={
            "ko": "과제 하나(손글씨 숫자) × 조합 {pairs}개 × 학습률 {rates}개 × 시드 {choose}개로 "
            "고르고, 다른 시드 {seeds}개로 판정",
            "en": "one task (the digits) × {pairs} pairs × {rates} rates × {choose} seeds to "
            "choose, {seeds} other seeds to judge",
        },
    )

"""Claims of section 3.7.7: what Adam joins, and how good it is."""

from itertools import pairwise

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.adam import (
    adam_without_correction,
    coefficients,
    landscape_ranks,
    mean_of_sum,
    ranking,
    recovered,
    without_correction,
)
from udl.experiments.plans import BETAS
from udl.steps import adam


@claim(
    "7.a",
    ko="Adam은 Momentum의 생각, RMSProp의 생각, 편향 보정을 합친 것이다",
    en="Adam is Momentum's idea, RMSProp's idea and a bias correction",
)
def parts_switched_off():
    apart = recovered()
    same = [distance < 1e-6 for distances in apart.values() for distance in distances]
    return Finding(
        share=float(np.mean(same)),
        numbers={"rules": len(apart), "starts": len(same) // len(apart), "slower": mean_of_sum()},
        ko="부분을 끄면 앞의 규칙 {rules}개가 되살아난다. 출발점 {starts}곳에서 20걸음 내내 차이가 "
        "백만분의 1보다 작다. 다만 m은 합이 아니라 평균이라 속도의 {slower:.1f}배에서 멈춘다.",
        en="With parts switched off it becomes {rules} earlier rules, to a millionth over 20 steps "
        "from {starts} starts. But m is a mean, not a sum, and ends at {slower:.1f} times the "
        "velocity.",
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
    return Finding(
        share=float(np.mean(larger_and_fading)),
        numbers={"m": m[0], "v": v[0], "last": v[-1]}
        | {"first": longer[0], "longest": longer[at], "at": at + 1},
        ko="m은 {m:.0f}배, v는 {v:.0f}배로 시작해 5000걸음 뒤에는 {last:.2f}배다. 그러나 이른 "
        "걸음은 짧아진다. 보정하지 않으면 처음에 {first:.2f}배, {at}걸음째에 {longest:.2f}배다.",
        en="m is multiplied by {m:.0f} at first and v by {v:.0f}, after 5000 steps by {last:.2f}. "
        "But early steps get shorter: uncorrected they are {first:.2f} times as long at first, "
        "{longest:.2f} times at step {at}.",
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
        },
        ko="m이 그대로면 맞다. v가 100배일 때 걸음은 {alone:.2f}배다. 그래디언트가 통째로 커지면 "
        "m도 커진다. 0.01에서 10000까지 첫 걸음은 늘 학습률의 {least:.2f}배다.",
        en="It does while m stays: at 100 times v the step is {alone:.2f} times as long. Where the "
        "whole gradient grows, m grows too: from 0.01 to 10000 the first step is {least:.2f} times "
        "the rate.",
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
        },
        ko="지형 {landscapes}곳에서 전역 최적점에 닿는 출발점의 수는 늘 {reach}위 안이고 AdaGrad에 "
        "{beaten}곳을 내준다. 빠르기는 Beale과 Rosenbrock {first}곳에서 1위, 나머지 가운데 "
        "{slow}곳에서 4위나 5위다. 손글씨 숫자에서 손실은 {loss}위, 새 그림의 정확도는 "
        "{accuracy}위다.",
        en="On {landscapes} landscapes its rank is at worst {reach} by how many starts reach the "
        "global minimum, behind AdaGrad on {beaten}. By speed it is first on {first}, Beale and "
        "Rosenbrock, and fourth or fifth on {slow} of the others. On the digits it is number "
        "{loss} by loss and number {accuracy} by accuracy on new images.",
    )


@claim(
    "7.b",
    ko="β₁ = 0.9, β₂ = 0.999가 가장 좋다고 알려져 있다",
    en="β₁ = 0.9 and β₂ = 0.999 are the best known",
)
def recommended_coefficients():
    losses = coefficients()
    medians = np.median(losses, axis=-1)
    place = BETAS.beta1.index(0.9), BETAS.beta2.index(0.999)
    i, j = np.unravel_index(medians.argmin(), medians.shape)
    others = np.ones(medians.shape, dtype=bool)
    others[place] = False
    with_memory = medians[1:]  # β₁ above 0
    return Finding(
        share=float(np.mean(losses[place] <= losses[others])),
        numbers={
            "pairs": medians.size,
            "rank": int((medians < medians[place]).sum()) + 1,
            "beta1": BETAS.beta1[i],
            "beta2": BETAS.beta2[j],
            "with_memory": with_memory.size,
            "lowest": with_memory.min(),
            "highest": with_memory.max(),
            "own_lowest": losses[place].min(),
            "own_highest": losses[place].max(),
            "best_highest": losses[i, j].max(),
        },
        ko="손글씨 숫자에서 {pairs}쌍 가운데 {rank}위, 1위는 {beta1:g}와 {beta2:g}다. 그러나 골은 "
        "완만하다. β₁ > 0인 {with_memory}쌍의 손실이 {lowest:.3f}~{highest:.3f}인데, 권장값은 "
        "시드만 바꾸어도 {own_lowest:.3f}~{own_highest:.3f}다. "
        "1위는 세 시드 모두 {best_highest:.3f} 아래다.",
        en="On the digits it ranks {rank} of {pairs} pairs; the first is {beta1:g} and {beta2:g}. "
        "But the hollow is shallow: the {with_memory} pairs with β₁ > 0 end at {lowest:.3f} to "
        "{highest:.3f}, and other seeds alone move the recommended one from {own_lowest:.3f} to "
        "{own_highest:.3f}; the first stays below {best_highest:.3f}.",
    )

"""Claims of section 3.7.7: what Adam joins, and how good it is."""

from itertools import islice, pairwise

import numpy as np

from udl.claims.registry import Finding, claim
from udl.descent import iterate
from udl.experiments import digits as training
from udl.experiments.race import LANDSCAPES, race, ranks
from udl.losses import CHAPTER
from udl.steps import adagrad, adam, momentum, rmsprop, sgd

LATE = (0.0, 0.0, 10**6)  # m, v, t: at such a count β^t is 0 and nothing is left to correct


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
        numbers={"rules": len(apart), "starts": len(same) // len(apart), "slower": _mean_of_sum()},
        ko="부분을 끄면 앞의 규칙 {rules}개가 되살아난다. 출발점 {starts}곳에서 20걸음 내내 차이가 "
        "백만분의 1보다 작다. 다만 m은 합이 아니라 평균이라 속도의 {slower:.1f}배에서 멈춘다.",
        en="With parts switched off it becomes {rules} earlier rules, to a millionth over 20 steps "
        "from {starts} starts. But m is a mean, not a sum, and ends at {slower:.1f} times the "
        "velocity.",
    )


def recovered():
    """How far Adam with parts switched off strays from the rule it should be, in 20 steps.

    Returns
    -------
    dict of str to array, shape (starts,)
        The largest distance on the `CHAPTER` curve, by the rule's name.
    """
    huge, vague = 1e10, 1 - 1e-9  # an ε above all √v̂, and a β₂ that forgets nothing
    switched = {
        "rmsprop": _path(adam, *LATE, lr=0.02, beta1=0, beta2=0.99),
        "momentum": _path(adam, *LATE, lr=0.16 * huge / 0.1, eps=huge),
        "sgd": _path(adam, *LATE, lr=0.16 * huge, beta1=0, eps=huge),
        "adagrad": _path(_fading, lr=0.2, beta1=0, beta2=vague),
    }
    rules = {
        "rmsprop": _path(rmsprop, lr=0.02, gamma=0.99),
        "momentum": _path(momentum, lr=0.16, alpha=0.9),
        "sgd": _path(sgd, lr=0.16),
        "adagrad": _path(adagrad, lr=0.2),
    }
    return {rule: np.abs(switched[rule] - w).max(axis=0) for rule, w in rules.items()}


def _path(step, *state, **hyper):
    states = iterate(step, CHAPTER.grad, np.linspace(0, 10, 41), *state, **hyper)
    return np.array([w for w, *_ in islice(states, 21)])


def _fading(grad, w, m=0.0, v=0.0, t=0, *, lr, **hyper):
    """Adam at lr/√t: v̂ is the mean of t squares, h is their sum."""
    return adam(grad, w, m, v, t, lr=lr / (t + 1) ** 0.5, **hyper)


def _mean_of_sum():
    """On a constant slope, Adam's m over the velocity of Momentum at α = β₁ = 0.9."""
    m = v = 0.0
    for _ in range(300):
        _, m, _, _ = adam(lambda w: 1.0, 0.0, m, 0.0, *LATE[2:], lr=1.0)
        _, v = momentum(lambda w: 1.0, 0.0, v, lr=1.0, alpha=0.9)
    return m / -v


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


def without_correction(steps):
    """What Adam lacks, and how long its steps get, if its correction is left out.

    Parameters
    ----------
    steps : int
        How many steps to take on a slope that is 1 everywhere, where m and v should be 1.

    Returns
    -------
    m, v : array, shape (steps,)
        What they must be multiplied by to be 1.
    longer : array, shape (steps,)
        The uncorrected step over the corrected one.
    """
    lengths = []
    for state in ((0.0, 0.0, 0), LATE):
        states = list(islice(iterate(adam, lambda w: 1.0, 0.0, *state, lr=1.0), steps + 1))
        w = np.array([s[0] for s in states])
        lengths.append(-np.diff(w))
    m, v = (np.array([s[i] for s in states[1:]]) for i in (1, 2))
    return 1 / m, 1 / v, lengths[1] / lengths[0]


@claim(
    "7.d",
    ko="2차 모멘트가 크면 갱신 폭은 작다",
    en="a larger second moment makes a smaller update",
)
def second_moment_brakes():
    scales = np.geomspace(0.01, 1e4, 25)
    alone = -adam(lambda w: 1.0, 0.0, 1.0, scales**2, LATE[2], lr=1.0)[0]
    together = -adam(lambda w: scales, 0.0, lr=1.0)[0]
    smaller = [b < 0.99 * a for steps in (alone, together) for a, b in pairwise(steps)]
    return Finding(
        share=float(np.mean(smaller)),
        numbers={
            "alone": -adam(lambda w: 1.0, 0.0, 1.0, 100.0, LATE[2], lr=1.0)[0],
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
    loss, accuracy = (one["adam"] for one in training.ranking())
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


def landscape_ranks():
    """Adam's rank among the six on every landscape, each at its own best learning rate.

    Returns
    -------
    reach, time : dict of str to int
        By the landscape's name: by the share of starts that reach the global minimum, and by the
        mean number of steps.
    """
    reach, time = {}, {}
    for loss in LANDSCAPES:
        scores = race(loss).items()
        reach[loss.name] = ranks({rule: score.reach for rule, score in scores})["adam"]
        time[loss.name] = ranks({rule: score.time for rule, score in scores}, min)["adam"]
    return reach, time


@claim(
    "7.b",
    ko="β₁ = 0.9, β₂ = 0.999가 가장 좋다고 알려져 있다",
    en="β₁ = 0.9 and β₂ = 0.999 are the best known",
)
def recommended_coefficients():
    plan, losses = training.BETAS, training.coefficients()
    medians = np.median(losses, axis=-1)
    place = plan.beta1.index(0.9), plan.beta2.index(0.999)
    i, j = np.unravel_index(medians.argmin(), medians.shape)
    others = np.ones(medians.shape, dtype=bool)
    others[place] = False
    with_memory = medians[1:]  # β₁ above 0
    return Finding(
        share=float(np.mean(losses[place] <= losses[others])),
        numbers={
            "pairs": medians.size,
            "rank": int((medians < medians[place]).sum()) + 1,
            "beta1": plan.beta1[i],
            "beta2": plan.beta2[j],
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

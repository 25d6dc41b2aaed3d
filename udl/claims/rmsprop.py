"""Claims of section 3.7.6: forgetting, and a start at 0."""

import numpy as np

from udl.averages import weights
from udl.claims.registry import Finding, claim
from udl.experiments.adam import best_rates
from udl.experiments.plans import (
    EARLY,
    ESCAPE,
    FADING,
    FIGURE_14,
    FIGURE_15,
    FIRST,
    REVIVALS,
    SIZES,
)
from udl.experiments.rmsprop import (
    escapes,
    fading,
    first_on_digits,
    from_zero,
    half_life,
    on_all_curves,
    revivals,
    revived,
    until_full,
)
from udl.experiments.rounding import geomspace


@claim(
    "6.a",
    ko="지수이동평균은 옛 값을 서서히 잊지만 아주 잊지는 않는다",
    en="a moving average forgets old values gradually and never wholly",
)
def forgets_gradually():
    alphas, kept = fading()
    falls = (kept > 0).all(axis=1) & (np.diff(kept) < 0).all(axis=1)
    _, middle, slow = FIGURE_14.averages.alpha
    return Finding(
        share=float(np.mean(falls)),
        numbers={
            "half": half_life(middle),
            "long": half_life(slow),
            "hundred": kept[np.abs(alphas - middle).argmin(), -1],
            "alphas": len(alphas),
            "past": FADING.past,
        },
        ko="비중은 α(1−α)ᵏ이다. α = 0.1이면 {half:.1f}걸음, 0.01이면 {long:.0f}걸음마다 절반이 "
        "된다. α = 0.1에서 100걸음 전 값의 비중은 {hundred:.6f}이다.",
        en="The weight is α(1−α)ᵏ. It halves every {half:.1f} steps at α = 0.1 and every "
        "{long:.0f} at 0.01. At α = 0.1 a value 100 steps old has weight {hundred:.6f}.",
        over={
            "ko": "α {alphas}개 × {past}걸음. 식이 그대로 정한다",
            "en": "{alphas} α × {past} steps; the equation itself settles it",
        },
    )


@claim(
    "6.b",
    ko="RMSProp은 학습률이 사라지지 않게 하고 최근의 그래디언트를 더 중히 여긴다",
    en="RMSProp keeps the rate from vanishing and favours recent gradients",
)
def rate_revives():
    before, after = revivals()
    share = np.mean(after > before)
    rates, _, _ = revived()
    plan, (short, long, _) = FIGURE_15.shrinking, FIGURE_15.shrinking.gamma
    newest = weights(plan.steps, 1 - long)
    return Finding(
        share=float(share),
        numbers={
            "before": rates[short][plan.steep_steps - 1],
            "after": rates[short][-1],
            "summing": rates[1.0][-1],
            "share": share,
            "newest": newest[-1] / newest.sum(),
            "of_sum": 1 / plan.steps,
            "gammas": len(REVIVALS.gamma),
            "slopes": len(REVIVALS.steep_steps),
            "factors": len(REVIVALS.factors),
        },
        ko="그래디언트가 10에서 0.1로 줄면 γ = 0.9의 학습률은 {before:.4f}에서 {after:.1f}까지 "
        "되살아나고 AdaGrad는 {summing:.4f}에 머문다. 1,000걸음째 새 값의 비중은 γ = 0.99에서 "
        "{newest:.2f}, AdaGrad에서 {of_sum:.3f}이다. {share:.0%}의 경우에 맞다. h가 차기 전에 "
        "조금만 줄면 되살아나지 않는다.",
        en="When the gradient falls from 10 to 0.1, the rate at γ = 0.9 revives from {before:.4f} "
        "to {after:.1f}, while AdaGrad's stays at {summing:.4f}. At step 1,000 the newest value "
        "has weight {newest:.2f} at γ = 0.99, {of_sum:.3f} in AdaGrad. The claim is true in "
        "{share:.0%} of the cases. It fails where the gradient shrinks only a little before h has "
        "filled.",
        over={
            "ko": "정해 준 그래디언트: γ {gammas}개 × 비탈의 길이 {slopes}가지 × 줄어든 배수 "
            "{factors}가지",
            "en": "given gradients: {gammas} γ × {slopes} lengths of the slope × {factors} factors",
        },
    )


@claim(
    "6.c",
    ko="h가 0에서 출발하므로 초반의 평균은 0 쪽으로 치우친다",
    en="h starts at 0, so early averages are biased to 0",
)
def early_averages_are_small():
    gradients, steps = from_zero()
    biased = []
    for gamma, taken in steps.items():
        root = -gradients / taken  # √h, which without bias would be the gradient's size
        biased += list((root < gradients).ravel())
        biased += list(np.abs(-taken[0] - (1 - gamma) ** -0.5) < 1e-9)
    low, middle, high = steps
    h, late = until_full(1 - middle)
    return Finding(
        share=float(np.mean(biased)),
        numbers={
            "h": h[1],
            "low": -steps[low][0].mean(),
            "step": -steps[middle][0].mean(),
            "high": -steps[high][0].mean(),
            "late": late,
            "gammas": len(steps),
            "gradients": len(gradients),
            "steps": SIZES.steps,
        },
        ko="γ = 0.99에서 첫 h는 그래디언트 제곱의 {h:.0%}뿐이다. 첫 걸음은 그래디언트와 상관없이 "
        "η의 {step:.0f}배(γ = 0.9는 {low:.1f}배, 0.999는 {high:.1f}배)이고, 치우침은 "
        "{late}걸음째에야 1% 아래로 간다.",
        en="At γ = 0.99 the first h is {h:.0%} of the squared gradient. Whatever the gradient, the "
        "first step is {step:.0f} η ({low:.1f} η at γ = 0.9, {high:.1f} η at 0.999). The bias is "
        "below 1% only from step {late} on.",
        over={
            "ko": "일정한 그래디언트 {gradients}가지 × γ {gammas}개 × {steps}걸음",
            "en": "{gradients} constant gradients × {gammas} γ × {steps} steps",
        },
    )


@claim(
    "6.d",
    ko="그래서 초반에는 잘 내려가지 못하고 발산하기도 한다",
    en="therefore it descends badly early on and can even diverge",
)
def early_descent():
    near = on_all_curves(**vars(EARLY.near))
    worse = [(plain.loss[-1] > fixed.loss[-1] + 1e-6).mean(axis=0) for plain, fixed in near]
    by_rate, small = np.mean(worse, axis=0), EARLY.near.lr <= EARLY.small
    far = [plain for plain, _ in on_all_curves(**vars(EARLY.absurd))]
    after, trained = FIRST.looks.index(FIRST.after), first_on_digits()
    networks = {
        key: float((plain[:, after] > fixed[:, after]).mean())
        for key, (plain, fixed) in trained.items()
    }
    own, gamma = best_rates()["rmsprop"], FIRST.gamma[-1]
    plain, fixed = (np.median(one, axis=0) for one in trained[own, gamma])
    return Finding(
        share=float(np.mean([by_rate.mean(), *networks.values()])),
        numbers={
            "small": by_rate[small].mean(),
            "large": by_rate[-1],
            "start": plain[0],
            "peak": plain.max(),
            "fixed": fixed.max(),
            "own": own,
            "nets": np.mean([*networks.values()]),
            "diverged": sum(int((~np.isfinite(d.loss[-1])).sum()) for d in far),
            "longest": max((np.abs(np.diff(d.w, axis=0)) / d.hyper["lr"]).max() for d in far),
            "curves": len(EARLY.curves),
            "starts": EARLY.starts[-1],
            "gammas": len(EARLY.gamma),
            "rates": len(EARLY.near.lr),
            "seeds": len(FIRST.seeds),
            "tried": len(FIRST.rates),
        },
        ko="숫자 손글씨에서 RMSProp에 가장 좋은 η {own:g}로 시작하면 손실이 {start:.2f}에서 "
        "{peak:.1f}까지 오르고, 편향을 보정하면 {fixed:.2f}을 넘지 않는다. 열 걸음 뒤 보정한 "
        "쪽보다 손실이 큰 경우는 숫자 손글씨에서 {nets:.0%}, 곡선에서는 η가 0.03 이하일 때 "
        "{small:.0%}, 1일 때 {large:.0%}다. 걸음이 η의 {longest:.0f}배를 넘지 못해 곡선에서 "
        "무한대로 달아난 것은 {diverged}번이다.",
        en="On the digits, at RMSProp's best η ({own:g}), the loss climbs from {start:.2f} to "
        "{peak:.1f}. With the bias corrected it never rises above {fixed:.2f}. After ten steps the "
        "loss is higher than with the correction in {nets:.0%} of the cases on the digits. On the "
        "curves it is higher in {small:.0%} with η up to 0.03 and in {large:.0%} at η = 1. No step "
        "is longer than {longest:.0f} η, and on the curves it runs to infinity {diverged} times.",
        over={
            "ko": "곡선 {curves}개 × 출발점 {starts}개 × γ {gammas}개 × η {rates}개, "
            "숫자 손글씨 시드 {seeds}개 × γ {gammas}개 × η {tried}개",
            "en": "{curves} curves × {starts} starts × {gammas} γ × {rates} η; the digits with "
            "{seeds} seeds × {gammas} γ × {tried} η",
        },
    )


@claim(
    "6.e",
    ko="RMSProp은 학습률이 살아 있어 AdaGrad보다 지역 최적점을 더 잘 벗어난다",
    en="by keeping its rate alive RMSProp leaves local minima better than AdaGrad",
)
def leaves_local_minima():
    found, lr = escapes(), geomspace(*ESCAPE.lr)
    better = {"rmsprop": [], "corrected": []}
    for (curve, rule, _), share in found.items():
        if rule in better:
            summing = found[curve, "adagrad", 1.0]
            better[rule] += list((share > summing)[share != summing])

    def half(curve, rule, gamma):  # the smallest η at which half of the starts leave
        return lr[int(np.argmax(found[curve, rule, gamma] >= 0.5))]

    short, long = ESCAPE.gamma
    return Finding(
        share=float(np.mean(better["rmsprop"])),
        numbers={
            "share": np.mean(better["rmsprop"]),
            "fixed_share": np.mean(better["corrected"]),
            "adagrad": half("chapter", "adagrad", 1.0),
            "corrected": half("chapter", "corrected", long),
            "rmsprop": half("chapter", "rmsprop", long),
            "short": half("chapter", "rmsprop", short),
            "rugged_adagrad": half("rugged", "adagrad", 1.0),
            "rugged_corrected": half("rugged", "corrected", long),
            "rugged_rmsprop": half("rugged", "rmsprop", long),
            "differ": len(better["rmsprop"]),
            "curves": len(ESCAPE.curves),
            "starts": ESCAPE.starts[-1],
            "gammas": len(ESCAPE.gamma),
            "rates": lr.size,
        },
        ko="지역 최적점의 골짜기에 둔 출발점의 절반이 나오는 가장 작은 η는 AdaGrad {adagrad:.2f}, "
        "편향을 보정한 RMSProp {corrected:.2f}, RMSProp {rmsprop:.2f}다(rugged에서는 "
        "{rugged_adagrad:.2f}, {rugged_corrected:.2f}, {rugged_rmsprop:.2f}). 앞의 차이는 살아 "
        "있는 학습률이, 뒤의 차이는 큰 첫 걸음이 만든다. γ = 0.9이면 {short:.2f}이어서 첫 걸음의 "
        "도움이 작다. 갈리는 {differ}가지 가운데 {share:.0%}에서 AdaGrad보다 많이 나온다(보정하면 "
        "{fixed_share:.0%}).",
        en="The smallest η at which half of the starts in valleys of local minima leave is "
        "{adagrad:.2f} for AdaGrad, {corrected:.2f} for RMSProp with its bias corrected and "
        "{rmsprop:.2f} for RMSProp (rugged: {rugged_adagrad:.2f}, {rugged_corrected:.2f}, "
        "{rugged_rmsprop:.2f}). The first difference comes from the rate kept alive, the second "
        "from the large first step. At γ = 0.9 the second is small ({short:.2f}). Of {differ} "
        "cases that differ, more starts leave than with AdaGrad in {share:.0%} (corrected: "
        "{fixed_share:.0%}).",
        over={
            "ko": "곡선 {curves}개 × 출발점 {starts}개 × γ {gammas}개 × η {rates}개",
            "en": "{curves} curves × {starts} starts × {gammas} γ × {rates} η",
        },
    )

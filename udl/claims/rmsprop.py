"""Claims of section 3.7.6: forgetting, and a start at 0."""

import numpy as np

from udl.averages import weights
from udl.claims.registry import Finding, claim
from udl.experiments.plans import EARLY, FIGURE_14, FIGURE_15
from udl.experiments.rmsprop import (
    fading,
    from_zero,
    half_life,
    on_all_curves,
    revivals,
    revived,
    until_full,
)


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
        },
        ko="몫은 α(1−α)ᵏ이다. α = 0.1이면 {half:.1f}걸음, 0.01이면 {long:.0f}걸음마다 절반이 된다. "
        "α = 0.1에서 100걸음 전 값의 몫은 {hundred:.6f}이다.",
        en="The weight is α(1−α)ᵏ. It halves every {half:.1f} steps at α = 0.1 and every "
        "{long:.0f} at 0.01; at α = 0.1 a value 100 steps old has weight {hundred:.6f}.",
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
        },
        ko="그래디언트가 10에서 0.1로 줄면 γ = 0.9의 학습률은 {before:.4f}에서 {after:.1f}까지 "
        "되살아나고 AdaGrad는 {summing:.4f}에 머문다. 1,000걸음째 새 값의 몫은 γ = 0.99에서 "
        "{newest:.2f}, AdaGrad에서 {of_sum:.3f}이다. {share:.0%}의 경우에 맞다. h가 차기 전에 "
        "조금만 줄면 되살아나지 않는다.",
        en="When the gradient falls from 10 to 0.1 the rate at γ = 0.9 revives from {before:.4f} "
        "to {after:.1f}; AdaGrad's stays at {summing:.4f}. At step 1,000 the newest value has "
        "weight {newest:.2f} at γ = 0.99, {of_sum:.3f} in AdaGrad. True in {share:.0%} of the "
        "cases, not where the gradient shrinks little before h has filled.",
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
        },
        ko="γ = 0.99에서 첫 h는 그래디언트 제곱의 {h:.0%}뿐이다. 첫 걸음은 그래디언트와 상관없이 "
        "η의 {step:.0f}배(γ = 0.9는 {low:.1f}배, 0.999는 {high:.1f}배)이고, 치우침은 "
        "{late}걸음째에야 1% 아래로 간다.",
        en="At γ = 0.99 the first h is {h:.0%} of the squared gradient. Whatever the gradient, the "
        "first step is {step:.0f} η ({low:.1f} η at γ = 0.9, {high:.1f} η at 0.999); the bias is "
        "below 1% only from step {late} on.",
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
    return Finding(
        share=float(by_rate.mean()),
        numbers={
            "small": by_rate[small].mean(),
            "large": by_rate[-1],
            "diverged": sum(int((~np.isfinite(d.loss[-1])).sum()) for d in far),
            "longest": max((np.abs(np.diff(d.w, axis=0)) / d.hyper["lr"]).max() for d in far),
        },
        ko="열 걸음 뒤 편향을 보정한 것보다 손실이 큰 경우는 η가 0.03 이하일 때 {small:.0%}, "
        "1일 때 {large:.0%}다. 무한대로 발산한 경우는 {diverged}번이다. 걸음이 η의 "
        "{longest:.0f}배를 넘지 못하고 곡선이 양쪽에서 다시 올라가기 때문이다.",
        en="After ten steps its loss is above that of the corrected rule in {small:.0%} of the "
        "cases with η up to 0.03 and in {large:.0%} at η = 1. It diverges {diverged} times: no "
        "step is longer than {longest:.0f} η, and the curve rises again on either side.",
    )

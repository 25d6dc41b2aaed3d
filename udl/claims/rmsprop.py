"""Claims of section 3.7.6: forgetting, and a start at 0."""

from itertools import product

import numpy as np

from udl.averages import ema, weights
from udl.claims.registry import Finding, claim
from udl.descent import steps_under
from udl.experiments.rates import slope_then_plain, with_and_without_correction
from udl.losses import CHAPTER, OVERSHOOT, RUGGED
from udl.steps import adagrad, rmsprop


@claim(
    "6.a",
    ko="지수이동평균은 옛 값을 서서히 잊지만 아주 잊지는 않는다",
    en="a moving average forgets old values gradually and never wholly",
)
def forgets_gradually():
    # what is left of a single 1 as time goes on: the average of 1, 0, 0, 0, …
    impulse = np.eye(1, 101)[0]
    kept = [ema(impulse, alpha)[1:] for alpha in np.linspace(0.01, 0.99, 99)]
    fading = [((past > 0).all() and (np.diff(past) < 0).all()) for past in kept]
    return Finding(
        share=float(np.mean(fading)),
        numbers={
            "half": np.log(0.5) / np.log(0.9),
            "long": np.log(0.5) / np.log(0.99),
            "hundred": kept[9][100],
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
    revived = []
    for gamma, steep_steps in product((0.9, 0.99, 0.999), (50, 200, 1000)):
        gentle = 10.0 / np.array([1.1, 2, 5, 10, 20, 50, 100, 1000])
        gradients = slope_then_plain(10.0, gentle, steep_steps, steep_steps + 950)
        rate = -steps_under(rmsprop, gradients, lr=1.0, gamma=gamma) / gradients
        revived += list(rate[-1] > rate[steep_steps - 1])
    gradients = slope_then_plain(10.0, 0.1, 50, 1000)
    forgetting = -steps_under(rmsprop, gradients, lr=1.0, gamma=0.9) / gradients
    summing = -steps_under(adagrad, gradients, lr=1.0) / gradients
    share = np.mean(revived)
    newest = weights(1000, 1 - 0.99)
    return Finding(
        share=float(share),
        numbers={
            "before": forgetting[49],
            "after": forgetting[-1],
            "summing": summing[-1],
            "share": share,
            "newest": newest[-1] / newest.sum(),
            "of_sum": 1 / 1000,
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
    gammas, gradients = (0.9, 0.99, 0.999), np.geomspace(1e-3, 1e3, 7)
    first, biased = {}, []
    for gamma in gammas:
        steps = steps_under(rmsprop, np.tile(gradients, (50, 1)), lr=1.0, gamma=gamma, eps=0)
        root = -gradients / steps  # √h, which without bias would be the gradient's size
        first[gamma] = -steps[0]
        biased += list((root < gradients).ravel())
        biased += list(np.abs(first[gamma] - (1 - gamma) ** -0.5) < 1e-9)
    h = ema(np.ones(1000), 1 - 0.99)
    return Finding(
        share=float(np.mean(biased)),
        numbers={
            "h": h[1],
            "low": first[0.9].mean(),
            "step": first[0.99].mean(),
            "high": first[0.999].mean(),
            "late": int(np.argmax(h > 0.99)),
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
    curves, starts = (CHAPTER, RUGGED, OVERSHOOT), np.linspace(0, 10, 51)[:, None]
    rates = np.array([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0])
    wide, worse, diverged, longest = np.geomspace(1e-3, 1e3, 13), [], 0, 0.0
    for curve, gamma in product(curves, (0.9, 0.99)):
        w = starts + np.zeros(rates.size)
        plain, fixed = with_and_without_correction(curve, w, 10, lr=rates, gamma=gamma)
        worse.append((plain.loss[-1] > fixed.loss[-1] + 1e-6).mean(axis=0))
        w = starts + np.zeros(wide.size)
        far, _ = with_and_without_correction(curve, w, 100, lr=wide, gamma=gamma)
        diverged += int((~np.isfinite(far.loss[-1])).sum())
        longest = max(longest, float((np.abs(np.diff(far.w, axis=0)) / wide).max()))
    by_rate = np.mean(worse, axis=0)
    return Finding(
        share=float(by_rate.mean()),
        numbers={
            "small": by_rate[rates < 0.05].mean(),
            "large": by_rate[-1],
            "diverged": diverged,
            "longest": longest,
        },
        ko="열 걸음 뒤 편향을 보정한 것보다 손실이 큰 경우는 η가 0.03 이하일 때 {small:.0%}, "
        "1일 때 {large:.0%}다. 무한대로 발산한 경우는 {diverged}번이다. 걸음이 η의 "
        "{longest:.0f}배를 넘지 못하고 곡선이 양쪽에서 다시 올라가기 때문이다.",
        en="After ten steps its loss is above that of the corrected rule in {small:.0%} of the "
        "cases with η up to 0.03 and in {large:.0%} at η = 1. It diverges {diverged} times: no "
        "step is longer than {longest:.0f} η, and the curve rises again on either side.",
    )

"""Claims of section 3.7.2: mini-batches and the learning rate."""

from itertools import combinations

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.digits import median
from udl.experiments.plans import (
    COST,
    EPOCHS,
    EXTREMES,
    LINE,
    QUADRATICS,
    SPREAD,
    TARGETS,
    TRAININGS,
    WIDTHS,
)
from udl.experiments.sgd import (
    STARTS,
    biases,
    borders,
    extremes,
    line_samples,
    line_scatter,
    on_quadratics,
    samples,
    scatter,
    widths,
)


@claim(
    "2.a",
    ko="미니 배치는 전체 데이터를 대표한다",
    en="a mini-batch stands for the whole data set",
)
def mini_batch_for_all():
    trained = [scatter(), *(scatter(seed, TRAININGS.sizes) for seed in TRAININGS.seeds)]
    ends = [list(found.values())[:: len(SPREAD.epochs) - 1] for found in trained]  # first and last
    sizes, small = np.array(SPREAD.sizes), 100  # up to which dealing without replacement is little
    few = sizes <= small
    slopes = [np.polyfit(np.log(sizes[few]), np.log(one.measured[few]), 1)[0] for one in ends[0]]
    at = [SPREAD.sizes.index(30), *[TRAININGS.sizes.index(30)] * len(TRAININGS.seeds)]
    starts, lates = (
        [pair[i].measured[k] / pair[i].full for pair, k in zip(ends, at, strict=True)]
        for i in (0, 1)
    )
    uphill = [1 - late.downhill[0] for _, late in ends]
    _, wrong = zip(*map(line_scatter, LINE.places), strict=True)
    cases = [one.downhill for found in trained for one in found.values()]
    return Finding(
        share=float(np.concatenate([*cases, *(1 - off for off in wrong)]).mean()),
        numbers={
            "bias": max(biases()),
            "slope": -float(np.mean(slopes)),
            "start": min(starts),
            "starts": max(starts),
            "late": min(lates),
            "lates": max(lates),
            "one": min(uphill),
            "ones": max(uphill),
            "line": float(wrong[-1][LINE.sizes.index(25)]),
            "epochs": max(SPREAD.epochs),
            "trainings": len(trained),
            "moments": len(SPREAD.epochs),
            "sizes": len(SPREAD.sizes),
            "places": len(LINE.places),
            "draws": LINE.draws,
        },
        ko="치우침 없이, 크기의 {slope:.2f}제곱에 반비례해 흩어진다. 30개가 벗어난 폭은 처음에 "
        "전체 그래디언트의 {start:.1f}~{starts:.1f}배, {epochs}에폭 뒤 {late:.1f}~{lates:.1f}배다. "
        "그때 한 개짜리의 {one:.0%}~{ones:.0%}는 오르막을 가리킨다. 직선을 맞출 때도 바닥 곁에서는 "
        "25개짜리의 {line:.0%}가 그렇다.",
        en="Their gradients have no bias, and scatter as one over their size to the power "
        "{slope:.2f}. Those of 30 images are off by {start:.1f} to {starts:.1f} times the full "
        "gradient at first, and by {late:.1f} to {lates:.1f} times after {epochs} epochs. By then "
        "{one:.0%} to {ones:.0%} of single images point uphill. When a line is fitted, {line:.0%} "
        "of mini-batches of 25 do so near the bottom.",
        over={
            "ko": "신경망 학습 {trainings}번(시드)의 시점 {moments}개 × 배치 크기 {sizes}가지"
            "(두 번은 2가지), 직선의 자리 {places}곳 × 5가지 × {draws:,}번",
            "en": "{trainings} trainings (seeds) of a network at {moments} moments × {sizes} sizes "
            "(2 in two of them), a line at {places} places × 5 sizes × {draws:,} draws",
        },
    )


@claim(
    "2.b",
    ko="미니 배치는 한 번의 갱신에 드는 계산을 크게 줄인다",
    en="a mini-batch cuts the cost of an iteration",
)
def cheaper_iterations():
    *minis, full = sorted(EPOCHS)
    cost = {size: samples(size) for size in EPOCHS}
    *fews, whole = line_samples().values()
    cheaper = [cost[size] < cost[full] for size in minis] + [few < whole for few in fews]
    middle = TARGETS.index(COST.target)
    medians = {f"at{size}": median(cost[size][:, middle]) for size in EPOCHS}
    return Finding(
        share=float(np.concatenate(cheaper, axis=None).mean()),
        numbers={
            **medians,
            "target": COST.target,
            "share": 15 / full,
            "line": float(np.max([few / whole for few in fews])),
            "sizes": len(EPOCHS),
            "targets": len(TARGETS),
            "seeds": len(COST.seeds_that_count),
            "few": len(fews) + 1,
            "rates": len(LINE.cost.lr),
        },
        ko="15개씩이면 갱신 하나의 계산이 {share:.0%}다. 갱신은 많아지지만 손실 {target}까지 잰 "
        "표본은 전체 {at1500:,.0f}개, 150개씩 {at150:,.0f}개, 15개씩 {at15:,.0f}개, 1개씩 "
        "{at1:,.0f}개다. 직선을 맞출 때도 전체의 {line:.0%}를 넘지 않는다.",
        en="With 15 images an update costs {share:.0%} of a full one. More updates are needed, and "
        "yet a loss of {target} takes {at1500:,.0f} images with all at once, {at150:,.0f} with "
        "150, {at15:,.0f} with 15 and {at1:,.0f} with 1 at a time. When a line is fitted, "
        "mini-batches cost at most {line:.0%} of the whole.",
        over={
            "ko": "신경망: 배치 크기 {sizes}가지 × 손실 {targets}가지 × 시드 {seeds}개, 저마다 "
            "가장 좋은 학습률(다른 시드로 고름). 직선: 크기 {few}가지 × 학습률 {rates}개 × 시드 "
            "{seeds}개",
            "en": "a network: {sizes} sizes × {targets} losses × {seeds} seeds, each at its best "
            "rate (chosen on another seed); a line: {few} sizes × {rates} rates × {seeds} seeds",
        },
    )


@claim(
    "2.c",
    ko="그래디언트가 같으면 갱신 폭은 학습률에 비례한다",
    en="at the same gradient the length of a step is proportional to the learning rate",
)
def width_follows_rate():
    rates, errors = np.geomspace(*WIDTHS.lr), []
    for found in widths().values():
        pairs = zip(combinations(rates, 2), combinations(found, 2), strict=True)
        errors += [abs((wider / wide) / (b / a) - 1) for (a, b), (wide, wider) in pairs]
    return Finding(
        share=float(np.mean(np.array(errors) < 1e-9)),
        numbers={
            "pairs": len(errors),
            "most": rates[-1] / rates[0],
            "starts": len(STARTS),
            "rates": len(rates),
        },
        ko="학습률을 둘씩 견준 {pairs}번 모두 폭의 비가 학습률의 비와 같다. {most:,.0f}배까지 "
        "그렇다.",
        en="In {pairs} pairs of rates the ratio of the steps is that of the rates, up to "
        "{most:,.0f}.",
        over={
            "ko": "곡선 1개(시작점 {starts}개)와 신경망 × 학습률 {rates}개 가운데 둘씩. 식에서 "
            "바로 나온다",
            "en": "a curve ({starts} starts) and a network × any two of {rates} rates; it follows "
            "from the equation",
        },
    )


@claim(
    "2.d",
    ko="학습률이 너무 작으면 지역 최적점에 갇히고, 너무 크면 튀거나 무한대로 발산한다",
    en="too small a rate gets stuck in a local minimum, too large a one bounces or diverges",
)
def too_small_too_large():
    curves = EXTREMES.curves
    found = {loss.name: extremes(loss) for loss in curves}
    cases = [on_quadratics()]
    numbers = {"curves": len(curves), "starts": len(STARTS), "bowls": len(QUADRATICS.curvature)}
    for loss in curves:
        one, (_, highest, far) = found[loss.name], borders(loss)
        cases += [one["stuck"], one["bounces"], one["diverges"] | one["stays"]]
        numbers |= {f"{loss.name}_{name}": float(share.mean()) for name, share in one.items()}
        numbers |= {f"{loss.name}_highest": highest, f"{loss.name}_far": far}
    plan = EXTREMES
    numbers["rates"] = plan.small.rates + plan.large.rates + len(plan.beyond.times)
    numbers["bounces"] = min(one["bounces"].mean() for one in found.values())
    return Finding(
        share=float(np.concatenate(cases, axis=None).mean()),
        numbers=numbers,
        ko="작은 학습률로는 출발점의 {chapter_stuck:.0%}(chapter), {rugged_stuck:.0%}(rugged), "
        "{overshoot_stuck:.0%}(overshoot)가 갇힌다. 모든 바닥의 2/곡률({chapter_highest:.2f}, "
        "{rugged_highest:.2f}, {overshoot_highest:.2f})보다 크면 {bounces:.0%}가 멈추지 못한다. "
        "멀리서 잰 2/곡률({chapter_far:.2f}, {rugged_far:.2f}, {overshoot_far:.2f})보다 크면 "
        "{chapter_diverges:.0%}, {rugged_diverges:.0%}, {overshoot_diverges:.0%}가 발산하고 "
        "나머지는 튄다.",
        en="At small rates {chapter_stuck:.0%} (chapter), {rugged_stuck:.0%} (rugged) and "
        "{overshoot_stuck:.0%} (overshoot) of the starts get stuck. Above 2/curvature of every "
        "minimum ({chapter_highest:.2f}, {rugged_highest:.2f}, {overshoot_highest:.2f}) "
        "{bounces:.0%} never settle. Above 2/curvature measured far out ({chapter_far:.2f}, "
        "{rugged_far:.2f}, {overshoot_far:.2f}) {chapter_diverges:.0%}, {rugged_diverges:.0%} and "
        "{overshoot_diverges:.0%} diverge, and the others bounce.",
        over={
            "ko": "곡선 {curves}개 × 시작점 {starts}개 × 학습률 {rates}개, 포물선 {bowls}개",
            "en": "{curves} curves × {starts} starts × {rates} rates, {bowls} parabolas",
        },
    )

"""Claims of section 3.7.2: mini-batches and the learning rate."""

from itertools import combinations

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.digits import median
from udl.experiments.plans import COST, SPREAD, TARGETS, WIDTHS
from udl.experiments.sgd import biases, borders, extremes, on_quadratics, samples, scatter, widths


@claim(
    "2.a",
    ko="미니 배치는 전체 데이터를 대표한다",
    en="a mini-batch stands for the whole data set",
)
def mini_batch_for_all():
    sizes, found = np.array(SPREAD.sizes), scatter()
    start, *_, late = found.values()
    small = sizes <= 100  # where dealing without replacement hardly counts
    slopes = [
        np.polyfit(np.log(sizes[small]), np.log(s.measured[small]), 1)[0] for s in (start, late)
    ]
    (thirty,) = np.flatnonzero(sizes == 30)
    return Finding(
        share=float(np.mean([one.downhill for one in found.values()])),
        numbers={
            "bias": max(biases()),
            "slope": -float(np.mean(slopes)),
            "start": start.measured[thirty] / start.full,
            "late": late.measured[thirty] / late.full,
            "one": 1 - late.downhill[0],
            "epochs": max(found),
        },
        ko="치우침 없이, 크기의 {slope:.2f}제곱에 반비례해 흩어진다. 30개가 벗어난 폭은 처음에 "
        "전체 그래디언트의 {start:.1f}배, {epochs}에폭 뒤에 {late:.1f}배다. 그때 한 개짜리의 "
        "{one:.0%}는 오르막을 가리킨다.",
        en="Without bias they scatter as one over their size to the power {slope:.2f}. Thirty are "
        "off by {start:.1f} times the full gradient at first and by {late:.1f} times after "
        "{epochs} epochs, when {one:.0%} of single images point uphill.",
    )


@claim(
    "2.b",
    ko="미니 배치는 한 번의 갱신에 드는 계산을 크게 줄인다",
    en="a mini-batch cuts the cost of an iteration",
)
def cheaper_iterations():
    *minis, full = COST.sizes
    cost = {size: samples(size) for size in COST.sizes}
    cheaper = [cost[size] < cost[full] for size in minis]
    middle = TARGETS.index(COST.target)
    medians = [median(cost[size][:, middle]) for size in COST.sizes]
    return Finding(
        share=float(np.mean(cheaper)),
        numbers={
            **dict(zip(("small", "middle", "all"), medians, strict=True)),
            "target": COST.target,
            "share": minis[0] / full,
        },
        ko="15개씩이면 갱신 하나의 계산이 {share:.0%}다. 갱신은 많아지지만 손실 {target}까지 잰 "
        "표본은 전체 {all:,.0f}개, 150개씩 {middle:,.0f}개, 15개씩 {small:,.0f}개다.",
        en="At 15 images an update costs {share:.0%} of a full one. It takes more of them, yet a "
        "loss of {target} costs {all:,.0f} images at 1,500 a time, {middle:,.0f} at 150 and "
        "{small:,.0f} at 15.",
    )


@claim(
    "2.c",
    ko="그래디언트가 같으면 갱신 폭은 학습률에 비례한다",
    en="at the same gradient the width of the update is proportional to the learning rate",
)
def width_follows_rate():
    rates, errors = np.geomspace(*WIDTHS.lr), []
    for found in widths().values():
        pairs = zip(combinations(rates, 2), combinations(found, 2), strict=True)
        errors += [abs((wider / wide) / (b / a) - 1) for (a, b), (wide, wider) in pairs]
    return Finding(
        share=float(np.mean(np.array(errors) < 1e-9)),
        numbers={"pairs": len(errors), "most": rates[-1] / rates[0]},
        ko="학습률의 짝 {pairs}개에서 폭의 비가 학습률의 비와 같다. {most:,.0f}배까지 그렇다.",
        en="In {pairs} pairs of rates the ratio of the widths is that of the rates, up to "
        "{most:,.0f}.",
    )


@claim(
    "2.d",
    ko="학습률이 너무 작으면 지역 최적점에 갇히고, 너무 크면 튀거나 무한대로 발산한다",
    en="too small a rate gets stuck in a local minimum, too large a one bounces or diverges",
)
def too_small_too_large():
    found, (_, highest, far) = extremes(), borders()
    cases = [*found.values(), on_quadratics()]
    return Finding(
        share=float(np.concatenate(cases, axis=None).mean()),
        numbers={
            **{name: float(cases.mean()) for name, cases in found.items()},
            "highest": highest,
            "far": far,
        },
        ko="작은 학습률로는 출발점의 {stuck:.0%}가 갇힌다. {highest:.2f}보다 크면 {bounces:.0%}가 "
        "멈추지 못하고, {far:.2f}보다 크면 {diverges:.0%}가 발산한다. 두 값 모두 2/곡률이다.",
        en="At small rates {stuck:.0%} of the starts get stuck. Above {highest:.2f} {bounces:.0%} "
        "never settle, above {far:.2f} {diverges:.0%} diverge. Both limits are 2/curvature.",
    )

"""Claims of section 3.7.1: minima, and the dilemma of the learning rate."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.maps import ends
from udl.experiments.minima import RATES, beside, places, second_try, sweeps
from udl.experiments.plans import CURVES, DILEMMA

STARTS = DILEMMA.starts[-1]  # how many
FEWER = CURVES.constant.starts[-1], CURVES.constant.lr[-1]  # starts and rates on a random curve
OVER = {
    "ko": f"곡선 {{curves}}개 × 출발점 {STARTS}개 × 학습률 {len(RATES)}개",
    "en": f"{{curves}} curves × {STARTS} starts × {len(RATES)} rates",
}


@claim(
    "1.a",
    ko="학습률이 작으면 지역 최적점에 닿은 하강은 거기서 끝난다",
    en="at a small learning rate a descent that reaches a local minimum stays there",
)
def stays_in_a_local_minimum():
    stays, trapped = [], []
    for sweep in sweeps():
        local = places(sweep.loss, "local")
        w = beside(sweep, RATES).w[local]
        at = np.array([[sweep.loss.minima[i].w] for i in local])
        below = sweep.limits[local, None] > RATES  # the rates that this minimum holds
        stays.append((np.abs(w - at) < 0.01)[below])
        trapped.append(np.isin(ends(sweep.loss, sweep.walked)[:, sweep.small], local).mean())
    stays = np.concatenate(stays)
    return Finding(
        share=stays.mean(),
        numbers={
            "cases": stays.size,
            "curves": len(trapped),
            "chapter": trapped[0],
            "rugged": trapped[1],
            "overshoot": trapped[2],
        },
        ko="학습률이 2/곡률보다 작은 {cases:,}가지에서 모두 머문다. 모든 최적점의 2/곡률보다 "
        "작으면 출발점의 {chapter:.0%}(chapter), {rugged:.0%}(rugged), {overshoot:.0%}(overshoot)가"
        " 지역 최적점에 갇힌다.",
        en="It stays in all {cases:,} cases below 2/curvature. At rates below 2/curvature of every "
        "minimum {chapter:.0%} (chapter), {rugged:.0%} (rugged) and {overshoot:.0%} (overshoot) of "
        "the starts end in a local one.",
        over=OVER,
    )


@claim(
    "1.b",
    ko="학습률이 너무 크면 그래디언트가 작아도 수렴하지 못한다",
    en="at too large a learning rate it fails to converge even under small gradients",
)
def too_large_never_settles():
    settled, slopes = [], []
    for sweep in sweeps():
        # whatever the twin did: above the limits no walk may stand still, not even by chance
        swept = ends(sweep.loss, sweep.walked, magnified=np.inf)[:, sweep.large]
        started_beside = ends(sweep.loss, beside(sweep, RATES[sweep.large]))
        settled += [(swept >= 0).ravel(), (started_beside >= 0).ravel()]
        slopes += [
            abs(sweep.loss.grad(minimum.w + DILEMMA.beside)) for minimum in sweep.loss.minima
        ]
    settled = np.concatenate(settled)
    chapter, rugged, overshoot = (sweep.limits.max() for sweep in sweeps())
    return Finding(
        share=np.mean(~settled),
        numbers={
            "chapter": chapter,
            "rugged": rugged,
            "overshoot": overshoot,
            "curves": len(sweeps()),
            "cases": settled.size,
            "slope": max(slopes),
        },
        ko="모든 최적점의 2/곡률보다 크면(chapter {chapter:.2f}, rugged {rugged:.2f}, overshoot "
        "{overshoot:.2f}) {cases:,}번 가운데 한 번도 멈추지 않는다. 최적점 곁, 그래디언트 "
        "{slope:.2f} 이하에서 떠나도 그렇다.",
        en="Above 2/curvature of every minimum (chapter {chapter:.2f}, rugged {rugged:.2f}, "
        "overshoot {overshoot:.2f}) none of {cases:,} descents settles, even from beside a minimum "
        "with a gradient of {slope:.2f}.",
        over=OVER,
    )


@claim(
    "1.c",
    ko="학습률 하나로는 다 되지 않는다. 딜레마가 있다",
    en="no single learning rate serves: there is a dilemma",
)
def no_rate_serves_every_start():
    best = [sweep.shares[places(sweep.loss, "global")[0]].max() for sweep in sweeps()]
    random = second_try()
    curves, fails = len(best) + random.curves, sum(bool(share < 1) for share in best)
    fails += random.curves - random.served
    return Finding(
        share=fails / curves,
        numbers={
            "curves": curves,
            "fails": fails,
            "random": random.curves,
            "chapter": best[0],
            "rugged": best[1],
            "overshoot": best[2],
        },
        ko="일정한 학습률로는 곡선 {curves}개 가운데 {fails}개에서 모든 출발점이 전역 최적점에 "
        "닿지 못한다. 가장 좋은 학습률이 {chapter:.0%}(chapter), {rugged:.0%}(rugged), "
        "{overshoot:.0%}(overshoot)를 데려간다.",
        en="On {fails} of {curves} curves no constant rate takes every start to the global "
        "minimum. The best rate takes {chapter:.0%} (chapter), {rugged:.0%} (rugged) and "
        "{overshoot:.0%} (overshoot) of them.",
        over={
            "ko": f"곡선 3개(출발점 {STARTS}개 × 학습률 {len(RATES)}개)와 무작위 곡선 {{random}}개"
            f"({FEWER[0]}개 × {FEWER[1]}개)",
            "en": f"3 curves ({STARTS} starts × {len(RATES)} rates) and {{random}} random curves "
            f"({FEWER[0]} × {FEWER[1]})",
        },
    )

"""Claims of section 3.7.1: minima, and the dilemma of the learning rate."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.maps import ends
from udl.experiments.minima import RATES, beside, places, sweeps
from udl.experiments.plans import DILEMMA


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
        numbers={"cases": stays.size, "chapter": trapped[0], "rugged": trapped[1]},
        ko="학습률이 2/곡률보다 작은 {cases}가지에서 모두 머문다. 모든 최적점의 2/곡률보다 작으면 "
        "출발점의 {chapter:.0%}(chapter), {rugged:.0%}(rugged)가 지역 최적점에 갇힌다.",
        en="It stays in all {cases} cases below 2/curvature. At rates below that of every minimum "
        "{chapter:.0%} (chapter) and {rugged:.0%} (rugged) of the starts end in a local one.",
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
    chapter, rugged = (sweep.limits.max() for sweep in sweeps())
    return Finding(
        share=np.mean(~settled),
        numbers={
            "chapter": chapter,
            "rugged": rugged,
            "cases": settled.size,
            "slope": max(slopes),
        },
        ko="모든 최적점의 2/곡률보다 크면(chapter {chapter:.2f}, rugged {rugged:.2f}) {cases:,}번 "
        "가운데 한 번도 멈추지 않는다. 최적점 곁, 그래디언트 {slope:.2f} 이하에서 떠나도 그렇다.",
        en="Above 2/curvature of every minimum (chapter {chapter:.2f}, rugged {rugged:.2f}) none "
        "of {cases:,} descents settles, even from beside a minimum with a gradient of {slope:.2f}.",
    )


@claim(
    "1.c",
    ko="학습률 하나로는 다 되지 않는다. 딜레마가 있다",
    en="no single learning rate serves: there is a dilemma",
)
def no_rate_serves_every_start():
    shares = [
        np.isin(ends(s.loss, s.walked), places(s.loss, "global")).mean(axis=0) for s in sweeps()
    ]
    return Finding(
        share=np.mean([share < 1 for share in shares]),
        numbers={
            "rates": len(RATES),
            "chapter": shares[0].max(),
            "rugged": shares[1].max(),
        },
        ko="학습률 {rates}가지 가운데 모든 출발점을 전역 최적점으로 데려간 것은 없다. 가장 좋은 "
        "학습률도 {chapter:.0%}(chapter), {rugged:.0%}(rugged)에 그친다.",
        en="None of {rates} rates takes every start to the global minimum; the best takes "
        "{chapter:.0%} (chapter) and {rugged:.0%} (rugged).",
    )

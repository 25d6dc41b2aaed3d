"""Claims of section 3.7.2: mini-batches and the learning rate."""

from itertools import combinations, islice

import numpy as np

from udl import network
from udl.claims.registry import Finding, claim
from udl.descent import iterate, quiet
from udl.experiments.digits import best_rate_of_size, course, median, scatter, task
from udl.experiments.plans import COST, SPREAD
from udl.losses import CHAPTER
from udl.steps import sgd

STARTS = np.linspace(*CHAPTER.domain[0], 101)
TARGETS = (1.0, COST.target, 0.25)


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


def biases():
    """How far the mean of an epoch's mini-batches is from the full gradient, for each size.

    Returns
    -------
    list of float
        Relative to the full gradient's length, at a random start.
    """
    x, y, w = task().x, task().y, network.init(seed=0)
    full = network.grad(w, x, y)
    means = [
        np.mean([network.grad(w, a, b) for a, b in _dealt(x, y, size)], axis=0)
        for size in SPREAD.sizes
    ]
    return [float(np.linalg.norm(mean - full) / np.linalg.norm(full)) for mean in means]


def _dealt(x, y, size):
    parts = len(x) // size
    return zip(np.split(x, parts), np.split(y, parts), strict=True)


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


def samples(size):
    """How many samples SGD measures with mini-batches of a size, at their best rate.

    Returns
    -------
    array, shape (seeds, targets)
        Down to each loss of `TARGETS`.
    """
    runs = [course(size, best_rate_of_size(size), seed) for seed in COST.seeds_that_count]
    return np.array([[run.samples_to(target) for target in TARGETS] for run in runs])


@claim(
    "2.c",
    ko="그래디언트가 같으면 갱신 폭은 학습률에 비례한다",
    en="at the same gradient the width of the update is proportional to the learning rate",
)
def width_follows_rate():
    rates, data = np.geomspace(0.001, 10, 9), task()
    places = {
        "curve": (CHAPTER.grad, STARTS),
        "digits": (lambda w: network.grad(w, data.x, data.y), network.init(seed=0)),
    }
    errors = []
    for grad, w in places.values():
        widths = [np.linalg.norm(sgd(grad, w, lr=lr) - w) for lr in rates]
        for (a, b), (wide, wider) in zip(
            combinations(rates, 2), combinations(widths, 2), strict=True
        ):
            errors.append(abs((wider / wide) / (b / a) - 1))
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
    lowest, highest, far = limits()
    stuck = stuck_share(np.geomspace(0.01, 0.9 * lowest, 5))
    before, w = _last_two(np.geomspace(1.05 * highest, 0.95 * far, 9), 1000)
    bounces = np.abs(w - before) > 1e-6
    _, w = _last_two(np.array([1.2, 1.5, 2.0]) * far, 3000)
    diverges = ~np.isfinite(w)
    cases = [*stuck.ravel(), *bounces.ravel(), *diverges.ravel(), *on_quadratics()]
    return Finding(
        share=float(np.mean(cases)),
        numbers={
            "stuck": float(stuck.mean()),
            "bounces": float(bounces.mean()),
            "diverges": float(diverges.mean()),
            "highest": highest,
            "far": far,
        },
        ko="작은 학습률로는 출발점의 {stuck:.0%}가 갇힌다. {highest:.2f}보다 크면 {bounces:.0%}가 "
        "멈추지 못하고, {far:.2f}보다 크면 {diverges:.0%}가 발산한다. 두 값 모두 2/곡률이다.",
        en="At small rates {stuck:.0%} of the starts get stuck. Above {highest:.2f} {bounces:.0%} "
        "never settle, above {far:.2f} {diverges:.0%} diverge. Both limits are 2/curvature.",
    )


def limits():
    """2/curvature on the `CHAPTER` curve: in its narrowest and widest valley, and far outside."""
    bottoms = np.array([minimum.w for minimum in CHAPTER.minima])
    held = CHAPTER.rate_limit(bottoms)
    return float(min(held)), float(max(held)), float(CHAPTER.rate_limit(1000.0, width=1.0))


def stuck_share(rates):
    """Whether SGD ends in a minimum that is not the global one: array, shape (starts, rates)."""
    _, w = _last_two(rates, 2000)
    minima = np.array([minimum.w for minimum in CHAPTER.minima])
    local = ~np.isin(minima, CHAPTER.goals)
    away = np.abs(w[..., None] - minima)
    return (away.min(axis=-1) < 1e-3) & local[away.argmin(axis=-1)]


def _last_two(rates, steps):
    with quiet():
        walk = iterate(sgd, CHAPTER.grad, STARTS[:, None], lr=rates)
        (before,), (w,) = islice(walk, steps - 1, steps + 1)
    return before, w


def on_quadratics():
    """Whether SGD on L = cW²/2 comes down below lr = 2/c and flies off above, for many c and lr."""
    found = []
    for c in (0.1, 1.0, 10.0, 100.0):
        for share in (0.1, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0):
            walk = iterate(sgd, lambda w, c=c: c * w, 1.0, lr=share * 2 / c)
            ((w,),) = islice(walk, 2000, 2001)
            found.append(abs(w) < 1e-3 if share < 1 else not abs(w) < 1e3)  # or nan
    return found

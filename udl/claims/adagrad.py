"""Claims of section 3.7.5: a rate for each element, and h that only grows."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.adagrad import (
    at_the_cliff,
    between_two_batches,
    in_the_ravine,
    lagging,
    of_every_shape,
    on_constant_slopes,
    ratios,
)
from udl.experiments.falling import left, on_digits, reach
from udl.experiments.plans import (
    BATCHES,
    ENDS,
    FIGURE_12,
    FIGURE_13,
    LAG,
    LEFT,
    RACE,
    RATIOS,
    SHAPES,
    descents,
)


@claim(
    "5.a",
    ko="모든 원소가 학습률 하나를 나눠 쓰면 그래디언트가 작은 원소가 뒤처진다",
    en="one learning rate for all elements leaves those with small gradients behind",
)
def small_gradients_lag():
    behind, slow = [], []
    for rest, gradient in lagging():
        slow.append(rest[0] > rest[1])
        behind.append(slow[-1] == (gradient[0] < gradient[1]))
    plain, own = (100 * d.w[FIGURE_12.marks.path] / d.w[0] for d in descents(12).values())
    return Finding(
        share=float(np.mean(behind)),
        numbers={
            "x": plain[0],
            "y": plain[1],
            "own_x": own[0],
            "own_y": own[1],
            "share": np.mean(behind),
            "slow": np.mean(slow),
            "ravines": len(behind),
            "starts": LAG.w0[0].size,
            "rates": len(LAG.hyper["lr"]),
        },
        ko="(−7, 2)에서 20걸음 뒤 SGD는 x가 {x:.1f}%, y가 {y:.1f}% 남고 AdaGrad는 {own_x:.1f}%와 "
        "{own_y:.1f}% 남는다. {share:.0%}의 경우에 맞다. {slow:.0%}에서 곡률이 작은 x가 뒤처진다.",
        en="After 20 steps from (−7, 2) SGD still has {x:.1f}% of x and {y:.1f}% of y to go, "
        "AdaGrad {own_x:.1f}% and {own_y:.1f}%. The claim is true in {share:.0%} of the cases. In "
        "{slow:.0%} it is x, whose curvature is small, that lags.",
        over={
            "ko": "골짜기 {ravines}개 × 출발점 {starts:,}개 × 학습률 {rates}개",
            "en": "{ravines} ravines × {starts:,} starts × {rates} rates",
        },
    )


@claim(
    "5.b",
    ko="AdaGrad는 원소마다 다른 학습률을 주고, h의 모양은 파라미터와 같다",
    en="AdaGrad gives each element a rate of its own, and h has the parameter's shape",
)
def rate_for_each_element():
    own = [h.shape == w.shape and np.unique(h**-0.5).size == w.size for w, h in of_every_shape()]
    (flat, steep), start = RATIOS.curvature[0], RATIOS.starts[0]
    first, last = ratios()[(flat, steep), start]
    return Finding(
        share=float(np.mean(own)),
        numbers={
            "first": first[0],
            "low": last.min(),
            "small": RATIOS.lr[int(last.argmin())],
            "high": last.max(),
            "large": RATIOS.lr[int(last.argmax())],
            "best": steep / flat,  # of the inverse curvatures: SGD then arrives in one step
            "shapes": len(SHAPES.shapes),
            "ravines": len(RATIOS.curvature),
            "starts": len(RATIOS.starts),
            "rates": len(RATIOS.lr),
        },
        ko="행렬이어도 원소 수만큼 다른 학습률이 생긴다. 최적은 아니다. 골짜기에서 x의 학습률은 "
        "y의 {first:.1f}배로 시작하고, 100걸음째에는 η에 따라 {low:.1f}배(η = {small:g})에서 "
        "{high:.1f}배(η = {large:g})다. 최적의 비는 {best:.0f}배다.",
        en="There are as many rates as elements, in a matrix too. They are not the best ones. In "
        "the ravine x has {first:.1f} times y's rate at first. At step 100 it has from {low:.1f} "
        "times (η = {small:g}) to {high:.1f} times (η = {large:g}). {best:.0f} times would be "
        "best.",
        over={
            "ko": "모양 {shapes}가지. 비는 골짜기 {ravines}개 × 출발점 {starts}개 × η {rates}개",
            "en": "{shapes} shapes; the ratio in {ravines} ravines × {starts} starts × {rates} η",
        },
    )


@claim(
    "5.c",
    ko="h는 늘기만 하므로 학습률이 0으로 가고 학습이 멈출 수 있다",
    en="h only grows, so the rate goes to 0 and learning can stop",
)
def rate_vanishes():
    constant, far = on_constant_slopes()
    ravine, _ = in_the_ravine()
    batches = between_two_batches()
    # still falling: over the last tenfold of the steps by more than half; 1/√t falls to a third
    rates = [*constant.T, *batches.T, *ravine.reshape(len(ravine), -1).T]
    falling = [rate[-1] < 0.5 * rate[len(rate) // 10 - 1] for rate in rates]
    stuck, freed = at_the_cliff()
    return Finding(
        share=float(np.mean(falling)),
        numbers={
            "rate": constant[-1, 1] / constant[0, 1],
            "far": far[-1, 1],
            "level": ravine[-1, 0, FIGURE_13.ravine.lr.index(FIGURE_13.main.lr)],
            "stuck": stuck.loss[-1],
            "freed": freed.loss[-1],
            "slopes": len(FIGURE_13.constant.gradients),
            "pairs": len(BATCHES.lr),
            "ravines": len(FIGURE_13.ravine.lr),
        },
        ko="그래디언트가 이어지면 학습률은 10,000걸음에 {rate:.2f}배가 되지만 거리는 η의 "
        "{far:.0f}배로 는다. 골짜기에서는 x의 학습률이 {level:.3f}에서 더 줄지 않고, Beale의 "
        "절벽에서는 큰 h에 묶여 1,000걸음 뒤에도 손실이 {stuck:.2f}이다.",
        en="While gradients keep coming the rate falls to {rate:.2f} of its first in 10,000 steps, "
        "yet the distance grows to {far:.0f} η. In the ravine the rate of x falls no further than "
        "{level:.3f}. On Beale's cliff a large h holds it back: the loss is still {stuck:.2f} "
        "after 1,000 steps.",
        over={
            "ko": "일정한 비탈 {slopes}개, 두 배치 × η {pairs}개, 골짜기 × η {ravines}개, "
            "절벽 한 곳",
            "en": "{slopes} constant slopes, two batches in turn × {pairs} η, a ravine × "
            "{ravines} η; the cliff at one place alone",
        },
    )


@claim(
    "5.d",
    ko="최적화가 진행될수록 학습률을 낮춰야 한다. 그러지 않으면 최적점 둘레에서 계속 진동한다",
    en="as the optimization goes on the rate must fall, or it swings about the minimum for ever",
)
def rate_must_fall():
    swings = {True: [], False: []}  # with noise, without
    gains = []
    for (_, noise, _), (constant, *falling) in left().items():
        swings[noise > 0] += [constant > max(1e-12, rest) for rest in falling]
        if noise:
            gains += [constant / rest for rest in falling]
    ends = on_digits().values()
    trained = [
        np.median([e.loss for e in constant]) > np.median([e.loss for e in falling])
        for constant, falling in ends
    ]
    reads = [
        np.mean([e.accuracy for e in constant]) < np.mean([e.accuracy for e in falling])
        for constant, falling in ends
    ]
    places = reach()
    return Finding(
        share=float(np.mean([*swings[True], *swings[False], *trained])),
        numbers={
            "noisy": sum(swings[True]),
            "of": len(swings[True]),
            "gain": np.median(gains),
            "exact": sum(swings[False]),
            "trained": sum(trained),
            "reads": sum(reads),
            "constant": places["chapter", "sgd"][0],
            "falling": places["chapter", "sgd"][1],
            "rugged": places["rugged", "sgd"][0],
            "flat": places["rugged", "sgd"][1],
            "losses": len(LEFT.losses),
            "runs": LEFT.runs,
            "rates": LEFT.rates[-1],
            "seeds": len(RACE.seeds_that_count),
            "starts": ENDS.starts[-1],
        },
        ko="잡음 섞인 그래디언트에서는 {of}가지 가운데 {noisy}가지에서 줄인 쪽이 덜 남긴다(중앙값 "
        "{gain:.1f}분의 1). 잡음이 없으면 {exact}가지뿐이다. 숫자 손글씨 10에폭에서는 학습 손실이 "
        "규칙 6개 가운데 {trained}개, 새 그림의 정확도가 {reads}개에서 나아진다. 끝나는 곳도 "
        "바뀐다. SGD로 전역 최적점에 닿는 출발점이 {constant:.0%}에서 {falling:.0%}로 는다"
        "(rugged는 {rugged:.0%}에서 {flat:.0%}).",
        en="With noise in the gradient a falling rate ends at a lower loss than a constant one in "
        "{noisy} of {of} cases (in the median at 1/{gain:.1f} of it), without noise in {exact}. On "
        "the digits, in 10 epochs, it improves the training loss of {trained} of 6 rules and the "
        "accuracy on new images of {reads}. It also ends elsewhere: SGD reaches the global minimum "
        "from {falling:.0%} of the starts instead of {constant:.0%} (chapter) and from {flat:.0%} "
        "instead of {rugged:.0%} (rugged).",
        over={
            "ko": "규칙 6개 × 줄이는 방법 3개 × 지형 {losses}개(출발점 {runs}개의 절반으로 학습률 "
            "{rates}개에서 고르고 나머지로 쟀다), 숫자 손글씨 시드 {seeds}개(학습률은 다른 시드로 "
            "골랐다), 곡선 2개 × 출발점 {starts}개",
            "en": "6 rules × 3 ways of falling × {losses} surfaces (half of {runs} starts choose "
            "among {rates} rates, half count), the digits with {seeds} seeds (others choose the "
            "rates), 2 curves × {starts} starts",
        },
    )

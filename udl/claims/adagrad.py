"""Claims of section 3.7.5: a rate for each element, and h that only grows."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.experiments.adagrad import (
    at_the_cliff,
    between_two_batches,
    effective,
    in_the_ravine,
    of_every_shape,
    on_constant_slopes,
)
from udl.experiments.plans import FIGURE_12, FIGURE_13, LAG, descents
from udl.losses import RAVINE


@claim(
    "5.a",
    ko="모든 원소가 학습률 하나를 나눠 쓰면 그래디언트가 작은 원소가 뒤처진다",
    en="one learning rate for all elements leaves those with small gradients behind",
)
def small_gradients_lag():
    d = LAG.run()
    left, gradient = np.abs(d.w[-1] / d.w[0]), np.abs(RAVINE.grad(d.w[0]))
    behind = (left[0] > left[1]) == (gradient[0] < gradient[1])
    plain, own = (100 * d.w[FIGURE_12.marks.path] / d.w[0] for d in descents(12).values())
    return Finding(
        share=float(behind.mean()),
        numbers={
            "x": plain[0],
            "y": plain[1],
            "own_x": own[0],
            "own_y": own[1],
            "share": behind.mean(),
        },
        ko="(−7, 2)에서 20걸음 뒤 SGD는 x가 {x:.1f}%, y가 {y:.1f}% 남고 AdaGrad는 {own_x:.1f}%와 "
        "{own_y:.1f}% 남는다. 출발점의 {share:.0%}에서 맞다. 뒤처지는 것은 언제나 곡률이 작은 x다.",
        en="20 steps from (−7, 2) SGD has {x:.1f}% of x and {y:.1f}% of y to go, AdaGrad "
        "{own_x:.1f}% and {own_y:.1f}%. True for {share:.0%} of the starts: what lags is always x, "
        "whose curvature is small.",
    )


@claim(
    "5.b",
    ko="AdaGrad는 원소마다 다른 학습률을 주고, h의 모양은 파라미터와 같다",
    en="AdaGrad gives each element a rate of its own, and h has the parameter's shape",
)
def rate_for_each_element():
    own = [h.shape == w.shape and np.unique(h**-0.5).size == w.size for w, h in of_every_shape()]
    rate = effective(FIGURE_12.adagrad.run())
    curvature = RAVINE.grad(np.ones(2))  # whose inverse is the best: SGD arrives in one step
    return Finding(
        share=float(np.mean(own)),
        numbers={
            "first": rate[0, 0] / rate[0, 1],
            "last": rate[-1, 0] / rate[-1, 1],
            "best": curvature[1] / curvature[0],
        },
        ko="행렬이어도 원소 수만큼 다른 학습률이 생긴다. 최적은 아니다. 골짜기에서 x의 학습률은 "
        "y의 {first:.1f}배로 시작해 100걸음째 {last:.1f}배인데, 최적의 비는 {best:.0f}배다.",
        en="There are as many rates as elements, in a matrix too. They are not the best ones: in "
        "the ravine x has {first:.1f} times y's rate at first and {last:.1f} times at step 100; "
        "{best:.0f} times would be best.",
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
        },
        ko="그래디언트가 이어지면 학습률은 10,000걸음에 {rate:.2f}배가 되지만 거리는 η의 "
        "{far:.0f}배로 는다. 골짜기에서는 x의 학습률이 {level:.3f}에서 더 줄지 않고, Beale의 "
        "절벽에서는 큰 h에 묶여 1,000걸음 뒤에도 손실이 {stuck:.2f}이다.",
        en="While gradients keep coming the rate falls to {rate:.2f} in 10,000 steps, yet the "
        "distance grows to {far:.0f} η. In the ravine the rate of x stays at {level:.3f}; from "
        "Beale's cliff a large h holds it at a loss of {stuck:.2f} after 1,000 steps.",
    )

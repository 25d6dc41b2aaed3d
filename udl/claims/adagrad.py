"""Claims of section 3.7.5: a rate for each element, and h that only grows."""

import numpy as np

from udl.claims.registry import Finding, claim
from udl.descent import run
from udl.experiments.rates import effective, in_the_ravine, on_constant_slopes
from udl.losses import BEALE, RAVINE
from udl.steps import adagrad, sgd

START = np.array([-7.0, 2.0])
RATES = (0.1, 0.4, 1.6)


@claim(
    "5.a",
    ko="모든 원소가 학습률 하나를 나눠 쓰면 그래디언트가 작은 원소가 뒤처진다",
    en="one learning rate for all elements leaves those with small gradients behind",
)
def small_gradients_lag():
    # starts all over the ravine, none on an axis, at rates that go down in both elements
    x, y = np.meshgrid(np.arange(-9.75, 10, 0.5), np.arange(-3.875, 4, 0.25))
    starts = np.stack([x.ravel(), y.ravel()])[..., None] + np.zeros(5)
    end = run(sgd, RAVINE, starts, 20, lr=np.array([0.1, 0.3, 0.5, 0.7, 0.9])).w[-1]
    left, gradient = np.abs(end / starts), np.abs(RAVINE.grad(starts))
    behind = (left[0] > left[1]) == (gradient[0] < gradient[1])
    plain = 100 * run(sgd, RAVINE, START, 20, lr=0.1).w[-1] / START
    own = 100 * run(adagrad, RAVINE, START, 20, lr=0.4).w[-1] / START
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
    own = []
    for shape in ((2,), (3, 4), (2, 3, 4)):
        rng = np.random.default_rng(5)
        w, curvature, h = rng.normal(size=shape), rng.uniform(0.1, 2, shape), 0.0
        for _ in range(50):
            w, h = adagrad(lambda w, c=curvature: c * w, w, h, lr=0.4)
            own.append(h.shape == w.shape and np.unique(0.4 / h**0.5).size == w.size)
    rate = effective(run(adagrad, RAVINE, START, 100, lr=0.4))
    best = 10 / 0.5  # the inverse curvatures: with them SGD arrives in one step
    return Finding(
        share=float(np.mean(own)),
        numbers={
            "first": rate[0, 0] / rate[0, 1],
            "last": rate[-1, 0] / rate[-1, 1],
            "best": best,
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
    constant, far = on_constant_slopes((0.1, 1.0, 10.0), 10_000, 1.0)
    ravine, _ = in_the_ravine(tuple(START), RATES, 10_000)
    batches = [between_two_batches(lr, 10_000) for lr in RATES]
    # still falling: over the last tenfold of the steps by more than half; 1/√t falls to a third
    rates = [*constant.T, *batches, *ravine.reshape(10_000, -1).T]
    falling = [rate[9999] < 0.5 * rate[999] for rate in rates]
    stuck = run(adagrad, BEALE, [4.0, 3.0], 1000, lr=0.5)
    freed = run(adagrad, BEALE, stuck.w[-1], 100, lr=0.5)
    return Finding(
        share=float(np.mean(falling)),
        numbers={
            "rate": constant[-1, 1] / constant[0, 1],
            "far": far[-1, 1],
            "level": ravine[-1, 0, RATES.index(0.4)],
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


def between_two_batches(lr, steps):
    """AdaGrad's rate when two mini-batches, with minima at 1 and −1, take turns.

    Returns
    -------
    array, shape (steps,)
    """
    w, h, rate = 3.0, 0.0, []
    for t in range(1, steps + 1):
        w, h = adagrad(lambda w, t=t: w - (-1) ** t, w, h, lr=lr)
        rate.append(lr / h**0.5)
    return np.array(rate)

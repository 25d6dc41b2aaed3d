"""Claims of section 3.7.3: what the velocity does."""

from itertools import pairwise

from udl.claims.registry import Finding, claim
from udl.steps import momentum


@claim(
    "3.a",
    ko="그래디언트의 방향이 이어지는 동안 Momentum의 걸음은 커진다",
    en="while the gradient keeps its direction, Momentum's steps grow",
)
def steps_grow():
    v, steps = 0.0, []
    for _ in range(300):
        _, v = momentum(lambda w: 1.0, 0.0, v, lr=1.0, alpha=0.9)
        steps.append(-v)
    growing = sum(b > a for a, b in pairwise(steps[:200])) / 199
    return Finding(
        share=growing,
        numbers={"ratio": steps[-1] / steps[0]},
        ko="α = 0.9에서 첫 걸음의 {ratio:.2f}배까지 자란다. 한계는 1/(1−α)다.",
        en="At α = 0.9 they grow to {ratio:.2f} times the first; the limit is 1/(1−α).",
    )

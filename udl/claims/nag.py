"""Claims of section 3.7.4: too much speed, and the look ahead."""

from functools import cache

import numpy as np

from udl.claims.registry import Finding, claim
from udl.descent import run, settled
from udl.experiments.escapes import FIRST, START, pairs
from udl.experiments.maps import NOT_SETTLED, ends, survey
from udl.losses import CHAPTER, OVERSHOOT, RAVINE, RUGGED
from udl.steps import momentum, nag, sgd

# The grid of notebook 3.7.4, section 7: every rate with every α.
RATES = np.geomspace(0.01, 1, 100)
ALPHAS = np.array([0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98])
LR, ALPHA = (a.ravel() for a in np.meshgrid(RATES, ALPHAS))
USUAL = np.isclose(ALPHA, 0.9)
STEPS = 1500
TOLERANCE = 0.001

TOP = 0.65  # where figures 7 and 8 start
FIGURE_7 = {"lr": 0.35, "alpha": 0.9}
(LOWEST,) = OVERSHOOT.goals


@cache
def down_the_slope(step):
    """A rule on figure 7's curve from figure 7's start, with every pair of the grid."""
    return run(step, OVERSHOOT, np.full(LR.size, TOP), STEPS, lr=LR, alpha=ALPHA)


@claim(
    "4.a",
    ko="Momentum은 최적점을 한참 지나칠 수 있다",
    en="Momentum can fly far past the minimum",
)
def momentum_overshoots():
    between = np.linspace(LOWEST, OVERSHOOT.minima[1].w, 2001)
    top = between[OVERSHOOT(between).argmax()]  # of the hill behind the minimum
    over = down_the_slope(momentum).w.max(axis=0) > top
    farthest = run(momentum, OVERSHOOT, TOP, 100, **FIGURE_7).w.max()
    plain = run(sgd, OVERSHOOT, np.full(RATES.size, TOP), STEPS, lr=RATES).w.max()
    return Finding(
        share=over.mean(),
        numbers={
            "past": farthest - LOWEST,
            "sgd": plain - LOWEST,
            "usual": over[USUAL].mean(),
            "low": over[ALPHA < 0.75].mean(),
            "high": over[ALPHA > 0.97].mean(),
        },
        ko="그림 7에서 {past:.2f}를 지나친다(SGD는 많아야 {sgd:.3f}). 건너편 언덕까지 넘는 "
        "학습률은 α ≤ 0.7에서 {low:.0%}, 0.9에서 {usual:.0%}, 0.98에서 {high:.0%}다.",
        en="In figure 7 by {past:.2f} (SGD by {sgd:.3f} at most). Over the hill behind the minimum "
        "at {low:.0%} of the rates for α ≤ 0.7, {usual:.0%} for 0.9, {high:.0%} for 0.98.",
    )


def braking(d, lr, alpha):
    """What the two rules make of the first step whose gradient ahead has the other sign.

    Parameters
    ----------
    d : Descent
        NAG's on figure 8's curve, of one pair or many.
    lr, alpha : float or array
        Its rates and coefficients.

    Returns
    -------
    seen : array of bool
        Whether there is such a step.
    kept : dict of str to array
        The velocity after it over the one before, by the rule that makes the step.
    """
    w, v = (a.reshape(len(a), -1) for a in (d.w, d.state["v"]))
    here, ahead = OVERSHOOT.grad(w), OVERSHOOT.grad(w + alpha * v)
    reversed_ahead = (here * ahead < 0) & (np.abs(here) > 1e-6)  # smaller ones are rounding
    seen, each = reversed_ahead.any(axis=0), np.arange(w.shape[1])
    now = reversed_ahead.argmax(axis=0)
    w, v = w[now, each], v[now, each]
    kept = {}
    for step in (momentum, nag):
        _, after = step(OVERSHOOT.grad, w, v, lr=lr, alpha=alpha)
        kept[step.__name__] = np.divide(after, v, out=np.ones_like(v), where=seen)
    return seen, kept


@claim(
    "4.b",
    ko="NAG는 앞에서 뒤집힌 그래디언트를 보고 속도를 줄인다",
    en="NAG sees the reversed gradient ahead and brakes",
)
def nag_brakes():
    seen, kept = braking(down_the_slope(nag), LR, ALPHA)
    brakes = np.abs(kept["nag"]) < np.minimum(np.abs(kept["momentum"]), 1)
    _, figure = braking(run(nag, OVERSHOOT, TOP, 100, **FIGURE_7), **FIGURE_7)
    return Finding(
        share=brakes[seen].mean(),
        numbers={
            "nag": figure["nag"].item(),
            "momentum": figure["momentum"].item(),
            "seen": seen.sum(),
            "faster": (kept["momentum"][seen] > 1).mean(),
        },
        ko="그림 8에서 NAG의 속도는 {nag:.2f}배가 된다. 같은 자리의 Momentum이라면 "
        "{momentum:.2f}배다. 뒤집힌 그래디언트를 본 {seen}짝이 모두 줄인다. Momentum은 그 "
        "{faster:.0%}에서 더 빨라진다.",
        en="In figure 8 NAG's velocity becomes {nag:.2f} times the last, Momentum's from there "
        "{momentum:.2f} times. All {seen} pairs that see it brake; Momentum speeds up in "
        "{faster:.0%} of them.",
    )


def settled_at(d, lowest):
    """From which step on the loss stays within `TOLERANCE`, as notebook 3.7.4 measures it."""
    return settled(d.loss - lowest < TOLERANCE)


@cache
def races():
    """Which rule settles first, for every pair of the grid on two curves, a ravine and a slope.

    On the curves with several valleys only those pairs are compared in which no rule leaves for
    another valley, and none whose end hangs on the last digits.

    Returns
    -------
    dict of str to pair of arrays of bool
        Where NAG is first, and where Momentum is, by the loss's name.
    """
    corner = np.repeat([[-7.0], [2.0]], LR.size, axis=1)
    times = {
        "overshoot": [settled_at(down_the_slope(s), OVERSHOOT(LOWEST)) for s in (momentum, nag)],
        "ravine": [
            settled_at(run(s, RAVINE, corner, STEPS, lr=LR, alpha=ALPHA), 0.0)
            for s in (momentum, nag)
        ],
    }
    for loss, start in ((CHAPTER, START), (RUGGED, 2.2)):
        walks = [survey(s, loss, start, STEPS, lr=LR, alpha=ALPHA) for s in (momentum, nag)]
        one, other = (ends(loss, walk) for walk in walks)
        both = np.maximum(one, other) >= 0
        fair = both & ((one == other) | (np.minimum(one, other) == NOT_SETTLED))
        times[loss.name] = [np.where(fair, walk.arrived, STEPS + 1) for walk in walks]
    return {name: (b < a, a < b) for name, (a, b) in times.items()}


@claim(
    "4.c",
    ko="NAG는 빠르기를 지키며 더 안정되게 수렴하고, 평균하면 Momentum보다 낫다",
    en="NAG keeps the speed and converges more stably; on average it is better than Momentum",
)
def nag_against_momentum():
    sooner, later = (np.array(wins) for wins in zip(*races().values(), strict=True))

    def first(where):
        """How often NAG is first where the two differ, by landscape."""
        wins, losses = sooner[:, where].sum(axis=1), later[:, where].sum(axis=1)
        return wins / (wins + losses)

    leaves = {}
    for rule in ("momentum", "nag"):
        ended = pairs(rule, "narrow").ends[1:]  # without α = 0, where the two are one
        leaves[rule] = ((ended != FIRST) & (ended != NOT_SETTLED)).mean()
    usual, half = first(USUAL), first(np.isclose(ALPHA, 0.5))
    return Finding(
        share=sooner.sum() / (sooner.sum() + later.sum()),
        numbers={
            "sooner": sooner.sum() / (sooner.sum() + later.sum()),
            "landscapes": len(sooner),
            "usual_least": usual.min(),
            "usual_most": usual.max(),
            "half_least": half.min(),
            "half_most": half.max(),
            **leaves,
        },
        ko="손실 {landscapes}가지, 갈리는 짝의 {sooner:.0%}에서 NAG가 먼저 멈춘다. α = 0.9이면 "
        "{usual_least:.0%}~{usual_most:.0%}, 0.5이면 {half_least:.0%}~{half_most:.0%}다. "
        "지역 최적점을 벗어나는 짝은 Momentum {momentum:.1%}, NAG {nag:.1%}다.",
        en="On {landscapes} losses NAG settles first in {sooner:.0%} of the pairs that differ: "
        "{usual_least:.0%} to {usual_most:.0%} at α = 0.9, {half_least:.0%} to {half_most:.0%} at "
        "0.5. Momentum leaves the local minimum in {momentum:.1%} of the pairs, NAG in {nag:.1%}.",
    )

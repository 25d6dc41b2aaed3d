"""What looking ahead changes (3.7.4): the leap over the minimum, the brake, who settles first."""

from functools import cache

import numpy as np

from udl.descent import run, settled
from udl.experiments.maps import NOT_SETTLED, ends, survey
from udl.experiments.momentum import pairs
from udl.experiments.plans import CORNER, ROWS, START, TOP
from udl.experiments.store import kept
from udl.losses import CHAPTER, OVERSHOOT, RAVINE, RUGGED
from udl.steps import momentum, nag

GRID = {"lr": np.geomspace(*ROWS.lr), "alpha": np.reshape(ROWS.alpha, (-1, 1))}


@cache
def down_the_slope(step, *, alpha=ROWS.alpha):
    """A rule on figure 7's curve from figure 7's start, each α with every rate of the grid `ROWS`.

    Parameters
    ----------
    step : callable
        Momentum or NAG.
    alpha : tuple of float
        The momentum coefficients; 0 is SGD.

    Returns
    -------
    Descent
        Of points of shape (rows, columns): one row for each α, one column for each rate.

    Examples
    --------
    >>> down_the_slope(nag).w.shape
    (1501, 7, 100)
    """
    return run(step, OVERSHOOT, TOP, ROWS.steps, lr=GRID["lr"], alpha=np.reshape(alpha, (-1, 1)))


def look_ahead(descent):
    """Where NAG takes the gradient of its next step: Ŵ = W + αv, of the shape of the descent's w.

    Examples
    --------
    >>> from udl.experiments.plans import FIGURE_8
    >>> look_ahead(FIGURE_8.nag.run())[6].round(3)
    np.float64(7.561)
    """
    return descent.w + descent.hyper["alpha"] * descent.state["v"]


def present_step(descent):
    """The first step at which NAG brakes: the gradient at Ŵ has the other sign than at W.

    Parameters
    ----------
    descent : Descent
        NAG's on figure 8's curve, of one point or many.

    Returns
    -------
    array of int, of the shape of the points
        The step; ``len(descent.w)`` where there is none.

    Examples
    --------
    >>> from udl.experiments.plans import FIGURE_8
    >>> present_step(FIGURE_8.nag.run())
    array(6)
    """
    here, ahead = OVERSHOOT.grad(descent.w), OVERSHOOT.grad(look_ahead(descent))
    turned = (here * ahead < 0) & (np.abs(here) > 1e-6)  # smaller ones are rounding
    return np.where(turned.any(axis=0), turned.argmax(axis=0), len(turned))


def braking(descent):
    """What the two rules make of the first step at which NAG brakes.

    Parameters
    ----------
    descent : Descent
        NAG's on figure 8's curve, of one point or many.

    Returns
    -------
    dict of str to array, shape (n,)
        The velocity after that step over the one before, by the rule that makes it, for those
        points that brake.

    Examples
    --------
    >>> from udl.experiments.plans import FIGURE_8
    >>> kept = braking(FIGURE_8.nag.run())
    >>> kept["momentum"].round(3), kept["nag"].round(3)
    (array([1.004]), array([0.655]))
    """
    steps, points = len(descent.w), descent.w[0].shape
    now = present_step(descent).ravel()
    (brakes,) = np.nonzero(now < steps)
    w, v = (a.reshape(steps, -1)[now[brakes], brakes] for a in (descent.w, descent.state["v"]))
    pair = {name: np.broadcast_to(descent.hyper[name], points).ravel()[brakes] for name in GRID}
    return {rule.__name__: rule(OVERSHOOT.grad, w, v, **pair)[1] / v for rule in (momentum, nag)}


@kept
def races():
    """Which rule settles first, for every pair of the grid `ROWS` on two curves, a ravine, a slope.

    On the curves with several valleys only those pairs are compared in which no rule leaves for
    another valley, and none whose end hangs on the last digits.

    Returns
    -------
    dict of str to pair of arrays of bool, each of shape (rows, columns)
        Where NAG is first, and where Momentum is, by the loss's name.

    Examples
    --------
    >>> sooner, later = races()["ravine"]
    >>> sooner[ROWS.alpha.index(0.9)].mean(), sooner[ROWS.alpha.index(0.5)].mean()
    (np.float64(0.63), np.float64(0.0))
    """
    rules, corner = (momentum, nag), np.reshape(CORNER, (2, 1, 1))
    descents = {
        OVERSHOOT: [down_the_slope(rule) for rule in rules],
        RAVINE: [run(rule, RAVINE, corner, ROWS.steps, **GRID) for rule in rules],
    }
    times = {
        loss.name: [settled(d.loss - loss(loss.goals[0]) < ROWS.tolerance) for d in both]
        for loss, both in descents.items()
    }
    for loss, start in ((CHAPTER, START), (RUGGED, ROWS.rugged)):
        walks = [survey(rule, loss, start, ROWS.steps, **GRID) for rule in rules]
        one, other = (ends(loss, walk) for walk in walks)
        ended = np.maximum(one, other) >= 0
        fair = ended & ((one == other) | (np.minimum(one, other) == NOT_SETTLED))
        times[loss.name] = [np.where(fair, walk.arrived, ROWS.steps + 1) for walk in walks]
    return {name: (b < a, a < b) for name, (a, b) in times.items()}


def duel():
    """How the two rules differ for every pair of the wide grid.

    Returns
    -------
    array of str, shape (rows, columns)
        Where both end in one minimum: ``"nag sooner"``, ``"momentum sooner"`` or ``"same"``. Where
        not: ``"apart"`` in two minima, ``"nag alone"`` or ``"momentum alone"`` in one, or
        ``"neither"``.
    """
    ours, theirs = pairs("nag", "wide"), pairs("momentum", "wide")
    both = (ours.ends >= 0) & (theirs.ends >= 0)
    same = both & (ours.ends == theirs.ends)
    later = ours.walked.arrived - theirs.walked.arrived
    outcomes = {
        "nag sooner": same & (later < 0),
        "momentum sooner": same & (later > 0),
        "same": same,
        "apart": both,
        "nag alone": ours.ends >= 0,
        "momentum alone": theirs.ends >= 0,
    }
    return np.select(list(outcomes.values()), list(outcomes), "neither")

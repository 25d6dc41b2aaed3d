"""What looking ahead changes (3.7.4): the leap over a minimum, the brake, who is first and why."""

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


SLOPES = {OVERSHOOT: TOP, CHAPTER: START, RUGGED: ROWS.rugged}


@cache
def down_the_slope(step, *, loss=OVERSHOOT, alpha=ROWS.alpha):
    """A rule down the slope of a curve, each α with every rate of the grid `ROWS`.

    Parameters
    ----------
    step : callable
        Momentum or NAG.
    loss : Loss
        One of `SLOPES`: figure 7's curve from figure 7's start, or another.
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
    hyper = {"lr": GRID["lr"], "alpha": np.reshape(alpha, (-1, 1))}
    return run(step, loss, SLOPES[loss], ROWS.steps, **hyper)


def look_ahead(descent):
    """Where NAG takes the gradient of its next step: Ŵ = W + αv, of the shape of the descent's w.

    Examples
    --------
    >>> from udl.experiments.plans import FIGURE_8
    >>> look_ahead(FIGURE_8.nag.run())[6].round(3)
    np.float64(7.561)
    """
    return descent.w + descent.hyper["alpha"] * descent.state["v"]


def present_step(descent, loss=OVERSHOOT):
    """The first step at which the gradient at Ŵ has the other sign than at W.

    Parameters
    ----------
    descent : Descent
        NAG's, of one point or many.
    loss : Loss
        The curve of the descent: figure 8's, or another.

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
    here, ahead = loss.grad(descent.w), loss.grad(look_ahead(descent))
    turned = (here * ahead < 0) & (np.abs(here) > 1e-6)  # smaller ones are rounding
    return np.where(turned.any(axis=0), turned.argmax(axis=0), len(turned))


def braking(descent, loss=OVERSHOOT):
    """What the two rules make of the first step at which NAG sees a reversed gradient ahead.

    Parameters
    ----------
    descent : Descent
        NAG's, of one point or many.
    loss : Loss
        The curve of the descent: figure 8's, or another.

    Returns
    -------
    dict of str to array, shape (n,)
        The velocity after that step over the one before, by the rule that makes it, for those
        points that see one; and whether each goes ``"down"`` just then.

    Examples
    --------
    >>> from udl.experiments.plans import FIGURE_8
    >>> kept = braking(FIGURE_8.nag.run())
    >>> kept["momentum"].round(3), kept["nag"].round(3), kept["down"]
    (array([1.004]), array([0.655]), array([ True]))
    """
    steps, points = len(descent.w), descent.w[0].shape
    now = present_step(descent, loss).ravel()
    (brakes,) = np.nonzero(now < steps)
    w, v = (a.reshape(steps, -1)[now[brakes], brakes] for a in (descent.w, descent.state["v"]))
    pair = {name: np.broadcast_to(descent.hyper[name], points).ravel()[brakes] for name in GRID}
    found = {rule.__name__: rule(loss.grad, w, v, **pair)[1] / v for rule in (momentum, nag)}
    return found | {"down": loss.grad(w) * v < 0}


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


def shrink(rule, times, alpha):
    """By what a step multiplies the distance to the bottom of a bowl, in the long run.

    In the bowl L = cW²/2 a step of Momentum or NAG is a matrix on (W, v); this is the size of its
    largest eigenvalue. Above 1 the rule diverges.

    Parameters
    ----------
    rule : callable
        Momentum or NAG.
    times : float or array
        The learning rate times the curvature, ηc.
    alpha : float or array
        The momentum coefficient.

    Returns
    -------
    float or array

    Examples
    --------
    >>> shrink(momentum, 0.25, 0.5).round(3), shrink(nag, 0.25, 0.5).round(3)
    (np.float64(0.707), np.float64(0.612))
    """
    kept = alpha * (1 - times) if rule is nag else alpha + 0 * times  # the brake: see 3.7.4
    half = (1 + kept - times) / 2
    root = np.emath.sqrt(half**2 - kept)
    return np.maximum(np.abs(half + root), np.abs(half - root))


def critical(times):
    """The α up to which NAG comes down a bowl without swinging: (1 − √(ηc))/(1 + √(ηc)).

    Parameters
    ----------
    times : float or array
        The learning rate times the curvature, ηc, from 0 to 1.

    Examples
    --------
    >>> critical(0.25)
    0.3333333333333333
    """
    root = times**0.5
    return (1 - root) / (1 + root)


def nag_wins(times, alpha):
    r"""Whether NAG comes down a bowl faster than Momentum, in the long run.

    Where Momentum does not swing, NAG is slower: the brake makes a crawl a slower crawl. Where
    Momentum swings, NAG is faster, until ηc is so large that the brake throws W back.

    .. math:: \frac{(1-\sqrt\alpha)^2}{1-\sqrt\alpha+\alpha} < \eta c <
        \frac{(1+\sqrt\alpha)^2}{1+\sqrt\alpha+\alpha}

    Parameters
    ----------
    times : float or array
        The learning rate times the curvature, ηc.
    alpha : float or array
        The momentum coefficient.

    Returns
    -------
    bool or array of bool

    Examples
    --------
    >>> nag_wins(0.1, 0.5), nag_wins(0.2, 0.5)
    (False, True)
    """
    root = alpha**0.5
    low, high = ((1 + s * root) ** 2 / (1 + s * root + alpha) for s in (-1, 1))
    return (low < times) & (times < high)


@kept
def foretold():
    """How often `nag_wins` foretells who settles first in `races`.

    On a curve c is that of the minimum in which both rules end, in the ravine the slower of its
    two directions decides.

    Returns
    -------
    dict of str to float
        By the loss's name: the share of the pairs that differ, of those in which both rules end in
        one minimum.
    """
    found, rules = {}, (momentum, nag)
    for name, (sooner, later) in races().items():
        if name == RAVINE.name:
            flat_and_steep = RAVINE.grad(np.ones(2))  # of L = c·w²/2 the curvature
            slow = [
                np.maximum(*(shrink(rule, GRID["lr"] * c, GRID["alpha"]) for c in flat_and_steep))
                for rule in rules
            ]
            said, judged = slow[1] < slow[0], sooner | later
        else:
            (loss,) = (curve for curve in SLOPES if curve.name == name)
            last = [down_the_slope(rule, loss=loss).w[-1] for rule in rules]
            places = np.array([minimum.w for minimum in loss.minima])
            ours = np.abs(last[0] - places[:, None, None]).argmin(axis=0)
            near = [np.abs(w - places[ours]) < ROWS.tolerance for w in last]
            said = nag_wins(GRID["lr"] * loss.curvature(places)[ours], GRID["alpha"])
            judged = (sooner | later) & near[0] & near[1]
        found[name] = float((said == sooner)[judged].mean())
    return found


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

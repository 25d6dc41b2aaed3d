"""The numbers that the alternative texts tell, taken from what the figures draw."""

import numpy as np

from udl.experiments import adagrad, adam, minima, nag, plans, rmsprop, sgd
from udl.experiments.digits import median
from udl.experiments.libraries import two_parameters
from udl.experiments.momentum import fastest, pairs
from udl.figures.style import NAMES
from udl.losses import CHAPTER, OVERSHOOT, RAVINE, RUGGED


def numbers(figure):
    """The fields of a figure's alternative text, by name; none for a figure without.

    >>> numbers(4)["small"], numbers(4)["large"]
    (0.4, 1.5)
    """
    return TOLD.get(figure, dict)()


def _minima():
    inside = visible(CHAPTER)
    return {"at": [m.w for m in inside], "loss": [CHAPTER(m.w) for m in inside]}


def visible(loss):
    """The minima of a curve that lie in its domain."""
    low, high = loss.domain[0]
    return [minimum for minimum in loss.minima if low <= minimum.w <= high]


def _fog():
    (plan,) = vars(plans.FIGURE_2).values()
    return plan.hyper


def _rugged():
    inside = visible(RUGGED)
    lowest = min(inside, key=lambda minimum: RUGGED(minimum.w))
    return {"count": len(inside), "at": lowest.w}


def _one_step():
    small, large = (plans.descents(4)[name] for name in ("small", "large"))
    widths = {"near": small.w[1] - small.w[0], "far": large.w[1] - large.w[0]}
    return {"small": small.hyper["lr"], "large": large.hyper["lr"]} | widths


def _extremes():
    small, large = (plans.descents(5)[name] for name in ("small", "large"))
    low, high = CHAPTER.domain[0]
    jumps = int(((large.w < low) | (large.w > high)).argmax())
    rates = {"small": small.hyper["lr"], "large": large.hyper["lr"]}
    return rates | {"end": small.w[-1], "jumps": jumps, "out": large.w[jumps]}


def _stays_or_leaves():
    plain, fast = (plans.descents(6)[name] for name in ("sgd", "momentum"))
    return fast.hyper | {"start": plain.w[0], "stays": plain.w[-1]}


def _overshoot():
    walked = plans.descents(7)["momentum"]
    (minimum,) = OVERSHOOT.goals
    passed = int((walked.w > minimum).argmax())
    return walked.hyper | {"at": minimum, "far": walked.w[passed + 1]}


def _ahead():
    walked = plans.descents(8)["nag"]
    now = nag.present_step(walked)
    return walked.hyper | {"now": walked.w[now], "ahead": nag.look_ahead(walked)[now]}


def _batches():
    plan = plans.FIGURE_9
    ones = [found.one / found.full for found in sgd.scatter().values()]
    costs = [
        median(one.samples_to(plan.cost.target) for one in sgd.courses(size))
        for size in plan.cost.sizes
    ]
    return {"ones": ones, "sizes": plan.cost.sizes, "costs": costs, "target": plan.cost.target}


def _growth():
    chosen, places = plans.FIGURE_6.momentum.hyper, pairs("momentum", "wide").places
    shares = {name: (places == name).mean() for name in ("first", "global")}
    return chosen | shares | {"times": 1 / (1 - chosen["alpha"])}


def _duel():
    outcomes = nag.duel()
    names = ("nag sooner", "momentum sooner", "apart", "neither")
    shares = {name.replace(" ", "_"): (outcomes == name).mean() for name in names}
    reach = {
        f"{rule}_global": (pairs(rule, "wide").places == "global").mean()
        for rule in ("momentum", "nag")
    }
    return shares | reach


def _elements():
    plain, own = (plans.descents(12)[name] for name in ("sgd", "adagrad"))
    path = plans.FIGURE_12.marks.path
    last = plans.FIGURE_12.marks.steps[-1]
    rate = adagrad.effective(own)
    return {
        "steps": path,
        "last": last,
        "plain": plain.w[path],
        "own": own.w[path],
        "h": own.state["h"][last],
        "lr": plain.hyper["lr"],
        "bound": 2 / np.max(RAVINE.grad(np.ones(2))),  # the slope at 1 is the curvature
        "first": rate[0],
        "end": rate[last - 1],
    }


def _vanishing():
    found, lr = adagrad.vanishing(), plans.FIGURE_13.main.lr
    rates, ways = ({e: found["ravine", what][e, lr] for e in "xy"} for what in ("rate", "distance"))
    return {
        "steps": plans.FIGURE_13.ravine.steps,
        "lr": lr,
        "first": [rates[e][0] for e in "xy"],
        "end": [rates[e][-1] for e in "xy"],
        "way": [ways[e][-1] for e in "xy"],
    }


def _averages():
    alphas = plans.FIGURE_14.averages.alpha
    return {"alpha": alphas, "half": [rmsprop.half_life(alpha) for alpha in alphas]}


def _revived():
    plan, (rates, _, _) = plans.FIGURE_15.shrinking, rmsprop.revived()
    ratio, lr, rose = rmsprop.too_large()
    gammas = plans.FIGURE_15.first_steps.gamma
    half = [lr[int((share >= 0.5).argmax())] for share in (rose[g] for g in gammas)]
    return {
        "steep": plan.steep,
        "gentle": plan.gentle,
        "gamma": gammas,
        "low": [rates[g][plan.steep_steps - 1] for g in (1.0, gammas[0])],
        "high": [rates[g][-1] for g in (1.0, gammas[0])],
        "times": [ratio[g][0] for g in gammas],
        "half": half,
    }


def _corrected():
    t, *both = adam.noisy_runs()
    lengths = [moments["step"].mean(axis=1) for moments in both]
    ratio = lengths[1] / lengths[0]
    most = int(ratio.argmax())
    coefficients = vars(plans.FIGURE_16.coefficients)
    factors = [1 / (1 - coefficients[name]) for name in ("beta1", "beta2")]
    return {"first": ratio[0], "most": ratio[most], "at": t[most], "factors": factors}


def _contest():
    told = {}
    for name in ("chapter", "ravine", "Beale"):
        ranked = sorted(adam.contest(name).items(), key=lambda one: one[1]["steps"])
        told[name] = ", ".join(f"{NAMES[rule]} {_arrival(one)}" for rule, one in ranked)
    return told


def _arrival(one):
    return f"{one['steps']:.0f}" if np.isfinite(one["steps"]) else "–"


def _digits():
    told = {}
    for rule, ends in adam.digit_race().items():
        loss, accuracy = (np.median([getattr(e, n) for e in ends]) for n in ("loss", "accuracy"))
        told[rule] = f"{loss:.3f}", f"{100 * accuracy:.1f}"
    return told


def _ravines():
    plan = plans.FIGURE_20.ravines
    paths = {rule: len(plans.descents(20)[rule].w) - 1 for rule in ("sgd", "momentum")}
    kappa = plan.kappas[-1]
    slow, fast, usual = (fastest(kappa, alpha).steps for alpha in (0.0, None, plan.usual))
    steps = {"slow": int(slow), "fast": int(fast), "usual": int(usual)}
    return paths | steps | {"kappa": kappa, "alpha": plan.usual}


def _falling():
    plan, (plain, bumpy) = plans.FIGURE_19.falling, minima.sweeps()[:2]
    fallen, gathered = (
        100 * minima.falling(one.loss, plan.schedule, vars(plan.steps)[one.loss.name])
        for one in (plain, bumpy)
    )
    rates, low, high = minima.FIRST_RATES, *plan.lr[:2]
    shown = (low <= minima.RATES) & (high >= minima.RATES)
    (best,), (other,) = (minima.places(one.loss, "global") for one in (plain, bumpy))
    elsewhere = minima.traps(bumpy.loss).argmax()
    constant = 100 * plain.shares[best][shown]
    large = _from(fallen[best] > 95)
    return {
        "most": constant.max(),
        "none": minima.RATES[shown][_from(constant == 0)],
        "large": rates[large],
        "least": fallen[best][large:].min(),
        "few": gathered[other].max(),
        "all": rates[_from(gathered[elsewhere] == 100)],
        "at": bumpy.loss.minima[elsewhere].w,
    }


def _from(true):
    """Where what is true of the last begins to be true of all that follow."""
    return len(true) - int(np.cumprod(true[::-1]).sum())


def _two_parameters():
    w, ahead, _, _ = two_parameters()
    (minimum,) = OVERSHOOT.goals
    tops = {"most": w.max(), "most_ahead": ahead.max(), "at": minimum}
    return tops | {"when": int(w.argmax()), "when_ahead": int(ahead.argmax())}


TOLD = {
    1: _minima,
    2: _fog,
    3: _rugged,
    4: _one_step,
    5: _extremes,
    6: _stays_or_leaves,
    7: _overshoot,
    8: _ahead,
    9: _batches,
    10: _growth,
    11: _duel,
    12: _elements,
    13: _vanishing,
    14: _averages,
    15: _revived,
    16: _corrected,
    17: _contest,
    18: _digits,
    19: _falling,
    20: _ravines,
    "nag": _two_parameters,
}

"""Where the figures' dots come from: every start and every rate, and the descents they give."""

from collections.abc import Callable
from dataclasses import dataclass, field

from udl.descent import run
from udl.experiments.digits import COST, RACE, SPREAD
from udl.experiments.escapes import START, WIDE
from udl.experiments.libraries import NAG
from udl.experiments.race import RATES
from udl.losses import CHAPTER, OVERSHOOT, RAVINE, Loss
from udl.steps import adagrad, momentum, nag, sgd


@dataclass(frozen=True)
class Plan:
    """A descent before it is run: the arguments of `udl.run`."""

    step: Callable
    loss: Loss
    w0: float
    steps: int
    hyper: dict = field(default_factory=dict)

    def parameters(self):
        """The plan in plain names and numbers, as the manifest prints it."""
        return {
            "rule": self.step.__name__,
            "loss": self.loss.name,
            "start": self.w0,
            "steps": self.steps,
            **self.hyper,
        }


# Within a figure the start is one, and so is the rate where the rules are compared. The large rate
# of figure 5 is one whose jumps happen to stay in the picture for five steps; notebook 3.7.2 shows
# how chancy that is.
SLOPE = 1.355
TOP = 0.65
FAST = {"lr": 0.35, "alpha": 0.9}

# A plan is run as it stands; a plain dict holds the parameters of a sweep or a map, which the
# figure's own module runs.
PLANS = {
    1: {},
    2: {"descent": Plan(momentum, CHAPTER, 1.16, 10, {"lr": 0.12, "alpha": 0.9})},
    3: {},
    4: {
        "small": Plan(sgd, CHAPTER, SLOPE, 1, {"lr": 0.4}),
        "large": Plan(sgd, CHAPTER, SLOPE, 1, {"lr": 1.5}),
    },
    5: {
        "small": Plan(sgd, CHAPTER, SLOPE, 40, {"lr": 0.23}),
        "large": Plan(sgd, CHAPTER, SLOPE, 40, {"lr": 1.895}),
    },
    6: {
        "sgd": Plan(sgd, CHAPTER, 1.24, 40, {"lr": 0.2}),
        "momentum": Plan(momentum, CHAPTER, 1.24, 300, {"lr": 0.2, "alpha": 0.9}),
    },
    7: {"momentum": Plan(momentum, OVERSHOOT, TOP, 300, FAST)},
    8: {"nag": Plan(nag, OVERSHOOT, TOP, 300, FAST)},
    9: {"spread": SPREAD, "cost": COST},
    10: {
        "growth": {"rule": "momentum", "alpha": [0.0, 0.5, 0.8, 0.9, 0.95, 0.98], "steps": 300},
        "map": {"rule": "momentum", "loss": "chapter", "start": START, **WIDE},
    },
    11: {rule: {"loss": "chapter", "start": START, **WIDE} for rule in ("momentum", "nag")},
    12: {
        "sgd": Plan(sgd, RAVINE, [-7.0, 2.0], 100, {"lr": 0.1}),
        "adagrad": Plan(adagrad, RAVINE, [-7.0, 2.0], 100, {"lr": 0.4}),
        "marks": {"path": 20, "steps": [1, 5, 100]},
        "sweep": {
            "start": [-7.0, 2.0],
            "steps": 3000,
            "tolerance": 0.001,
            "lowest": 0.01,
            "highest": 100.0,
            "rates": 161,
        },
    },
    13: {
        "constant": {"gradients": [0.1, 1.0, 10.0], "lr": 1.0, "steps": 10_000},
        "ravine": {"start": [-7.0, 2.0], "lr": [0.1, 0.4, 1.6], "steps": 10_000},
        "main": {"lr": 0.4},
    },
    14: {
        "averages": {"alpha": [0.5, 0.1, 0.01], "past": 100},
        "noise": {
            "levels": [1.0, 0.2],
            "change": 250,
            "steps": 500,
            "deviation": 0.3,
            "sequences": 200,
            "seed": 14,
        },
    },
    15: {
        "shrinking": {
            "steep": 10.0,
            "gentle": 0.1,
            "steep steps": 50,
            "steps": 1000,
            "gamma": [0.9, 0.99, 0.999],
            "shown": [0.9, 0.99],
            "largest factor": 1000.0,
            "factors": 61,
        },
        "first steps": {"gradient": 7.0, "steps": 1000, "gamma": [0.9, 0.99, 0.999]},
        "sweep": {"starts": [0.0, 10.0, 51], "lowest": 0.001, "highest": 10.0, "rates": 161},
    },
    16: {
        "gradient": {"mean": 1.0, "spread": 0.5, "steps": 5000, "runs": 2000, "seed": 0},
        "coefficients": {"beta1": 0.9, "beta2": 0.999},
        "late": {"t": 10**6},  # a count at which nothing is left to correct
    },
    17: {  # each rule at its own best rate of the grid of `udl.experiments.race`
        "chapter": {"start": SLOPE, "shown": 50},
        "ravine": {"start": [-7.0, 2.0], "shown": 1000},
        "Beale": {"start": [1.0, 1.5], "shown": 1000},
        "grid": {"lowest": float(RATES[0]), "highest": float(RATES[-1]), "rates": len(RATES)},
    },
    18: {"race": RACE},
    "nag": {"nag": Plan(nag, OVERSHOOT, NAG["start"], NAG["steps"], FAST)},
}


def parameters(number):
    """Every start, rate and range of a figure in plain names and numbers."""
    return {
        name: plan.parameters() if isinstance(plan, Plan) else plan
        for name, plan in PLANS[number].items()
    }


def descents(number):
    """Run the descents of one figure.

    Parameters
    ----------
    number : int
        The figure's number in the chapter.

    Returns
    -------
    dict of str to Descent
        One for each panel or rule; empty for a figure that shows a curve alone.

    Examples
    --------
    >>> descents(4)["small"]
    <Descent: sgd(lr=0.4), 1 steps>
    """
    return {
        name: run(plan.step, plan.loss, plan.w0, plan.steps, **plan.hyper)
        for name, plan in PLANS[number].items()
        if isinstance(plan, Plan)
    }

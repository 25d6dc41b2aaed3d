"""Where the figures' dots come from: every start and every rate, and the descents they give."""

from collections.abc import Callable
from dataclasses import dataclass, field

from udl.descent import run
from udl.losses import CHAPTER, OVERSHOOT, Loss
from udl.steps import momentum, nag, sgd


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

"""Every start, rate and α of the course, once, section by section.

What is run as it stands is a `Plan`; what is swept, drawn at random or trained has its `Settings`.
Experiments, figures, claims, explorers and exercises take their numbers from here, and the
manifest of the figures is derived from it.

>>> FIGURE_6.momentum.run().w[-1].round(3)
np.float64(7.177)
"""

from types import SimpleNamespace

import numpy as np

from udl.descent import run
from udl.losses import BEALE, CHAPTER, HIMMELBLAU, OVERSHOOT, RAVINE, ROSENBROCK, RUGGED
from udl.steps import adagrad, momentum, nag, sgd


class Settings(SimpleNamespace):
    """Numbers by name, such as ``COST.sizes``."""

    def parameters(self):
        """The same in plain words, as the manifest prints them: dict."""
        return {
            name.replace("_", " "): value.parameters() if hasattr(value, "parameters") else value
            for name, value in vars(self).items()
        }


class Plan:
    """A descent before it is run: the arguments of `udl.run`, by their names."""

    def __init__(self, step, loss, w0, steps, **hyper):
        self.step, self.loss, self.w0, self.steps, self.hyper = step, loss, w0, steps, hyper

    def run(self):
        """The descent: a `Descent`."""
        return run(self.step, self.loss, self.w0, self.steps, **self.hyper)

    def parameters(self):
        """The plan in plain names and numbers, as the manifest prints it."""
        return {
            "rule": self.step.__name__,
            "loss": self.loss.name,
            "start": self.w0,
            "steps": self.steps,
            **self.hyper,
        }


# Where descents start. Within a figure the start is one, and so is the rate where rules are
# compared.
SLOPE = 1.355  # on the chapter's curve, high above the first local minimum
START = 1.24  # a little higher still: from here Momentum leaves that minimum (figure 6)
RUGGED_SLOPE = 2.2  # where RUGGED is left: its descent ends in a local minimum, 1.506
TOP = 0.65  # of the long slope of OVERSHOOT (figures 7 and 8)
CORNER = (-7.0, 2.0)  # of the ravine
UNIT = 1.0  # as η, where steps and rates are counted in units of η

# 3.7.1 --------------------------------------------------------------------------------------------

FIGURE_2 = Settings(descent=Plan(momentum, CHAPTER, 1.16, 10, lr=0.12, alpha=0.9))

# Claims 1.a to 1.c: SGD from all of the drawn domain, at rates that creep and rates that no
# minimum holds. The starts beside the minima are so near that only the rate can drive them off.
DILEMMA = Settings(starts=(0.0, 10.0, 51), lr=(0.01, 4.0, 200), steps=1000, beside=0.005)

# A rate that falls, on the same curves: three schedules of several lengths, from rates that never
# leave a valley to those at which no valley holds a walk. From 3.42 on RUGGED's parabola throws it.
GATHER = Settings(
    starts=DILEMMA.starts,
    lr=(0.05, 3.0, 40),
    schedules=(
        ("linear", 50),
        ("linear", 200),
        ("linear", 3000),
        ("cosine", 200),
        ("inverse root", 3000),
    ),
    near=0.01,
)
FIGURE_19 = Settings(
    constant=DILEMMA,
    falling=Settings(
        schedule="linear",
        starts=GATHER.starts,
        lr=GATHER.lr,
        steps=Settings(chapter=200, rugged=3000),
    ),
)

# Curves drawn at random, each a parabola with as many bumps: constant rates and one that falls.
CURVES = Settings(
    curves=40,
    bumps=8,
    bend=0.1,
    height=2.0,
    width=(0.3, 1.5),
    seed=0,
    constant=Settings(starts=(0.0, 10.0, 11), lr=(0.05, 4.0, 24), steps=300),
    falling=Settings(starts=(0.0, 10.0, 51), lr=4.0, steps=1000),
    near=0.05,
)

# Exercises: ten steps that all stay on one slope, and a rate at which no start leaves its valley.
SHIFT = Settings(start=START, lr=0.01, steps=10)
VALLEY = Settings(careful=0.05, steps=DILEMMA.steps, shown=(4.0, 0.3))

# 3.7.2 --------------------------------------------------------------------------------------------

FIGURE_4 = Settings(
    small=Plan(sgd, CHAPTER, SLOPE, 1, lr=0.4), large=Plan(sgd, CHAPTER, SLOPE, 1, lr=1.5)
)

# The large rate is one whose jumps happen to stay in the picture for five steps, four of them
# between the walls; notebook 3.7.2 shows how chancy that is.
FIGURE_5 = Settings(
    small=Plan(sgd, CHAPTER, SLOPE, 40, lr=0.23), large=Plan(sgd, CHAPTER, SLOPE, 40, lr=1.895)
)

# Mini-batch gradients around the full one, at several moments of a training.
SPREAD = Settings(
    sizes=(1, 3, 10, 30, 100, 300, 750),  # all divide 1,500
    draws=200,  # at least, and at least an epoch
    epochs=(0, 3, 10),
    rate=0.3,
    seed=0,
)

# SGD with mini-batches of several sizes, each at its own best rate.
COST = Settings(
    rates=(0.03, 0.1, 0.3, 1.0, 3.0),
    sizes=(15, 150, 1500),
    epochs=(5, 10, 40),  # of each size
    looks=30,  # how often the loss is measured on the way, evenly in the logarithm
    seed_that_chooses=0,
    seeds_that_count=(1, 2, 3, 4, 5),
    target=0.5,
)

FIGURE_9 = Settings(spread=SPREAD, cost=COST)

# Claim 2.a: two of the sizes in two other trainings.
TRAININGS = Settings(sizes=(1, 30), seeds=(1, 2))

# Claim 2.b: two sizes more than in figure 9, and how many epochs each is given.
EPOCHS = {1: 2, 50: 8, **dict(zip(COST.sizes, COST.epochs, strict=True))}

# The notebook's straight line, y = 3x with noise: mini-batches of it far from the bottom and near
# it, and what SGD pays for them until so much more loss than at the bottom is left.
LINE = Settings(
    samples=10_000,
    slope=3.0,
    noise=1.0,
    seed=0,
    places=(0.0, 2.9),
    sizes=(1, 4, 25, 100, 400),
    draws=4000,
    cost=Settings(
        sizes=(25, 100), lr=(0.01, 0.03, 0.1, 0.3), above=0.1, steps=1000, seeds=(1, 2, 3, 4, 5)
    ),
)

# Claim 2.b, at a loss above and one below that of figure 9 as well.
TARGETS = (1.0, COST.target, 0.25)

# Noise in the gradient, from a slope above a local minimum: how many of the walks leave its valley,
# and how many end in the global minimum's. All walk equally far, rate times steps.
NOISE = Settings(
    cases=(
        (CHAPTER, SLOPE, FIGURE_5.small.hyper["lr"]),
        (CHAPTER, SLOPE, 0.15),  # below 2/curvature of the next valley, 0.169
        (CHAPTER, SLOPE, 0.1),
        (RUGGED, RUGGED_SLOPE, 0.1),
    ),
    deviation=(1.0, 2.0, 3.0, 4.0),
    way=46.0,
    walks=1000,
    seed=0,
)

# Claim 2.c.
WIDTHS = Settings(lr=(0.001, 10.0, 9))

# Claim 2.d: rates against three limits 2/curvature of a curve, of its narrowest valley, of its
# widest, and of the parabola outside. Near a limit a walk takes long to show its fate: hence the
# margins and the steps.
EXTREMES = Settings(
    curves=(CHAPTER, RUGGED, OVERSHOOT),
    starts=(0.0, 10.0, 101),
    outside=1000.0,  # so far that the hills are gone
    small=Settings(lowest=0.01, below=0.9, rates=5, steps=2000),
    large=Settings(above=1.05, below=0.95, rates=9, steps=1000, still=1e-6),
    beyond=Settings(times=(1.2, 1.5, 2.0), steps=3000),
)
QUADRATICS = Settings(
    curvature=(0.1, 1.0, 10.0, 100.0), share=(0.1, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0), steps=2000
)

# The explorer opens at the place of its knob that is nearest to the small rate of figure 5.
EXPLORE_SGD = Settings(lr=0.22)

# Exercises: a sum in place of a mean, and a rate that suits all of the data.
SUM = Settings(size=25, lr=0.1, steps=5)
SAMPLE = Settings(steps=1000)

# 3.7.3 --------------------------------------------------------------------------------------------

FIGURE_6 = Settings(
    sgd=Plan(sgd, CHAPTER, START, 40, lr=0.2),
    momentum=Plan(momentum, CHAPTER, START, 300, lr=0.2, alpha=0.9),
)

# Two grids of pairs of lr and α, from `START`: WIDE reaches from rates that creep to rates that
# diverge, and spaces α by the growth 1/(1−α) that it allows; NARROW is the range in which SGD
# still settles, with α spaced evenly. Each range is (lowest, highest, how many).
WIDE = Settings(
    loss="chapter", start=START, steps=1500, lr=(0.01, 10.0, 101), growth=(1.0, 50.0, 81)
)
NARROW = Settings(steps=2000, lr=(0.01, 0.35, 100), alpha=(0.0, 0.98, 99))

# Claim 3.a: the same rates from a slope of three curves, while the way goes on down. Claim 3.b: SGD
# and Momentum from all over two curves.
GROWING = Settings(
    starts={CHAPTER: START, OVERSHOOT: 0.65, RUGGED: 2.2}, lr=NARROW.lr, alpha=0.9, steps=300
)
LEAVING = Settings(starts=(0.0, 10.0, 51), lr=(0.01, 0.35, 12), alpha=0.9, steps=1000)

# How low the least friction that holds Momentum back is from several starts: lr/(1−α)² at the
# smallest α that crosses the first hill, for small rates.
FRICTION = Settings(
    starts={CHAPTER: (0.8, START, 1.6), RUGGED: (-1.0, -0.8)},
    lr=(0.01, 0.02, 0.04),
    growth=(5.0, 100.0, 120),
    steps=1500,
)

# Claim 3.c: the bottom of the first valley to the right, crossed from several starts with the pairs
# of `NARROW`. From 2.8 and 3.1 on RUGGED the hill behind it is low, so that small α cross it too.
PASSING = {CHAPTER: (0.8, 1.0, START, 1.6), RUGGED: (-1.0, -0.8, 2.8, 3.1)}

# Ravines x²/κ + y² of several condition numbers κ, left from where the ravine of κ = 20 is left
# from `CORNER`: each direction holds the same part of the loss. All settings are tried.
RAVINES = Settings(
    kappas=(2, 5, 20, 100, 400, 1000),
    usual=0.9,
    tolerance=0.001,
    lr={"sgd": (0.5, 1.0, 101), "momentum": (0.1, 2.0, 61)},
    alpha=(0.0, 0.98, 99),
)
FIGURE_20 = Settings(  # the settings that need the fewest steps
    sgd=Plan(sgd, RAVINE, CORNER, 41, lr=0.91),
    momentum=Plan(momentum, RAVINE, CORNER, 12, lr=1.214, alpha=0.45),
    ravines=RAVINES,
)

# The digits at one effective rate lr/(1−α), for several α.
EFFECTIVE = Settings(
    rates=(0.3, 1.0, 3.0), alpha=(0.0, 0.9, 0.99), size=50, epochs=(1, 2, 3), seeds=(0, 1, 2, 3, 4)
)

FIGURE_10 = Settings(
    growth=Settings(rule="momentum", alpha=(0.0, 0.5, 0.8, 0.9, 0.95, 0.98), steps=300),
    map=Settings(rule="momentum", **vars(WIDE)),
)

# 3.7.4 --------------------------------------------------------------------------------------------

FAST = {"lr": 0.35, "alpha": 0.9}
FIGURE_7 = Settings(momentum=Plan(momentum, OVERSHOOT, TOP, 300, **FAST))
FIGURE_8 = Settings(nag=Plan(nag, OVERSHOOT, TOP, 300, **FAST))
FIGURE_NAG = Settings(nag=Plan(nag, OVERSHOOT, TOP, 24, **FAST))  # figure 8, on to the end
FIGURE_11 = Settings(momentum=WIDE, nag=WIDE)

# A third grid of pairs: seven α with a hundred rates each, from `TOP` on OVERSHOOT and from a slope
# of three other losses. A loss has settled once it stays so near its lowest.
ROWS = Settings(
    lr=(0.01, 1.0, 100),
    alpha=(0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98),
    steps=1500,
    tolerance=0.001,
    rugged=RUGGED_SLOPE,
)

BRAKE = {"lr": 0.5, "alpha": 0.9}  # exercise: in the bowl w², where lr times the curvature is 1
APART = {"alpha": 0.95}  # exercise: from `START`, NAG is caught at rates at which Momentum is not

# Figure 6, its rate multiplied by a factor on the way (the page on conventions).
CUT = Settings(start=START, factor=0.1, **FIGURE_6.momentum.hyper)

# 3.7.5 --------------------------------------------------------------------------------------------

FIGURE_12 = Settings(
    sgd=Plan(sgd, RAVINE, CORNER, 100, lr=0.1),
    adagrad=Plan(adagrad, RAVINE, CORNER, 100, lr=0.4),
    marks=Settings(path=20, steps=(1, 5, 100)),
    sweep=Settings(
        start=CORNER, steps=3000, tolerance=0.001, lowest=0.01, highest=100.0, rates=161
    ),
)

FIGURE_13 = Settings(
    constant=Settings(gradients=(0.1, 1.0, 10.0), lr=UNIT, steps=10_000),
    ravine=Settings(start=CORNER, lr=(0.1, 0.4, 1.6), steps=10_000),
    main=Settings(lr=FIGURE_12.adagrad.hyper["lr"]),
)

# Claim 5.a: starts all over the ravine, none on an axis, at rates that go down in both elements. In
# a ravine of another curvature they are as large a share of 2/curvature.
_X, _Y = np.meshgrid(np.linspace(-9.75, 9.75, 40), np.linspace(-3.875, 3.875, 32))
LAG = Plan(
    sgd,
    RAVINE,
    np.stack([_X, _Y])[..., None],
    FIGURE_12.marks.path,
    lr=np.array([0.1, 0.3, 0.5, 0.7, 0.9]),
)

# Claim 5.b: bowls whose parameter is a vector, a matrix and a tensor.
SHAPES = Settings(
    shapes=((2,), (3, 4), (2, 3, 4)), curvature=(0.1, 2.0), lr=FIGURE_13.main.lr, steps=50, seed=5
)

# Claim 5.c: two mini-batches that never agree; and a cliff whose first gradient fills h for good.
BATCHES = Settings(start=3.0, lr=FIGURE_13.ravine.lr, steps=FIGURE_13.ravine.steps)
CLIFF = Settings(plan=Plan(adagrad, BEALE, (4.0, 3.0), 1000, lr=0.5), steps_again=100)

# Claim 5.b: the ratio of the two rates, over curvatures, starts and η.
RATIOS = Settings(
    curvature=((0.1, 2.0), (1.0, 100.0)),
    starts=(CORNER, (-7.0, 7.0), (-2.0, 7.0)),
    lr=(0.1, 0.4, 1.0, 3.0, 10.0, 100.0),
    steps=100,
)

# Words that come at every step, at every tenth and at every hundredth, each with noise of its own.
WORDS = Settings(every=(1, 10, 100), noise=1.0, steps=2000, runs=60, rates=(0.001, 1.0, 13), seed=0)

# Claim 5.d: what a constant and a falling rate leave, at the best of many rates, on two surfaces
# with and without noise. The first half of the runs chooses the rate, the second counts.
LEFT = Settings(
    losses=(RAVINE, HIMMELBLAU),
    noise=(0.0, 1.0),
    runs=20,
    steps=1000,
    last=50,
    rates=(0.001, 10.0, 17),
    seed=5,
)
ENDS = Settings(
    curves=(CHAPTER, RUGGED), starts=(0.0, 10.0, 51), rates=(0.01, 10.0, 13), steps=1000
)

# Exercises: gradients of equal sum, and one that outweighs a thousand.
RARE = Settings(steps=100, every=10)
OUTLIER = Settings(steps=1000, gamma=0.99)

# 3.7.6 --------------------------------------------------------------------------------------------

GAMMAS = (0.9, 0.99, 0.999)  # memories of about 10, 100 and 1,000 steps

FIGURE_14 = Settings(
    averages=Settings(alpha=(0.5, 0.1, 0.01), past=100),
    noise=Settings(levels=(1.0, 0.2), change=250, steps=500, deviation=0.3, sequences=200, seed=14),
)

FIGURE_15 = Settings(
    shrinking=Settings(
        steep=10.0,
        gentle=0.1,
        steep_steps=50,
        steps=1000,
        gamma=GAMMAS,
        largest_factor=1000.0,
        factors=61,
    ),
    first_steps=Settings(gradient=7.0, steps=1000, gamma=GAMMAS),
    sweep=Settings(starts=(0.0, 10.0, 51), lowest=0.001, highest=10.0, rates=161),
)

# Claims 6.b to 6.d: slopes and plains of many lengths and depths; gradients of every size; and the
# first steps on all curves, at rates that are used and at absurd ones.
REVIVALS = Settings(
    gamma=GAMMAS, steep_steps=(50, 200, 1000), factors=(1.1, 2, 5, 10, 20, 50, 100, 1000), after=950
)
SIZES = Settings(gradients=(1e-3, 1e3, 7), gamma=GAMMAS, steps=50)
EARLY = Settings(
    curves=(CHAPTER, RUGGED, OVERSHOOT),
    gamma=GAMMAS[:2],
    starts=FIGURE_15.sweep.starts,
    near=Settings(steps=10, lr=np.array([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0])),
    small=0.03,  # the largest rate that the claim calls so
    absurd=Settings(steps=100, lr=np.geomspace(1e-3, 1e3, 13)),
)

# Claim 6.d on the digits: the first steps, at rates around RMSProp's own best, on seeds that had no
# part in choosing that.
FIRST = Settings(
    rates=(0.003, 0.01, 0.03, 0.1),
    gamma=GAMMAS[:2],
    seeds=(5, 6, 7),
    size=50,
    looks=(0, 1, 2, 5, 10, 30),
    after=10,  # when it is judged, as `EARLY.near` is
)

# Claim 6.e: who leaves the local minima of three curves, at which η.
ESCAPE = Settings(
    curves=(CHAPTER, RUGGED, OVERSHOOT),
    starts=(0.0, 10.0, 101),
    lr=(0.01, 10.0, 25),
    steps=1000,
    gamma=GAMMAS[:2],
)

# What averages keep of one value; when one of ones is full, asked at figure 14's middle α.
FADING = Settings(alpha=(0.01, 0.99, 99), past=FIGURE_14.averages.past)
FILLING = Settings(steps=1000, full=0.99, exercise=FIGURE_14.averages.alpha[1])
LEAP = Settings(start=SLOPE, lr=0.1)  # the exercise: one step over the hill
FORGETTING = Settings(start=SLOPE, lr=0.05, gamma=GAMMAS[0])  # the explorer, within its 100 steps

# 3.7.7 --------------------------------------------------------------------------------------------

FIGURE_16 = Settings(
    gradient=Settings(mean=1.0, spread=0.5, steps=5000, runs=2000, seed=0),
    coefficients=Settings(beta1=0.9, beta2=0.999),
    late=Settings(t=10**6),  # a count at which nothing is left to correct
)

# Adam with parts switched off is compared with these.
PARTS = Settings(
    rmsprop={"lr": 0.02, "gamma": 0.99},
    momentum={"lr": 0.16, "alpha": 0.9},
    sgd={"lr": 0.16},
    adagrad={"lr": 0.2},
)
PARTS_FROM = Settings(starts=(0.0, 10.0, 41))

# Each rule at its own best rate of this grid, four a decade, on every landscape.
GRID = Settings(lowest=1e-4, highest=10.0, rates=21)

FIGURE_17 = Settings(
    chapter=Settings(start=SLOPE, shown=150),
    ravine=Settings(start=CORNER, shown=1000),
    Beale=Settings(start=(1.0, 1.5), shown=1000),
    grid=GRID,
)

# The six rules on the digits. Each rule's rate is the best of these on some seeds, about two a
# decade; its result is that on others.
RACE = Settings(
    rates=(0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0),
    size=50,
    epochs=10,
    seeds_that_choose=(0, 1, 2, 3, 4),
    seeds_that_count=(5, 6, 7, 8, 9),
)
FIGURE_18 = Settings(race=RACE)

# Claim 7.b: Adam's two coefficients, each pair at its own best rate. The winner and the recommended
# pair are compared on seeds that had no part in choosing.
BETAS = Settings(
    beta1=(0.0, 0.5, 0.9, 0.95, 0.99),
    beta2=(0.9, 0.99, 0.999, 0.9999),
    recommended=(0.9, 0.999),
    rates=(0.01, 0.03),
    seeds_that_choose=(0, 1, 2),
    seeds_that_count=tuple(range(10, 20)),
)

# Claim 7.a: a gradient that keeps its direction, and one that alternates.
SLOPES = Settings(steps=300)

# Claim 7.c, on the digits: the first steps with and without the correction, at rates that are
# used and at one that is not.
OPENING = Settings(rates=(0.01, 0.03, 0.1), usual=0.03, steps=30, seeds=(0, 1, 2))

# How long a step gets after so many gradients of 0: a single gradient, and gradients that grow.
SILENCE = Settings(steps=10_000, growing=150)

# A gradient that is large and positive once in so many steps, and −1 in all others: on average it
# is positive (Reddi et al. 2018).
SELDOM = Settings(every=(10, 100, 1000), times=1.1, beta2=(0.99, 0.999, 0.9999), steps=30_000)

# Two elements whose gradient alternates, a large and a small one: what is left of both by decay.
DECAY = Settings(sizes=(10.0, 0.1), start=1.0, lr=0.01, weight_decay=0.1, steps=1000)

# Adam at a constant rate and at one that falls, from every fourth start of the race.
SWING = Settings(losses=(CHAPTER, RUGGED, RAVINE, BEALE), steps=8000, last=500, thinned=4)

# Adam on the digits at rates below, at and above its best, constant and falling as a cosine.
COSINES = Settings(rates=(0.01, 0.03, 0.1))

# Two landscapes that few rules master in the steps of the race, given more of them: at the best
# rate of the race, and at slower ones, two a decade.
PATIENCE = Settings(losses=(BEALE, ROSENBROCK), steps=10_000, rates=5, apart=2)

# The explorers, where they open elsewhere than their figures.
EXPLORE_ADAM = Settings(lr=FIGURE_12.adagrad.hyper["lr"], across=0.15, up=0.75)

# What `check` tries a reader's rule with: none is a rule's default, so that a number in place of a
# name shows.
CHECKED = Settings(lr=0.03, alpha=0.8, gamma=0.8, beta1=0.7, beta2=0.9, weight_decay=0.2)

# --------------------------------------------------------------------------------------------------


def _places(text):
    return tuple(map(float, text.split()))


# Where the knobs of an explorer can stand on a page without a kernel, which holds every state: the
# main one, finely where descents change their valley, and one more where the notebook asks for it.
BEFOREHAND = {
    "fog": {
        "start": tuple(sorted({*np.arange(0, 10.1, 0.4).round(1).tolist(), START})),
        "clear": (False, True),
    },
    "sgd": {
        "lr": _places(
            "0.01 0.02 0.03 0.05 0.07 0.1 0.12 0.14 0.16 0.18 0.2 0.22 0.25 0.28 0.3 "
            "0.32 0.35 0.4 0.45 0.5 0.6 0.7 0.8 0.9 1 1.1 1.2 1.3 1.5 2"
        ),
        "start": (START, 6.0),
    },
    "momentum": {
        "alpha": _places(
            "0 0.1 0.2 0.3 0.4 0.5 0.55 0.6 0.65 0.7 0.74 0.78 0.8 0.81 0.82 0.83 0.84 "
            "0.85 0.86 0.87 0.88 0.9 0.92 0.94 0.95 0.97 0.99"
        ),
        "lr": (0.02, 0.2),  # a tenth of it, as with α = 0.9 the tenfold speed asks for
    },
    "nag": {
        "alpha": _places(
            "0 0.1 0.2 0.3 0.4 0.5 0.55 0.6 0.65 0.7 0.73 0.76 0.79 0.81 0.83 0.85 0.87 "
            "0.88 0.89 0.9 0.91 0.92 0.93 0.94 0.95 0.97 0.99"
        ),
    },
    "adagrad": {
        "lr": _places(
            "0.05 0.07 0.1 0.14 0.2 0.25 0.3 0.35 0.4 0.5 0.6 0.7 0.8 0.9 1 1.2 1.4 1.6 "
            "1.8 2 2.5 3 3.5 4 4.5 5"
        ),
        "y": (0.1, CORNER[1]),
    },
    "rmsprop": {
        "gamma": _places(
            "0 0.2 0.3 0.4 0.5 0.55 0.6 0.65 0.7 0.75 0.8 0.82 0.84 0.86 0.88 0.9 0.92 "
            "0.93 0.94 0.95 0.96 0.97 0.98 0.99 0.999"
        ),
    },
    "adam": {
        "lr": _places(
            "0.01 0.02 0.03 0.05 0.07 0.1 0.14 0.18 0.2 0.25 0.3 0.35 0.4 0.45 0.5 0.55 "
            "0.6 0.65 0.7 0.75 0.8 0.85 0.9 1 1.2"
        ),
        "corrected": (False, True),
    },
}

FIGURES = {
    1: Settings(),
    2: FIGURE_2,
    3: Settings(),
    4: FIGURE_4,
    5: FIGURE_5,
    6: FIGURE_6,
    7: FIGURE_7,
    8: FIGURE_8,
    9: FIGURE_9,
    10: FIGURE_10,
    11: FIGURE_11,
    12: FIGURE_12,
    13: FIGURE_13,
    14: FIGURE_14,
    15: FIGURE_15,
    16: FIGURE_16,
    17: FIGURE_17,
    18: FIGURE_18,
    19: FIGURE_19,
    20: FIGURE_20,
    "nag": FIGURE_NAG,
}


def descents(number):
    """Run the descents of one figure.

    Parameters
    ----------
    number : int or str
        The figure's number in the chapter; ``"nag"`` for that of the page on conventions.

    Returns
    -------
    dict of str to Descent
        One for each panel or rule; empty for a figure that shows a curve alone.

    Examples
    --------
    >>> descents(4)["small"]
    <Descent: sgd(lr=0.4), 1 steps>
    """
    plans = vars(FIGURES[number]).items()
    return {name: plan.run() for name, plan in plans if isinstance(plan, Plan)}

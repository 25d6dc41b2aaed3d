"""udl: the optimizers of the course, each a function that is its equation.

Read in this order: `udl.steps`, `udl.losses`, `udl.descent`, `udl.averages`, `udl.figures`.
Importing udl imports NumPy and nothing heavier.
"""

from time import time_ns as _now

from udl.averages import ema, weights
from udl.chapter import language
from udl.data import batches, digits
from udl.descent import Descent, iterate, run
from udl.losses import (
    BEALE,
    CHAPTER,
    HIMMELBLAU,
    OVERSHOOT,
    RAVINE,
    ROSENBROCK,
    RUGGED,
    SADDLE,
    Loss,
    Minimum,
)
from udl.steps import adagrad, adam, adamw, momentum, nag, radam, rmsprop, sgd

__all__ = [
    "BEALE",
    "CHAPTER",
    "HIMMELBLAU",
    "OVERSHOOT",
    "RAVINE",
    "ROSENBROCK",
    "RUGGED",
    "SADDLE",
    "Descent",
    "Loss",
    "Minimum",
    "adagrad",
    "adam",
    "adamw",
    "batches",
    "digits",
    "ema",
    "iterate",
    "language",
    "momentum",
    "nag",
    "radam",
    "rmsprop",
    "run",
    "sgd",
    "weights",
]

_imported = _now()  # what is saved later is not what this process has

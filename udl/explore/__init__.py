"""Explorers: turn a knob, and the picture follows the hand.

One for each section. Each has play, single steps and reset, and a line that says what happens now.

>>> from udl import explore
>>> explore.momentum(alpha=0.5).values["alpha"]
0.5
"""

from udl.explore.explorer import Explorer
from udl.explore.views.adagrad import OwnRates
from udl.explore.views.adam import Race
from udl.explore.views.minima import Fog
from udl.explore.views.momentum import Momentum
from udl.explore.views.nag import LookAhead
from udl.explore.views.rmsprop import Forgetting
from udl.explore.views.sgd import LearningRate

VIEWS = {
    "fog": Fog,
    "sgd": LearningRate,
    "momentum": Momentum,
    "nag": LookAhead,
    "adagrad": OwnRates,
    "rmsprop": Forgetting,
    "adam": Race,
}


def fog(**values):
    """3.7.1: a descent in fog. Knobs: start, lr, clear."""
    return Explorer(Fog(), **values)


def sgd(**values):
    """3.7.2: the learning rate. Knobs: lr, start."""
    return Explorer(LearningRate(), **values)


def momentum(**values):
    """3.7.3: Momentum beside SGD. Knobs: lr, alpha, start."""
    return Explorer(Momentum(), **values)


def nag(**values):
    """3.7.4: NAG beside Momentum. Knobs: lr, alpha, start."""
    return Explorer(LookAhead(), **values)


def adagrad(**values):
    """3.7.5: AdaGrad in a ravine. Knobs: lr, x, y."""
    return Explorer(OwnRates(), **values)


def rmsprop(**values):
    """3.7.6: RMSProp beside AdaGrad. Knobs: gamma, lr, start."""
    return Explorer(Forgetting(), **values)


def adam(**values):
    """3.7.7: all six rules. Knobs: landscape, lr, beta1, beta2, corrected, across, up."""
    return Explorer(Race(), **values)

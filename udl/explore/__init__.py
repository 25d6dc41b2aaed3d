"""Explorers: turn a knob, and the picture follows the hand.

One for each section. Each has play, single steps and reset, and a line that says what happens now.
A rule of the reader's own walks beside the section's: ``explore.momentum(rule=my_momentum)``.

>>> from udl import explore
>>> explore.momentum(alpha=0.5).values["alpha"]
0.5
"""

from udl.chapter import LANGUAGES, speaking
from udl.exercises.checker import trouble
from udl.explore.explorer import Explorer
from udl.explore.text import WORDS
from udl.explore.views.adagrad import OwnRates
from udl.explore.views.adam import Race
from udl.explore.views.minima import Fog
from udl.explore.views.momentum import Momentum
from udl.explore.views.nag import LookAhead
from udl.explore.views.rmsprop import Forgetting
from udl.explore.views.sgd import LearningRate
from udl.show import say

VIEWS = {
    "fog": Fog,
    "sgd": LearningRate,
    "momentum": Momentum,
    "nag": LookAhead,
    "adagrad": OwnRates,
    "rmsprop": Forgetting,
    "adam": Race,
}


def fog(rule=None, **values):
    """3.7.1: a descent in fog. Knobs: start, lr, clear."""
    return _turned(Fog, rule, values)


def sgd(rule=None, **values):
    """3.7.2: the learning rate. Knobs: lr, start."""
    return _turned(LearningRate, rule, values)


def momentum(rule=None, **values):
    """3.7.3: Momentum beside SGD. Knobs: lr, alpha, start."""
    return _turned(Momentum, rule, values)


def nag(rule=None, **values):
    """3.7.4: NAG beside Momentum. Knobs: lr, alpha, start."""
    return _turned(LookAhead, rule, values)


def adagrad(rule=None, **values):
    """3.7.5: AdaGrad in a ravine. Knobs: lr, x, y."""
    return _turned(OwnRates, rule, values)


def rmsprop(rule=None, **values):
    """3.7.6: RMSProp beside AdaGrad. Knobs: gamma, lr, start."""
    return _turned(Forgetting, rule, values)


def adam(rule=None, **values):
    """3.7.7: all six rules. Knobs: landscape, lr, beta1, beta2, corrected, across, up."""
    return _turned(Race, rule, values)


def named(text):
    """The name of the explorer that is stored as a text, in any language.

    Parameters
    ----------
    text : str
        The ``text/plain`` of a stored output.

    Returns
    -------
    str or None
        Of `VIEWS`; None if it is no explorer.

    Examples
    --------
    >>> named("<탐색기. 속도를 안고 걷기>"), named("<Explorer. Walking with velocity>")
    ('momentum', 'momentum')
    >>> named("<Figure 6. Momentum>")
    """
    texts = {repr(view(lang=lang)): name for name, view in VIEWS.items() for lang in LANGUAGES}
    return texts.get(text)


def _turned(view, rule, values):
    """An explorer; or None where what is to walk beside is no rule, and a sentence that says so."""
    if rule is None:
        return Explorer(view(), **values)
    name = view.rule.__name__
    why = trouble(rule, name)
    if why is None:
        return Explorer(view(rule), **values)
    empty = why == trouble(..., name)  # which `check` has just said
    say(WORDS[speaking()]["empty"] if empty else why)
    return None

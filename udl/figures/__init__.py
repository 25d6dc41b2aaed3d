"""The chapter's figures, drawn from computed steps.

>>> from udl.figures import figure_6
>>> figure_6(lang="en").name
'Figure 6. Momentum: the velocity that is left carries it out of a local minimum'
"""

from udl.figures.adagrad import figure_12, figure_13
from udl.figures.adam import figure_16, figure_17, figure_18
from udl.figures.equations import EQUATIONS
from udl.figures.libraries import figure_nag
from udl.figures.minima import figure_1, figure_2, figure_3, figure_19
from udl.figures.momentum import figure_6, figure_10, figure_20
from udl.figures.nag import figure_7, figure_8, figure_11
from udl.figures.rmsprop import figure_14, figure_15
from udl.figures.sgd import figure_4, figure_5, figure_9
from udl.figures.style import korean

__all__ = [
    "EQUATIONS",
    "figure_1",
    "figure_2",
    "figure_3",
    "figure_4",
    "figure_5",
    "figure_6",
    "figure_7",
    "figure_8",
    "figure_9",
    "figure_10",
    "figure_11",
    "figure_12",
    "figure_13",
    "figure_14",
    "figure_15",
    "figure_16",
    "figure_17",
    "figure_18",
    "figure_19",
    "figure_20",
    "figure_nag",
    "korean",
]

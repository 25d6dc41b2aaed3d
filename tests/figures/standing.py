"""A picture to stand on a stage, and what moves over it."""

from udl.figures.draw import Sheet
from udl.losses import CHAPTER


def ground(alt=""):
    """A sheet with a curve, and its panel; drawn in a house."""
    page = Sheet((700, 560), 350, name="손실", alt=alt)
    panel = page.panel(CHAPTER, (97, 490), axis_labels=("손실", "파라미터"))
    panel.curve()
    return page, panel


def things(panel):
    """Draw one of each kind."""
    panel.fog(4, 9)
    panel.tangent(2.0)
    panel.hops([1.24, 1.6, 2.3])
    panel.dots([1.24, 1.6, 2.3])
    panel.label(5, 5, "걸음")

"""Figure 6, section 3.7.3: SGD stays, Momentum leaves."""

from udl.figures.catalogue import sheet
from udl.figures.descents import descents
from udl.figures.style import house
from udl.losses import CHAPTER


@house()
def figure_6(lang="ko"):
    """SGD and Momentum from the same start at the same learning rate (3.7.3)."""
    page, words = sheet(6, lang)
    labels = (words["loss"], words["parameter"])
    sgd, momentum = (descents(6)[name].w for name in ("sgd", "momentum"))

    left = page.panel(CHAPTER, (97, 574), axis_labels=labels)
    page.title(332, 24, "SGD")
    left.curve()
    left.dots(sgd, size=11)
    left.hops(sgd[:6], gap=8)
    left.label(3.75, 8.9, words["sgd ends"], color="gradient", ha="left")

    right = page.panel(CHAPTER, (801, 574), axis_labels=labels)
    page.title(1036, 24, "Momentum")
    right.curve()
    right.dots(momentum[:7], size=11)
    right.hops(momentum[:7], gap=8)
    right.arrow((0.75, 7.75), (2.05, 6.2), color="velocity", width=2, head=17)
    right.label(1.75, 5.75, words["growing"], color="velocity", size=19)
    right.label(4.05, 8.9, words["momentum escapes"], color="local", ha="left")
    return page.picture

"""Figures 4 and 5, section 3.7.2: what the learning rate does."""

from itertools import pairwise

from udl.figures.catalogue import sheet
from udl.figures.descents import descents
from udl.figures.style import house
from udl.losses import CHAPTER


@house()
def figure_4(lang="ko"):
    """One update with a small and with a large learning rate (3.7.2)."""
    page, words = sheet(4, lang)
    for x, name in ((97, "small"), (801, "large")):
        panel = page.panel(CHAPTER, (x, 574), axis_labels=(words["loss"], words["parameter"]))
        start, end = descents(4)[name].w
        page.title(x + 222, 24, words[f"{name} rate"])
        panel.curve()
        panel.tangent(start, length=3.6)
        panel.dots(start, "before", size=16)
        panel.dots(end, size=16)
        panel.hop(start, end, lift=26, width=2.6, head=14, gap=11)
        if name == "small":
            panel.label(0.8, 9.95, words["gradient"], color="gradient")
    return page.picture


@house()
def figure_5(lang="ko"):
    """A learning rate that is too small, and one that is too large (3.7.2)."""
    page, words = sheet(5, lang)
    small, large = (descents(5)[name].w for name in ("small", "large"))
    for x, name in ((97, "small"), (801, "large")):
        panel = page.panel(CHAPTER, (x, 574), axis_labels=(words["loss"], words["parameter"]))
        page.title(x + 235, 24, words[f"too {name} rate"])
        panel.curve()
        if name == "small":
            panel.dots(small, size=11)
            panel.hops(small[:5])
        else:
            low, high = CHAPTER.domain[0]
            inside = int(((large < low) | (large > high)).argmax())  # the jump that leaves the page
            panel.dots(large[:inside])
            jumps, bends = pairwise(large[:inside]), (0.6, 0.12, 0.3, 0.12, 0.3)
            for (start, end), bend in zip(jumps, bends, strict=True):
                panel.jump(start, end, bend=bend)
    return page.picture

"""Figures 1 to 3, section 3.7.1: minima, and a descent in fog."""

import numpy as np

from udl.experiments.plans import descents
from udl.figures.catalogue import curve_panel, sheet
from udl.figures.style import house
from udl.losses import CHAPTER, RUGGED


@house()
def figure_1(lang="ko"):
    """The chapter's curve, its two local minima and the global one (3.7.1)."""
    page, words = sheet(1, lang)
    panel = curve_panel(page, words, CHAPTER, (98, 470))
    low, high = CHAPTER.domain[0]
    shown = [minimum for minimum in CHAPTER.minima if low <= minimum.w <= high]
    labels = [(2.43, 9.6), (5.45, 5.9), (7.55, 3.7)]
    for minimum, (w, loss) in zip(shown, labels, strict=True):
        panel.label(w, loss, words[minimum.kind], color=minimum.kind)
        end = CHAPTER(minimum.w) + 0.13
        panel.arrow(
            (w, loss - 0.42), (minimum.w, end), color=minimum.kind, width=3, head=22, dashed=True
        )
    return page.picture


SIGHT = 0.4  # how far ahead one sees in the fog, in units of W
MOMENTS = (8, 9, 10)  # the steps shown: before the cliff, on it, past the second local minimum


def in_fog(panel, w):
    """What a walker in fog has seen who has come along ``w``: where it was, and a little more.

    Parameters
    ----------
    panel : Panel
    w : array, shape (n,)
        Where it stood.
    """
    low, high = np.clip([w.min() - SIGHT, w.max() + SIGHT], 0, panel.RIGHT)
    panel.curve(low, high)
    panel.fog(0, low)
    panel.fog(high, panel.RIGHT)


@house()
def figure_2(lang="ko"):
    """A descent in fog: clear is what has been visited, and a little ahead (3.7.1)."""
    page, _ = sheet(2, lang)
    w = descents(2)["descent"].w
    for x, step in zip((31, 626, 1213), MOMENTS, strict=True):
        panel = page.panel(CHAPTER, (x, 429))
        in_fog(panel, w[: step + 1])
        panel.tangent(w[step], length=3.6)
        panel.dots(w[step])
    for x in (537, 1128):
        page.arrow((x, 212), (x + 58, 212), width=7, head=30)
    return page.picture


@house()
def figure_3(lang="ko"):
    """A loss curve with many local minima (3.7.1)."""
    page, words = sheet(3, lang)
    curve_panel(page, words, RUGGED, (98, 427))
    return page.picture

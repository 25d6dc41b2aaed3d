"""What the chapter knows of each figure: section, picture file, size. And blank sheets of it."""

from dataclasses import dataclass

from udl.chapter import NOTEBOOKS, speaking
from udl.figures.draw import Sheet
from udl.figures.numbers import numbers
from udl.figures.text import ALT_TEXTS, CAPTIONS, WORDS
from udl.show import minus


@dataclass(frozen=True)
class Entry:
    """One figure of the chapter.

    Attributes
    ----------
    number : int or str
        Its number in reading order; a name for a figure that no notebook shows.
    section : str
        Where it stands.
    chapter_file : str or None
        The name of the chapter's picture file; None where the chapter has no picture.
    width : int
        The width in px at which it is shown.
    size : tuple of int
        Width and height of the sheet on which it is laid out, in px: those of the drawn picture.
    """

    number: int
    section: str
    chapter_file: str | None
    width: int
    size: tuple

    @property
    def notebook(self):
        return NOTEBOOKS[self.section]

    def caption(self, lang):
        return CAPTIONS[lang][self.number]

    def alt(self, lang):
        """The alternative text, with its numbers as the experiments have them."""
        text = ALT_TEXTS[lang][self.number].format(**numbers(self.number))
        return minus(text)


FIGURES = {
    entry.number: entry
    for entry in (
        Entry(1, "3.7.1", "figure6.png", 400, (578, 561)),
        Entry(2, "3.7.1", "figure7.png", 700, (1690, 468)),
        Entry(3, "3.7.1", "figure8.png", 400, (578, 517)),
        Entry(4, "3.7.2", "figure1.png", 700, (1281, 664)),
        Entry(5, "3.7.2", "figure2.png", 700, (1282, 664)),
        Entry(6, "3.7.3", "figure3.png", 750, (1295, 664)),
        Entry(7, "3.7.4", "figure4.png", 450, (716, 596)),
        Entry(8, "3.7.4", "figure5.png", 450, (680, 598)),
        Entry(9, "3.7.2", None, 700, (1400, 676)),
        Entry(10, "3.7.3", None, 700, (1400, 870)),
        Entry(11, "3.7.4", None, 700, (1400, 870)),
        Entry(12, "3.7.5", None, 700, (1400, 870)),
        Entry(13, "3.7.5", None, 700, (1400, 870)),
        Entry(14, "3.7.6", None, 700, (1400, 832)),
        Entry(15, "3.7.6", None, 700, (1400, 870)),
        Entry(16, "3.7.7", None, 700, (1400, 870)),
        Entry(17, "3.7.7", None, 700, (1400, 870)),
        Entry(18, "3.7.7", None, 700, (1400, 734)),
        Entry(19, "3.7.1", None, 700, (1400, 676)),
        Entry(20, "3.7.3", None, 700, (1400, 590)),
    )
}
EXTRAS = {  # figures of pages beside the course
    entry.number: entry for entry in (Entry("nag", "3.7.4", None, 700, (1400, 750)),)
}
ENTRIES = FIGURES | EXTRAS


def sheet(number, lang):
    """A blank sheet for a figure, and the words of a language; None is the one spoken.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    lang = speaking(lang)
    entry, words = ENTRIES[number], WORDS[lang]
    name = entry.caption(lang)
    if number in FIGURES:
        name = f"{words['figure'].format(number)}. {name}"
    return Sheet(entry.size, entry.width, name=name, alt=entry.alt(lang)), words


def curve_panel(page, words, loss, origin, title="", middle=235):
    """A panel with its curve and the words of its axes, and a heading ``middle`` px from its left.

    Parameters
    ----------
    page, words
        As `sheet` returns them.
    loss : Loss
    origin : tuple of float
        Where its axes cross, in sheet pixels.
    title : str
    middle : float

    Returns
    -------
    Panel
    """
    panel = page.panel(loss, origin, axis_labels=(words["loss"], words["parameter"]))
    panel.curve()
    if title:
        page.title(origin[0] + middle, 24, title)
    return panel

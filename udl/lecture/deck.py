"""A notebook's slides: what is shown together, under which title, with which notes.

Every cell says what it is in its metadata, under ``slideshow``: ``slide_type`` is ``slide`` (opens
a slide), ``fragment`` (joins it at the next press of a key) or ``skip`` (is for readers only). A
cell that opens a slide carries its speaker notes beside that, as ``notes``.
"""

import re
from dataclasses import dataclass

from udl.lecture.text import WORDS

MARKS = ("slide", "fragment", "skip")


@dataclass(frozen=True)
class Slide:
    """What one slide shows.

    Attributes
    ----------
    cells : tuple of nbformat.NotebookNode
        In order; each one after the first appears at a press of a key.
    notes : str
        What the lecturer asks and drags, in Markdown.
    """

    cells: tuple
    notes: str

    @property
    def title(self):
        """Its heading; if it has none, the name of its picture or the question it asks."""
        first = self.cells[0]
        if first.cell_type == "code":
            return _picture(first)
        heading = re.search(r"^#+ (.+)$", first.source, re.MULTILINE)
        if heading:
            return _plain(heading[1])
        source = first.source
        for words in WORDS.values():
            source = source.removeprefix(words["question"])
        return re.match(r".+?([.?](?=\s)|$)", _plain(source.lstrip()))[0]  # its first sentence


def slides(notebook):
    """The slides of a notebook, in order.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As read from its file.

    Returns
    -------
    list of Slide

    Raises
    ------
    ValueError
        If a cell has no mark, the first to be shown does not open a slide, or none is shown.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> title = {"slideshow": {"slide_type": "slide", "notes": "Wait."}}
    >>> cell = new_markdown_cell("## 1. What is missing", metadata=title)
    >>> slides(new_notebook(cells=[cell]))[0].title
    '1. What is missing'
    """
    shown = []
    for cell in notebook.cells:
        mark = cell.metadata.get("slideshow", {}).get("slide_type")
        if mark not in MARKS:
            raise ValueError(f"cell {cell.id}: slide_type must be one of {MARKS}, not {mark!r}")
        if mark == "slide":
            shown.append([cell])
        elif mark == "fragment":
            if not shown:
                raise ValueError(f"cell {cell.id}: slide_type must be 'slide' on the first slide")
            shown[-1].append(cell)
    if not shown:
        raise ValueError("a notebook needs a cell with the slide_type 'slide'")
    return [Slide(tuple(cells), cells[0].metadata["slideshow"].get("notes", "")) for cells in shown]


def _picture(cell):
    """What the picture of a code cell is called."""
    data = [output.data for output in cell.outputs if "data" in output]
    names = [each["text/plain"] for each in data if "text/plain" in each]
    return names[0].strip("<>") if names else cell.source


def _plain(markdown):
    """The first line of Markdown, without its marks."""
    line = markdown.splitlines()[0].replace(r"\approx", "≈")
    return re.sub(r"[*`$]|\[([^]]*)\]\([^)]*\)", r"\1", line)

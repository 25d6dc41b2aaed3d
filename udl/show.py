"""What a notebook prints: the source of a rule, and a table of numbers."""

import ast
import inspect
import textwrap
import unicodedata
from dataclasses import dataclass
from html import escape


def source(function):
    """Print a function's code without its docstring: the equation as it is run.

    Parameters
    ----------
    function : callable
        A function of `udl`.

    Examples
    --------
    >>> from udl.steps import sgd
    >>> source(sgd)
    def sgd(grad, w, *, lr):
        return w - lr * grad(w)  # W ← W − η ∂L/∂W
    """
    lines = textwrap.dedent(inspect.getsource(function)).splitlines()
    body = ast.parse("\n".join(lines)).body[0].body
    if ast.get_docstring(ast.parse("\n".join(lines)).body[0]) is not None:
        del lines[body[0].lineno - 1 : body[0].end_lineno]
    print("\n".join(lines))


def table(columns, digits=4):
    """Columns of numbers, shown as a table in a notebook and as text elsewhere.

    Parameters
    ----------
    columns : dict of str to sequence
        The columns under their headings, all of one length. Floats are shown with ``digits``
        decimals, everything else as it is.
    digits : int
        Decimals of a float.

    Returns
    -------
    Table

    Raises
    ------
    ValueError
        If the columns differ in length.

    Examples
    --------
    >>> table({"t": [0, 1], "W": [1.0, 0.25]}, digits=2)
    t  W
    0  1.00
    1  0.25
    """
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns must all have one length, not {lengths}")
    rows = zip(*columns.values(), strict=True)
    return Table(list(columns), [[_cell(value, digits) for value in row] for row in rows])


def _cell(value, digits):
    return f"{value:z.{digits}f}" if isinstance(value, float) else str(value)


def _columns(text):
    """How many columns of a terminal a text takes: Hangul takes two each, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


@dataclass(frozen=True, repr=False)
class Table:
    """A heading and rows of text, which a notebook shows as HTML."""

    head: list
    rows: list

    def __repr__(self):
        cells = [self.head, *self.rows]
        widths = [max(_columns(row[i]) for row in cells) for i in range(len(self.head))]
        return "\n".join(
            "  ".join(
                c + " " * (n - _columns(c)) for c, n in zip(row, widths, strict=True)
            ).rstrip()
            for row in cells
        )

    def _repr_html_(self):
        def line(tag, cells):
            inner = "".join(f'<{tag} style="text-align: right">{escape(c)}</{tag}>' for c in cells)
            return f"<tr>{inner}</tr>"

        head, body = line("th", self.head), "\n".join(line("td", row) for row in self.rows)
        return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

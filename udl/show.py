"""What a notebook prints: the source of a rule, what torch said to a line, a table of numbers."""

import ast
import codecs
import importlib
import inspect
import json
import re
import sys
import textwrap
import unicodedata
from dataclasses import dataclass
from html import escape
from pathlib import Path

PLAINLY = "udl.plainly"  # what to do with signs that a code page lacks, as `open` takes it
SIGNS = {
    **{"−": "-", "–": "-", "·": "*", "×": "x", "√": "sqrt ", "∂": "d", "∞": "inf", "…": "..."},
    **{"←": "<-", "→": "->", "≈": "~", "≠": "!=", "≤": "<=", "≥": ">=", "\u0302": "_hat"},
}


def _plainly(error):
    """Spell the signs that an encoding lacks: − as -, Ŵ as W_hat, 10⁻⁸ as 10^-8, η as eta."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    spelled = []
    for i in range(error.start, error.end):
        plain = _spelled(error.object[i], error.object[max(i - 1, 0) : i])
        spelled.append(plain if _has(error.encoding, plain) else "?")
    return "".join(spelled), error.end


def _spelled(sign, before):
    name = unicodedata.name(sign, "")
    if name.startswith("GREEK"):
        return name.split()[-1].lower()
    plain = "".join(SIGNS.get(c, c) for c in unicodedata.normalize("NFKD", SIGNS.get(sign, sign)))
    raised, goes_on = ("<super>" in unicodedata.decomposition(c or " ") for c in (sign, before))
    return f"^{plain}" if raised and not goes_on else plain


def _has(encoding, text):
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


codecs.register_error(PLAINLY, _plainly)


def minus(text):
    """A text whose numbers have the sign of minus, where Python writes a hyphen.

    >>> minus("W = -0.007, look-ahead 9e-25")
    'W = −0.007, look-ahead 9e−25'
    """
    return re.sub(r"-(?=\d)", "−", text)


def printable(text):
    """A text as it can be printed here: signs that the terminal's code page lacks are spelled.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        The text itself where output is in UTF-8.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, PLAINLY).decode(encoding)


def say(text):
    """Print a text so that no code page stops it: Korean Windows has no −, no ᵗ and no Ŵ."""
    print(printable(text))


def display(thing):
    """Show a thing as a notebook does, and where there is none as text."""
    shell = sys.modules.get("IPython")
    if shell and shell.get_ipython():
        importlib.import_module("IPython.display").display(thing)
    else:
        say(repr(thing))


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
    say("\n".join(lines))


def recorded(line):
    """Print what torch said to a line, and which torch: it was recorded, for nobody needs torch.

    Parameters
    ----------
    line : str
        A line that ``tests/golden/record_snippets.py`` ran. Where torch is installed, a test runs
        it again.

    Raises
    ------
    ValueError
        If the line was not recorded.

    Examples
    --------
    >>> recorded("optimizer = torch.optim.AdaGrad(model.parameters(), lr=0.001)")
    AttributeError: module 'torch.optim' has no attribute 'AdaGrad'. Did you mean: 'Adagrad'?
    (torch 2.13.0, Python 3.11)
    """
    record = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
    if line not in record["lines"]:
        raise ValueError(f"line must be one of the recorded lines, not {line!r}")
    say(record["lines"][line] or "no error")
    say(f"(torch {record['torch']}, Python {record['python']})")


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


def _is_number(text):
    return bool(re.fullmatch(r"[-+−]?[\d.,]+(e[-+]\d+)?%?|nan|-?inf", text))


def columns_of(text):
    """How many columns of a terminal a text takes: Hangul takes two each, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def wrapped(text, width):
    """A text in lines of at most ``width`` columns, broken at spaces.

    Parameters
    ----------
    text : str
        The text.
    width : int
        Columns of a terminal. A single word that is wider gets a line of its own.

    Returns
    -------
    list of str

    Examples
    --------
    >>> wrapped("보정은 이른 걸음을 줄인다", width=12)
    ['보정은 이른', '걸음을', '줄인다']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if columns_of(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True, repr=False)
class Table:
    """A heading and rows of text, which a notebook shows as HTML."""

    head: list
    rows: list

    def __str__(self):
        return printable(repr(self))

    def __repr__(self):
        cells = [self.head, *self.rows]
        widths = [max(columns_of(row[i]) for row in cells) for i in range(len(self.head))]
        return "\n".join(
            "  ".join(
                c + " " * (n - columns_of(c)) for c, n in zip(row, widths, strict=True)
            ).rstrip()
            for row in cells
        )

    def _columns(self):
        return zip(*self.rows, strict=True) if self.rows else [()] * len(self.head)

    def _repr_html_(self):
        sides = ["right" if all(map(_is_number, column)) else "left" for column in self._columns()]

        def line(tag, cells):
            return "<tr>{}</tr>".format(
                "".join(
                    f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>'
                    for cell, side in zip(cells, sides, strict=True)
                )
            )

        head, body = line("th", self.head), "\n".join(line("td", row) for row in self.rows)
        return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

    def markdown(self):
        """The table as a Markdown page holds it."""
        rows = [self.head, ["---"] * len(self.head), *self.rows]
        cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in cells)

"""What a notebook prints."""

import dis
import io
import json
import re
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udl import averages, ema, run, show, steps, weights
from udl.show import columns_of, printable, recorded, source, table, wrapped

RULES = ["sgd", "momentum", "nag", "adagrad", "rmsprop", "adam", "adamw", "radam"]


def printed(function, capsys):
    source(function)
    return capsys.readouterr().out


def instructions(function):
    """What it does, without the places of its constants, which a docstring moves."""
    return [(each.opname, each.argval) for each in dis.get_instructions(function)]


@pytest.mark.parametrize("name", RULES)
def test_printed_source_runs_as_the_rule(name, capsys):
    rule, scope = getattr(steps, name), vars(steps).copy()
    text = printed(rule, capsys)
    exec(text, scope)
    assert scope[name] is not rule
    assert scope[name].__doc__ is None
    assert instructions(scope[name]) == instructions(rule)
    state = (0.3, *(0.5, 0.6, 3)[: len(rule.__defaults__ or ())])
    expected = rule(lambda w: 2 * w, *state, lr=0.1)
    assert scope[name](lambda w: 2 * w, *state, lr=0.1) == expected


@pytest.mark.parametrize("name", RULES)
def test_printed_source_is_the_files_without_docstring(name, capsys):
    lines = printed(getattr(steps, name), capsys).splitlines()
    assert lines[0].startswith(f"def {name}(")
    assert '"""' not in "".join(lines)
    assert all(lines), "an empty line is left"
    with open(steps.__file__, encoding="utf-8") as file:
        whole = file.read().splitlines()
    assert all(line in whole for line in lines)  # comments included


def bare(x):
    return x + 1  # no docstring


def test_source_of_other_functions(capsys):
    assert printed(bare, capsys) == "def bare(x):\n    return x + 1  # no docstring\n"
    assert printed(weights, capsys).splitlines()[0] == "def weights(n, alpha):"
    assert printed(ema, capsys).endswith("    return s\n")
    assert "Parameters" not in printed(run, capsys)
    assert printed(averages._check_alpha, capsys).count("\n") == 3


RECORD = json.loads(Path(show.__file__).with_name("recorded.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", RECORD["lines"])
def test_recorded_prints_what_was_recorded_and_by_whom(line, capsys):
    recorded(line)
    said, by = capsys.readouterr().out.splitlines()
    assert said == (RECORD["lines"][line] or "no error")
    assert by == f"(torch {RECORD['torch']}, Python {RECORD['python']})"


@pytest.mark.parametrize("line", RECORD["lines"])
def test_torch_still_says_so(line):
    torch = pytest.importorskip("torch")
    said = None
    try:
        exec(line, {"torch": torch, "model": torch.nn.Linear(2, 1)})
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    expected = RECORD["lines"][line]  # the suggestion at its end is Python's, and varies
    assert said == (expected and expected.partition(". Did you mean")[0])


def test_the_record_holds_real_exceptions():
    names = {said.partition(":")[0] for said in RECORD["lines"].values() if said}
    assert names == {"AttributeError", "ValueError"}


def test_a_line_that_was_not_recorded():
    with pytest.raises(ValueError, match="one of the recorded lines, not 'import torch'"):
        recorded("import torch")


COLUMNS = {
    "t": [0, 1, 10],
    "W": np.array([1.0, -0.25, 1234.56789]),
    "a<b": ["x & y", True, None],
}


@pytest.mark.parametrize(
    ("columns", "digits", "text"),
    [
        (
            COLUMNS,
            2,
            "t   W        a<b\n0   1.00     x & y\n1   -0.25    True\n10  1234.57  None",
        ),
        ({"W": [1.0, 2]}, 4, "W\n1.0000\n2"),
        ({"W": [-0.00001, np.nan, np.inf]}, 3, "W\n0.000\nnan\ninf"),  # and not -0.000
        ({"n": np.arange(2), "W": [0.5, 1.5]}, 0, "n  W\n0  0\n1  2"),
        ({"W": [], "loss": []}, 4, "W  loss"),
        ({"걸음": [1, 2], "Ŵ": [0.5, 1.5]}, 1, "걸음  Ŵ\n1     0.5\n2     1.5"),  # two columns each
        ({"W\u0302": [1, 2], "v": [3, 4]}, 1, "W\u0302  v\n1  3\n2  4"),  # the hat takes none
    ],
)
def test_table_as_text(columns, digits, text):
    assert repr(table(columns, digits)) == text


def test_table_shows_four_decimals():
    assert repr(table({"W": [1 / 3]})) == "W\n0.3333"


def test_table_as_html():
    html = table(COLUMNS, digits=2)._repr_html_()
    lines = html.splitlines()
    assert lines[0] == "<table>"
    assert lines[-1] == "</table>"
    assert html.count("<tr>") == html.count("</tr>") == 4
    cells = html.replace("</th>", "|").replace("</td>", "|").split("|")
    assert [cell.rpartition(">")[2] for cell in cells[:-1]] == [
        *("t", "W", "a&lt;b"),
        *("0", "1.00", "x &amp; y"),
        *("1", "-0.25", "True"),
        *("10", "1234.57", "None"),
    ]
    head, body = html.split("</thead>")
    assert (head.count("<th "), body.count("<th ")) == (3, 0)
    assert (head.count("<td "), body.count("<td ")) == (0, 9)


def test_html_aligns_numbers_right_and_words_left():
    html = table(COLUMNS)._repr_html_()
    rows = [re.findall(r"text-align: (\w+)", line) for line in html.splitlines() if "<tr>" in line]
    assert rows == [["right", "right", "left"]] * 4


def test_table_without_rows_has_its_head():
    shown = table({"W": [], "loss": []})
    assert shown._repr_html_().count("<th ") == 2
    assert shown.markdown() == "| W | loss |\n| --- | --- |"


def test_table_as_markdown():
    assert table({"t": [0, 1], "|W|": [1.0, -0.25]}, digits=2).markdown() == (
        "| t | \\|W\\| |\n| --- | --- |\n| 0 | 1.00 |\n| 1 | -0.25 |"
    )


@given(words=st.lists(st.text("ab걸음", min_size=1, max_size=9)), width=st.integers(1, 20))
def test_wrapped_lines_hold_the_words_and_keep_the_width(words, width):
    lines = wrapped(" ".join(words), width)
    assert " ".join(lines).split() == words
    assert all(columns_of(line) <= width or " " not in line for line in lines)
    for line, following in pairwise(lines):
        assert columns_of(f"{line} {following.split()[0]}") > width  # no line is cut too early


def test_columns_of_unequal_length_are_named():
    with pytest.raises(ValueError, match="one length") as raised:
        table({"t": [0, 1], "W": [1.0]})
    assert str(raised.value) == "columns must all have one length, not {'t': 2, 'W': 1}"


@pytest.mark.parametrize(
    ("text", "encoding", "plain"),
    [
        ("1 − β₂ᵗ", "cp949", "1 - β₂^t"),
        ("1 − β₂ᵗ", "ascii", "1 - beta2^t"),
        ("10⁻⁸", "cp949", "10^-8"),
        ("v̂ → Ŵ", "cp949", "v_hat → W_hat"),
        ("√v̂ → Ŵ", "ascii", "sqrt v_hat -> W_hat"),
        ("학습률 η", "cp949", "학습률 η"),
        ("학습률 η", "ascii", "??? eta"),
        ("v̂ − \ud800", "utf-8", "v̂ − ?"),
    ],
)
def test_what_a_code_page_lacks_is_spelled(monkeypatch, text, encoding, plain):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert printable(text) == plain


def test_no_sign_of_the_course_is_lost_on_korean_windows():
    for path in Path(show.__file__).parent.rglob("*.py"):
        signs = "".join(sorted(set(path.read_text(encoding="utf-8"))))
        assert "?" not in signs.replace("?", "").encode("cp949", show.PLAINLY).decode("cp949")

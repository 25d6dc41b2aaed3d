"""The command line: `python -m udl claims`, and what every command does with a bad option."""

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from udl import steps
from udl.__main__ import main
from udl.chapter import FOLDERS
from udl.claims import CLAIMS, finding, overview
from udl.exercises import check, progress
from udl.show import recorded, source, table

ROOT = Path(__file__).parents[1]


def said(capsys, *arguments):
    assert main(["claims", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_claims_prints_id_claim_verdict_number_and_notebook(capsys, lang):
    out = said(capsys, "--lang", lang, "--only", "7.d,3.a")
    head, first, *_ = out.splitlines()
    assert head.split()[0] == {"ko": "번호", "en": "id"}[lang]
    assert first.split()[:2] == ["3.a", "3.7.3"]
    words = out.split()
    for id in ("3.a", "7.d"):
        for word in f"{getattr(CLAIMS[id], lang)} {finding(id).sentence(lang)}".split():
            assert word in words
    assert "10.00" in out


def test_claims_are_korean_unless_asked_otherwise(capsys):
    assert said(capsys, "--only", "3.a") == said(capsys, "--only", "3.a", "--lang", "ko")


def test_claims_as_markdown(capsys):
    head, rule, *rows = said(capsys, "--format", "md", "--only", "3.a,7.d").splitlines()
    assert head == "| 번호 | 주장 | 판정 | 잰 값 | 잰 범위 | 노트 |"
    assert rule == "| --- | --- | --- | --- | --- | --- |"
    assert [row.split(" | ")[0] for row in rows] == ["| 3.a", "| 7.d"]
    assert [row.split(" | ")[-1] for row in rows] == ["3.7.3 |", "3.7.7 |"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--only", "9.z"], "argument --only: 9.z: not one of 1.a, 1.b"),
        (["--only", "3.a,3"], "argument --only: 3: not one of"),
        (["--only", ""], "argument --only: : not one of"),
        (["--only"], "argument --only: expected one argument"),
        (["--lang", "fr"], "argument --lang: invalid choice: 'fr'"),
        (["--format", "html"], "argument --format: invalid choice: 'html'"),
        (["--what"], "unrecognized arguments: --what"),
    ],
)
def test_bad_options_get_one_line(capsys, options, message):
    with pytest.raises(SystemExit) as stop:
        main(["claims", *options])
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert line.startswith(f"udl: {message}")
    assert out == ""


def test_no_command_shows_the_help(capsys):
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("usage: python -m udl [-h] COMMAND")
    assert "claims" in out
    assert err == ""


@pytest.mark.parametrize(
    ("missing", "extra", "command"),
    [
        ("nbformat", "test", ["notebooks"]),
        ("nbclient", "test", ["notebooks"]),
        ("jupyterlab", "lab", ["lab"]),
        ("jupyter_server", "lab", ["lab"]),
        ("jupyterlab", "lab", ["lecture", "3"]),
        ("nbformat", "slides", ["slides"]),
        ("nbconvert", "slides", ["slides"]),
        ("sphinx_revealjs", "slides", ["slides"]),
        ("imageio_ffmpeg", "video", ["animate", "5", "--format", "mp4"]),
    ],
)
def test_a_command_names_the_extra_that_it_needs(missing, extra, command, tmp_path):
    code = f"import sys; sys.modules[{missing!r}] = None; from udl.__main__ import main; main()"
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    ended = subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert ended.returncode == 2, ended.stderr
    (line,) = ended.stderr.splitlines()
    assert f"needs {missing}" in line
    assert line.endswith(f"pip install -e '.[{extra}]'")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<<<<<<< HEAD\n{}\n", "not a notebook"),
        (b"", "not a notebook"),
        ("그래디언트".encode("cp949"), "not a notebook"),
        *((text, "not a notebook") for text in (b"[]", b"null", b"3", b"{}", b'{"cells": 3}')),
        (b'{"cells": [], "metadata": {}, "nbformat": 2, "nbformat_minor": 0}', "not a notebook"),
        (b'{"cells": [], "metadata": {}, "nbformat": 9, "nbformat_minor": 0}', "not a notebook"),
        (
            b'{"cells": [{"cell_type": "x"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
            "not a notebook",
        ),
        (None, "needs a file that can be read and written"),
    ],
)
def test_a_file_that_is_no_notebook_gets_one_line(tmp_path, capsys, content, said):
    path = tmp_path / "broken.ipynb"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(SystemExit) as stop:
        main(["notebooks", str(tmp_path)])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "broken.ipynb" in line
    assert said in line


def test_a_cell_that_fails_is_shown_with_its_notebook(tmp_path, capsys):
    cells = [nbformat.v4.new_code_cell("eta = 0\n1 / eta")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "fails.ipynb")
    assert main(["notebooks", str(tmp_path)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"udl: {tmp_path / 'fails.ipynb'}: a cell failed")
    assert "ZeroDivisionError" in err
    assert "nbclient" not in err


ENDED = {  # a cell, what the command ends with and says
    "import os; os._exit(1)": (1, "udl: {path}: its kernel ended before it did"),
    # what a terminal does at Ctrl-C, of the command alone
    "import os, signal, time; os.kill(os.getppid(), signal.SIGINT); time.sleep(60)": (
        130,
        "udl: stopped",
    ),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("cell", ENDED, ids=["the kernel", "Ctrl-C"])
def test_what_ends_midway_gets_one_line_and_leaves_the_notebook(tmp_path, capfd, cell):
    path = tmp_path / "ends.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)]), path)
    before = path.read_bytes()
    code, said = ENDED[cell]
    assert main(["notebooks", str(tmp_path)]) == code
    assert capfd.readouterr().err == said.format(path=path) + "\n"
    assert path.read_bytes() == before


def test_notebooks_are_run_in_every_language(monkeypatch, capsys):
    run = []
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("udl.publish.notebooks.rerun", lambda path: run.append(path))
    assert main(["notebooks"]) == 0
    assert {path.parent.as_posix() for path in run} == set(FOLDERS.values())
    assert len({line.split()[0] for line in capsys.readouterr().out.splitlines()}) == len(run)
    run.clear()
    assert main(["notebooks", "notebooks/en"]) == 0
    assert {path.parent.as_posix() for path in run} == {"notebooks/en"}


def a_script():
    """What a script would print of the course."""
    check(lambda grad, w, *state, lr, **rates: (w, *state), "adam")
    check(steps.rmsprop, "adam", lang="en")
    progress("3.7.7")
    source(steps.adam)
    recorded("optimizer = torch.optim.AdaGrad(model.parameters(), lr=0.001)")
    print(overview(ids=["3.b", "5.b"]))
    print(table({"Ŵ": [1.0], "10⁻⁸": ["−"], "학습률": [0.1]}))


OUTPUT = {
    "nothing": lambda: main([]),
    "help": lambda: main(["claims", "--help"]),
    "claims": lambda: main(["claims", "--only", "3.b,5.b"]),
    "claims in English": lambda: main(["claims", "--only", "5.b", "--lang", "en"]),
    "a table for a page": lambda: main(["claims", "--only", "3.b,5.b", "--format", "md"]),
    "figures": lambda: main(["figures", "--only", "eq3", "--out", "그림−"]),
    "a check": lambda: main(["figures", "--only", "eq3", "--out", "없음−", "--check"]),
    "no figure": lambda: main(["figures", "--only", "그림−"]),
    "conventions": lambda: main(["conventions"]),
    "no notebooks": lambda: main(["notebooks", "없음−"]),
    "no folder": lambda: main(["lab", "--folder", "없음−"]),
    "a script": a_script,
}


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
@pytest.mark.parametrize("output", OUTPUT)
def test_no_code_page_stops_what_is_said(monkeypatch, tmp_path, output, encoding):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "docs", "docs")
    said = io.BytesIO()
    for name in ("stdout", "stderr"):
        stream = io.TextIOWrapper(said, encoding=encoding, write_through=True)
        monkeypatch.setattr(sys, name, stream)
    with contextlib.suppress(SystemExit):
        OUTPUT[output]()
    assert said.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_python_s_own_setting_is_heard(encoding):
    command = [sys.executable, "-m", "udl", "claims", "--only", "5.b", "--lang", "en"]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert said.stderr == b""
    assert "5.b" in said.stdout.decode(encoding)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize(
    "command", [["claims", "--only", "5.b"], ["figures", "--only", "eq3", "--out", "drawn"]]
)
def test_who_has_read_enough_is_no_error(command, tmp_path):
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-m", "udl", *command], cwd=tmp_path, stdout=write, encoding="utf-8",
        stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    os.close(write)
    assert (ended.returncode, ended.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full")
@pytest.mark.parametrize(
    "command", [["--help"], ["claims", "--only", "5.b"], ["figures", "--only", "eq3", "--out", "."]]
)
def test_a_full_disk_gets_one_line(command, tmp_path):
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "udl", *command], cwd=tmp_path, stdout=full, encoding="utf-8",
            stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr == "udl: standard output: No space left on device\n"


def test_no_setting_for_a_screen_stops_the_drawing(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "udl", "figures", "--only", "eq3", "--out", str(tmp_path)],
        cwd=ROOT, check=True, env=os.environ | {"MPLBACKEND": "nonsense"},
    )  # fmt: skip

"""What is computed once for several processes, and never kept beyond what it was computed from."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import udl
from udl import figures, steps
from udl.experiments import store
from udl.experiments.digits import end

# Asks a room in little, counts how often what does the work is called, and says what came out.
ASK = """
import hashlib, pickle
import udl.experiments.{room} as room
from udl.losses import RAVINE
from udl.steps import adam
{less}
asked, work = [], room.{work}
room.{work} = lambda *args, **kwargs: asked.append(args) or work(*args, **kwargs)
{before}
result = room.{question}
print(len(asked), hashlib.sha256(pickle.dumps(result)).hexdigest())
"""
KINDS = {
    "race": dict(room="race", less="room.STEPS[2] = 60", work="arrival", question="race(RAVINE)"),
    "pairs": dict(
        room="momentum", less="room.WIDE.steps = 40", work="survey",
        question="pairs('nag', 'wide')",
    ),
    "end": dict(room="digits", less="", work="train", question="end(adam, 0.01, seed=0)"),
}  # fmt: skip


def ask(kind="race", before="", **changes):
    return ASK.format(**KINDS[kind] | {"before": before} | changes)


ROOT = Path(udl.__file__).parents[1]


def process(code, folder=None, root=ROOT, **environment):
    """What a process of its own prints, with a folder for what it computes or without."""
    environment = {k: v for k, v in os.environ.items() if k != "UDL_CACHE"} | environment
    if folder:
        environment["UDL_CACHE"] = str(folder)
    environment["PYTHONPATH"] = str(root)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=root, encoding="utf-8", check=True,
        stdout=subprocess.PIPE,
    ).stdout.split()  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_another_process_takes_bitwise_what_was_computed(kind, tmp_path):
    code = ask(kind)
    count, plain = process(code)
    assert int(count) > 0
    assert process(code, tmp_path) == [count, plain]
    assert process(code, tmp_path) == ["0", plain]


def test_without_a_folder_nothing_is_written(tmp_path):
    process(f"import os; os.chdir({str(tmp_path)!r})" + ask())
    assert not list(tmp_path.iterdir())


@pytest.fixture
def package(tmp_path):
    """A copy of the package, to change."""
    shutil.copytree(ROOT / "udl", tmp_path / "udl", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize("name", ["experiments/race.py", "digits.npz", "recorded.json"])
def test_a_changed_source_is_computed_anew(package, name):
    code, folder = ask(), package / "kept"
    count, _ = process(code, folder, package)
    assert process(code, folder, package)[0] == "0"
    with (package / "udl" / name).open("ab") as file:
        file.write(b"\n")
    assert process(code, folder, package)[0] == count


def test_a_change_of_what_only_shows_leaves_what_was_computed(package):
    code, folder = ask(), package / "kept"
    process(code, folder, package)
    for name in store.ABOVE:
        path = package / "udl" / name
        for source in path.glob("*.py") if path.is_dir() else [path.with_suffix(".py")]:
            source.write_text("raise RuntimeError('computed with')", encoding="utf-8")
    assert process(code, folder, package)[0] == "0"


# Asks a function as if it stood in a room above.
SHOWN = """
from udl.experiments.store import kept

def square(n):
    print("computing")
    return n * n

square.__module__ = "udl.explore.page"
print(kept(square)(3))
"""


@pytest.mark.parametrize("name", ["explore/text.py", "figures/draw.py", "steps.py"])
def test_what_a_room_above_computes_depends_on_all_sources(package, name):
    folder = package / "kept"
    assert process(SHOWN, folder, package) == ["computing", "9"]
    assert process(SHOWN, folder, package) == ["9"]
    with (package / "udl" / name).open("a", encoding="utf-8") as file:
        file.write("#")
    assert process(SHOWN, folder, package) == ["computing", "9"]


def test_a_change_of_what_is_computed_is_seen(package):
    code, folder = ask(), package / "kept"
    _, before = process(code, folder, package)
    rules = package / "udl" / "steps.py"
    text = rules.read_text(encoding="utf-8")
    assert "return w - lr * grad(w)" in text
    rules.write_text(
        text.replace("return w - lr * grad(w)", "return w - 2 * lr * grad(w)"), encoding="utf-8"
    )
    _, after = process(code, folder, package)
    assert after != before


def test_what_was_imported_before_a_source_changed_is_not_kept_as_the_change_s(package):
    """The sources are hashed when the first experiment is imported: in a notebook, much later."""
    code, folder = ask(), package / "kept"
    edit = f"import udl, pathlib\npath = pathlib.Path({str(package / 'udl' / 'steps.py')!r})\n"
    edit += "path.write_text(path.read_text('utf-8').replace('w - lr', 'w - 2 * lr'), 'utf-8')\n"
    _, old = process(edit + code, folder, package)
    count, new = process(code, folder, package)
    assert int(count) > 0
    assert new != old
    assert process(code, folder, package) == ["0", new]


@pytest.mark.parametrize("change", ["open(path, 'a').write('#')", "pathlib.Path(path).unlink()"])
def test_what_is_computed_while_a_source_changes_is_not_kept(package, change):
    folder = package / "kept"
    edit = f"import pathlib; path = {str(package / 'udl' / 'show.py')!r}; {change}"
    process(ask(before=edit), folder, package)
    assert not list(folder.glob("*.pickle"))


@pytest.mark.skipif(os.name == "nt", reason="links there need a right of their own")
def test_what_an_editor_has_beside_a_source_is_none(package):
    """Emacs has a link to nowhere, Vim a file that goes."""
    folder = package / "kept"
    assert process(SHOWN, folder, package) == ["computing", "9"]
    (package / "udl" / ".#steps.py").symlink_to("nobody@nowhere")
    (package / "udl" / ".steps.py.swp").touch()
    assert process(SHOWN, folder, package) == ["9"]


@pytest.fixture
def square(tmp_path, monkeypatch):
    """Asks for a square with nothing in mind, and notes in a list when it is computed."""
    monkeypatch.setattr(store, "FOLDER", str(tmp_path / "kept"))
    computed = []

    def square(n):
        computed.append(n)
        return n * n

    return lambda: store.kept(square)(3), computed


def a_folder(path):
    path.unlink()
    path.mkdir()


LEFT = {
    **{
        f"{content!r:.20}": lambda path, content=content: path.write_bytes(content)
        for content in (b"", b"\x80\x05K", b"\xff", b"cudl.no_such_room\nname\n.")
    },
    "a folder": a_folder,
}


@pytest.mark.parametrize("left", LEFT)
def test_what_another_program_left_is_computed_anew(square, tmp_path, left):
    ask, computed = square
    assert ask() == ask() == 9
    (path,) = (tmp_path / "kept").glob("*.pickle")
    LEFT[left](path)
    assert ask() == 9
    assert len(computed) == 2
    assert not list(path.parent.glob("*.part"))
    if path.is_file():  # it was written anew
        assert ask() == 9
        assert len(computed) == 2


@pytest.mark.parametrize("name", ["file", "file/below", "long" * 100])
def test_a_folder_that_can_be_none_only_costs_the_time(square, tmp_path, monkeypatch, name):
    ask, computed = square
    (tmp_path / "file").touch()
    monkeypatch.setattr(store, "FOLDER", str(tmp_path / name))
    assert ask() == ask() == 9
    assert len(computed) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fcntl")
def test_a_machine_that_knows_no_locks_only_costs_the_time(square, monkeypatch):
    def no_locks(file, operation):
        raise OSError("No locks available")

    monkeypatch.setattr(store.fcntl, "flock", no_locks)
    ask, computed = square
    assert ask() == ask() == 9
    assert len(computed) == 1


@pytest.mark.parametrize(
    "other",
    [
        "numpy.__version__ = '9.9'",
        "numpy.lib.introspect.opt_func_info = lambda: 'another processor'",
        "sys.version = '4.0'",
    ],
)
def test_another_numpy_python_or_processor_computes_anew(tmp_path, other):
    first = process(ask(), tmp_path)
    assert process(f"import numpy, sys; {other}" + ask(), tmp_path) == first


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("race", "race(__import__('dataclasses').replace(RAVINE))"),  # has another's name
        ("end", "end(lambda grad, w, *, lr: w, 0.1, 0)"),
    ],
)
def test_what_no_other_process_can_name_is_not_kept(tmp_path, kind, question):
    count, _ = process(ask(kind, question=question), tmp_path)
    assert int(count) > 0
    assert not list(tmp_path.iterdir())


def test_a_room_above_is_not_asked_with():
    """Its sources are not looked at."""
    assert store._path(end, (steps.adam, 0.1, 0), {})
    assert store._path(end, (figures.figure_1, 0.1, 0), {}) is None


# The work says that it begins, and ends when it is told to.
SLOWLY = """
import pathlib, time
here = pathlib.Path({folder!r})
def slowly(*args, **kwargs):
    print("begun", flush=True)
    while not (here / "go on").exists():
        time.sleep(0.01)
    return quick(*args, **kwargs)
quick, room.{work} = room.{work}, slowly
print("asks", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fcntl")
@pytest.mark.parametrize("killed", [False, True], ids=["to its end", "until it is killed"])
def test_of_two_processes_that_ask_at_once_one_computes(tmp_path, killed):
    code = ask("end", SLOWLY.format(folder=str(tmp_path), work=KINDS["end"]["work"]))
    environment = os.environ | {"UDL_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)}

    def begin():
        return subprocess.Popen(
            [sys.executable, "-c", code], env=environment, cwd=ROOT, stdout=subprocess.PIPE
        )

    with begin() as one:
        assert [one.stdout.readline() for _ in range(2)] == [b"asks\n", b"begun\n"]
        with begin() as other:
            assert other.stdout.readline() == b"asks\n"
            time.sleep(0.3)  # in which it would begin
            if killed:
                one.kill()
            else:
                (tmp_path / "go on").touch()
                count, first = one.communicate()[0].split()
                assert int(count) > 0
            (tmp_path / "go on").touch()
            *begun, count, second = other.communicate()[0].split()
    assert (int(count) > 0) is bool(begun) is killed
    assert killed or first == second
    assert len(list(tmp_path.glob("*.pickle"))) == 1
    assert not list(tmp_path.glob("*.part"))

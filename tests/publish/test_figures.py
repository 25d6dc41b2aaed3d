"""Figures as files: whole, stable, checked; and the command line's errors."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from PIL import Image

from udl.__main__ import main
from udl.experiments.plans import FIGURES as PLANS
from udl.figures import EQUATIONS
from udl.figures.animations import GROUNDS
from udl.figures.catalogue import ENTRIES, FIGURES
from udl.publish import figures as files
from udl.publish.compare import pixels

ROOT = Path(__file__).parents[2]
SOME = ["figures", "--only", "3,eq3", "--lang", "en", "--format", "png,svg"]
NAMES = {
    "figure-03.en.png",
    "figure-03.en.svg",
    "equation-03.png",
    "equation-03.svg",
    "manifest.json",
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    assert main([*SOME, "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(drawn, tmp_path):
    return Path(shutil.copytree(drawn, tmp_path / "figures"))


def state(folder):
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


@pytest.mark.parametrize("part", ["quick", "slow"])  # .ci/run has the quick with old versions too
def test_the_committed_figures_are_what_the_code_draws(part):
    def quick(job):  # figures from 9 on compute a lot, animations have many frames
        return job.kind == "equations" or (job.kind == "figures" and job.number in range(1, 9))

    jobs = [job for job in files.whole() if quick(job) is (part == "quick")]
    assert files.check(jobs, ROOT / "figures") == []


def test_nothing_else_is_committed_beside_them():
    expected = {name for job in files.whole() for _, name in job.files} | {"manifest.json"}
    assert {p.name for p in (ROOT / "figures").iterdir()} == expected


def test_a_second_run_touches_nothing(folder):
    before = state(folder)
    assert set(before) == NAMES
    assert main([*SOME, "--out", str(folder)]) == 0
    assert state(folder) == before


def test_the_same_bytes_in_another_process(folder, tmp_path_factory):
    again = tmp_path_factory.mktemp("again")
    subprocess.run([sys.executable, "-m", "udl", *SOME, "--out", str(again)], check=True, cwd=ROOT)
    assert {n: b for n, (b, _) in state(again).items()} == {
        n: b for n, (b, _) in state(folder).items()
    }


def test_pdf_is_the_same_twice_too():
    jobs = files.plan([1], [], ("ko",), ("pdf",), 2)
    first, second = (next(files.make_all(jobs)).data["figure-01.ko.pdf"] for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF")


def repaint(path, color=(255, 0, 0, 255)):
    shown = pixels(path.read_bytes()).copy()
    assert (shown[10, 10] == 255).all()
    shown[10, 10] = color
    Image.fromarray(shown).save(path)


def test_a_file_from_another_processor_stays_and_so_does_the_manifest(folder):
    """One pixel a shade darker, and a vertex that is rounded up."""
    repaint(folder / "figure-03.en.png", (254, 255, 255, 255))
    path = folder / "figure-03.en.svg"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(L \d+\.\d+)", r"\g<1>1", text, count=1), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert main([*SOME, "--out", str(folder), "--check"]) == 0
    main([*SOME, "--out", str(folder)])
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    record["figures"]["3"]["drawn"]["en"]["pixels_without_text"][1] = "another"
    (folder / "manifest.json").write_bytes(files._dump(record))  # as that processor wrote it
    before = state(folder)
    assert main([*SOME, "--out", str(folder), "--check"]) == 0
    assert main([*SOME, "--out", str(folder)]) == 0
    assert state(folder) == before


def edit(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "name", "reason"),
    [
        (repaint, "figure-03.en.png", "differs"),
        (Path.unlink, "figure-03.en.svg", "missing"),
        (lambda p: edit(p, "<path", "<!-- --><path"), "figure-03.en.svg", "differs"),
        (lambda p: p.write_bytes(p.read_bytes()[:200]), "equation-03.png", "differs"),
    ],
    ids=["a pixel", "missing", "a comment", "cut short"],
)  # fmt: skip
def test_check_names_what_is_out_of_date_and_leaves_it_alone(folder, capsys, spoil, name, reason):
    assert main([*SOME, "--out", str(folder), "--check"]) == 0
    spoil(folder / name)
    before = state(folder)
    capsys.readouterr()
    assert main([*SOME, "--out", str(folder), "--check"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{name}: {reason}")
    assert state(folder) == before
    assert main([*SOME, "--out", str(folder)]) == 0  # and writing mends it
    assert main([*SOME, "--out", str(folder), "--check"]) == 0


def test_check_reads_the_manifest_too(folder, capsys):
    path = folder / "manifest.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace("A loss function with", "A loss with"),
        encoding="utf-8",
    )
    assert main([*SOME, "--out", str(folder), "--check"]) == 1
    assert "manifest.json" in capsys.readouterr().out


def test_the_smallest_scale_is_drawn(tmp_path):
    options = ["--only", "1,12,eq1,eq14", "--lang", "ko", "--format", "png", "--scale", "0.1"]
    assert main(["figures", *options, "--out", str(tmp_path)]) == 0
    assert pixels((tmp_path / "figure-12.ko.png").read_bytes()).shape[1] == 70


BROKEN = {
    "merge markers": b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n",
    "empty": b"",
    "not UTF-8": b'{"figures": "\xff"}',
    "a list": b"[]",
    "another shape": b'{"figures": {"3": []}}',
    "too deep": b"[" * 100_000,
    **{
        f"{part} that are {of}": json.dumps({"figures": {"3": entry | {part: of}}}).encode()
        for entry in [{"files": {}, "drawn": {}, "alt": {}}]
        for part, of in [
            ("files", {"figure-03.en.png": 3}),
            ("files", {"figure-03.en.png": {"hash": ""}}),
            ("drawn", {"en": []}),
            ("drawn", {"en": {"strings": [], "pixels_without_text": 3}}),
            ("alt", "text"),
        ]
    },
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("options", [[], ["--check"]], ids=["a part", "--check"])
def test_a_broken_manifest_is_said_and_left_alone(folder, capsys, content, options):
    (folder / "manifest.json").write_bytes(content)
    (folder / "figure-03.en.png").unlink()
    before = state(folder)
    with pytest.raises(SystemExit) as stop:
        main([*SOME, "--out", str(folder), *options])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        f"udl: {folder / 'manifest.json'}: not a manifest of figures; `python -m udl figures"
        f" --out {folder}` draws everything and writes it anew"
    )
    assert state(folder) == before


def test_drawing_everything_writes_a_broken_manifest_anew(tmp_path, monkeypatch):
    """... as everything is to be drawn; one equation stands for it, which is soon done."""
    path = tmp_path / "manifest.json"
    path.write_bytes(BROKEN["merge markers"])
    one = files.plan([], [3], (), ("png", "svg"), 2)
    with pytest.raises(files.NoManifest):
        files.write(one, tmp_path)
    monkeypatch.setattr(files, "whole", lambda: one)
    files.write(one, tmp_path)
    assert list(json.loads(path.read_text(encoding="utf-8"))["equations"]) == ["3"]
    assert files.check(one, tmp_path) == []


def test_two_runs_at_once_keep_what_the_other_recorded(tmp_path):
    def one(n):
        return files.plan([], [n], (), ("png",), 2)

    def meanwhile(line):
        files.write(one(4), tmp_path, progress=lambda line: None)

    files.write(one(3), tmp_path, progress=meanwhile)
    assert files.check(one(3) + one(4), tmp_path) == []


def other_version(folder, **changes):
    """Make a folder look as if another Matplotlib had drawn it, every text a little different."""
    path = folder / "manifest.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    entry = record["figures"]["3"]
    name = "figure-03.en.png"
    repaint(folder / name)
    for filed in entry["files"].values():
        filed["made_with"] = "matplotlib 0.1"
    entry["files"][name]["hash"] = files._hash((folder / name).read_bytes())
    entry["drawn"]["en"].update(changes)
    path.write_text(json.dumps(record), encoding="utf-8")


def test_on_another_version_text_may_differ_in_its_pixels(folder):
    other_version(folder)
    assert main([*SOME, "--out", str(folder), "--check"]) == 0


@pytest.mark.parametrize(
    "changes", [{"strings": ["Loss"]}, {"pixels_without_text": ["0"] * 2}], ids=["string", "pixels"]
)
def test_on_another_version_words_and_drawing_may_not(folder, capsys, changes):
    other_version(folder, **changes)
    assert main([*SOME, "--out", str(folder), "--check"]) == 1
    assert "figure-03.en.png" in capsys.readouterr().out


def test_on_another_version_a_replaced_file_is_found(folder, capsys):
    other_version(folder)
    shutil.copy(ROOT / "figures" / "figure-01.en.png", folder / "figure-03.en.png")
    assert main([*SOME, "--out", str(folder), "--check"]) == 1
    assert "figure-03.en.png: is not the file" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_run_leaves_whole_files_and_no_helper(tmp_path):
    command = [sys.executable, "-u", "-m", "udl", "figures", "--out", str(tmp_path)]
    command += ["--only", "1,2,3,4,5,6,7,8"]  # enough to be at work when it is killed
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as run:
        for _ in range(3):
            run.stdout.readline()
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=20)  # until the last process that can write has ended, helper too
    left = [p for p in tmp_path.iterdir() if p.suffix != ".part"]
    assert left
    for path in left:
        if path.suffix == ".png":
            pixels(path.read_bytes())  # raises if a part is missing
        elif path.suffix == ".gif":
            assert path.read_bytes().endswith(b";")
        else:
            assert path.read_text(encoding="utf-8").rstrip().endswith("</svg>")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Linux says who helps whom")
@pytest.mark.parametrize("later", [0, 0.04, 0.12])  # while workers start and import
def test_ctrl_c_is_said_in_one_line(tmp_path, monkeypatch, later):
    """... and at once: to draw all, with nothing kept, takes longer than is waited for."""
    monkeypatch.setenv("UDL_CACHE", str(tmp_path / "kept"))
    with subprocess.Popen(
        [sys.executable, "-m", "udl", "figures", "--out", str(tmp_path / "figures")],
        cwd=ROOT, encoding="utf-8", stderr=subprocess.PIPE, start_new_session=True,
    ) as run:  # fmt: skip
        helpers = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        while len(helpers.read_text(encoding="ascii").split()) < 2:  # the first is not a worker
            time.sleep(0.01)
        time.sleep(later)
        os.killpg(run.pid, signal.SIGINT)  # all of them, as a terminal does
        try:
            _, said = run.communicate(timeout=20)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
    assert (run.returncode, said) == (130, "udl: stopped\n")


def test_a_killed_helper_is_said(tmp_path, monkeypatch, capsys):
    def broken(jobs):
        raise BrokenProcessPool("A process in the process pool was terminated abruptly")

    monkeypatch.setattr(files, "make_all", broken)
    with pytest.raises(SystemExit) as stop:
        main(["figures", "--out", str(tmp_path), "--only", "eq1,eq2,eq3"])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("udl: a process that was drawing was killed")


def test_what_a_killed_run_left_is_swept_up_later(tmp_path):
    old, young = tmp_path / ".figure-01.ko.png.abc.part", tmp_path / ".figure-01.ko.png.def.part"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    main([*SOME, "--out", str(tmp_path)])
    assert not old.exists()
    assert young.exists()


def test_chapter_names_can_replace_the_chapter_s_folder(tmp_path, monkeypatch):
    """... of which every tenth picture is drawn."""
    named, write = set(), files.write

    def some(jobs, *args, **options):
        named.update(files._names_of(jobs))
        write(jobs[::10], *args, **options)

    monkeypatch.setattr(files, "write", some)
    assert main(["figures", "--chapter-names", "--out", str(tmp_path)]) == 0
    shown = {e.chapter_file: e.width for e in FIGURES.values() if e.chapter_file}
    shown |= {f"eq{n}.png": e.width for n, e in EQUATIONS.items()}
    assert named == set(shown)
    drawn = {path.name: pixels(path.read_bytes()).shape[1] for path in tmp_path.iterdir()}
    assert {name[:2] for name in drawn} == {"fi", "eq"}
    assert drawn == {name: 2 * shown[name] for name in drawn}


def test_the_manifest_says_where_everything_belongs():
    record = json.loads((ROOT / "figures" / "manifest.json").read_text(encoding="utf-8"))
    keys = {str(n): n for n in ENTRIES}
    assert list(record["figures"]) == list(keys)
    assert list(record["equations"]) == [str(n) for n in EQUATIONS]
    assert list(record["animations"]) == [str(n) for n in GROUNDS]
    for number, entry in (*record["figures"].items(), *record["animations"].items()):
        assert (ROOT / "notebooks" / entry["notebook"]).exists()
        assert entry["notebook"].startswith(entry["section"])
        assert entry["parameters"] == json.loads(json.dumps(PLANS[keys[number]].parameters()))
        for lang in ("ko", "en"):
            assert entry["caption"][lang]
            assert entry["alt"][lang]
        for name, filed in entry["files"].items():
            assert filed["hash"] == files._hash((ROOT / "figures" / name).read_bytes())


def test_progress_is_shown(folder, capsys):
    main([*SOME, "--out", str(folder)])
    assert capsys.readouterr().out.splitlines() == [
        "[ 1/2] figure-03.en.png  unchanged",
        "[ 1/2] figure-03.en.svg  unchanged",
        "[ 2/2] equation-03.png  unchanged",
        "[ 2/2] equation-03.svg  unchanged",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--only", "99"],
            f"--only: 99: not one of {', '.join(map(str, FIGURES))}, nag, eq1, eq2,",
        ),
        (["--only", "1,eq15"], "--only: eq15: not one of"),
        (["--only", ""], "--only: : not one of"),
        (["--format", "bmp"], "--format: bmp: not one of png, svg, dark.svg, pdf"),
        (["--lang", "fr"], "--lang: invalid choice: 'fr'"),
        (["--scale", "0"], "--scale: 0: not a number from 0.1 to 10"),
        (["--scale", "0.05"], "--scale: 0.05: not a number from 0.1 to 10"),
        (["--scale", "nan"], "--scale: nan: not a number from 0.1 to 10"),
        (["--scale", "big"], "--scale: big: not a number from 0.1 to 10"),
        (["--chapter-names", "--lang", "all"], "--chapter-names: PNG in one language, not with"),
        (["--chapter-names", "--format", "svg"], "--chapter-names: PNG in one language, not with"),
        (["--chapter-names", "--check"], "--check: not allowed with argument --chapter-names"),
        (["--what"], "unrecognized arguments: --what"),
    ],
)
def test_bad_options_get_one_line(capsys, options, message):
    with pytest.raises(SystemExit) as stop:
        main(["figures", *options])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.removeprefix("udl: ").removeprefix("argument ").startswith(message)


@pytest.mark.parametrize("under", ["", "inner"])
def test_an_output_folder_that_is_a_file(tmp_path, capsys, under):
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main([*SOME, "--out", str(taken / under)])
    assert stop.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "needs a folder that can be written to" in line
    assert taken.read_text(encoding="utf-8") == "mine"

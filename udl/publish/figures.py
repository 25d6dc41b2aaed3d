"""Figures as files: written whole or not at all, left alone when nothing changed, and checked.

A file is up to date if it is the `same` as what the code draws: it may come from another processor.
`manifest.json` beside the pictures says what each is. Another version of Matplotlib sets all text
a little differently; for a check by such a one it holds a hash of each file, all strings and
hashes of the pixels without text.
"""

import hashlib
import json
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, groupby
from multiprocessing import get_context, parent_process
from pathlib import Path

import matplotlib
from matplotlib import ft2font

import udl.figures
from udl.chapter import LANGUAGES, NOTEBOOKS
from udl.experiments.maps import ctrl_c_after
from udl.experiments.plans import FIGURES
from udl.figures import animations
from udl.figures.catalogue import ENTRIES
from udl.figures.equations import EQUATIONS, equation
from udl.figures.style import house
from udl.figures.text import ANIMATION_ALT_TEXTS
from udl.publish.compare import same
from udl.publish.whole import write_whole

FORMATS = ("png", "svg", "dark.svg", "pdf")
STORED = FORMATS[:3]  # the formats of everything that stands in `figures/`
KINDS = ("figures", "equations", "animations")
MANIFEST = "manifest.json"
MADE_WITH = f"matplotlib {matplotlib.__version__}, freetype {ft2font.__freetype_version__}"


@dataclass(frozen=True)
class Job:
    """One picture to build and the files it becomes.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    number : int or str
        Its number in the chapter, or the name of a figure that has none.
    lang : str
        Its language; None for an equation, which has none.
    files : tuple of (format, name)
        The files to encode it as.
    scale : float
        Pixels of a PNG for each pixel at which the chapter shows it.
    """

    kind: str
    number: int
    lang: str
    files: tuple
    scale: float


@dataclass(frozen=True)
class Made:
    """A picture as bytes, and what a check has to know of it."""

    job: Job
    data: dict
    drawn: dict
    alt: str  # of a figure: its numbers are known where it is drawn


def plan(numbers, equations, langs, formats, scale, chapter_names=False, animated=()):
    """The jobs for some figures, equations and animations.

    Parameters
    ----------
    numbers, equations : iterable of int
        Which figures and which equations.
    langs, formats : iterable of str
        In which languages and file formats.
    scale : float
        Pixels of a PNG for each pixel at which the chapter shows it.
    chapter_names : bool
        Name the files as the chapter does.
    animated : iterable of int
        Of which figures animations; their format is GIF if none of ``formats`` moves.

    Returns
    -------
    list of Job
    """
    jobs = []
    for n in numbers:
        if chapter_names and ENTRIES[n].chapter_file is None:
            continue
        for lang in langs:
            stem = f"figure-{n:02}.{lang}"
            if chapter_names:
                stem = Path(ENTRIES[n].chapter_file).stem
            jobs.append(Job("figures", n, lang, _names(stem, formats), scale))
    for n in equations:
        stem = f"eq{n}" if chapter_names else f"equation-{n:02}"
        jobs.append(Job("equations", n, None, _names(stem, formats), scale))
    moving = [format for format in formats if format in animations.FORMATS] or ["gif"]
    for n in animated:
        for lang in langs:
            jobs.append(Job("animations", n, lang, _names(f"figure-{n:02}.{lang}", moving), scale))
    return jobs


def whole():
    """The jobs for everything that stands in the project's ``figures/``."""
    return plan(ENTRIES, EQUATIONS, LANGUAGES, STORED, 2, animated=animations.GROUNDS)


def _names(stem, formats):
    return tuple((format, f"{stem}.{format}") for format in formats)


def _names_of(jobs):
    return {name for job in jobs for _, name in job.files}


def make(job):
    """Build one picture and encode it in all of its formats."""
    picture = _draw(job)
    # an equation is text alone
    bare = None if job.kind == "equations" else picture.hashes_without_text()
    data = {}
    for format, name in job.files:
        palette, _, plain = format.rpartition(".")
        with house(palette or None):
            data[name] = (_draw(job) if palette else picture).encode(plain, job.scale)
    drawn = {"strings": picture.strings(), "pixels_without_text": bare}
    return Made(job, data, drawn, picture.alt if job.kind == "figures" else "")


def _draw(job):
    if job.kind == "equations":
        return equation(job.number, LANGUAGES[0])  # of its title; it has no words
    if job.kind == "animations":
        return animations.animation(job.number, job.lang)
    return getattr(udl.figures, f"figure_{job.number}")(job.lang)


def make_all(jobs):
    """Build all pictures in two processes and yield each `Made`, in the order of the jobs.

    The languages of one figure stay together, because they share what was computed.
    """
    groups = [tuple(group) for _, group in groupby(jobs, key=lambda job: (job.kind, job.number))]
    if len(groups) < 3:  # processes would take longer to start than to draw
        yield from chain.from_iterable(map(_make_group, groups))
        return
    with ProcessPoolExecutor(2, get_context("spawn"), _end_with_parent) as pool:
        try:
            with ctrl_c_after(), _left_to_this_process():
                results = [pool.submit(_make_group, group) for group in groups]
            for result in results:
                yield from result.result()
        except BaseException:  # else the pool would first end what it has begun, for a minute
            for worker in list((pool._processes or {}).values()):
                worker.terminate()
            raise


@contextmanager
def _left_to_this_process():
    """Start workers that no Ctrl-C interrupts: each would complain in many lines."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent():
    """In a worker: end when the process is killed that gives it work, and would never give more."""

    def watch():
        parent_process().join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _make_group(jobs):
    return [make(job) for job in jobs]


def write(jobs, folder, *, manifest=True, progress=print):
    """Build pictures and write those that changed.

    Parameters
    ----------
    jobs : list of Job
        From `plan`.
    folder : path
        Made if need be.
    manifest : bool
        Also bring ``manifest.json`` up to date.
    progress : callable
        Called with a line of text for each file.

    Raises
    ------
    OSError
        If the folder is a file or cannot be written to.
    NoManifest
        If ``manifest.json`` cannot be read; not if everything is drawn, which writes it anew.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    anew = _names_of(jobs) >= _names_of(whole())
    if manifest:
        _read_manifest(folder, anew)  # before everything is drawn, if it cannot be read
    drawn = []
    for done, made in enumerate(make_all(jobs), start=1):
        for name, data in made.data.items():
            path = folder / name
            changed = not (path.exists() and same(path.read_bytes(), data))
            if changed:
                write_whole(path, data)
            progress(f"[{done:2}/{len(jobs)}] {name}  {'written' if changed else 'unchanged'}")
        drawn.append(made)
    if manifest:
        record = _read_manifest(folder, anew)  # as another run may have left it meanwhile
        for made in drawn:
            _note(record, made, folder)
        text = _dump(record)
        if not (folder / MANIFEST).exists() or (folder / MANIFEST).read_bytes() != text:
            write_whole(folder / MANIFEST, text)


def check(jobs, folder):
    """Compare the pictures in a folder with what the code draws, and touch nothing.

    Parameters
    ----------
    jobs : list of Job
        From `plan`.
    folder : path
        What `write` wrote.

    Returns
    -------
    list of str
        A line for each file that is out of date: its name, and why.

    Raises
    ------
    NoManifest
        If ``manifest.json`` cannot be read.
    """
    folder = Path(folder)
    record = _read_manifest(folder)
    fresh = json.loads(_dump(record))
    stale = []
    for made in make_all(jobs):
        old = record.get(made.job.kind, {}).get(str(made.job.number), {})
        for name in made.data:
            reason = _why_stale(folder / name, made, old)
            if reason:
                stale.append(f"{name}: {reason}")
        _note(fresh, made, folder)
    if not stale and _facts(fresh) != _facts(record):
        stale.append(f"{MANIFEST}: does not say what the code says")
    return stale


def _why_stale(path, made, old):
    if not path.exists():
        return "missing"
    filed = old.get("files", {}).get(path.name)
    if filed is None:
        return f"not in {MANIFEST}"
    file = path.read_bytes()
    if same(file, made.data[path.name]):
        return None
    if filed["made_with"] == MADE_WITH:
        return "differs from what the code draws"
    if filed["hash"] != _hash(file):
        return f"is not the file that {MANIFEST} describes"
    if not _drawn_alike(old["drawn"].get(made.job.lang or "all"), made.drawn):
        return "differs from what the code draws, its text set aside"
    return None


def _facts(record):
    """A manifest without what may rightly differ between versions."""
    record = json.loads(_dump(record))
    for kind in KINDS:
        for entry in record.get(kind, {}).values():
            entry["files"] = sorted(entry["files"])
    return record


def _note(record, made, folder):
    """Enter a picture's files into the manifest; a film, which no two codecs make alike, not."""
    job = made.job
    filed = {
        name: {"hash": _hash((folder / name).read_bytes()), "made_with": MADE_WITH}
        for name in made.data
        if not name.endswith(".mp4") and (folder / name).exists()
    }
    if not filed:
        return
    entry = record.setdefault(job.kind, {}).setdefault(str(job.number), {})
    entry.update(describe(job.kind, job.number))
    if job.kind == "figures":  # its numbers are known where it was drawn
        entry.setdefault("alt", {})[job.lang] = made.alt
    drawn, lang = entry.setdefault("drawn", {}), job.lang or "all"
    if not _drawn_alike(drawn.get(lang), made.drawn):
        drawn[lang] = made.drawn
    entry.setdefault("files", {}).update(filed)


def _drawn_alike(one, other):
    """Whether two drawings have the same strings, and the same pixels as another processor sees."""
    if one is None or one["strings"] != other["strings"]:
        return False
    pairs = zip(*(drawn["pixels_without_text"] or ["text"] for drawn in (one, other)), strict=False)
    return any(ours == theirs for ours, theirs in pairs)


def describe(kind, number):
    """What the manifest says of a picture before it is drawn."""
    if kind == "equations":
        entry = EQUATIONS[number]
        return {
            "section": entry.section,
            "notebook": NOTEBOOKS[entry.section],
            "chapter_file": f"eq{number}.png",
            "width": entry.width,
            "latex": entry.latex,
            "alt": {lang: entry.spoken(lang) for lang in LANGUAGES},
        }
    entry = ENTRIES[number]
    if kind == "animations":
        return {
            "section": entry.section,
            "notebook": entry.notebook,
            "width": entry.width,
            "parameters": FIGURES[number].parameters(),
            "caption": {lang: entry.caption(lang) for lang in LANGUAGES},
            "alt": {lang: ANIMATION_ALT_TEXTS[lang][number] for lang in LANGUAGES},
        }
    return {
        "section": entry.section,
        "notebook": entry.notebook,
        "chapter_file": entry.chapter_file,
        "width": entry.width,
        "parameters": FIGURES[number].parameters(),
        "caption": {lang: entry.caption(lang) for lang in LANGUAGES},
    }


class NoManifest(Exception):
    """A ``manifest.json`` that is none; says how to mend it."""


def _read_manifest(folder, anew=False):
    """What is recorded; nothing of a broken manifest that is to be written anew."""
    path = folder / MANIFEST
    if not path.exists():
        return {}
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        _dump(dict(**record))  # what cannot be written, or not be read as below, has another shape
        for entry in chain.from_iterable(record.get(kind, {}).values() for kind in KINDS):
            files, drawn = entry["files"].values(), entry["drawn"].values()
            [each["hash"] + each["made_with"] for each in files]
            [each["strings"] + (each["pixels_without_text"] or []) for each in drawn]
            dict(**entry.get("alt", {}))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        if anew:
            return {}
        out = "" if folder == Path("figures") else f" --out {folder}"
        raise NoManifest(
            f"{path}: not a manifest of figures; `python -m udl figures{out}` draws everything and"
            " writes it anew"
        ) from error
    return record


def _dump(record):
    for kind in KINDS:
        if kind in record:
            record[kind] = dict(sorted(record[kind].items(), key=lambda item: item[0].zfill(2)))
            for entry in record[kind].values():
                entry["files"] = dict(sorted(entry["files"].items()))
                entry["drawn"] = dict(sorted(entry["drawn"].items()))
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _hash(data):
    return hashlib.sha256(data).hexdigest()


def _sweep(folder):
    """Remove what a killed run left behind; another run may be at work on the younger ones."""
    for part in folder.glob(".*.part"):
        if time.time() - part.stat().st_mtime > 3600:
            part.unlink(missing_ok=True)

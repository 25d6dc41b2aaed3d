"""The whole set of figures, both languages, PNG and SVG, against the plain pyplot way.

    python benchmarks/figures.py

The peer builds the same artists on a pyplot figure for each file and calls
``savefig(bbox_inches="tight")``, in one process, as most scripts do. Ours is what `make figures`
does, hashing and starting the second process included. Both write into an empty folder. They take
turns; the medians and the ratio of each turn are printed.
"""

import statistics
import tempfile
import time
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

import udl.figures
from udl.figures import EQUATIONS, files, picture
from udl.figures.catalogue import FIGURES
from udl.figures.equations import equation
from udl.figures.style import house

LANGUAGES, FORMATS = ("ko", "en"), ("png", "svg")


def ours(folder):
    jobs = files.plan(FIGURES, EQUATIONS, LANGUAGES, FORMATS, 2)
    files.write(jobs, folder, progress=lambda line: None)


def plain(folder):
    builds = [(f"figure-{n}", getattr(udl.figures, f"figure_{n}")) for n in FIGURES]
    for format in FORMATS:
        for stem, build in builds:
            for lang in LANGUAGES:
                save(build(lang), folder / f"{stem}.{lang}.{format}")
        for n in EQUATIONS:
            save(equation(n), folder / f"equation-{n}.{format}")


def save(figure, path):
    plt.figure(figure)  # pyplot takes the figure over, with a manager and a canvas of its own
    with house():
        plt.savefig(path, dpi=2 * picture.DPI, bbox_inches="tight")
    plt.close()


def seconds(work):
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        work(Path(folder))
        return time.perf_counter() - start


if __name__ == "__main__":
    turns = [(seconds(ours), seconds(plain)) for _ in range(5)]
    for name, times in zip(("ours", "pyplot"), zip(*turns, strict=True), strict=True):
        print(f"{name:7} median {statistics.median(times):5.2f} s")
    ratios = [a / b for a, b in turns]
    median = statistics.median(ratios)
    print(f"ratio   median {median:5.2f}   ({min(ratios):.2f} to {max(ratios):.2f})")

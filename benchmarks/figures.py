"""The whole set of figures, both languages, PNG and SVG, against the plain pyplot way.

    python benchmarks/figures.py

The peer builds the same artists on a pyplot figure for each file and calls
``savefig(bbox_inches="tight")``, in one process, as most scripts do. Ours is what `make figures`
does, hashing and starting the second process included. Each way starts in a fresh Python, what the
figures compute included, and writes into an empty folder. They take turns; the medians and the
ratio of each turn are printed, for the chapter's eight figures with its equations and for all.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

import udl.figures
from udl.figures import EQUATIONS, picture
from udl.figures.catalogue import FIGURES
from udl.figures.equations import equation
from udl.figures.style import house
from udl.publish import figures as files

LANGUAGES, FORMATS = ("ko", "en"), ("png", "svg")


def ours(folder, numbers):
    jobs = files.plan(numbers, EQUATIONS, LANGUAGES, FORMATS, 2)
    files.write(jobs, folder, progress=lambda line: None)


def plain(folder, numbers):
    builds = [(f"figure-{n}", getattr(udl.figures, f"figure_{n}")) for n in numbers]
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


SETS = {"chapter": [n for n in FIGURES if FIGURES[n].chapter_file], "all": list(FIGURES)}
WAYS = {"ours": ours, "pyplot": plain}


def seconds(way, numbers):
    command = [sys.executable, __file__, way, numbers]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main():
    for numbers, turns in (("chapter", 5), ("all", 3)):
        times = [{way: seconds(way, numbers) for way in WAYS} for _ in range(turns)]
        for way in WAYS:
            median = statistics.median(turn[way] for turn in times)
            print(f"{numbers:8} {way:7} median {median:6.2f} s")
        ratios = sorted(turn["ours"] / turn["pyplot"] for turn in times)
        median = statistics.median(ratios)
        print(f"{numbers:8} ratio   median {median:6.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            WAYS[sys.argv[1]](Path(folder), SETS[sys.argv[2]])
            print(time.perf_counter() - start)

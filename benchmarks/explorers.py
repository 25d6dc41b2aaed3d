"""The explorers against `ipywidgets.interactive`, in the kernel and in the browser.

    python benchmarks/explorers.py [NAME ...]

The peer is what the author of a notebook writes first: a function that draws the picture, given to
`interactive`, and the inline backend as it comes. It draws the same picture, which is checked:
every pixel but for edges where lines cross. Both stand in one notebook in JupyterLab, have the same
slider, the learning rate, and take turns of ten changes, since a hand that drags makes many. In the
kernel a change is timed from setting the slider until its callback has drawn, encoded and sent; in
the browser from the key that moves the slider until the new picture has loaded. It needs a
Chromium, as the browser tests do.
"""

import ast
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from udl.explore import VIEWS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # for the browser tests' JupyterLab
CHANGES = 40
OURS = """
from udl import explore

explorer = explore.NAME()
explorer.go(explorer.scene.view.shown)
explorer
"""
PEER = """
import ipywidgets
import matplotlib.pyplot as plt

from udl.explore.view import SCALE
from udl.figures.picture import DPI
from udl.figures.style import SETTINGS

plt.rcParams.update(SETTINGS)
view, knob = explorer.scene.view, explorer.knobs["lr"]


def draw(lr):
    at = explorer.first | {"lr": lr}
    page, place = view.ground(at)
    view.move(page, place, view.walk(at), at, view.shown)
    page.picture.set_dpi(SCALE * DPI)
    page.picture._repr_mimebundle_ = None  # to Jupyter a figure like any other
    return plt.figure(page.picture)


slider = ipywidgets.SelectionSlider(options=knob.options, value=knob.value)
peer = ipywidgets.interactive(lambda lr: draw(lr) and None, lr=slider)
peer
"""
KERNEL = """
from time import perf_counter

import numpy as np

drawn = draw(knob.value)
drawn.canvas.draw()
pixels = np.asarray(drawn.canvas.buffer_rgba())[..., :3]
other = pixels != explorer.scene.frame(explorer.values, view.shown)[..., :3]
assert other.any(axis=2).mean() < 0.002, "not the same picture"
plt.close(drawn)


def seconds(slider, value):
    start = perf_counter()
    slider.value = value
    return perf_counter() - start


places = [place for _, place in knob.options]
first = places.index(knob.value)
times = [], []
for turn in range(CHANGES // 10):
    for way, times_of_way in zip((knob, slider), times):
        for change in range(1, 11):
            times_of_way.append(1000 * seconds(way, places[first - change]))
"""
STOPWATCH = """area => {
    const watch = {times: [], drawn: null};
    let start = null, draw;
    area.addEventListener('keydown', () => {
        watch.drawn = new Promise(resolve => { draw = resolve; });
        start = performance.now();
    }, true);
    area.addEventListener('load', () => {
        if (start !== null) watch.times.push(performance.now() - start);
        start = null;
        draw?.();
    }, true);
    return watch;
}"""


def measured(lab, folder, name):
    """Milliseconds of each change, (explorer, peer), in the kernel and in the browser."""
    sources = [OURS.replace("NAME", name), PEER, KERNEL.replace("CHANGES", str(CHANGES))]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernelspec = {"name": "python3", "display_name": "Python 3"}
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), path)
    with lab.open(path.name) as notebook:
        assert notebook.run_cell(0, 1, 2), notebook.errors()
        kernel = zip(*ast.literal_eval(notebook.ask("times")), strict=True)
        notebook.settle()
        sliders = [
            notebook.cell(i)
            .locator(".widget-slider")
            .filter(has_text=label)
            .locator(".noUi-handle")
            for i, label in ((0, "학습률"), (1, "lr"))
        ]
        watches = [notebook.cell(i).evaluate_handle(STOPWATCH) for i in (0, 1)]
        for turn in range(CHANGES // 10):
            for slider, watch in zip(sliders, watches, strict=True):
                for _ in range(10):
                    slider.press("ArrowLeft" if turn % 2 else "ArrowRight")
                    watch.evaluate("watch => watch.drawn")  # a page that is asked draws later
                    notebook.settle()
        assert notebook.errors() == []
        browser = zip(*(watch.evaluate("watch => watch.times") for watch in watches), strict=True)
        return {"kernel": list(kernel), "browser": list(browser)}


def main():
    from browser.chromium import launched, missing
    from browser.lab import Lab, served

    if reason := missing():
        print(f"explorers.py is left out: {reason}")
        return
    print(f"medians of {CHANGES} changes in ms: explorer, interactive, ratio")
    with tempfile.TemporaryDirectory() as place, launched() as browser:
        folder, private = Path(place, "notebooks"), Path(place, "private")
        folder.mkdir()
        with served(folder.parent, private) as address:
            lab = Lab(browser, address)
            lab.page.set_viewport_size({"width": 1280, "height": 2400})  # both are in sight
            for name in sys.argv[1:] or VIEWS:
                for where, times in measured(lab, folder, name).items():
                    ours, peer = (statistics.median(way) for way in zip(*times, strict=True))
                    ratio = statistics.median(a / b for a, b in times)
                    print(f"{name:9} {where:8} {ours:6.1f} {peer:6.1f} {ratio:6.2f}", flush=True)


if __name__ == "__main__":
    main()

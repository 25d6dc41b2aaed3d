"""The explorers against `ipywidgets.interactive`, and against a picture that was made beforehand.

    python benchmarks/explorers.py [NAME ...]

One peer is what the author of a notebook writes first: a function that draws the picture, given to
`interactive`, and the inline backend as it comes. It draws the same picture, which is checked:
every pixel but for edges where lines cross. The other only puts one of the explorer's own layers,
made beforehand, in another's place: less than that no change in a kernel can take. All stand in
one notebook in JupyterLab, have the same slider, the learning rate, and take turns of ten changes,
since a hand that drags makes many. In the kernel a change is timed from setting the slider until
its callback has drawn and sent; in the browser from the key that moves the slider until the new
picture stands in the page. Then the explorer's slider alone is moved 30 times a second, and each
change timed. It needs a Chromium, as the browser tests do.
"""

import ast
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat

from udl.explore import VIEWS

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # for the browser tests' JupyterLab
CHANGES = 20  # of each way, ten in turn
LIMIT_KERNEL, LIMIT_BROWSER, FRAME = 0.15, 1.6, 1000 / 60
OURS = """
from udl import explore

explorer = explore.NAME()
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
    view.move(page, place, view.walk(at, view.steps), at, view.shown)
    page.picture.set_dpi(SCALE * DPI)
    page.picture._repr_mimebundle_ = None  # to Jupyter a figure like any other
    return plt.figure(page.picture)


slider = ipywidgets.SelectionSlider(options=knob.options, value=knob.value)
peer = ipywidgets.interactive(lambda lr: draw(lr) and None, lr=slider)
peer
"""
SWAP = """
places = [place for _, place in knob.options]
first = places.index(knob.value)
layers = [explorer.scene.over(explorer.first | {"lr": lr}, view.shown) for lr in places[first:][:2]]
swapped = ipywidgets.SelectionSlider(options=knob.options, value=knob.value)
picture = ipywidgets.HTML(layers[first % 2])  # or the first change would be none


def swap(change):
    picture.value = layers[swapped.index % 2]


swapped.observe(swap, "value")
ipywidgets.VBox([swapped, picture]).add_class("swap")
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


times = [], []
for turn in range(CHANGES // 10):
    for way, times_of_way in zip((knob, slider), times):
        for change in range(1, 11):
            times_of_way.append(1000 * seconds(way, places[first - change]))
"""
STOPWATCH = """area => {
    const watch = {times: [], pressed: [], shown: [], drawn: null};
    let start = null, draw;
    area.addEventListener('keydown', () => {
        watch.drawn = new Promise((resolve, reject) => {
            draw = resolve;
            setTimeout(() => reject(new Error('no picture came')), 9000);
        });
        watch.drawn.catch(() => null); // of a drag nobody asks
        start = performance.now();
        watch.pressed.push(start);
    }, true);
    const shown = () => {
        watch.shown.push(performance.now());
        if (start !== null) watch.times.push(performance.now() - start);
        start = null;
        draw?.();
    };
    area.addEventListener('load', shown, true);
    new MutationObserver(changes => {
        const added = changes.flatMap(change => [...change.addedNodes]);
        if (added.some(one => one.matches?.('svg.udl-moving'))) shown();
    }).observe(area, {childList: true, subtree: true});
    return watch;
}"""
DRAG = """async handle => {
    for (let i = 0; i < 60; i++) {
        const key = i % 20 < 10 ? 'ArrowRight' : 'ArrowLeft';
        handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
        await new Promise(resolve => setTimeout(resolve, 1000 / 30));
    }
}"""


def measured(lab, folder, name):
    """Milliseconds of each change: in the kernel, in the browser, while dragged."""
    sources = [OURS.replace("NAME", name), PEER, SWAP, KERNEL.replace("CHANGES", str(CHANGES))]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernelspec = {"name": "python3", "display_name": "Python 3"}
    path = folder / f"{name}.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), path)
    with lab.open(path.name) as notebook:
        assert notebook.run_cell(0, 1, 2, 3), notebook.errors()
        kernel = ast.literal_eval(notebook.ask("times"))
        notebook.settle()
        handles, watches = [], []
        for i, label in enumerate(("학습률", "lr", "")):
            slider = notebook.cell(i).locator(".widget-slider").filter(has_text=label)
            handles.append(slider.locator(".noUi-handle"))
            watches.append(notebook.cell(i).evaluate_handle(STOPWATCH))
        for turn in range(CHANGES // 10):
            for handle, watch in zip(handles, watches, strict=True):
                for _ in range(10):
                    handle.press("ArrowLeft" if turn % 2 else "ArrowRight")
                    watch.evaluate("watch => watch.drawn")  # a page that is asked draws later
                    notebook.settle()
        browser = [watch.evaluate("watch => watch.times") for watch in watches]
        ours = watches[0]
        ours.evaluate("watch => { watch.pressed.length = watch.shown.length = 0 }")
        handles[0].evaluate(DRAG)
        notebook.settle()
        pressed, shown = (ours.evaluate(f"watch => watch.{one}") for one in ("pressed", "shown"))
        assert notebook.errors() == []
    # where the hand is faster than the picture, the next picture counts
    dragged = [min(at for at in shown if at > start) - start for start in pressed]
    return kernel, browser, dragged


def main():
    from browser.chromium import launched, missing
    from browser.lab import Lab, served

    if reason := missing():
        print(f"explorers.py is left out: {reason}")
        return
    print(f"ms a change, medians of {CHANGES}; limits: kernel {LIMIT_KERNEL} of interactive,")
    print(
        f"browser {LIMIT_BROWSER} of a swap, dragged 95 % within {2 * FRAME:.0f} ms of the median"
    )
    print("explorer  kernel inter. ratio  browser inter.   swap ratio  dragged   95 %")
    with tempfile.TemporaryDirectory() as place, launched() as browser:
        folder, private = Path(place, "notebooks"), Path(place, "private")
        folder.mkdir()
        with served(folder.parent, private) as address:
            lab = Lab(browser, address)
            lab.page.set_viewport_size({"width": 1280, "height": 2400})  # all are in sight
            for name in sys.argv[1:] or VIEWS:
                kernel, changes, dragged = measured(lab, folder, name)
                ours, peer = map(statistics.median, kernel)
                seen, seen_peer, swap = map(statistics.median, changes)
                middle, late = statistics.median(dragged), statistics.quantiles(dragged, n=20)[-1]
                over = [
                    what
                    for what, value, limit in (
                        ("kernel", ours / peer, LIMIT_KERNEL),
                        ("browser", seen / swap, LIMIT_BROWSER),
                        ("dragged", late - middle, 2 * FRAME),
                    )
                    if value > limit
                ]
                print(
                    f"{name:9} {ours:6.1f} {peer:6.1f} {ours / peer:5.2f}  {seen:7.1f}"
                    f" {seen_peer:6.1f} {swap:6.1f} {seen / swap:5.2f}  {middle:7.1f} {late:6.1f}"
                    f"  {'over: ' + ', '.join(over) if over else ''}",
                    flush=True,
                )


if __name__ == "__main__":
    main()

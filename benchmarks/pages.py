"""The explorers on a page without a kernel: how large they are, and how long a change takes.

    python benchmarks/pages.py

All seven stand on one page, opened from a file. A change is timed in the browser from the event of
the input until the frame that shows it has been painted; at 60 frames a second there are 16.7 ms
for it. The step is turned, on a page as it is and on one whose processor is slowed four times, as
a phone's. It needs a Chromium, as the browser tests do.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from udl.explore import VIEWS, page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # for the browser tests' Chromium
CHANGES = 60
HTML = "<!doctype html><meta charset=utf-8><style>{}</style>{}<script>{}</script>"
TIMES = """async (root, changes) => {
    const [main, step] = [root.querySelector('input'), [...root.querySelectorAll('input')].at(-1)];
    const times = [];
    for (let i = 0; i < changes; i++) await new Promise((done) => requestAnimationFrame(() => {
        const input = i % 2 ? main : step;
        const painted = new MessageChannel();
        const start = performance.now();
        input.value = (Number(input.value) + 1) % (Number(input.max) + 1);
        input.dispatchEvent(new Event('input'));
        painted.port1.onmessage = () => { times.push(performance.now() - start); done(); };
        painted.port2.postMessage(null); // is received when this frame is done
    }));
    return times;
}"""


def measured(browser, address, slower):
    """Milliseconds of each change, by the explorer's name."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    tab.goto(address)
    times = {}
    for i, name in enumerate(VIEWS):
        root = tab.locator(".udl-page").nth(i)
        root.scroll_into_view_if_needed()
        tab.locator(".udl-page[data-ready]").nth(i).wait_for()
        times[name] = root.evaluate(TIMES, CHANGES)
    tab.close()
    return times


def main():
    from browser.chromium import launched, missing

    if reason := missing():
        print(f"pages.py is left out: {reason}")
        return
    parts = {name: page.part(name) for name in VIEWS}
    with tempfile.TemporaryDirectory() as place, launched() as browser:
        path = Path(place, "explorers.html")
        whole = HTML.format(page.style(), "\n".join(parts.values()), page.script())
        path.write_text(whole, encoding="utf-8")
        times = [measured(browser, path.as_uri(), slower) for slower in (1, 4)]
    print("explorer, its characters, and ms a change: median, 95th percentile; slowed four times")
    for name, part in parts.items():
        told = [
            f"{statistics.median(one[name]):6.1f} {statistics.quantiles(one[name], n=20)[-1]:6.1f}"
            for one in times
        ]
        print(f"{name:9} {len(part):8,} {' '.join(told)}")
    print(f"{'all':9} {sum(map(len, parts.values())):8,}")


if __name__ == "__main__":
    main()

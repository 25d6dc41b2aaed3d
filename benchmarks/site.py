"""How long a page of the site takes to be readable on a slow phone, over the page without the site.

    make site; python benchmarks/site.py

Each notebook's page in turn: 390 × 844, the processor throttled to a fourth, nothing kept from the
page before. It is readable when the largest part of the first screen is painted (the web's "largest
contentful paint"), and ready when all of it is laid out and its fonts are there. The peer is the
same HTML without styles, scripts and pictures: what a browser needs for the text and the formulas
alone. It needs a Chromium, as the browser tests do.
"""

import re
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
SITE = ROOT / "build" / "site"
sys.path.insert(0, str(ROOT / "tests"))
TURNS = 3
SHOWN = """
async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const ready = performance.now();
  const type = "largest-contentful-paint";
  const painted = await new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries())).observe({ type, buffered: true });
  });
  return [painted.at(-1).startTime, ready];
}
"""


def bare(html):
    """A page without what is not text."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"<(link|img)\b[^>]*>", "", html)


def shown(browser, path):
    """Milliseconds from asking for a page until it is readable, and until it is ready."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    times = page.evaluate(SHOWN)
    page.close()
    return times


def main():
    from browser import chromium

    pages = sorted(SITE.rglob("notebooks/*.html"))
    if not pages:
        sys.exit("no pages in build/site: run make site")
    with chromium.launched() as browser, tempfile.TemporaryDirectory() as folder:
        for path in pages:
            peer = Path(folder, path.name)
            peer.write_text(bare(path.read_text(encoding="utf-8")), encoding="utf-8")
            turns = [[shown(browser, p) for p in (path, peer)] for _ in range(TURNS)]
            (readable, ready), (_, text) = np.median(turns, axis=0)
            name = path.relative_to(SITE).with_suffix("").as_posix()
            told = f"readable {readable:5.0f} ms, ready {ready:5.0f} ms"
            print(f"{name:44} {told}, {ready / text:.1f} times its text", flush=True)


if __name__ == "__main__":
    main()

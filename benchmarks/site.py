"""How long a page of the site takes to be readable on a slow phone, over the page without the site.

    make site; python benchmarks/site.py

Each notebook's page in turn: 390 × 844, the processor throttled to a fourth, nothing kept from the
page before. It is readable when its first text is painted and its fonts are there. The peer is the
same HTML without styles, scripts and pictures: what a browser needs for the text and the formulas
alone. It needs a Chromium, as the browser tests do.
"""

import re
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE = ROOT / "build" / "site"
sys.path.insert(0, str(ROOT / "tests"))
TURNS = 3
READABLE = """
async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const [first] = performance.getEntriesByName("first-contentful-paint");
  return Math.max(first.startTime, performance.now());
}
"""


def bare(html):
    """A page without what is not text."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"<(link|img)\b[^>]*>", "", html)


def readable(browser, path):
    """Milliseconds from asking for a page to reading it."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    time = page.evaluate(READABLE)
    page.close()
    return time


def main():
    from browser import chromium

    pages = sorted(SITE.rglob("notebooks/*.html"))
    if not pages:
        sys.exit("no pages in build/site: run make site")
    with chromium.launched() as browser, tempfile.TemporaryDirectory() as folder:
        for path in pages:
            peer = Path(folder, path.name)
            peer.write_text(bare(path.read_text(encoding="utf-8")), encoding="utf-8")
            turns = [[readable(browser, p) for p in (path, peer)] for _ in range(TURNS)]
            ours, theirs = map(statistics.median, zip(*turns, strict=True))
            name = path.relative_to(SITE).with_suffix("").as_posix()
            print(f"{name:44} {ours:5.0f} ms, {ours / theirs:.1f} times its text", flush=True)


if __name__ == "__main__":
    main()

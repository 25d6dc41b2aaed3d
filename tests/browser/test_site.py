"""The book of `make site`, page by page, as a reader and a screen reader find it."""

import pkgutil
import re
import subprocess
import sys
import threading
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

import udl
from browser.chromium import Watch
from udl.chapter import NOTEBOOKS
from udl.figures.catalogue import ENTRIES
from udl.figures.style import SIZES

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
SHOTS = ROOT / "build" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
KINDS = {
    "first": "index.html",
    "notebook": "notebooks/3.7.3-momentum.html",
    "claims": "docs/claims.ko.html",
    "errata": "docs/errata.ko.html",
    "answers": "docs/answers.ko.html",
    "conventions": "docs/conventions.ko.html",
    "gallery": "site/gallery.html",
    "api": "site/api/descent.html",
    "source": "_modules/udl/steps.html",
    "search": f"search.html?q={quote('학습률')}",
}


@pytest.fixture(scope="package")
def pages(browser):
    """The addresses of all pages within the site, which is built as `make site` builds it."""
    pytest.importorskip("sphinx", reason="Sphinx is missing: pip install -e '.[site]'")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^site:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE).group(1)
    for line in recipe.strip().split("\n\t"):
        command = line.replace("$(BIN)/python", sys.executable).split()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    found = (path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    return sorted(name for name in found if not name.startswith("_static/"))  # a theme's templates


@pytest.fixture(scope="package")
def address(pages):
    """Where the site is served."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("localhost", 0), partial(Handler, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package", params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture
def visit(browser, address):
    """Opens a page; a test fails after which a page has something to complain."""
    opened, watches = [], []

    def visit(name, scheme="light", viewport=DESKTOP):
        page = browser.new_page(color_scheme=scheme, viewport=viewport)
        opened.append(page)
        watches.append(Watch(page))
        page.goto(address + name)
        page.evaluate("window.MathJax && MathJax.startup.promise")
        return page

    yield visit
    for page in opened:
        page.close()
    assert [complaint for watch in watches for complaint in watch.complaints] == []


class Parsed(HTMLParser):
    """A page's links, anchors and pictures."""

    def __init__(self, name):
        super().__init__()
        self.links, self.anchors, self.pictures = [], {""}, []
        self.feed((SITE / name).read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors.add(attributes.get("id"))
        if tag == "img":
            self.pictures.append(attributes)
        self.links += [attributes[key] for key in ("href", "src") if attributes.get(key)]


@pytest.fixture(scope="package")
def parsed(pages):
    return {name: Parsed(name) for name in pages}


def test_every_notebook_and_every_page_is_there(pages):
    texts = [f"docs/{path.stem}.html" for path in (ROOT / "docs").glob("*.ko.md")]
    notebooks = [f"notebooks/{Path(name).stem}.html" for name in NOTEBOOKS.values()]
    assert set(pages) >= {"index.html", "site/gallery.html", *texts, *notebooks}


def test_links_lead_somewhere(parsed):
    for name, page in parsed.items():
        for link in page.links:
            target = urlsplit(link)
            if target.scheme in ("http", "https", "data"):
                continue
            path = (SITE / name).parent / unquote(target.path) if target.path else SITE / name
            assert path.is_file(), f"{name}: {link}"
            where = path.resolve().relative_to(SITE.resolve()).as_posix()
            if where in parsed:
                assert unquote(target.fragment) in parsed[where].anchors, f"{name}: {link}"


def test_the_licences_stand_at_the_foot_of_every_page(parsed):
    for name, page in parsed.items():
        for licence in ("https://creativecommons.org/licenses/by/4.0/", "/licenses/MIT"):
            assert any(licence in link for link in page.links), f"{name}: {licence}"


def test_every_picture_has_an_alternative_text(parsed):
    shown = [(name, picture) for name, page in parsed.items() for picture in page.pictures]
    assert len(shown) > 50
    for name, picture in shown:  # without one, Sphinx takes the file's name
        assert picture.get("alt", "").strip(), (name, picture)
        assert not picture["alt"].endswith((".png", ".svg")), (name, picture)


def test_every_module_is_described(parsed):
    described = set().union(*(p.anchors for name, p in parsed.items() if "site/api/" in name))
    for module in pkgutil.walk_packages(udl.__path__, "udl."):
        if module.name != "udl.__main__":
            assert f"module-{module.name}" in described, f"name {module.name} in site/api/"


def test_the_gallery_offers_every_figure_in_every_format(parsed):
    offered = {Path(link).name for link in parsed["site/gallery.html"].links}
    drawn = [path for path in (ROOT / "figures").iterdir() if path.suffix != ".json"]
    assert offered >= {path.name for path in drawn} | {
        f"{path.stem}.pdf" for path in drawn if not path.stem.endswith(".dark")
    }


def test_no_page_says_where_it_was_made(pages):
    for name in pages:
        assert str(ROOT) not in (SITE / name).read_text(encoding="utf-8"), name


def test_no_page_is_wider_than_a_phone_or_has_complaints(pages, visit, address):
    page = visit("index.html", viewport=PHONE)
    for name in pages:
        if not name.startswith("_modules/"):
            page.goto(address + name)
            page.evaluate("window.MathJax && MathJax.startup.promise")
            assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], name


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(visit, scheme, kind):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(KINDS[kind], scheme)
    photograph(page, f"{kind}-{scheme}")
    # the corner of a table may be empty; preloading asks for style sheets at wrong addresses
    options = {"rules": {"empty-table-header": {"enabled": False}}, "preload": False}
    if scheme == "dark":  # in which only the colours differ
        options["runOnly"] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
    violations = Axe().run(page, options=options).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_it(visit, kind):
    photograph(visit(KINDS[kind], "dark", PHONE), f"{kind}-phone")


def photograph(page, name):
    """Leave a picture for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"site-{name}.png")


def test_a_figure_is_light_or_dark_as_its_page(visit, scheme):
    page = visit(KINDS["notebook"], scheme)
    shown = page.locator(".picture img:visible")
    assert shown.count() >= 2
    for image in shown.all():
        assert image.get_attribute("src").endswith(".dark.svg") == (scheme == "dark")
        assert image.evaluate("i => getComputedStyle(i).filter") == "none"


@pytest.mark.parametrize("kind", ["notebook", "gallery", "conventions"])
def test_a_figure_can_be_read_on_a_phone(visit, kind):
    """It keeps its size in a box that scrolls, and a tap shows it by itself."""
    page = visit(KINDS[kind], viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    images = page.locator(".picture img[src*=figure-]:visible")
    assert images.count()
    for image in images.all():
        number = re.search(r"figure-0*(\w+)\.ko\.svg$", image.get_attribute("src"))[1]
        entry = ENTRIES[int(number) if number.isdigit() else number]
        width = image.evaluate("i => i.getBoundingClientRect().width")
        assert SIZES["tick"] * width / entry.width >= 11 - 1e-6
        box = image.locator("xpath=ancestor::div[contains(@class, 'picture')]")
        assert box.evaluate("b => getComputedStyle(b).overflowX") == "auto"
        assert box.evaluate("b => b.clientWidth") < 360
    alone = page.locator(".picture a:visible").first.evaluate("a => a.href")
    assert page.request.get(alone).headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("모멘텀", "3.7.3. Momentum"),
        ("갱신", "3.7.5. AdaGrad"),  # there it never stands without a particle or another word
        ("편향", "3.7.1. 지역 최적점과 전역 최적점"),
        ("Nesterov", "3.7.4. NAG"),
        ("rmsprop", "3.7.6. RMSProp"),
    ],
)
def test_the_search_finds_a_word_whatever_is_glued_to_it(visit, word, found):
    page = visit("index.html")
    page.locator(".search-button-field:visible").click()
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    page.locator("#search-results li a", has_text=found).first.wait_for()

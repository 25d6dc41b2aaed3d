"""The book of `make site`, page by page, as a reader and a screen reader find it."""

import pkgutil
import re
import subprocess
import sys
import threading
from functools import partial
from html import unescape
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
INVISIBLE = (0x2061, 0x2063)  # "applied to" and "and": for who hears a formula
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
        if "--format pdf" in line:
            stand_in_for_pdfs()
            continue
        command = line.replace("$(BIN)/python", sys.executable).split()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    found = (path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    return sorted(name for name in found if not name.startswith("_static/"))  # a theme's templates


def stand_in_for_pdfs():
    """Empty files: to draw the PDFs takes as long as the pages, and tests/publish looks at them."""
    folder = ROOT / "build" / "pdf"
    folder.mkdir(parents=True, exist_ok=True)
    for picture in (ROOT / "figures").glob("*.png"):
        folder.joinpath(f"{picture.stem}.pdf").touch()


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


class Load:
    """What a page asks for from now on, as a first visit does: nothing is kept.

    Attributes
    ----------
    bytes : dict of str to int
        The size of every answer with its header, by the request's own name.
    """

    def __init__(self, page):
        self.bytes = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", self._enter)

    def _enter(self, event):
        self.bytes[event["requestId"]] = event["encodedDataLength"]


def test_a_phone_shows_every_page_quickly(pages, visit, address):
    """None is wider or heavier than it may be, or has complaints."""
    page = visit("index.html", viewport=PHONE)
    load = Load(page)
    kinds = {name: kind for kind, name in KINDS.items()}
    for name in pages:
        if name.startswith("_modules/"):
            continue
        load.bytes.clear()
        lesson = name.startswith("notebooks/")
        page.goto(address + name, wait_until="networkidle" if lesson else "load")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], name
        if name in kinds:
            photograph(page, f"{kinds[name]}-phone")
        assert 10 < len(load.bytes) <= 40, name
        heaviest = 1_500_000 if name.startswith(("notebooks/", "docs/", "site/api/")) else 2_000_000
        assert 100_000 < sum(load.bytes.values()) <= heaviest, name
        pictures = page.locator("article img")
        seen = pictures.evaluate_all(
            "all => all.map(i => [i.offsetParent !== null, i.naturalWidth > 0])"
        )
        assert [False, True] not in seen, name  # a dark one is not loaded for a light page
        if lesson:
            assert [True, False] in seen, name  # nor one that is far below
    page.goto(address + KINDS["search"], wait_until="networkidle")
    photograph(page, "search-phone")


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
    shown = page.locator(".picture img[src*=figure-]:visible").evaluate_all(
        """all => all.map(image => {
          const box = image.closest(".picture");
          const across = image.getBoundingClientRect().width, { overflowX } = getComputedStyle(box);
          return [image.getAttribute("src"), across, overflowX, box.clientWidth];
        })"""
    )
    assert shown
    for source, across, overflow, room in shown:
        number = re.search(r"figure-0*(\w+)\.ko\.svg$", source)[1]
        entry = ENTRIES[int(number) if number.isdigit() else number]
        assert SIZES["tick"] * across / entry.width >= 11 - 1e-6
        assert overflow == "auto"
        assert room < 360
    alone = page.locator(".picture a:visible").first.evaluate("a => a.href")
    assert page.request.get(alone).headers["content-type"] == "image/svg+xml"


@pytest.fixture(scope="package")
def searching(browser, address):
    """The page of the search, which all words share; a test fails when it has complaints."""
    page = browser.new_page(viewport=DESKTOP)
    watch = Watch(page)
    yield page
    page.close()
    assert watch.complaints == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("모멘텀", "3.7.3. Momentum"),
        ("모멘텀을", "3.7.3. Momentum"),  # there it never stands with this particle
        ("모멘텀이란", "3.7.3. Momentum"),
        ("학습률이란", "3.7.2. SGD"),
        ("갱신", "3.7.5. AdaGrad"),  # there it never stands without a particle or another word
        ("편향", "3.7.1. 지역 최적점과 전역 최적점"),
        ("경사하강법", "3.7.2. SGD"),  # there it is written apart
        ("경사 하강법", "3.7.2. SGD"),
        ("경사하강법이란", "3.7.2. SGD"),
        ("지역최적점", "3.7.1. 지역 최적점과 전역 최적점"),
        ("지역 최적점을", "3.7.1. 지역 최적점과 전역 최적점"),
        ("Adam의 편향", "3.7.7. Adam"),
        ("Nesterov", "3.7.4. NAG"),
        ("rmsprop", "3.7.6. RMSProp"),
        ("sgd", "3.7.2. SGD"),
    ],
)
def test_the_search_finds_lessons_whatever_is_glued_to_a_word(searching, address, words, found):
    searching.goto(f"{address}search.html?q={quote(words)}", wait_until="networkidle")
    results = searching.locator("#search-results li")
    names = results.locator("a").all_inner_texts()
    assert found in names
    lessons = ["/notebooks/" in a.evaluate("a => a.href") for a in results.locator("a").all()]
    assert lessons == sorted(lessons, reverse=True), names  # before all else
    for snippet in results.locator("p.context").all_inner_texts():
        assert not re.search(r"\\[(\[]|이 쪽의 차례|차례 열고", snippet), snippet


def test_the_search_says_so_when_there_is_nothing(searching, address):
    searching.goto(f"{address}search.html?q={quote('없는낱말')}", wait_until="networkidle")
    assert searching.locator("#search-results li").count() == 0


def test_a_word_can_be_searched_on_every_page(visit):
    page = visit("index.html")
    page.locator(".search-button-field:visible").click()
    page.keyboard.type("편향")
    page.keyboard.press("Enter")
    page.locator("#search-results li a").first.wait_for()


def test_formulas_are_set_by_the_build(pages):
    """In every browser, without a script, with signs that the font beside the pages has."""
    from fontTools.ttLib import TTFont

    font = set(TTFont(SITE / "_static" / "fonts" / "math.woff").getBestCmap())
    formulas = 0
    for name in pages:
        text = (SITE / name).read_text(encoding="utf-8")
        assert not re.search("<script[^>]*mathjax", text, re.IGNORECASE), name
        for formula in re.findall(r"<math\b.*?</math>", text, re.DOTALL):
            signs = set(map(ord, unescape(re.sub("<[^>]*>", "", formula))))
            assert signs <= font | set(INVISIBLE), (name, formula)
            formulas += 1
    assert formulas > 700


def test_a_formula_keeps_its_line(visit):
    """Formulas in a sentence do not drive its lines apart, and read as mathematics."""
    page = visit(KINDS["notebook"])
    heights = page.locator("p math").evaluate_all(
        "all => all.map(m => m.getBoundingClientRect().height)"
    )
    assert len(heights) > 20
    assert max(heights) < 45
    assert sorted(heights)[len(heights) * 9 // 10] < 26.4  # a line is 1.65 × 16 px high
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    formula = {"nodeId": root, "selector": "div.math mfrac"}
    found = {**session.send("DOM.querySelector", formula), "fetchRelatives": False}
    heard = session.send("Accessibility.getPartialAXTree", found)["nodes"]
    assert [node["role"]["value"] for node in heard] == ["MathMLFraction"]


def test_without_javascript_all_can_be_read(browser, address):
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(address + KINDS["notebook"])
    photograph(page, "notebook-without-javascript")
    page.locator("math").first.wait_for()
    assert page.locator(".picture img:visible").count() == page.locator(".picture img").count() / 2
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    ink, ground = page.locator(".highlight pre").first.evaluate(colours)
    assert contrast(ink, ground) >= 4.5
    context.close()


def contrast(*colours):
    """The contrast of two opaque colours as CSS has them, by WCAG."""
    lights = []
    for colour in colours:
        shares = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("kind", ["notebook", "claims", "source"])
def test_paper_cuts_nothing(visit, kind):
    """Long lines of code break, and a page that is dark on the screen prints dark on light."""
    page = visit(KINDS[kind], "dark", {"width": 700, "height": 1000})  # an A4 page's room
    page.emulate_media(media="print")
    page.locator("html[data-theme=light]").wait_for()
    boxes = page.locator("article :is(pre, table, .picture)").evaluate_all(
        "all => all.map(b => [b.scrollWidth - b.clientWidth, b.innerText.slice(0, 80)])"
    )
    assert len(boxes) > 0
    assert [(over, text) for over, text in boxes if over > 1] == []


def test_a_wide_table_is_cards_on_a_phone(visit):
    page = visit(KINDS["claims"], viewport=PHONE)
    cells = page.locator("article tbody tr").first.locator("td")
    heads = page.locator("article thead th").all_text_contents()
    assert cells.locator(".label:visible").all_inner_texts() == heads
    assert min(cells.evaluate_all("all => all.map(c => c.clientWidth)")) > 300


def test_english_is_called_english(visit):
    """On pages in Korean, so that a screen reader changes its voice."""
    page = visit(KINDS["api"])
    assert page.locator("html").get_attribute("lang") == "ko"
    sentences = page.locator("article p").filter(has_text=re.compile(r"^[A-Z][a-z]+ [a-z]+ [a-z]+"))
    assert sentences.count() > 20
    spoken = sentences.evaluate_all("all => all.map(p => p.closest('[lang]').lang)")
    assert set(spoken) == {"en"}
    korean = page.locator("article p").filter(has_text=re.compile("[가-힣]{2}"))
    assert set(korean.evaluate_all("all => all.map(p => p.closest('[lang]').lang)")) <= {"ko"}
    for other in ("source", "references"):
        page.goto(
            page.url.replace(KINDS["api"], {**KINDS, "references": "docs/references.html"}[other])
        )
        assert page.locator("article [lang=en]").count()

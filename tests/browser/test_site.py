"""The books of `make site`, page by page, as a reader and a screen reader find them."""

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
from browser.screen import shot
from udl.chapter import LANGUAGES, NOTEBOOKS
from udl.figures.catalogue import ENTRIES
from udl.figures.style import SIZES

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
DESKTOP, PAPER = {"width": 1280, "height": 900}, {"width": 700, "height": 1000}  # an A4 page's room
PHONE = {"width": 360, "height": 740}  # the narrowest in use
INVISIBLE = (0x2061, 0x2063)  # "applied to" and "and": for who hears a formula
ALONE = ("en/api/", "en/_modules/")  # what the English book has alone
KINDS = {  # what is the same in both books is looked at in one
    "root": "index.html",
    "first": "ko/index.html",
    "notebook": "ko/notebooks/3.7.3-momentum.html",
    "claims": "ko/docs/claims.html",
    "errata": "ko/docs/errata.html",
    "answers": "ko/docs/answers.html",
    "conventions": "ko/docs/conventions.html",
    "gallery": "ko/gallery.html",
    "search": f"ko/search.html?q={quote('학습률')}",
    "english": "en/index.html",
    "lesson": "en/notebooks/3.7.2-sgd.html",
    "found": "en/search.html?q=learning+rates",
    "api": "en/api/descent.html",
    "source": "en/_modules/udl/steps.html",
}


@pytest.fixture(scope="package")
def pages(browser):
    """The addresses of all pages within the site, which is built as `make site` builds it."""
    pytest.importorskip("sphinx", reason="Sphinx is missing: pip install -e '.[site]'")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^site:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE).group(1)
    stand_in_for_pdfs()
    books = []
    for line in recipe.strip().split("\n\t"):
        command = line.replace("$(BIN)/python", sys.executable).split()
        if "sphinx" in command:  # side by side
            books.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL))
        elif "pdf" not in command:
            assert [book.wait() for book in books] == [0] * len(books)
            subprocess.run(command, cwd=ROOT, check=True)
    found = (path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    return sorted(name for name in found if "/_static/" not in name)  # a theme's templates


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


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOT_PROSE = {"code", "math", "pre", "script", "style", "svg"}


class Parsed(HTMLParser):
    """What a page has.

    Attributes
    ----------
    links, pictures : list
    anchors : list of str
    alternates : dict of str to str
        What it says is the same in each language.
    switches : list of tuple of str
        Language and address of each link to the other book.
    prose : list of tuple of str
        Texts and what a screen reader is told that they are in.
    """

    def __init__(self, name):
        super().__init__()
        self.links, self.anchors, self.pictures = [], [""], []
        self.alternates, self.switches, self.prose = {}, [], []
        self._open = [("", "", "")]
        self.feed((SITE / name).read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            language = attributes.get("lang") or self._open[-1][1]
            self._open.append((tag, language, self._open[-1][2] or tag * (tag in NOT_PROSE)))
        self._enter(tag, attributes)

    def handle_startendtag(self, tag, attributes):
        self._enter(tag, dict(attributes))

    def handle_endtag(self, tag):
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        _, language, apart = self._open[-1]
        if data.strip() and not apart:
            self.prose.append((data.strip(), language))

    def _enter(self, tag, attributes):
        if "id" in attributes:
            self.anchors.append(attributes["id"])
        if tag == "img":
            self.pictures.append(attributes)
        self.links += [attributes[key] for key in ("href", "src") if attributes.get(key)]
        if attributes.get("rel") == "alternate":
            self.alternates[attributes["hreflang"]] = attributes["href"]
        elif {"lang", "hreflang"} <= set(attributes):
            self.switches.append((attributes["hreflang"], attributes["href"]))
        self.prose += [(text, self._open[-1][1]) for text in [attributes.get("aria-label")] if text]
        self.prose += [(text, self._open[-1][1]) for text in [attributes.get("alt")] if text]


@pytest.fixture(scope="package")
def parsed(pages):
    return {name: Parsed(name) for name in pages}


def within(name, link):
    """The page that a link of a page leads to."""
    return ((SITE / name).parent / unquote(urlsplit(link).path)).resolve().relative_to(SITE)


def test_every_notebook_and_every_page_is_there(pages):
    texts = {path.name.split(".")[0] for path in (ROOT / "docs").glob("*.md")}
    shelves = {f"docs/{name}" for name in texts}
    shelves |= {f"notebooks/{Path(name).stem}" for name in NOTEBOOKS.values()}
    every = {f"{name}.html" for name in {"index", "gallery", "search", *shelves}}
    books = {f"{lang}/{name}" for lang in LANGUAGES for name in every}
    assert {name for name in pages if not name.startswith(ALONE)} == {"index.html", *books}


def test_the_other_language_is_one_press_away(parsed):
    """On every page, at the same place; what one book has alone leads to the other's first page."""
    for name, page in parsed.items():
        alternates = {lang: within(name, link).as_posix() for lang, link in page.alternates.items()}
        switches = [(lang, within(name, link).as_posix()) for lang, link in page.switches]
        if name == "index.html":
            assert alternates == {lang: f"{lang}/index.html" for lang in LANGUAGES}
            continue
        here, place = name.split("/", 1)
        (there,) = set(LANGUAGES) - {here}
        alone = name.startswith(ALONE)
        assert switches == [(there, f"{there}/{'index.html' if alone else place}")], name
        assert alternates == {lang: f"{lang}/{place}" for lang in LANGUAGES if not alone}, name


def test_every_word_is_in_the_language_that_it_is_said_to_be_in(parsed):
    """So that a screen reader changes its voice for English in the Korean book, and Korean."""
    counted = 0
    for name, page in parsed.items():
        for text, language in page.prose:
            if re.search("[가-힣]", text):
                assert language == "ko", (name, text)
            elif re.match(r"[A-Z][a-z]+( [a-z]+){3}", text):
                assert language == "en", (name, text)
                counted += name.startswith("ko/")
    assert counted > 10


def test_links_lead_somewhere(parsed):
    for name, page in parsed.items():
        for link in page.links:
            target = urlsplit(link)
            if target.scheme in ("http", "https", "data"):
                continue
            where = within(name, link).as_posix() if target.path else name
            assert (SITE / where).is_file(), f"{name}: {link}"
            assert not where.endswith(".md") or "_sources" in where, f"{name}: {link} has no page"
            if where in parsed:
                assert unquote(target.fragment) in parsed[where].anchors, f"{name}: {link}"


def test_no_page_has_a_name_twice(parsed):
    for name, page in parsed.items():
        assert len(page.anchors) == len(set(page.anchors)), name


def test_the_licences_stand_at_the_foot_of_every_page(parsed):
    for name, page in parsed.items():
        if name == "index.html":
            continue
        for licence in ("https://creativecommons.org/licenses/by/4.0/", "/licenses/MIT"):
            assert any(licence in link for link in page.links), f"{name}: {licence}"


def test_every_picture_has_an_alternative_text_and_a_size_that_gives_way(parsed):
    shown = [(name, picture) for name, page in parsed.items() for picture in page.pictures]
    assert len(shown) > 50
    for name, picture in shown:  # without one, Sphinx takes the file's name
        assert picture.get("alt", "").strip(), (name, picture)
        assert not picture["alt"].endswith((".png", ".svg")), (name, picture)
        # as docutils before 0.22 writes it: a card cuts such a picture, a narrow page squeezes it
        assert "width" not in picture.get("style", ""), (name, picture)


def test_a_tap_shows_a_figure_by_itself(parsed):
    for name, page in parsed.items():
        if name.endswith("index.html"):  # where it leads to its notebook
            continue
        taps = {within(name, link).as_posix() for link in page.links if "_images/" in link}
        for picture in page.pictures:
            assert within(name, picture["src"]).as_posix() in taps, (name, picture)


def test_every_module_is_described(parsed):
    described = set().union(*(p.anchors for name, p in parsed.items() if "/api/" in name))
    for module in pkgutil.walk_packages(udl.__path__, "udl."):
        if module.name != "udl.__main__":
            assert f"module-{module.name}" in described, f"name {module.name} in site/api/"


def test_the_gallery_offers_every_figure_in_every_format(parsed):
    """Each book those with its words."""
    for lang in LANGUAGES:
        offered = {Path(link).name for link in parsed[f"{lang}/gallery.html"].links}
        drawn = [*(ROOT / "figures").glob(f"figure-*.{lang}.*"), *(ROOT / "figures").glob("equ*")]
        pdfs = {f"{path.stem}.pdf" for path in drawn if not path.stem.endswith(".dark")}
        assert offered >= pdfs | {path.name for path in drawn}


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
    """None is wider or heavier than it may be, or has complaints; figures can be read."""
    page = visit("index.html", viewport=PHONE)
    load = Load(page)
    kinds = {name: kind for kind, name in KINDS.items()}
    read = 0
    for name in [*pages, KINDS["search"], KINDS["found"]]:
        if "/_modules/" in name or name.endswith("search.html"):  # without a word
            continue
        load.bytes.clear()
        lesson, found = "/notebooks/" in name, "search" in name
        page.goto(address + name, wait_until="networkidle" if lesson or found else "load")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], name
        if name in kinds:
            shot(page, f"site-{kinds[name]}-phone")
        if found or kinds.get(name) == "root":
            continue
        assert 10 < len(load.bytes) <= 40, name
        heaviest = 2_000_000 if name.endswith(("/index.html", "/gallery.html")) else 1_500_000
        assert 100_000 < sum(load.bytes.values()) <= heaviest, name
        pictures = page.locator("article img")
        seen = pictures.evaluate_all(
            "all => all.map(i => [i.offsetParent !== null, i.naturalWidth > 0])"
        )
        assert [False, True] not in seen, name  # a dark one is not loaded for a light page
        if lesson:
            assert [True, False] in seen, name  # nor one that is far below
        read += readable(page)
    assert read > 60


def readable(page):
    """How many figures a page shows; each keeps its size in a box that scrolls."""
    shown = page.locator(".picture img[src*=figure-]:visible").evaluate_all(
        """all => all.map(image => {
          const box = image.closest(".picture");
          const across = image.getBoundingClientRect().width, { overflowX } = getComputedStyle(box);
          return [image.getAttribute("src"), across, overflowX, box.clientWidth];
        })"""
    )
    for source, across, overflow, room in shown:
        number = re.search(r"figure-0*(\w+)\.(?:ko|en)\.svg$", source)[1]
        entry = ENTRIES[int(number) if number.isdigit() else number]
        assert SIZES["tick"] * across / entry.width >= 11 - 1e-6, source
        assert overflow == "auto", source
        assert room < PHONE["width"], source
    return len(shown)


# Colours are looked at in one element of each kind of appearance: it is slow to look at all.
ONE_OF_EACH = """() => {
  const seen = new Set(), grounds = new Map([[null, ""]]);
  const ground = (e) => {  // of an element and all around it, each of which is asked once
    if (!grounds.has(e)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(e);
      const kind = [backgroundColor, backgroundImage, opacity, position];
      if (position !== "static") kind.push(e.className);
      const here = kind.filter((part) => part !== "static" && part !== "none").join("|");
      grounds.set(e, `${here}|${ground(e.parentElement)}`);
    }
    return grounds.get(e);
  };
  for (const e of document.querySelectorAll("[data-one]")) delete e.dataset.one;
  for (const e of document.body.querySelectorAll("*")) {
    const texts = [...e.childNodes].filter((n) => n.nodeType === 3 && n.data.trim());
    if (!(texts.length || e.matches("input, select, textarea")) || !e.checkVisibility()) continue;
    const look = getComputedStyle(e), around = getComputedStyle(e.parentElement);
    const { color, fontSize, fontWeight, textDecorationLine, textShadow } = look;
    const kind = [color, fontSize, fontWeight, textDecorationLine, textShadow, ground(e)];
    if (e.matches("a")) kind.push("a", around.color, around.display, e.parentElement.tagName);
    const key = kind.join("|");
    if (seen.has(key)) continue;
    seen.add(key);
    e.dataset.one = "";
  }
  return seen.size;
}"""


@pytest.fixture(scope="module")
def tab(browser):
    """One page for all kinds, which keeps what they share, and what it has to complain of."""
    page = browser.new_page(reduced_motion="reduce")  # or a colour is asked for on its way
    yield page, Watch(page)
    page.close()


@pytest.fixture(scope="module", params=KINDS)
def shown(request, tab, address):
    """A page of each kind; a test fails after which it has something to complain of."""
    from axe_playwright_python.sync_playwright import Axe

    page, watch = tab
    watch.complaints.clear()
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size(DESKTOP)
    page.goto(address + KINDS[request.param], wait_until="networkidle")
    page.evaluate(Axe().axe_script)
    page.kind = request.param
    yield page
    assert watch.complaints == []


def complaints(page, context="html", **options):
    """What axe finds in a page."""
    # the corner of a table may be empty; preloading asks for style sheets at wrong addresses
    rules = {"empty-table-header": {"enabled": False}} | options.pop("rules", {})
    options = {"rules": rules, "preload": False, "resultTypes": ["violations"]} | options
    return page.evaluate(
        """async ([context, options]) => {
          const { violations } = await axe.run(context, options);
          return violations.map((v) => [v.id, v.nodes[0].html]);
        }""",
        [context, options],
    )


COLOURS = ("color-contrast", "link-in-text-block")


def test_axe_finds_nothing(shown):
    assert complaints(shown, rules={rule: {"enabled": False} for rule in COLOURS}) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(shown, scheme):
    shown.emulate_media(color_scheme=scheme)
    if shown.kind != "root":
        shown.locator(f"html[data-theme={scheme}]").wait_for()
    shot(shown, f"site-{shown.kind}-{scheme}")
    assert shown.evaluate(ONE_OF_EACH) >= 3
    assert complaints(shown, "[data-one]", runOnly={"type": "rule", "values": COLOURS}) == []
    for image in shown.locator(".picture img:visible").all():
        assert image.get_attribute("src").endswith(".dark.svg") == (scheme == "dark")
        assert image.evaluate("i => getComputedStyle(i).filter") == "none"


def test_paper_cuts_nothing(shown):
    """Long lines of code break, and a page that is dark on the screen prints dark on light."""
    shown.emulate_media(color_scheme="dark")
    shown.set_viewport_size(PAPER)
    shown.emulate_media(media="print")
    if shown.kind != "root":
        shown.locator("html[data-theme=light]").wait_for()
    boxes = shown.locator("article :is(pre, table, .picture)").evaluate_all(
        "all => all.map(b => [b.scrollWidth - b.clientWidth, b.innerText.slice(0, 80)])"
    )
    assert boxes or shown.kind in ("root", "first", "english", "answers", "search", "found")
    assert [(over, text) for over, text in boxes if over > 1] == []
    here = shown.locator(".udl-here").all()  # what says that there are knobs
    assert here or shown.kind != "notebook"
    assert not any(line.is_visible() for line in here)


@pytest.fixture(scope="module")
def search(browser, address):
    """Asks a book for words: the titles and names of the pages that it finds, the best first."""
    opened, watches = {}, []

    def search(lang, words):
        if lang not in opened:
            opened[lang] = page = browser.new_page()
            watches.append(Watch(page))
            page.goto(f"{address}{lang}/search.html", wait_until="networkidle")
        results = opened[lang].evaluate(
            "words => Search._performSearch(...Search._parseQuery(words)).map(([n, t]) => [t, n])",
            words,
        )
        return results[::-1]  # as Sphinx has it, the last is shown first

    yield search
    assert [complaint for watch in watches for complaint in watch.complaints] == []
    for page in opened.values():
        page.close()


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
def test_the_search_finds_lessons_whatever_is_glued_to_a_word(search, words, found):
    results = search("ko", words)
    assert found in [title for title, _ in results]
    assert_lessons_first(results)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("momentum", "3.7.3. Momentum"),
        ("learning rates", "3.7.2. SGD"),
        ("overshoots", "3.7.1. Local and global minima"),  # whatever its ending is there
        ("bias", "3.7.7. Adam"),
        ("Nesterov", "3.7.4. NAG"),
    ],
)
def test_the_search_finds_lessons_in_english(search, words, found):
    results = search("en", words)
    assert found in [title for title, _ in results]
    assert_lessons_first(results)


def assert_lessons_first(results):
    lessons = [name.startswith("notebooks/") for _, name in results]
    assert lessons == sorted(lessons, reverse=True), results


def test_the_search_says_so_when_there_is_nothing(search):
    assert search("ko", "없는낱말") == search("en", "nosuchword") == []


@pytest.mark.parametrize(("lang", "words"), [("ko", "학습률이란"), ("en", "biased")])
def test_a_word_can_be_searched_on_every_page(visit, lang, words):
    page = visit(f"{lang}/index.html")
    page.locator(".search-button-field:visible").click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("#search-results li p.context").first.wait_for()
    page.wait_for_load_state("networkidle")
    for snippet in page.locator("#search-results p.context").all_inner_texts():
        assert not re.search(r"\\[(\[]|이 쪽의 차례|차례 열고|On this page", snippet), snippet


def test_formulas_are_set_by_the_build(pages):
    """In every browser, without a script, with signs that the font beside the pages has."""
    from fontTools.ttLib import TTFont

    font = set(TTFont(ROOT / "site" / "static" / "fonts" / "math.woff").getBestCmap())
    formulas = 0
    for name in pages:
        text = (SITE / name).read_text(encoding="utf-8")
        assert not re.search("<script[^>]*mathjax", text, re.IGNORECASE), name
        for formula in re.findall(r"<math\b.*?</math>", text, re.DOTALL):
            signs = set(map(ord, unescape(re.sub("<[^>]*>", "", formula))))
            assert signs <= font | set(INVISIBLE), (name, formula)
            formulas += 1
    assert formulas > 1400


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
    shot(page, "site-notebook-without-javascript")
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


def test_nothing_lies_on_the_text(visit):
    """Below the bar at the top, which stays: on a phone, scrolled down and up again."""
    page = visit(KINDS["notebook"], viewport=PHONE)
    for y in (3000, 2500):
        page.evaluate("y => scrollTo({top: y, behavior: 'instant'})", y)
        page.evaluate("() => new Promise(shown => setTimeout(shown, 400))")  # it would fade in
        fixed = page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter(e => {
              const { top, bottom, left, right } = e.getBoundingClientRect();
              return getComputedStyle(e).position === "fixed" && top < bottom && left < right
                && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
                && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
            }).map(e => e.outerHTML)"""
        )
        assert not fixed, y


def test_a_wide_table_is_cards_on_a_phone(visit):
    page = visit(KINDS["claims"], viewport=PHONE)
    cells = page.locator("article tbody tr").first.locator("td")
    heads = page.locator("article thead th").all_text_contents()
    assert cells.locator(".label:visible").all_inner_texts() == heads
    assert min(cells.evaluate_all("all => all.map(c => c.clientWidth)")) > 300


def test_the_books_have_the_same_words():
    """The site's own, for each language."""
    sys.path.insert(0, str(ROOT / "site"))
    from words import NAMES, WORDS

    assert set(NAMES) == set(WORDS) == set(LANGUAGES)
    first, *others = WORDS.values()
    assert all(other.keys() == first.keys() for other in others)

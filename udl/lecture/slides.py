"""The slides as pages on their own: reveal.js, opened from a folder, with no network and no kernel.

Everything is made here beforehand: Markdown and code become HTML, formulas and figures pictures, an
explorer all of its states. Scripts only turn the pages and show one of those states.
"""

import base64
import mimetypes
import re
import shutil
from contextlib import contextmanager
from html import escape
from pathlib import Path
from urllib.parse import unquote

import nbformat
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from udl.chapter import LANGUAGES, NOTEBOOKS, speaking
from udl.explore import VIEWS, page
from udl.figures.style import FONT
from udl.lecture import deck
from udl.lecture.formula import svg
from udl.lecture.text import WORDS
from udl.publish.whole import write_whole
from udl.show import columns_of

REVEAL = (
    "LICENSE",
    "dist/reset.css",
    "dist/reveal.css",
    "dist/reveal.js",
    "plugin/notes/notes.js",
)
LARGE, LINE, COLUMN = 25, 1120, 0.602  # pixels, pixels in a line of code, em: see the style sheet
STYLE = Path(__file__).with_name("slides.css")
PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="reveal/dist/reset.css">
<link rel="stylesheet" href="reveal/dist/reveal.css">
<link rel="stylesheet" href="explorer.css">
<link rel="stylesheet" href="slides.css">
</head>
<body>
{body}
</body>
</html>
"""
SHOW = """<div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="reveal/dist/reveal.js"></script>
<script src="reveal/plugin/notes/notes.js"></script>
<script>
Reveal.initialize({{
  width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t",
  transition: "none", pdfSeparateFragments: false, plugins: [RevealNotes],
}});
// A knob has the arrows while it is held. A presenter's keys turn the page from there too, and
// Escape lets go of it.
document.addEventListener("keydown", (event) => {{
  if (!event.target.closest(".udl-page")) return;
  if (!["PageUp", "PageDown", "Escape"].includes(event.key)) return;
  event.preventDefault();
  event.target.blur();
  if (event.key === "Escape") event.stopPropagation();
}}, true);
</script>
<script src="explorer.js"></script>"""

INDEX = """<main class="index">
<h1>{title}</h1>
<ul>
{rows}
</ul>
<p>{help}</p>
</main>"""


def write(notebooks, out, lang=LANGUAGES[0]):
    """Write a deck for each notebook, and an index of them.

    Parameters
    ----------
    notebooks : path
        The folder of the notebooks, in the language.
    out : path
        Where to write. What is there already and is not of the slides stays.
    lang : str
        ``"ko"`` or ``"en"``.

    Returns
    -------
    dict of str to int
        How many slides each deck has, by its file's name.

    Raises
    ------
    ValueError
        If a file is no notebook, a cell of it has no place in the slides, or a formula is one that
        Matplotlib does not know.
    """
    words = WORDS[speaking(lang)]
    decks = {Path(n).stem: _deck(Path(notebooks) / n) for n in NOTEBOOKS.values()}
    out = Path(out)
    for name in REVEAL:
        (out / "reveal" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_reveal() / name, out / "reveal" / name)
    for path in (FONT, FONT.with_name("OFL.txt")):
        shutil.copy(path, out)
    colours = HtmlFormatter(style="default").get_style_defs(".code")
    style = STYLE.read_text(encoding="utf-8") + colours
    write_whole(out / "slides.css", style.encode())
    write_whole(out / "explorer.css", page.style().encode())
    write_whole(out / "explorer.js", page.script().encode())
    for stem, slides in decks.items():
        pictures = Pictures(out, stem, lang, Path(notebooks))
        with _naming(Path(notebooks) / f"{stem}.ipynb"):
            body = SHOW.format(slides="\n".join(_slide(slide, pictures) for slide in slides))
        _page(out / f"{stem}.html", lang, slides[0].title, body)
    _page(out / "index.html", lang, words["title"], _index(decks, words))
    return {f"{stem}.html": len(slides) for stem, slides in decks.items()}


def _deck(path):
    with _naming(path):
        try:
            notebook = nbformat.read(path, as_version=4)
        except (nbformat.ValidationError, AttributeError) as error:  # JSON, but of something else
            raise ValueError("not a notebook") from error
        return deck.slides(notebook)


@contextmanager
def _naming(notebook):
    """Say in one line which notebook it is that cannot be shown."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{notebook}: {' '.join(str(error).split()):.200}") from error


def _reveal():
    """Where reveal.js lies: sphinx-revealjs brings it, so that no page asks a server for it."""
    import sphinx_revealjs

    return Path(sphinx_revealjs.__file__).parent / "_static" / "revealjs"


def _page(path, lang, title, body):
    write_whole(path, PAGE.format(lang=lang, title=escape(title), body=body).encode())


def _index(decks, words):
    rows = "\n".join(
        f'<li><a href="{stem}.html">{escape(slides[0].title)}</a>'
        f" {words['deck'].format(len(slides))},"
        f' <a href="{stem}.html?print-pdf">{words["print"]}</a></li>'
        for stem, slides in decks.items()
    )
    return INDEX.format(title=words["title"], rows=rows, help=words["help"])


def _slide(slide, pictures):
    parts = []
    for i, cell in enumerate(slide.cells):
        markdown = cell.cell_type == "markdown"
        html = _markdown(cell.source, pictures, cell) if markdown else _code(cell, pictures)
        kind = "picture" if "<img" in html or 'class="udl-page' in html else "part"
        parts.append(f'<div class="{kind}{" fragment" if i else ""}">\n{html}\n</div>')
    notes = _markdown(slide.notes, pictures)
    return (
        f'<section>\n<div class="slide">\n{"".join(parts)}\n</div>\n'
        f'<aside class="notes">{notes}</aside>\n</section>'
    )


def _code(cell, pictures):
    """A code cell: its picture or table alone, and otherwise its code above what it prints."""
    explorer = re.search(r"^explore\.(\w+)\(", cell.source, re.MULTILINE)
    if explorer and explorer[1] in VIEWS:
        title = VIEWS[explorer[1]](lang=pictures.lang).words["title"]
        part = page.part(explorer[1], pictures.lang)
        return f"<h2>{title}</h2>\n<div data-prevent-swipe>{part}</div>"
    if re.fullmatch(r"(source\(\w+\)|print\(\)|\s)+", cell.source):  # code is what it prints
        return "".join(_highlighted(output.text) for output in cell.outputs)
    shown = []
    outputs = cell.get("outputs", [])
    for output in outputs:
        data = output.get("data", {})
        if "image/png" in data:
            image = base64.b64decode(data["image/png"])
            alt = output.metadata.get("image/png", {}).get("alt", "")
            shown.append(pictures.tag(f"{cell.id}-{len(shown)}" if shown else cell.id, image, alt))
        elif "text/html" in data:
            shown.append(data["text/html"])
        elif text := _said(output):
            shown.append(f'<pre class="printed" style="{_size(text)}">{escape(text)}</pre>')
    if not any({"image/png", "text/html"} & set(output.get("data", {})) for output in outputs):
        shown.insert(0, _highlighted(cell.source))
    return "".join(shown)


def _said(output):
    """What was printed, or an error, or a result that is no picture."""
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return output.get("text", output.get("data", {}).get("text/plain", "")).rstrip()


class Pictures:
    """The pictures of one deck, as files beside it.

    Parameters
    ----------
    folder : Path
    stem : str
        What their names begin with.
    lang : str
        The language of their words.
    beside : Path
        The notebook's folder, where the pictures lie to which its Markdown links.
    """

    def __init__(self, folder, stem, lang, beside):
        self.folder, self.stem, self.lang, self.beside = folder, stem, lang, beside

    def tag(self, name, data, alt):
        """Store a picture; return the ``<img>`` that shows it, and a tap by itself."""
        name = f"{self.stem}.{name}.png"
        write_whole(self.folder / name, data)
        return f'<a href="{name}"><img src="{name}" alt="{escape(alt)}"></a>'


def _highlighted(code):
    formatter = HtmlFormatter(cssclass="code", cssstyles=_size(code))
    return highlight(code.rstrip(), PythonLexer(), formatter)


def _size(code):
    """As large as the longest line allows, and as can be read from the last row."""
    columns = max([1, *map(columns_of, code.splitlines())])
    return f"font-size:{min(LARGE, LINE / (COLUMN * columns)):.1f}px"


class Renderer(IPythonRenderer):
    """Markdown as a notebook's, with formulas drawn and links to the other decks."""

    def heading(self, text, level, **attributes):
        return f"<h{level}>{text}</h{level}>\n"

    def inline_math(self, body):
        return svg(body)

    def block_math(self, body):
        return f'<span class="equation">{svg(body.strip(), display=True)}</span>'

    def image(self, text, url, title=None):
        file = Path(self.path, unquote(url))
        if file.is_file():  # into the page, which may be copied
            kind, _ = mimetypes.guess_type(file)
            url = f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
        return super().image(text, url, title)

    def link(self, text, url, title=None):
        return f'<a href="{escape(url.replace(".ipynb", ".html"))}">{text}</a>'

    def block_code(self, code, info=None):
        return _highlighted(code)


def _markdown(source, pictures, cell=()):
    """Markdown as HTML, with the pictures that were pasted into its cell or lie beside it."""
    renderer = Renderer(
        escape=False, path=pictures.beside, attachments=dict(cell).get("attachments", {})
    )
    return MarkdownWithMath(renderer=renderer).render(source)

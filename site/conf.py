"""Sphinx's settings for `make site`: the stored notebooks and the pages of docs/ as a book.

There is a book for each language, under the same names: ``-t en`` makes the English one. The source
folder is the project's, so that links between notebooks and pages are the same here, in JupyterLab
and on a code host.
"""

import gc
import json
import re
import sys
from functools import partial
from pathlib import Path

import sphinx.search
from docutils import nodes
from sphinx.ext.napoleon import Config, NumpyDocstring
from sphinx.search.en import SearchEnglish
from sphinx.util.images import get_image_size

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS
from udl.explore import named
from udl.explore import page as live

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))  # where the extensions and the words stand
from words import NAMES, WORDS  # noqa: E402

gc.set_threshold(50_000, 20, 50)  # a book is trees that stay: to look for others took a seventh
language = next((lang for lang in LANGUAGES if tags.has(lang)), LANGUAGES[0])  # noqa: F821
words = WORDS[language]
project = html_title = words["title"]
locale_dirs = ["site/locale"]  # the words of the theme
include_patterns = [
    "site/*.md",
    f"docs/*.{language}.md",
    "docs/references.md",
    f"{FOLDERS[language]}/*.ipynb",
]
if language == "en":
    include_patterns += ["docs/claims.md", "site/api/*.md"]  # docstrings are English in any book
exclude_patterns = [".*", "build", "**/.ipynb_checkpoints"]
source_suffix = dict.fromkeys((f".{language}.md", ".md", ".ipynb"), "myst-nb")

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.viewcode",
    "mathml",
    "books",
]
nb_execution_mode = "off"  # the stored outputs are shown: tests keep them true
html_math_renderer = "mathml"
myst_enable_extensions = ["dollarmath", "attrs_block", "attrs_inline"]
myst_heading_anchors = 3  # links to headings, as a code host makes them
default_role = "py:obj"  # `run` in a docstring is a link
autodoc_default_options = {
    "members": True,
    "member-order": "bysource",
    "exclude-members": "set",  # Matplotlib writes one for every figure
}
autodoc_inherit_docstrings = False  # Matplotlib's are written for its own roles
autodoc_preserve_defaults = True  # a default that is a path would tell where this folder lies

html_theme = "sphinx_book_theme"
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["style.css"]
html_search_scorer = str(Path(__file__).with_name("search.js"))
html_favicon = "static/favicon.svg"
html_use_index = html_domain_indices = False  # the search finds every name
html_theme_options = {
    "back_to_top_button": False,  # it lay on the text; contents stay at the top of every page
    "navbar_persistent": [],  # the search field stands in the sidebar
    "max_navbar_depth": 1,  # its books have no deeper pages; else each page copies all headings
    "toc_title": words["contents"],
    "search_bar_text": words["search"],
    "article_header_end": ["language.html", "article-header-buttons.html"],
    "footer_content_items": ["extra-footer.html"],
    "extra_footer": "© 2026 the udl authors. "
    + words["licences"].format(
        ccby='<a rel="license" href="https://creativecommons.org/licenses/by/4.0/deed.'
        f'{language}">CC BY 4.0</a>',
        mit=f'<a href="https://spdx.org/licenses/MIT.html">{words["mit"]}</a>',
    ),
    # the three wide tables take the place of their pages' contents
    "secondary_sidebar_items": {
        "**": ["page-toc.html"],
        "docs/claims": [],
        "docs/errata": [],
        "docs/references": [],
    },
}
html_sidebars = {
    "**": ["navbar-logo.html", "search-button-field.html", "sbt-sidebar-nav.html", "package.html"]
}
html_context = {
    "default_mode": "light",  # without JavaScript; else see templates/layout.html
    "words": words,
    "names": NAMES,
}


class SearchKorean(SearchEnglish):
    """Parts 학습률은 from Adam in "Adam의 학습률은"; site/search.js finds the noun in 학습률은."""

    lang = "ko"

    def split(self, text):
        words = super().split(text)
        return [part for word in words for part in re.findall("[가-힣]+|[^가-힣]+", word)]


def picture(name, entry, page):
    """A picture of ``figures/`` as MyST: light and dark, in a box; a tap shows it by itself."""
    alt, images = json.dumps(entry["alt"][language], ensure_ascii=False), "../" * page.count("/")
    both = "".join(
        f"""
```{{image}} /figures/{name}{ending}
:alt: {alt}
:width: {entry["width"]}px
:class: only-{palette}
:target: {images}_images/{name}{ending}
```"""
        for palette, ending in (("light", ".svg"), ("dark", ".dark.svg"))
    )
    return f"````{{container}} picture{both}\n````"


def figure(output, page, manifest):
    """The vectors of ``figures/`` as MyST; None for an output that is no figure."""
    text = "".join(output.get("data", {}).get("text/plain", ""))
    if not (shown := re.match(r"<(?:그림|Figure) (\d+)\.", text)):
        return None
    return picture(f"figure-{shown[1]:0>2}.{language}", manifest["figures"][shown[1]], page)


def explorer(output, page, manifest):
    """The explorer without a kernel, as MyST; None for an output that is no explorer."""
    text = "".join(output.get("data", {}).get("text/plain", ""))
    if not (name := named(text)):
        return None
    here = f'<p class="udl-here">{words["here"]}</p>'
    shown = f"{here}<style>{live.style()}</style>{live.part(name, language)}"
    return f"```{{raw}} html\n{shown}<script>{live.script()}</script>\n```"


# Each is asked of every stored output what the page shows in its place, as MyST, or None.
IN_PLACE = [figure, explorer]


def replaced(cells, page, manifest):
    """Cells of a notebook, followed by what stands in the place of their outputs."""
    for cell in cells:
        yield cell
        for n, output in enumerate(list(cell.get("outputs", ()))):
            found = (place(output, page, manifest) for place in IN_PLACE)
            if markdown := next(filter(None, found), None):
                cell["outputs"].remove(output)
                yield {
                    "cell_type": "markdown",
                    "id": f"{cell['id']}-shown-{n}",
                    "metadata": {},
                    "source": markdown,
                }


def fill(app, docname, source):
    """Set in what stands elsewhere: figures of the manifest, alternative texts of outputs."""
    manifest = json.loads((ROOT / "figures/manifest.json").read_text(encoding="utf-8"))
    if docname in ("index", "gallery"):
        names = {
            "language": language,
            "words": words,
            "folder": FOLDERS[language],
            "notebooks": NOTEBOOKS,
            "picture": partial(picture, page=docname),
        }
        source[0] = app.builder.templates.render_string(source[0], manifest | names)
    if docname == "docs/answers":  # a heading has the name here that its anchor gives it elsewhere
        source[0] = re.sub(r'^<a id="[^"]+"></a>\n', "", source[0], flags=re.MULTILINE)
    if docname == "docs/references":  # the same for all, written for a code host's readers
        source[0] = re.sub(r"\.(?:ko|en)\.md\b", f".{language}.md", source[0])
    if docname == "docs/conventions":
        entry = manifest["figures"]["nag"]
        here = f"![{entry['alt'][language]}](../figures/figure-nag.{language}.png)"
        shown = picture(f"figure-nag.{language}", entry, docname)
        source[0] = source[0].replace(here, shown)
    if docname.startswith("notebooks/"):
        notebook = json.loads(source[0])
        notebook["cells"] = list(replaced(notebook["cells"], docname, manifest))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", ()):
                image = output.get("metadata", {}).get("image/png", {})
                if "alt" in image:  # where MyST-NB looks
                    shown = {"alt": image["alt"], "width": f"{image['width']}px"}
                    cell["metadata"]["mystnb"] = {"image": shown}
        source[0] = json.dumps(notebook)


def size(path):
    """Width and height of a picture, in a unit of its own."""
    if path.suffix != ".svg":
        return get_image_size(path)
    box = re.search(r'viewBox="0 0 (\S+) (\S+)"', path.read_text(encoding="utf-8"))
    return float(box[1]), float(box[2])


def hold_back(app, doctree):
    """Let a picture load when it comes into view, and keep its place free until then."""
    for image in doctree.findall(nodes.image):
        image["loading"] = "lazy"
        width, height = size(app.srcdir / image["uri"])
        shown = float(str(image.get("width", width)).removesuffix("px"))
        image["width"], image["height"] = f"{shown:.0f}", f"{shown * height / width:.0f}"


def label(app, doctree):
    """Say in each cell of a wide table what column it is of: on a phone its rows are cards."""
    for table in doctree.findall(nodes.table):
        heads = [entry for head in table.findall(nodes.thead) for entry in head[0]]
        if len(heads) < 5:
            continue
        table["classes"].append("stacked")
        for body in table.findall(nodes.tbody):
            for row in body:
                for head, entry in zip(heads, row, strict=True):
                    words = [word.deepcopy() for part in head for word in part]
                    entry.insert(0, nodes.inline("", "", *words, classes=["label", "no-search"]))


def in_english(app, doctree):
    """Mark titles of papers on a Korean page, that a screen reader takes an English voice."""
    if language == "en":
        return
    if Path(doctree["source"]).stem == "references":
        doctree[0]["classes"].append("language-en")  # which docutils writes as lang="en"
    for kind in (nodes.reference, nodes.emphasis):
        for node in doctree.findall(kind):
            if re.match(r"[A-Z][a-z]+( [a-z]+){2}", node.astext()):
                node["classes"].append("language-en")


def docstrings_last(app, env, docnames):
    """Read them when no explorer is left to make: autodoc changes the defaults of functions."""
    docnames.sort(key=lambda name: name.startswith("api/"))


def imported(app, what, name, member, skip, options):
    """Pass over what a module imports: autodoc reads it all before it does."""
    here = app.env.temp_data["autodoc:module"]
    return (what == "module" and getattr(member, "__module__", here) != here) or None


SECTIONS = Config(
    napoleon_use_param=False,
    napoleon_use_rtype=False,
    napoleon_custom_sections=[("Attributes", "params_style")],  # else each is described apart
)


def sections(app, what, name, member, options, lines):
    """Write the sections of a docstring as lists.

    The extension itself takes what stands before the first colon of a property's for its type.
    """
    lines[:] = NumpyDocstring(lines, SECTIONS).lines()


def setup(app):
    sphinx.search.languages["ko"] = SearchKorean
    app.connect("env-before-read-docs", docstrings_last)
    app.connect("autodoc-skip-member", imported)
    app.connect("autodoc-process-docstring", sections)
    app.connect("source-read", fill)
    for mend in (hold_back, label, in_english):
        app.connect("doctree-read", mend)

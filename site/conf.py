"""Sphinx's settings for `make site`: the stored notebooks and the pages of docs/ as a book.

The source folder is the project's, so that links between notebooks and pages are the same here,
in JupyterLab and on a code host.
"""

import json
import re
import sys
from pathlib import Path

import sphinx.search
from docutils import nodes
from sphinx import addnodes
from sphinx.search.en import SearchEnglish
from sphinx.util.images import get_image_size

from udl.explore import named, page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))  # where the extension stands

project = "최적화 기법은 어떻게 움직이는가"
html_title = project
language = "ko"
locale_dirs = ["site/locale"]  # the words of the theme
include_patterns = [
    "index.md",
    "site/**",
    "docs/*.ko.md",
    "docs/references.md",
    "notebooks/*.ipynb",
]
exclude_patterns = [".*", "build", "**/.ipynb_checkpoints", "site/static"]

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "numpydoc",
    "sphinx.ext.viewcode",
    "mathml",
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
numpydoc_show_class_members = False  # autodoc lists them

html_theme = "sphinx_book_theme"
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["style.css"]
html_search_scorer = str(Path(__file__).with_name("search.js"))
html_favicon = "static/favicon.svg"
html_use_index = html_domain_indices = False  # the search finds every name
html_theme_options = {
    "navbar_persistent": [],  # the search field stands in the sidebar
    "toc_title": "이 쪽의 차례",
    "search_bar_text": "찾을 말",
    "footer_content_items": ["extra-footer.html"],
    "extra_footer": "© 2026 the udl authors. 노트와 글과 그림은 "
    '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/deed.ko">CC BY 4.0</a>, '
    '코드는 <a href="https://spdx.org/licenses/MIT.html">MIT 라이선스</a>를 따른다.',
    # the three wide tables take the place of their pages' contents
    "secondary_sidebar_items": {
        "**": ["page-toc.html"],
        "docs/claims.ko": [],
        "docs/errata.ko": [],
        "docs/references": [],
    },
}
html_context = {"default_mode": "light"}  # without JavaScript; else see templates/layout.html


class SearchKorean(SearchEnglish):
    """Parts 학습률은 from Adam in "Adam의 학습률은"; site/search.js finds the noun in 학습률은."""

    lang = "ko"

    def split(self, text):
        words = super().split(text)
        return [part for word in words for part in re.findall("[가-힣]+|[^가-힣]+", word)]


def picture(name, alt, width):
    """A picture of ``figures/`` as MyST: light and dark, in a box; a tap shows it by itself."""
    images = "".join(
        f"""
```{{image}} ../figures/{name}{ending}
:alt: {json.dumps(alt, ensure_ascii=False)}
:width: {width}px
:class: only-{palette}
:target: ../_images/{name}{ending}
```"""
        for palette, ending in (("light", ".svg"), ("dark", ".dark.svg"))
    )
    return f"````{{container}} picture{images}\n````"


def figure(output, manifest):
    """The vectors of ``figures/`` as MyST; None for an output that is no figure."""
    text = "".join(output.get("data", {}).get("text/plain", ""))
    if not (shown := re.match(r"<그림 (\d+)\.", text)):
        return None
    entry = manifest["figures"][shown[1]]
    return picture(f"figure-{shown[1]:0>2}.ko", entry["alt"]["ko"], entry["width"])


HERE = (
    "여기서는 아래 손잡이만 움직인다. 나머지 손잡이와 그림을 눌러 출발점을 옮기는 기능은"
    " <code>make lab</code>으로 여는 JupyterLab에 있다."
)


def explorer(output, manifest):
    """The explorer without a kernel, as MyST; None for an output that is no explorer."""
    text = "".join(output.get("data", {}).get("text/plain", ""))
    if not (name := named(text)):
        return None
    shown = f"<p>{HERE}</p><style>{page.style()}</style>{page.part(name, language)}"
    return f"```{{raw}} html\n{shown}<script>{page.script()}</script>\n```"


# Each is asked of every stored output what the page shows in its place, as MyST, or None.
IN_PLACE = [figure, explorer]


def replaced(cells, manifest):
    """Cells of a notebook, followed by what stands in the place of their outputs."""
    for cell in cells:
        yield cell
        for n, output in enumerate(list(cell.get("outputs", ()))):
            found = (markdown for place in IN_PLACE if (markdown := place(output, manifest)))
            if markdown := next(found, None):
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
    if docname in ("index", "site/gallery"):
        names = manifest | {"picture": picture}
        source[0] = app.builder.templates.render_string(source[0], names)
    if docname == "docs/conventions.ko":
        figure = manifest["figures"]["nag"]
        here = f"![{figure['alt']['ko']}](../figures/figure-nag.ko.png)"
        shown = picture("figure-nag.ko", figure["alt"]["ko"], figure["width"])
        source[0] = source[0].replace(here, shown)
    if docname.startswith("notebooks/"):
        notebook = json.loads(source[0])
        notebook["cells"] = list(replaced(notebook["cells"], manifest))
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
    """Mark what is English on a Korean page, so that a screen reader takes an English voice."""
    english = list(doctree.findall(addnodes.desc_content))
    if Path(doctree["source"]).stem == "references":
        english.append(doctree[0])
    for node in english:
        node["classes"].append("language-en")  # which docutils writes as lang="en"


def wrap_docstring(app, what, name, obj, options, lines):
    """The same for a module's docstring, which stands on the page itself."""
    if what == "module":
        lines[:] = [".. container:: language-en", "", *(f"   {line}" for line in lines), ""]


def sources_in_english(app, page, template, context, doctree):
    """The same for the pages of the modules' sources."""
    if page.startswith("_modules/"):
        context["body"] = context["body"].replace("<pre>", '<pre lang="en">')


def setup(app):
    sphinx.search.languages["ko"] = SearchKorean
    app.connect("source-read", fill)
    for mend in (hold_back, label, in_english):
        app.connect("doctree-read", mend)
    app.connect("autodoc-process-docstring", wrap_docstring, priority=900)  # after numpydoc
    app.connect("html-page-context", sources_in_english)

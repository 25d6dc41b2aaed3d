"""Sphinx's settings for `make site`: the stored notebooks and the pages of docs/ as a book.

The source folder is the project's, so that links between notebooks and pages are the same here,
in JupyterLab and on a code host.
"""

import json
import re
from pathlib import Path

import sphinx.search
from sphinx.search.en import SearchEnglish

ROOT = Path(__file__).parents[1]

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
exclude_patterns = [".*", "build", "**/.ipynb_checkpoints"]

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "numpydoc",
    "sphinx.ext.viewcode",
    "sphinx-mathjax-offline",
]
nb_execution_mode = "off"  # the stored outputs are shown: tests keep them true
myst_enable_extensions = ["dollarmath", "attrs_block", "attrs_inline"]
myst_heading_anchors = 3  # links to headings, as a code host makes them
default_role = "py:obj"  # `run` in a docstring is a link
autodoc_default_options = {
    "members": True,
    "member-order": "bysource",
    "exclude-members": "set",  # Matplotlib writes one for every figure
}
autodoc_preserve_defaults = True  # a default that is a path would tell where this folder lies
numpydoc_show_class_members = False  # autodoc lists them

html_theme = "sphinx_book_theme"
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["style.css"]
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
html_context = {"default_mode": "auto"}  # light or dark as the reader's system is


class SearchKorean(SearchEnglish):
    """Finds a noun whatever particle is glued to it: 학습률 in 학습률은, Adam in Adam의.

    A run of Hangul is entered under each of its beginnings from two syllables up, because Korean
    glues particles to the end. Other words are Sphinx's English ones.
    """

    lang = "ko"

    def split(self, text):
        words = super().split(text)
        parts = [part for word in words for part in re.findall("[가-힣]+|[^가-힣]+", word)]
        hangul = [part for part in parts if re.match("[가-힣]", part)]
        return words + parts + [part[:n] for part in hangul for n in range(2, len(part))]


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


def vectors(cells, figures):
    """Show what is stored as pixels, if it is a figure, as the vectors of ``figures/``."""
    for cell in cells:
        yield cell
        for output in list(cell.get("outputs", ())):
            text = "".join(output.get("data", {}).get("text/plain", ""))
            if shown := re.match(r"<그림 (\d+)\.", text):
                number = shown[1]
                cell["outputs"].remove(output)
                alt, width = figures[number]["alt"]["ko"], figures[number]["width"]
                markdown = picture(f"figure-{number:0>2}.ko", alt, width)
                yield {
                    "cell_type": "markdown",
                    "id": f"figure-{number}",
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
        notebook["cells"] = list(vectors(notebook["cells"], manifest["figures"]))
        for cell in notebook["cells"]:
            for output in cell.get("outputs", ()):
                if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
                    cell["metadata"]["mystnb"] = {"image": {"alt": alt}}  # where MyST-NB looks
        source[0] = json.dumps(notebook)


def setup(app):
    sphinx.search.languages["ko"] = SearchKorean
    app.connect("source-read", fill)

"""A book for each language: the same page has the same name in each, and links to its twins."""

from sphinx.project import Project

from udl.chapter import FOLDERS, LANGUAGES

ALONE = ("api/", "_modules/")  # English as docstrings are, and in the English book alone


class Book(Project):
    """Knows a source by a name that does not tell the language."""

    def path2doc(self, filename):
        """``notebooks/3.7.2-sgd`` for ``notebooks/en/3.7.2-sgd.ipynb``."""
        name = super().path2doc(filename)
        for folder, place in ((f"{self.notebooks}/", "notebooks/"), ("site/", "")):
            if name and name.startswith(folder):
                return place + name.removeprefix(folder)
        return name


def begin(app):
    app.project.__class__ = Book
    app.project.notebooks = FOLDERS[app.config.language]


def twins(app, page, template, context, doctree):
    """Tell a page where it stands in each book; what one has alone is the other's first page."""
    up, here = "../" * (page.count("/") + 1), app.config.language
    context["alone"] = page.startswith(ALONE)
    context["twins"] = {
        lang: f"{up}{lang}/{'index' if context['alone'] and lang != here else page}.html"
        for lang in LANGUAGES
    }


def setup(app):
    app.connect("builder-inited", begin)
    app.connect("html-page-context", twins)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

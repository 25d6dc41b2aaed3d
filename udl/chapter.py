"""The chapter's sections, their notebooks and the languages: known without drawing anything."""

LANGUAGES = ("ko", "en")
FOLDERS = {"ko": "notebooks", "en": "notebooks/en"}

NOTEBOOKS = {
    "3.7.1": "3.7.1-local-and-global-minima.ipynb",
    "3.7.2": "3.7.2-sgd.ipynb",
    "3.7.3": "3.7.3-momentum.ipynb",
    "3.7.4": "3.7.4-nag.ipynb",
    "3.7.5": "3.7.5-adagrad.ipynb",
    "3.7.6": "3.7.6-rmsprop.ipynb",
    "3.7.7": "3.7.7-adam.ipynb",
}

_ambient = LANGUAGES[0]  # of the whole process: a slider's answer comes from another thread


def language(name):
    """Have figures, tables, claims and replies speak a language from now on.

    Who never calls it hears Korean. What is written to files says its language itself.

    Parameters
    ----------
    name : str
        ``"ko"`` or ``"en"``.

    Raises
    ------
    ValueError
        If there is no such language.

    Examples
    --------
    >>> language("en")
    >>> speaking()
    'en'
    >>> language("ko")
    """
    global _ambient
    _ambient = _known("name", name)


def speaking(lang=None):
    """The language to speak: what is asked for or, where nothing is, what `language` set.

    Raises
    ------
    ValueError
        If there is no such language.

    Examples
    --------
    >>> speaking("en"), speaking()
    ('en', 'ko')
    """
    return _ambient if lang is None else _known("lang", lang)


def _known(argument, lang):
    if lang not in LANGUAGES:
        raise ValueError(f"{argument} must be one of {', '.join(LANGUAGES)}, not {lang!r}")
    return lang

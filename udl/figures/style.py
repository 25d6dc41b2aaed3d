"""How the figures look: colours by role, the font, and Matplotlib settings that never vary."""

import logging
import threading
from contextlib import contextmanager
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.colors import to_hex, to_rgb

# A colour for each role and each rule, on white and on dark paper. The chapter's roles have, as far
# as a red-green colour-blind reader allows, its colours: a test simulates both kinds of blindness
# and measures how far apart the roles of a figure stay. A rule's colour is for that rule alone.
# The shades, of one hue, are for the values of a parameter: see `ramp`. The areas are for the
# places where a descent ends: see `udl.figures.areas`.
PALETTES = {
    "light": {
        "ground": "#FFFFFF",
        "axes": "#14274E",
        "text": "#1A1A1A",
        "quiet": "#5B6470",
        "curve": "#9E1B1B",
        "present": "#008F5D",
        "past": "#BCC1C9",
        "before": "#2450F0",
        "lookahead": "#2196F3",
        "gradient": "#F4511E",
        "velocity": "#561B87",
        "local": "#0E86C8",
        "global": "#E6500F",
        "fog": "#D9D9D9",
        "step": "#1A1A1A",
        "grid": "#E3E6EA",
        "sgd": "#5B6470",
        "momentum": "#561B87",
        "nag": "#2196F3",
        "adagrad": "#B07A00",
        "rmsprop": "#008F5D",
        "adam": "#1A1A1A",
        "shade 1": "#E879B4",
        "shade 2": "#D63E92",
        "shade 3": "#A81E6C",
        "shade 4": "#77124B",
        "shade 5": "#45082B",
        "area first": "#0E86C8",
        "area second": "#F2C94C",
        "area global": "#E6500F",
        "area outside": "#561B87",
        "area not settled": "#DADDE2",
        "area sensitive": "#8C8C8C",
        "area diverged": "#1F1F1F",
    },
    "dark": {
        "ground": "#14181E",  # the site's own
        "axes": "#9FB0D8",
        "text": "#E8E8E8",
        "quiet": "#A3ABB8",
        "curve": "#E5696B",
        "present": "#35C48E",
        "past": "#596270",
        "before": "#6C8BFF",
        "lookahead": "#4DB2FF",
        "gradient": "#FF8657",
        "velocity": "#B388F2",
        "local": "#45B1EA",
        "global": "#FF8A4C",
        "fog": "#303743",
        "step": "#E8E8E8",
        "grid": "#29303A",
        "sgd": "#98A2B0",
        "momentum": "#B388F2",
        "nag": "#4DB2FF",
        "adagrad": "#E0B040",
        "rmsprop": "#35C48E",
        "adam": "#F2F2F2",
        "shade 1": "#8E3A6B",
        "shade 2": "#BC4A8C",
        "shade 3": "#E066AC",
        "shade 4": "#F29CCB",
        "shade 5": "#FBD5E9",
        "area first": "#2E9BD8",
        "area second": "#F7E188",
        "area global": "#F0762E",
        "area outside": "#6F3BC4",
        "area not settled": "#353D49",
        "area sensitive": "#7B8492",
        "area diverged": "#E6E9EE",
    },
}
SHADES = [name for name in PALETTES["light"] if name.startswith("shade")]

COLORS = {}  # the marks of the palette in which the house draws now
WORD_COLORS = {}  # the same names for words: as far from the ground as letters need
LEGIBLE = 4.5  # the contrast that WCAG asks of letters

# One dash pattern for each rule, in every chart: told apart by colour or dashes alone.
DASHES = {
    "sgd": (1, 1),
    "momentum": (6, 1.5),
    "nag": (3, 1),
    "adagrad": (6, 1.5, 1, 1.5),
    "rmsprop": (2, 1, 6, 1),
    "adam": (None, None),
}

# Sizes of type and of strokes, in pixels as a reader is shown the figure: at its catalogue's width.
SIZES = {"headline": 15.5, "title": 13, "word": 12, "tick": 11}
STROKES = {"heavy": 2.5, "line": 1.75, "fine": 1.25, "thin": 0.75}


def contrast(color, other):
    """How far two colours stand apart, as WCAG counts it: 1 to 21.

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    a, b = (0.05 + _luminance(c) for c in (color, other))
    return max(a, b) / min(a, b)


def _luminance(color):
    c = np.array(to_rgb(color))
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def legible(color, ground):
    """The colour, moved towards black or white as little as words on that ground need.

    >>> legible("#1A1A1A", "#FFFFFF"), legible("#2196F3", "#FFFFFF")
    ('#1a1a1a', '#1b7ac5')
    """
    end = np.zeros(3) if _luminance(ground) > 0.2 else np.ones(3)
    for share in np.linspace(0, 1, 101):
        moved = to_hex((1 - share) * np.array(to_rgb(color)) + share * end)
        if contrast(moved, ground) >= LEGIBLE:
            return moved
    raise ValueError(f"no shade of {color} is legible on {ground}")


WORDS_ON = {
    palette: {name: legible(color, colors["ground"]) for name, color in colors.items()}
    for palette, colors in PALETTES.items()
}


def ramp(n):
    """The names of n shades for the values of a parameter, the last the farthest from the paper.

    They are names as those of rules are: for `Sheet.line`, `Sheet.dots`, `Sheet.lettering`.

    >>> ramp(3)
    ['shade 1', 'shade 3', 'shade 5']
    """
    if not 2 <= n <= len(SHADES):
        raise ValueError(f"n must be 2 to {len(SHADES)}, not {n}")
    return [SHADES[round(i)] for i in np.linspace(0, len(SHADES) - 1, n)]


NAMES = {
    "sgd": "SGD",
    "momentum": "Momentum",
    "nag": "NAG",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}

FONT = Path(__file__).parent / "fonts" / "NotoSansKR-Medium-subset.ttf"
font_manager.fontManager.addfont(FONT)

_NAME = font_manager.FontProperties(fname=FONT).get_name()

SETTINGS = {
    # The Korean font first: a string with a $ in it takes its Hangul from the first family only.
    "font.family": [_NAME, "DejaVu Sans"],
    # A letter looks the same in a chart's words and in its formulas. Roots and hats are Computer
    # Modern's, as equations are wholly: see `udl.figures.formulas.TYPE`.
    "mathtext.fontset": "custom",
    "mathtext.fallback": "cm",
    **{f"mathtext.{style}": _NAME for style in ("rm", "it", "bf", "bfit", "cal", "sf", "tt")},
    "svg.fonttype": "path",  # a picture that needs no font where it is shown
    "svg.hashsalt": "udl",  # the same ids, and so the same bytes, every time
    "pdf.fonttype": 42,
    "path.simplify": False,
}

# Matplotlib asks the Korean font too for the signs that only Computer Modern has, by names of its
# own, and says that it has none; that is worth no line.
logging.getLogger("matplotlib.mathtext").addFilter(lambda said: r"'\\__" not in said.getMessage())


def korean():
    """Let your own plots show Korean, in the figures' font.

    Matplotlib's own font has no Hangul and shows boxes. The font here has the 2,350 syllables of
    KS X 1001 as whole letters: text that is made of their parts, as the names of files on a Mac
    are, must go through ``unicodedata.normalize("NFC", text)``. Keep Hangul outside of ``$…$``. A
    style sheet that is used later, or ``matplotlib.rcdefaults``, undoes it.

    Examples
    --------
    >>> import matplotlib
    >>> with matplotlib.rc_context():  # in a notebook, once after the imports: korean()
    ...     korean()
    ...     print(matplotlib.rcParams["font.family"])
    ['Noto Sans KR udl', 'DejaVu Sans']
    """
    matplotlib.rcParams["font.family"] = SETTINGS["font.family"]


with matplotlib.rc_context():  # read once: checking every setting takes longer than a sketch
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(SETTINGS)
    _HOUSE = dict(matplotlib.rcParams)

# Matplotlib's settings belong to the whole process, and Jupyter answers a slider in another thread
# than the one that runs the cells.
_LOCK = threading.RLock()


@contextmanager
def house(palette=None):
    """Matplotlib's defaults and `SETTINGS`, whatever the reader's own settings are.

    One thread at a time draws in the house; it may enter again.

    Parameters
    ----------
    palette : str, optional
        One of `PALETTES`; by default the one in use, which outside of all houses is light. So a
        figure is drawn in the dark by ``with house("dark"): figure_6()``.
    """
    if palette not in (None, *PALETTES):
        raise ValueError(f"palette must be one of {', '.join(PALETTES)}, not {palette!r}")
    with _LOCK:
        own, outside = dict(dict.items(matplotlib.rcParams)), _painted
        dict.update(matplotlib.rcParams, _HOUSE)
        _paint(palette or outside)
        try:
            yield
        finally:
            _paint(outside)
            dict.update(matplotlib.rcParams, own)


def _paint(palette):
    """Take a palette's colours, also for what Matplotlib draws when it is told none."""
    global _painted
    _painted = palette
    COLORS.update(PALETTES[palette])
    WORD_COLORS.update(WORDS_ON[palette])
    grounds = dict.fromkeys(("figure.facecolor", "axes.facecolor"), COLORS["ground"])
    dict.update(matplotlib.rcParams, grounds)


_painted = "light"
COLORS.update(PALETTES[_painted])
WORD_COLORS.update(WORDS_ON[_painted])

"""How the figures look: colours by role, the font, and Matplotlib settings that never vary."""

import threading
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from matplotlib import font_manager

# The chapter's roles and, as far as a red-green colour-blind reader allows, its colours: a test
# simulates both kinds of blindness and measures how far apart the roles of a figure stay.
COLORS = {
    "axes": "#14274E",
    "text": "#1A1A1A",
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
}

# One colour and one dash pattern for each rule, in every chart: told apart by either alone.
RULES = {
    "sgd": ("#5B6470", (1, 1)),
    "momentum": ("#561B87", (6, 1.5)),
    "nag": ("#2196F3", (3, 1)),
    "adagrad": ("#E6500F", (6, 1.5, 1, 1.5)),
    "rmsprop": ("#008F5D", (2, 1, 6, 1)),
    "adam": ("#1A1A1A", (None, None)),
}

INKS = COLORS | {rule: color for rule, (color, _) in RULES.items()}  # by role or by rule

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

SETTINGS = {
    # The Korean font first: a string with a $ in it takes its Hangul from the first family only.
    "font.family": [font_manager.FontProperties(fname=FONT).get_name(), "DejaVu Sans"],
    "mathtext.fontset": "cm",
    "svg.fonttype": "path",  # a picture that needs no font where it is shown
    "svg.hashsalt": "udl",  # the same ids, and so the same bytes, every time
    "pdf.fonttype": 42,
    "path.simplify": False,
}


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
def house():
    """Matplotlib's defaults and `SETTINGS`, whatever the reader's own settings are.

    One thread at a time draws in the house; it may enter again.
    """
    with _LOCK:
        own = dict(matplotlib.rcParams)
        dict.update(matplotlib.rcParams, _HOUSE)
        try:
            yield
        finally:
            dict.update(matplotlib.rcParams, own)

"""The roles' colours, seen by readers with and without red-green colour blindness."""

import io
import itertools
import logging
import unicodedata

import matplotlib
import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure

from udl.figures import figure_3, korean
from udl.figures.areas import areas
from udl.figures.style import COLORS, FONT, PALETTES, house

# Roles that meet in one figure, and so must be told apart there.
TOGETHER = [
    ("axes", "curve", "local", "global"),
    ("axes", "curve", "present", "gradient", "fog"),
    ("axes", "curve", "before", "present", "gradient"),
    ("axes", "curve", "present", "velocity", "gradient", "local"),
    ("axes", "curve", "past", "present", "lookahead", "gradient", "velocity"),
]

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def linear(color):
    c = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIELAB, in which a distance of about 2 can just be seen."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    t = to_xyz @ np.clip(rgb, 0, 1) / (0.95047, 1, 1.08883)
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("roles", TOGETHER, ids="-".join)
def test_roles_can_be_told_apart(roles, sight):
    seen = {role: lab(SIGHT[sight] @ linear(COLORS[role])) for role in roles}
    for a, b in itertools.combinations(roles, 2):
        assert np.linalg.norm(seen[a] - seen[b]) > 22, (a, b)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("sight", SIGHT)
def test_areas_can_be_told_apart(sight, palette):
    with house(palette):
        seen = {name: lab(SIGHT[sight] @ linear(color)) for name, color in areas().items()}
    for a, b in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[a] - seen[b]) > 22, (a, b)
    paper = lab(SIGHT[sight] @ linear(PALETTES[palette]["ground"]))
    for name, color in seen.items():
        assert np.linalg.norm(color - paper) > 10, name


@pytest.mark.parametrize("role", ["local", "global", "gradient", "velocity", "present", "text"])
def test_words_stand_out_from_the_paper(role):
    luminance = np.array([0.2126, 0.7152, 0.0722]) @ linear(COLORS[role])
    assert 1.05 / (luminance + 0.05) > 3.3  # WCAG asks 3 of large text


@pytest.fixture
def settings():
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        yield


def own_plot():
    """What a learner would draw."""
    page = Figure()
    axes = page.subplots()
    axes.plot([-1, 1], [0, 1], label="손실 $L(W)$")
    axes.legend()
    title = axes.set_title(unicodedata.normalize("NFC", "학습률 $\\eta$에 따른 손실 −1"))
    axes.set_xlabel("걸음")
    page.savefig(io.BytesIO(), format="png")
    return title


def test_a_learner_s_own_plot_shows_korean(settings, caplog):
    with pytest.warns(UserWarning, match="missing from font"):
        own_plot()
    caplog.clear()
    korean()
    with caplog.at_level(logging.WARNING):
        title = own_plot()  # a warning is an error
    assert caplog.records == []
    assert font_manager.findfont(title.get_fontproperties()) == str(FONT)


def test_a_learner_s_own_font_changes_no_figure(settings):
    before = figure_3("ko").hashes_without_text(), figure_3("ko").encode("png", 1)
    korean()
    matplotlib.rcParams["font.size"] = 30
    assert (figure_3("ko").hashes_without_text(), figure_3("ko").encode("png", 1)) == before


@pytest.mark.parametrize("language", ["ko", "ja", "zh-hans", "zh-hant", "en", "de", "tr"])
def test_a_reader_s_locale_changes_no_letter(language):
    """Matplotlib measures words in the locale's language, whatever ``text.language`` says."""
    font = font_manager.get_font([FONT])

    def size(language):
        font.set_text("학습률이 (η = 0.1), 그림 3; [크다]: ‘끝’…", language=language)
        return font.get_width_height()

    assert size(language) == size("zxx")  # a text in no language

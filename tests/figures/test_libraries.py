"""The figure of the page on conventions: two parameters of one descent."""

from pathlib import Path

import numpy as np
import pytest

from udl import OVERSHOOT, run
from udl.experiments.libraries import nag_outside, two_parameters
from udl.experiments.plans import FIGURE_NAG
from udl.figures import figure_nag
from udl.figures.catalogue import ENTRIES, FIGURES
from udl.publish.libraries import PAGES

ROOT = Path(__file__).parents[2]


def line(picture, gid):
    (found,) = [a for axes in picture.axes for a in axes.lines if a.get_gid() == gid]
    return found.get_data()


def test_it_draws_the_equation_s_path_and_the_libraries_path():
    picture = figure_nag()
    for gid, values in zip(("w", "ahead", "loss", "loss-ahead"), two_parameters(), strict=True):
        steps, drawn = line(picture, gid)
        np.testing.assert_array_equal(steps, range(FIGURE_NAG.nag.steps + 1))
        np.testing.assert_array_equal(drawn, values)
    plan = FIGURE_NAG.nag
    theirs = run(nag_outside, OVERSHOOT, plan.w0, plan.steps, lr=plan.hyper["lr"])
    np.testing.assert_allclose(line(picture, "ahead")[1], theirs.w, rtol=0, atol=1e-12)
    assert np.abs(line(picture, "w")[1] - theirs.w).max() > 1


def test_it_is_no_figure_of_the_chapter():
    assert "nag" not in FIGURES
    assert ENTRIES["nag"].chapter_file is None


@pytest.mark.parametrize(("lang", "start"), [("ko", "NAG를 W로"), ("en", "NAG written")])
def test_its_name_is_its_caption(lang, start):
    assert figure_nag(lang).name.startswith(start)


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_shows_it_with_its_alternative_text(lang):
    text = (ROOT / PAGES[lang]).read_text(encoding="utf-8")
    assert f"![{ENTRIES['nag'].alt(lang)}](../figures/figure-nag.{lang}.png)" in text

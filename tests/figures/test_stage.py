"""A kept ground with something drawn over it is the picture drawn whole."""

import io
from concurrent.futures import ThreadPoolExecutor

import matplotlib
import numpy as np
import pytest
from figures.standing import things
from PIL import Image

from figures import standing
from udl.figures.stage import Stage
from udl.figures.style import house

ground = house()(standing.ground)


@pytest.mark.parametrize("scale", [1, 1.5])
def test_a_frame_is_the_whole_picture_where_the_order_is_the_same(scale):
    page, panel = ground()
    frame = Stage(page.picture, scale).frame(lambda: panel.dots([1.24, 2.3]))
    page, panel = ground()
    with house():
        panel.dots([1.24, 2.3])
    whole = Image.open(io.BytesIO(page.picture.encode("png", scale)))
    np.testing.assert_array_equal(frame, np.asarray(whole))


def test_every_frame_begins_with_the_ground():
    page, panel = ground()
    stage = Stage(page.picture)
    first = stage.frame(lambda: things(panel))
    other = stage.frame(lambda: panel.dots(5.0))
    assert (first != other).any()
    np.testing.assert_array_equal(stage.frame(lambda: things(panel)), first)


def test_nothing_stays_on_the_picture_also_when_drawing_fails():
    page, panel = ground()
    before = len(page.picture.findobj())
    stage = Stage(page.picture)
    stage.frame(lambda: things(panel))

    def failing():
        things(panel)
        raise KeyError

    with pytest.raises(KeyError):
        stage.frame(failing)
    assert len(page.picture.findobj()) == before
    np.testing.assert_array_equal(stage.frame(lambda: None), Stage(ground()[0].picture).frame(int))


def test_two_threads_draw_one_after_the_other():
    """Jupyter answers a slider in another thread than the one that runs the cells."""
    page, panel = ground()
    stage = Stage(page.picture)
    places = np.linspace(1, 9, 24)
    alone = [stage.frame(lambda w=w: panel.dots(w)) for w in places]
    before = dict(matplotlib.rcParams)
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda w: stage.frame(lambda: panel.dots(w)), places))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)
    assert dict(matplotlib.rcParams) == before

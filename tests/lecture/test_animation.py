"""The animations that stand for explorers where nothing can be turned."""

import io
import itertools

import pytest
from PIL import Image, ImageChops

from udl.explore import VIEWS
from udl.lecture.animation import gif, places


@pytest.fixture(scope="module", params=VIEWS)
def view(request):
    return VIEWS[request.param]()


@pytest.fixture(scope="module")
def data(view):
    return gif(view)


def test_it_is_small_loops_and_is_the_same_every_time(view, data):
    assert len(data) < 150_000
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["loop"] == 0
    if view.section == "3.7.3":
        assert gif(view) == data


def test_it_walks_and_then_the_knob_is_dragged(data):
    with Image.open(io.BytesIO(data)) as image:
        frames = []
        for i in range(image.n_frames):
            image.seek(i)
            frames.append(image.convert("RGB"))
    assert 20 < len(frames) < 60
    width, height = frames[0].size
    knob = [frame.crop((0, height - 52, width, height)) for frame in frames]
    changed = [
        ImageChops.difference(a, b).getbbox() is not None for a, b in itertools.pairwise(knob)
    ]
    assert all(changed)  # the count of steps, and then the handle
    plots = {frame.crop((0, 0, width, height - 52)).tobytes() for frame in frames}
    assert len(plots) > 10


def test_a_hand_stops_where_the_knob_can_stand(view):
    name, low, high = view.drag
    knob = next(knob for knob in view.knobs if knob.name == name)
    way = places(knob, low, high)
    assert way == sorted(way)
    assert (way[0], way[-1]) == (low, high)
    assert all(knob.allowed()[0](value) for value in way)

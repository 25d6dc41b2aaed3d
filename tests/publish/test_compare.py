"""What another processor may do to a picture, and what it takes to be another picture."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from udl.figures import figure_5
from udl.figures.draw import Sheet
from udl.figures.stage import Stage, gif
from udl.losses import CHAPTER
from udl.publish.compare import PIXELS, SHADES, pixels, same


def picture(dot=2.3, color="present"):
    page = Sheet((700, 560), 350)
    panel = page.panel(CHAPTER, (80, 490))
    panel.curve()
    panel.dots([1.24, dot], color)
    panel.arrow((2, 3), (dot, 4))
    return page.picture


def png(shown):
    file = io.BytesIO()
    Image.fromarray(shown).save(file, "PNG")
    return file.getvalue()


def repainted(data, count, shades):
    """A PNG with so many pixels darker by so much."""
    shown = pixels(data).copy()
    places = np.argwhere((shown[..., :3] == 255).all(axis=2))[:count]
    shown[places[:, 0], places[:, 1], :3] -= np.uint8(shades)
    return png(shown)


@pytest.mark.parametrize(
    ("count", "shades", "passes"),
    [(1, 1, True), (PIXELS, SHADES, True), (1, SHADES + 1, False), (PIXELS + 1, 1, False)],
)
def test_a_few_pixels_may_be_a_shade_darker(count, shades, passes):
    data = picture().encode("png")
    assert same(repainted(data, count, shades), data) is passes


def test_how_a_png_is_packed_is_all_one():
    data = picture().encode("png")
    assert png(pixels(data)) != data
    assert same(png(pixels(data)), data)


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_a_moved_dot_is_another_picture(format):
    data = picture().encode(format)
    assert same(picture().encode(format), data)
    for other in (picture(dot=2.31), picture(color="past"), figure_5()):
        assert not same(other.encode(format), data)


def last_vertex(svg):
    """The last line of the longest path, the curve."""
    return max(re.findall(r' d="([^"]*)"', svg), key=len).strip().splitlines()[-1]


def without_a_vertex(svg):
    """The middle of three vertices on a line left out, as a contour may have it."""
    x, y = map(float, last_vertex(svg).split()[1:])
    more = f"{last_vertex(svg)} \nL {x + 1} {y} \nL {x + 2} {y} "
    return svg.replace(last_vertex(svg), more), svg.replace(
        last_vertex(svg), more.replace(f"\nL {x + 1} {y} ", "")
    )


def test_a_vertex_more_or_less_on_the_same_way_is_the_same_picture():
    one, other = without_a_vertex(picture().encode("svg").decode())
    assert one != other
    assert same(one.encode(), other.encode())


@pytest.mark.parametrize(
    ("edit", "passes"),
    [
        (lambda svg: svg.replace(last_vertex(svg), f"{last_vertex(svg).rstrip()}1 "), True),
        (lambda svg: re.sub(r'id="p(\w+)"', r'id="q\1"', svg), True),  # a hash of vertices
        (lambda svg: svg.replace(last_vertex(svg), "L 20 20 "), False),
        (lambda svg: svg.replace("<path", "<!-- --><path", 1), False),
        (lambda svg: svg.replace("#9e1b1b", "#9e1b1c", 1), False),
        (lambda svg: re.sub(r'<use [^>]* x="', r"\g<0>1", svg, count=1), False),
        (lambda svg: re.sub(r"<use [^>]*>", "", svg, count=1), False),
        (lambda svg: svg[:-20], False),
    ],
    ids=["a last digit", "a hash", "a vertex", "a comment", "a colour", "a place", "a mark", "cut"],
)
def test_an_edit_of_an_svg_is_found(edit, passes):
    svg = picture().encode("svg").decode()
    assert edit(svg) != svg
    assert same(edit(svg).encode(), svg.encode()) is passes


def film(shades=0, waits=(400, 400, 2000), dots=(1.3, 1.6, 2.3)):
    page = Sheet((700, 560), 350)
    panel = page.panel(CHAPTER, (80, 490))
    panel.curve()
    stage = Stage(page.picture)
    frames = [stage.frame(lambda w=w: panel.dots(w)) for w in dots]
    frames[1][5, 5, :3] -= np.uint8(shades)
    return gif(frames, list(waits))


def test_an_animation_is_compared_frame_by_frame():
    data = film()
    assert same(film(shades=1), data)
    assert not same(film(waits=(400, 300, 2000)), data)
    assert not same(film(waits=(400, 400), dots=(1.3, 1.6)), data)
    assert not same(film(dots=(1.3, 1.7, 2.3)), data)
    assert not same(data[:-500], data)


def test_what_is_no_picture_is_the_same_only_as_itself():
    assert same(b"half", b"half")
    assert not same(b"half", b"a half")
    assert not same(picture().encode("png"), b"half")
    assert not same(picture().encode("png"), picture().encode("svg"))

"""Animations: what each shows, from its data; and what a GIF must be."""

import io
import os
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch
from PIL import Image, ImageSequence

from udl.__main__ import main
from udl.chapter import LANGUAGES
from udl.experiments.plans import descents
from udl.figures.animations import BEAT, GROUNDS, STILL, animation
from udl.figures.draw import UNIT, Panel, Sheet
from udl.figures.text import ANIMATION_ALT_TEXTS, WORDS
from udl.losses import CHAPTER, OVERSHOOT

FIGURES = Path(__file__).parents[2] / "figures"


def made(number, lang="ko"):
    """The GIF of the project, which another test shows to be what the code makes."""
    return (FIGURES / f"figure-{number:02}.{lang}.gif").read_bytes()


@cache
def frames(number):
    return animation(number).frames(2)


every_animation = pytest.mark.parametrize("number", GROUNDS)


def minimum(loss, kind):
    return [one.w for one in loss.minima if one.kind == kind]


@pytest.mark.parametrize(
    ("number", "name", "place"),
    [
        (5, "small", minimum(CHAPTER, "local")[1]),
        (6, "sgd", minimum(CHAPTER, "local")[1]),
        (6, "momentum", minimum(CHAPTER, "global")[0]),
        (7, "momentum", minimum(OVERSHOOT, "global")[0]),
        (8, "nag", minimum(OVERSHOOT, "global")[0]),
    ],
)
def test_the_last_frame_is_where_the_descent_comes_to_rest(number, name, place):
    shown = animation(number)
    w = shown.descents[name].w
    last = shown.lasts[name]
    assert w[last] == pytest.approx(place, abs=2 * STILL)
    assert np.abs(w[last:] - w[-1]).max() <= STILL
    assert np.abs(w[last - 1] - w[-1]) > STILL


def test_the_large_rate_ends_with_the_jump_that_leaves_the_picture():
    shown = animation(5)
    w, last = shown.descents["large"].w, shown.lasts["large"]
    assert w[last] > Panel.RIGHT
    assert (w[:last] < Panel.RIGHT).all()


def lines(panel, gid):
    """The (x, y) data of each line of a panel with this name."""
    return [line.get_data() for line in panel.axes.lines if line.get_gid() == gid]


def arrows(shown):
    """Where the level arrows of an animation begin and how long they are, in units of W."""
    ends = [a._posA_posB for a in shown.picture.findobj(FancyArrowPatch) if a.get_gid() == "arrow"]
    return [(start, (end[0] - start[0]) / UNIT) for start, end in ends]


@pytest.mark.parametrize(("number", "name"), [(6, "momentum"), (7, "momentum"), (8, "nag")])
@pytest.mark.parametrize("t", [3, 6])
def test_the_velocity_is_an_arrow_at_the_ball_and_as_long_as_it_is(number, name, t):
    shown = animation(number)
    panel, one = shown.panels[name], shown.descents[name]
    key = arrows(shown)
    shown.draw(t)
    ((place, length),) = (arrow for arrow in arrows(shown) if arrow not in key)
    speed = one.state["v"][t] * (one.hyper["alpha"] if name == "nag" else 1)
    assert place == pytest.approx(panel.point(one.w[t], one.loss[t]))
    assert length == pytest.approx(speed)
    assert len(key) == 1


@pytest.mark.parametrize("t", [0, 6, 10])
def test_nag_looks_ahead_and_takes_the_gradient_there(t):
    shown = animation(8)
    one = shown.descents["nag"]
    shown.draw(t)
    ahead = one.w[t] + one.hyper["alpha"] * one.state["v"][t]
    ((dot, _),) = lines(shown.panels["nag"], "dots-lookahead")
    ((w, loss),) = lines(shown.panels["nag"], "tangent")
    assert dot == ahead
    assert np.mean(w) == pytest.approx(ahead)
    assert np.diff(loss) / np.diff(w) == pytest.approx(OVERSHOOT.grad(ahead))


def test_the_edge_shows_where_the_ball_left():
    shown = animation(5)
    shown.draw(shown.lasts["large"] - 1)
    assert not lines(shown.panels["large"], "outside")
    shown.draw(shown.lasts["large"])
    (((x,), (y,)),) = lines(shown.panels["large"], "outside")
    assert x == pytest.approx(Panel.RIGHT, abs=0.3)
    assert y > CHAPTER(Panel.RIGHT) + 1  # clear of the curve
    assert not lines(shown.panels["small"], "outside")


@pytest.mark.parametrize(
    ("last", "edge", "points"),
    [
        (30.0, Panel.RIGHT, ">"),
        (np.inf, Panel.RIGHT, ">"),
        (-30.0, Panel.LEFT, "<"),
        (-np.inf, Panel.LEFT, "<"),
    ],
)
def test_the_edge_on_the_side_where_it_left_points_there(last, edge, points):
    panel = Sheet((700, 560), 350).panel(CHAPTER, (80, 490))
    panel.trail(np.array([1.24, last]))
    (tip,) = [line for line in panel.axes.lines if line.get_gid() == "outside"]
    assert tip.get_marker() == points
    assert tip.get_xdata() == pytest.approx(edge, abs=0.3)


@every_animation
def test_there_is_a_frame_for_each_step_and_each_is_another(number):
    assert len(frames(number)) == animation(number).steps + 1
    assert all((one != other).any() for one, other in pairwise(frames(number)))
    assert len(descents(number)) == len(animation(number).panels)


@every_animation
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_gif_loops_and_is_small(number, lang):
    shown, data = animation(number, lang), made(number, lang)
    assert len(data) < 150_000
    with Image.open(io.BytesIO(data)) as image:
        waits = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
        assert image.info["loop"] == 0
        assert image.n_frames == shown.steps + 1
    assert waits == shown.waits()


@every_animation
def test_early_steps_stand_long_and_the_end_longest(number):
    *walk, end = animation(number).waits()
    assert walk == sorted(walk, reverse=True)
    assert walk[0] >= 400
    assert end >= 2000
    assert sum(walk) < 10_000


@every_animation
def test_the_colours_of_a_gif_are_the_frames_own(number):
    """... but for the rims of lines and letters, which have fewer shades."""
    with Image.open(io.BytesIO(made(number))) as image:
        for frame, wanted in zip(ImageSequence.Iterator(image), frames(number), strict=True):
            shown = np.asarray(frame.convert("RGBA"))
            assert shown.shape == wanted.shape
            assert (shown.view(np.uint32) != wanted.view(np.uint32)).mean() < 0.05


def test_hidden_text_changes_nothing_else_and_the_bytes_are_always_the_same():
    shown, before = animation(8), animation(8).encode()  # which has few frames
    assert shown.hashes_without_text() == animation(8, "en").hashes_without_text()
    assert shown.encode() == before
    assert "손실" in shown.strings()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_moves_has_a_name_and_an_alternative_text(lang):
    assert list(ANIMATION_ALT_TEXTS[lang]) == list(GROUNDS)
    for number in (6, 7, 8):
        assert WORDS[lang]["velocity"] in animation(number, lang).strings()
    for text, _ in chain(*WORDS[lang]["nag looks ahead"]):
        assert text in animation(8, lang).strings()


@pytest.mark.parametrize("number", [4, "6", None])
def test_a_figure_that_does_not_move_is_named(number):
    with pytest.raises(ValueError, match=f"number must be one of 5, 6, 7, 8, not {number!r}"):
        animation(number)


def too_fast(path):
    save(path, frames_of(path), duration=50)


def one_frame_short(path):
    save(path, frames_of(path)[:-1], duration=400)


def played_once(path):
    path.write_bytes(
        path.read_bytes().replace(b"NETSCAPE2.0\x03\x01\x00", b"NETSCAPE2.0\x03\x01\x01")
    )


def frames_of(path):
    with Image.open(path) as image:
        return [frame.copy() for frame in ImageSequence.Iterator(image)]


def save(path, frames, duration):
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=duration, loop=0)


def cut_short(path):
    path.write_bytes(path.read_bytes()[:20_000])


def test_written_checked_and_left_alone(tmp_path, capsys):
    """A GIF is written once, found out when it is another, and mended."""
    command = ["animate", "5", "--lang", "ko", "--out", str(tmp_path)]
    path = tmp_path / "figure-05.ko.gif"
    assert main(command) == 0
    first, data = path.stat().st_mtime_ns, path.read_bytes()
    assert main([*command, "--check"]) == 0
    for spoil in (too_fast, one_frame_short, cut_short, played_once):
        path.write_bytes(data)
        spoil(path)
        capsys.readouterr()
        assert main([*command, "--check"]) == 1
        assert capsys.readouterr().out == "figure-05.ko.gif: differs from what the code draws\n"
    assert main(command) == 0
    assert path.read_bytes() == data
    os.utime(path, ns=(first, first))
    assert main(command) == 0
    assert path.stat().st_mtime_ns == first


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["4"], "FIGURES: 4: not one of 5, 6, 7, 8"),
        ([""], "FIGURES: : not one of 5, 6, 7, 8"),
        (["5", "--format", "png"], "--format: png: not one of gif, mp4"),
        (["5", "--only", "5"], "unrecognized arguments: --only"),
        (["5", "--format", "gif,mp4", "--check"], "not with --format mp4"),
    ],
)
def test_bad_options_get_one_line(capsys, options, message):
    with pytest.raises(SystemExit) as ended:
        main(["animate", *options])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_a_film_has_every_frame(tmp_path):
    ffmpeg = pytest.importorskip("imageio_ffmpeg", reason="pip install '.[video]'")
    options = ["5", "--lang", "ko", "--format", "mp4", "--out", str(tmp_path)]
    assert main(["animate", *options]) == 0
    shown = animation(5)
    count, seconds = ffmpeg.count_frames_and_secs(str(tmp_path / "figure-05.ko.mp4"))
    assert count == sum(shown.waits()) // BEAT
    assert seconds == pytest.approx(sum(shown.waits()) / 1000, abs=0.2)
    assert "mp4" not in (tmp_path / "manifest.json").read_text(encoding="utf-8")

"""Animations: what each shows, from its data; and what a GIF must be."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageSequence

from udl.__main__ import main
from udl.figures import descents
from udl.figures.animations import END, GROUNDS, STEP, STILL, animation
from udl.figures.draw import Panel
from udl.losses import CHAPTER, OVERSHOOT

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


@every_animation
def test_there_is_a_frame_for_each_step_and_each_is_another(number):
    frames = animation(number).frames()
    assert len(frames) == animation(number).steps + 1
    assert all((one != other).any() for one, other in pairwise(frames))
    assert len(descents(number)) == len(animation(number).panels)


@every_animation
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_gif_loops_is_small_and_always_the_same(number, lang):
    shown = animation(number, lang)
    data = shown.encode("gif")
    assert data == animation(number, lang).encode("gif")
    assert len(data) < 150_000
    with Image.open(io.BytesIO(data)) as image:
        waits = [frame.info["duration"] for frame in ImageSequence.Iterator(image)]
        assert image.info["loop"] == 0
        assert image.n_frames == shown.steps + 1
    assert waits == [STEP] * shown.steps + [END]


@every_animation
def test_the_colours_of_a_gif_are_the_frames_own(number):
    """... but for the rims of lines and letters, which have fewer shades."""
    shown = animation(number)
    with Image.open(io.BytesIO(shown.encode("gif", 1))) as image:
        for frame, wanted in zip(ImageSequence.Iterator(image), shown.frames(1), strict=True):
            away = np.abs(np.asarray(frame.convert("RGB")).astype(int) - wanted).max(axis=2)
            assert (away > 0).mean() < 0.05


def test_hidden_text_changes_nothing_else():
    shown = animation(6)
    before = shown.encode()
    assert shown.hash_without_text() == animation(6, "en").hash_without_text()
    assert shown.encode() == before
    assert "손실" in shown.strings()


@pytest.mark.parametrize("number", [4, "6", None])
def test_a_figure_that_does_not_move_is_named(number):
    with pytest.raises(ValueError, match=f"number must be one of 5, 6, 7, 8, not {number!r}"):
        animation(number)


def test_written_checked_and_left_alone(tmp_path, capsys):
    """A GIF is written once, found out when it is another, and mended."""
    command = ["figures", "--animate", "5", "--lang", "ko", "--out", str(tmp_path)]
    path = tmp_path / "figure-05.ko.gif"
    assert main(command) == 0
    first = path.stat().st_mtime_ns
    assert main(command) == 0
    assert path.stat().st_mtime_ns == first
    assert main([*command, "--check"]) == 0
    with Image.open(path) as image:
        frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=50, loop=0)  # too fast
    capsys.readouterr()
    assert main([*command, "--check"]) == 1
    assert capsys.readouterr().out == "figure-05.ko.gif: differs from what the code draws\n"
    assert main(command) == 0
    assert main([*command, "--check"]) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--animate", "4"], "--animate 4: not one of 5, 6, 7, 8"),
        (["--animate", ""], "--animate : not one of 5, 6, 7, 8"),
        (["--animate", "5", "--format", "png"], "--format png: not one of gif, mp4"),
        (["--animate", "5", "--only", "5"], "makes animations alone, not with --only"),
        (["--animate", "5", "--chapter-names"], "not with --chapter-names"),
    ],
)
def test_bad_options_get_one_line(capsys, options, message):
    with pytest.raises(SystemExit) as ended:
        main(["figures", *options])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1


def test_a_film_needs_its_extra(capsys, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        main(["figures", "--animate", "5", "--format", "mp4"])
    assert "--format mp4: needs the extra video (pip install '.[video]')" in capsys.readouterr().err


def test_a_film_has_every_frame(tmp_path):
    ffmpeg = pytest.importorskip("imageio_ffmpeg", reason="pip install '.[video]'")
    options = ["--animate", "5", "--lang", "ko", "--format", "mp4", "--out", str(tmp_path)]
    assert main(["figures", *options]) == 0
    shown = animation(5)
    count, seconds = ffmpeg.count_frames_and_secs(str(tmp_path / "figure-05.ko.mp4"))
    assert count == shown.steps + END // STEP
    assert seconds == pytest.approx((shown.steps * STEP + END) / 1000, abs=0.2)

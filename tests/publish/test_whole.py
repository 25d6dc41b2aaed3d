"""Files that are whole: what happens to the one that was there."""

import pytest

from udl.publish.whole import write_whole


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path):
    path = tmp_path / "notebook"
    write_whole(path, b"old")
    with pytest.raises(TypeError):
        write_whole(path, "no bytes")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_mode_and_link_stay(tmp_path):
    path, link = tmp_path / "private", tmp_path / "link"
    path.touch(0o640)  # no new file has it
    mode = path.stat().st_mode
    link.symlink_to(path)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode == mode

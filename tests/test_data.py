"""The digits are the source's, and every epoch deals every sample exactly once."""

import hashlib
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from golden import record_digits

from udl import batches, digits
from udl.data import FILE


def test_digits_are_what_was_recorded():
    images, labels = digits()
    assert images.shape == (1797, 64)
    assert labels.shape == (1797,)
    assert images.dtype == float
    assert labels.dtype == int
    assert images.min() == 0
    assert images.max() == 1
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    bytes_ = (images * 16).astype(np.uint8).tobytes() + labels.astype(np.uint8).tobytes()
    recorded = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"
    assert hashlib.sha256(bytes_).hexdigest() == recorded


def test_digits_are_scikit_learn_s():
    datasets = pytest.importorskip("sklearn.datasets")
    pixels, digits_shown = datasets.load_digits(return_X_y=True)
    images, labels = digits()
    np.testing.assert_array_equal(images, pixels / 16)
    np.testing.assert_array_equal(labels, digits_shown)
    for name, array in record_digits.record().items():
        np.testing.assert_array_equal(array, np.load(FILE)[name])


def test_source_and_licence_lie_beside_the_file():
    assert record_digits.FILE == FILE
    said = FILE.with_suffix(".txt").read_text(encoding="utf-8")
    for word in ("CC BY 4.0", "creativecommons.org", "UCI", "Alpaydin", "10.24432/C50P49"):
        assert word in said


def test_a_file_elsewhere_can_be_read(tmp_path):
    copy = tmp_path / "copy.npz"
    copy.write_bytes(FILE.read_bytes())
    np.testing.assert_array_equal(digits(copy)[0], digits()[0])


def wrong_files(folder):
    """A missing file, a folder, no archive, half of one, an array, other arrays."""
    half, array, other = (folder / name for name in ("half.npz", "array.npy", "other.npz"))
    half.write_bytes(FILE.read_bytes()[:20_000])
    np.save(array, np.zeros(3))
    np.savez(other, pixels=np.zeros(3))
    return [folder / "missing.npz", folder, Path(__file__), half, array, other]


@pytest.mark.parametrize("which", range(6))
def test_a_wrong_path_is_one_clear_error(which, tmp_path):
    path = wrong_files(tmp_path)[which]
    with pytest.raises(
        ValueError, match=r"path must be the digits as an \.npz .*, not '"
    ) as raised:
        digits(path)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(("n", "size"), [(12, 4), (10, 4), (7, 7), (5, 1), (1, 1), (1500, 50)])
def test_every_epoch_visits_every_sample_once(n, size):
    in_epoch = -(-n // size)
    deal = batches(n, size, seed=3)
    for _ in range(3):
        epoch = list(islice(deal, in_epoch))
        assert [len(k) for k in epoch[:-1]] == [size] * (in_epoch - 1)
        assert sorted(np.concatenate(epoch).tolist()) == list(range(n))


def test_the_seed_decides_and_epochs_differ():
    first, again, other = (
        [k.tolist() for k in islice(batches(100, 10, seed=seed), 20)] for seed in (0, 0, 1)
    )
    assert first == again
    assert first != other
    assert first[:10] != first[10:]


@pytest.mark.parametrize("size", [0, -1, 11, 2.0, "4", None, True])
def test_a_wrong_size_is_said_at_once(size):
    with pytest.raises(
        ValueError, match=r"size must be a whole number from 1 to 10, not "
    ) as raised:
        batches(10, size, seed=0)  # no mini-batch has been asked for yet
    assert repr(size) in str(raised.value)


@pytest.mark.parametrize("n", [0, -5, 3.0, False])
def test_a_wrong_number_of_samples_is_said_at_once(n):
    with pytest.raises(ValueError, match=f"n must be a whole number from 1 up, not {n!r}"):
        batches(n, 1, seed=0)

"""Real data: the handwritten digits, and mini-batches of them."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from udl.descent import check_whole

FILE = Path(__file__).with_name("digits.npz")  # source and licence: digits.txt beside it


def digits(path=FILE):
    """Read the handwritten digits: images of 8 × 8 pixels, and which digit each shows.

    They come with the package: the test set of the UCI repository's *Optical Recognition of
    Handwritten Digits* (Alpaydin & Kaynak 1998, CC BY 4.0), which scikit-learn's ``load_digits``
    carries too.

    Parameters
    ----------
    path : str or Path
        The file, by default the package's own.

    Returns
    -------
    images : array, shape (1797, 64)
        The pixels row by row, from 0 (paper) to 1 (ink), in steps of 1/16.
    labels : array of int, shape (1797,)
        The digits, 0 to 9.

    Raises
    ------
    ValueError
        If there is no such file at ``path``.

    Examples
    --------
    >>> images, labels = digits()
    >>> for row in images[0].reshape(8, 8):
    ...     print("".join(" .:#"[int(3.9 * ink)] for ink in row).rstrip())
      .#:
      ##:#.
      #  :.
      :  ..
     ..  :.
      :  :.
      #.::
      .#:
    >>> int(labels[0])
    0
    """
    try:
        with open(path, "rb") as file, np.load(file) as kept:
            images, labels = kept["images"], kept["labels"]
    except (OSError, ValueError, TypeError, KeyError, BadZipFile) as error:
        raise ValueError(
            f"path must be the digits as an .npz of images and labels, not {str(path)!r}"
        ) from error
    return images / 16.0, labels.astype(int)


def batches(n, size, *, seed):
    """Deal n samples into mini-batches, epoch after epoch, for ever.

    In each epoch the samples are shuffled anew and every one is dealt exactly once. Where the
    size does not divide n, the last mini-batch of an epoch is smaller.

    Parameters
    ----------
    n : int
        How many samples there are.
    size : int
        How many a mini-batch has, from 1 to n.
    seed : int
        The same seed deals the same mini-batches.

    Yields
    ------
    array of int, shape (size,)
        The indices of a mini-batch.

    Raises
    ------
    ValueError
        If n is not a whole number from 1 up, or size not one from 1 to n.

    Examples
    --------
    >>> from itertools import islice
    >>> [k.tolist() for k in islice(batches(5, 2, seed=0), 6)]
    [[2, 4], [3, 0], [1], [4, 1], [2, 0], [3]]
    """
    n = check_whole("n", n, least=1)
    size = check_whole("size", size, least=1, most=n)
    return _deal(n, size, np.random.default_rng(seed))  # which checks now, and not at the first


def _deal(n, size, rng):
    while True:
        order = rng.permutation(n)
        for start in range(0, n, size):
            yield order[start : start + size]

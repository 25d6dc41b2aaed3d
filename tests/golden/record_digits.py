"""Record the digits as data: ``python tests/golden/record_digits.py`` (needs scikit-learn).

scikit-learn's ``load_digits`` carries the test set of the UCI repository's handwritten digits.
Kept are the same whole numbers, a byte each; `udl.digits` divides the pixels by 16.
"""

from pathlib import Path

import numpy as np

FILE = Path(__file__).parents[2] / "udl" / "digits.npz"


def record():
    """The images, shape (1797, 64), and their labels, shape (1797,), both as bytes."""
    from sklearn.datasets import load_digits

    images, labels = load_digits(return_X_y=True)
    return {"images": images.astype(np.uint8), "labels": labels.astype(np.uint8)}


if __name__ == "__main__":
    np.savez_compressed(FILE, **record())
    print(f"{FILE}: {FILE.stat().st_size / 1000:.0f} KB")

"""What the chapter claims, measured.

Each claim has an identifier (such as 3.a: section 3.7.3, first), a sentence in our words, and a
function that measures it and returns a `Finding`. The verdict is computed from the measurement.

>>> finding("3.a").verdict
'holds when'
"""

from udl.claims import adagrad, adam, minima, momentum, nag, rmsprop, sgd  # noqa: F401 - they enter the claims
from udl.claims.registry import (
    CLAIMS,
    VERDICTS,
    Claim,
    Finding,
    finding,
    listing,
    overview,
)

__all__ = [
    "CLAIMS",
    "VERDICTS",
    "Claim",
    "Finding",
    "finding",
    "listing",
    "overview",
]

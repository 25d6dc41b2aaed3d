"""Settings of the whole suite."""

import gc
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

from udl.chapter import LANGUAGES, language

sys.path.insert(0, str(Path(__file__).parent))  # for golden.record_torch
collect_ignore_glob = [
    "golden/*",  # data and the scripts that record it
    "elsewhere/*",  # imported once more, it would round twice
]

# The same examples every time, on a fast machine and on a slow one.
settings.register_profile("udl", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("udl")

# The collector of garbage takes a tenth of the time if it looks at thousands of tests so often; not
# `gc.freeze`, after which Hypothesis 6.100 calls a test flaky.
gc.set_threshold(50_000)

# What this run computes, its other processes find there, and later runs until a source changes: see
# udl.experiments.store. `make clean` removes it; what is older than a day goes by itself.
KEPT = Path(__file__).parents[1] / "build" / "kept"
if "UDL_CACHE" not in os.environ:
    os.environ["UDL_CACHE"] = str(KEPT)
    for left in KEPT.glob("*"):
        with suppress(FileNotFoundError):  # another process sweeps too
            if time.time() - left.stat().st_mtime > 86400:
                left.unlink()


@pytest.fixture(autouse=True)
def _first_language_again():
    """No test leaves another language to the next."""
    yield
    language(LANGUAGES[0])


# What takes longest, that it is not left to one process when the others have ended.
FIRST = (
    "tests/browser/test_explorers",
    "tests/browser/test_site",
    "tests/browser/test_lecture",
    "tests/browser",
    "tests/publish",
    "tests/figures/test_figures",
    "notebooks",
    "tests/figures",
)


def pytest_collection_modifyitems(items):
    """Have what takes longest begin first."""

    def place(item):
        return next((i for i, name in enumerate(FIRST) if item.nodeid.startswith(name)), len(FIRST))

    items.sort(key=place)

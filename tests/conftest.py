"""Settings of the whole suite."""

import atexit
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings

from udl.chapter import LANGUAGES, language

sys.path.insert(0, str(Path(__file__).parent))  # for golden.record_torch
collect_ignore_glob = ["golden/*"]  # data and the scripts that record it

# The same examples every time, on a fast machine and on a slow one.
settings.register_profile("udl", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("udl")

# What this run computes, its other processes find there: see udl.experiments.store. One that is
# started by another has the folder from it.
if "UDL_CACHE" not in os.environ:
    os.environ["UDL_CACHE"] = tempfile.mkdtemp(prefix="udl-tests-")
    atexit.register(shutil.rmtree, os.environ["UDL_CACHE"], ignore_errors=True)
    for left in Path(tempfile.gettempdir()).glob("udl-tests-*"):  # by a run that was killed
        if time.time() - left.stat().st_mtime > 86400:
            shutil.rmtree(left, ignore_errors=True)


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

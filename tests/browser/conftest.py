"""A browser and a JupyterLab, opened once for all the tests of this folder."""

import os
import shutil

import pytest

from browser import chromium
from browser.lab import ROOT, Lab, served


def pytest_runtest_setup():
    """Without a browser every test of this folder is skipped, or fails where one is required."""
    if reason := chromium.missing():
        if os.environ.get("UDL_REQUIRE_BROWSER"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture(scope="package")
def browser():
    """A Chromium."""
    with chromium.launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    """A copy of the notebooks, so that no test changes the course."""
    return shutil.copytree(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "notebooks")


@pytest.fixture(scope="package")
def shared_lab(browser, folder, tmp_path_factory):
    with served(folder, tmp_path_factory.mktemp("private")) as address:
        yield Lab(browser, address)


@pytest.fixture
def lab(shared_lab):
    """JupyterLab on the copy; a test fails after which its page has something to complain of."""
    shared_lab.watch.complaints.clear()
    yield shared_lab
    assert shared_lab.watch.complaints == []

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
    """A copy of the notebooks, with what they link to, so that no test changes the course."""
    project = tmp_path_factory.mktemp("lab")
    for linked in ("docs", "figures"):
        shutil.copytree(ROOT / linked, project / linked)
    return shutil.copytree(ROOT / "notebooks", project / "notebooks")


@pytest.fixture(scope="package")
def lab_address(folder, tmp_path_factory):
    """Where JupyterLab shows the copy."""
    with served(folder.parent, tmp_path_factory.mktemp("private")) as address:
        yield address


@pytest.fixture(scope="package")
def shared_lab(browser, lab_address):
    return Lab(browser, lab_address)


@pytest.fixture
def lab(shared_lab):
    """JupyterLab on the copy; a test fails after which its page has something to complain of."""
    shared_lab.watch.complaints.clear()
    yield shared_lab
    assert shared_lab.watch.complaints == [], shared_lab.watch.complaints

"""A Chromium that is on this machine, headless, and what its pages complain of."""

import os
import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",  # nothing leaves this machine
)
PATIENCE = 60  # seconds for what takes one when nothing is wrong


def find():
    """The path of the browser: UDL_BROWSER's, else the first of `NAMES`; None without one."""
    named = os.environ.get("UDL_BROWSER")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def missing():
    """What must be installed before a browser can be opened, in one sentence; None if nothing."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "Playwright is missing: pip install -e '.[dev]'"
    if find():
        return None
    if named := os.environ.get("UDL_BROWSER"):
        return f"no browser found at UDL_BROWSER={named}"
    return (
        f"no Chromium found: install one as {', '.join(NAMES[:-1])} or {NAMES[-1]},"
        " or set UDL_BROWSER to its path"
    )


@contextmanager
def launched():
    """A Playwright browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield browser
        browser.close()


class Watch:
    """Listens to a page from now on.

    Parameters
    ----------
    page : playwright.sync_api.Page
    known : callable, optional
        Whether an error, as the page tells it with its stack, is one that we cannot mend.

    Attributes
    ----------
    complaints : list of str
        Errors on the console, exceptions that nobody caught, and requests to another machine.
    """

    def __init__(self, page, known=lambda error: False):
        self.complaints, self.known = [], known
        page.set_default_timeout(1000 * PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._error(f"uncaught: {error.stack or error}"))
        page.on("request", lambda request: self._address(request.url))
        page.on("websocket", lambda socket: self._address(socket.url))

    def _console(self, message):
        if message.type == "error":
            self._error(f"console: {message.text} ({message.location.get('url')})")

    def _error(self, text):
        if not self.known(text):
            self.complaints.append(text)

    def _address(self, url):
        parts = urlsplit(url)
        if parts.hostname not in (None, "localhost"):  # None: data: and blob: are no requests
            self.complaints.append(f"request to another machine: {url}")

"""JupyterLab on a folder, and a page in which its notebooks are opened and run."""

import json
import os
import re
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from browser.chromium import PATIENCE, Watch

ROOT = Path(__file__).parents[2]
LONGEST = 300  # seconds for the slowest notebook, on a slow machine
# What JupyterLab says of itself on a busy machine: of its toolbars, and of a kernel that has ended.
# It counts only while all that its stack names is JupyterLab's own code.
ITS_OWN = "Failed to execute 'removeChild' on 'Node'", "Could not restore the debugger state"
SETTINGS = {
    # what one test leaves in a notebook must not be saved under the next, however slow the machine
    "docmanager-extension/plugin": {"autosave": False},
    # cells off screen come into the page when the browser is idle: on a busy machine, never
    "notebook-extension/tracker": {"windowingMode": "none"},
}


def its_own(error):
    """Whether an error is one of `ITS_OWN`."""
    places = re.findall(r"https?://[^)\s]+", error)
    own = places and all(urlsplit(place).path.startswith("/static/lab/") for place in places)
    return bool(own) and any(words in error for words in ITS_OWN)


@contextmanager
def served(folder, private, program=("udl", "lab", "--")):
    """The address of a JupyterLab on a copy of the project, its token included.

    Parameters
    ----------
    folder : path
        Has ``notebooks``. The page can change them.
    private : path
        An empty folder that takes the place of the user's settings and data.
    program : sequence of str
        The Python module that starts it, and what that is told before JupyterLab's own options.

    Raises
    ------
    RuntimeError
        If the server does not start, or leaves a kernel behind when it ends.
    """
    runtime = private / "runtime"
    for plugin, values in SETTINGS.items():
        settings = private / f"config/lab/user-settings/@jupyterlab/{plugin}.jupyterlab-settings"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps(values), encoding="utf-8")
    environment = {name: v for name, v in os.environ.items() if not name.startswith("JUPYTER")}
    environment |= {
        "JUPYTER_CONFIG_DIR": str(private / "config"),
        "JUPYTER_DATA_DIR": str(private / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "IPYTHONDIR": str(private / "ipython"),
        "PYTHONPATH": str(ROOT),  # the kernels import this checkout's udl
    }
    token = secrets.token_hex()
    command = [sys.executable, "-m", *program, "--no-browser", "--allow-root"]
    command += [f"--IdentityProvider.token={token}"]
    command += ["--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly"]
    log = private / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        yield f"{_address(server, runtime, log)}lab?token={token}"
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
    if left := list(runtime.glob("kernel-*.json")):
        raise RuntimeError(f"JupyterLab ended without ending its kernels: {left}")


def _address(server, runtime, log):
    """Where the server says that it listens."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        for info in runtime.glob("jpserver-*.json"):
            try:
                return json.loads(info.read_text(encoding="utf-8"))["url"]
            except ValueError:  # it is still writing
                pass
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


# Keeps what the kernel was asked and has not answered, and what it says that no cell shows: an
# exception in a widget's callback goes to the log console. On opening a notebook JupyterLab asks
# for the widgets of an earlier page; a kernel that has not imported ipywidgets answers on stderr.
OPEN = """async path => {
    const panel = await jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
    const state = {asked: new Set(), errors: [], calm: 0, ran: null};
    const expected = new Set(['', 'No such comm target registered: jupyter.widget.control']);
    const heard = new Set(); // of what was asked before, which widgets it was for is not known
    const listen = (_, {msg, direction}) => {
        const {header: {msg_type, msg_id}, content, parent_header} = msg;
        if (direction === 'send') {
            state.asked.add(msg_id);
            heard.add(msg_id);
            if (content.target_name === 'jupyter.widget.control') {
                expected.add(`No such comm: ${content.comm_id}`);
            }
        } else if (msg_type === 'status' && content.execution_state === 'idle') {
            state.asked.delete(parent_header.msg_id);
        } else if (msg_type === 'error') {
            state.errors.push(`${content.ename}: ${content.evalue}`);
        } else if (msg_type === 'stream' && content.name === 'stderr') {
            const known = line => expected.has(line)
                || !heard.has(parent_header.msg_id) && line.startsWith('No such comm: ');
            state.errors.push(...content.text.split('\\n').filter(line => !known(line)));
        }
    };
    panel.sessionContext.kernelChanged.connect(
        (_, {newValue}) => newValue?.anyMessage.connect(listen));
    panel.sessionContext.session?.kernel?.anyMessage.connect(listen); // where it was open already
    await panel.revealed;
    await panel.sessionContext.ready;
    return {panel, state};
}"""


class Lab:
    """A page that shows JupyterLab.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
    address : str
        As `served` gives it.
    """

    def __init__(self, browser, address):
        self.page = browser.new_page(viewport={"width": 1280, "height": 1200})
        self.watch = Watch(self.page, its_own)
        self.page.goto(address.replace("lab?", "lab?reset&"))  # not what another page had open
        self.page.wait_for_function("window.jupyterapp")
        self.page.evaluate("jupyterapp.restored.then(() => null)")
        self.page.evaluate("jupyterapp.shell.collapseLeft()")

    @contextmanager
    def open(self, name):
        """A `Notebook` of the course, with a kernel of its own, which ends with it."""
        notebook = Notebook(self.page, f"notebooks/{name}")
        try:
            yield notebook
        finally:
            notebook.close()


class Notebook:
    """A notebook that is open in `Lab`."""

    def __init__(self, page, name):
        self.page, self.name = page, name
        opened = page.evaluate_handle(OPEN, name)
        self.panel, self.kernel = (opened.get_property(part) for part in ("panel", "state"))
        self.node = page.locator(f'[id="{self.panel.evaluate("panel => panel.id")}"]')

    def cells(self):
        """The cells as a saved notebook would hold them: list of dict."""
        return self.panel.evaluate("panel => panel.content.model.sharedModel.toJSON().cells")

    def cell(self, index):
        """The locator of a cell, from 0, which is brought into view."""
        self.panel.evaluate("(panel, index) => panel.content.scrollToItem(index)", index)
        return self.cell_in_place(index)

    def cell_in_place(self, index):
        """The locator of a cell, from 0, wherever it is."""
        return self.node.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')

    def run(self):
        """Run all cells and wait until the last has ended; whether none failed."""
        return self._command("run-all-cells")

    def run_cell(self, *indices):
        """Run cells, from 0, in this order; whether none failed."""
        for index in indices:
            self.panel.evaluate("(panel, i) => { panel.content.activeCellIndex = i }", index)
            if not self._command("run-cell"):
                return False
        return True

    def _command(self, name):
        self.kernel.evaluate(
            """(state, command) => {
                state.ran = null;
                jupyterapp.commands.execute(command).then(good => { state.ran = good ?? true });
            }""",
            f"notebook:{name}",
        )
        self.page.wait_for_function(
            "state => state.ran !== null", arg=self.kernel, timeout=1000 * LONGEST
        )
        return self.kernel.evaluate("state => state.ran")

    def settle(self):
        """Wait until the kernel has answered everything and the page has drawn the answers."""
        self.kernel.evaluate("state => { state.calm = 0 }")
        self.page.wait_for_function(  # which looks once a frame
            "state => (state.calm = state.asked.size ? 0 : state.calm + 1) > 2", arg=self.kernel
        )

    def errors(self):
        """What the kernel has written to stderr or raised since it was last asked this."""
        return self.kernel.evaluate("state => state.errors.splice(0)")

    def ask(self, expression):
        """The value of a Python expression in the kernel, as it prints there."""
        return self.panel.evaluate(
            """async (panel, code) => {
                const asked = panel.sessionContext.session.kernel.requestExecute(
                    {code: '', store_history: false, user_expressions: {answer: code}});
                const {answer} = (await asked.done).content.user_expressions;
                return answer.status === 'ok' ? answer.data['text/plain'] : answer.evalue;
            }""",
            expression,
        )

    def insert(self, index, source):
        """Put a new code cell before a cell, from 0."""
        self.panel.evaluate(
            """(panel, [index, source]) => {
                panel.content.model.sharedModel.insertCell(index, {cell_type: 'code', source});
            }""",
            [index, source],
        )

    def remove(self, index):
        """Take a cell out, from 0."""
        self.panel.evaluate(
            "(panel, index) => panel.content.model.sharedModel.deleteCell(index)", index
        )

    def close(self):
        """Close the notebook and end its kernel."""
        # First the views: one whose kernel has gone cannot tell it, and complains.
        self.panel.evaluate(
            "panel => panel.content.widgets.forEach(cell => cell.model.clearExecution?.())"
        )
        self.settle()
        self.panel.evaluate(
            """async panel => {
                const {id} = panel.sessionContext.session;
                panel.dispose();
                await jupyterapp.serviceManager.sessions.shutdown(id);
            }"""
        )
        self.panel.dispose()  # or the page keeps the notebook in memory
        self.kernel.dispose()

"""JupyterLab on the course's folder, with pictures that follow the hand at once."""

import json
import tempfile
from itertools import chain
from pathlib import Path

import nbformat
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab.labapp import LabApp

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS
from udl.publish.notebooks import WIDGET, normalise

DEFAULTS = {
    "overrides.json": {  # nothing is asked of the network, nor the reader whether to
        "@jupyterlab/apputils-extension:notification": {
            "checkForUpdates": False,
            "fetchNews": "false",
        },
        # a page of docs as it reads, its answers folded; below 4.6.6 a link opens its source
        "@jupyterlab/docmanager-extension:plugin": {
            "defaultViewers": {"markdown": "Markdown Preview"}
        },
    },
    # nor does Node look, at every page, whether JupyterLab should be built anew: half a second
    "page_config.json": {"buildCheck": False},
}


class Prompt(ZMQChannelsWebsocketConnection):
    """The connection of a page to its kernel that sends every message when it has it.

    A change of a slider is answered by two short messages and then the picture. The server would
    hold each back until the browser has acknowledged the one before, and a browser with nothing to
    say of its own acknowledges after 40 milliseconds (Nagle's algorithm against delayed
    acknowledgements): four times what drawing the picture takes.
    """

    def connect(self):
        """Begin to pass messages on."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()


def keep_what_a_reader_wrote(model, path, contents_manager):
    """Save of a notebook of the course what its reader changed, and nothing else.

    JupyterLab would also store its own version, widgets that show nothing once their kernel has
    ended, and the same pictures in other bytes. It calls this before it writes a file. Another
    notebook, such as a copy of one of these, loses such widgets alone as have a picture beside.
    """
    if model["type"] != "notebook":
        return
    if Path(path).name not in NOTEBOOKS.values():
        outputs = chain(*(cell.get("outputs", ()) for cell in model["content"].get("cells", ())))
        for data in (output.get("data", {}) for output in outputs):
            if "image/png" in data:
                data.pop(WIDGET, None)
        return
    notebook = nbformat.from_dict(model["content"])
    file = Path(contents_manager.root_dir, path.strip("/"))
    before = nbformat.read(file, as_version=4).cells if file.is_file() else ()
    outputs = {cell.id: cell.get("outputs", []) for cell in before}
    trusted = [cell.metadata.get("trusted", False) for cell in notebook.cells]
    normalise(notebook, [outputs.get(cell.get("id"), []) for cell in notebook.cells])
    for cell, trust in zip(notebook.cells, trusted, strict=True):
        if trust:  # which is not written either; without it the outputs would not be shown again
            cell.metadata["trusted"] = trust
    model["content"] = notebook


def start(options=(), folder=".", lang=LANGUAGES[0]):
    """Open the course in JupyterLab, its first notebook in front. Returns when JupyterLab is ended.

    Parameters
    ----------
    options : sequence of str
        What JupyterLab is to be told beside, such as ``--no-browser``.
    folder : path
        What it shows: the project's folder, or another with notebooks. Links lead no farther.
    lang : str
        The language of the notebook in front.
    """
    with tempfile.TemporaryDirectory() as private:
        LabApp.launch_instance([*arguments(folder, "3.7.1", private, lang), *options])


def arguments(folder, section, private, lang=LANGUAGES[0]):
    """What JupyterLab is told on its command line.

    Parameters
    ----------
    folder : path
        As for `start`.
    section : str
        Whose notebook is in front, if the folder has it where the course does, or by itself.
    private : path
        A folder for what is open and where, in place of what another JupyterLab had open.
    lang : str
        The notebook's language.

    Returns
    -------
    list of str
    """
    defaults = Path(private) / "defaults"  # the reader's own settings go first
    defaults.mkdir(exist_ok=True)
    for file, values in DEFAULTS.items():
        (defaults / file).write_text(json.dumps(values), encoding="utf-8")
    root, name = Path(folder).resolve(), NOTEBOOKS[section]
    places = (path for path in (f"{FOLDERS[lang]}/{name}", name) if (root / path).is_file())
    return [
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.kernel_websocket_connection_class={__name__}.{Prompt.__name__}",
        f"--ContentsManager.pre_save_hook={__name__}.{keep_what_a_reader_wrote.__name__}",
        f"--LabApp.workspaces_dir={private}/workspaces",
        f"--LabApp.app_settings_dir={defaults}",
        "--LabApp.news_url=None",
        *(f"--LabApp.default_url=/lab/tree/{path}" for path in [*places][:1]),
    ]

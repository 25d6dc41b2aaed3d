"""A notebook in JupyterLab, ready to present: at its first slide, in large type, explorers live.

The slides are jupyterlab-slideshow's. The extension in ``labextension`` starts them, runs the
imports and the explorers, and sets the type. Every other cell shows its stored output until it is
run.
"""

import json
import tempfile
from pathlib import Path

from jupyterlab.labapp import LabApp

from udl.chapter import LANGUAGES
from udl.lecture import lab

EXTENSIONS = Path(__file__).with_name("labextension")
SETTINGS = {
    # what is run in a lecture is not written into the notebook
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
    # the slides would switch this while the notebook is being drawn, which JupyterLab complains of
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    # nothing pops up over a slide, and nothing is asked of the network
    "@jupyterlab/apputils-extension/notification": {
        "checkForUpdates": False,
        "doNotDisturbMode": True,
        "fetchNews": "false",
    },
}


def present(number, options=(), folder=".", lang=LANGUAGES[0]):
    """Open a notebook in JupyterLab as slides. Returns when JupyterLab is ended.

    Parameters
    ----------
    number : int
        The section's last number, 1 to 7.
    options : sequence of str
        What JupyterLab is to be told beside, such as ``--no-browser``.
    folder : path
        What JupyterLab shows: the project's folder.
    lang : str
        The notebook's language.
    """
    with tempfile.TemporaryDirectory() as private:
        LabApp.launch_instance([*arguments(number, folder, Path(private), lang), *options])


def arguments(number, folder, private, lang=LANGUAGES[0]):
    """What JupyterLab is told on its command line.

    Parameters
    ----------
    number, folder, lang
        As for `present`.
    private : Path
        Takes the place of the user's settings: the slides change them.

    Returns
    -------
    list of str
    """
    for plugin, values in SETTINGS.items():
        path = private / "settings" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    return [
        *lab.arguments(folder, f"3.7.{number}", private, lang),
        f"--LabApp.user_settings_dir={private / 'settings'}",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
    ]

"""JupyterLab on the course's folder, with pictures that follow the hand at once."""

from pathlib import Path

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyterlab.labapp import LabApp


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


def start(options=(), folder="notebooks"):
    """Open the course in JupyterLab. Returns when JupyterLab is ended.

    Parameters
    ----------
    options : sequence of str
        What JupyterLab is to be told beside, such as ``--no-browser``.
    folder : path
        Where the notebooks are.
    """
    LabApp.launch_instance([*arguments(folder), *options])


def arguments(folder):
    """What JupyterLab is told on its command line: list of str."""
    return [
        f"--ServerApp.root_dir={Path(folder).resolve()}",
        f"--ServerApp.kernel_websocket_connection_class={__name__}.{Prompt.__name__}",
    ]

"""How a page of JupyterLab hears its kernel: at once.

A change of a slider is answered by two short messages and then the picture. Without this, the
server holds each message back until the browser has acknowledged the one before, and a browser
with nothing to say of its own acknowledges after 40 milliseconds (Nagle's algorithm against
delayed acknowledgements), four times what drawing the picture takes.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class Prompt(ZMQChannelsWebsocketConnection):
    """The connection of a kernel that sends every message when it has it.

    JupyterLab is told of it by ``--ServerApp.kernel_websocket_connection_class``.
    """

    def connect(self):
        """Begin to pass messages on."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

"""The browser tests run over `Prompt`; here, what it tells the socket before it begins."""

from unittest.mock import create_autospec

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from udl.connection import Prompt


def test_no_message_waits_for_the_one_before(monkeypatch):
    socket = create_autospec(KernelWebsocketHandler, instance=True)
    begun = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "__init__", lambda self: None)
    monkeypatch.setattr(
        ZMQChannelsWebsocketConnection, "connect", lambda self: begun.append(socket.method_calls)
    )
    connection = Prompt()
    connection.websocket_handler = socket
    connection.connect()
    assert begun == [socket.method_calls]
    socket.set_nodelay.assert_called_once_with(True)

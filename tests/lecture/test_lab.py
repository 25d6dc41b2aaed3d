"""How JupyterLab is started; the browser tests use it so."""

from unittest.mock import create_autospec

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from udl.__main__ import main
from udl.lecture import lab


def test_no_message_waits_for_the_one_before(monkeypatch):
    page = create_autospec(KernelWebsocketHandler, instance=True)
    done = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "__init__", lambda self: None)
    monkeypatch.setattr(
        ZMQChannelsWebsocketConnection, "connect", lambda self: done.extend(page.method_calls)
    )
    connection = lab.Prompt()
    connection.websocket_handler = page
    connection.connect()
    page.set_nodelay.assert_called_once_with(True)
    assert done == page.method_calls  # before it began


def test_the_command_passes_on_the_folder_and_what_follows_the_dashes(monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(lab.LabApp, "launch_instance", told.append)
    main(["lab", f"--folder={tmp_path}", "--", "--no-browser", "--port=9000"])
    ((root, connection, *options),) = told
    assert root == f"--ServerApp.root_dir={tmp_path}"
    assert connection.endswith("=udl.lecture.lab.Prompt")
    assert options == ["--no-browser", "--port=9000"]


def test_the_command_names_a_folder_that_is_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["lab", "--folder=nowhere"])
    assert capsys.readouterr().err == "udl: --folder nowhere: not a folder\n"

"""How JupyterLab is started; the browser tests use it so."""

import json
from pathlib import Path
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
    ((root, connection, *_, first, second),) = told
    assert root == f"--ServerApp.root_dir={tmp_path}"
    assert connection.endswith("=udl.lecture.lab.Prompt")
    assert [first, second] == ["--no-browser", "--port=9000"]


@pytest.mark.parametrize(
    ("files", "opened"),
    [
        (["notebooks/3.7.1-local-and-global-minima.ipynb"], ["notebooks/"]),
        (["3.7.1-local-and-global-minima.ipynb"], [""]),
        (["notebooks/mine.ipynb"], []),
        ([], []),
    ],
)
def test_the_first_notebook_is_opened_where_it_lies(tmp_path, files, opened):
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    told = [o for o in lab.arguments(tmp_path, "3.7.1", tmp_path) if "default_url" in o]
    name = "3.7.1-local-and-global-minima.ipynb"
    assert told == [f"--LabApp.default_url=/lab/tree/{folder}{name}" for folder in opened]


def test_nothing_is_asked_of_the_network_and_the_token_stays(tmp_path):
    told = lab.arguments(tmp_path, "3.7.1", tmp_path)
    app = lab.LabApp()
    app.parse_command_line([option for option in told if "LabApp" in option])
    assert app.news_url is None
    overrides = Path(app.app_settings_dir) / "overrides.json"
    (settings,) = json.loads(overrides.read_text(encoding="utf-8")).values()
    assert settings == {"checkForUpdates": False, "fetchNews": "false"}
    assert not any("token" in option or "ip=" in option for option in told)


def test_the_command_names_a_folder_that_is_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["lab", "--folder=nowhere"])
    assert capsys.readouterr().err == "udl: --folder nowhere: not a folder\n"

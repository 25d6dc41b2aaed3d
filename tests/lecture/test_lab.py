"""How JupyterLab is started; the browser tests use it so."""

import asyncio
import base64
import io
import json
import shutil
from pathlib import Path
from unittest.mock import create_autospec

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from jupyterlab_server.config import get_page_config
from nbformat.sign import MemorySignatureStore, NotebookNotary
from PIL import Image

from udl.__main__ import main
from udl.chapter import NOTEBOOKS
from udl.lecture import lab
from udl.publish.notebooks import WIDGET

ROOT = Path(__file__).parents[2]


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
    settings = json.loads(overrides.read_text(encoding="utf-8"))
    asked = settings["@jupyterlab/apputils-extension:notification"]
    assert asked == {"checkForUpdates": False, "fetchNews": "false"}
    assert get_page_config([], app.app_settings_dir)["buildCheck"] is False
    assert not any("token" in option or "ip=" in option for option in told)


def saved(tmp_path, change):
    """The bytes of 3.7.3 before and after JupyterLab's server saves it, once something changed."""
    name = NOTEBOOKS["3.7.3"]
    shutil.copy(ROOT / "notebooks" / name, tmp_path)
    before = (tmp_path / name).read_bytes()
    (hook,) = [o for o in lab.arguments(tmp_path, "3.7.3", tmp_path) if "pre_save_hook" in o]
    # not the reader's own record of notebooks that are trusted, a database that nobody would close
    notary = NotebookNotary(data_dir=str(tmp_path), store_factory=MemorySignatureStore)
    manager = AsyncLargeFileManager(
        root_dir=str(tmp_path), pre_save_hook=hook.partition("=")[2], notary=notary
    )

    async def save():
        model = await manager.get(name)
        change(model["content"])
        await manager.save(model, name)

    asyncio.run(save())
    return before, (tmp_path / name).read_bytes()


def as_jupyterlab_does(content):
    content["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    content["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 99
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026"}
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" in data:
                data[WIDGET] = {"model_id": "0", "version_major": 2}
                with Image.open(io.BytesIO(base64.b64decode(data["image/png"]))) as image:
                    image.save(again := io.BytesIO(), "PNG", compress_level=1)
                data["image/png"] = base64.b64encode(again.getvalue()).decode()


def test_running_and_saving_leaves_no_difference(tmp_path):
    before, after = saved(tmp_path, as_jupyterlab_does)
    assert after == before


def test_an_answer_is_saved_wherever_cells_have_moved(tmp_path):
    def answer(content):
        as_jupyterlab_does(content)
        content["cells"].insert(0, nbformat.v4.new_markdown_cell("나의 메모"))
        (cell,) = [c for c in content["cells"] if c["id"] == "s373-ex1-answer"]
        cell["source"] = cell["source"].replace("...", "3")

    before, after = saved(tmp_path, answer)
    before, after = (nbformat.reads(text.decode(), as_version=4).cells for text in (before, after))
    assert after[0].source == "나의 메모"
    pairs = zip(before, after[1:], strict=True)
    assert [a.id for a, b in pairs if a.source != b.source] == ["s373-ex1-answer"]
    assert [a.get("outputs") for a in before] == [b.get("outputs") for b in after[1:]]


def test_a_notebook_of_the_reader_s_own_shows_the_picture_when_it_is_opened_again():
    """Not a widget that nothing moves any more; all else is saved as it is."""

    def notebook(*explorer):
        slider = {"output_type": "display_data", "data": {WIDGET: {}, "text/plain": "slider"}}
        said = {"output_type": "stream", "name": "stdout", "text": "1"}
        shown = {"output_type": "display_data", "data": dict.fromkeys(explorer, "")}
        code = {"outputs": [slider, said, shown], "execution_count": 7}
        return {"metadata": {"mine": 1}, "cells": [{"cell_type": "markdown"}, code]}

    model = {"type": "notebook", "content": notebook(WIDGET, "image/png", "text/plain")}
    lab.keep_what_a_reader_wrote(model, "3.7.3-momentum-Copy1.ipynb", None)
    assert model["content"] == notebook("image/png", "text/plain")


def test_the_command_names_a_folder_that_is_not_there(capsys):
    with pytest.raises(SystemExit):
        main(["lab", "--folder=nowhere"])
    assert capsys.readouterr().err == "udl: --folder nowhere: not a folder\n"

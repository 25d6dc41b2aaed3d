"""How JupyterLab is started for a lecture; what it then shows, tests/browser tries."""

import json
from pathlib import Path

import pytest

from udl.__main__ import main
from udl.lecture import live

ROOT = Path(__file__).parents[2]


def test_the_notebook_is_opened_and_the_user_s_settings_are_not_touched(tmp_path):
    options = dict(
        option.removeprefix("--").split("=", 1) for option in live.arguments("3", ROOT, tmp_path)
    )
    assert options["LabApp.default_url"] == "/lab/tree/notebooks/3.7.3-momentum.ipynb"
    assert Path(options["ServerApp.root_dir"]) == ROOT
    for folder in ("user_settings_dir", "workspaces_dir"):
        assert Path(options[f"LabApp.{folder}"]).is_relative_to(tmp_path)
    assert not any("token" in option or option.endswith(".ip") for option in options)


def test_settings_are_written_where_jupyterlab_looks(tmp_path):
    live.arguments("1", ROOT, tmp_path)
    written = tmp_path / "settings/@jupyterlab/docmanager-extension/plugin.jupyterlab-settings"
    assert json.loads(written.read_text(encoding="utf-8")) == {"autosave": False}


def test_the_extension_is_what_its_package_says():
    (folder,) = (path for path in live.EXTENSIONS.iterdir() if path.is_dir())
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    script = folder / package["jupyterlab"]["_build"]["load"]
    assert package["name"] == folder.name
    assert f'["{package["name"]}"]' in script.read_text(encoding="utf-8")


def test_the_command_passes_on_what_follows_the_dashes(monkeypatch):
    started = []
    monkeypatch.setattr(live, "present", lambda *all, lang: started.append((*all, lang)))
    main(["lecture", "3", "--", "--no-browser", "--port=9000"])
    main(["lecture", "--lang", "en"])
    assert started == [("3", ["--no-browser", "--port=9000"], "ko"), ("1", [], "en")]


def test_the_command_has_nothing_to_present_in_another_folder(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["lecture", "3", "--lang", "en"])
    (line,) = capsys.readouterr().err.splitlines()
    name = Path("notebooks", "en", "3.7.3-momentum.ipynb")
    assert line == f"udl: {name}: needs the project's folder to work in"


@pytest.mark.parametrize("number", ["0", "8", "3.7.3"])
def test_the_command_knows_seven_sections(capsys, number):
    with pytest.raises(SystemExit):
        main(["lecture", number])
    assert f"number: invalid choice: '{number}'" in capsys.readouterr().err

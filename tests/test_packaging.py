"""The files around the package: that they agree with one another and name no machine."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import udl
from udl.show import source

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INSTALLED = ("lab", "test", "site", "slides")  # the extras that every target of make can count on
NEEDED = PROJECT["dependencies"] + [
    requirement for extra in INSTALLED for requirement in PROJECT["optional-dependencies"][extra]
]


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_environment_and_pyproject_ask_for_the_same():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert re.search(r"^name: udl$", text, re.MULTILINE)
    items = re.findall(r"^ +- ([\w.-]+>=[\d.]+)$", text, re.MULTILINE)
    assert sorted(items) == sorted([*NEEDED, f"python{PROJECT['requires-python']}"])
    assert "- -e ." in text


@pytest.mark.parametrize("name", ["Makefile", "README.md", "README.ko.md", "CONTRIBUTING.md"])
def test_whoever_installs_by_hand_gets_what_make_gets(name):
    found = re.findall(r"\[(lab,[\w,]+)\]", (ROOT / name).read_text(encoding="utf-8"))
    assert found
    assert {tuple(extras.split(",")) for extras in found} == {INSTALLED}


@pytest.mark.parametrize("requirement", NEEDED)
def test_bounds_are_open_upwards_and_constraints_pin_what_was_tested(requirement):
    name, low = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement).groups()
    pins = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    pinned = [int(n) for n in pins[name].split(".")]
    assert pinned >= [int(n) for n in low.split(".")]


def test_constraints_are_versions_and_nothing_else():
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line), line


def test_ci_runs_what_the_readme_says():
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
    for script in (".ci/run", ".github/workflows/test.yml"):
        assert "make test" in (ROOT / script).read_text(encoding="utf-8")


def test_readmes_link_to_what_is_there():
    for name in ("README.md", "README.ko.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"


def test_the_readme_s_first_numbers_are_true():
    for name in ("README.md", "README.ko.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        shown = re.findall(r"^(run\(.*)  # ([\d.]+),", text, re.MULTILINE)
        assert len(shown) == 2
        for line, value in shown:
            assert eval(line, vars(udl)) == pytest.approx(float(value), abs=5e-4)


def test_the_readme_shows_momentum_as_it_is(capsys):
    source(udl.momentum)
    assert capsys.readouterr().out.strip() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_versions_agree():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {PROJECT['version']}" in citation


def test_the_licences_are_said_wherever_a_reader_looks():
    holder = "the udl authors"
    assert PROJECT["license"] == "MIT AND CC-BY-4.0 AND OFL-1.1"
    assert [author["name"] for author in PROJECT["authors"]] == [holder]
    assert all((ROOT / name).is_file() for name in PROJECT["license-files"])
    said = {
        "LICENSE": ["MIT License", holder],
        "LICENSE-docs": ["Creative\nCommons Attribution 4.0 International Public License", holder],
        "README.md": ["(LICENSE)", "(LICENSE-docs)", "(udl/figures/fonts/OFL.txt)", holder],
        "README.ko.md": ["(LICENSE)", "(LICENSE-docs)", "(udl/figures/fonts/OFL.txt)", holder],
        "CITATION.cff": ["license: MIT ", "CC-BY-4.0", holder],
        "site/conf.py": ["creativecommons.org/licenses/by/4.0", "MIT", holder],
        "udl/lecture/labextension/udl-lecture/package.json": ['"license": "MIT"'],
    }
    for name, words in said.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("The udl", "the udl")
        assert [word for word in words if word not in text] == [], name


def test_nothing_names_a_machine():
    home = re.compile(r"(/home/|/root/|/Users/|C:\\\\Users)\w")
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data or path.suffix == ".svg" or path == Path(__file__):
            continue
        text = data.decode("utf-8")
        assert not home.search(text), path
        assert str(ROOT) not in text, path

"""The files around the package: that they agree with one another and name no machine."""

import re
import shutil
import subprocess
import tomllib
import warnings
from importlib.metadata import distributions
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

import udl
from udl.show import source

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DEV = re.fullmatch(r"udl\[([\w,]+)\]", *EXTRAS["dev"]).group(1).split(",")
READER = PROJECT["dependencies"] + EXTRAS["lab"]
NEEDED = PROJECT["dependencies"] + [each for extra in DEV for each in EXTRAS[extra]]
PINS = dict(
    line.split("==")
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
PYTHONS = [
    name.rpartition(" ")[2]
    for name in PROJECT["classifiers"]
    if re.match(r"Programming Language :: Python :: 3\.", name)
]


def plain(name):
    """A distribution's name as an index compares it: Sphinx is sphinx."""
    return re.sub(r"[-_.]+", "-", name).lower()


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def extras_in(text):
    """The extras that each command in a text installs: list of list of str."""
    return [listed.split(",") for listed in re.findall(r"\.\[([\w,]+)\]", text)]


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def test_environment_and_pyproject_ask_a_reader_for_the_same():
    text = text_of("environment.yml")
    assert re.search(r"^name: udl$", text, re.MULTILINE)
    items = re.findall(r"^ +- ([\w.-]+>=[\d.]+)", text, re.MULTILINE)
    conda = {"matplotlib": "matplotlib-base"}
    named = [re.sub(r"^[\w.-]+", lambda m: conda.get(m[0], m[0]), each) for each in READER]
    assert sorted(items) == sorted(named)
    assert "- -e .\n" in text
    assert re.search(r"^  - python=(\S+)", text, re.MULTILINE).group(1) in PYTHONS


@pytest.mark.parametrize("name", ["Makefile", "README.md", "README.ko.md", "CONTRIBUTING.md"])
def test_whoever_installs_by_hand_gets_what_make_gets(name):
    named = {each for listed in extras_in(text_of(name)) for each in listed}
    assert named - {"video", "bench", "cluster"} == (
        {"dev"} if name == "CONTRIBUTING.md" else {"lab", "dev"}
    )


def test_who_pins_anew_installs_every_extra_that_has_pins():
    """Or the pins of the others would be gone."""
    (recipe,) = re.findall(r"in a fresh environment[^`]*`([^`]+)`", text_of("CONTRIBUTING.md"))
    (named,) = extras_in(recipe)
    pins = {plain(name) for name in PINS}
    pinned = [
        extra
        for extra in set(EXTRAS) - {"dev"}
        if all(plain(re.match(r"[\w.-]+", each)[0]) in pins for each in EXTRAS[extra])
    ]
    assert set(named) - {"dev"} == set(pinned) - set(DEV)


@pytest.mark.parametrize("requirement", NEEDED)
def test_bounds_are_open_upwards_and_constraints_pin_what_was_tested(requirement):
    name, low = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement).groups()
    pinned = [int(n) for n in PINS[name].split(".")]
    assert pinned >= [int(n) for n in low.split(".")]


def test_every_pin_runs_on_every_python_that_is_supported():
    """soupsieve 4 needs 3.11.5, and Debian 12 has 3.11.2."""
    pins = {plain(name): version for name, version in PINS.items()}
    found = {plain(each.name): each for each in distributions()}
    installed = {name: each for name, each in found.items() if pins.get(name) == each.version}
    if not {plain(re.match(r"[\w.-]+", each)[0]) for each in NEEDED} <= set(installed):
        pytest.skip("not the versions of constraints.txt")
    assert [
        (name, python)
        for name, each in installed.items()
        for python in PYTHONS
        if f"{python}.0" not in SpecifierSet(each.metadata.get("Requires-Python", ""))
    ] == []


def test_the_supported_pythons_are_said_once_and_tested():
    first, last = PYTHONS[0], PYTHONS[-1]
    assert PROJECT["requires-python"] == f">={first}"
    matrix = re.search(r"python: \[(.*)\]", text_of(".github/workflows/test.yml")).group(1)
    assert re.findall(r"[\d.]+", matrix) == PYTHONS
    assert f"Python {first} to {last}" in text_of("README.md")
    assert f"파이썬 {first}~{last}" in text_of("README.ko.md")


def test_windows_runners_do_what_the_readmes_say():
    shown = [
        re.findall(r"^ {4}((?:py -m|\.venv\\).*?)(?: --lang en)?$", text_of(name), re.MULTILINE)
        for name in ("README.md", "README.ko.md")
    ]
    assert len(shown[0]) == 5
    assert shown[0] == shown[1]
    workflow = text_of(".github/workflows/test.yml").splitlines()
    run = [line.strip() for line in workflow]
    for line in shown[0]:
        assert line in run or line.endswith("udl lab"), line


def test_the_hooks_are_of_the_version_that_make_uses():
    hook = re.search(r"ruff-pre-commit\n +rev: v([\d.]+)", text_of(".pre-commit-config.yaml"))
    assert hook.group(1) == PINS["ruff"]


def test_the_hooks_have_nothing_to_mend():
    text = text_of(".pre-commit-config.yaml")
    left = dict(re.findall(r"id: ([\w-]+)\n +exclude: (\S+)", text))
    untidy = {"end-of-file-fixer": rb"(?<!\n)\Z|\n\n\Z", "trailing-whitespace": rb"(?m)[ \t]$"}
    for path in tracked():
        name, data = path.relative_to(ROOT).as_posix(), path.read_bytes()
        if data and b"\0" not in data:
            for hook, pattern in untidy.items():
                assert re.search(left[hook], name) or not re.search(pattern, data), (hook, name)


def test_jax_may_warn_of_a_fork_and_nobody_else():
    jax = "is incompatible with multithreaded code, and JAX is multithreaded, so this will"
    warnings.warn(f"os.fork() was called. os.fork() {jax}", RuntimeWarning, stacklevel=1)
    with pytest.raises(RuntimeWarning):
        warnings.warn("os.fork() was called", RuntimeWarning, stacklevel=1)


@pytest.fixture
def address():
    spec = spec_from_file_location("address", ROOT / ".github" / "address.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_release_has_no_link_that_an_index_cannot_follow(address, tmp_path):
    for name in ("README.md", "pyproject.toml"):
        (tmp_path / name).write_text(text_of(name), encoding="utf-8")
    at, tag = "https://github.com/someone/udl", f"v{PROJECT['version']}"
    address.main(at, tag, tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"(!?)\[[^\]]*\]\((?!#)([^)]+)\)", text)
    assert len(targets) > 20
    for picture, target in targets:
        assert target.startswith("https://"), target
        if target.startswith(at):
            assert target.startswith(f"{at}/{'raw' if picture else 'blob'}/{tag}/")
            assert (ROOT / target.split(f"/{tag}/")[1]).exists(), target
    released = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert released["urls"]["Documentation"] == "https://someone.github.io/udl/"
    assert released | {"urls": None} == PROJECT | {"urls": None}


def test_a_tag_of_another_version_is_not_released(address):
    version = PROJECT["version"]
    with pytest.raises(SystemExit, match=f"^tag v9: pyproject.toml has version {version}"):
        address.main("https://github.com/someone/udl", "v9", ROOT)


def test_constraints_are_versions_and_nothing_else():
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.]+", line), line


def test_no_pin_makes_every_start_of_jupyterlab_slow():
    # jsonschema asks for it from 4.25 on: two seconds to import, in every process with nbformat
    assert "rfc3987-syntax" not in PINS


def test_ci_runs_what_the_readme_says():
    assert "make test" in text_of("README.md")
    for script in (".ci/run", ".github/workflows/test.yml"):
        for target in ("make test", "make lowest", "make dist"):
            assert target in text_of(script)


def test_where_a_browser_is_tested_hangul_has_a_font():
    """A runner has a Chrome, whose boxes in place of letters do not fit on a slide."""
    jobs = re.split(r"^ {2}(?=\w+:$)", text_of(".github/workflows/test.yml"), flags=re.MULTILINE)
    testing = [job for job in jobs if re.search("make (test|lowest)", job)]
    assert len(testing) == 2
    assert [job for job in testing if "fonts-nanum" not in job] == []


@pytest.mark.skipif(not shutil.which("make"), reason="no make")
def test_a_folder_that_was_moved_is_installed_anew(tmp_path):
    """The environment knows where the package was: a notebook would find no udl."""
    first, second = tmp_path / "the reader's", tmp_path / "다른 곳"
    (first / ".venv").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, first)
    (first / ".venv" / "reader").write_text(f"{first.resolve()}\n", encoding="utf-8")

    def installs(folder):
        command = ["make", "--dry-run", "--no-print-directory", "lab"]
        told = subprocess.run(command, cwd=folder, capture_output=True, check=True)
        return b"install" in told.stdout

    assert not installs(first)
    first.rename(second)
    assert installs(second)


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
    citation = text_of("CITATION.cff")
    assert f"version: {PROJECT['version']}" in citation
    (year,) = re.findall(r"^date-released: (\d{4})-", citation, re.MULTILINE)
    for name, said in ("README.md", "version {}, {}."), ("README.ko.md", "버전 {}, {}."):
        assert said.format(PROJECT["version"], year) in text_of(name).replace("\n", " "), name


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

"""The package as a whole: what importing it brings, and what it offers."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import udl

ROOT = Path(__file__).parents[1]
PACKAGE = Path(udl.__file__).parent

# One way through: each room knows those before it, never those after.
WINGS = [
    {"steps", "losses", "descent", "averages", "schedules", "data", "network"},
    {"show", "chapter"},
    {"experiments"},
    {"claims"},
    {"figures"},
    {"exercises"},
    {"explore"},
    {"publish", "lecture"},
    {"__main__"},
]
DRAWING = {"figures", "explore", "publish", "lecture", "__main__"}


def every_module():
    """The names of all modules of the package, the package itself first."""
    found = [
        path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py"))
    ]
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in found)


def wing(module):
    """How far along the way a module stands: the place of its wing."""
    room = module.split(".")[1] if "." in module else ""
    return next((place for place, rooms in enumerate(WINGS) if room in rooms), -1)


def imports(module):
    """The modules of the package that a module imports, inside its functions too."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{a.name}" for a in node.names] + [node.module]
        else:
            names = []
        yield from (name for name in names if name in EVERY and name != module)


EVERY = every_module()
MODULES = [name for name in EVERY if not DRAWING & set(name.split("."))]
HEAVY = ["matplotlib", "ipywidgets", "IPython", "torch", "jax", "scipy", "PIL"]


def imported_by(*modules):
    """The top-level packages that are loaded after importing some modules in a fresh Python."""
    code = f"import sys, {', '.join(modules)}; print(*{{m.split('.')[0] for m in sys.modules}})"
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    return set(out.stdout.split())


@pytest.mark.parametrize("modules", [["udl"], MODULES], ids=["udl", "core"])
def test_import_brings_numpy_and_nothing_heavier(modules):
    loaded = imported_by(*modules)
    assert "numpy" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert loaded - imported_by("numpy") <= {"udl"} | set(sys.stdlib_module_names)


@pytest.mark.parametrize("module", EVERY)
def test_no_import_runs_back_up(module):
    assert module == "udl" or wing(module) >= 0, "a room that the order does not name"
    for name in imports(module):
        assert name == "udl" or wing(name) <= wing(module) or module == "udl", name


def test_no_import_goes_in_a_circle():
    known = {module: set(imports(module)) - {"udl"} for module in EVERY}
    while leaves := {module for module, needs in known.items() if not needs & known.keys()}:
        known = {module: needs for module, needs in known.items() if module not in leaves}
    assert not known


def test_a_newcomer_sees_at_most_twenty_rooms():
    folders = [path.parent for path in PACKAGE.glob("*/__init__.py")]
    assert len([*PACKAGE.glob("*.py"), *folders]) <= 20


def test_the_readme_s_map_names_every_file():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`udl/[^|]*) \| (.*) \|$", text, re.MULTILINE)
    (listed,) = re.findall(r"have a file for each section: ([\w,\s]+)\.", text)
    missing = []
    for path in PACKAGE.rglob("*.py"):
        if path.name == "__init__.py" or path.stem in re.split(r",\s", listed):
            continue
        room, *inside = path.relative_to(PACKAGE).parts
        place = f"`udl/{room}/`" if inside else f"`udl/{room}`"
        (said,) = [said for places, said in rows if place in places]
        if inside and f"`{path.stem}`" not in said:
            missing.append(f"{room}/{path.stem}")
    assert missing == []


@pytest.mark.parametrize("module", EVERY[1:])
def test_a_module_is_found_under_its_own_name(module):
    """Nothing of the same name hides it, so that ``import udl.a.b as m`` gives a module."""
    if module.endswith("__main__"):
        return
    parent, _, name = module.rpartition(".")
    importlib.import_module(module)
    assert inspect.ismodule(getattr(importlib.import_module(parent), name))


@pytest.mark.parametrize("name", udl.__all__)
def test_public_name_exists(name):
    assert hasattr(udl, name)


def test_all_is_everything_without_underscore():
    offered = {
        name
        for name, value in vars(udl).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert offered == set(udl.__all__)
    assert len(udl.__all__) == len(set(udl.__all__))


def documented():
    """Every public function and class of the core, with the methods it defines."""
    tables = {"claims", "exercises"}  # what they enter is described where it is entered
    modules = [name for name in MODULES if not tables & set(name.split("."))]
    for module in map(importlib.import_module, modules):
        yield module.__name__, module
        for name, value in vars(module).items():
            if name.startswith("_") or getattr(value, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(value) or inspect.isclass(value):
                yield f"{module.__name__}.{name}", value
            for part, method in vars(value).items() if inspect.isclass(value) else ():
                if not part.startswith("_") and (
                    inspect.isfunction(method) or isinstance(method, property)
                ):
                    yield f"{module.__name__}.{name}.{part}", method


@pytest.mark.parametrize(("name", "thing"), [pytest.param(*two, id=two[0]) for two in documented()])
def test_public_name_has_a_docstring(name, thing):
    text = thing.__doc__ or ""
    assert text.strip()
    assert not text.startswith(f"{name.rpartition('.')[2]}(")  # which a dataclass writes itself
    assert text.strip().splitlines()[0].rstrip().endswith((".", ",")), text


@pytest.mark.parametrize("name", [n for n in udl.__all__ if n.islower()])
def test_docstring_is_whole(name):
    """Parameters, what comes out, and an example that runs as a doctest."""
    text = getattr(udl, name).__doc__
    assert "Parameters\n" in text
    assert "Returns\n" in text or "Yields\n" in text or name == "language"
    assert ">>> " in text
    arguments = [a for a in inspect.signature(getattr(udl, name)).parameters]
    assert all(argument in text for argument in arguments)


TEXT = {"read_text", "write_text"}
MAYBE_TEXT = {"open", "fdopen", "NamedTemporaryFile", "TemporaryFile", "TextIOWrapper"}
MODE = re.compile(r"[rwax][+t]*")


def unnamed(source):
    """The calls that leave it to the machine how text is read or written: list of str."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        given = [getattr(value, "value", None) for value in (*call.args, *named.values())]
        modes = [value for value in given if isinstance(value, str) and MODE.fullmatch(value)]
        bare = isinstance(call.func, ast.Name) and not any("b" in str(v) for v in given)
        text = name in TEXT or (name in MAYBE_TEXT and (modes or bare)) or "text" in named
        if text and "encoding" not in named and "utf-8" not in given:
            found.append(ast.unparse(call))
    return found


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("path.read_text()", 1),
        ("path.read_text('utf-8')", 0),
        ("path.write_text(text, encoding='utf-8')", 0),
        ("open(path)", 1),
        ("open(path, 'w')", 1),
        ("open(path, 'rb')", 0),
        ("path.open('w')", 1),
        ("os.fdopen(handle, 'wb')", 0),
        ("lab.open(name)", 0),
        ("subprocess.run(command, text=True)", 1),
    ],
)
def test_what_names_no_encoding_is_found(source, count):
    assert len(unnamed(source)) == count


@pytest.mark.parametrize("folder", ["udl", "tests", "benchmarks", "site"])
def test_text_is_read_and_written_in_utf_8_by_name(folder):
    # Korean Windows takes cp949 where nothing is said; ruff's rule sees a part of the calls
    paths = list((ROOT / folder).rglob("*.py"))
    assert paths
    for path in paths:
        assert unnamed(path.read_text(encoding="utf-8")) == [], path


def records():
    """Every dataclass of the package that holds arrays, as its docstring or its fields say."""
    found = {}
    for module in pkgutil.walk_packages(udl.__path__, "udl."):
        if module.name != "udl.__main__":
            for name, made in vars(importlib.import_module(module.name)).items():
                if dataclasses.is_dataclass(made) and isinstance(made, type):
                    found[made.__module__, name] = made
    held = {np.ndarray}
    for _ in range(3):  # records within records
        held |= {
            made
            for made in found.values()
            if held & {field.type for field in dataclasses.fields(made)}
            or re.search(r"^ +\w+ : .*\barrays?\b", made.__doc__, re.M)
        }
    return {f"{module}.{name}": made for (module, name), made in found.items() if made in held}


def test_records_that_hold_arrays_compare_and_hash():
    """Field by field a comparison would raise: which element of an array decides?"""
    assert {"udl.descent.Descent", "udl.experiments.maps.Survey"} <= set(records())
    for name, made in records().items():
        assert made.__eq__ is object.__eq__, name
        assert made.__hash__ is object.__hash__, name

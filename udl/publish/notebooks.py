"""Run a notebook and store it so that the same code leaves the same bytes; begin a translation."""

import asyncio
import base64
import re
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from udl.chapter import FOLDERS, LANGUAGES, NOTEBOOKS, speaking
from udl.publish.compare import same
from udl.publish.whole import write_whole

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
WIDGET = "application/vnd.jupyter.widget-view+json"
KEPT = ("tags", "slideshow", "jupyter")  # what an author may say of a cell


def rerun(path):
    """Run a notebook from top to bottom in its folder and store its outputs.

    Parameters
    ----------
    path : path
        An ``.ipynb`` file.

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails that is not tagged ``raises-exception``. The file stays as it was.
    nbclient.exceptions.DeadKernelError
        If the kernel ends before the notebook does.
    ValueError
        If the file is no notebook.
    """
    path = Path(path)
    before = path.read_text(encoding="utf-8")
    try:
        notebook = nbformat.reads(before, as_version=4)
        nbformat.validate(notebook)
    except (nbformat.ValidationError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error  # JSON, but of something else
    old = [list(cell.get("outputs", [])) for cell in notebook.cells]
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=40"],  # errors; not that localhost is not encrypted
        shutdown_kernel="immediate",  # one that is asked to end in the midst of a cell complains
    )
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(_executed(client))
    normalise(notebook, old)
    after = nbformat.writes(notebook) + "\n"
    if after == before:
        return False
    write_whole(path, after.encode())
    return True


async def _executed(client):
    try:
        await client.async_execute()
    except DeadKernelError:  # or so nbclient calls a Ctrl-C
        if asyncio.current_task().cancelling():
            raise asyncio.CancelledError from None
        raise


class Loop(asyncio.SelectorEventLoop):
    """Has a Ctrl-C end what it runs, the kernel too; what nbclient does at one is a traceback."""

    def add_signal_handler(self, *arguments):
        raise RuntimeError("nbclient is told that there are no signals")


def normalise(notebook, old=()):
    """Take out of a notebook what differs from run to run and from machine to machine.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.
    old : sequence of list
        Each cell's outputs before the run: a picture that is the `same` keeps its bytes,
        which depend on the machine's zlib, and pixels that another processor rounds otherwise.
    """
    notebook.metadata = nbformat.from_dict(METADATA)
    count = 0
    for index, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in KEPT})
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.outputs = _joined(cell.outputs)
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            output.get("data", {}).pop(WIDGET, None)  # without its kernel it would show nothing
        for output, previous in zip(cell.outputs, old[index] if old else (), strict=False):
            _keep_bytes(output, previous)


def begin(section, lang):
    """Write a notebook to be translated: the first language's cells, with nothing run.

    Its first code sets the language, and its links lead from its folder, to pages in the language
    where there are some. Every word in it is still to be put into the language.

    Parameters
    ----------
    section : str
        Such as ``"3.7.3"``.
    lang : str
        One of `LANGUAGES`, but not the first.

    Returns
    -------
    Path
        Of the new file.

    Raises
    ------
    ValueError
        If there is no such section, no such language, or nothing to translate.
    FileExistsError
        If the translation was begun before.
    """
    if section not in NOTEBOOKS:
        raise ValueError(f"section must be one of {', '.join(NOTEBOOKS)}, not {section!r}")
    if speaking(lang) == LANGUAGES[0]:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES[1:])}, not {lang!r}")
    original, path = (Path(FOLDERS[each]) / NOTEBOOKS[section] for each in (LANGUAGES[0], lang))
    notebook = nbformat.read(original, as_version=4)
    for cell in notebook.cells:
        cell.source = re.sub(r"\]\((\.\./[^)]+)", lambda m: f"]({_link(m[1], lang)}", cell.source)
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source = re.sub(r"^from udl", r"import udl\n\g<0>", first.source, count=1, flags=re.M)
    first.source += f'\n\nudl.language("{lang}")'
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(nbformat.writes(notebook) + "\n")
    return path


def _link(link, lang):
    """A link out of the folder of the notebooks, as it is in that of a language."""
    name, mark, place = link.partition("#")
    page = Path(FOLDERS[LANGUAGES[0]]) / name
    for ending in (f".{lang}.md", ".md"):  # a page of one language for all has none in its name
        other = page.with_name(page.name.replace(f".{LANGUAGES[0]}.md", ending))
        if other != page and other.exists():
            if place:
                place = _anchors(other)[_anchors(page).index(place)]
            name = name.replace(page.name, other.name)
            break
    return f"../{name}{mark}{place}"


def _anchors(page):
    """The addresses of a page's headings, in order, as a code host makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def _joined(outputs):
    """Outputs with the pieces of one stream put together: how it is cut is chance."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output.output_type == "stream" == last.get("output_type") and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def _keep_bytes(output, previous):
    new, old = (o.get("data", {}).get("image/png") for o in (output, previous))
    if new and old and same(base64.b64decode(new), base64.b64decode(old)):
        output.data["image/png"] = old

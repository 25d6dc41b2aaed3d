"""Run a notebook and store it so that the same code always leaves the same bytes."""

import base64
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from udl.publish.compare import same

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
    """
    path = Path(path)
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    old = [list(cell.get("outputs", [])) for cell in notebook.cells]
    NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=40"],  # errors; not that localhost is not encrypted
    ).execute()
    normalise(notebook, old)
    after = nbformat.writes(notebook) + "\n"
    if after == before:
        return False
    path.write_text(after, encoding="utf-8")
    return True


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

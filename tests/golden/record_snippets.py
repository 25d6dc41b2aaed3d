"""Run the PyTorch lines of the notebooks and record what each does, in udl/recorded.json.

    python tests/golden/record_snippets.py

needs torch. A line that fails is recorded with the last line of its traceback, one that runs
with null, and beside them stand the versions of torch and Python that said so.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "udl" / "recorded.json"

SETTING = "import torch; model = torch.nn.Linear(2, 1)"


def outcome(line):
    """The last line of the traceback, as a reader would see it, or None if the line runs."""
    run = subprocess.run([sys.executable, "-c", f"{SETTING}\n{line}"], stderr=subprocess.PIPE)
    return run.stderr.decode().strip().splitlines()[-1] if run.returncode else None


def versions():
    """Torch's version and Python's, whose suggestions are part of some messages."""
    import torch

    python = ".".join(map(str, sys.version_info[:2]))
    return {"torch": torch.__version__.partition("+")[0], "python": python}


def lines():
    """The PyTorch lines of the notebooks, last those whose error a notebook prints."""
    sys.path.insert(0, str(HERE.parent / "publish"))
    from test_notebooks import NOTEBOOKS, recorded_lines, snippets

    shown = [line for section in NOTEBOOKS for line, _ in snippets(section)]
    return shown + [line for section in NOTEBOOKS for line in recorded_lines(section)]


if __name__ == "__main__":
    record = versions() | {"lines": {line: outcome(line) for line in lines()}}
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    FILE.write_text(text, encoding="utf-8")

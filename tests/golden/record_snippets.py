"""Run the PyTorch lines of the notebooks and record what each does, in snippets.json.

    python tests/golden/record_snippets.py

needs torch. A line that fails is recorded with the last line of its traceback, one that runs
with null, and beside them stands the version of torch that said so.
"""

import json
import subprocess
import sys
from pathlib import Path

import torch

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))


SETTING = "import torch; model = torch.nn.Linear(2, 1)"


def outcome(line):
    """The last line of the traceback, as a reader would see it, or None if the line runs."""
    run = subprocess.run([sys.executable, "-c", f"{SETTING}\n{line}"], stderr=subprocess.PIPE)
    return run.stderr.decode().strip().splitlines()[-1] if run.returncode else None


if __name__ == "__main__":
    from test_notebooks import NOTEBOOKS, snippets

    lines = {line: outcome(line) for section in NOTEBOOKS for line, _ in snippets(section)}
    record = {"torch": torch.__version__, "lines": lines}
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    (HERE / "snippets.json").write_text(text, encoding="utf-8")

"""Files that appear whole or not at all, whether the disk is full or the process is killed."""

import os
import shutil
import tempfile
from pathlib import Path


def write_whole(path, data):
    """Write a file, or leave it as it was.

    Parameters
    ----------
    path : path
        What is there keeps its mode; a link stays, and what it leads to is written.
    data : bytes
    """
    path = Path(path).resolve()
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if path.exists():
            shutil.copymode(path, part)
        else:
            os.chmod(part, 0o644)  # mkstemp's files are for their owner alone
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise

"""Settings of the whole suite."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for golden.record_torch
collect_ignore_glob = ["golden/*"]  # data and the scripts that record it

# The same examples every time, on a fast machine and on a slow one.
settings.register_profile("udl", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("udl")

# What this run computes, its other processes find there: see udl.experiments.store. One that is
# started by another has the folder from it.
if "UDL_CACHE" not in os.environ:
    os.environ["UDL_CACHE"] = tempfile.mkdtemp(prefix="udl-")
    atexit.register(shutil.rmtree, os.environ["UDL_CACHE"], ignore_errors=True)

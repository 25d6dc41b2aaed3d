"""Settings of the whole suite."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for golden.record_torch
collect_ignore_glob = ["golden/*"]  # data and the scripts that record it

# The same examples every time, on a fast machine and on a slow one.
settings.register_profile("udl", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("udl")

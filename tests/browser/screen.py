"""The screens that a lecture is shown on, and where pictures of them are kept."""

import os
from pathlib import Path

SCREENS = (1280, 720), (1920, 1080)


def shot(page, name):
    """Leave a picture to be looked at in the folder that UDL_SCREENSHOTS names, if it does."""
    if folder := os.environ.get("UDL_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")

"""The screens that a lecture is shown on, and where pictures of them are kept."""

from browser.lab import ROOT

SCREENS = (1280, 720), (1920, 1080)


def shots(name):
    """Where a picture of this name goes, to be looked at."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name

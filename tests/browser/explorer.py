"""The hand and the eye of a reader at an explorer: hold a slider, press, click, look."""

import hashlib
from contextlib import contextmanager

MOVE = 6  # pixels from one event of the mouse to the next


class Explorer:
    """What the explorer in a cell shows.

    Parameters
    ----------
    notebook : browser.lab.Notebook
    index : int
        Its cell, which has been run.
    """

    def __init__(self, notebook, index):
        self.notebook = notebook
        self.box = notebook.cell(index).locator(".udl-explorer")
        self.image = self.box.locator("img")
        self.sentence = self.box.locator(".udl-status")
        self.image.scroll_into_view_if_needed()
        notebook.settle()

    @contextmanager
    def held(self, label):
        """Hold the handle of the slider with this label, and let it go at the end.

        Gives the function that moves the hand to a share of the slider's way, in small moves.
        """
        mouse, slider = self.notebook.page.mouse, self._slider(label)
        track = slider.locator(".noUi-base").bounding_box()
        handle = slider.locator(".noUi-handle").bounding_box()
        at, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2

        def move(share):
            nonlocal at
            to = track["x"] + share * track["width"]
            mouse.move(to, y, steps=max(1, round(abs(to - at) / MOVE)))
            at = to

        mouse.move(at, y)
        mouse.down()
        yield move
        mouse.up()

    def key(self, label, key):
        """Press a key, such as ``"ArrowLeft"``, on the slider with this label."""
        self._slider(label).locator(".noUi-handle").press(key)

    def press(self, name):
        """Press the button with this name."""
        self.box.get_by_role("button", name=name, exact=True).click()

    def play_or_pause(self):
        """Press the button that plays and, while it plays, pauses."""
        self.box.locator("button:has(.fa-play), button:has(.fa-pause)").click()

    def click(self, across, down):
        """Click on the picture, at shares of its width and of its height."""
        box = self.image.bounding_box()
        self.image.click(position={"x": across * box["width"], "y": down * box["height"]})

    def wait_for_another(self, status):
        """Wait until the sentence is no longer this one; the new one."""
        line = self.sentence.element_handle()
        self.notebook.page.wait_for_function(
            "([line, old]) => line.innerText !== old", arg=[line, status]
        )
        return self.sentence.inner_text()

    def status(self):
        """The sentence under the picture, when the kernel has nothing more to say."""
        self.notebook.settle()
        return self.sentence.inner_text()

    def picture(self):
        """A fingerprint of the picture's bytes, when the kernel has nothing more to say."""
        self.notebook.settle()
        return hashlib.sha256(png(self.image)).hexdigest()[:12]

    def _slider(self, label):
        named = self.notebook.page.get_by_text(label, exact=True)
        return self.box.locator(".widget-slider").filter(has=named)


def png(image):
    """The bytes behind an ``img``."""
    values = image.evaluate(
        """async img => {
            const answer = await fetch(img.src);
            return Array.from(new Uint8Array(await answer.arrayBuffer()));
        }"""
    )
    return bytes(values)

"""The hand and the eye of a reader at an explorer: hold a slider, press, click, look."""

import hashlib
from contextlib import contextmanager


class Explorer:
    """What the explorer in a cell shows.

    Parameters
    ----------
    notebook : browser.lab.Notebook
    index : int
        Its cell, which has been run.
    move : int
        Pixels from one event of the mouse to the next: a hand is slow or quick.
    """

    def __init__(self, notebook, index, move=6):
        self.notebook, self._move = notebook, move
        self.box = notebook.cell(index).locator(".udl-explorer")
        self.image = self.box.locator(".udl-picture")
        self.sentence = self.box.locator(".udl-status")
        self.image.scroll_into_view_if_needed()
        notebook.settle()

    @contextmanager
    def held(self, label):
        """Hold the handle of the slider with this label, and let it go at the end.

        Gives the function that moves the hand to a share of the slider's way, in small moves.
        """
        slider = self.slider(label)
        track = slider.locator(".noUi-base").bounding_box()
        handle = slider.locator(".noUi-handle").bounding_box()
        at = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        with self._pressed(at) as move:
            yield lambda share: move(track["x"] + share * track["width"], at[1])

    @contextmanager
    def touched(self, across, down):
        """Press on the picture at shares of its width and height, and let go at the end.

        Gives the function that moves the hand to other shares.
        """
        box = self.image.bounding_box()

        def place(across, down):
            return box["x"] + across * box["width"], box["y"] + down * box["height"]

        with self._pressed(place(across, down)) as move:
            yield lambda across, down: move(*place(across, down))

    @contextmanager
    def _pressed(self, at):
        mouse = self.notebook.page.mouse
        mouse.move(*at)
        mouse.down()

        def move(x, y):
            nonlocal at
            far = max(abs(x - at[0]), abs(y - at[1]))
            mouse.move(x, y, steps=max(1, round(far / self._move)))
            at = x, y

        yield move
        mouse.up()

    def key(self, label, key):
        """Press a key, such as ``"ArrowLeft"``, on the slider with this label."""
        self.slider(label).locator(".noUi-handle").press(key)

    def press(self, name):
        """Press the button with this name."""
        self.box.get_by_role("button", name=name, exact=True).click()

    def wait_for_another(self, status):
        """Wait until the sentence is no longer this one; the new one."""
        line = self.sentence.element_handle()
        self.notebook.page.wait_for_function(
            "([line, old]) => line.innerText !== old", arg=[line, status]
        )
        return self.sentence.inner_text()

    def status(self):
        """The sentence beside the picture, when the kernel has nothing more to say."""
        self.notebook.settle()
        return self.sentence.inner_text()

    def picture(self):
        """A fingerprint of what the picture shows, when the kernel has nothing more to say."""
        self.notebook.settle()
        shown = self.image.evaluate(
            "box => [...box.querySelectorAll('svg')].map(one => one.innerHTML).join()"
        )
        return hashlib.sha256(shown.encode()).hexdigest()[:12]

    def slider(self, label):
        """The locator of the slider with this label."""
        named = self.notebook.page.get_by_text(label, exact=True)
        return self.box.locator(".widget-slider").filter(has=named)

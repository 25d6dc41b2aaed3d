"""The widgets around a view: sliders, play and step, the picture, the sentence."""

from base64 import b64encode
from contextlib import contextmanager

import ipywidgets as widgets
from ipyevents import Event
from IPython import get_ipython

from udl.explore.view import Scene
from udl.figures.stage import Encoder

INTERVAL = 150  # milliseconds between two steps while playing


class Explorer(widgets.VBox):
    """A view in a notebook, to be turned by hand.

    The picture is sent as bytes whenever a widget changes. A browser sends the next change of a
    slider only when the last has been answered, and then the newest, so nothing piles up.

    Parameters
    ----------
    view : View
    **values
        Where knobs stand at first, by name, instead of where the view puts them.

    Raises
    ------
    TypeError
        If the view has no such knob.
    ValueError
        If a knob does not go there.
    """

    _parts = ()  # what it is made of, once it is made

    def __init__(self, view, **values):
        self.scene = Scene(view)
        self._png = Encoder()
        self.first = view.values() | _checked(view, values)
        self._held = False

        self.knobs = {knob.name: _widget(knob, self.first[knob.name]) for knob in view.knobs}
        self.step = widgets.IntSlider(0, 0, view.steps, description="걸음", **WIDE)
        self.play = widgets.Play(
            value=0, min=0, max=view.steps, interval=INTERVAL, show_repeat=False
        )
        link = widgets.jslink((self.play, "value"), (self.step, "value"))
        back, forward, reset = (
            widgets.Button(description=text, tooltip=tip, layout={"width": "auto"})
            for text, tip in (
                ("◀ 한 걸음", "한 걸음 뒤로"),
                ("한 걸음 ▶", "한 걸음 앞으로"),
                ("처음으로", "손잡이를 모두 처음 자리로"),
            )
        )
        back.on_click(lambda _: self.go(self.step.value - 1))
        forward.on_click(lambda _: self.go(self.step.value + 1))
        reset.on_click(lambda _: self.reset())
        self.picture = widgets.Image(format="url", width=self.scene.size[0])
        self.status = widgets.HTML()
        for widget, name in ((self.picture, "udl-picture"), (self.status, "udl-status")):
            widget.add_class(name)
        for widget in (*self.knobs.values(), self.step):
            widget.observe(self._changed, "value")
        clicks = Event(source=self.picture, watched_events=["click"])
        clicks.on_dom_event(self._clicked)
        self._draw()
        super().__init__(
            [
                *self.knobs.values(),
                widgets.HBox([self.step, self.play, back, forward, reset]),
                self.picture,
                self.status,
            ]
        )
        self.add_class("udl-explorer")
        self._parts = [*_tree(self)[1:], link, clicks]
        _take_cell(self)

    @property
    def values(self):
        """Where the knobs stand, by name."""
        return {name: widget.value for name, widget in self.knobs.items()}

    def go(self, step):
        """Show another step; the nearest there is."""
        self.step.value = min(max(step, self.step.min), self.step.max)

    def set(self, **values):
        """Turn several knobs and draw once."""
        with self._drawn_once():
            for name, value in values.items():
                self.knobs[name].value = value

    def reset(self):
        """All knobs and the step as they were at first."""
        with self._drawn_once():
            self.step.value = 0
            for name, value in self.first.items():
                self.knobs[name].value = value

    def close(self):
        """Close every widget of it, and let go of the pictures."""
        for widget in self._parts:
            widget.unobserve_all()
            widget.close()
        self._parts = ()
        self.scene = self._png = None
        super().close()

    @contextmanager
    def _drawn_once(self):
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self._draw()

    def _changed(self, change):
        if not self._held:
            self._draw()

    def _clicked(self, event):
        across = event["relativeX"] / event["boundingRectWidth"]
        down = event["relativeY"] / event["boundingRectHeight"]
        self.set(**self.scene.click(self.values, across, down))

    def _draw(self):
        frame = self._png(self.scene.frame(self.values, self.step.value))
        # As a URL that holds the picture itself: one that refers to bytes makes the browser's
        # processes ask one another for them, which takes as long as drawing it.
        self.picture.value = b"data:image/png;base64," + b64encode(frame)
        self.status.value = self.scene.say(self.values, self.step.value)

    def _repr_mimebundle_(self, **kwargs):
        """The live widgets; and what stands in their place where there is no kernel."""
        view = self.scene.view
        still = Encoder()(self.scene.frame(self.first, view.shown))
        data, metadata = super()._repr_mimebundle_(**kwargs), {}
        data |= {"image/png": still, "text/plain": f"<탐색기. {view.title}>"}
        metadata["image/png"] = {"width": self.scene.size[0], "alt": view.alt}
        return data, metadata


WIDE = {"style": {"description_width": "11em"}, "layout": {"width": "34em"}}


def _checked(view, values):
    knobs = {knob.name: knob for knob in view.knobs}
    for name, value in values.items():
        if name not in knobs:
            raise TypeError(f"there is no knob {name!r}; there are {', '.join(knobs)}")
        right, allowed = knobs[name].allowed()
        if not right(value):
            raise ValueError(f"{name} must be {allowed}, not {value!r}")
    return values


def _widget(knob, value):
    head = {"description": knob.label, **WIDE}
    if knob.choices is not None:
        return widgets.Dropdown(options=list(knob.choices.items()), value=value, **head)
    if isinstance(knob.value, bool):
        return widgets.Checkbox(value, **head)
    if knob.places is not None:
        places = sorted({*knob.places, float(value)})  # the reader's own value is one of them
        options = [(f"{place:g}", place) for place in places]
        return widgets.SelectionSlider(options=options, value=float(value), **head)
    ends = {"min": knob.low, "max": knob.high, "step": knob.step}
    return widgets.FloatSlider(value, readout_format=".3f", **ends, **head)


def _tree(widget):
    """A widget and all that it is made of."""
    parts = [*getattr(widget, "children", ())]
    parts += [getattr(widget, name) for name in ("layout", "style") if hasattr(widget, name)]
    return [widget, *(one for part in parts for one in _tree(part))]


_SHOWN = {}  # by cell: the request that ran it, and the explorers that it made


def _take_cell(explorer):
    """Close what an earlier run of the same cell has left: no widget ends by itself."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId")
    if cell is None:  # not every front end says which cell it runs
        return
    request = parent["header"]["msg_id"]
    former, explorers = _SHOWN.get(cell, (None, []))
    if former != request:
        for old in explorers:
            old.close()
        explorers = []
    _SHOWN[cell] = request, [*explorers, explorer]

"""The widgets around a view: sliders, play and step, the picture, the sentence."""

from contextlib import contextmanager
from pathlib import Path

import ipywidgets as widgets
from anywidget import AnyWidget
from IPython import get_ipython
from traitlets import Bool, Dict, List

from udl.explore.text import WORDS
from udl.explore.view import Scene
from udl.figures.vectors import css
from udl.show import columns_of

INTERVAL, CALM = 150, 1000  # milliseconds between two steps while playing, and where it disturbs
STYLE = Path(__file__).with_name("explorer.css")


class Front(AnyWidget):
    """What lies over the picture and follows the hand, where the page has anywidget.

    Attributes
    ----------
    place : list of float
        Where the hand is, as shares of the picture's width and, from above, of its height.
    loaded : bool
        Whether the page has it.
    calm : bool
        Whether who reads the page wants little to move.
    fresh : bool
        Whether it has not been shown yet.
    names : dict of str to str
        How parts are called that have no word of their own.
    """

    _esm = Path(__file__).with_name("front.js")
    place = List().tag(sync=True)
    loaded = Bool(False).tag(sync=True)
    calm = Bool(False).tag(sync=True)
    fresh = Bool(True).tag(sync=True)
    names = Dict().tag(sync=True)


class Explorer(widgets.Box):
    """A view in a notebook, to be turned by hand.

    What moves is sent as text whenever a widget changes. A browser sends the next change of a
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
        self.first = view.values() | _checked(view, values)
        self.words = words = WORDS[view.lang]
        self._held = False

        self.knobs = {knob.name: _widget(view, knob, self.first[knob.name]) for knob in view.knobs}
        shown, steps, named = view.shown, view.steps, words["knobs"]["step"]
        self.step = widgets.IntSlider(shown, 0, steps, description=named, tooltip=named)
        turned = (*self.knobs.values(), self.step)
        wide = max(columns_of(one.description) for one in turned)  # and room for the widest
        for one in turned:
            one.style.description_width = f"{0.85 * wide:.1f}ch"
        self.play = widgets.Play(value=shown, max=steps, interval=INTERVAL, show_repeat=False)
        link = widgets.jslink((self.play, "value"), (self.step, "value"))
        back, forward, reset = (
            widgets.Button(description=words["buttons"][does], tooltip=words["tips"][does])
            for does in ("back", "forward", "first")
        )
        back.on_click(lambda _: self.go(self.step.value - 1))
        forward.on_click(lambda _: self.go(self.step.value + 1))
        reset.on_click(lambda _: self.reset())
        self.status, self.note, self.ground, self.moving = (widgets.HTML() for _ in range(4))
        self.front = Front(names={does: words["tips"][does] for does in ("play", "stop", "type")})
        self._note("missing")
        for one in turned:
            one.observe(self._changed, "value")
        self.front.observe(self._touched, "place")
        self.front.observe(self._loaded, "loaded")
        self._draw()
        self.picture = widgets.Box([self.ground, self.moving, self.front])
        width, height = self.scene.size
        # so large that it can be seen whole, beside JupyterLab's bars
        self.picture.layout.max_width = f"min(100%, (100vh - 9rem) * {width / height:.3f})"
        buttons = widgets.Box([self.play, back, forward, reset])
        left = widgets.VBox([*turned, buttons, self.status, self.note])
        style = widgets.HTML(f"<style>{css()}{STYLE.read_text(encoding='utf-8')}</style>")
        named = {
            "udl-style": style,
            "udl-turned": left,
            "udl-buttons": buttons,
            "udl-status": self.status,
            "udl-note": self.note,
            "udl-picture": self.picture,
        }
        for name, widget in named.items():
            widget.add_class(name)
        for layer in self.picture.children:
            layer.add_class("udl-layer")
        super().__init__([style, left, self.picture])
        self.add_class("udl-explorer")
        self._parts = [*_tree(self)[1:], link]
        _take_cell(self)

    def __setattr__(self, name, value):
        """Say how a knob is turned: an attribute of its name would turn nothing."""
        if self._parts and name in (*self.knobs, "step"):
            how = f"go({value!r})" if name == "step" else f"set({name}={value!r})"
            raise AttributeError(f"{name} cannot be assigned; call {how}")
        super().__setattr__(name, value)

    @property
    def values(self):
        """Where the knobs stand, by name; a browser's slider makes 0.9000000000000001 of 0.9."""
        at = {name: widget.value for name, widget in self.knobs.items()}
        return {name: round(x, 9) if isinstance(x, float) else x for name, x in at.items()}

    def go(self, step):
        """Show another step; the nearest there is."""
        self.step.value = min(max(step, self.step.min), self.step.max)

    def set(self, **values):
        """Turn several knobs and draw once. Raises as the explorer does when it is made."""
        with self._drawn_once():
            for name, value in _checked(self.scene.view, values).items():
                knob = self.knobs[name]
                if isinstance(knob, widgets.SelectionSlider):
                    places = [place for _, place in knob.options]
                    if value not in places:
                        knob.options = _options([*places, value])
                knob.value = value

    def reset(self):
        """All knobs and the step as they were at first."""
        with self._drawn_once():
            self.step.value = self.scene.view.shown
            for name, value in self.first.items():
                self.knobs[name].value = value

    def close(self):
        """Close every widget of it, and let go of the pictures."""
        for widget in self._parts:
            widget.unobserve_all()
            widget.close()
        self._parts = ()
        self.scene = None
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

    def _touched(self, change):
        self.set(**self.scene.click(self.values, *self.front.place))

    def _loaded(self, change):
        self._note("click")
        if self.front.calm:
            self.play.interval = CALM

    def _note(self, what):
        """A line under the sentence; the style sheet has another take its place."""
        notes = self.words["notes"]
        self.note.value = "".join(f'<p class="udl-{n}">{notes[n]}</p>' for n in (what, "gone"))

    def _draw(self):
        at, t = self.values, self.step.value
        self.ground.value = self.scene.ground(at)  # which is sent only if it is another
        self.moving.value = self.scene.over(at, t)
        self.status.value = self.scene.say(at, t)

    def _repr_mimebundle_(self, **kwargs):
        """The live widgets; and what stands in their place where there is no kernel.

        That is a PNG: code hosts and untrusted notebooks show no SVG. `udl lab` saves it alone. In
        what another JupyterLab has saved, an error hides it until the cell is run again.
        """
        view = self.scene.view
        still = self.scene.still(self.first, view.shown)
        data, metadata = super()._repr_mimebundle_(**kwargs), {}
        data |= {"image/png": still, "text/plain": repr(view)}
        metadata["image/png"] = {"width": self.scene.size[0], "alt": view.alt(self.first)}
        return data, metadata


def _checked(view, values):
    knobs = {knob.name: knob for knob in view.knobs}
    for name, value in values.items():
        if name not in knobs:
            raise TypeError(f"there is no knob {name!r}; there are {', '.join(knobs)}")
        right, allowed = knobs[name].allowed()
        if not right(value):
            raise ValueError(f"{name} must be {allowed}, not {value!r}")
    return values


def _widget(view, knob, value):
    head = dict.fromkeys(("description", "tooltip"), view.label(knob))
    if knob.choices is not None:
        return widgets.Dropdown(options=list(view.options(knob).items()), value=value, **head)
    if isinstance(knob.value, bool):
        return widgets.Checkbox(value, **head)
    if knob.places is not None:
        options = _options([*knob.places, value])
        return widgets.SelectionSlider(options=options, value=float(value), **head)
    ends = {"min": knob.low, "max": knob.high, "step": knob.step}
    return widgets.FloatSlider(value, readout_format=".4", **ends, **head)


def _options(places):
    """What is read of the places of a knob, and the places; the reader's own value is one."""
    return [(f"{place:g}", place) for place in sorted({*map(float, places)})]


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

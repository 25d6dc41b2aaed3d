"""The widgets: what a reader turns is what is shown, and nothing is left behind."""

import gc
import io
from base64 import b64decode

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from udl import explore
from udl.explore import VIEWS, explorer
from udl.figures.picture import Picture


@pytest.fixture(autouse=True)
def none_left():
    """Every test closes what it opened, and then no widget is open and no picture is kept."""
    before = set(_instances)
    yield
    opened = [w for key, w in _instances.items() if key not in before]
    for widget in opened:
        if isinstance(widget, explorer.Explorer):
            widget.close()
    assert set(_instances) == before


def shown(made):
    head, data = bytes(made.picture.value).split(b",")
    assert (made.picture.format, head) == ("url", b"data:image/png;base64")
    return np.asarray(Image.open(io.BytesIO(b64decode(data))).convert("RGBA"))


@pytest.mark.parametrize("name", VIEWS)
def test_an_explorer_shows_its_scene(name):
    made = getattr(explore, name)()
    made.go(7)
    np.testing.assert_array_equal(shown(made), made.scene.frame(made.values, 7))
    assert made.status.value == made.scene.say(made.values, 7)
    assert made.values == made.scene.view.values()


def test_a_knob_changes_picture_and_sentence():
    made = explore.momentum()
    made.go(30)
    before, said = shown(made), made.status.value
    made.knobs["alpha"].value = 0.5
    assert (shown(made) != before).any()
    assert made.status.value != said


def test_steps_go_from_the_first_to_the_last_and_no_farther():
    made = explore.sgd()
    back, forward, reset = made.children[-3].children[2:]
    for button, expected in ((back, 0), (forward, 1), (forward, 2), (back, 1)):
        button.click()
        assert made.step.value == expected
    made.go(10**6)
    assert made.step.value == made.scene.view.steps
    made.knobs["lr"].value = 1.0
    reset.click()
    assert (made.step.value, made.values) == (0, made.first)
    np.testing.assert_array_equal(shown(made), made.scene.frame(made.first, 0))


def test_several_knobs_are_drawn_once(monkeypatch):
    made = explore.adagrad()
    drawn = []
    frame = made.scene.frame
    monkeypatch.setattr(made.scene, "frame", lambda *a: drawn.append(a) or frame(*a))
    made.set(x=-3.0, y=1.0, lr=0.1)
    assert len(drawn) == 1
    made.reset()
    assert len(drawn) == 2


def test_a_click_on_the_picture_sets_the_start():
    made = explore.momentum()
    size = {"boundingRectWidth": 620, "boundingRectHeight": 534}
    made._clicked({"relativeX": 310, "relativeY": 200, **size})
    expected = made.scene.click(made.first, 0.5, 200 / 534)
    assert made.values["start"] == expected["start"] != made.first["start"]


def test_two_explorers_do_not_disturb_one_another():
    one, other = explore.momentum(), explore.momentum(alpha=0.5)
    before = shown(other)
    one.knobs["lr"].value = 1.0
    one.go(9)
    np.testing.assert_array_equal(shown(other), before)
    assert other.step.value == 0
    one.close()
    other.go(5)
    assert (shown(other) != before).any()


def test_without_a_kernel_there_is_a_picture_with_its_alternative_text():
    made = explore.nag()
    data, metadata = made._repr_mimebundle_()
    assert data["text/plain"] == "<탐색기. 미리 가 보고 걷기>"
    assert Image.open(io.BytesIO(data["image/png"])).width == round(1.5 * made.scene.size[0])
    assert metadata["image/png"] == {"width": 960, "alt": made.scene.view.alt}
    made.knobs["lr"].value = 1.0
    made.go(50)
    assert made._repr_mimebundle_()[0]["image/png"] == data["image/png"]


class Shell:
    """As much of the kernel as is asked: which request runs which cell."""

    def __init__(self):
        self.parent = {}

    def get_parent(self):
        return self.parent

    def run(self, request, cell):
        self.parent = {"header": {"msg_id": request}, "metadata": {"cellId": cell}}


@pytest.fixture
def shell(monkeypatch):
    shell = Shell()
    monkeypatch.setattr(explorer, "get_ipython", lambda: shell)
    monkeypatch.setattr(explorer, "_SHOWN", {})
    return shell


def test_running_a_cell_again_leaves_nothing_of_the_first_run(shell):
    shell.run("1", "a")
    explore.fog()
    opened = len(_instances)
    gc.collect()
    pictures = sum(isinstance(o, Picture) for o in gc.get_objects())
    for request in "2345":
        shell.run(request, "a")
        explore.fog()
    gc.collect()
    assert len(_instances) == opened
    assert sum(isinstance(o, Picture) for o in gc.get_objects()) == pictures


def test_other_cells_and_the_same_run_are_left_alone(shell):
    shell.run("1", "a")
    one, two = explore.fog(), explore.fog()
    shell.run("2", "b")
    three = explore.fog()
    assert all(made.comm is not None for made in (one, two, three))
    shell.run("3", "a")
    explore.fog()
    assert (one.comm, two.comm) == (None, None)
    assert three.comm is not None


@pytest.mark.parametrize(
    ("knobs", "error", "message"),
    [
        ({"beta": 1}, TypeError, "there is no knob 'beta'; there are lr, alpha, start"),
        ({"alpha": 1.5}, ValueError, "alpha must be a number from 0 to 0.99, not 1.5"),
        ({"lr": 100}, ValueError, "lr must be a number from 0.01 to 10, not 100"),
        ({"start": "a"}, ValueError, "start must be a number from 0 to 10, not 'a'"),
    ],
)
def test_bad_knobs_are_named(knobs, error, message):
    with pytest.raises(error) as raised:
        explore.momentum(**knobs)
    assert str(raised.value) == message


def test_a_bad_choice_is_named():
    with pytest.raises(ValueError, match="landscape must be one of chapter, ravine, saddle"):
        explore.adam(landscape="moon")
    with pytest.raises(ValueError, match="corrected must be True or False, not 1"):
        explore.adam(corrected=1)

"""The widgets: what a reader turns is what is shown, and nothing is left behind."""

import gc
import io
import json
import re

import ipywidgets as widgets
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from PIL import Image

from udl import explore
from udl.chapter import language
from udl.explore import VIEWS, explorer
from udl.figures.picture import Picture

HANGUL = re.compile("[ㄱ-ㆎ가-힣]")


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
    """What a page is sent of the picture."""
    return made.ground.value, made.moving.value


def drawn(made, at, t):
    return made.scene.ground(at), made.scene.over(at, t)


@pytest.mark.parametrize("name", VIEWS)
def test_an_explorer_shows_its_scene(name):
    made = getattr(explore, name)()
    made.go(7)
    assert shown(made) == drawn(made, made.values, 7)
    assert made.status.value == made.scene.say(made.values, 7)
    assert made.values == made.scene.view.values()


@pytest.mark.parametrize("name", VIEWS)
def test_every_knob_changes_the_picture_with_which_it_opens(name):
    """A hand that moves one knob first, either way, sees what it does."""
    made = getattr(explore, name)()
    opened = shown(made)
    assert made.step.value == made.play.value == made.scene.view.shown > 0
    for knob, widget in made.knobs.items():
        at = widget.value
        for other in beside(widget):
            widget.value = other
            assert shown(made) != opened, (knob, other)
        widget.value = at
        assert shown(made) == opened
    for step in (made.step.value - 1, made.step.value + 1):
        made.go(step)
        assert shown(made) != opened


def beside(widget):
    """Where a knob stands after a small drag to either side, a tenth of its way."""
    if isinstance(widget, widgets.Checkbox):
        return [not widget.value]
    if isinstance(widget, widgets.FloatSlider):
        by = (widget.max - widget.min) / 10
        return [min(widget.value + by, widget.max), max(widget.value - by, widget.min)]
    places = [value for _, value in widget.options]
    i, by = places.index(widget.value), max(1, len(places) // 10)
    return {*places[i + by : i + by + 1], *places[max(i - by, 0) : i]} - {widget.value}


def test_a_knob_changes_picture_and_sentence():
    made = explore.momentum()
    made.go(30)
    before, said = shown(made), made.status.value
    made.knobs["alpha"].value = 0.5
    assert shown(made) != before
    assert made.status.value != said


def test_steps_go_from_the_first_to_the_last_and_no_farther():
    made = explore.sgd()
    back, forward, reset = (one for one in explorer._tree(made) if isinstance(one, widgets.Button))
    made.go(1)
    for button, expected in ((back, 0), (back, 0), (forward, 1), (forward, 2), (back, 1)):
        button.click()
        assert made.step.value == expected
    made.go(10**6)
    assert made.step.value == made.scene.view.steps
    made.knobs["lr"].value = 1.0
    reset.click()
    assert (made.step.value, made.values) == (made.scene.view.shown, made.first)
    assert shown(made) == drawn(made, made.first, made.scene.view.shown)


def test_code_sets_what_a_hand_cannot_reach_and_the_first_value_is_kept():
    made = explore.momentum(lr=0.123, start=np.int64(3))
    made.set(lr=0.456, alpha=np.float64(0.5))
    assert made.values == {"lr": 0.456, "alpha": 0.5, "start": 3}
    assert made.knobs["lr"].label == "0.456"
    assert shown(made) == drawn(made, made.values, made.step.value)
    made.reset()
    assert made.values == made.first == {"lr": 0.123, "alpha": 0.9, "start": 3}


def test_what_a_browser_makes_of_a_number_is_not_seen():
    made = explore.momentum()
    made.knobs["alpha"].value = 0.9000000000000001  # which it says as soon as it shows the slider
    assert made.values == made.first


def test_several_knobs_are_drawn_once(monkeypatch):
    made = explore.adagrad()
    drawn = []
    over = made.scene.over
    monkeypatch.setattr(made.scene, "over", lambda *a: drawn.append(a) or over(*a))
    made.set(x=-3.0, y=1.0, lr=0.1)
    assert len(drawn) == 1
    made.reset()
    assert len(drawn) == 2


def test_a_hand_on_the_picture_moves_the_start():
    made = explore.momentum()
    for place in ([0.5, 0.37], [0.52, 0.37]):
        made.front.place = place
        expected = made.scene.click(made.first, *place)
        assert made.values["start"] == expected["start"] != made.first["start"]


def test_one_line_says_that_one_can_click_or_what_is_missing():
    made = explore.momentum()
    assert "anywidget이 없어서" in made.note.value
    made.front.loaded = True
    assert made.play.interval == 150
    assert "그림을 누르거나 끌면 출발점이 옮겨진다." in made.note.value
    assert "anywidget" not in made.note.value


def test_it_plays_slowly_where_motion_is_not_liked():
    made = explore.momentum()
    made.front.calm = made.front.loaded = True
    assert made.play.interval == 1000


def test_a_rate_reads_as_a_rate_and_every_part_has_a_name():
    """No index, no 0.9000000000000001; a tooltip of None would become the word null."""
    made = explore.adam()
    assert made.knobs["lr"].label == "0.4"
    for widget in (*made.knobs.values(), made.step):
        assert widget.tooltip == widget.description
    for widget in explore.nag().knobs.values():
        assert getattr(widget, "readout_format", ".4") == ".4"


def test_two_explorers_do_not_disturb_one_another():
    one, other = explore.momentum(), explore.momentum(alpha=0.5)
    before = shown(other)
    one.knobs["lr"].value = 1.0
    one.go(9)
    assert shown(other) == before
    assert other.step.value == other.scene.view.shown
    one.close()
    other.go(5)
    assert shown(other) != before


def test_without_a_kernel_there_is_a_picture_with_its_alternative_text():
    made = explore.nag()
    data, metadata = made._repr_mimebundle_()
    assert data["text/plain"] == "<탐색기. 미리 가 보고 걷기>"
    assert Image.open(io.BytesIO(data["image/png"])).width == round(1.5 * made.scene.size[0])
    assert metadata["image/png"] == {"width": 690, "alt": made.scene.view.words["alt"]}
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
    made = explore.momentum()
    for turn in (explore.momentum, made.set):
        with pytest.raises(error) as raised:
            turn(**knobs)
        assert str(raised.value) == message
    assert made.values == made.first


@pytest.mark.parametrize(("name", "how"), [("alpha", "set(alpha=0.3)"), ("step", "go(0.3)")])
def test_a_knob_that_is_assigned_says_how_it_is_turned(name, how):
    made = explore.momentum()
    with pytest.raises(AttributeError, match=re.escape(f"{name} cannot be assigned; call {how}")):
        setattr(made, name, 0.3)
    made.note_of_mine = 0.3  # as of any object


def test_a_bad_choice_is_named():
    with pytest.raises(ValueError, match="landscape must be one of chapter, ravine, saddle"):
        explore.adam(landscape="moon")
    with pytest.raises(ValueError, match="corrected must be True or False, not 1"):
        explore.adam(corrected=1)


@pytest.mark.parametrize("name", VIEWS)
def test_in_english_no_word_is_korean(name):
    language("en")
    made = getattr(explore, name)(rule=VIEWS[name].rule)
    language("ko")  # it stays in its own
    made.go(7)
    made.front.loaded = True
    for widget in explorer._tree(made):
        shown = {key: value for key, value in widget.get_state().items() if key != "_esm"}
        assert not HANGUL.search(json.dumps(shown, ensure_ascii=False)), type(widget)
    data, metadata = made._repr_mimebundle_()
    assert data["text/plain"].startswith("<Explorer. ")
    assert not HANGUL.search(data["text/plain"] + metadata["image/png"]["alt"])


@pytest.mark.parametrize("name", VIEWS)
def test_a_rule_of_ones_own_is_walked(name):
    made = getattr(explore, name)(rule=VIEWS[name].rule)
    assert "내 규칙(파랑)은 규칙과 같은 길을 걷는다." in made.status.value


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (..., "규칙을 다 쓰면 여기서 나란히 걸어 볼 수 있다."),
        (lambda grad, w, v=0.0, *, lr, alpha: ..., "규칙을 다 쓰면 여기서 나란히 걸어 볼 수 있다."),
        (0.9, "함수를 넣을 자리에 다른 것이 왔다: 0.9. 괄호 없이 함수의 이름만 넣자."),
        (
            lambda grad, w, v=0.0, *, lr, alpha: w,
            "돌려준 값이 1개다. `return w, v`처럼 2개를 돌려주자.",
        ),
        (
            lambda grad, w, v=0.0, *, lr, alpha: None,
            "돌려준 것이 없다. 값을 `return`으로 돌려주자.",
        ),
    ],
)
def test_of_what_is_no_rule_one_sentence_says_so(rule, said, capsys):
    assert explore.momentum(rule=rule) is None
    printed = capsys.readouterr().out
    assert printed.startswith(said)
    assert printed.count("\n") == 1

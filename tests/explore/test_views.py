"""Every explorer's picture and sentence, without widgets: at the ends of its knobs and between."""

import itertools
import re
from functools import wraps
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from udl import CHAPTER, RAVINE, adam, momentum, rmsprop, run, sgd
from udl.chapter import LANGUAGES
from udl.exercises.mistakes import MISTAKES
from udl.explore import VIEWS, named
from udl.explore.text import WORDS
from udl.explore.view import Own, Scene, fate, plain, rates
from udl.explore.views.momentum import doing
from udl.figures.style import house
from udl.figures.vectors import UNITS, Layers, css

SCENES = {name: Scene(view()) for name, view in VIEWS.items()}
ENGLISH = {name: Scene(view(lang="en")) for name, view in VIEWS.items()}
HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
DEFINED = set(re.findall(r"(--udl-[a-z0-9-]+):", css()))
every_view = pytest.mark.parametrize("name", VIEWS)


def settings(knob):
    """Any place where a knob can stand."""
    if knob.choices is not None:
        return st.sampled_from(knob.choices)
    if isinstance(knob.value, bool):
        return st.booleans()
    if knob.places is not None:
        return st.sampled_from(knob.places)
    return st.floats(knob.low, knob.high)


def ends(knob):
    """The first and the last place of a knob, of a choice all."""
    if knob.choices is not None:
        return list(knob.choices)
    if isinstance(knob.value, bool):
        return [False, True]
    return [knob.places[0], knob.places[-1]] if knob.places else [knob.low, knob.high]


def look(name, at, t):
    """Draw and say: warnings are errors, and something must be on the ground."""
    scene = SCENES[name]
    moving, said = scene.moving(at, t), scene.say(at, t)
    assert moving != scene.moving(at, 0) or t == 0 or standing(scene, at, t)
    assert said.startswith(f"<b>{t}걸음</b>")
    assert "None" not in said
    for layer in (scene.ground(at), scene.over(at, t)):
        drawn = ElementTree.fromstring(layer)
        assert drawn.get("role") == "img"
        assert drawn.get("viewBox") == "0 0 {} {}".format(*(UNITS * n for n in scene.size))
        assert not [one for one in drawn.iter() if one.get("id")]
        assert not re.search("#|nan|inf", re.sub("<(title|desc|text).*", "", layer))
        assert set(re.findall(r"var\((.*?)\)", layer)) <= DEFINED


def standing(scene, at, t):
    """Whether nothing has moved by as much as a pixel."""
    walked = scene.view.walk(at, t)
    walked = walked[0] if isinstance(walked, tuple) else walked  # and how it will end
    walks = walked.values() if isinstance(walked, dict) else np.atleast_1d(walked)
    return all(not (np.abs(one.w[t] - one.w[0]) > 0.02).any() for one in walks)


@every_view
def test_every_knob_at_both_ends(name):
    view = SCENES[name].view
    for knob in view.knobs:
        for value in ends(knob):
            for t in (0, 1, view.steps):
                look(name, view.values() | {knob.name: value}, t)


@every_view
@given(data=st.data())
def test_any_setting_draws_without_a_warning(name, data):
    view = SCENES[name].view
    at = {knob.name: data.draw(settings(knob), label=knob.name) for knob in view.knobs}
    look(name, at, data.draw(st.integers(0, view.steps), label="t"))


@every_view
def test_a_picture_depends_on_nothing_that_was_drawn_before(name):
    scene = SCENES[name]
    at, t = scene.view.values(), scene.view.shown
    before = scene.ground(at), scene.over(at, t)
    for knob in scene.view.knobs:
        scene.moving(at | {knob.name: ends(knob)[-1]}, scene.view.steps)
    assert (scene.ground(at), scene.over(at, t)) == before
    other = Scene(VIEWS[name]())
    assert (other.ground(at), other.over(at, t)) == before


@every_view
def test_a_picture_is_the_same_before_it_is_known_how_the_walk_ends(name):
    for knob, t in itertools.product(VIEWS[name].knobs, (0, 12)):
        scene = Scene(VIEWS[name]())
        at = scene.view.values() | {knob.name: ends(knob)[-1]}
        before, said = scene.over(at, t), scene.say(at, t)
        assert scene.over(at, t) == before
        assert said == SCENES[name].say(at, t)


@every_view
def test_a_layer_says_what_it_is_and_what_it_shows_now(name):
    scene = SCENES[name]
    at, t = scene.view.values(), scene.view.shown
    ground, over = (ElementTree.fromstring(one) for one in (scene.ground(at), scene.over(at, t)))
    assert [one.text for one in ground[:2]] == [scene.view.words[key] for key in ("title", "alt")]
    assert re.match(rf"{t}걸음 \w+ = [−0-9.]+ · ", over.get("aria-label"))


@pytest.mark.parametrize(
    ("name", "at", "told", "not_told"),
    [
        ("fog", {"clear": False}, "안개에 덮여 있고", "모두 보인다"),
        ("fog", {"clear": True}, "모두 보인다", "안개에 덮여 있고"),
        ("adam", {"landscape": "Beale"}, "색과 무늬", "고리"),
        ("adam", {"landscape": "chapter"}, "고리", "무늬"),
    ],
)
def test_the_alternative_text_is_of_the_ground_that_is_shown(name, at, told, not_told):
    scene = SCENES[name]
    ground = ElementTree.fromstring(scene.ground(scene.view.values() | at))
    assert told in ground[1].text
    assert not_told not in ground[1].text


@every_view
def test_a_number_below_0_has_a_sign_of_minus(name):
    scene = SCENES[name]
    for knob in scene.view.knobs:
        for value in ends(knob):
            at = scene.view.values() | {knob.name: value}
            said = scene.say(at, 1), scene.over(at, 1).partition(">")[0]
            assert not re.search(r"[^\d]-\d|e-", plain(said[0]))
            assert not re.search(r"= -\d", said[1])


@every_view
def test_in_english_it_says_the_same_numbers_and_moves_the_same(name):
    korean, english = SCENES[name], ENGLISH[name]
    for knob in korean.view.knobs:
        for value in ends(knob):
            for t in (0, korean.view.shown, korean.view.steps):
                at = korean.view.values() | {knob.name: value}
                said, told = (plain(scene.say(at, t)) for scene in (korean, english))
                assert not HANGUL.search(told)
                assert told.startswith(f"Step {t} ")
                assert told.count("\n") == said.count("\n")
                assert sorted(numbers(told)) == sorted(numbers(said))
    at, t = korean.view.values(), korean.view.shown
    assert not HANGUL.search(english.ground(at))
    assert english.moving(at, t) == korean.moving(at, t)  # it has no word


def numbers(text):
    return re.findall(r"−?\d+(?:\.\d+)?(?:e[−+]\d+)?", text)


def test_each_is_known_by_the_text_that_is_stored_for_it():
    for name, view in VIEWS.items():
        for lang in LANGUAGES:
            assert named(repr(view(lang=lang))) == name
    assert named("<그림 6. 속도를 안고 걷기>") is None
    assert named("") is None


@every_view
def test_the_knob_that_a_lecturer_drags_changes_the_picture(name):
    view = SCENES[name].view
    knob, first, last = view.drag
    one, other = (SCENES[name].moving(view.values() | {knob: x}, view.shown) for x in (first, last))
    assert one != other


@pytest.mark.parametrize(
    ("name", "across", "down", "expected"),
    [  # where the middle of the picture's axes stands on its sheet
        ("fog", 332 / 650, 0.4, {"start": 5.0}),
        ("sgd", 332 / 650, 0.4, {"start": 5.0}),
        ("momentum", 332 / 650, 0.9, {"start": 5.0}),
        ("nag", 332 / 1310, 0.4, {"start": 5.0}),
        ("nag", 992 / 1310, 0.4, {"start": 5.0}),
        ("rmsprop", 332 / 1310, 0.4, {"start": 5.0}),
        ("rmsprop", 1000 / 1310, 0.4, {}),
        ("adagrad", 387.5 / 1090, 196.25 / 665, {"x": -3.0, "y": 0.0}),
        ("adam", 370 / 900, 280 / 600, {"across": 0.5, "up": 0.5}),
        ("adam chapter", 332 / 900, 0.4, {"across": 0.5}),
    ],
)
def test_a_click_sets_the_start_that_stands_there(name, across, down, expected):
    name, *landscape = name.split()
    scene = SCENES[name]
    at = scene.view.values() | dict.fromkeys(["landscape"] if landscape else [], "chapter")
    assert scene.click(at, across, down) == pytest.approx(expected, abs=0.011)


@every_view
def test_a_click_outside_leaves_a_setting_that_a_knob_has(name):
    scene = SCENES[name]
    at = scene.view.values()
    knobs = {knob.name: knob for knob in scene.view.knobs}
    for place in ((0, 0), (1, 1), (0, 1), (1, 0)):
        for knob, value in scene.click(at, *place).items():
            right, _ = knobs[knob].allowed()
            assert right(value)


@pytest.mark.parametrize(("name", "walked"), [("sgd", [2, 100, 3]), ("adam", [2, 100, 3])])
def test_the_walk_is_computed_to_what_is_shown_and_once_to_its_end(monkeypatch, name, walked):
    asked = []
    scene = Scene(VIEWS[name]())
    walk = scene.view.walk
    monkeypatch.setattr(scene.view, "walk", lambda at, n: asked.append(n) or walk(at, n))
    at = scene.view.values()
    for t in range(2, 6):
        scene.over(at, t)
        scene.say(at, t)
    scene.over(at | {"lr": 0.5}, 3)
    assert asked == walked


def test_the_ground_is_drawn_once(monkeypatch):
    grounds = []
    init = Layers.__init__
    monkeypatch.setattr(
        Layers, "__init__", lambda self, *args: grounds.append(1) or init(self, *args)
    )
    scene = Scene(VIEWS["fog"]())
    at = scene.view.values()
    for clear in (False, True, False, True):
        scene.moving(at | {"clear": clear}, 5)
    assert len(grounds) == 2


@pytest.mark.parametrize(
    ("rule", "loss", "start", "steps", "lr", "korean", "english"),
    [
        (sgd, CHAPTER, 1.24, 100, 0.2, "100걸음 안에 지역 최적점 2.377에 갇힌다.", "is caught in"),
        (sgd, CHAPTER, 6.0, 100, 0.2, "전역 최적점 7.177에 멈춘다.", "minimum at 7.177 within 100"),
        (sgd, CHAPTER, 1.24, 100, 0.6, "멈추지 않고 튄다. 마지막 ", "keeps jumping: its "),
        (sgd, CHAPTER, 1.24, 100, 0.001, "100걸음으로는 아직 멈추지", "has not stopped after 100 "),
        (sgd, CHAPTER, 1.24, 2000, 9.0, "걸음째에 발산한다.", "diverges at step "),
        (sgd, CHAPTER, 2.3, 5, 0.001, "5걸음으로는 아직 멈추지", "has not stopped after 5 "),
        (sgd, CHAPTER, 1.24, 50, 9.0, "달아난다. 50걸음 뒤 |W| = ", "after 50 steps |W| = "),
        (sgd, RAVINE, [1.0, 1.0], 300, 0.3, "(0.000, 0.000)에 멈춘다.", "at (0.000, 0.000) "),
        (rmsprop, CHAPTER, 1.355, 100, 0.05, "2.377 둘레를 조금씩 오간다.", "to and fro about "),
        (adam, RAVINE, [1.0, 1.0], 60, 0.1, "(0.000, 0.000) 곁에서 잦아든다.", "is settling near "),
    ],
)
def test_fate(rule, loss, start, steps, lr, korean, english):
    descent = run(rule, loss, start, steps, lr=lr)
    name = rule.__name__
    said, told = fate(name, descent, loss), fate(name, descent, loss, "en")
    assert korean in said
    assert english in told
    for text, lang in ((said, "ko"), (told, "en")):
        assert text.startswith(WORDS[lang]["who"][name] + " ")
        assert text.endswith(".")


@pytest.mark.parametrize("alpha", [0.0, 0.5, 0.9, 0.99])
def test_what_is_said_of_the_velocity_is_what_it_does_next(alpha):
    """On a slope down it does not always gain, and one that leads up can turn it."""
    seen = set()
    for start in (0.2, 1.24, 3.0, 6.0, 9.5):
        for lr in (0.02, 0.2, 1.0):
            walked = run(momentum, CHAPTER, start, 40, lr=lr, alpha=alpha)
            v = walked.state["v"]
            for t in range(1, 40):
                said = doing(walked, CHAPTER, t, "en")
                seen.add(said)
                assert (said == WORDS["en"]["velocity"]["almost none"]) == (abs(v[t]) < 5e-4)
                if abs(v[t]) >= 5e-4:
                    downhill = v[t] * CHAPTER.grad(walked.w[t]) < 0
                    assert ("downhill" in said) == downhill
                    assert ("gains velocity" in said) == (downhill and abs(v[t + 1]) > abs(v[t]))
                    assert ("turns it back" in said) == (not downhill and v[t + 1] * v[t] <= 0)
    assert len(seen) >= 3


@pytest.mark.parametrize(
    ("name", "changes", "t", "said"),
    [  # what is equal is not ranked, what is lost is not a number, what does not move has no rate
        ("adam", {}, 0, "낮은 차례로: SGD 6.5, Momentum 6.5, NAG 6.5, AdaGrad 6.5"),
        ("adam", {"landscape": "Rosenbrock", "lr": 10.0}, 60, "SGD 발산, Momentum 발산, NAG 발산"),
        ("adagrad", {"y": 0.0}, 5, "y는 그래디언트가 0이라 h도 0이다"),
        ("adagrad", {"x": 0.0, "y": 0.0}, 5, "x는 그래디언트가 0이라 h도 0이다"),
        ("adagrad", {}, 5, "x가 4.58배"),
    ],
)
def test_the_sentence_is_true(name, changes, t, said):
    scene = SCENES[name]
    assert said in scene.say(scene.view.values() | changes, t)


@pytest.mark.parametrize("corrected", [True, False])
def test_the_moments_are_corrected_where_the_switch_is_on(corrected):
    view = VIEWS["adam"]()
    at = view.values() | {"corrected": corrected}
    (walked, _) = view.walk(at, 1)
    step = 1 if corrected else (1 - at["beta1"]) / np.sqrt(1 - at["beta2"])
    moved = np.abs(np.diff(walked["adam"].w, axis=0))
    np.testing.assert_allclose(moved, [2 * [step * at["lr"]]], rtol=1e-5)


def test_the_fog_stays_when_the_walker_has_left_the_picture():
    scene = SCENES["fog"]
    at = scene.view.values() | {"start": 3.2, "lr": 10.0}
    assert scene.view.walk(at, 1).w[1] > 10.15
    for t in (0, 1):
        assert 'fill="var(--udl-ink-fog)"' in scene.moving(at, t)


def test_rates_are_round_numbers_at_about_equal_factors():
    places = np.array(rates(-2, 1))
    assert (places[0], places[-1]) == (0.01, 10)
    factors = places[1:] / places[:-1]
    assert (factors > 1.03).all()
    assert (factors < 1.2).all()
    assert {0.02, 0.2, 0.35, 1.0}.issubset(places)


@every_view
def test_the_readers_rule_walks_beside_and_the_picture_says_where_they_part(name):
    view = VIEWS[name]
    at, t = view().values(), view.shown

    @wraps(view.rule)
    def longer(grad, w, *state, **hyper):
        return view.rule(grad, w, *state, **hyper | {"lr": 1.01 * hyper["lr"]})

    alone = SCENES[name].moving(at, t)
    same, other, told = Scene(view(view.rule)), Scene(view(longer)), Scene(view(longer, "en"))
    for scene in (same, other):
        assert scene.ground(at) == SCENES[name].ground(at)
        assert len(scene.moving(at, t)) > len(alone)
    assert "내 규칙(파랑)은 규칙과 같은 길을 걷는다." in same.say(at, t)
    assert "갈라진다" not in same.moving(at, t)
    assert "내 규칙(파랑)은 1걸음째에 갈라진다." in other.say(at, 0)
    assert "내 규칙(파랑)은 1걸음째에 갈라졌다. 지금 내 규칙은 " in other.say(at, t)
    assert "Your rule (blue) parted from the right one at step 1. " in told.say(at, t)
    assert "they part here" in told.moving(at, t)
    assert "여기서 갈라진다" in other.moving(at, t)
    assert "여기서 갈라진다" not in other.moving(at, 0)


@every_view
def test_the_words_where_they_part_cross_nothing(name):
    @wraps(VIEWS[name].rule)
    def late(grad, w, *state, **hyper):
        steps.append(w)
        lr = hyper["lr"] * (1 if len(steps) < 4 else 0.7)
        return VIEWS[name].rule(grad, w, *state, **hyper | {"lr": lr})

    places = [knob for knob in VIEWS[name].knobs if knob.name in ("start", "x", "landscape")]
    turned = [{}, *({knob.name: end} for knob in places for end in ends(knob))]
    for change, lang in zip(turned, itertools.cycle(LANGUAGES)):
        view, steps = VIEWS[name](late, lang), []
        at, t = view.values() | change, view.shown
        with house():
            page, place = view.ground(at)
            view.move(page, place, view.walk(at, t), at, t)
            view.beside(page, place, Own.walked(view, at), t)
        renderer, words = page.picture.canvas.get_renderer(), WORDS[lang]["own"]["here"]
        boxes = {t.get_text(): t.get_window_extent(renderer) for t in page.picture.texts_shown()}
        shown = [boxes.pop(text) for text in [*boxes] if words in text]
        assert shown or change
        for here in shown:
            assert here.x0 >= 0
            assert here.x1 <= page.picture.bbox.x1
            assert not [text for text, box in boxes.items() if box.overlaps(here)], change
            for way in ways(page.picture, here):
                assert not way.intersects_bbox(here, filled=False), change


def ways(picture, here):
    """The lines and arrows of a picture that may come to a place: where they go on the canvas."""
    for one in picture.findobj(Line2D) + picture.findobj(Collection):
        drawn = not isinstance(one, Line2D) or one.get_linestyle() != "None"  # dots alone
        if drawn and not (one.get_clip_on() and one.clipbox and not one.clipbox.overlaps(here)):
            for path in one.get_paths() if isinstance(one, Collection) else [one.get_path()]:
                yield one.get_transform().transform_path(path)
    for arrow in picture.findobj(FancyArrowPatch):
        for path in arrow._get_path_in_displaycoord()[0]:  # intersects_bbox takes no closed curve
            yield from map(Path, path.to_polygons(closed_only=False))


def with_its_epsilon_within(grad, w, h=0.0, *, lr, gamma=0.9, eps=1e-8):
    h = gamma * h + (1 - gamma) * grad(w) ** 2
    return w - lr * grad(w) / np.sqrt(h + eps), h


@pytest.mark.parametrize(
    ("name", "rule"),
    [  # what `check` takes as right; and one whose state has no names
        ("sgd", lambda grad, w, *, lr: np.float32(w - lr * grad(w))),
        ("rmsprop", with_its_epsilon_within),
        ("momentum", lambda grad, w, *state, **hyper: momentum(grad, w, *state, **hyper)),
        (
            "rmsprop",
            lambda grad, w, *s, **h: rmsprop(grad, w, *s, **h),
        ),  # h, as its state is called
    ],
)
def test_a_rule_that_is_as_good_as_right_does_not_part(name, rule):
    scene = Scene(VIEWS[name](rule))
    said = scene.say(scene.view.values(), 20)
    assert "내 규칙(파랑)은 규칙과 같은 길을 걷는다." in said


@pytest.mark.parametrize(("name", "seen"), [("momentum", True), ("rmsprop", True), ("adam", False)])
def test_of_a_rule_that_only_rounds_otherwise_the_sentence_says_so(name, seen):
    """In float32 no step is wrong. Where it is seen in the picture the paths do part."""
    rule = VIEWS[name].rule

    @wraps(rule)
    def rounded(*args, **hyper):
        return tuple(np.asarray(one).astype(np.float32) for one in rule(*args, **hyper))

    scene = Scene(VIEWS[name](rounded))
    at = scene.view.values()
    own = Own.walked(scene.view, at)
    apart = np.abs(own.w - own.rule.w).max()
    assert apart > 1e-5
    assert (apart > 0.01) == seen == (own.parts is not None)
    told = "한 걸음씩 보면 규칙과 같다." if seen else "규칙과 같은 길을 걷는다."
    assert f"내 규칙(파랑)은 {told}" in scene.say(at, 0)
    if seen:
        assert f" {own.parts}걸음째에 길이 갈라진다." in scene.say(at, own.parts)


def test_a_rule_that_remembers_its_steps_may_refuse_more_than_all():
    @wraps(momentum)
    def counting(grad, w, *state, lr, **hyper):
        steps.append(w)
        if len(steps) > view.steps:
            raise RuntimeError("enough")
        return momentum(grad, w, *state, lr=lr * (1 if len(steps) < 4 else 0.7), **hyper)

    view, steps = VIEWS["momentum"](counting), []
    own = Own.walked(view, view.values())
    assert len(steps) == view.steps + 1
    assert (own.parts, own.alike, own.error) == (4, False, "")


def test_every_mistake_parts_but_those_whose_path_is_the_same():
    """None only rounds otherwise: one that hands on a wrong state has each step right."""
    views = {view.rule.__name__: view for view in VIEWS.values()}
    same = set()
    for one in MISTAKES:
        if view := views.get(one.exercise):
            own = Own.walked(view(one.function), view().values())
            assert not own.alike
            if own.parts is None:
                same.add(one.function.__name__)
    assert same == {"momentum_as_pytorch", "momentum_turned_velocity", "nag_turned_velocity"}


def divided(w):
    raise ZeroDivisionError("division <by> zero.")


@pytest.mark.parametrize(
    ("name", "after", "then", "said"),
    [
        *((name, 3, divided, "ZeroDivisionError: division &lt;by&gt; zero.") for name in VIEWS),
        ("momentum", 0, divided, "ZeroDivisionError: division &lt;by&gt; zero."),
        ("momentum", 3, lambda w: None, "TypeError: "),
        ("momentum", 3, lambda w: w + 1j, "W가 복소수가 된다."),
        ("momentum", 3, lambda w: np.ones(7), "ValueError: "),
    ],
)
def test_a_rule_that_stops_on_the_way_is_shown_as_far_as_it_came(name, after, then, said):
    view, steps = VIEWS[name], []

    @wraps(view.rule)
    def stopping(grad, w, *state, **hyper):
        steps.append(w)
        stepped = view.rule(grad, w, *state, **hyper)
        if len(steps) <= after:
            return stepped
        return (then(w), *stepped[1:]) if isinstance(stepped, tuple) else then(stepped)

    stops, goes_on = Scene(view(stopping)), Scene(view(view.rule))
    at, away = stops.view.values(), after + 2
    assert stops.moving(at, after) == goes_on.moving(at, after)
    assert len(SCENES[name].moving(at, away)) < len(stops.moving(at, away))
    assert stops.moving(at, away) != goes_on.moving(at, away)
    for t in (0, away):
        assert f"내 규칙(파랑)은 {after + 1}걸음째를 걷지 못한다. {said}" in stops.say(at, t)
        assert "같은 길" not in stops.say(at, t)
        assert ".." not in stops.say(at, t)


@pytest.mark.parametrize("narrow", [False, True])
def test_squares_are_square_and_the_ravine_is_as_long_as_it_is(narrow):
    view = VIEWS["adagrad"](narrow=narrow)
    _, charts = view.ground(view.values())
    for name in ("plane", "squares"):
        (left, bottom), (right, top) = charts[name].transData.transform([(0, 0), (1, 1)])
        assert right - left == pytest.approx(top - bottom, rel=1e-3)

"""The libraries' forms against the libraries, what parts them, and the page that tells it."""

import importlib.util
import json
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from golden.record_conventions import (
    FILE,
    LIBRARIES,
    RATES,
    RULES,
    SCALES,
    START,
    grad,
    record,
)

from udl import CHAPTER, OVERSHOOT, RAVINE, adagrad, adam, momentum, nag, radam, rmsprop, run
from udl.__main__ import main
from udl.experiments import libraries as c
from udl.publish.libraries import NAMES, PAGES, TABLES, WORDS, fill

ROOT = Path(__file__).parents[2]
RECORDED = json.loads(FILE.read_text(encoding="utf-8"))

# The forms are the libraries' ---------------------------------------------------------------------


def path(form, scale):
    """A form's twelve steps, as `record` asks the library for them."""
    w, state = np.array(START), form.start
    yield w
    for rate in RATES:
        w, *state = form.step(lambda w: grad(w, scale), w, *state, lr=rate, **form.hyper)
        yield w


@cache
def live(library):
    for needed in {"torch": ["torch"], "keras": ["keras", "jax"], "optax": ["optax"]}[library]:
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras's own
        return record(library)


@pytest.mark.parametrize("source", [RECORDED.get, live], ids=["recorded", "live"])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("library", LIBRARIES)
def test_every_form_is_the_library_s(library, rule, scale, source):
    theirs = np.array(source(library)["paths"][f"{rule} {scale:g}"])
    ours = np.array(list(path(c.FORMS[rule][library], scale)))
    moved = np.abs(np.diff(theirs, axis=0)).max()  # the steps themselves may be tiny
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-15 * 10 + 1e-10 * moved)


OTHER_FORM = {"momentum": "torch", "nag": "chapter", "adam": "keras"}


@pytest.mark.parametrize("rule", OTHER_FORM)
def test_the_comparison_tells_one_form_from_another(rule):
    wrong = c.FORMS[rule][OTHER_FORM[rule]]
    library = "torch" if rule == "adam" else "keras"
    theirs = np.array(RECORDED[library]["paths"][f"{rule} 1e-06"])
    ours = np.array(list(path(wrong, 1e-6)))
    assert np.abs(ours - theirs).max() > 1e-2 * np.abs(theirs - START).max()


@pytest.mark.parametrize("source", [RECORDED.get, live], ids=["recorded", "live"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_default_settings_are_the_library_s(library, source):
    theirs = source(library)["defaults"]
    for rule in RULES:
        form, default = c.FORMS[rule][library], theirs[rule]
        assert form.lr == default.get("lr", default.get("learning_rate"))
        assert (form.start or (0,))[0] == default.get("initial_accumulator_value", 0)
        eps = form.hyper.get("eps") or form.hyper.get("eps_root")
        assert eps == default.get("eps", default.get("epsilon"))
    gamma = {"torch": "alpha", "keras": "rho", "optax": "decay"}[library]
    assert c.FORMS["rmsprop"][library].hyper["gamma"] == theirs["rmsprop"][gamma]
    betas = {"torch": ("betas",), "keras": ("beta_1", "beta_2"), "optax": ("b1", "b2")}[library]
    assert np.ravel([theirs["adam"][name] for name in betas]).tolist() == [0.9, 0.999]


def test_the_chapter_s_forms_are_its_equations():
    state = {"momentum": (0.3,), "nag": (0.3,), "adagrad": (0.5,), "rmsprop": (0.5,)}
    for rule, (past,) in state.items():
        g, form = 0.7, c.FORMS[rule]["chapter"]
        w, now = form.step(lambda w: 0.7, 2.0, past, lr=0.1, **form.hyper)
        expected = {
            "momentum": 0.9 * past - 0.1 * g,
            "nag": 0.9 * past - 0.1 * g,
            "adagrad": -0.1 / (past + g**2) ** 0.5 * g,
            "rmsprop": -0.1 / (0.99 * past + 0.01 * g**2) ** 0.5 * g,
        }
        assert w - 2.0 == pytest.approx(expected[rule], rel=1e-12), now
    w, *_ = adam(lambda w: 1e-4, 0.0, lr=0.1, **c.FORMS["adam"]["chapter"].hyper)
    assert w == pytest.approx(-0.1 / 2**0.5)  # v̂ = ε inside the root


# lr inside or outside the velocity ----------------------------------------------------------------


@pytest.mark.parametrize(("inside", "outside"), [(momentum, c.momentum_outside), (nag, None)])
def test_at_a_constant_rate_the_two_forms_walk_one_path(inside, outside):
    d = run(inside, CHAPTER, 1.24, 300, lr=0.02)
    if inside is momentum:
        other = run(outside, CHAPTER, 1.24, 300, lr=0.02)
        assert np.abs(other.w - d.w).max() < 1e-12
        assert np.abs(-0.02 * other.state["b"] - d.state["v"]).max() < 1e-12
    else:
        ahead = d.w + 0.9 * d.state["v"]
        for step in (c.nag_outside, c.nag_ahead):
            assert np.abs(run(step, CHAPTER, 1.24, 300, lr=0.02).w - ahead).max() < 1e-12


@pytest.mark.parametrize("at", range(2, 8))
def test_a_cut_outside_is_a_cut_of_the_velocity_inside(at):
    ours = c.after_a_cut(at, steps=12)
    w, v = c.CUT.start, 0.0
    for t in range(1, 13):
        rate = c.CUT.lr * (1 if t < at else c.CUT.factor)
        if t == at:
            v = v * c.CUT.factor  # what PyTorch does without saying so
        w, v = momentum(CHAPTER.grad, w, v, lr=rate)
    assert ours["outside"]["end"] == pytest.approx(w, abs=1e-12)
    assert ours["inside"]["before"] == pytest.approx(ours["outside"]["before"], abs=1e-12)


def test_where_a_cut_leads():
    found = {at: c.after_a_cut(at) for at in range(2, 8)}
    for key, ends in (
        ("inside", [2.377239] + [7.176888] * 5),
        ("outside", [2.377239] * 4 + [7.176888, 4.25551]),
    ):
        assert [f[key]["end"] for f in found.values()] == pytest.approx(ends, abs=1e-4)
    step = found[5]
    assert step["inside"]["after"] == pytest.approx(0.4576, abs=5e-4)
    assert step["outside"]["after"] == pytest.approx(0.0298, abs=5e-4)


@pytest.mark.parametrize("nudge", [-1e-9, 1e-9])
def test_where_a_cut_leads_does_not_hang_on_the_last_bit(nudge):
    for at in range(2, 8):
        near = c.after_a_cut(at, start=c.CUT.start + nudge)
        for key, f in c.after_a_cut(at).items():
            assert near[key]["end"] == pytest.approx(f["end"], abs=1e-6)


# NAG's two parameters -----------------------------------------------------------------------------


def test_the_two_parameters_of_nag():
    plan = c.FIGURE_NAG.nag
    w, ahead, loss, loss_ahead = c.two_parameters()
    theirs = run(c.nag_outside, OVERSHOOT, plan.w0, plan.steps, lr=plan.hyper["lr"])
    assert np.abs(theirs.w - ahead).max() < 1e-12
    assert np.abs(theirs.loss - loss_ahead).max() < 1e-12
    assert w[0] == ahead[0]  # no velocity yet
    assert abs(w[-1] - ahead[-1]) < 0.01  # and none any more
    assert (loss_ahead[1:6] < loss[1:6]).all()
    assert (loss_ahead[6:9] > loss[6:9]).all()
    assert ahead[6] - w[6] == pytest.approx(1.213, abs=1e-3)


# ε ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.99, 0.9, 0.5, 0.1, 0.01])
def test_reach_of_eps_is_what_adam_does(share):
    outside, inside = c.reach_of_eps(share)
    for size, hyper in ((outside, {"eps": 1e-8}), (inside, {"eps": 0.0, "eps_root": 1e-8})):
        w, *_ = adam(lambda w, g=size: g, 0.0, lr=1.0, **hyper)
        assert -w == pytest.approx(share, rel=1e-9)
    assert inside > outside


@pytest.mark.parametrize("t", [1, 10, 1000])
def test_keras_s_eps_is_a_larger_one_that_shrinks(t):
    m, v = 1e-7 * (1 - 0.9**t), 1e-14 * (1 - 0.999**t)  # after t steps of gradient 1e-7
    before = m / 0.9 - 1e-7 / 9, (v - 1e-17) / 0.999, t - 1
    w, *_ = c.adam_eps_hat(lambda w: 1e-7, 0.0, *before, lr=1.0)
    same, *_ = adam(lambda w: 1e-7, 0.0, *before, lr=1.0, eps=c.eps_beside_corrected(t, 1e-7))
    assert w == pytest.approx(same, rel=1e-12)


def test_radam_s_eps_stands_beside_the_uncorrected_root():
    state = ()
    w = 0.0
    for t in range(1, 11):
        old = w
        w, *state = radam(lambda w: 1e-7, w, *state, lr=1.0)
        rho, r = c.rectified(t)
        expected = r * 1e-7 / (1e-7 + c.eps_beside_corrected(t, 1e-8)) if rho > 5 else 1e-7
        assert old - w == pytest.approx(expected, rel=1e-9)


def test_the_paper_s_radam_divides_one_step_sooner():
    rho = [c.rectified(t)[0] for t in range(1, 9)]
    assert int(np.argmax(np.array(rho) > 4)) + 1 == 5
    assert int(np.argmax(np.array(rho) > 5)) + 1 == 6
    assert np.isnan(c.rectified(4)[1])


# Bias correction, and where h starts --------------------------------------------------------------


@pytest.mark.parametrize("t", [1, 2, 12, 100])
def test_uncorrected_is_what_the_rules_do(t):
    w, state, late = 0.0, (), (0.0, 0.0, 10**6)
    h, last = 0.0, 0.0
    for _ in range(t):
        w, *state = adam(lambda w: 7.0, w, *state, lr=1.0, eps=0.0)
        _, *late = adam(lambda w: 7.0, 0.0, *late, lr=1.0, eps=0.0)
        last, h = rmsprop(lambda w: 7.0, 0.0, h, lr=1.0, gamma=0.99, eps=0.0)
    assert -w == pytest.approx(t)  # corrected, every step is lr
    m, v, _ = late
    assert m / v**0.5 == pytest.approx(c.uncorrected(t, 0.9, 0.999))
    assert -last == pytest.approx(c.uncorrected(t, 0.0, 0.99))


@pytest.mark.parametrize("size", [10.0, 1.0, 0.1, 0.01])
def test_adagrad_from_a_tenth(size):
    first, half = c.accumulator(size)
    h, plain, shares = 0.1, 0.0, []
    for _ in range(half):
        w, h = adagrad(lambda w: size, 0.0, h, lr=1.0, eps=0.0)
        full, plain = adagrad(lambda w: size, 0.0, plain, lr=1.0, eps=0.0)
        shares.append(w / full)
    assert shares[0] == pytest.approx(first)
    assert [share >= 0.5 for share in shares] == [False] * (half - 1) + [True]


def test_a_scaled_loss_changes_adagrad_from_a_tenth():
    """From 0 AdaGrad does not see the scale of the loss; from 0.1 it does."""
    start = np.array(START)
    ends = {}
    for h in (0.0, 0.1):
        for scale in (1.0, 0.01):
            w, now = start, h
            for _ in range(50):
                w, now = adagrad(lambda w, s=scale: grad(w, s), w, now, lr=0.4, eps=0.0)
            ends[h, scale] = RAVINE(w)
    assert ends[0.0, 1.0] == pytest.approx(ends[0.0, 0.01])
    assert ends[0.1, 0.01] > 5 * ends[0.1, 1.0]


def test_first_steps_of_every_form():
    step = {
        (rule, library): [c.first_step(form, g) for g in (1.0, 1e-6)]
        for rule in ("adagrad", "rmsprop", "adam")
        for library, form in c.FORMS[rule].items()
    }
    assert step["adagrad", "optax"] == pytest.approx([0.9535, 3.162e-6], rel=1e-3)
    assert step["rmsprop", "torch"] == pytest.approx([10, 9.0909], rel=1e-4)
    assert step["rmsprop", "keras"] == pytest.approx([10**0.5, 3.162e-3], rel=1e-3)
    assert step["adam", "chapter"] == pytest.approx([1, 0.01], rel=1e-3)
    assert step["adam", "torch"] == pytest.approx([1, 0.9901], rel=1e-4)
    assert step["adam", "keras"] == pytest.approx([1, 0.2403], rel=1e-3)


# The page -----------------------------------------------------------------------------------------


each_page = pytest.mark.parametrize("lang", PAGES)


def read(lang):
    return (ROOT / PAGES[lang]).read_text(encoding="utf-8")


@each_page
def test_a_page_s_tables_are_what_is_computed(lang):
    assert fill(read(lang), lang) == read(lang), "run python -m udl conventions"


@each_page
@pytest.mark.parametrize("name", TABLES)
def test_every_table_stands_in_a_page(name, lang):
    assert f"<!-- {name} -->\n|" in read(lang)


@each_page
def test_fill_mends_an_old_row_and_nothing_else(lang):
    old = read(lang).replace("| 99% |", "| 98% |")
    assert old != read(lang)
    assert fill(old, lang) == read(lang)
    assert fill("words\n\n| a | table |\n", lang) == "words\n\n| a | table |\n"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_same_numbers_in_every_language(name):
    korean, english = (TABLES[name](WORDS[lang]) for lang in ("ko", "en"))
    assert len(korean.head) == len(english.head)
    cells = [[cell for row in table.rows for cell in row] for table in (korean, english)]
    words = {WORDS[lang][key] for lang in WORDS for key in ("chapter", "h0", "gamma", "undivided")}
    for one, other in zip(*cells, strict=True):
        assert one == other or {one, other} <= words


def test_fill_names_a_table_that_is_not_there():
    with pytest.raises(ValueError, match=r"a table must be one of denominators, .*, not 'what'"):
        fill("<!-- what -->\n", "en")


def test_the_command_sets_the_tables(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(["conventions"])
    page = PAGES["ko"]
    assert capsys.readouterr().err.startswith(f"udl: {page}, ")
    (tmp_path / "docs").mkdir()
    copy = tmp_path / page
    copy.write_text(read("ko").replace("| 99% |", "| 98% |"), encoding="utf-8")
    assert main(["conventions"]) == 0
    assert copy.read_text(encoding="utf-8") == read("ko")
    assert main(["conventions"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{page}  written", f"{page}  unchanged"]


@each_page
def test_recorded_versions_stand_in_a_page(lang):
    for library in LIBRARIES:
        version = RECORDED[library]["version"].partition("+")[0]
        assert f"{NAMES[library]} {version}" in read(lang)

"""Maps: the last step of `run`, bit for bit, in any chunks; and every name that `ends` gives."""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import numpy as np
import pytest
from experiments import troubles

from udl import CHAPTER, HIMMELBLAU, RAVINE, SADDLE, Loss, Minimum, run
from udl.experiments.maps import (
    DIVERGED,
    NOT_SETTLED,
    SENSITIVE,
    WINDOW,
    Final,
    Survey,
    ends,
    final,
    survey,
)
from udl.schedules import Linear
from udl.steps import adagrad, adam, adamw, momentum, nag, radam, rmsprop, sgd

RULES = [sgd, momentum, nag, adagrad, rmsprop, adam, adamw, radam]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)

STARTS = np.linspace(-1, 9, 37)
PLANE = np.stack([np.linspace(-3, 3, 37), np.linspace(2, -2, 37)])
RATES = np.geomspace(0.001, 0.05, 37)
# loss, start, hyperparameters: every way in which a map can be laid out
MAPS = {
    "starts": (CHAPTER, STARTS, {"lr": 0.05}),
    "start each with a rate": (CHAPTER, STARTS, {"lr": RATES}),
    "one start, many rates": (CHAPTER, 1.24, {"lr": RATES}),
    "pairs": (CHAPTER, STARTS[::4, None], {"lr": RATES[:11]}),
    "a table of starts": (CHAPTER, STARTS[:36].reshape(4, 9), {"lr": 0.05}),
    "a single number": (CHAPTER, 1.24, {"lr": 0.05}),
    "no points": (CHAPTER, STARTS[:0], {"lr": 0.05}),
    "plane": (HIMMELBLAU, PLANE, {"lr": 0.005}),
    "plane, a rate each": (HIMMELBLAU, PLANE, {"lr": RATES / 10}),
    "plane, one start": (HIMMELBLAU, PLANE[:, :1], {"lr": RATES / 10}),
    "plane, pairs": (HIMMELBLAU, PLANE[:, ::4, None], {"lr": RATES[:11] / 10}),
    "plane, a rate a coordinate": (HIMMELBLAU, PLANE, {"lr": np.array([[0.001], [0.005]])}),
    "one point of a plane": (HIMMELBLAU, PLANE[:, 0], {"lr": 0.005}),
}
every_map = pytest.mark.parametrize("layout", MAPS)


def same(got, d):
    """Whether a map is the last step of a recorded descent, bit for bit."""
    np.testing.assert_array_equal(got.w, d.w[-1])
    assert np.shape(got.w) == d.w[-1].shape


@pytest.mark.parametrize("walk", [final, survey])
def test_a_gradient_is_tried_at_the_points_of_a_chunk(walk):
    """At all of a map it would take the time of three steps in which an executor's cores wait."""
    asked = []

    def grad(w):
        asked.append(w.shape)
        return w

    walk(sgd, replace(RAVINE, grad=grad), np.ones((2, 1000)), 0, lr=0.1, chunk=100)
    assert asked == [(2, 100)]
    asked.clear()
    walk(sgd, replace(RAVINE, grad=grad), [1.0, 1.0], 0, lr=0.1, chunk=1)
    assert asked == [(2,)]


@pytest.mark.parametrize("walk", [final, survey])
def test_every_point_may_have_a_curve_of_its_own(walk):
    """As many as stand in a chunk: tried at fewer they did not fit."""
    k = np.linspace(0.1, 1, 5000)
    bowls = replace(CHAPTER, value=lambda w: k * w**2, grad=lambda w: 2 * k * w)
    got, d = (of(sgd, bowls, np.ones(5000), 3, lr=0.1) for of in (walk, run))
    same(got, d)
    np.testing.assert_allclose(got.w, (1 - 0.2 * k) ** 3)


# The same bits ------------------------------------------------------------------------------------


@every_rule
@every_map
@pytest.mark.parametrize("chunk", [1, 10, 37, 10**6])
def test_chunks_and_the_whole_are_run_s_last_step(rule, layout, chunk):
    loss, w0, hyper = MAPS[layout]
    same(final(rule, loss, w0, 7, chunk=chunk, **hyper), run(rule, loss, w0, 7, **hyper))


def test_two_hyperparameters_cross_in_chunks():
    lr, alpha = np.geomspace(0.01, 9, 13), np.linspace(0, 0.98, 11)[:, None]
    d = run(momentum, CHAPTER, 1.24, 400, lr=lr, alpha=alpha)
    for chunk in (7, 64, 10**6):
        got = final(momentum, CHAPTER, 1.24, 400, chunk=chunk, lr=lr, alpha=alpha)
        same(got, d)
        with np.errstate(invalid="ignore"):
            np.testing.assert_array_equal(got.moved, np.abs(d.w[-1] - d.w[-2]))


def test_float32_stays_float32():
    w0 = STARTS.astype(np.float32)
    got = final(adam, CHAPTER, w0, 20, lr=0.1, chunk=10)
    assert got.w.dtype == np.float32
    same(got, run(adam, CHAPTER, w0, 20, lr=0.1))


def test_no_steps_is_the_start():
    got = final(momentum, CHAPTER, STARTS, 0, lr=0.1)
    np.testing.assert_array_equal(got.w, STARTS)
    assert np.isnan(got.moved).all()
    assert (ends(CHAPTER, got) == NOT_SETTLED).all()


def test_the_last_step_s_length_on_a_plane():
    d = run(sgd, RAVINE, PLANE, 5, lr=0.1)
    got = final(sgd, RAVINE, PLANE, 5, lr=0.1)
    np.testing.assert_array_equal(got.moved, np.hypot(*(d.w[-1] - d.w[-2])))


def test_a_loss_without_coordinates_is_never_cut():
    class Network:  # w is one long vector; its elements belong together
        def __call__(self, w):
            return (w.sum() ** 2) / 2

        def grad(self, w):
            assert w.shape == (37,)
            return np.full(37, w.sum())

    got = final(sgd, Network(), STARTS, 3, lr=0.01, chunk=5)
    same(got, run(sgd, Network(), STARTS, 3, lr=0.01))


# The survey ---------------------------------------------------------------------------------------


@every_rule
@every_map
def test_a_survey_walks_as_final_does(rule, layout):
    loss, w0, hyper = MAPS[layout]
    got, plain = survey(rule, loss, w0, 7, chunk=10, **hyper), final(rule, loss, w0, 7, **hyper)
    shape = plain.w.shape
    assert got.w.shape == shape
    assert got.moved.shape == got.arrived.shape == got.parted.shape == plain.moved.shape
    np.testing.assert_array_equal(got.w, plain.w)


TILTED = np.array([[2.0, 0.5], [0.5, 1.0]])


def test_a_survey_gives_a_surface_no_axis_that_it_does_not_know():
    """Of twins in one array A @ w took them for the coordinates, and nothing said so."""
    tilted = replace(RAVINE, value=lambda w: (w * (TILTED @ w)).sum(axis=0), grad=TILTED.__matmul__)
    by_hand = w0 = np.random.default_rng(0).normal(size=(2, 7))
    for _ in range(9):
        by_hand = by_hand - 0.1 * (TILTED @ by_hand)
    for walk in (final, survey):
        got = walk(sgd, tilted, w0, 9, lr=0.1)
        np.testing.assert_allclose(got.w, by_hand, rtol=1e-12)


@pytest.mark.parametrize(
    ("loss", "w0", "hyper"),
    [
        (CHAPTER, STARTS, {"lr": 0.15}),
        (CHAPTER, 1.24, {"lr": np.geomspace(0.01, 9, 20)}),
        (HIMMELBLAU, PLANE, {"lr": 0.005}),
    ],
)
def test_arrival_is_the_first_step_from_which_it_stays(loss, w0, hyper):
    d = run(momentum, loss, w0, 300, **hyper)
    far = np.ones((301, *d.w.shape[1 + (loss.coordinates == 2) :]), bool)
    for minimum in loss.minima:
        if loss.coordinates == 1:
            far &= ~(np.abs(d.w - minimum.w) <= 0.01)
        else:
            far &= ~(np.hypot(*(d.w - np.reshape(minimum.w, (2, 1))).swapaxes(0, 1)) <= 0.01)
    by_hand = 301 - np.argmax(far[::-1], axis=0)
    by_hand[~far.any(axis=0)] = 0
    got = survey(momentum, loss, w0, 300, chunk=7, **hyper)
    np.testing.assert_array_equal(got.arrived, by_hand)


def test_a_twin_parts_as_two_descents_do():
    lr = np.geomspace(0.01, 1, 20)
    a, b = (run(momentum, CHAPTER, 1.24 + shift, 200, lr=lr).w for shift in (0, 1e-6))
    got = survey(momentum, CHAPTER, 1.24, 200, shift=1e-6, chunk=7, lr=lr)
    calm = np.abs(a - b).max(axis=0) < 1e-3
    np.testing.assert_allclose(
        got.parted[calm], np.abs(a - b).max(axis=0)[calm], rtol=1e-4, atol=1e-12
    )
    assert got.shift == 1e-6
    assert (got.parted[~calm] > 1e-3).all()
    assert 0 < calm.sum() < 20


def test_a_start_in_a_minimum_has_arrived():
    got = survey(sgd, RAVINE, np.zeros((2, 3)), 5, lr=0.1)
    np.testing.assert_array_equal(got.arrived, [0, 0, 0])


# Where it ends ------------------------------------------------------------------------------------


def test_every_name():
    lr = np.array([0.05, 0.2, 0.4, 1.0, 9.0])
    got = survey(momentum, CHAPTER, 1.24, 2000, lr=lr, alpha=np.array([0.5, 0.9, 0.0, 0.9, 0.5]))
    names = [1, 3, NOT_SETTLED, SENSITIVE, DIVERGED]
    np.testing.assert_array_equal(ends(CHAPTER, got), names)
    plain = Final(got.w, got.moved)
    assert ends(CHAPTER, plain)[3] != SENSITIVE  # only a survey can tell
    assert ends(CHAPTER, got, magnified=np.inf)[3] != SENSITIVE
    assert len({NOT_SETTLED, SENSITIVE, DIVERGED, *range(4)}) == 7


def test_every_minimum_of_the_curve_and_of_the_surface():
    starts = np.array([-1.0, 2.0, 4.0, 7.0])
    np.testing.assert_array_equal(
        ends(CHAPTER, final(sgd, CHAPTER, starts, 2000, lr=0.05)), range(4)
    )
    starts = np.array([m.w for m in HIMMELBLAU.minima]).T + 0.3
    got = final(momentum, HIMMELBLAU, starts, 2000, lr=0.002)
    np.testing.assert_array_equal(ends(HIMMELBLAU, got), range(4))
    assert ends(CHAPTER, final(sgd, CHAPTER, 7.0, 2000, lr=0.05)) == 3
    assert ends(SADDLE, final(sgd, SADDLE, [1.5, 1.0], 2000, lr=0.1)) == 1


def test_standing_where_there_is_no_minimum_is_not_settling():
    got = final(sgd, SADDLE, [0.0, 1.0], 2000, lr=0.1)  # on the ridge: it ends in the saddle
    assert got.moved < 1e-12
    assert ends(SADDLE, got) == NOT_SETTLED


def test_near_a_minimum_but_moving_is_not_settling():
    got = final(sgd, RAVINE, np.array([[0.1], [0.0]]), 1, lr=0.1)
    assert ends(RAVINE, got, near=0.5) == [NOT_SETTLED]
    assert ends(RAVINE, got, near=0.5, still=0.01) == [0]


@pytest.mark.parametrize("w", [np.nan, np.inf, -np.inf, 2e6, -2e6])
def test_what_is_lost_has_diverged(w):
    lost = Final(np.array([w, 7.176888]), np.array([0.0, 0.0]))
    np.testing.assert_array_equal(ends(CHAPTER, lost), [DIVERGED, 3])
    pair = Final(np.array([[3.0, 3.0], [w, 2.0]]), np.array([0.0, 0.0]))
    np.testing.assert_array_equal(ends(HIMMELBLAU, pair), [DIVERGED, 2])


def test_divergence_stands_before_the_last_digits():
    got = survey(sgd, CHAPTER, np.array([1.24]), 400, lr=9.0)
    assert got.parted[0] > 1
    assert ends(CHAPTER, got) == [DIVERGED]


def test_a_diverging_rate_is_the_theory_s():
    """Far out the parabola 0.232 (w − 5)² rules: SGD diverges above 1/0.232, whatever the hills."""
    lr = np.array([0.97, 1.03]) / 0.232
    np.testing.assert_array_equal(
        ends(CHAPTER, final(sgd, CHAPTER, 1.24, 2000, lr=lr)) == DIVERGED, [False, True]
    )


# Many cores, many machines ------------------------------------------------------------------------

BOWL = troubles.Bowl()


def processes(workers=2):
    """Spawned, as the suite's own process has threads; the caller closes them."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed", reason="pip install '.[cluster]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def client(cluster):
    with cluster.get_client() as client:
        yield client


@pytest.fixture(scope="module", params=["threads", "processes", "cluster"])
def executor(request):
    if request.param == "cluster":
        yield request.getfixturevalue("client").get_executor()
    else:
        with ThreadPoolExecutor(2) if request.param == "threads" else processes() as pool:
            yield pool


def identical(got, wanted):
    """Whether two maps are the same in every bit, type and shape."""
    assert type(got) is type(wanted)
    for name, value in vars(wanted).items():
        other = getattr(got, name)
        assert np.asarray(other).dtype == np.asarray(value).dtype
        np.testing.assert_array_equal(other, value)
        assert np.shape(other) == np.shape(value)


@pytest.mark.parametrize("walk", [final, survey])
@pytest.mark.parametrize("layout", MAPS)
def test_an_executor_changes_no_bit(executor, walk, layout):
    loss, w0, hyper = MAPS[layout]
    chunk = 100 if "pairs" in layout else 10
    got = walk(adam, loss, w0, 7, chunk=chunk, executor=executor, **hyper)
    identical(got, walk(adam, loss, w0, 7, **hyper))


@every_rule
def test_an_executor_walks_every_rule(executor, rule):
    w0 = STARTS.astype(np.float32)
    got = final(rule, CHAPTER, w0, 20, lr=RATES, chunk=10, executor=executor)
    identical(got, final(rule, CHAPTER, w0, 20, lr=RATES))


class Counting:
    """An executor that computes what it is asked for, and counts what it holds until then."""

    def __init__(self):
        self.held = self.most = self.submitted = 0

    def submit(self, function, *arguments):
        outer = self
        self.submitted += 1
        self.held += 1
        self.most = max(self.most, self.held)

        class Held(Future):
            def result(self):
                outer.held -= 1
                return function(*arguments)

        return Held()


def test_a_map_of_many_chunks_is_submitted_a_window_at_a_time():
    pool, starts = Counting(), np.linspace(-1, 1, 4 * WINDOW)
    got = final(sgd, BOWL, starts, 3, lr=0.1, chunk=1, executor=pool)
    identical(got, final(sgd, BOWL, starts, 3, lr=0.1))
    assert pool.submitted >= starts.size
    assert WINDOW // 2 < pool.most <= WINDOW + 3  # and what is sent for trial


class Recording(ThreadPoolExecutor):
    """Threads that keep every future they gave."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.futures = []

    def submit(self, *arguments):
        self.futures.append(super().submit(*arguments))
        return self.futures[-1]


@pytest.mark.parametrize("walk", [final, survey])
def test_after_an_error_nothing_is_left_to_do(walk):
    release = threading.Event()

    def rule(grad, w, *, lr):
        if w.max() < 0:  # the first chunk
            raise ArithmeticError("the rule failed")
        release.wait()
        return w - lr * grad(w)

    with Recording(2) as pool:
        with pytest.raises(ArithmeticError, match="the rule failed"):
            walk(rule, BOWL, np.linspace(-1, 1, 1000), 3, lr=0.1, chunk=100, executor=pool)
        left = [future for future in pool.futures if not future.done()]
        release.set()
        assert len(left) <= 2  # one that each thread had begun
        assert sum(future.cancelled() for future in pool.futures) >= 5


@pytest.fixture
def no_process_stays():
    before = multiprocessing.active_children()
    yield
    after = [child for child in multiprocessing.active_children() if "Dask" not in child.name]
    assert set(after) <= set(before)


def test_a_failing_worker_s_error_is_the_call_s(no_process_stays):
    fails = troubles.Bowl(troubles.fail)
    with processes() as pool:
        for walk in (final, survey):  # the pool goes on
            with pytest.raises(ArithmeticError, match="the gradient of a worker failed"):
                walk(sgd, fails, STARTS, 3, lr=0.1, chunk=5, executor=pool)


def test_a_killed_worker_ends_the_call(no_process_stays):
    with processes() as pool:
        with pytest.raises(BrokenProcessPool, match="terminated abruptly"):
            final(sgd, troubles.Bowl(troubles.die), STARTS, 3, lr=0.1, chunk=5, executor=pool)
        with pytest.raises(BrokenProcessPool):  # a broken pool is not said to be the rule's fault
            final(sgd, BOWL, STARTS, 3, lr=0.1, executor=pool)


def test_workers_that_cannot_start_are_not_said_to_be_the_rule_s_fault():
    """As in a script without ``if __name__ == "__main__":``."""
    spawned = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawned, initializer=os._exit, initargs=(1,)) as pool,
        pytest.raises(BrokenProcessPool, match="terminated abruptly"),
    ):
        final(sgd, BOWL, STARTS, 3, lr=0.1, executor=pool)


def test_a_pool_may_break_while_the_call_cancels_what_waits(tmp_path, no_process_stays):
    """Its own thread would fail at a cancelled future, which is an error here, and end nothing."""
    loss = troubles.Bowl(troubles.Turns((troubles.fail_late, troubles.die_late), str(tmp_path)))
    with processes(1) as pool:  # one worker: the first chunk fails and the second kills
        with pytest.raises(ArithmeticError, match="the gradient of a worker failed"):
            final(sgd, loss, STARTS, 9, lr=0.1, chunk=1, executor=pool)
        time.sleep(1)  # what wakes the pool earlier would clear the cancelled away


def test_a_cluster_walks_the_chunks_of_a_killed_worker_again(cluster, client, tmp_path):
    dies_once = troubles.Bowl(troubles.Turns((troubles.die,), str(tmp_path)))
    pool = client.get_executor()
    got = final(sgd, dies_once, STARTS, 3, lr=0.1, chunk=5, executor=pool)
    assert (tmp_path / "0").exists()
    identical(got, final(sgd, dies_once, STARTS, 3, lr=0.1))
    with pytest.raises(ArithmeticError, match="the gradient of a worker failed"):
        final(sgd, troubles.Bowl(troubles.fail), STARTS, 3, lr=0.1, chunk=5, executor=pool)
    cluster.scheduler.allowed_failures = 0
    with pytest.raises(sys.modules["distributed"].KilledWorker):
        final(sgd, troubles.Bowl(troubles.die), STARTS, 3, lr=0.1, chunk=50, executor=pool)


PROGRAM = """
import multiprocessing, signal, sys
from concurrent.futures import ProcessPoolExecutor
import numpy as np
from experiments.troubles import Bowl, Turns, work
from udl.experiments.maps import final
from udl.steps import sgd

def own(grad, w, *, lr):
    return w - lr * grad(w)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background has it ignored
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            rule, trouble = {"sgd": sgd, "own": own}[sys.argv[1]], Turns(999 * (work,), sys.argv[2])
            final(rule, Bowl(trouble), np.zeros(1000), 5, lr=0.1, chunk=1, executor=pool)
        finally:
            print(*(child.pid for child in multiprocessing.active_children()), flush=True)
"""


def started(*arguments):
    """The program above in a Python and a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="no signal reaches one process alone on Windows")
@pytest.mark.parametrize("send", ["kill", "killpg"], ids=["the caller", "all, as a terminal does"])
def test_ctrl_c_ends_the_call_and_leaves_no_process(send, tmp_path):
    with started("sgd", str(tmp_path)) as program:
        while not (tmp_path / "0").exists():
            assert program.poll() is None, program.stderr.read()
            time.sleep(0.02)
        getattr(os, send)(program.pid, signal.SIGINT)
        out, err = program.communicate(timeout=60)
    assert program.returncode == -signal.SIGINT
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert all(gone(int(pid)) for pid in out.split())


@pytest.mark.parametrize("at", range(4))
def test_ctrl_c_waits_until_a_submission_is_whole(at):
    """Of what is sent for trial too: a pool that has forked one worker of two never ended."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    begun, whole = [], []

    class Interrupted(Counting):
        def submit(self, *arguments):
            begun.append(arguments)
            if len(begun) == at + 1:
                signal.raise_signal(signal.SIGINT)
            whole.append(arguments)
            return super().submit(*arguments)

    try:
        with pytest.raises(KeyboardInterrupt):
            final(sgd, BOWL, STARTS, 3, lr=0.1, executor=Interrupted())
    finally:
        signal.signal(signal.SIGINT, handler)
    assert len(begun) == len(whole) == at + 1


def test_a_rule_of_a_prompt_that_no_process_can_import(tmp_path):
    with started("own", str(tmp_path)) as program:
        _, err = program.communicate(timeout=60)
    message = "TypeError: step cannot be sent to the workers of executor (A process in the"
    assert err.splitlines()[-1].startswith(message)


UNSENDABLE = {
    "step": (lambda grad, w, *, lr: w - lr * grad(w), BOWL, 0.1),
    "loss": (sgd, troubles.Bowl(lambda: None), 0.1),
    "lr": (sgd, BOWL, lambda t: 0.1),
}


@pytest.mark.parametrize("walk", [final, survey])
def test_what_cannot_be_sent_is_named(walk):
    with processes(1) as pool:
        for name, (step, loss, lr) in UNSENDABLE.items():
            with pytest.raises(TypeError) as caught:
                walk(step, loss, STARTS, 3, lr=lr, executor=pool)
            said = str(caught.value)
            assert said.startswith(f"{name} cannot be sent to the workers of executor (")
            assert "import it from a module" in said
        walk(sgd, BOWL, STARTS, 3, lr=0.1, executor=pool)  # the pool goes on
    with ThreadPoolExecutor(1) as pool:  # which share what they walk
        for step, loss, lr in UNSENDABLE.values():
            walk(step, loss, STARTS, 3, lr=lr, executor=pool)


def test_what_a_cluster_cannot_be_sent_is_named(client):
    locked = troubles.Bowl(threading.Lock())
    with pytest.raises(TypeError, match=re.escape("loss cannot be sent to the workers")):
        final(sgd, locked, STARTS, 3, lr=0.1, executor=client.get_executor())


# What is refused ----------------------------------------------------------------------------------

REFUSED = [
    (ValueError, "lr must be a finite number above 0, not 0", {"lr": 0}),
    (ValueError, "alpha must be in [0, 1), not 1", {"alpha": 1}),
    (ValueError, "steps must be a whole number from 0 up, not -1", {"steps": -1}),
    (ValueError, "steps must be a whole number from 0 up, not 2.5", {"steps": 2.5}),
    (ValueError, "w0 must be finite, real numbers, not nan", {"w0": np.nan}),
    (TypeError, "momentum has no hyperparameter 'gamma'; it has lr, alpha", {"gamma": 0.9}),
    (ValueError, "chunk must be a whole number from 1 up, not 0", {"chunk": 0}),
    (ValueError, "chunk must be a whole number from 1 up, not True", {"chunk": True}),
    *(
        (
            ValueError,
            "lr that changes on the way must be one number for all points of a map, not an array of"
            " shape (2,)",
            {"w0": w0, "lr": Linear(np.array([0.1, 0.2]), 3)},
        )
        for w0 in (1.24, [1.0, 2.0], [[1.0], [2.0]])
    ),
]


@pytest.mark.parametrize("walk", [final, survey])
@pytest.mark.parametrize(("error", "message", "change"), REFUSED)
def test_bad_input_is_named(walk, error, message, change):
    arguments = {"w0": 1.24, "steps": 3, "lr": 0.1} | change
    with pytest.raises(error, match=re.escape(message)):
        walk(momentum, CHAPTER, **arguments)


class AtOnce:
    def submit(self, function, *arguments):
        return function(*arguments)


@pytest.mark.parametrize("walk", [final, survey])
@pytest.mark.parametrize("bad", [2, "processes", ThreadPoolExecutor, object(), AtOnce()])
def test_what_is_no_executor(walk, bad):
    with pytest.raises(TypeError) as caught:
        walk(sgd, CHAPTER, 1.0, 3, lr=0.1, executor=bad)
    assert str(caught.value) == (
        "executor must be one of concurrent.futures, such as ProcessPoolExecutor(), or have its"
        f" submit, which returns a future, not {bad!r}"
    )


def test_a_closed_executor_says_so_itself():
    with ThreadPoolExecutor() as pool:
        pass
    with pytest.raises(RuntimeError, match="after shutdown"):
        final(sgd, CHAPTER, 1.0, 3, lr=0.1, executor=pool)


@pytest.mark.parametrize("name", ["near", "shift"])
@pytest.mark.parametrize("value", [0, -1.0, np.inf, np.nan, "0.1", None, [0.1], np.ones(2), 1j])
def test_bad_distances(name, value):
    with pytest.raises(ValueError, match=f"{name} must be a finite number above 0"):
        survey(sgd, CHAPTER, 1.0, 3, lr=0.1, **{name: value})


@pytest.mark.parametrize("w0", [np.float32(1.24), 1e9])
def test_a_shift_that_is_lost(w0):
    with pytest.raises(ValueError, match="shift must move every start, and 1e-09 is lost"):
        survey(sgd, CHAPTER, w0, 3, lr=0.1)


def test_a_missing_rate():
    with pytest.raises(TypeError, match="sgd needs the hyperparameter 'lr'"):
        final(sgd, CHAPTER, 1.0, 3)


@pytest.mark.parametrize("walk", [final, survey])
@pytest.mark.parametrize("v0", [np.zeros(1), np.zeros(20), np.zeros((2, 20))])
def test_a_state_that_starts_as_an_array(walk, v0):
    """Which points would have which of it? Twins on a surface had each other's."""

    def rule(grad, w, v=v0, *, lr):
        v = 0.9 * v - lr * grad(w)
        return w + v, v

    said = (
        f"v must start at one number for all points of a map, not at an array of shape {v0.shape}"
    )
    with pytest.raises(ValueError, match=re.escape(said)):
        walk(rule, RAVINE, np.ones((2, 20)), 3, lr=0.1)


@pytest.mark.parametrize("walk", [final, survey])
def test_shapes_that_do_not_fit(walk):
    with pytest.raises(ValueError, match=r"lr of shape \(3,\) does not broadcast against \(5,\)"):
        walk(sgd, CHAPTER, np.zeros(5), 3, lr=np.full(3, 0.1))
    with pytest.raises(
        ValueError, match=r"needs a start of shape \(2, 1, 1, 1\) or more on a surface"
    ):
        walk(sgd, RAVINE, np.zeros((2, 1)), 3, lr=np.full((4, 1, 3), 0.1))
    with pytest.raises(ValueError, match=re.escape("w0 must have shape (2,) or (2, n)")):
        walk(sgd, RAVINE, np.zeros(3), 3, lr=0.1)


@pytest.mark.parametrize("walk", [final, survey])
def test_a_gradient_without_the_points(walk):
    flat = replace(CHAPTER, grad=lambda w: 1.0)
    said = "loss.grad(w0) must have the shape of w0, (20,), not ()"
    with pytest.raises(ValueError, match=re.escape(said)):
        walk(sgd, flat, STARTS[:20], 3, lr=0.1)
    said = "loss.grad(w0[..., :10]) must have the shape of w0[..., :10], (10,), not ()"
    with pytest.raises(ValueError, match=re.escape(said)):
        walk(sgd, flat, STARTS[:20], 3, lr=0.1, chunk=10)


def test_without_minima_nothing_can_be_named():
    bare = Loss("bare", "W^2", lambda w: w**2, lambda w: 2 * w, ((-1.0, 1.0),), ())
    with pytest.raises(ValueError, match="loss must have minima"):
        survey(sgd, bare, 1.0, 3, lr=0.1)
    with pytest.raises(ValueError, match="loss must have minima"):
        ends(bare, final(sgd, bare, 1.0, 3, lr=0.1))


@pytest.mark.parametrize("name", ["near", "still", "far", "magnified"])
@pytest.mark.parametrize("value", [0, -1.0, np.nan, "0.1", None, [0.1], 1j])
def test_bad_distances_of_ends(name, value):
    with pytest.raises(ValueError, match=f"^{name} must be a number above 0, not "):
        ends(CHAPTER, final(sgd, CHAPTER, 1.0, 3, lr=0.1), **{name: value})


@pytest.mark.parametrize("last", [run(sgd, CHAPTER, 1.0, 3, lr=0.1), STARTS, 1.0, None, CHAPTER])
def test_ends_of_what_is_no_map(last):
    with pytest.raises(TypeError, match=r"^last must be what final or survey returned, not "):
        ends(CHAPTER, last)


@pytest.mark.parametrize("walk", [final, survey])
@pytest.mark.parametrize("points", [(), (2,), (2, 3)])
def test_ends_of_a_curve_are_not_those_of_a_surface(walk, points):
    on_curve = walk(sgd, CHAPTER, np.ones(points), 3, lr=0.1)
    on_surface = walk(sgd, RAVINE, np.ones((2, *points)), 3, lr=0.1)
    with pytest.raises(ValueError, match=r"^loss must be what was walked, a curve, not 'ravine'"):
        ends(RAVINE, on_curve)
    with pytest.raises(
        ValueError, match=r"^loss must be what was walked, a surface, not 'chapter'"
    ):
        ends(CHAPTER, on_surface)


def test_a_survey_is_a_final():
    assert issubclass(Survey, Final)
    bowl = Loss("b", "W^2", lambda w: w**2, lambda w: 2 * w, ((-1, 1),), (Minimum(0.0, "global"),))
    assert ends(bowl, survey(sgd, bowl, 1.0, 200, lr=0.1)) == 0

"""Maps: where very many starts or hyperparameters end, by broadcasting, with nothing recorded.

`run` keeps every step of every point. A map of 250,000 points needs the last step alone, so
`final` keeps that and works through the points in chunks that fit the processor's cache, which
takes less time than all points at once and gives the same bits. `survey` adds, at twice the price,
when each point arrived and whether the last digits of its start decide where. `ends` names the
minimum in which each point ended. Both give their chunks to an executor if they have one, and so
use all cores of a machine or many machines.

>>> import numpy as np
>>> from udl.losses import CHAPTER
>>> from udl.steps import momentum
>>> last = final(momentum, CHAPTER, 1.24, 2000, lr=np.array([0.05, 0.2, 1.0, 9.0]))
>>> ends(CHAPTER, last)  # the first local minimum, the global one, not settled, diverged
array([ 1,  3, -1, -2])
"""

import collections
import signal
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from math import prod

import numpy as np

from udl.descent import check_whole, extent, prepare, quiet, try_gradient, walk

NOT_SETTLED, DIVERGED, SENSITIVE = -1, -2, -3  # what `ends` says where it names no minimum
CACHE = 2**18  # bytes of each coordinate that walk together; a processor has a few times as many
WINDOW = 256  # chunks that an executor holds at once, however many the map has


@dataclass(frozen=True, eq=False)
class Final:
    """The last step of every point of a map.

    Attributes
    ----------
    w : array
        The parameter: `run`'s last, bit for bit.
    moved : array, of the shape of the points
        How far the last step went; nan if there was none.
    """

    w: np.ndarray
    moved: np.ndarray


@dataclass(frozen=True, eq=False)
class Survey(Final):
    """The last step of every point, and two things about its way.

    Attributes
    ----------
    w, moved
        As in `Final`.
    arrived : array of int, of the shape of the points
        The first step from which the point stays near one of the minima; one more than the last
        step if it is not near one at the end.
    parted : array, of the shape of the points
        The largest distance ever between the point and its twin, whose start was shifted.
    shift : float
        By how much.
    """

    arrived: np.ndarray
    parted: np.ndarray
    shift: float


def final(step, loss, w0, steps, *, chunk=None, executor=None, **hyper):
    """Take ``steps`` steps from every start and keep the last.

    Parameters
    ----------
    step, loss, w0, steps, **hyper
        As `run` takes them. Starts and hyperparameters broadcast: a start for each point, one
        start and many rates, or starts of shape (n, 1) and rates of shape (m,) for every pair.
        A rate that changes on the way is one for all points.
    chunk : int, optional
        How many points walk together at most, by default 32,768 in float64 and twice as many in
        float32. It changes the time and not one bit of the result.
        A loss without ``coordinates``, whose w may be one long vector, is never cut.
    executor : concurrent.futures.Executor, optional
        Who walks the chunks, each as one task: ``ProcessPoolExecutor()`` the cores of this
        machine, ``client.get_executor()`` of Dask a cluster. Not one bit of the result changes.
        Processes must be able to import the rule and the loss; it stays open for the next map.
        Processes that are forked know a rule of a notebook as it was when they began: define it
        anew, open anew. And what draws at random draws the same for every chunk that is sent.

    Returns
    -------
    Final

    Raises
    ------
    TypeError, ValueError
        As `run`; if chunk is not a whole number from 1 up; if a rate that changes on the way, or
        the default of the rule's state, is an array; if executor has no ``submit``, or the rule or
        the loss cannot be sent to its workers.
    Exception
        What a worker raised, or how it ended. Chunks that wait are then cancelled.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from udl.losses import RAVINE
    >>> from udl.steps import momentum
    >>> start, lr = [[-7.0], [2.0]], np.linspace(0.01, 0.5, 1000)
    >>> last = final(momentum, RAVINE, start, 100, lr=lr)
    >>> last.w.shape, last.moved.shape
    ((2, 1000), (1000,))
    >>> with ThreadPoolExecutor(2) as pool:
    ...     same = final(momentum, RAVINE, start, 100, lr=lr, executor=pool, chunk=250)
    >>> bool((same.w == last.w).all())
    True
    """
    w0, steps, start, hyper = prepare(step, loss, w0, steps, hyper)
    chunk = check_whole("chunk", CACHE // w0.itemsize if chunk is None else chunk, least=1)
    own, points = _axes(loss, w0, start, hyper)
    cut = points and hasattr(loss, "coordinates")
    try_gradient(loss, w0, cut and chunk)  # at all points an executor would wait for it
    w0 = np.broadcast_to(w0, own + points)
    task = (_walk, step, loss, start, own, steps)
    if cut:
        parts = _in_order(executor, task, _pieces(w0, hyper, points, chunk), hyper)
        return Final(*_join(parts, points))
    (last,) = _in_order(executor, task, [(w0, hyper)], hyper)
    return Final(*last)


def survey(step, loss, w0, steps, *, near=0.01, shift=1e-9, chunk=8192, executor=None, **hyper):
    """Walk as `final` does, with a twin beside every point, and note when each point arrives.

    A walk that crosses hills can magnify a difference a millionfold and more. Where it ends then
    hangs on digits that another processor rounds otherwise; the twin shows it.

    Parameters
    ----------
    step, loss, w0, steps, chunk, executor, **hyper
        As `final` takes them. The loss must be a curve or a surface with its minima.
    near : float
        A point has arrived while it is no farther than this from one of the minima.
    shift : float
        How far from the start the twin starts, in every coordinate.

    Returns
    -------
    Survey

    Raises
    ------
    TypeError, ValueError
        As `final`; and if near or shift is not a finite number above 0, or shift is lost in the
        rounding of a start.

    Examples
    --------
    >>> from udl.losses import CHAPTER
    >>> from udl.steps import sgd
    >>> walked = survey(sgd, CHAPTER, 1.24, 1000, lr=np.array([0.05, 0.2, 2.0]))
    >>> walked.arrived
    array([  27,    6, 1001])
    >>> walked.parted > 1e-3
    array([False, False,  True])
    """
    _check_lengths(near=near, shift=shift)
    w0, steps, start, hyper = prepare(step, loss, w0, steps, hyper)
    chunk = check_whole("chunk", chunk, least=1)
    own, points = _axes(loss, w0, start, hyper)
    try_gradient(loss, w0, points and chunk)
    if (w0 + shift == w0).any():
        raise ValueError(f"shift must move every start, and {shift!r} is lost in {w0.dtype}")
    w0 = np.broadcast_to(w0, own + points)
    if not points:  # a single point: a map of one
        w0 = w0[..., None]
        hyper = {k: a[..., None] if extent(a) else a for k, a in hyper.items()}

    task = (_walk_with_twins, step, loss, start, own, steps, near, shift)
    parts = _in_order(executor, task, _pieces(w0, hyper, points or (1,), chunk), hyper)
    return Survey(*_join(parts, points), shift)


def ends(loss, last, *, near=0.01, still=1e-6, far=1e6, magnified=1e6):
    """Which minimum each point of a map ended in.

    Parameters
    ----------
    loss : Loss
        The curve or surface that was walked.
    last : Final or Survey
        What `final` or `survey` returned.
    near, still : float
        A point has settled in a minimum if it is no farther than ``near`` from it and its last
        step was no longer than ``still``.
    far : float
        A point has diverged if a coordinate is not finite or beyond ``far`` on either side.
    magnified : float
        A surveyed point is sensitive if its distance from its twin ever grew more than so many
        times.

    Returns
    -------
    array of int, of the shape of the points
        The place of the minimum in ``loss.minima``, or `DIVERGED`; or else `SENSITIVE`, for
        surveyed points alone; or else `NOT_SETTLED`: it still moves, or it stands elsewhere.

    Raises
    ------
    TypeError, ValueError
        If last is no map, or one of a curve where loss is a surface or the other way round, or a
        length is not a number above 0.

    Examples
    --------
    >>> from udl.losses import HIMMELBLAU
    >>> from udl.steps import adam
    >>> last = final(adam, HIMMELBLAU, np.array([[-1.0, 4.0, 0.0], [-1.0, 3.0, 0.0]]), 500, lr=0.1)
    >>> [HIMMELBLAU.minima[i].w for i in ends(HIMMELBLAU, last)[1:]]
    [(3.0, 2.0), (3.0, 2.0)]
    """
    if not isinstance(last, Final):
        raise TypeError(f"last must be what final or survey returned, not {last!r}")
    walked = 1 + last.w.ndim - last.moved.ndim  # coordinates of a point
    if getattr(loss, "coordinates", walked) != walked:
        kind, name = ("a curve", "a surface"), getattr(loss, "name", loss)
        raise ValueError(f"loss must be what was walked, {kind[walked - 1]}, not {name!r}")
    _check_lengths(near=near, still=still, far=far, magnified=magnified, infinite=True)
    with quiet():
        distances = _distances(loss, last.w)
        settled = (distances.min(axis=0) <= near) & (last.moved <= still)
        places = np.where(settled, distances.argmin(axis=0), NOT_SETTLED)
        if isinstance(last, Survey):
            places = np.where(last.parted > magnified * last.shift, SENSITIVE, places)
        inside = np.abs(last.w) <= far  # also False where w is not a number
        if loss.coordinates == 2:
            inside = inside.all(axis=0)
        return np.where(inside, places, DIVERGED)


def _check_lengths(infinite=False, **lengths):
    for name, value in lengths.items():
        number = isinstance(value, (int, float, np.number))
        if not (number and value > 0 and (infinite or value < np.inf)):
            finite = "" if infinite else "finite "
            raise ValueError(f"{name} must be a {finite}number above 0, not {value!r}")


def _distances(loss, w):
    """How far every point is from each of the minima: shape (minima, ...points)."""
    if not (getattr(loss, "minima", ()) and hasattr(loss, "coordinates")):
        raise ValueError("loss must have minima, as those of udl.losses have")
    if loss.coordinates == 1:
        return np.abs(np.stack([w - minimum.w for minimum in loss.minima]))
    x, y = w
    return np.stack([np.hypot(x - m.w[0], y - m.w[1]) for m in loss.minima])


def _length(w, own):
    """The length of every point's w; on a curve, and of a loss without coordinates, |w|."""
    return np.hypot(*w) if own else np.abs(w)


def _axes(loss, w0, start, hyper):
    """The axes of a single point, () on a curve and (2,) on a surface, and those of the map."""
    for name, value in hyper.items():
        if callable(value) and np.ndim(value(0)):  # which no chunk could take its part of
            raise ValueError(
                f"{name} that changes on the way must be one number for all points of a map, not an"
                f" array of shape {np.shape(value(0))}"
            )
    for name, value in start.items():
        if extent(value):
            raise ValueError(
                f"{name} must start at one number for all points of a map, not at an array of shape"
                f" {extent(value)}"
            )
    shape = np.broadcast_shapes(w0.shape, *map(extent, hyper.values()))
    own = w0.shape[:1] if getattr(loss, "coordinates", 1) == 2 else ()
    return own, shape[len(own) :]


def _pieces(w0, hyper, points, chunk):
    """(w0, hyper) of up to ``chunk`` points at a time, which stand in the last axis.

    The pieces differ by a point at most, so that no worker waits long for another. What is a
    single number for all points is passed on as it came, what is broadcast over them is copied
    for one piece at a time.
    """

    def over_all(a):
        own = a.shape[: max(0, a.ndim - len(points))]
        return np.broadcast_to(a, own + points)

    def part(a, low, high):
        if not extent(a):
            return a
        own = a.shape[: a.ndim - len(points)]
        if a.flags.c_contiguous:
            return a.reshape((*own, -1))[..., low:high]
        rows = [row.flat[low:high] for row in (a if own else [a])]
        return np.stack(rows) if own else rows[0]

    hyper = {name: over_all(a) if extent(a) else a for name, a in hyper.items()}
    total = prod(points)
    count = max(1, -(-total // chunk))
    for i in range(count):
        low, high = i * total // count, (i + 1) * total // count
        yield part(w0, low, high), {name: part(a, low, high) for name, a in hyper.items()}


def _walk(step, loss, start, own, steps, w0, hyper):
    """Of one piece: the last w, and how far the last step went."""
    _keep_memory()
    with quiet():
        states = walk(step, loss, w0, start, hyper)
        before = collections.deque(islice(states, steps), maxlen=1)  # one, which the cache can hold
        w = next(states)[0]
        return [w, _length(w - (before[0][0] if before else np.nan), own)]


def _walk_with_twins(step, loss, start, own, steps, near, shift, w0, hyper):
    """Of one piece: as `_walk`, with when each point arrived and how far it parted in between."""
    _keep_memory()
    arrived, parted, w = 0, 0.0, np.nan
    with quiet():
        # not one walk of pairs, whose axis a gradient such as A @ w would take for the coordinates
        walks = [walk(step, loss, w, start, hyper) for w in (w0, w0 + shift)]
        for t, ((now, *_), (twin, *_)) in enumerate(islice(zip(*walks, strict=True), steps + 1)):
            previous, w = w, now
            there = (_distances(loss, w) <= near).any(axis=0)
            arrived = np.where(there, arrived, t + 1)
            parted = np.fmax(parted, _length(w - twin, own))
        return [w, _length(w - previous, own), arrived, parted]


def _keep_memory():
    """Have freed arrays kept for the next step: glibc keeps the size of the largest that it met.

    Else it may return them at every step, and in a fresh process the walk takes twice as long.
    """
    np.empty(2**24, np.uint8)


def _in_order(executor, task, pieces, hyper):
    """What a task (a function and its first arguments) makes of each piece, piece after piece.

    An executor has `WINDOW` of them at once, so that neither the pieces nor the futures of a map
    of any size are many. Whatever ends it early, a worker's error or a Ctrl-C here, what still
    waits is cancelled.
    """
    function, *first = task
    if executor is None:
        for piece in pieces:
            yield function(*first, *piece)
        return
    rates = [(name, value) for name, value in hyper.items() if callable(value)]
    _check_executor(executor, [("step", first[0]), ("loss", first[1]), *rates])
    waiting = collections.deque()
    try:
        for piece in pieces:
            if len(waiting) == WINDOW:
                yield waiting[0].result()
                waiting.popleft()
            with ctrl_c_after():
                waiting.append(executor.submit(function, *first, *piece))
        while waiting:
            yield waiting[0].result()
            waiting.popleft()
    finally:
        for future in waiting:
            # a pool that breaks just then stumbles over a cancelled future in Python 3.11, and
            # its workers stay
            future.set_exception = lambda error: None
            future.cancel()


@contextmanager
def ctrl_c_after():
    """Let a Ctrl-C wait until a submission is whole: a pool never ends after half of one."""
    if threading.current_thread() is not threading.main_thread():
        yield  # which no Ctrl-C interrupts
        return
    came = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if handler is None else handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def _check_executor(executor, sent):
    """One clear error for what is no executor, and for what cannot be sent to its workers.

    Each thing is sent for trial: pools differ in what they can send, a broken one tells no reason.
    """
    has_submit = not isinstance(executor, type) and callable(getattr(executor, "submit", None))
    with ctrl_c_after():
        first = executor.submit(_arrive, None) if has_submit else None
    if not callable(getattr(first, "result", None)):
        raise TypeError(
            "executor must be one of concurrent.futures, such as ProcessPoolExecutor(), or have"
            f" its submit, which returns a future, not {executor!r}"
        )
    first.result()  # one that is closed or broken, or whose workers cannot start, says so itself
    for name, value in sent:
        try:
            with ctrl_c_after():
                future = executor.submit(_arrive, value)
            future.result()
        except Exception as error:
            raise TypeError(
                f"{name} cannot be sent to the workers of executor ({error}): a process must import"
                " it from a module, so it may not be a lambda or be defined in a function, a"
                " notebook or at a prompt"
            ) from error


def _arrive(value):
    """What a worker does with a thing that is sent for trial: nothing."""


def _join(parts, points):
    """What came of each piece, as one array each over all points."""
    with closing(parts):
        whole, low = [], 0
        for part in parts:
            whole = whole or [np.empty((*a.shape[:-1], prod(points)), a.dtype) for a in part]
            high = low + part[0].shape[-1]
            for a, piece in zip(whole, part, strict=True):
                a[..., low:high] = piece
            low = high
    return [a.reshape((*a.shape[:-1], *points)) for a in whole]

"""One loop for every rule: `iterate` yields states for ever, `run` records a descent."""

import inspect
import operator
import sys
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from itertools import chain, count, islice

import numpy as np


def iterate(step, grad, /, *state, **hyper):
    """Apply a rule again and again, and yield each state, the start first.

    Parameters
    ----------
    step : callable
        A rule of `udl.steps`, or whatever else is called as ``step(grad, w, *state, lr=…)`` and
        returns w, or w and the state. It is given copies, which it may change; of another
        library's numbers, such as tensors, themselves.
    grad : callable
        ∂L/∂W as a function of w, which it leaves as it is.
    *state
        The start: w, and whatever else of the rule's state should not start at its default.
    **hyper
        The rule's hyperparameters. One that changes on the way is a function of the steps taken
        so far, 0 at the first, such as those of `udl.schedules`.

    Yields
    ------
    tuple
        ``(w, *state)`` after 0, 1, 2, … steps. Before the first step it is what was passed.

    Examples
    --------
    >>> from itertools import count, islice
    >>> from udl.steps import sgd
    >>> [w for (w,) in islice(iterate(sgd, lambda w: 2 * w, 8.0, lr=0.25), 4)]
    [8.0, 4.0, 2.0, 1.0]
    """
    if callable(getattr(grad, "grad", None)):  # which `run` takes, and which can be called too
        raise TypeError(f"grad must be ∂L/∂W as a function of w, such as loss.grad, not {grad!r}")
    step, grad = _as_rule(step, hyper), _of_arrays(grad)  # takes copies, returns a tuple of them
    changes = any(map(callable, hyper.values()))
    for t in count():
        yield state
        state = step(grad, *state, **(at(t, hyper) if changes else hyper))


def at(t, hyper):
    """The hyperparameters of the step that follows t others: dict."""
    return {name: _several(value(t)) if callable(value) else value for name, value in hyper.items()}


def _several(value):
    """Several numbers as an array, which they are in the equations; anything else as it is."""
    return _as_array(value) if isinstance(value, (list, tuple)) else value


def extent(value):
    """The shape of numbers; () of anything else, such as a tuple that is a setting of a rule."""
    return getattr(value, "shape", ())


def _copy(a):
    """What no other can change; another library's numbers, such as a tensor, are left alone."""
    if isinstance(a, np.ndarray):
        return a.copy(order="K")
    return a if hasattr(a, "__array__") else deepcopy(a)


def _own(setting):
    """An array that no other can change; of what else a rule has, such as a generator, itself."""
    return _copy(setting) if isinstance(setting, np.ndarray) else setting


def _of_arrays(grad):
    """A gradient whose lists are arrays: a whole lr would repeat a list instead of scaling it."""

    def of_arrays(w):
        returned = grad(w)
        g = _several(returned)
        if g is None:  # perhaps of a function that returns in one branch alone
            raise ValueError(f"the gradient must be numbers, not {returned!r}, as it is at {w!r}")
        return g

    return of_arrays


@dataclass(frozen=True, eq=False)
class Descent:
    """What `run` recorded. The first axis of every array is the step, 0 for the start.

    It equals itself alone; whether two are the same, ``np.array_equal`` says of their arrays.

    Attributes
    ----------
    rule : str
        The name of the step function, or of its class.
    w : array, shape (steps + 1, ...)
        The parameter.
    loss : array, shape (steps + 1, ...)
        The loss there.
    state : dict of str to array, each of shape (steps + 1, ...)
        The rule's state under the names of its signature, such as ``state["v"]``; of objects
        where it is not numbers of one shape at every step.
    hyper : dict
        Every hyperparameter, defaults included.
    diverged : int or None
        The first step at which w or the loss of any point is not finite. The arrays mean
        nothing from there on. A run that only grows, however fast, has not got there yet.
    """

    rule: str
    w: np.ndarray
    loss: np.ndarray
    state: dict
    hyper: dict
    diverged: int | None

    def __repr__(self):
        hyper = ", ".join(f"{name}={value}" for name, value in self.hyper.items())
        end = "" if self.diverged is None else f", diverged at step {self.diverged}"
        return f"<Descent: {self.rule}({hyper}), {len(self.w) - 1} steps{end}>"


def run(step, loss, w0, steps, **hyper):
    """Take ``steps`` steps down a loss from ``w0`` and record each of them.

    Parameters
    ----------
    step : callable
        A rule, as `iterate` takes it. Its hyperparameters are those behind the ``*`` of its
        signature, or from ``lr`` on where there is none. A state without a default starts at 0.
    loss : Loss
        Anything callable that has ``.grad``. Both take w.
    w0 : float or array
        The start: any shape on a curve, (2,) or (2, n) on a surface.
    steps : int
        How many steps, from 0 up.
    **hyper
        The rule's hyperparameters. An array broadcasts against w0: one value a point, or starts
        of shape (n, 1) against rates of shape (m,) for every pair. Against a single point of a
        surface, shape (2,) is a value for x and one for y. One that changes on the way is a
        function of the steps taken so far, such as those of `udl.schedules`. What is neither, such
        as a flag or a tuple, is passed on as it is.

    Returns
    -------
    Descent
        Divergence is recorded in it, not raised.

    Raises
    ------
    TypeError
        If a hyperparameter is missing or is not one of the rule's, if step does not look or
        return as a rule does, or if loss has no gradient.
    ValueError
        If lr is not above 0, a coefficient not in [0, 1), eps below 0, steps not a whole
        number from 0 up, the start not finite, the gradient or a step not of the start's shape,
        the loss not numbers, an array of a hyperparameter does not broadcast against the start's
        points, the gradient changes the w that it is given, or a function of the steps taken so far
        gives another number when it is asked again.

    Examples
    --------
    >>> from udl.losses import RAVINE
    >>> from udl.steps import momentum
    >>> d = run(momentum, RAVINE, [-7.0, 2.0], 3, lr=0.1)
    >>> d.w.shape, d.loss.shape, d.state["v"].shape
    ((4, 2), (4,), (4, 2))
    >>> d
    <Descent: momentum(lr=0.1, alpha=0.9), 3 steps>
    """
    w0, steps, start, hyper = prepare(step, loss, w0, steps, hyper)
    try_gradient(loss, w0)
    with quiet():
        # at least one step, which tells the state's shapes even when none is asked for
        whole = np.broadcast_to(w0, _shape_of_all(w0, at(0, hyper)))
        states = list(islice(walk(step, loss, whole, start, hyper), max(steps, 1) + 1))
        w, *state = (_stack(column)[: steps + 1] for column in zip(*states, strict=True))
        losses = _losses(loss, w)

    finite = [np.isfinite(a).reshape(steps + 1, -1).all(axis=1) for a in (w, losses)]
    lost = np.flatnonzero(~(finite[0] & finite[1]))
    diverged = int(lost[0]) if lost.size else None
    return Descent(_name(step), w, losses, dict(zip(start, state, strict=True)), hyper, diverged)


def walk(step, loss, w0, start, hyper):
    """What `iterate` yields from arguments that are complete; ValueError if w changes its shape."""
    for state in iterate(step, loss.grad, w0, *start.values(), **hyper):
        if (shape := extent(state[0])) != w0.shape:
            raise ValueError(f"{_name(step)} must return w of shape {w0.shape}, not {shape}")
        yield state


def settled(inside):
    """From which step on something holds to the end.

    Parameters
    ----------
    inside : array of bool, shape (steps + 1, ...)
        Whether it holds at each step, such as ``d.loss < 0.01``.

    Returns
    -------
    array of int, shape (...)
        The first step from which it always holds; ``len(inside)``, one more than the last step,
        where it does not hold at the end.

    Examples
    --------
    >>> settled([False, True, False, True, True]), settled([True, False])
    (np.int64(3), np.int64(2))
    """
    return len(inside) - np.logical_and.accumulate(inside[::-1]).sum(axis=0)


def steps_under(rule, gradients, **hyper):
    """The steps that a rule takes when its gradients are given (3.7.3 to 3.7.7).

    Parameters
    ----------
    rule : callable
        A rule of `udl.steps` other than `adamw`, whose steps depend on where it stands.
    gradients : array, shape (n, ...)
        The gradient at each step, oldest first.
    **hyper
        The rule's hyperparameters. An array broadcasts against one gradient.

    Returns
    -------
    array, shape (n, ...)
        The change of w at each step, in w's units. Its sum is how far the rule has gone; divided
        by −gradients it is the effective rate.

    Examples
    --------
    >>> from udl.steps import adagrad
    >>> steps_under(adagrad, [2.0, 2.0, 2.0, 2.0], lr=1.0).round(3)
    array([-1.   , -0.707, -0.577, -0.5  ])
    """
    state, taken = (), []
    for t, g in enumerate(np.asarray(gradients, dtype=float)):
        moved = rule(lambda w, g=g: g, 0.0, *state, **at(t, hyper))  # from 0, w is the step itself
        w, *state = moved if isinstance(moved, tuple) else (moved,)
        taken.append(w)
    return np.array(taken)


def _losses(loss, w):
    """The loss at every step. A curve takes all steps at once, in half the time."""
    coordinates, w = getattr(loss, "coordinates", None), w.copy()  # which it may change
    try:
        losses = _as_array(loss(w)) if coordinates == 1 else _stack([loss(w_t) for w_t in w])
    except (TypeError, ValueError) as error:  # perhaps of an `if w > 0`, or of math.exp(w)
        if coordinates == 1:
            error.add_note(f"loss must take w of any shape, as a curve does: here {w.shape}")
        raise
    if losses is None or losses.dtype.kind not in "iufc":
        raise ValueError(f"loss(w) must be numbers of one shape, not {loss(w[-1])!r}")
    right = {1: w.shape, 2: w.shape[:1] + w.shape[2:]}.get(coordinates, losses.shape)
    if losses.shape != right:
        raise ValueError(f"loss(w) must be of shape {right} for w of {w.shape}, not {losses.shape}")
    return losses


def prepare(step, loss, w0, steps, hyper):
    """Check the arguments of a run and complete them.

    Parameters
    ----------
    step, loss, w0, steps
        As `run` takes them.
    hyper : dict
        The hyperparameters that were passed.

    Returns
    -------
    w0 : array
        The start.
    steps : int
    state : dict
        Where the rest of the rule's state starts, by name.
    hyper : dict
        Every hyperparameter, defaults included.

    Raises
    ------
    TypeError, ValueError
        As `run` says.
    """
    start, hyper = _bind(step, hyper)
    if not (callable(loss) and callable(getattr(loss, "grad", None))):
        raise TypeError(f"loss must be called for L(W) and loss.grad for ∂L/∂W, not {loss!r}")
    steps = check_whole("steps", steps, least=0)
    hyper = {name: _check_hyper(name, value, steps) for name, value in hyper.items()}
    w0 = _check_start(w0, loss)
    _check_broadcast(w0, at(0, hyper), loss)
    return w0, steps, start, hyper


def quiet():
    """Without warnings for overflow and the like: divergence is a result, not an accident."""
    return np.errstate(all="ignore")


def _shape_of_all(w0, hyper):
    return np.broadcast_shapes(w0.shape, *map(extent, hyper.values()))


def _stack(column):
    """One array of a quantity over the steps; the start takes the shape of what follows."""
    start = np.nan if column[0] is None else column[0]  # a rule may begin with nothing
    try:
        start = np.broadcast_to(start, np.shape(column[-1]))[()]
        return np.array([start, *column[1:]])
    except ValueError:  # of no shape, or not of the same at each step, such as a list that grows
        stacked = np.empty(len(column), object)
        for t, value in enumerate(column):
            stacked[t] = value
        return stacked


COEFFICIENTS = ("alpha", "gamma", "beta1", "beta2")  # each weighs a past that must fade
NOT_NEGATIVE = ("eps", "eps_root", "weight_decay")
HYPER = ("lr", *COEFFICIENTS, *NOT_NEGATIVE)
FORM = "a rule is called as step(grad, w, *state, lr=…) and returns w, or w and the state"


def _name(step):
    step = step.func if isinstance(step, partial) else step
    return getattr(step, "__name__", type(step).__name__)


def _form(step, hyper):
    """What a rule's signature says: its state, its hyperparameters, whether it takes any other.

    The state is None if the signature does not name its parts, which is enough for `iterate`.
    """
    try:
        parameters = list(inspect.signature(step).parameters.values())
    except (TypeError, ValueError):  # it cannot be called, or is built in
        parameters = []
    kinds = [p.kind for p in parameters]
    of_place = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    several = inspect.Parameter.VAR_POSITIONAL in kinds
    if not several and sum(kind in of_place for kind in kinds[:2]) < 2:
        raise TypeError(f"step must be a rule, not {step!r}: {FORM}")
    named = HYPER if inspect.Parameter.KEYWORD_ONLY in kinds else (*HYPER, *hyper)
    state, known = {}, {}
    for p in parameters[2:]:
        if p.kind is not p.VAR_KEYWORD:
            behind = known or p.kind is p.KEYWORD_ONLY or p.name in named
            (known if behind else state)[p.name] = p.default
    return None if several else state, known, inspect.Parameter.VAR_KEYWORD in kinds


def _bind(step, hyper):
    """The start of the rule's state and all of its hyperparameters, both by name."""
    state, known, others = _form(step, hyper)
    if state is None:
        raise TypeError(
            f"{_name(step)} must name its state in its signature, for the record: {FORM}"
        )
    for name in hyper:
        if name not in known and not others:
            has = ", ".join(known) or "none"
            raise TypeError(f"{_name(step)} has no hyperparameter {name!r}; it has {has}")
    hyper = {**known, **hyper}
    for name, value in hyper.items():
        if value is inspect.Parameter.empty:
            raise TypeError(f"{_name(step)} needs the hyperparameter {name!r}")
    start = {n: 0.0 if at is inspect.Parameter.empty else at for n, at in state.items()}
    return start, hyper


def _as_rule(step, hyper):
    """Whatever computes a step, as a rule that changes nothing it is given and returns a tuple."""
    names = _form(step, hyper)[0]
    begins = [*(names or {}).values()]  # passed as copies too: the next walk begins there as well
    begins = [] if any(start is inspect.Parameter.empty for start in begins) else begins
    # those of the chapter change nothing, and copies would cost a map a seventh of its time
    pure = getattr(step, "__module__", None) == "udl.steps" and not hasattr(step, "__wrapped__")

    def rule(grad, *state, **hyper):
        if not pure:
            rest = begins[len(state) - 1 :] if state else []
            state = map(_copy, (*state, *rest))
            hyper = {name: _own(value) for name, value in hyper.items()}
        try:
            returned = step(grad, *state, **hyper)
        except TypeError as error:  # perhaps it takes the gradient's value, or w first
            error.add_note(FORM)
            raise
        state = tuple(returned) if isinstance(returned, (tuple, list)) else (returned,)
        whole = state and (names is None or len(state) == 1 + len(names))
        w = _as_array(state[0]) if whole else None
        if w is None or w.dtype.kind not in "iufc":
            wanted = ", ".join(["w", *(names or ())])
            got = ", ".join(type(a).__name__ for a in state) or "nothing"
            raise TypeError(f"{_name(step)} must return {wanted}, not {got}: {FORM}")
        if isinstance(state[0], (list, tuple)):
            state = (w, *state[1:])
        return state if pure else tuple(map(_copy, state))

    return rule


def _check_hyper(name, value, steps):
    """A hyperparameter as a rule can compute with it: several in a list become an array.

    What a rule has beside `HYPER`, such as a flag or a tuple, it alone can judge.
    """
    if callable(value):
        first = None
        for t in chain([0], range(max(steps, 1))):  # what counts its calls would be ahead in a run
            try:
                now = value(t)
            except TypeError as error:
                error.add_note(f"{name} must be a number or a function of the steps taken so far")
                raise
            _check_number(f"{name} after {t} steps", name, now)
            first = np.array(now) if first is None else first
            if np.shape(now) != first.shape:
                raise ValueError(
                    f"{name} must keep its shape {first.shape}, not have {np.shape(now)} after {t}"
                    " steps"
                )
            if t == 0 and not np.array_equal(now, first, equal_nan=True):
                raise ValueError(
                    f"{name} must depend on the steps taken so far alone, not be {first} after 0"
                    f" steps and {now} when it is asked again"
                )
        return value
    if name in HYPER:
        _check_number(name, name, value)
        return value if isinstance(value, (int, float, np.generic)) else np.array(value)
    numbers = _as_array(value) if isinstance(value, list) else None
    return _own(value) if numbers is None or numbers.dtype.kind not in "iuf" else numbers


def _check_number(said, name, value):
    number = _as_array(value)
    if number is None or number.dtype.kind not in "iuf":
        raise ValueError(f"{said} must be a real number, not {value!r}")
    if name == "lr":
        right, allowed = (number > 0) & np.isfinite(number), "a finite number above 0"
    elif name in COEFFICIENTS:
        right, allowed = (number >= 0) & (number < 1), "in [0, 1)"
    elif name in NOT_NEGATIVE:
        right, allowed = (number >= 0) & np.isfinite(number), "a finite number from 0 up"
    else:
        right, allowed = True, ""
    if not np.all(right):
        raise ValueError(f"{said} must be {allowed}, not {value!r}")


def _as_array(value):
    """Numbers as an array; None for rows of unequal length, which make none."""
    try:
        return np.asarray(value)
    except ValueError:
        return None


def check_whole(name, value, least, most=None):
    """A whole number from ``least`` up to ``most``, as an int; ValueError if it is not one."""
    highest = sys.maxsize - 1 if most is None else most  # one less than what islice counts to
    try:
        whole = operator.index(value)
    except TypeError:
        whole = least - 1
    if not least <= whole <= highest or isinstance(value, bool):
        to = "up" if most is None and whole <= highest else f"to {highest}"
        raise ValueError(f"{name} must be a whole number from {least} {to}, not {value!r}")
    return whole


def _check_start(w0, loss):
    w = _as_array(w0)
    if w is not None and w.dtype.kind in "iu":
        w = w.astype(float)
    if w is None or w.dtype.kind != "f" or not np.isfinite(w).all():
        raise ValueError(f"w0 must be finite, real numbers, not {w0!r}")
    if getattr(loss, "coordinates", 1) == 2 and (w.ndim == 0 or len(w) != 2):
        raise ValueError(f"w0 must have shape (2,) or (2, n) on a surface, not {w.shape}")
    return w


def _check_broadcast(w0, hyper, loss):
    """On a surface x and y stay the first axis: an array may not put another before it."""
    surface, whole = getattr(loss, "coordinates", 1) == 2, w0.shape
    for name, value in hyper.items():
        shape = extent(value)
        if surface and len(shape) > w0.ndim:
            raise ValueError(
                f"{name} of shape {shape} needs a start of shape {(2, *(1 for _ in shape))} or"
                f" more on a surface, not {w0.shape}"
            )
        try:
            whole = np.broadcast_shapes(whole, shape)
        except ValueError:
            raise ValueError(
                f"{name} of shape {shape} does not broadcast against {whole}, the shape of w0 and"
                " the hyperparameters before it"
            ) from None


def try_gradient(loss, w0, most=None):
    """Ask for the gradient at a start, or at its first points; ValueError if it is none."""
    name = "w0"
    if most and w0.ndim and w0.shape[-1] > most:
        name, w0 = f"w0[..., :{most}]", w0[..., :most]
    given = _copy(w0)
    with quiet():
        returned = loss.grad(given)
    if not np.array_equal(given, w0):  # copies at each step would cost SGD a sixth of its time
        raise ValueError(f"loss.grad({name}) must not change {name}, {w0!r}, to {given!r}")
    g = _as_array(returned)
    if g is None or g.dtype.kind not in "iufc":
        raise ValueError(f"loss.grad({name}) must be numbers, not {returned!r}")
    if g.shape != w0.shape:
        raise ValueError(
            f"loss.grad({name}) must have the shape of {name}, {w0.shape}, not {g.shape}"
        )

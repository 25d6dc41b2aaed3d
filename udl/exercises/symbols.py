"""A function called with symbols: the equations that it computes.

`Symbolic` stands for a number and remembers what operators and NumPy functions make of it; `read`
calls a function with such symbols, and makes what it returns sympy's expressions, in which nothing
is evaluated, so that they can be shown as they were written.

>>> read(lambda m, beta, t: m / (1 - beta**t), [], [], given=["m", "beta", "t"])[""]
m/(1 - beta**t)

A function that branches, loops for long or casts what it is given is `Unreadable`.
"""

from functools import partial
from numbers import Real

import numpy as np

OPERATIONS = 300  # an answer that takes more is a loop, and no equation
SIZE = 250  # of an equation that can still be compared, in signs


class Unreadable(BaseException):
    """Raised by a symbol that is asked for what only a number has; no answer may catch it."""


# From Python to symbols ---------------------------------------------------------------------------


class Symbolic:
    """A value that remembers how it was made: ``op`` of ``parts``."""

    left = 0  # how many more may be made

    def __init__(self, op, *parts):
        Symbolic.left -= 1
        self.signs = 1 + sum(part.signs for part in parts if isinstance(part, Symbolic))
        if Symbolic.left < 0 or self.signs > SIZE:
            raise Unreadable
        self.op, self.parts = op, parts

    def __array_ufunc__(self, ufunc, method, *given, **named):
        out = named.pop("out", None)
        if method == "reduce" and ufunc is np.add:
            return Symbolic("sum", _lifted(given[0]))
        if method != "__call__" or named or out or ufunc.__name__ not in UFUNCS:
            raise Unreadable
        return UFUNCS[ufunc.__name__](*map(_lifted, given))

    def __array_function__(self, function, types, given, named):
        if function.__name__ in LIKE:
            return LIKE[function.__name__](*given[1:2])
        if function.__name__ not in FUNCTIONS or set(named) - {"axis", "keepdims"}:
            raise Unreadable
        return Symbolic(FUNCTIONS[function.__name__], *map(_lifted, given))

    def _is_asked_for_a_number(self, *_):
        raise Unreadable

    __bool__ = __float__ = __int__ = __complex__ = __index__ = __len__ = _is_asked_for_a_number
    __iter__ = __getitem__ = __setitem__ = __round__ = _is_asked_for_a_number
    __hash__ = object.__hash__
    shape, ndim, size = (), 0, 1

    def _itself(self, *_, **__):
        return self

    copy = clone = detach = item = reshape = ravel = flatten = _itself
    T = property(_itself)


def _lifted(value):
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, Symbolic):
        return value
    if not isinstance(value, Real) or not np.isfinite(value) or abs(value) > 1e12:
        raise Unreadable
    return Symbolic("number", float(f"{value:.12g}"))  # 1 − 0.9 is 0.1


def _call(op, *parts):
    return Symbolic(op, *map(_lifted, parts))


def _minus(a, b):
    return _call("+", a, _call("*", -1, b))


def _over(a, b):
    return _call("*", a, _call("**", b, -1))


def _named(op):
    return partial(_call, op)


UFUNCS = {
    "add": _named("+"),
    "subtract": _minus,
    "multiply": _named("*"),
    "divide": _over,
    "power": _named("**"),
    "float_power": _named("**"),
    "square": lambda a: _call("**", a, 2),
    "sqrt": lambda a: _call("**", a, 0.5),
    "negative": lambda a: _call("*", -1, a),
    "positive": _lifted,
    "reciprocal": lambda a: _over(1, a),
    "absolute": _named("abs"),
    "fabs": _named("abs"),
    "floor_divide": lambda a, b: _call("floor", _over(a, b)),
    **{name: _named(name) for name in ("sign", "exp", "log", "floor", "maximum", "minimum")},
    **{name: _named(name) for name in ("equal", "not_equal", "greater", "greater_equal")},
    **{name: _named(name) for name in ("less", "less_equal")},
}
FUNCTIONS = {"sum": "sum", "mean": "mean", "norm": "norm", "where": "where", "dot": "dot"}
LIKE = {
    "zeros_like": lambda *_: 0.0,
    "ones_like": lambda *_: 1.0,
    "full_like": lambda value: value,
}
OPERATORS = {
    **{"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "pow": "power"},
    "floordiv": "floor_divide",
    **{"neg": "negative", "pos": "positive", "abs": "absolute", "eq": "equal", "ne": "not_equal"},
    **{"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal"},
}
METHODS = ("sqrt", "square", "exp", "log", "sign", "sum", "mean")


def _operator(name, turned=False):
    def apply(self, *other):
        if any(isinstance(one, np.ndarray) and one.ndim for one in other):
            raise Unreadable
        return UFUNCS[name](*(reversed((self, *other)) if turned else (self, *other)))

    return apply


for _name, _ufunc in OPERATORS.items():
    setattr(Symbolic, f"__{_name}__", _operator(_ufunc))
    if _name in ("add", "sub", "mul", "truediv", "floordiv", "pow"):
        setattr(Symbolic, f"__r{_name}__", _operator(_ufunc, turned=True))
for _name in METHODS:
    _method = UFUNCS.get(_name, _named(_name))
    setattr(Symbolic, _name, lambda self, *_, _method=_method, **__: _method(self))


# From symbols to sympy ----------------------------------------------------------------------------


def read(function, names, hyper, given=()):
    """The equations of a function.

    Parameters
    ----------
    function : callable
        A rule, or a piece of one.
    names : list of str
        What it takes by place behind ``grad``, w first: a rule returns as many.
    hyper : list of str
        What it takes by name.
    given : list of str
        For a piece, what it takes: a name that is a function's stands for that.

    Returns
    -------
    dict of str to sympy expression
        By name what is returned, w last; a state that an equation above has set stands in it as
        ``v'``. For a piece a single equation, of the name ``""``. Under ``"w full"`` and the like
        the equations without such names.

    Raises
    ------
    Unreadable
        If the function does with symbols what only numbers allow, or fails.
    """
    Symbolic.left = OPERATIONS
    signs = {name: Symbolic("symbol", name) for name in (*names, *hyper, *given)}
    try:
        if given:
            signs["loss"] = _named("loss")
            returned, names = [function(*(signs[name] for name in given))], [""]
        else:
            by_name = {name: signs[name] for name in hyper}
            returned = function(_named("grad"), *(signs[name] for name in names), **by_name)
            returned = list(returned) if isinstance(returned, tuple | list) else [returned]
        returned = dict(zip(names, map(_lifted, returned), strict=True))
    except Exception:  # it takes numbers and no symbols
        raise Unreadable from None
    ordered = sorted(returned, key=lambda name: (name in ("w", ""), name != "t"))
    equations, above = {}, {}
    for name in ordered:
        equations[name] = _expression(returned[name], above)
        equations[f"{name} full"] = _expression(returned[name], {})
        if returned[name].op not in ("symbol", "number", "grad"):
            above[id(returned[name])] = f"{name}'"
    return equations


def _expression(symbolic, above):
    """A value as an expression, in which those of ``above`` stand by their names."""
    import sympy  # takes half a second, which only a wrong answer pays

    if id(symbolic) in above:
        return sympy.Symbol(above[id(symbolic)], positive=True)
    if symbolic.op == "symbol":
        return sympy.Symbol(symbolic.parts[0], positive=True)
    if symbolic.op == "number":
        return sympy.Rational(repr(symbolic.parts[0]))
    parts = [_expression(part, above) for part in symbolic.parts]
    build = {"+": summed, "*": multiplied, "**": raised}.get(symbolic.op)
    return build(*parts) if build else sympy.Function(symbolic.op)(*parts)


def summed(*parts):
    """A sum as it was written; numbers alone are added."""
    import sympy

    flat = [term for part in parts for term in (part.args if part.is_Add else (part,))]
    if all(term.is_Number for term in flat):
        return sympy.Add(*flat)
    flat = [term for term in flat if term != 0]
    return flat[0] if len(flat) == 1 else sympy.Add(*flat, evaluate=False)


def multiplied(*parts):
    """A product as it was written, its number first."""
    import sympy

    flat = [factor for part in parts for factor in (part.args if part.is_Mul else (part,))]
    number = sympy.Mul(*(factor for factor in flat if factor.is_Number))
    flat = [factor for factor in flat if not factor.is_Number]
    if number == 0 or not flat:
        return number
    flat = [number, *flat] if number != 1 else flat
    return flat[0] if len(flat) == 1 else sympy.Mul(*flat, evaluate=False)


def raised(base, exponent):
    """A power; one over a product is a product."""
    import sympy

    if base.is_Integer and exponent == -1 and base != 0:
        return sympy.Pow(base, exponent, evaluate=False)  # 1/2 is written, and not 0.5
    if base.is_Number and exponent.is_Integer and abs(exponent) < 20 and base != 0:
        return base**exponent
    if exponent == 1 or exponent == 0:
        return base if exponent == 1 else sympy.Integer(1)
    if base.is_Mul and exponent == -1:
        return multiplied(*(raised(factor, exponent) for factor in base.args))
    if base.is_Pow and exponent == -1 and base.args[1].is_Number:
        return raised(base.args[0], -base.args[1])
    return sympy.Pow(base, exponent, evaluate=False)

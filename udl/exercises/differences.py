"""Where the equations of an answer part from the rule's, and how.

`differences` takes equations as `udl.exercises.symbols.read` gives them, finds in each the smallest
part that would have to be another, and names how the two parts differ; `udl.exercises.reading` says
it. Two expressions are equal if their values are, at a place drawn once. ε counts as 0: an answer
may put it where it likes.

>>> from udl.exercises.symbols import read
>>> from udl.steps import momentum
>>> def half(grad, w, v=0.0, *, lr, alpha=0.9):
...     v = alpha * v + lr * grad(w)
...     return w + v, v
>>> names, hyper = ["w", "v"], ["lr", "alpha"]
>>> _, _, apart, found = differences(read(half, names, hyper), read(momentum, names, hyper))
>>> apart, found["v"][0].kind
(['v'], 'sign')
"""

import cmath
import operator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import combinations, islice, permutations, product

import numpy as np

from udl.descent import quiet
from udl.exercises.symbols import multiplied, raised

TINY = 1e-4  # a number below is an ε
PARTS = 400  # of an answer that are tried at most: a count, so that the reply is the same anywhere


# Values -------------------------------------------------------------------------------------------

VALUES = {
    "where": lambda a, b, c: b if a else c,
    "maximum": lambda a, b: a if a.real >= b.real else b,
    "minimum": lambda a, b: a if a.real <= b.real else b,
    "sign": lambda a: complex(np.sign(a.real)),
    "greater": lambda a, b: complex(a.real > b.real),
    "greater_equal": lambda a, b: complex(a.real >= b.real),
    "less": lambda a, b: complex(a.real < b.real),
    "less_equal": lambda a, b: complex(a.real <= b.real),
    "equal": lambda a, b: complex(a == b),
    "not_equal": lambda a, b: complex(a != b),
    "abs": lambda a: complex(abs(a)),
    "floor": lambda a: complex(np.floor(a.real)),
    "exp": cmath.exp,
    "log": cmath.log,
    "grad": lambda w: w * w * w - 2 * w + 0.3,
    "loss": lambda w: w * w * w * w / 4 - 0.7 * w * w,
}


class Values:
    """The values of expressions where each symbol has one that was drawn once.

    ``instead`` gives symbols by their names, and numbers, other values. As no two elements are
    told apart, ``elements`` says of how many a sum is.
    """

    def __init__(self, instead=None, elements=3.1):
        self.instead, self.known, self.elements = instead or {}, {}, elements

    def of(self, expression, at=None, instead=None):
        """An expression's value, with another ``instead`` at a place in it."""
        if at == ():
            return instead
        if at is None:
            known = self.known.get(expression)
            if known is None:
                known = self._of(expression, [self.of(part) for part in expression.args])
                self.known[expression] = known
            return known
        parts = [
            self.of(part, at[1:], instead) if i == at[0] else self.of(part)
            for i, part in enumerate(expression.args)
        ]
        return self._of(expression, parts)

    def _of(self, expression, parts):
        if expression.is_Symbol:
            name = expression.name
            return complex(self.instead[name]) if name in self.instead else _drawn(name)
        if expression.is_Number:
            if expression in self.instead:
                return complex(self.instead[expression])
            return complex(0.0 if abs(expression) < TINY else float(expression))
        try:
            if expression.is_Add:
                return sum(parts)
            if expression.is_Mul:
                return reduce(operator.mul, parts)
            if expression.is_Pow:
                return parts[0] ** parts[1]
            return self._of_all(expression.func.__name__, parts)
        except (ArithmeticError, ValueError):
            return complex("nan")

    def _of_all(self, name, parts):
        n = self.elements
        if name in TOGETHER:
            a, b = parts[0], parts[-1]
            return {"sum": n * a, "mean": a, "dot": n * a * b, "norm": (n * a * a) ** 0.5}[name]
        return VALUES[name](*parts)


TOGETHER = ("sum", "mean", "norm", "dot")  # functions of all elements at once


@cache
def _drawn(name):
    """A symbol's value: of a hyperparameter in (0, 1), of ε 0, of W complex: |g| is not g."""
    if name in ("eps", "eps_root"):
        return 0j
    rng = np.random.default_rng(list(name.encode()))
    low, high = (2, 5) if name.startswith("t") else (0.1, 0.9) if name in HYPER else (0.3, 1.9)
    return complex(rng.uniform(low, high), 0.1 if name.startswith("w") else 0)


HYPER = ("lr", "alpha", "gamma", "beta", "beta1", "beta2", "weight_decay")


def _equal(a, b):
    return abs(a - b) <= 1e-9 * abs(b) + 1e-12


def _size(expression):
    return 1 + sum(map(_size, expression.args)) if not expression.is_Number else 1


# Comparing ----------------------------------------------------------------------------------------


VAGUE = ("other", "several")


@dataclass(frozen=True)
class Difference:
    """Two parts that differ, where they stand in their equations, and how they differ.

    ``kind`` is one of `udl.exercises.reading.WORDS`; ``more`` is the factor that is meant, or None.
    """

    kind: str
    yours: object
    rule: object
    at_yours: tuple = ((),)
    at_rule: tuple = ((),)
    more: object = None

    def moved(self, at_yours, at_rule):
        """The same difference, where its parts are parts of something larger."""
        mine = tuple((*at_yours, *place) for place in self.at_yours)
        theirs = tuple((*at_rule, *place) for place in self.at_rule)
        return Difference(self.kind, self.yours, self.rule, mine, theirs, self.more)

    def cost(self):
        """How much would have to be another: of two explanations the smaller is the better."""
        whole = _size(self.yours) + _size(self.rule)
        return (
            4 * whole
            if self.kind in VAGUE
            else whole
            if self.more is None
            else _size(self.more) + 1
        )


def _cost(found):
    return sum(difference.cost() for difference in found)


def differences(yours, rule):
    """Where an answer's equations part from the rule's, and how.

    Parameters
    ----------
    yours, rule : dict
        As `read` returns them, both of the same names.

    Returns
    -------
    yours, rule : dict
        The same, but that an equation which says more when nothing is put into it in advance is so.
    apart : list of str
        The names of those that differ; none if the equations are the same but for ε.
    found : dict of str to list of Difference
    """
    values = Values()
    names = [name for name in rule if not name.endswith(" full")]
    with quiet():
        apart = [name for name in names if not _is_same(name, yours, rule, values)]
        found = _everywhere(apart, yours, rule, values)
        if not found:
            for name in apart:
                if is_left(yours[name], name):
                    found[name] = [Difference("kept", yours[name], rule[name])]
                    continue
                found[name] = _explain(yours[name], rule[name], values)
                if len(found[name]) > 1 or found[name][0].kind in VAGUE:
                    whole = [side[f"{name} full"] for side in (yours, rule)]
                    full = _explain(*whole, values)
                    if len(full) == 1 and full[0].kind not in VAGUE:
                        yours, rule = yours | {name: whole[0]}, rule | {name: whole[1]}
                        found[name] = full
                if unused := _unused(name, yours, rule, found[name]):
                    found[name] = [unused]
    for still in (_branches, _misplaced_eps) if not apart else ():
        found = {name: still(yours[name], rule[name]) for name in names}
        if apart := [name for name in names if found[name]]:
            break
    return yours, rule, apart, found


def _unused(name, yours, rule, found):
    """An argument of which an answer that differs in more than one way makes no use."""
    if len(found) == 1 and found[0].kind not in VAGUE:
        return None
    used = {p for side in yours.values() for p in side.free_symbols}
    for place, part in _parts(rule[name]):
        if part.is_Symbol and part not in used and (_is_hyper(part) or not name):
            return Difference("unused", part, part, (), (place,))
    return None


def _is_same(name, yours, rule, values):
    pairs = [(values.of(yours[key]), values.of(rule[key])) for key in (name, f"{name} full")]
    return any(_equal(a, b) for a, b in pairs)


def is_left(expression, name):
    """Whether a state stays as it was passed."""
    return expression.is_Symbol and expression.name == name


def _branches(yours, _):
    """Where an equation that is the rule's in general has a special case."""
    return [
        Difference("branch", part, part, (at,), ())
        for at, part in _parts(yours)
        if part.is_Function and part.func.__name__ in ("where", "maximum", "minimum")
    ][:1]


def _misplaced_eps(yours, rule):
    """Where ε stands in an equation that is the rule's but for it, and where it should."""
    small = [{p for _, p in _parts(side) if _is_eps(p)} for side in (yours, rule)]
    values = Values({getattr(p, "name", p): 0.37 for p in set.union(*small)})
    if not all(small) or _equal(values.of(yours), values.of(rule)):
        return []
    mine, theirs = (
        tuple(at for at, part in _parts(side) if _is_eps(part)) for side in (yours, rule)
    )
    return [Difference("eps", _at(yours, mine[0]), _at(rule, theirs[0][:-1]), mine, theirs)]


def _is_small(part, values):
    """Whether a term vanishes with ε."""
    small = {getattr(p, "name", p): 0.37 for _, p in _parts(part) if _is_eps(p)}
    return not values.of(part) and (part.is_Number or Values(small).of(part) != 0)


def _is_eps(part):
    return getattr(part, "name", "") == "eps" or (part.is_Number and 0 < part < TINY)


def _parts(expression, at=()):
    yield at, expression
    for i, part in enumerate(expression.args):
        yield from _parts(part, (*at, i))


def _at(expression, place):
    for i in place:
        expression = expression.args[i]
    return expression


def _everywhere(apart, yours, rule, values):
    """A name that stands for another in all that differs: two swapped, β for 1 − β, a number."""
    signs = {p for name in apart for side in (yours, rule) for _, p in _parts(side[name])}
    hyper = sorted((p for p in signs if p.is_Symbol and _is_hyper(p)), key=lambda p: p.name)
    numbers = [p for p in signs if p.is_Rational and 0.5 < p < 1]
    turned = {a.name: 1 - _drawn(a.name) for a in hyper}
    trials = [("turned", a, a, {a.name: turned[a.name]}) for a in hyper]
    trials += [("turned", hyper[0], hyper[0], turned)] if hyper else []
    for a, b in permutations(hyper, 2):
        x, y = _drawn(a.name), _drawn(b.name)
        trials += [("swapped", a, b, {a.name: y, b.name: x})] if a.name < b.name else []
        trials.append(("everywhere", a, b, {a.name: y}))
    for a, b in product(numbers, hyper):
        trials.append(("number", a, b, {a: _drawn(b.name), 1 - a: 1 - _drawn(b.name)}))
    for kind, a, b, instead in trials if apart else ():
        other = Values(instead)
        if all(_equal(other.of(yours[name]), values.of(rule[name])) for name in apart):
            wrong = {"swapped": (a, b), "number": (a, 1 - a)}.get(kind, (a,))
            meant = wrong if kind != "number" else (b,)
            found = {}
            for name in apart:
                mine = tuple(at for at, part in _parts(yours[name]) if part in wrong)
                theirs = tuple(at for at, part in _parts(rule[name]) if part in meant)
                found[name] = [Difference(kind, a, b, mine, theirs)]
            if len(found[apart[0]][0].at_yours) > 1 or kind == "number":
                return found
    return {}


def _is_hyper(symbol):
    return symbol.name in HYPER


def _explain(yours, rule, values):
    """The differences of two expressions: one if one is enough, of several the smallest."""
    found = _aligned(yours, rule, values)
    if len(found) == 1 and found[0].kind not in VAGUE:
        return found
    one = _one(yours, rule, values)
    if one and (one.cost() < _cost(found) or one.kind not in VAGUE):
        return [one]
    return found


def _aligned(yours, rule, values):
    """The differences of two expressions that are built alike, part by part."""
    if kind := _kind(yours, rule, values):
        return [Difference(kind, yours, rule)]
    if yours.is_Add or rule.is_Add:
        return _aligned_parts(yours, rule, values, "is_Add")
    if yours.is_Mul or rule.is_Mul:
        return _aligned_parts(yours, rule, values, "is_Mul")
    if yours.is_Pow and rule.is_Pow:
        if root := _of_roots(yours, rule, values):
            return [root]
        for i in (0, 1):
            if _equal(values.of(yours.args[1 - i]), values.of(rule.args[1 - i])):
                inner = _aligned(yours.args[i], rule.args[i], values)
                if i == 1 and inner[0].kind not in ("too old", "too new"):
                    return [Difference("exponent", yours, rule)]
                return [difference.moved((i,), (i,)) for difference in inner]
    return [Difference("other", yours, rule)]


def _of_roots(yours, rule, values):
    """Two powers of the same, of which one has a root more."""
    import sympy

    (base, a), (other, b) = yours.args, rule.args
    if not (a.is_Number and b.is_Number and _equal(values.of(base), values.of(other))):
        return None
    kind = {2: "root missing", sympy.Rational(1, 2): "root extra"}.get(a / b)
    return kind and Difference(kind, *(raised(x, abs(n)) for x, n in ((base, a), (other, b))))


def _aligned_parts(yours, rule, values, sort):
    """Two sums, or two products: what is equal is left out, and the rest compared in pairs."""
    mine, theirs, found = _listed(yours, sort), _listed(rule, sort), []
    if sort == "is_Mul":
        (a, mine), (b, theirs) = _without_number(mine), _without_number(theirs)
        if a * b < 0:
            found.append(Difference("sign", yours, rule))
        if abs(a) != abs(b):
            found.append(_of_numbers(abs(a / b), yours, rule))
    for one in list(mine):
        same = [o for o in theirs if _equal(values.of(one[1]), values.of(o[1]))]
        inverse = [o for o in theirs if _equal(values.of(one[1]) * values.of(o[1]), 1.0)]
        if same or (inverse and sort == "is_Mul"):
            mine.remove(one)
            theirs.remove((same or inverse)[0])
        if inverse and not same and sort == "is_Mul":
            under = one[1].is_Pow and one[1].args[1].is_negative
            more = inverse[0][1] if under else one[1]
            places = ((one[0],), (inverse[0][0],))
            found.append(
                Difference("divides" if under else "multiplies", yours, rule, *places, more)
            )
    if sort == "is_Add":  # ε may be left out
        mine, theirs = ([one for one in x if not _is_small(one[1], values)] for x in (mine, theirs))
    whole = Difference("other", yours, rule)
    unlike = sort == "is_Add" and mine and theirs and not (yours.is_Add and rule.is_Add)
    if max(len(mine), len(theirs)) > 4 or unlike:
        return [whole]
    if sort == "is_Mul" and len(mine) == 1 < len(theirs):
        meant = multiplied(*(part for _, part in theirs))
        if kind := _kind(mine[0][1], meant, values):
            places = (mine[0][0],), tuple(place for place, _ in theirs)
            return [*found, Difference(kind, mine[0][1], meant, *places)]
    if sort == "is_Mul":
        found += _lacking_parentheses(mine, theirs, values)
    few, many = sorted((mine, theirs), key=len)
    best = None
    for chosen in permutations(many, len(few)):
        pairs = zip(few, chosen, strict=True) if few is mine else zip(chosen, few, strict=True)
        differences = [
            difference.moved(place, other)
            for (place, a), (other, b) in pairs
            for difference in _aligned(a, b, values)
        ]
        rest = [one for one in many if one not in chosen]
        differences += [_alone(one, many is mine, yours, rule, sort) for one in rest]
        if best is None or _cost(differences) < _cost(best):
            best = differences
    found = _merged([*found, *best])
    return found if _cost(found) < 2 * (_size(yours) + _size(rule)) else [whole]


def _lacking_parentheses(mine, theirs, values):
    """Sums that would be two factors of the rule if they had parentheses; both are taken away."""
    found = []
    for one, two in product([one for one in mine if one[1].is_Add], [*combinations(theirs, 2)]):
        meant = multiplied(*(part for _, part in two))
        if one in mine and _kind(one[1], meant, values) == "parentheses":
            places = (one[0],), tuple(place for place, _ in two)
            found.append(Difference("parentheses", one[1], meant, *places))
            mine.remove(one)
            theirs[:] = [other for other in theirs if other not in two]
    return found


def _without_number(listed):
    """The number that a product has, 1 if there is none, and its other factors."""
    import sympy

    numbers = [part.doit() for _, part in listed if _is_number(part)]
    return sympy.Mul(*numbers), [one for one in listed if not _is_number(one[1])]


def _is_number(part):
    return part.is_Number or (part.is_Pow and part.args[0].is_Number and part.args[1] == -1)


def _of_numbers(ratio, yours, rule):
    """How a term differs that is so many times the rule's."""
    divided = [any(_is_number(p) and p.is_Pow for p in side.args) for side in (yours, rule)]
    if ratio > 1:
        return Difference(
            "missing divisor" if divided[1] else "extra factor", yours, rule, more=ratio
        )
    if divided[0] or not (1 / ratio).is_Integer:
        kind, more = ("extra divisor", 1 / ratio) if divided[0] else ("extra factor", ratio)
        return Difference(kind, yours, rule, more=more)
    has = any(_is_number(p) and abs(p) != 1 for p in yours.args)
    kind, more = ("extra factor", ratio) if has else ("missing factor", 1 / ratio)
    return Difference(kind, yours, rule, more=more)


def _listed(expression, sort):
    """The terms of a sum or the factors of a product with their places; a square is two factors."""
    parts = enumerate(expression.args) if getattr(expression, sort) else [(None, expression)]
    listed = []
    for i, part in parts:
        place = () if i is None else (i,)
        if sort == "is_Mul" and part.is_Pow and part.args[1].is_Integer and 1 < part.args[1] < 5:
            listed += [((*place, 0), part.args[0])] * int(part.args[1])
        else:
            listed.append((place, part))
    return listed


def _alone(one, is_mine, yours, rule, sort):
    """A term or a factor that the other expression lacks."""
    place, part = one
    if sort == "is_Add":
        places = ((place,), ()) if is_mine else ((), (place,))
        return Difference("extra term" if is_mine else "missing term", part, part, *places)
    under = part.is_Pow and part.args[1].is_negative
    places = ((place,), ()) if is_mine else (((),), (place,))
    more = 1 / part if under else part
    if is_mine and part.is_Function and sum(p == part for _, p in _listed(yours, sort)) == 2:
        return Difference("square extra", part, part, *places)
    if not is_mine and part.is_Function and sum(p == part for _, p in _listed(yours, sort)) == 1:
        return Difference("square missing", part, part, *places)
    kind = f"{'extra' if is_mine else 'missing'} {'divisor' if under else 'factor'}"
    return Difference(kind, yours, rule, *places, more)


def _merged(found):
    """Without what is said twice; a factor missing here and too many there has moved."""
    for a, b in permutations(found, 2):
        if kind := _together(a, b):
            rest = [one for one in found if one not in (a, b)]
            values = (a.more, b.more) if kind == "number" else (a.yours, b.rule)
            places = a.at_yours, b.at_rule
            return [Difference(kind, *values, *places, a.more if kind == "moved" else None), *rest]
    merged = {}
    for one in found:
        key = one.kind, one.yours, one.rule, one.more
        before = merged.get(key)
        places = (
            (before.at_yours + one.at_yours, before.at_rule + one.at_rule)
            if before
            else (one.at_yours, one.at_rule)
        )
        merged[key] = Difference(*key[:3], *places, one.more)
    return sorted(merged.values(), key=lambda one: not one.kind.startswith("place"))


def _together(a, b):
    """What two differences are that have one cause; or None."""
    if (a.kind, b.kind) == ("extra factor", "missing factor"):
        if a.more == b.more:
            return "moved"
        if a.more.is_Number and b.more.is_Symbol and _is_hyper(b.more):
            return "number"
    if (a.kind, b.kind, a.more) == ("extra factor", "square missing", 2):
        return "doubled"
    return None


def _kind(part, other, values):
    """How two parts differ, if that has a name of its own; else None."""
    a, b = values.of(part), values.of(other)
    if part.is_Symbol and other.is_Symbol:
        if part.name.rstrip("'") != other.name.rstrip("'"):
            alike = _is_hyper(part) == _is_hyper(other) and other.name != "eps"
            return "variable" if alike else None
        return "too new" if part.name.endswith("'") else "too old"
    if _is_gradient(part) and _is_gradient(other):
        return "place of loss" if part.func.__name__ == "loss" else "place"
    if part.is_Number and other.is_Symbol and _is_hyper(other) and 0 < part < 1:
        return "number"
    if part.is_Function and part.func.__name__ in TOGETHER:
        return "together"
    if part.is_Function and part.func.__name__ == "floor":
        return "floor"
    if part.is_Function and _equal(values.of(part.args[0]), b):
        return "wrapped"
    if part.is_Add and _lacks_parentheses(part, b, values):
        return "parentheses"
    if part.is_Mul and _equal(2 * a, b * b) and any(_is_number(p) for p in part.args):
        return "halved"
    if _equal(a, -b) and not part.is_Mul:
        return "sign"
    if (part.is_Add and other.is_Add) or _is_under(part) or _is_under(other):
        return None  # what differs is within
    if _equal(a, 1 - b) and (part.is_Symbol or other.is_Symbol):
        return "complement"
    for power, base in ((part, other), (other, part)):
        if power.is_Pow and power.args[0] == base and power.args[1].free_symbols:
            return "exponent"
    if _equal(a * a, b):
        return "root extra" if _is_root(part) else "square missing"
    if _equal(a, b * b):
        return "square extra" if _is_square(part) else "root missing"
    if _is_root(part) and part.args[0].is_Mul and _is_too_wide(part.args[0], b, values):
        return "root too wide"
    return None


def _lacks_parentheses(terms, value, values):
    """Whether a / b − c would be right as a / (b − c), or a − b / c as (a − b) / c."""
    for first in (True, False):
        quotient, *rest = terms.args if first else terms.args[::-1]
        below = [f for f in _factors_of(quotient) if _is_under(f)]
        if below:
            divisor = 1 / reduce(operator.mul, map(values.of, below))
            dividend, rest = values.of(quotient) * divisor, sum(map(values.of, rest))
            meant = (dividend, divisor + rest) if first else (dividend + rest, divisor)
            if meant[1] and _equal(meant[0] / meant[1], value):
                return True
    return False


def _factors_of(part):
    return part.args if part.is_Mul else (part,)


def _is_under(part):
    return part.is_Pow and part.args[1].is_negative


def _is_square(part):
    listed = _listed(part, "is_Mul")
    return len(listed) == 2 and listed[0][1] == listed[1][1]


def _is_root(part):
    return part.is_Pow and part.args[1].is_Rational and 2 * part.args[1] == 1


def _is_too_wide(inside, value, values):
    """Whether a root over a product is meant for some of its factors alone."""
    for powers in product((1, 0.5), repeat=len(inside.args)):
        parts = zip(inside.args, powers, strict=True)
        if 1 in powers and _equal(
            reduce(operator.mul, (values.of(f) ** k for f, k in parts)), value
        ):
            return True
    return False


def _one(yours, rule, values):
    """The smallest part of an expression that, were it another, would make it the rule's.

    Tried are every part of the rule, and the part itself with its sign turned, with or without a
    root or a factor: so an answer that is written otherwise than the rule is understood too.
    """
    target = values.of(rule)
    factors = [(f, values.of(f)) for f in _factors(yours, rule) if values.of(f)]
    rules = [(place, p) for place, p in _parts(rule) if values.of(p)]
    best, least = None, 1e9
    for at, part in islice(_parts(yours), PARTS):
        value, size = values.of(part), _size(part)
        trials = []
        if not part.is_Number or 0 < part < 1:
            trials += [
                ("other", p, values.of(p), place, size + _size(p))
                for place, p in rules
                if (at or place) and not p.is_Number
            ]
        if not part.is_Number and not (at and _at(yours, at[:-1]).is_Mul):
            beside = _at(yours, at[:-1]).args if at else ()
            if at and _at(yours, at[:-1]).is_Add:
                trials.append(("extra term", None, 0j, None, size))
            if not at or any(values.of(p) for p in beside if p is not part):
                trials.append(("sign", None, -value, None, size))
            for f, by in factors if not _is_in_exponent(at, yours) else ():
                for kind, other in (("times", value * by), ("over", value / by)):
                    trials.append((kind, f, other, None, size + _size(f)))
                    other = other * by if kind == "times" else other / by
                    trials.append((f"{kind} twice", f, other, None, size + 2 * _size(f)))
        if not part.is_Number:
            trials.append(("root missing", None, value**0.5, None, size))
            trials.append(
                (
                    "root extra" if _is_root(part) else "square missing",
                    None,
                    value * value,
                    None,
                    size,
                )
            )
        for kind, meant, other, place, cost in trials:
            if (
                cost < least
                and not _equal(value, other)
                and _equal(values.of(yours, at, other), target)
            ):
                best, least = (kind, at, part, meant, other, place), cost
    if best is None:
        return None
    kind, at, part, meant, value, place = best
    if kind == "other":
        return _in_gradient(at, part, place, meant, yours, rule) or Difference(
            _kind(part, meant, values) or "other", part, meant, (at,), (place,)
        )
    place = next((p for p, other in rules if _equal(values.of(other), value)), None)
    if _in_gradient(at, part, place or (), part, yours, rule):
        return _in_gradient(at, part, place or (), part, yours, rule)
    right = part if place is None else _at(rule, place)
    around = [_at(yours, at[:n]) for n in range(len(at))]
    if kind == "over" and any(x.is_Mul and meant in x.args for x in around):
        return Difference("shared factor", part, right, (at,), (), meant)
    places = ((at,), () if place is None else (place,))
    return Difference(
        _factor_kind(kind, part, meant) if meant is not None else kind, part, right, *places, meant
    )


def _is_in_exponent(at, expression):
    """Whether a place lies in an exponent, where many numbers have the same effect: none."""
    return any(i == 1 and _at(expression, at[:n]).is_Pow for n, i in enumerate(at))


def _in_gradient(at, part, place, other, yours, rule):
    """A difference within the place at which a gradient is taken is told of the gradient."""
    outer = next((at[:n] for n in range(len(at)) if _is_gradient(_at(yours, at[:n]))), None)
    inside = (place[:n] for n in range(len(place)))
    meant = next((p for p in inside if _is_gradient(_at(rule, p))), None)
    if meant is None:
        meant = next((p for p, x in _parts(rule) if _is_gradient(x)), None)
    if outer is None or meant is None:
        return None
    a, b = _at(yours, outer), _at(rule, meant)
    return Difference(
        "place of loss" if a.func.__name__ == "loss" else "place", a, b, (outer,), (meant,)
    )


def _is_gradient(part):
    return part.is_Function and part.func.__name__ in ("grad", "loss")


def _factor_kind(kind, part, f):
    """Whether a factor is one too many, or missing, or divides where it should multiply."""
    factors = _factors_of(part)
    powers = [x.args if x.is_Pow else (x, 1) for x in factors]
    by = any(base == f and power > 0 for base, power in powers if power != 0 and _is_real(power))
    under = any(base == f and power < 0 for base, power in powers if _is_real(power))
    names = {
        "times": "extra divisor" if under else "missing factor",
        "over": "extra factor" if by else "missing divisor",
        "times twice": "divides" if under else "missing square",
        "over twice": "multiplies" if by else "extra square",
    }
    return names[kind]


def _is_real(power):
    return power == 1 or power.is_Number


def _factors(*expressions):
    """What the terms of expressions are multiplied with or divided by, and what might have been."""
    import sympy

    found = []
    for expression in expressions:
        for _, part in _parts(expression):
            for factor in _factors_of(part):
                factor = factor.args[0] if factor.is_Pow and factor.args[1].is_Number else factor
                if not factor.is_Number and _size(factor) <= 6:
                    found.append(factor)
            if part.is_Symbol and _is_hyper(part):
                found.append(sympy.Add(1, sympy.Mul(-1, part, evaluate=False), evaluate=False))
    return [*dict.fromkeys(found), sympy.Integer(2)]

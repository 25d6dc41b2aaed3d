"""Expressions of sympy as text and as LaTeX, in the order in which they were written."""

SIGNS = {  # how a name is written as text, and in LaTeX
    "w": ("W", "W"),
    "v": ("v", "v"),
    "h": ("h", "h"),
    "m": ("m", "m"),
    "t": ("t", "t"),
    "lr": ("η", r"\eta"),
    "alpha": ("α", r"\alpha"),
    "gamma": ("γ", r"\gamma"),
    "beta": ("β", r"\beta"),
    "beta1": ("β₁", r"\beta_1"),
    "beta2": ("β₂", r"\beta_2"),
    "eps": ("ε", r"\epsilon"),
    "weight_decay": ("λ", r"\lambda"),
    "grad": ("∇L", r"\nabla L"),
    "loss": ("L", "L"),
    "sum": ("Σ", r"\textstyle\sum"),
}
BEGIN, END = "\ue000", "\ue001"  # around what is marked, until the line is whole
SUPER = {2: "²", 3: "³", 4: "⁴"}
RELATIONS = {"greater": ">", "less": "<", "equal": "=", "greater_equal": "≥", "less_equal": "≤"}


class Script:
    """Writes expressions as text or LaTeX, and marks the parts at some places in them."""

    def __init__(self, latex=False, set_above=(), old="old", marks=()):
        self.latex, self.set_above, self.old, self.marks = latex, set_above, old, marks

    def name(self, name):
        """A symbol as it is written; ``v'`` is the v that this step has set."""
        plain = name.removesuffix("'")
        sign = SIGNS.get(plain, (plain, rf"\mathrm{{{plain}}}"))[self.latex]
        if name in self.set_above:  # the value from before, though a line above has set it anew
            return rf"{sign}_{{\text{{{self.old}}}}}" if self.latex else f"{sign}({self.old})"
        return sign

    def write(self, expression, at=(), least=0):
        """An expression, in parentheses if it binds less than ``least``: 0 sum to 3 sign."""
        text, binds = self._written(expression, at)
        if binds < least:
            text = self._in_parentheses(text)
        return f"{BEGIN}{text}{END}" if at in self.marks else text

    def _in_parentheses(self, text):
        tall = any(command in text for command in (r"\dfrac", r"\sqrt", BEGIN))
        return rf"\left({text}\right)" if self.latex and tall else f"({text})"

    def _written(self, expression, at):
        if expression.is_Symbol:
            return self.name(expression.name), 3
        if expression.is_Number:
            return self._number(expression), 3 if expression >= 0 else 0
        if expression.is_Add:
            return self._sum(expression, at), 0
        if expression.is_Mul or (expression.is_Pow and expression.args[1].is_negative):
            return self._product(expression, at)
        if expression.is_Pow:
            return self._power(expression, at), 2
        name = expression.func.__name__
        parts = [self.write(part, (*at, i)) for i, part in enumerate(expression.args)]
        if name in RELATIONS:
            return f" {RELATIONS[name]} ".join(parts), 0
        sign = SIGNS.get(name, (name, rf"\operatorname{{{name}}}"))[self.latex]
        return sign + self._in_parentheses(", ".join(parts)), 3

    def _number(self, number):
        text = f"{float(number):.6g}".replace("e-0", "e-").replace("-", "−", 1)
        return text if "e" not in text else f"{float(number):.0e}".replace("e-0", "e-")

    def _sum(self, expression, at):
        text = ""
        for i, term in enumerate(expression.args):
            place = (*at, i)
            negative = is_negative(term)
            part = Script(self.latex, self.set_above, self.old, set(self.marks) - {place})
            written = part.write(-term if term.is_Number and negative else term, place, 1)
            if negative and written.startswith(MINUS):
                written = written.removeprefix(MINUS).lstrip()
            sign = (" − " if negative else " + ") if text else ("−" if negative else "")
            if place in self.marks:
                space = r"\;" if self.latex else " "  # which a frame would take
                written = f"{BEGIN}{sign.strip()}{space if text else ''}{written}{END}"
                text += (space if text else "") + written
            else:
                text += sign + written
        return text

    def _product(self, expression, at):
        factors = list(enumerate(expression.args)) if expression.is_Mul else [(None, expression)]
        above, below, sign = [], [], ""
        for i, factor in factors:
            place = at if i is None else (*at, i)
            if factor.is_Number and factor < 0:
                sign = MINUS
                above += [(place, -factor)] if factor != -1 else []
            elif factor.is_Pow and factor.args[1].is_negative:
                below.append((place, factor))
            else:
                above.append((place, factor))
        least = 1 if len(above) == 1 and not sign else 2
        top = self._joined(above, 0 if self.latex and below and len(above) == 1 else least) or "1"
        if not below:
            return sign + top, 1
        one = len(below) == 1
        bottom = self._joined_below(below, 0 if self.latex and one else 2)
        if self.latex:
            return rf"{sign}\dfrac{{{top}}}{{{bottom}}}", 2 if not sign else 1
        return f"{sign}{top}/{bottom if one else f'({bottom})'}", 1

    def _joined(self, factors, least):
        written = []
        for place, factor in factors:
            same = written and factor == written[-1][1] and factor.is_Function
            if same and not {place, written[-1][0]} & {*self.marks}:  # g g is g²
                written[-1] = place, None, self._power(factor**2, place)
            else:
                written.append((place, factor, self.write(factor, place, least)))
        return (" " if self.latex else "·").join(text for *_, text in written)

    def _joined_below(self, factors, least):
        import sympy

        parts = []
        for place, factor in factors:
            base, exponent = factor.args
            turned = base if exponent == -1 else sympy.Pow(base, -exponent, evaluate=False)
            if exponent == -1:
                written = self.write(base, (*place, 0), least)
            else:
                written = self._power(turned, place)
            parts.append(f"{BEGIN}{written}{END}" if place in self.marks else written)
        return (" " if self.latex else "·").join(parts)

    def _power(self, expression, at):
        base, exponent = expression.args
        if exponent.is_Rational and 2 * exponent == 1:
            inner = self.write(base, (*at, 0), 0 if self.latex else 3)
            return rf"\sqrt{{{inner}}}" if self.latex else f"√{inner}"
        inner = self.write(base, (*at, 0), 3)
        if self.latex:
            inner = inner if base.is_Symbol and (*at, 0) not in self.marks else f"{{{inner}}}"
            return f"{inner}^{{{self.write(exponent, (*at, 1))}}}"
        if exponent in SUPER and (*at, 1) not in self.marks:
            return inner + SUPER[exponent]
        if exponent.is_Symbol and exponent.name in ("t", "t'") and (*at, 1) not in self.marks:
            return (
                f"{inner}ᵗ" if exponent.name not in self.set_above else f"{inner}^{self.name('t')}"
            )
        return f"{inner}^{self.write(exponent, (*at, 1), 2)}"


MINUS = "−"


def is_negative(term):
    """Whether a term of a sum is written with a minus."""
    if term.is_Number:
        return term < 0
    return term.is_Mul and term.args[0].is_Number and term.args[0] < 0

"""An answer read back as the equations it is, and a sentence that says how they differ.

>>> from udl.exercises.symbols import read
>>> from udl.steps import momentum
>>> def half(grad, w, v=0.0, *, lr, alpha=0.9):
...     v = alpha * v + lr * grad(w)
...     return w + v, v
>>> names, hyper = ["w", "v"], ["lr", "alpha"]
>>> reading = compare(read(half, names, hyper), read(momentum, names, hyper), "en")
>>> print(reading.sentence)
In v the sign of η·∇L(W) is turned; right is − η·∇L(W).
>>> print(reading)
  v ← α·v + η·∇L(W)  yours
          ~~~~~~~~~
  v ← α·v − η·∇L(W)  the rule
          ~~~~~~~~~
  W ← W + v          both
"""

from udl.chapter import speaking
from udl.exercises.differences import differences, is_left
from udl.exercises.script import BEGIN, END, MINUS, SIGNS, Script, is_negative
from udl.show import columns_of, printable

WORDS = {
    "ko": {
        "in": "{line}의 식에서 ",
        "branch": "규칙에 없는 갈래가 있다. 경우에 따라 다르게 계산하는 곳은 {yours}.",
        "moved": "{more}: 곱한 자리가 다르다. 답은 {yours}, 규칙은 {rule}.",
        "right": " 바른 것은 {rule}.",
        "marked": "표시한 부분",
        "together": "원소마다 따로 둘 것을 한데 합쳤다. 답은 {yours}, 규칙은 {rule}.",
        "complement": "{yours} 자리에는 1에서 뺀 값이 온다.{right}",
        "parentheses": "괄호가 빠져서 나누기를 먼저 한다. 답은 {yours}.{right}",
        "floor": "`//`로 나누면 소수점 아래를 버린다. `/`로 나누자. 답은 {yours}.{right}",
        "halved": "`** 1/2`로는 제곱근이 되지 않는다. 거듭제곱을 먼저 하고 2로 나눈다. `** 0.5`나"
        " `np.sqrt`를 쓰자.{right}",
        "doubled": "{rule}의 제곱이 와야 하는데 2를 곱했다.",
        "wrapped": "{rule}에 규칙에 없는 함수를 씌웠다. 답은 {yours}.",
        "eps": "ε을 더한 자리가 다르다. 규칙은 {rule}, 곧 나누는 수에 더한다. 괄호를 보자.",
        "unused": "받은 인수 {rule}: 답의 식 어디에도 없다. 숫자로 덮어쓰지는 않았나?",
        "exponent": "지수가 다르다. 답은 {yours}.{right}",
        "kept": "돌려준 {rule_name} 값이 받은 그대로다. 새 값은 {rule}.",
        "sign": "{yours} 앞의 부호가 반대다.{right}",
        "extra factor": "{yours}에 곱한 {more} 하나가 더 있다.{right}",
        "shared factor": "괄호 밖의 {more}: 규칙에서는 {yours}에 곱하지 않는다.",
        "missing factor": "{yours}에 곱할 {more} 하나가 빠졌다.{right}",
        "extra divisor": "{yours}에 나누는 수 {more} 하나가 더 있다.{right}",
        "missing divisor": "{yours}에 나누는 수 {more} 하나가 빠졌다.{right}",
        "multiplies": "{more}: 나누어야 하는데 곱했다.{right}",
        "divides": "{more}: 곱해야 하는데 나누었다.{right}",
        "missing square": "{yours}에 곱할 {more}, 그 제곱이 빠졌다.{right}",
        "extra square": "{yours}에 {more}의 제곱이 더 곱해져 있다.{right}",
        "times": "{yours} 부분이 규칙의 {more}배다.{right}",
        "variable": "{rule} 자리에 다른 변수 {yours} 기호가 있다.",
        "too old": "{name} 자리에 고치기 전의 값을 썼다. 이번 걸음에 새로 고친 값을 쓴다.",
        "too new": "{name} 자리에 이미 고친 값을 썼다. 고치기 전의 값을 쓴다.",
        "number": "수 {yours} 대신 {rule}, 받은 인수를 쓴다.",
        "place": "그래디언트를 잰 자리가 다르다. 답은 {yours}, 규칙은 {rule}.",
        "place of loss": "손실을 잰 자리가 다르다. 답은 {yours}, 규칙은 {rule}.",
        "root missing": "{yours}에 제곱근이 빠졌다.{right}",
        "root extra": "{yours}에 없어야 할 제곱근이 있다.{right}",
        "root too wide": "제곱근이 너무 넓게 씌워졌다. 답은 {yours}.{right}",
        "square missing": "{yours}의 제곱이 빠졌다.{right}",
        "square extra": "{yours}의 제곱은 없어야 한다.{right}",
        "extra term": "규칙에 없는 항 {yours} 하나가 더 있다.",
        "missing term": "{rule} 항이 빠졌다.",
        "other": "{rule} 자리에 다른 것이 있다. 답은 {yours}.",
        "several": "여러 항이 다르다. 표시한 항을 견주어 보자.",
        "swapped": "{yours}, {rule}의 자리가 서로 바뀌었다.",
        "turned": "{yours}, 1 − {yours}의 자리가 서로 바뀌었다.",
        "everywhere": "{rule} 대신 {yours} 기호를 썼다.",
        "yours": "답",
        "rule": "규칙",
        "both": "답, 규칙",
        "old": "옛 값",
    },
    "en": {
        "in": "In {line} ",
        "branch": "there is a case that the rule does not have, {yours}.",
        "moved": "{more} multiplies another term: yours {yours}, the rule {rule}.",
        "right": "; right is {rule}.",
        "marked": "what is marked",
        "together": "what each element has of its own is put together: yours {yours}, the rule"
        " {rule}.",
        "complement": "{yours} stands where 1 minus it should{right}",
        "parentheses": "without parentheses it divides first: yours is {yours}{right}",
        "floor": "`//` drops what is behind the point: divide by `/`, yours is {yours}{right}",
        "halved": "`** 1/2` is no root: the power comes first, and is then divided by 2. Write"
        " `** 0.5` or `np.sqrt`{right}",
        "doubled": "{rule} is multiplied by 2 where it should be squared.",
        "wrapped": "a function is around {rule} that the rule does not have: yours is {yours}.",
        "eps": "ε is added at another place: in the rule to what divides, {rule}. Look at the"
        " parentheses.",
        "unused": "{rule} that is passed is nowhere in yours: is it overwritten by a number?",
        "exponent": "the exponent differs: yours {yours}{right}",
        "kept": "the {rule_name} that is returned is the one that was passed; the new is {rule}.",
        "sign": "the sign of {yours} is turned{right}",
        "extra factor": "{yours} has a factor {more} too many{right}",
        "shared factor": "{more} before the parentheses multiplies {yours} too; the rule does not.",
        "missing factor": "{yours} lacks a factor {more}{right}",
        "extra divisor": "{yours} is divided by {more} once too often{right}",
        "missing divisor": "{yours} is not divided by {more}{right}",
        "multiplies": "{more} multiplies where it should divide{right}",
        "divides": "{more} divides where it should multiply{right}",
        "missing square": "{yours} lacks the square of {more}{right}",
        "extra square": "{yours} is multiplied by the square of {more}{right}",
        "times": "{yours} is {more} times what it should be, {rule}.",
        "variable": "{yours} stands where {rule} should: another variable.",
        "too old": "{name} is the value from before; use the one that this step has set.",
        "too new": "{name} is the value that this step has set; use the one from before.",
        "number": "the number {yours} stands where {rule} should: use what is passed.",
        "place": "the gradient is taken at another place: yours {yours}, the rule {rule}.",
        "place of loss": "the loss is taken at another place: yours {yours}, the rule {rule}.",
        "root missing": "{yours} lacks its root{right}",
        "root extra": "{yours} should have no root{right}",
        "root too wide": "the root is too wide: yours {yours}, right is {rule}.",
        "square missing": "{yours} is not squared{right}",
        "square extra": "{yours} should not be squared{right}",
        "extra term": "there is a term too many, {yours}.",
        "missing term": "a term is missing, {rule}.",
        "other": "{yours} stands where {rule} should.",
        "several": "several terms differ: compare those that are marked.",
        "swapped": "{yours} and {rule} have changed places.",
        "turned": "{yours} and 1 − {yours} have changed places.",
        "everywhere": "{yours} stands where {rule} should.",
        "yours": "yours",
        "rule": "the rule",
        "both": "both",
        "old": "old",
    },
}


def compare(yours, rule, lang=None):
    """An answer's equations beside the rule's.

    Parameters
    ----------
    yours, rule : dict
        As `udl.exercises.symbols.read` returns them, both of the same names.
    lang : str, optional
        ``"ko"`` or ``"en"``; else the one that is spoken.

    Returns
    -------
    Reading
        Its ``sentence`` is empty if the equations are the same but for ε.
    """
    return Reading(*differences(yours, rule), speaking(lang))


LONG = 32  # columns: what is longer stands in the equations, and not in the sentence as well


class Reading:
    """The equations of an answer and of the rule, which a notebook shows as mathematics."""

    def __init__(self, yours, rule, apart, found, lang):
        self.names = [name for name in rule if not name.endswith(" full")]
        self.yours, self.rule = yours, rule
        self.apart, self.found, self.words = apart, found, WORDS[lang]

    @property
    def sentence(self):
        """How the answer differs: at most two differences are told."""
        told, before = [], None
        for name in self.apart:
            for one in self.found.get(name, ()):
                if all((one.kind, one.yours, one.rule) != same for *_, same in told):
                    same = one.kind, one.yours, one.rule
                    told.append((self._told(name, one, leads=name != before), same))
                    before = name
        return " ".join(sentence for sentence, _ in told[:2])

    def _told(self, name, one, leads):
        script = self._script(name, False)
        values = {"yours": script.write(one.yours), "rule": script.write(one.rule)}
        values["more"] = "" if one.more is None else script.write(one.more, (), 1)
        values["name"] = SIGNS.get(getattr(one.yours, "name", "").rstrip("'"), ("", ""))[0]
        values["rule_name"] = SIGNS.get(name, (name, name))[0]
        if one.kind == "sign" and not is_negative(one.rule):
            values["rule"] = ("+ " if is_negative(one.yours) else "") + values["rule"]
        values = {k: _spaced(v) for k, v in values.items()}
        values["right"] = self.words["right"].format(**values)
        if columns_of(values["yours"]) > LONG:
            values["yours"] = self.words["marked"]
        if columns_of(values["rule"]) > LONG or (one.rule == one.yours and not one.at_rule):
            values["right"] = "." if self.words is WORDS["en"] else ""
        leads = leads and name and not (one.kind == "kept" and self.words is WORDS["ko"])
        lead = self.words["in"].format(line=values["rule_name"]) if leads else ""
        said = lead + self.words[one.kind].format(**values)
        begins = said.startswith(("a ", "the ", "there ", "several ", "what ", "without "))
        return said[0].upper() + said[1:] if begins else said

    def _script(self, name, latex, marks=()):
        above = self.names[: self.names.index(name)] if name in self.names else []
        above = [n for n in above if not is_left(self.yours[n], n)]
        return Script(latex, above, self.words["old"], marks)

    def _lines(self, latex):
        """Each equation as it is shown, and whose it is."""
        for name in self.names:
            whose = ("yours", "rule") if name in self.apart else ("both",)
            if name == "t" and whose == ("both",):
                continue
            for one in whose:
                side = self.rule if one == "rule" else self.yours
                marks = [
                    place
                    for d in self.found.get(name, ())[:2]
                    for place in (d.at_rule if one == "rule" else d.at_yours)
                ]
                script = self._script(name, latex, marks)
                sign, arrow = script.name(name + "'"), (r"\leftarrow" if latex else "←")
                left = f"{sign} {arrow} " if name else ""
                yield left + script.write(side[name]), self.words[one]

    def __repr__(self):
        lines, words = [], list(self._lines(False))
        width = max(columns_of(_plain(text)) for text, _ in words)
        for text, whose in words:
            plain = _plain(text)
            lines.append(f"  {plain}{' ' * (width - columns_of(plain))}  {whose}")
            if BEGIN in text:
                lines.append(f"  {_underlined(text)}")
        return "\n".join(lines)

    def __str__(self):
        return printable(repr(self))

    def _repr_latex_(self):
        rows = []
        for text, whose in self._lines(True):
            text = text.replace(MINUS, "-").replace(BEGIN, r"\boxed{").replace(END, "}")
            rows.append(rf"\displaystyle {text} & \quad\text{{{whose}}}")
        return r"$\begin{array}{ll}" + r" \\[6pt] ".join(rows) + r"\end{array}$"


def _spaced(text):
    return "− " + text[1:] if text.startswith(MINUS) else text


def _plain(text):
    return text.replace(BEGIN, "").replace(END, "")


def _underlined(text):
    line, depth = "", 0
    for sign in text:
        depth += (sign == BEGIN) - (sign == END)
        if sign not in (BEGIN, END):
            line += ("~" if depth else " ") * columns_of(sign)
    return line.rstrip()

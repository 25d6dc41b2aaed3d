r"""Equations in words, for who hears them: read off their LaTeX, so that they cannot drift."""

import re

TOKEN = re.compile(r"\\[a-zA-Z]+|\S")

# A word for each symbol, and frames for what is built of parts: ``{0}`` is the first of them.
SPEECH = {
    "ko": {
        r"\alpha": "알파",
        r"\beta": "베타",
        r"\gamma": "감마",
        r"\epsilon": "엡실론",
        r"\eta": "에타",
        "=": "{0}{topic} {1}",
        "+": "더하기",
        "-": "빼기",
        r"\cdot": "곱하기",
        r"\odot": "원소별로 곱하기",
        "(": "괄호 열고",
        ")": "괄호 닫고",
        r"\frac": "{1} 분의 {0}",
        r"\partial": "{0}의 {1}에 대한 편미분",
        r"\sqrt": "제곱근 {0}",
        r"\widehat": "{0} 햇",
        "_": "{0} 아래 {1}",
        "^": "{0}의 {1}제곱",
        "^2": "{0}의 제곱",
        "of": "{0} {1}",
        "and": "{0}. 그리고 {1}",
    },
    "en": {
        r"\alpha": "alpha",
        r"\beta": "beta",
        r"\gamma": "gamma",
        r"\epsilon": "epsilon",
        r"\eta": "eta",
        "=": "{0} equals {1}",
        "+": "plus",
        "-": "minus",
        r"\cdot": "times",
        r"\odot": "times element by element",
        "(": "open parenthesis",
        ")": "close parenthesis",
        r"\frac": "{0} over {1}",
        r"\partial": "the partial derivative of {0} with respect to {1}",
        r"\sqrt": "the square root of {0}",
        r"\widehat": "{0} hat",
        "_": "{0} sub {1}",
        "^": "{0} to the power {1}",
        "^2": "{0} squared",
        "of": "{0} of {1}",
        "and": "{0}; and {1}",
    },
}
OPERATORS = ("+", "-", r"\cdot", r"\odot")


def speak(formulas, lang):
    r"""Formulas as one sees them, left to right and top to bottom, in words.

    Parameters
    ----------
    formulas : iterable of str
        LaTeX without dollar signs and environments, each with one sign of equality.
    lang : str

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If there is a symbol that has no word.

    Examples
    --------
    >>> speak([r"W = W - \eta \frac{\partial L}{\partial W}"], "en")
    'W equals W minus eta times the partial derivative of L with respect to W'
    >>> speak([r"v = \alpha v", r"\widehat{W} = W + v"], "ko")
    'v는 알파 곱하기 v. 그리고 W 햇은 W 더하기 v'
    """
    words = SPEECH[lang]
    said = []
    for formula in formulas:
        left, right = (_Reader(side, words).all() for side in formula.split("="))
        said.append(words["="].format(left, right, topic=_topic(left)))
    whole = said[0]
    for one in said[1:]:
        whole = words["and"].format(whole, one)
    return whole


def _topic(word):
    """The particle that marks a Korean word as the topic, by the sound on which it ends."""
    last = word[-1]
    closed = (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else last in "lmnrLMNR013678"
    return "은" if closed else "는"


class _Reader:
    """Reads one side of a formula, token by token."""

    def __init__(self, latex, words):
        self.tokens, self.words = TOKEN.findall(latex), words

    def all(self):
        """Everything up to the end."""
        said, operand = [], False
        self.parts = 0  # how many operands it has
        while self.tokens:
            if self.tokens[0] in OPERATORS:
                said.append(self.words[self.tokens.pop(0)])
                operand = False
                continue
            if operand:  # two that stand side by side are multiplied
                said.append(self.words[r"\cdot"])
            said.append(self.operand())
            operand, self.parts = True, self.parts + 1
        return " ".join(said)

    def operand(self):
        """One symbol, fraction, root or parenthesis, with what hangs on it."""
        token = self.tokens.pop(0)
        if token == "(":
            said = self.fenced(self.until("(", ")"))
        elif token == r"\frac":
            said = self.fraction(self.braced(), self.braced())
        elif token in (r"\sqrt", r"\widehat"):
            said = self.words[token].format(self.part(self.braced()))
        elif token == "L" and self.tokens[:1] == ["("]:
            self.tokens.pop(0)
            said = self.words["of"].format("L", self.part(self.until("(", ")")))
        else:
            said = self.symbol(token)
        while self.tokens[:1] in (["_"], ["^"]):
            hook, part = self.tokens.pop(0), self.braced()
            frame = self.words["^2" if hook == "^" and part == ["2"] else hook]
            said = frame.format(said, self.part(part))
        return said

    def fraction(self, above, below):
        """A fraction, or a derivative: of what it holds, or else of what follows it."""
        if above[0] != r"\partial":
            return self.words[r"\frac"].format(self.part(above), self.part(below))
        of = self.part(above[1:]) if above[1:] else self.operand()
        return self.words[r"\partial"].format(of, self.part(below[1:]))

    def part(self, tokens):
        """What stands within braces; in parentheses if it is more than one thing."""
        reader = _Reader(" ".join(tokens), self.words)
        said = reader.all()
        return self.fenced(tokens) if reader.parts > 1 else said

    def fenced(self, tokens):
        inside = _Reader(" ".join(tokens), self.words).all()
        return f"{self.words['(']} {inside} {self.words[')']}"

    def braced(self):
        """The tokens of the next braces, or the next token."""
        first = self.tokens.pop(0)
        return self.until("{", "}") if first == "{" else [first]

    def until(self, opening, closing):
        """The tokens up to the one that closes what is open."""
        depth = 1
        for i, token in enumerate(self.tokens):
            depth += (token == opening) - (token == closing)
            if not depth:
                inside, self.tokens = self.tokens[:i], self.tokens[i + 1 :]
                return inside
        raise ValueError(f"no {closing} in {' '.join(self.tokens)}")

    def symbol(self, token):
        return token if token.isalnum() else self.words[token]

"""The tables of the page on conventions, computed: ``python -m udl conventions`` sets them in.

The page's prose is written by hand, a page a language; each of its tables stands below a line
``<!-- name -->``.
"""

import re

import numpy as np

from udl.chapter import speaking
from udl.experiments import libraries as conventions
from udl.experiments.libraries import FORMS
from udl.show import table

PAGES = {"ko": "docs/conventions.ko.md", "en": "docs/conventions.en.md"}
WORDS = {
    "ko": {
        "chapter": "본문",
        "step": "걸음",
        "h0": "AdaGrad의 h₀",
        "gamma": "RMSProp의 γ",
        "cut": "줄인 걸음",
        "before": "그 앞 걸음",
        "inside": "안",
        "outside": "밖",
        "after": "{}: 그 걸음",
        "end": "{}: 끝 W",
        "left": "남은 걸음",
        "eps outside": "ε 밖: √v̂",
        "eps inside": "ε 안: √v̂",
        "times": "배",
        "gradient": "그래디언트",
        "first": "첫 걸음/η",
        "half": "절반을 걷는 걸음",
        "adam": "{}의 Adam",
        "radam": "{}의 RAdam",
        "undivided": "나누지 않음",
        "rule": "규칙",
        "paper": "논문: r_t (ρ_t > 4)",
    },
    "en": {
        "chapter": "the chapter",
        "step": "step",
        "h0": "AdaGrad's h₀",
        "gamma": "RMSProp's γ",
        "cut": "cut at step",
        "before": "the step before",
        "inside": "inside",
        "outside": "outside",
        "after": "{}: that step",
        "end": "{}: end W",
        "left": "share of the step left",
        "eps outside": "ε outside: √v̂",
        "eps inside": "ε inside: √v̂",
        "times": "times as large",
        "gradient": "gradient",
        "first": "first step/η",
        "half": "reaches half at step",
        "adam": "{}'s Adam",
        "radam": "{}'s RAdam",
        "undivided": "not divided",
        "rule": "rule",
        "paper": "the paper: r_t (ρ_t > 4)",
    },
}
NAMES = {"torch": "PyTorch", "keras": "Keras", "optax": "optax"}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
RULES = {"adagrad": "AdaGrad", "rmsprop": "RMSProp", "adam": "Adam"}


def small(x):
    """A number over many magnitudes, as text."""
    return f"{x:.1e}"


def power(x):
    """A power of ten, as text."""
    return "10" + f"{x:.0e}".split("e")[1].replace("-0", "-").translate(RAISED)


def denominator(rule, library):
    """What a library divides the learning rate by, as text."""
    form, inner = FORMS[rule][library], "v̂" if rule == "adam" else "h"
    eps, root = form.hyper.get("eps", 0.0), form.hyper.get("eps_root", 0.0)
    text = f"√({inner} + {power(root)})" if root else f"√{inner}"
    if form.step is conventions.adam_eps_hat:
        return f"{text} + {power(eps)}/√(1 − β₂ᵗ)"
    return text + (f" + {power(eps)}" if eps else "")


def _names(words):
    """What the forms are called: the chapter's, and each library's."""
    return {"chapter": words["chapter"]} | NAMES


def denominators(words):
    """Each library's denominator, and its start of h and γ."""
    rows = {"": [*RULES.values(), words["h0"], words["gamma"]]}
    for library, name in _names(words).items():
        start = FORMS["adagrad"][library].start or (0,)
        gamma = FORMS["rmsprop"][library].hyper["gamma"]
        cells = [denominator(rule, library) for rule in RULES]
        rows[name] = [*cells, str(start[0]), "" if library == "chapter" else str(gamma)]
    return table(rows)


def rates(words):
    """The default learning rates."""
    rows = {"": [*RULES.values(), "SGD, Momentum, NAG"]}
    for library in ("torch", "keras"):
        rows[NAMES[library]] = [f"{FORMS[r][library].lr:g}" for r in (*RULES, "momentum")]
    return table(rows)


def cuts(words):
    """Both forms of Momentum, the rate cut at different steps."""
    at = range(2, 8)
    found = [conventions.after_a_cut(t) for t in at]
    rows = {words["cut"]: at, words["before"]: [f["inside"]["before"] for f in found]}
    for key in ("inside", "outside"):
        rows[words["after"].format(words[key])] = [f[key]["after"] for f in found]
        rows[words["end"].format(words[key])] = [f[key]["end"] for f in found]
    return table(rows, digits=3)


def two_paths(words):
    """NAG's two parameters over the steps."""
    w, ahead, loss, loss_ahead = conventions.two_parameters()
    at = [0, 1, 2, 5, 6, 7, 8, 10, 24]
    rows = {words["step"]: at, "W": w[at], "W + αv": ahead[at]}
    return table(rows | {"L(W)": loss[at], "L(W + αv)": loss_ahead[at]}, digits=3)


def eps_inside_and_outside(words):
    """Where the two places of ε part."""
    shares = (0.99, 0.9, 0.5, 0.1, 0.01)
    outside, inside = zip(*map(conventions.reach_of_eps, shares), strict=True)
    return table(
        {
            words["left"]: [f"{share:.0%}" for share in shares],
            words["eps outside"]: [small(x) for x in outside],
            words["eps inside"]: [small(x) for x in inside],
            words["times"]: [f"{i / o:,.0f}" for o, i in zip(outside, inside, strict=True)],
        }
    )


def correction(words):
    """How many times too long the steps are without bias correction."""
    t = np.array([1, 2, 5, 12, 100, 1000, 5000])
    rows = {words["step"]: t, "Adam (0.9, 0.999)": conventions.uncorrected(t, 0.9, 0.999)}
    return table(
        rows | {f"RMSProp γ = {g}": conventions.uncorrected(t, 0.0, g) for g in (0.9, 0.99)},
        digits=2,
    )


def starts_at_a_tenth(words):
    """AdaGrad from h = 0.1."""
    sizes = (10.0, 1.0, 0.1, 0.01, 0.001)
    first, half = zip(*map(conventions.accumulator, sizes), strict=True)
    rows = {words["gradient"]: [f"{size:g}" for size in sizes]}
    return table(rows | {words["first"]: first, words["half"]: [f"{n:,}" for n in half]})


def eps_of_keras(words):
    """Keras's ε and that of PyTorch's RAdam, beside the corrected root."""
    t = (1, 6, 10, 100, 1000, 10_000)
    rows = {words["step"]: t, words["adam"].format("PyTorch"): [small(1e-8)] * len(t)}
    keras = [small(conventions.eps_beside_corrected(n, 1e-7)) for n in t]
    rows[words["adam"].format("Keras")] = keras
    radam = [
        small(conventions.eps_beside_corrected(n, 1e-8))
        if conventions.rectified(n)[0] > 5
        else words["undivided"]
        for n in t
    ]
    return table(rows | {words["radam"].format("PyTorch"): radam})


def first_steps(words):
    """The first step of every form at gradients of many sizes."""
    sizes = (1.0, 1e-2, 1e-4, 1e-6, 1e-8)
    names = _names(words)
    forms = [(rule, library) for rule in RULES for library in names]
    rows = {words["rule"]: [RULES[rule] for rule, _ in forms], "": [names[lib] for _, lib in forms]}
    for size in sizes:
        steps = (conventions.first_step(FORMS[rule][lib], size) for rule, lib in forms)
        rows[f"g = {size:g}"] = [f"{step:.3g}" for step in steps]
    return table(rows)


def rectification(words):
    """Where RAdam begins to divide, in the paper and in PyTorch."""
    t = range(1, 9)
    rho, r = zip(*map(conventions.rectified, t), strict=True)
    rows = {words["step"]: t, "ρ_t": rho}
    for name, above in ((words["paper"], 4), ("PyTorch: r_t (ρ_t > 5)", 5)):
        rows[name] = [f"{b:.4f}" if a > above else "" for a, b in zip(rho, r, strict=True)]
    return table(rows, digits=3)


TABLES = {
    "denominators": denominators,
    "rates": rates,
    "cuts": cuts,
    "two-paths": two_paths,
    "eps": eps_inside_and_outside,
    "correction": correction,
    "start": starts_at_a_tenth,
    "first-steps": first_steps,
    "keras-eps": eps_of_keras,
    "radam": rectification,
}


def fill(page, lang):
    """A Markdown page with its tables computed anew.

    Parameters
    ----------
    page : str
        A table stands below a line ``<!-- name -->``, its name one of `TABLES`.
    lang : str
        ``"ko"`` or ``"en"``.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no such table.

    Examples
    --------
    >>> fill("<!-- rates -->\\n| an | old | row |\\n", "en").splitlines()[1]
    '|  | PyTorch | Keras |'
    """

    words = WORDS[speaking(lang)]

    def computed(found):
        if found[1] not in TABLES:
            raise ValueError(f"a table must be one of {', '.join(TABLES)}, not {found[1]!r}")
        return f"<!-- {found[1]} -->\n{TABLES[found[1]](words).markdown()}\n"

    return re.sub(r"^<!-- (\S+) -->\n(?:\|.*\n)*", computed, page, flags=re.MULTILINE)

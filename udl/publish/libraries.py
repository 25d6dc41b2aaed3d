"""The tables of ``docs/conventions.ko.md``, computed: ``python -m udl conventions`` sets them in.

The page's prose is written by hand; each of its tables stands below a line ``<!-- name -->``.
"""

import re

import numpy as np

from udl.experiments import libraries as conventions
from udl.experiments.libraries import FORMS
from udl.show import table

PAGE = "docs/conventions.ko.md"
NAMES = {"chapter": "본문", "torch": "PyTorch", "keras": "Keras", "optax": "optax"}
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


def denominators():
    """Each library's denominator, and its start of h and γ."""
    rows = {"": [*RULES.values(), "AdaGrad의 h₀", "RMSProp의 γ"]}
    for library, name in NAMES.items():
        start = FORMS["adagrad"][library].start or (0,)
        gamma = FORMS["rmsprop"][library].hyper["gamma"]
        cells = [denominator(rule, library) for rule in RULES]
        rows[name] = [*cells, str(start[0]), "" if library == "chapter" else str(gamma)]
    return table(rows)


def rates():
    """The default learning rates."""
    rows = {"": [*RULES.values(), "SGD, Momentum, NAG"]}
    for library in ("torch", "keras"):
        rows[NAMES[library]] = [f"{FORMS[r][library].lr:g}" for r in (*RULES, "momentum")]
    return table(rows)


def cuts():
    """Both forms of Momentum, the rate cut at different steps."""
    at = range(2, 8)
    found = [conventions.after_a_cut(t) for t in at]
    rows = {"줄인 걸음": at, "그 앞 걸음": [f["inside"]["before"] for f in found]}
    for key, name in (("inside", "안"), ("outside", "밖")):
        rows[f"{name}: 그 걸음"] = [f[key]["after"] for f in found]
        rows[f"{name}: 끝 W"] = [f[key]["end"] for f in found]
    return table(rows, digits=3)


def two_paths():
    """NAG's two parameters over the steps."""
    w, ahead, loss, loss_ahead = conventions.two_parameters()
    at = [0, 1, 2, 5, 6, 7, 8, 10, 24]
    rows = {"걸음": at, "W": w[at], "W + αv": ahead[at]}
    return table(rows | {"L(W)": loss[at], "L(W + αv)": loss_ahead[at]}, digits=3)


def eps_inside_and_outside():
    """Where the two places of ε part."""
    shares = (0.99, 0.9, 0.5, 0.1, 0.01)
    outside, inside = zip(*map(conventions.reach_of_eps, shares), strict=True)
    return table(
        {
            "남은 걸음": [f"{share:.0%}" for share in shares],
            "ε 밖: √v̂": [small(x) for x in outside],
            "ε 안: √v̂": [small(x) for x in inside],
            "배": [f"{i / o:,.0f}" for o, i in zip(outside, inside, strict=True)],
        }
    )


def correction():
    """How many times too long the steps are without bias correction."""
    t = np.array([1, 2, 5, 12, 100, 1000, 5000])
    rows = {"걸음": t, "Adam (0.9, 0.999)": conventions.uncorrected(t, 0.9, 0.999)}
    return table(
        rows | {f"RMSProp γ = {g}": conventions.uncorrected(t, 0.0, g) for g in (0.9, 0.99)},
        digits=2,
    )


def starts_at_a_tenth():
    """AdaGrad from h = 0.1."""
    sizes = (10.0, 1.0, 0.1, 0.01, 0.001)
    first, half = zip(*map(conventions.accumulator, sizes), strict=True)
    rows = {"그래디언트": [f"{size:g}" for size in sizes]}
    return table(rows | {"첫 걸음/η": first, "절반을 걷는 걸음": [f"{n:,}" for n in half]})


def eps_of_keras():
    """Keras's ε and that of PyTorch's RAdam, beside the corrected root."""
    t = (1, 6, 10, 100, 1000, 10_000)
    rows = {"걸음": t, "PyTorch의 Adam": [small(1e-8)] * len(t)}
    rows["Keras의 Adam"] = [small(conventions.eps_beside_corrected(n, 1e-7)) for n in t]
    radam = [
        small(conventions.eps_beside_corrected(n, 1e-8))
        if conventions.rectified(n)[0] > 5
        else "나누지 않음"
        for n in t
    ]
    return table(rows | {"PyTorch의 RAdam": radam})


def first_steps():
    """The first step of every form at gradients of many sizes."""
    sizes = (1.0, 1e-2, 1e-4, 1e-6, 1e-8)
    forms = [(rule, library) for rule in RULES for library in NAMES]
    rows = {"규칙": [RULES[rule] for rule, _ in forms], "": [NAMES[lib] for _, lib in forms]}
    for size in sizes:
        steps = (conventions.first_step(FORMS[rule][lib], size) for rule, lib in forms)
        rows[f"g = {size:g}"] = [f"{step:.3g}" for step in steps]
    return table(rows)


def rectification():
    """Where RAdam begins to divide, in the paper and in PyTorch."""
    t = range(1, 9)
    rho, r = zip(*map(conventions.rectified, t), strict=True)
    rows = {"걸음": t, "ρ_t": rho}
    for name, above in (("논문: r_t (ρ_t > 4)", 4), ("PyTorch: r_t (ρ_t > 5)", 5)):
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


def fill(page):
    """A Markdown page with its tables computed anew.

    Parameters
    ----------
    page : str
        A table stands below a line ``<!-- name -->``, its name one of `TABLES`.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there is no such table.

    Examples
    --------
    >>> fill("<!-- rates -->\\n| an | old | row |\\n").splitlines()[1]
    '|  | PyTorch | Keras |'
    """

    def computed(found):
        if found[1] not in TABLES:
            raise ValueError(f"a table must be one of {', '.join(TABLES)}, not {found[1]!r}")
        return f"<!-- {found[1]} -->\n{TABLES[found[1]]().markdown()}\n"

    return re.sub(r"^<!-- (\S+) -->\n(?:\|.*\n)*", computed, page, flags=re.MULTILINE)

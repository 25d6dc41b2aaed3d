r"""Where libraries compute a rule in another form than the chapter, and what each form changes.

First the forms that `udl.steps` has not got, and a `Form` for each optimizer of each library: its
step function and its default settings. Then what is measured of them.
`udl.publish.libraries` puts the numbers into the pages ``docs/conventions.*.md``.
"""

from dataclasses import dataclass, field

import numpy as np

from udl.experiments.nag import look_ahead
from udl.experiments.plans import CUT, FIGURE_16, FIGURE_NAG
from udl.losses import CHAPTER, OVERSHOOT
from udl.steps import adagrad, adam, momentum, nag, rmsprop, sqrt

# Forms of the libraries ---------------------------------------------------------------------------


def momentum_outside(grad, w, b=0.0, *, lr, alpha=0.9):
    """Momentum as PyTorch and optax compute it: the learning rate outside the buffer b = −v/η.

    >>> momentum_outside(lambda w: 2 * w, 1.0, lr=0.25)
    (0.5, 2.0)
    """
    b = alpha * b + grad(w)  # b ← αb + ∂L/∂W
    return w - lr * b, b  # W ← W − ηb


def nag_outside(grad, w, b=0.0, *, lr, alpha=0.9):
    """NAG as PyTorch and optax compute it: w is Ŵ = W + αv, and the rate stands outside b = −v/η.

    >>> w, b = nag_outside(lambda w: 2 * w, 1.0, lr=0.25)
    >>> round(w, 12), b
    (0.05, 2.0)
    """
    g = grad(w)  # ∂L/∂Ŵ: w is where the gradient is taken
    b = alpha * b + g
    return w - lr * (g + alpha * b), b


def nag_ahead(grad, w, v=0.0, *, lr, alpha=0.9):
    """NAG as Keras computes it: w is Ŵ = W + αv, and the rate stands inside v, as in the chapter.

    >>> w, v = nag_ahead(lambda w: 2 * w, 1.0, lr=0.25)
    >>> round(w, 12), v
    (0.05, -0.5)
    """
    g = grad(w)
    v = alpha * v - lr * g
    return w + alpha * v - lr * g, v


def adam_eps_hat(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-7):
    """Adam as Keras computes it: ε beside √v, whose bias has not been corrected (the paper's ε̂).

    The first step of a gradient as small as ε shows it: Adam's own would be half the rate.

    >>> round(adam_eps_hat(lambda w: 1e-7, 0.0, lr=1.0)[0], 4)
    -0.0307
    """
    g, t = grad(w), t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g * g)
    scale = sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - lr * scale * m / (sqrt(v) + eps), m, v, t


@dataclass(frozen=True)
class Form:
    """An optimizer as a library computes it with its default settings.

    Attributes
    ----------
    step : callable
        The step function that computes it.
    hyper : dict
        Its hyperparameters other than lr, by udl's names; momentum, which is off in the libraries,
        stands at 0.9.
    lr : float or None
        The library's default learning rate, None where it has to be given.
    start : tuple
        The rule's state before the first step, where it is not 0.
    """

    step: object
    hyper: dict = field(default_factory=dict)
    lr: float | None = None
    start: tuple = ()


# A test compares every one of them with the library, and the defaults with its signature.
FORMS = {
    "momentum": {
        "chapter": Form(momentum),
        "torch": Form(momentum_outside, lr=1e-3),
        "keras": Form(momentum, lr=1e-2),
        "optax": Form(momentum_outside),
    },
    "nag": {
        "chapter": Form(nag),
        "torch": Form(nag_outside, lr=1e-3),
        "keras": Form(nag_ahead, lr=1e-2),
        "optax": Form(nag_outside),
    },
    "adagrad": {
        "chapter": Form(adagrad, {"eps": 0.0}),
        "torch": Form(adagrad, {"eps": 1e-10}, lr=1e-2),
        "keras": Form(adagrad, {"eps": 0.0, "eps_root": 1e-7}, lr=1e-3, start=(0.1,)),
        "optax": Form(adagrad, {"eps": 0.0, "eps_root": 1e-7}, start=(0.1,)),
    },
    "rmsprop": {
        "chapter": Form(rmsprop, {"gamma": 0.99, "eps": 0.0}),
        "torch": Form(rmsprop, {"gamma": 0.99, "eps": 1e-8}, lr=1e-2),
        "keras": Form(rmsprop, {"gamma": 0.9, "eps": 0.0, "eps_root": 1e-7}, lr=1e-3),
        "optax": Form(rmsprop, {"gamma": 0.9, "eps": 0.0, "eps_root": 1e-8}),
    },
    "adam": {
        "chapter": Form(adam, {"eps": 0.0, "eps_root": 1e-8}),
        "torch": Form(adam, {"eps": 1e-8}, lr=1e-3),
        "keras": Form(adam_eps_hat, {"eps": 1e-7}, lr=1e-3),
        "optax": Form(adam, {"eps": 1e-8}),
    },
}

# What is measured ---------------------------------------------------------------------------------

BETA2 = FIGURE_16.coefficients.beta2


def after_a_cut(at, *, start=CUT.start, lr=CUT.lr, factor=CUT.factor, alpha=CUT.alpha, steps=2000):
    """Momentum down the chapter's curve, its learning rate cut once, in both forms.

    Parameters
    ----------
    at : int
        The first step that is taken at the new rate, ``lr * factor``; from 1 up.
    start, lr, factor, alpha : float
        Where it starts, the rate before the cut, what the rate is multiplied by, and α.
    steps : int
        How many steps in all.

    Returns
    -------
    dict
        For ``"inside"`` and ``"outside"``: the last step before the cut, the first after it, and
        the end, in units of W.

    Examples
    --------
    >>> ends = after_a_cut(5)
    >>> round(ends["inside"]["end"], 3), round(ends["outside"]["end"], 3)
    (7.177, 2.377)
    """
    found = {}
    for name, step in (("inside", momentum), ("outside", momentum_outside)):
        w, memory, path = start, 0.0, [start]
        for t in range(1, steps + 1):
            rate = lr if t < at else lr * factor
            w, memory = step(CHAPTER.grad, w, memory, lr=rate, alpha=alpha)
            path.append(float(w))
        hops = np.diff(path)
        found[name] = {"before": hops[at - 2], "after": hops[at - 1], "end": path[-1]}
    return found


def two_parameters():
    """NAG's W and its Ŵ = W + αv, and the loss at both, down the slope of figure 8.

    Returns
    -------
    w, ahead : array, shape (steps + 1,)
        The chapter's parameter, and the one that PyTorch, Keras and optax keep.
    loss, loss_ahead : array, shape (steps + 1,)
        The loss there.

    Examples
    --------
    >>> w, ahead, *_ = two_parameters()
    >>> round(w[6], 3), round(ahead[6], 3)
    (np.float64(6.348), np.float64(7.561))
    """
    d = FIGURE_NAG.nag.run()
    ahead = look_ahead(d)
    return d.w, ahead, d.loss, OVERSHOOT(ahead)


def reach_of_eps(share, eps=1e-8):
    """The √v̂ at which ε has cut an Adam step down to a share of lr·m̂/√v̂.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    eps : float
        ε, above 0.

    Returns
    -------
    outside, inside : float
        √v̂ with ε outside the root, √v̂ / (√v̂ + ε) = share, and inside it, √v̂ / √(v̂ + ε) = share.

    Examples
    --------
    >>> outside, inside = reach_of_eps(0.5)
    >>> f"{outside:.1e} {inside:.1e}"
    '1.0e-08 5.8e-05'
    """
    return eps * share / (1 - share), (eps / (share**-2 - 1)) ** 0.5


def uncorrected(t, beta1, beta2):
    """How many times too long a step is without bias correction, under a constant gradient.

    Parameters
    ----------
    t : int or array
        The step, from 1 up.
    beta1, beta2 : float
        Adam's; RMSProp is beta1 = 0 and beta2 = γ.
    """
    return (1 - beta1**t) / (1 - beta2**t) ** 0.5


def accumulator(size, start=FORMS["adagrad"]["keras"].start[0]):
    """AdaGrad from a start of h above 0, under a constant gradient.

    Parameters
    ----------
    size : float
        The size of the gradient.
    start : float
        h before the first step.

    Returns
    -------
    first : float
        The first step as a share of what it would be from h = 0.
    half : int
        The first step that is at least half of what it would be from h = 0.
    """
    first = size / (size**2 + start) ** 0.5
    return first, int(np.ceil(start / (3 * size**2)))  # g²t/(start + g²t) ≥ 1/4


def eps_beside_corrected(t, eps, beta2=BETA2):
    """What an ε beside √v amounts to beside √v̂: ε/√(1−β₂ᵗ)."""
    return eps / (1 - beta2**t) ** 0.5


def first_step(form, size):
    """A form's first step in units of lr, at a gradient of some size."""
    w, *_ = form.step(lambda w: size, 0.0, *form.start, lr=1.0, **form.hyper)
    return -w


def rectified(t, beta2=BETA2):
    """RAdam's ρ_t and r_t after t steps; r_t is nan where ρ_t is not above 4."""
    infinite = 2 / (1 - beta2) - 1
    rho = infinite - 2 * t * beta2**t / (1 - beta2**t)
    if rho <= 4:
        return rho, np.nan
    return rho, ((rho - 4) * (rho - 2) * infinite / ((infinite - 4) * (infinite - 2) * rho)) ** 0.5

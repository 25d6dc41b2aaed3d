"""The learning rate that AdaGrad and RMSProp really use: what their figures and claims share.

Both divide η by √h, and h changes. `effective` reads the rates of a recorded descent; the others
put a rule under prescribed conditions, so that the same numbers stand in a figure, in a claim and
in a test.
"""

from functools import cache

import numpy as np

from udl.descent import run, steps_under
from udl.losses import RAVINE
from udl.steps import adagrad, adam, rmsprop


def effective(descent):
    r"""The rate of each element at each step: η/(√(h + eps_root) + eps) (3.7.5, 3.7.6).

    Parameters
    ----------
    descent : Descent
        A run of `adagrad` or `rmsprop`.

    Returns
    -------
    array, shape (steps, ...)
        The rate by which each step multiplied the gradient, in units of w² per loss; the first is
        that of step 1. At the start h is 0 and there is none.

    Raises
    ------
    ValueError
        If the rule has no h.

    Examples
    --------
    >>> from udl.losses import RAVINE
    >>> from udl.steps import adagrad
    >>> effective(run(adagrad, RAVINE, [-7.0, 2.0], 1, lr=0.4)).round(3)
    array([[0.571, 0.1  ]])
    """
    if "h" not in descent.state:
        raise ValueError(f"descent must be of a rule that has h, not of {descent.rule}")
    hyper = descent.hyper
    return hyper["lr"] / (np.sqrt(descent.state["h"][1:] + hyper["eps_root"]) + hyper["eps"])


@cache
def on_constant_slopes(gradients, steps, lr):
    """AdaGrad where the gradient never changes: what becomes of its rate, and how far it goes.

    Parameters
    ----------
    gradients : tuple of float
        One slope each.
    steps : int
        How many steps to take.
    lr : float
        The learning rate η.

    Returns
    -------
    rate, distance : array, each of shape (steps, slopes)
        The effective rate of each step, and the way gone after it, in w's units.

    Examples
    --------
    >>> rate, distance = on_constant_slopes((1.0,), 100, 1.0)
    >>> round(rate[-1, 0], 6), round(distance[-1, 0], 6)
    (np.float64(0.1), np.float64(18.589604))
    """
    slopes = np.tile(gradients, (steps, 1))
    taken = steps_under(adagrad, slopes, lr=lr)
    return -taken / slopes, np.abs(taken).cumsum(axis=0)


@cache
def in_the_ravine(start, lrs, steps):
    """AdaGrad in the ravine x²/20 + y², where the gradient fades as the minimum comes near.

    Parameters
    ----------
    start : tuple of two floats
        Where it starts.
    lrs : tuple of float
        One learning rate η each.
    steps : int
        How many steps to take.

    Returns
    -------
    rate, distance : array, each of shape (steps, 2, rates)
        As in `on_constant_slopes`, for x and y.

    Examples
    --------
    >>> rate, distance = in_the_ravine((-7.0, 2.0), (0.4,), 1000)
    >>> rate[[0, -1], :, 0].round(3)
    array([[0.571, 0.1  ],
           [0.113, 0.052]])
    """
    starts = np.repeat(np.array(start)[:, None], len(lrs), axis=1)
    d = run(adagrad, RAVINE, starts, steps, lr=np.array(lrs))
    return effective(d), np.abs(np.diff(d.w, axis=0)).cumsum(axis=0)


def slope_then_plain(steep, gentle, steep_steps, steps):
    """Gradients of a steep slope and then of a plain, as a sequence (3.7.6).

    Parameters
    ----------
    steep, gentle : float or array
        The gradient on the slope, and on the plain.
    steep_steps, steps : int
        How many steps the slope lasts, and how many there are in all.

    Returns
    -------
    array, shape (steps, ...)

    Examples
    --------
    >>> slope_then_plain(10.0, 0.1, 2, 4)
    array([10. , 10. ,  0.1,  0.1])
    """
    steep, gentle = np.broadcast_arrays(np.asarray(steep, float), np.asarray(gentle, float))
    return np.array([steep] * steep_steps + [gentle] * (steps - steep_steps))


def with_and_without_correction(loss, starts, steps, *, lr, gamma):
    """RMSProp as it is, and with the bias of h corrected, from the same starts (3.7.6).

    Parameters
    ----------
    loss : Loss
        A curve.
    starts, steps
        As in `udl.run`.
    lr, gamma : float or array
        Of both rules; arrays broadcast against the starts.

    Returns
    -------
    plain, corrected : Descent
        The second is Adam at β₁ = 0, which is RMSProp with h/(1−γᵗ) in place of h.

    Examples
    --------
    >>> from udl.losses import CHAPTER
    >>> runs = with_and_without_correction(CHAPTER, 1.355, 1, lr=0.02, gamma=0.99)
    >>> [f"{d.w[1] - d.w[0]:.2f}" for d in runs]
    ['0.20', '0.02']
    """
    plain = run(rmsprop, loss, starts, steps, lr=lr, gamma=gamma)
    return plain, run(adam, loss, starts, steps, lr=lr, beta1=0.0, beta2=gamma)

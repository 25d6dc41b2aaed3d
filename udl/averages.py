r"""The exponential moving average of 3.7.6, and the weights it gives to the past."""

import numpy as np

from udl.descent import check_whole


def ema(x, alpha, start=0.0):
    r"""Exponential moving average of a sequence: every average, from the start on (3.7.6).

    .. math:: s_{n+1} = \alpha x_n + (1 - \alpha) s_n

    Parameters
    ----------
    x : array, shape (n, ...)
        The sequence, oldest first.
    alpha : float
        The weight α of the newest value, in [0, 1]. RMSProp's γ is 1 − α.
    start : float or array of shape (...)
        s₀, the average before the first value.

    Returns
    -------
    s : array, shape (n + 1, ...)
        s₀ to s_n, in x's units.

    Raises
    ------
    ValueError
        If alpha is outside [0, 1] or x has no axis to average along.

    Examples
    --------
    >>> ema([1.0, 1.0, 1.0], alpha=0.5)
    array([0.   , 0.5  , 0.75 , 0.875])
    """
    x = np.asarray(x, dtype=float)
    _check_alpha(alpha)
    if x.ndim == 0:
        raise ValueError(f"x must be a sequence of at least one axis, not the number {x}")
    s = np.empty((len(x) + 1, *x.shape[1:]))
    s[0] = start
    for n, x_n in enumerate(x):
        s[n + 1] = alpha * x_n + (1 - alpha) * s[n]
    return s


def weights(n, alpha):
    r"""Weights that the n-th average gives to x₀ … x_{n−1} (3.7.6).

    The value that came k before the newest has weight α(1−α)^k. They sum to 1 − (1−α)ⁿ: what
    is missing is the weight of the start.

    Parameters
    ----------
    n : int
        How many values have been averaged, from 0 up.
    alpha : float
        The weight α of the newest value, in [0, 1].

    Returns
    -------
    array, shape (n,)
        The weights, oldest first, without unit.

    Raises
    ------
    ValueError
        If alpha is outside [0, 1] or n is not a whole number from 0 up.

    Examples
    --------
    >>> weights(3, alpha=0.5)
    array([0.125, 0.25 , 0.5  ])
    """
    _check_alpha(alpha)
    n = check_whole("n", n, least=0)
    return alpha * (1.0 - alpha) ** np.arange(n - 1, -1, -1)


def _check_alpha(alpha):
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must be in [0, 1], not {alpha}")

r"""A network for the digits, 64-50-10, whose parameters are one flat vector.

.. math:: h = \tanh(x W_1 + b_1), \qquad p = \mathrm{softmax}(h W_2 + b_2), \qquad
    L = -\frac{1}{n} \sum_i \log p_{i, y_i}

A rule of `udl.steps` takes w as one array and knows nothing of layers. So all 3,760 numbers stand
in one vector, and `parts` looks at it as matrices without copying. Any rule then trains the
network unchanged; NAG, too, which asks for the gradient at w + αv:

>>> from udl import digits, nag
>>> x, y = digits()
>>> w, v = init(seed=0), 0.0
>>> for _ in range(3):
...     w, v = nag(lambda w: grad(w, x, y), w, v, lr=0.3)
>>> print(f"{loss(init(seed=0), x, y):.2f} -> {loss(w, x, y):.2f}")
2.32 -> 1.92
"""

import numpy as np

PIXELS, HIDDEN, DIGITS = 64, 50, 10
ENDS = np.cumsum([PIXELS * HIDDEN, HIDDEN, HIDDEN * DIGITS, DIGITS]).tolist()  # of the parts
ONE_HOT = np.eye(DIGITS)


def parts(w):
    """Look at a flat vector as the matrices and biases of the two layers.

    Parameters
    ----------
    w : array, shape (..., 3760)
        All parameters, or the gradient of all; of several networks in the last axis.

    Returns
    -------
    w1, b1, w2, b2 : arrays, shapes (..., 64, 50), (..., 50), (..., 50, 10), (..., 10)
        Views of w: writing to them writes to w.
    """
    (a, b, c, _), several = ENDS, w.shape[:-1]
    w1, w2 = w[..., :a], w[..., b:c]
    w1, w2 = w1.reshape(*several, PIXELS, HIDDEN), w2.reshape(*several, HIDDEN, DIGITS)
    return w1, w[..., a:b], w2, w[..., c:]


def init(seed):
    """Draw a start: each matrix normal with variance 1 over its inputs, the biases 0.

    Parameters
    ----------
    seed : int
        The same seed draws the same start.

    Returns
    -------
    array, shape (3760,)
    """
    rng, w = np.random.default_rng(seed), np.zeros(ENDS[-1])
    for matrix in parts(w)[::2]:
        matrix[:] = rng.normal(size=matrix.shape) / len(matrix) ** 0.5
    return w


def forward(w, x):
    """Run images through the network.

    Parameters
    ----------
    w : array, shape (..., 3760)
        The parameters.
    x : array, shape (..., n, 64)
        The images.

    Returns
    -------
    h : array, shape (..., n, 50)
        What the hidden units say, in (−1, 1).
    log_p : array, shape (..., n, 10)
        The logarithm of each digit's probability.
    """
    w1, b1, w2, b2 = parts(w)
    h = np.tanh(x @ w1 + b1[..., None, :])
    z = h @ w2 + b2[..., None, :]
    z = z - z.max(axis=-1, keepdims=True)  # the softmax is the same, and nothing overflows
    return h, z - np.log(np.exp(z).sum(axis=-1, keepdims=True))


def loss(w, x, y):
    """Measure the cross-entropy: how surprised the network is by the digits, on average.

    Parameters
    ----------
    w : array, shape (3760,)
        The parameters.
    x, y : arrays, shapes (n, 64) and (n,)
        Images and their digits.

    Returns
    -------
    float
        In nats an image. Guessing blindly costs log 10 ≈ 2.30.
    """
    _, log_p = forward(w, x)
    return -(ONE_HOT[y] * log_p).sum() / len(y)


def grad(w, x, y):
    """Compute ∂L/∂W for a mini-batch, or for all the data, by going backwards.

    Parameters
    ----------
    w, x, y : arrays, shapes (..., 3760), (..., n, 64) and (..., n)
        As in `loss`, or those of several networks, each with a mini-batch of its own.

    Returns
    -------
    array, shape (..., 3760)
        Of w's layout.
    """
    h, log_p = forward(w, x)
    _, _, w2, _ = parts(w)
    dz = (np.exp(log_p) - ONE_HOT[y]) / y.shape[-1]  # ∂L/∂z of softmax and cross-entropy together
    dh = (dz @ w2.mT) * (1 - h * h)  # through tanh
    g = np.empty_like(w)
    g1, gb1, g2, gb2 = parts(g)
    g1[:], gb1[:] = x.mT @ dh, dh.sum(axis=-2)
    g2[:], gb2[:] = h.mT @ dz, dz.sum(axis=-2)
    return g


def accuracy(w, x, y):
    """Count how many images the network reads rightly.

    Parameters
    ----------
    w, x, y
        As in `loss`.

    Returns
    -------
    float
        The share, from 0 to 1.
    """
    _, log_p = forward(w, x)
    return float((log_p.argmax(axis=1) == y).mean())

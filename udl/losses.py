r"""Loss curves and surfaces, each with its gradient and its known minima.

The three curves follow the chapter's pictures. Each is a wide parabola with a few hills and
hollows on it,

.. math:: L(W) = a + b(W - 5) + k(W - 5)^2 + \sum_i A_i e^{-((W - c_i) / s_i)^2}

fitted to the pictures' pixels: smooth everywhere, and outside the drawn domain the parabola takes
over, so that a descent that leaves it comes back, or diverges if its rate is above about 1/k.
The surfaces are the classics of the optimization literature.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Minimum:
    """A place where the loss is lower than everywhere around it.

    Attributes
    ----------
    w : float or tuple of two floats
        Where it is.
    kind : str
        ``"local"`` or ``"global"``.
    """

    w: float | tuple
    kind: str


@dataclass(frozen=True)
class Loss:
    """A loss: call it for L(W), and its ``grad`` for ∂L/∂W.

    Attributes
    ----------
    name : str
        A short name, as the figures print it.
    formula : str
        The formula as LaTeX, without dollar signs.
    value : callable
        L(W). A curve takes w of any shape; a surface takes ``(2,)`` or ``(2, n)`` and returns
        shape ``()`` or ``(n,)``.
    grad : callable
        ∂L/∂W, of w's shape.
    domain : tuple of (low, high)
        The part to draw, a pair for each coordinate: ``((0.0, 10.0),)`` of a curve.
    minima : tuple of Minimum
        Every minimum, from left to right; also those outside the domain.

    Examples
    --------
    >>> RAVINE([20.0, 1.0]), RAVINE.grad([20.0, 1.0])
    (np.float64(21.0), array([2., 2.]))
    """

    name: str
    formula: str
    value: Callable
    grad: Callable
    domain: tuple
    minima: tuple

    def __post_init__(self):
        if np.shape(self.domain) not in ((1, 2), (2, 2)):  # (-1, 1) would make it a surface
            raise ValueError(
                "domain must be ((low, high),) of a curve or ((low, high), (low, high)) of a"
                f" surface, not {self.domain!r}"
            )

    def __call__(self, w):
        return self.value(w)

    def __reduce_ex__(self, protocol):
        """Pickle a loss of this room as its name, so that every process has one of it."""
        name = self.name.upper()
        return name if globals().get(name) is self else super().__reduce_ex__(protocol)

    @property
    def coordinates(self):
        """How many coordinates w has: 1 for a curve, 2 for a surface."""
        return len(self.domain)

    @property
    def goals(self):
        """The w of every global minimum, from left to right: where a descent should end."""
        return tuple(minimum.w for minimum in self.minima if minimum.kind == "global")

    def curvature(self, w, width=1e-4):
        """How the loss curves at w, by central differences of the gradient over ``2 * width``.

        On a surface, where w is as the loss takes it, that of the direction that curves most.
        """
        w = np.asarray(w, dtype=float)  # in half precision the width would be lost in the rounding
        if self.coordinates == 1:
            return (self.grad(w + width) - self.grad(w - width)) / (2 * width)
        sides = width * np.eye(2).reshape(2, 2, *(1 for _ in w.shape[1:]))
        hessian = [(self.grad(w + e) - self.grad(w - e)) / (2 * width) for e in sides]
        return np.linalg.eigvalsh(np.moveaxis(hessian, (0, 1), (-2, -1)))[..., -1]

    def rate_limit(self, w, width=1e-4):
        """The rate 2/curvature up to which SGD stays in a minimum at w; above, it leaves.

        Examples
        --------
        >>> RAVINE.rate_limit([0.0, 0.0]).round(3)  # of y, whose curvature is 2
        np.float64(1.0)
        """
        return 2 / self.curvature(w, width)


def _floats(w):
    """Numbers as floats of the precision they have; whole ones would overflow without a word."""
    w = np.asarray(w)
    return w.astype(float)[()] if w.dtype.kind in "iub" else w[()]


def _curve(name, *, base, hills, minima):
    """A curve from its parabola (a, b, k) and its hills (A, c, s)."""
    a, b, k = base

    def value(w):
        w = _floats(w)
        x = w - 5.0
        total = a + b * x + k * x**2
        for height, center, width in hills:
            total = total + height * np.exp(-(((w - center) / width) ** 2))
        return total

    def grad(w, exp=np.exp):
        w = _floats(w)
        x = w - 5.0
        total = b + 2 * k * x
        for height, center, width in hills:
            u = (w - center) / width
            total = total - 2 * height / width * (u * exp(-(u**2)))
        return total

    formula = f"{a:g} {b:+g}(W-5) {k:+g}(W-5)^2" + "".join(
        f" {height:+g} e^{{-((W {-center:+g})/{width:g})^2}}" for height, center, width in hills
    )
    return Loss(name, formula, value, grad, ((0.0, 10.0),), minima)


CHAPTER = _curve(
    "chapter",
    base=(5.381, 0.045, 0.232),
    hills=(
        (-4.527, -0.781, 1.234),
        (2.218, 3.456, 0.389),
        (1.839, 3.025, 0.479),
        (-4.175, 4.134, 0.951),
        (-3.715, 10.655, 0.696),
        (-6.473, 7.332, 1.636),
        (-5.678, 9.45, 1.108),
    ),
    minima=(
        Minimum(-0.31048, "local"),
        Minimum(2.377239, "local"),
        Minimum(4.25551, "local"),
        Minimum(7.176888, "global"),
    ),
)

RUGGED = _curve(
    "rugged",
    base=(-0.023, 0.652, 0.292),
    hills=(
        (3.637, 1.084, 0.898),
        (2.554, 2.024, 0.461),
        (6.721, 2.731, 0.622),
        (5.281, 3.991, 0.866),
        (1.36, 5.923, 0.544),
        (2.787, 6.089, 1.962),
        (2.037, 7.949, 0.41),
        (-6.591, 8.133, 1.177),
        (-1.988, 9.496, 0.315),
        (-6.822, 10.136, 0.953),
    ),
    minima=(
        Minimum(-0.002138, "local"),
        Minimum(1.506054, "local"),
        Minimum(3.528749, "local"),
        Minimum(5.150417, "local"),
        Minimum(7.526359, "local"),
        Minimum(8.399332, "global"),
        Minimum(9.487927, "local"),
    ),
)

OVERSHOOT = _curve(
    "overshoot",
    base=(1.414, 0.802, 0.224),
    hills=((3.439, 1.126, 4.0), (3.043, 8.972, 1.498), (-11.541, 11.0, 3.984)),
    minima=(
        Minimum(6.807382, "global"),
        Minimum(10.055173, "local"),
    ),
)


def _coordinates(w):
    """x and y; ValueError where Python would tell of a function that nobody called."""
    w = _floats(w)
    if w.shape[:1] != (2,):
        raise ValueError(f"w must have shape (2,) or (2, n) on a surface, not {w.shape}")
    return w


def _surface(name, formula, value, grad, domain, minima):
    """A surface from functions of the two coordinates x and y."""
    return Loss(
        name=name,
        formula=formula,
        value=lambda w: value(*_coordinates(w)),
        grad=lambda w: np.array(grad(*_coordinates(w))),
        domain=domain,
        minima=tuple(Minimum(w, kind) for w, kind in minima),
    )


RAVINE = _surface(
    "ravine",
    r"\frac{x^2}{20} + y^2",
    lambda x, y: x**2 / 20 + y**2,
    lambda x, y: (x / 10, 2 * y),
    domain=((-10.0, 10.0), (-4.0, 4.0)),
    minima=[((0.0, 0.0), "global")],
)

ROSENBROCK = _surface(
    "Rosenbrock",
    r"(1 - x)^2 + 100 (y - x^2)^2",
    lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    lambda x, y: (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)),
    domain=((-2.0, 2.0), (-1.0, 3.0)),
    minima=[((1.0, 1.0), "global")],
)


def _beale_terms(x, y):
    powers = (1, y, y * y, y * y * y)  # every processor rounds a product alike, y**3 not
    return powers, [c - x * (1 - p) for c, p in zip((1.5, 2.25, 2.625), powers[1:], strict=True)]


def _beale(x, y):
    return sum(t**2 for t in _beale_terms(x, y)[1])


def _beale_grad(x, y):
    powers, terms = _beale_terms(x, y)
    return (
        sum(2 * t * (p - 1) for t, p in zip(terms, powers[1:], strict=True)),
        sum(2 * t * x * n * powers[n - 1] for n, t in enumerate(terms, start=1)),
    )


BEALE = _surface(
    "Beale",
    r"(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
    _beale,
    _beale_grad,
    domain=((-4.5, 4.5), (-4.5, 4.5)),
    minima=[((3.0, 0.5), "global")],
)


def _himmelblau_grad(x, y):
    a, b = x**2 + y - 11, x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


HIMMELBLAU = _surface(
    "Himmelblau",
    r"(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    _himmelblau_grad,
    domain=((-6.0, 6.0), (-6.0, 6.0)),
    minima=[
        ((-3.7793102533777469, -3.2831859912861694), "global"),
        ((-2.8051180869527448, 3.1313125182505730), "global"),
        ((3.0, 2.0), "global"),
        ((3.5844283403304917, -1.8481265269644034), "global"),
    ],
)

# A saddle at the origin: downhill along x, uphill along y.
SADDLE = _surface(
    "saddle",
    r"\frac{x^4}{4} - \frac{x^2}{2} + \frac{y^2}{2}",
    lambda x, y: x * x * x * x / 4 - x**2 / 2 + y**2 / 2,
    lambda x, y: (x * x * x - x, y),
    domain=((-2.0, 2.0), (-2.0, 2.0)),
    minima=[((-1.0, 0.0), "global"), ((1.0, 0.0), "global")],
)

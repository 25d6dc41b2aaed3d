"""The moving average and its weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from udl import ema, weights
from udl.steps import rmsprop

numbers = st.floats(-1e3, 1e3)
shares = st.floats(0.0, 1.0)
columns = arrays(float, st.tuples(st.integers(0, 12), st.integers(1, 3)), elements=numbers)


@given(x=columns, alpha=shares, start=numbers)
def test_average_is_the_weighted_sum(x, alpha, start):
    """Every s_n, the start with what weight is left."""
    s = ema(x, alpha, start)
    assert s.shape == (len(x) + 1, *x.shape[1:])
    for n in range(len(x) + 1):
        expected = weights(n, alpha) @ x[:n] + (1 - alpha) ** n * start
        np.testing.assert_allclose(s[n], expected, rtol=1e-12, atol=1e-9)


@given(x=columns, alpha=shares, start=numbers)
def test_columns_are_averaged_alone(x, alpha, start):
    together = ema(x, alpha, start)
    for i in range(x.shape[1]):
        np.testing.assert_array_equal(together[:, i], ema(x[:, i], alpha, start))


@given(c=numbers, alpha=shares, start=numbers)
def test_average_of_a_constant_forgets_its_start_geometrically(c, alpha, start):
    expected = c + (start - c) * (1 - alpha) ** np.arange(31)
    np.testing.assert_allclose(ema([c] * 30, alpha, start), expected, rtol=1e-12, atol=1e-9)


@given(n=st.integers(0, 50), alpha=shares)
def test_weights_are_alpha_times_powers_and_miss_the_starts(n, alpha):
    w = weights(n, alpha)
    assert w.shape == (n,)
    np.testing.assert_allclose(w[::-1], [alpha * (1 - alpha) ** k for k in range(n)], rtol=1e-12)
    assert w.sum() == pytest.approx(1 - (1 - alpha) ** n, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "alpha", "start", "expected"),
    [
        ([8.0, 4.0], 0.25, 0.0, [0.0, 2.0, 2.5]),
        ([8.0, 4.0], 0.25, 4.0, [4.0, 5.0, 4.75]),
        ([8.0, 4.0], 1.0, 3.0, [3.0, 8.0, 4.0]),  # no memory
        ([8.0, 4.0], 0.0, 3.0, [3.0, 3.0, 3.0]),  # nothing else
        ([], 0.5, 3.0, [3.0]),
        ([8, 4], 0.25, 0, [0.0, 2.0, 2.5]),  # whole numbers
        ([[8.0, 0.0]], 0.25, [4.0, 1.0], [[4.0, 1.0], [5.0, 0.75]]),
    ],
)
def test_average_by_hand(x, alpha, start, expected):
    np.testing.assert_array_equal(ema(x, alpha, start), expected)


@given(g=arrays(float, 10, elements=numbers), gamma=st.floats(0.0, 0.999))
def test_rmsprops_h_is_the_average_of_the_squares(g, gamma):
    h = [0.0]
    for slope in g:
        h.append(rmsprop(lambda w, slope=slope: slope, 0.0, h[-1], lr=0.1, gamma=gamma)[1])
    expected = ema(g**2, 1 - gamma)
    np.testing.assert_allclose(h, expected, rtol=1e-12, atol=1e-12 * expected.max())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ema([1.0], -0.1), "alpha must be in [0, 1], not -0.1"),
        (lambda: ema([1.0], 1.5), "alpha must be in [0, 1], not 1.5"),
        (lambda: ema([1.0], np.nan), "alpha must be in [0, 1], not nan"),
        (lambda: weights(3, -0.1), "alpha must be in [0, 1], not -0.1"),
        (lambda: weights(3, 2), "alpha must be in [0, 1], not 2"),
        (lambda: weights(-1, 0.5), "n must be a whole number from 0 up, not -1"),
        (lambda: weights(2.5, 0.5), "n must be a whole number from 0 up, not 2.5"),
        (lambda: ema(3.0, 0.5), "x must be a sequence of at least one axis, not the number 3.0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message is compared
        call()
    assert str(raised.value) == message

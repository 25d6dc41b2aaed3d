r"""The update equations, one function each, in the chapter's order.

Every rule is ``step(grad, w, *state, *, lr, ...) -> (w, *state)``:

- ``grad`` is a function of w, because NAG asks for the gradient at a place of its own choice;
- ``w`` is a number or an array. Coordinates come first: shape ``(2,)`` is one point of a plane,
  ``(2, n)`` is n points; an ``lr`` of shape ``(n,)`` then gives each point a rate of its own;
- the state is named in the signature, in the order in which it is returned, and its default is
  its start. SGD has no state and returns w alone;
- hyperparameters are keyword-only; ``eps`` stands outside the root and ``eps_root`` inside it.

A step is the equation and nothing else: operators only, nothing changed in place, nothing
checked. The same function therefore takes floats, NumPy arrays, torch tensors and JAX tracers.
`udl.run` checks its input and keeps the record.

>>> def slope(w):  # of L(W) = W²
...     return 2 * w
>>> w, v = momentum(slope, 1.0, lr=0.1)  # the first step: v starts at 0
>>> w, v = momentum(slope, w, v, lr=0.1)  # the second: v goes back in
>>> round(w, 12), round(v, 12)
(0.46, -0.34)
"""


def sqrt(x):
    """Square root by operator, so that x may be a float, an array, a tensor or a tracer."""
    return x**0.5


def sgd(grad, w, *, lr):
    r"""Stochastic gradient descent: one step against the gradient (3.7.2).

    .. math:: W \leftarrow W - \eta \frac{\partial L}{\partial W}

    Parameters
    ----------
    grad : callable
        ∂L/∂W as a function of w, of w's shape.
    w : float or array
        The parameter W.
    lr : float or array
        The learning rate η, in units of w² per loss. Broadcasts against w.

    Returns
    -------
    w : of w's shape
        The updated parameter.

    Notes
    -----
    Robbins & Monro (1951), *A stochastic approximation method*. ``torch.optim.SGD(lr=η)``
    computes the same.

    Examples
    --------
    >>> sgd(lambda w: 2 * w, 1.0, lr=0.25)
    0.5
    """
    return w - lr * grad(w)  # W ← W − η ∂L/∂W


def momentum(grad, w, v=0.0, *, lr, alpha=0.9):
    r"""Momentum: the step is a velocity, which the gradient pushes (3.7.3).

    .. math::
        v &\leftarrow \alpha v - \eta \frac{\partial L}{\partial W} \\
        W &\leftarrow W + v

    Parameters
    ----------
    grad : callable
        ∂L/∂W as a function of w, of w's shape.
    w : float or array
        The parameter W.
    v : float or array
        The velocity, in w's units per step; 0 at the start.
    lr : float or array
        The learning rate η.
    alpha : float or array
        The momentum coefficient α in [0, 1). At 0 the rule is SGD.

    Returns
    -------
    w, v : of w's shape
        The updated parameter and velocity.

    Notes
    -----
    Polyak (1964), *Some methods of speeding up the convergence of iteration methods*.
    ``torch.optim.SGD(lr=η, momentum=α)`` keeps −v/η instead of v; the two agree as long as η
    does not change.

    Examples
    --------
    On a constant slope the step grows towards η·g/(1−α), ten times the first at α = 0.9.

    >>> w, v = 0.0, 0.0
    >>> for _ in range(200):
    ...     w, v = momentum(lambda w: 1.0, w, v, lr=0.1)
    >>> round(v, 6)
    -1.0
    """
    v = alpha * v - lr * grad(w)  # v ← αv − η ∂L/∂W
    return w + v, v  # W ← W + v


def nag(grad, w, v=0.0, *, lr, alpha=0.9):
    r"""Nesterov accelerated gradient: Momentum that looks ahead before it pushes (3.7.4).

    .. math::
        \widehat{W} &= W + \alpha v \\
        v &\leftarrow \alpha v - \eta \frac{\partial L}{\partial \widehat{W}} \\
        W &\leftarrow W + v

    Parameters
    ----------
    grad : callable
        ∂L/∂W as a function of w; called once, at the look-ahead parameter W + αv.
    w : float or array
        The parameter W.
    v : float or array
        The velocity, in w's units per step; 0 at the start.
    lr : float or array
        The learning rate η.
    alpha : float or array
        The momentum coefficient α in [0, 1). At 0 the rule is SGD.

    Returns
    -------
    w, v : of w's shape
        The updated parameter and velocity.

    Notes
    -----
    Nesterov (1983), *A method of solving a convex programming problem with convergence rate
    O(1/k²)*; in this form Sutskever et al. (2013), *On the importance of initialization and
    momentum in deep learning*. The parameter of ``torch.optim.SGD(nesterov=True)`` is this
    rule's W + αv.

    Examples
    --------
    Momentum, already past the minimum of W², keeps its speed; NAG sees the far side and brakes.

    >>> w, v = momentum(lambda w: 2 * w, 0.0, 1.0, lr=0.25)
    >>> v
    0.9
    >>> w, v = nag(lambda w: 2 * w, 0.0, 1.0, lr=0.25)
    >>> v
    0.45
    """
    v = alpha * v - lr * grad(w + alpha * v)  # Ŵ = W + αv,  v ← αv − η ∂L/∂Ŵ
    return w + v, v  # W ← W + v


def adagrad(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    r"""AdaGrad: every element divides its rate by the root of all it has seen (3.7.5).

    .. math::
        h &\leftarrow h + \frac{\partial L}{\partial W} \odot \frac{\partial L}{\partial W} \\
        W &\leftarrow W - \eta \frac{1}{\sqrt{h}} \odot \frac{\partial L}{\partial W}

    Parameters
    ----------
    grad : callable
        ∂L/∂W as a function of w, of w's shape.
    w : float or array
        The parameter W.
    h : float or array
        The accumulated squared gradient, in units of gradient²; 0 at the start.
    lr : float or array
        The learning rate η, in w's units: the size of the first step.
    eps, eps_root : float
        Added to √h and inside the root. The chapter has neither, and so 0/0 where an element's
        gradient has always been 0.

    Returns
    -------
    w, h : of w's shape
        The updated parameter and accumulated squared gradient.

    Notes
    -----
    Duchi et al. (2011), *Adaptive subgradient methods*. ``torch.optim.Adagrad(lr=η, eps=eps)``
    computes the same.

    Examples
    --------
    The first step is η whatever the gradient; on a constant slope the k-th is η/√k.

    >>> w, h = adagrad(lambda w: 7.0, 0.0, lr=0.5, eps=0.0)
    >>> w
    -0.5
    >>> round(adagrad(lambda w: 7.0, 0.0, h, lr=0.5, eps=0.0)[0] * 2**0.5, 12)
    -0.5
    """
    g = grad(w)
    h = h + g * g  # h ← h + ∂L/∂W ⊙ ∂L/∂W
    return w - lr / (sqrt(h + eps_root) + eps) * g, h  # W ← W − η 1/√h ⊙ ∂L/∂W


def rmsprop(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    r"""RMSProp: AdaGrad that forgets, its sum turned into a moving average (3.7.6).

    .. math::
        h &\leftarrow \gamma h + (1 - \gamma)
            \left(\frac{\partial L}{\partial W} \odot \frac{\partial L}{\partial W}\right) \\
        W &\leftarrow W - \eta \frac{1}{\sqrt{h}} \odot \frac{\partial L}{\partial W}

    Parameters
    ----------
    grad : callable
        ∂L/∂W as a function of w, of w's shape.
    w : float or array
        The parameter W.
    h : float or array
        The moving average of the squared gradient, in units of gradient²; 0 at the start.
    lr : float or array
        The learning rate η, in w's units.
    gamma : float or array
        The decay rate γ in [0, 1): the weight of the past.
    eps, eps_root : float
        Added to √h and inside the root. The chapter has neither.

    Returns
    -------
    w, h : of w's shape
        The updated parameter and average.

    Notes
    -----
    Tieleman & Hinton (2012), *Lecture 6.5: rmsprop*. ``torch.optim.RMSprop(lr=η, alpha=γ,
    eps=eps)`` computes the same.

    Examples
    --------
    Because h starts at 0, the first step is η/√(1−γ): ten times η at γ = 0.99.

    >>> w, h = rmsprop(lambda w: 7.0, 0.0, lr=0.1, eps=0.0)
    >>> round(w, 12)
    -1.0
    """
    g = grad(w)
    h = gamma * h + (1 - gamma) * (g * g)  # h ← γh + (1−γ)(∂L/∂W ⊙ ∂L/∂W)
    return w - lr / (sqrt(h + eps_root) + eps) * g, h  # W ← W − η 1/√h ⊙ ∂L/∂W


def adam(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0):
    r"""Adam: a mean of gradients over the root of a mean of squares, both unbiased (3.7.7).

    .. math::
        m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t, &
        v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
        \widehat{m}_t &= \frac{m_t}{1 - \beta_1^t}, &
        \widehat{v}_t &= \frac{v_t}{1 - \beta_2^t} \\
        W_t &= W_{t-1} - \eta \frac{\widehat{m}_t}{\sqrt{\widehat{v}_t} + \epsilon}

    Parameters
    ----------
    grad : callable
        ∂L/∂W as a function of w, of w's shape.
    w : float or array
        The parameter W.
    m, v : float or array
        First and second moment, in units of gradient and gradient²; 0 at the start.
    t : int
        How many steps have been taken; 0 at the start.
    lr : float or array
        The learning rate (the chapter's α here), in w's units: about the size of a step.
    beta1, beta2 : float or array
        The decay rates β₁, β₂ of the moments, each in [0, 1).
    eps, eps_root : float
        Added to √v̂, as in the paper and PyTorch, and inside the root, as in the chapter
        (whose Adam is ``eps=0, eps_root=1e-8``).

    Returns
    -------
    w, m, v, t
        The updated parameter and state.

    Notes
    -----
    Kingma & Ba (2015), *Adam: a method for stochastic optimization*.
    ``torch.optim.Adam(lr=lr, betas=(beta1, beta2), eps=eps)`` computes the same.

    Examples
    --------
    The first step is lr whatever the scale of the gradient.

    >>> [round(adam(lambda w: g, 0.0, lr=0.1)[0], 6) for g in (0.01, 1.0, 1e4)]
    [-0.1, -0.1, -0.1]
    """
    g, t = grad(w), t + 1
    m = beta1 * m + (1 - beta1) * g  # m_t = β₁ m_{t−1} + (1−β₁) g_t
    v = beta2 * v + (1 - beta2) * (g * g)  # v_t = β₂ v_{t−1} + (1−β₂) g_t²
    m_hat = m / (1 - beta1**t)  # m̂_t = m_t / (1−β₁ᵗ)
    v_hat = v / (1 - beta2**t)  # v̂_t = v_t / (1−β₂ᵗ)
    return w - lr * m_hat / (sqrt(v_hat + eps_root) + eps), m, v, t


def adamw(
    grad,
    w,
    m=0.0,
    v=0.0,
    t=0,
    *,
    lr,
    beta1=0.9,
    beta2=0.999,
    eps=1e-8,
    eps_root=0.0,
    weight_decay=0.01,
):
    r"""AdamW: Adam, and apart from it a pull of every parameter towards 0 (3.7.7).

    .. math:: W_t = W_{t-1} - \eta \lambda W_{t-1}
        - \eta \frac{\widehat{m}_t}{\sqrt{\widehat{v}_t} + \epsilon}

    Parameters
    ----------
    grad, w, m, v, t, lr, beta1, beta2, eps, eps_root
        As in `adam`.
    weight_decay : float or array
        λ, the share of w that is taken away per step and unit of lr. At 0 the rule is Adam.

    Returns
    -------
    w, m, v, t
        The updated parameter and state.

    Notes
    -----
    Loshchilov & Hutter (2019), *Decoupled weight decay regularization*. The decay never passes
    through the moments. ``torch.optim.AdamW(weight_decay=λ)`` computes the same.

    Examples
    --------
    Without a gradient the parameter shrinks by the factor 1 − lr·λ.

    >>> adamw(lambda w: 0.0 * w, 1.0, lr=0.5, weight_decay=0.5)[0]
    0.75
    """
    decay = lr * weight_decay * w  # taken from w itself, never mixed into the gradient
    w, m, v, t = adam(grad, w, m, v, t, lr=lr, beta1=beta1, beta2=beta2, eps=eps, eps_root=eps_root)
    return w - decay, m, v, t


def radam(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    r"""RAdam: Adam that leaves √v̂ out while v rests on too few gradients (3.7.7).

    .. math::
        \rho_\infty &= \frac{2}{1 - \beta_2} - 1, \qquad
        \rho_t = \rho_\infty - \frac{2 t \beta_2^t}{1 - \beta_2^t} \\
        r_t &= \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\rho_\infty}
                          {(\rho_\infty - 4)(\rho_\infty - 2)\rho_t}} \\
        W_t &= W_{t-1} - \eta \widehat{m}_t \cdot
            \begin{cases} r_t / \sqrt{\widehat{v}_t} & \rho_t > 5 \\ 1 & \text{otherwise}
            \end{cases}

    Parameters
    ----------
    grad, w, m, v, t, lr, beta1, beta2
        As in `adam`.
    eps : float
        Added to √v before the bias is corrected, as PyTorch does.

    Returns
    -------
    w, m, v, t
        The updated parameter and state.

    Notes
    -----
    Liu et al. (2020), *On the variance of the adaptive learning rate and beyond*, which divides
    where :math:`\rho_t > 4`. ``torch.optim.RAdam`` computes the same as here.

    Examples
    --------
    At β₂ = 0.999 the first five steps are those of a corrected momentum alone, and so they see
    the scale of the gradient, as SGD does and Adam does not.

    >>> [round(radam(lambda w: g, 0.0, lr=0.1)[0], 6) for g in (0.01, 1.0)]
    [-0.001, -0.1]
    """
    g, t = grad(w), t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g * g)
    m_hat = m / (1 - beta1**t)
    rho_inf = 2 / (1 - beta2) - 1
    rho = rho_inf - 2 * t * beta2**t / (1 - beta2**t)  # how many gradients v rests on
    known = rho > 5  # 0 or 1, and used as a factor: an `if` would stop under jax.jit
    r = sqrt(
        (known * (rho - 4) * (rho - 2) * rho_inf)
        / (known * (rho_inf - 4) * (rho_inf - 2) * rho + (1 - known))
    )
    adapt = r * sqrt(1 - beta2**t) / (sqrt(v) + eps)  # r_t / √v̂_t
    return w - lr * m_hat * (known * adapt + (1 - known)), m, v, t

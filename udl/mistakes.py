"""The mistakes people make with the rules of `udl.steps`: each a function, all in one table.

A mistake has the signature of the rule that it misses and is wrong in one place. `udl.exercises`
recognises an answer by them, and the tests plant each of them in the package.
"""

from collections.abc import Callable
from dataclasses import dataclass

from udl.steps import adagrad, adam, momentum, radam, rmsprop, sqrt


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    Attributes
    ----------
    rule : str
        The rule that it misses.
    step : callable
        The mistaken rule.
    ko, en : str
        One sentence that names it and teaches.
    """

    rule: str
    step: Callable
    ko: str
    en: str


MISTAKES = []


def mistake(rule, *, ko, en):
    """Enter the function below as a mistake with a rule."""

    def enter(step):
        MISTAKES.append(Mistake(rule, step, ko, en))
        return step

    return enter


# SGD ----------------------------------------------------------------------------------------------


@mistake(
    "sgd",
    ko="부호가 반대다. 그래디언트는 오르막을 가리키므로 빼야 내려간다.",
    en="The sign is turned: the gradient points uphill, so it is subtracted to go down.",
)
def sgd_uphill(grad, w, *, lr):
    return w + lr * grad(w)


@mistake(
    "sgd",
    ko="학습률을 두 번 곱했다. 걸음은 η에 비례해야 하는데 η²에 비례한다.",
    en="The learning rate is applied twice: the step goes with η², not with η.",
)
def sgd_rate_twice(grad, w, *, lr):
    return w - lr * lr * grad(w)


@mistake(
    "sgd",
    ko="그래디언트의 부호만 썼다. 걸음의 폭은 그래디언트의 크기를 따라가야 한다.",
    en="Only the gradient's sign is used: the width of the step must follow its size.",
)
def sgd_sign_only(grad, w, *, lr):
    g = grad(w)
    return w - lr * ((g > 0) * 1.0 - (g < 0) * 1.0)


# Momentum -----------------------------------------------------------------------------------------


@mistake(
    "momentum",
    ko="속도에 그래디언트를 더했다. v ← αv − η∇L에서 그래디언트 앞은 빼기다.",
    en="The gradient is added to the velocity; in v ← αv − η∇L it is subtracted.",
)
def momentum_uphill(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v + lr * grad(w)
    return w + v, v


@mistake(
    "momentum",
    ko="α를 그래디언트 쪽에 곱했다. α는 지난 속도를 얼마나 남길지 정한다.",
    en="α stands at the gradient; it says how much of the past velocity is kept.",
)
def momentum_alpha_on_gradient(grad, w, v=0.0, *, lr, alpha=0.9):
    v = v - alpha * lr * grad(w)
    return w + v, v


@mistake(
    "momentum",
    ko="새 그래디언트에 (1−α)를 곱했다. 그러면 속도는 합이 아니라 평균이 되고 걸음이 작아진다.",
    en="The new gradient is weighed by 1−α: the velocity becomes a mean, not a sum.",
)
def momentum_as_mean(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - (1 - alpha) * lr * grad(w)
    return w + v, v


@mistake(
    "momentum",
    ko="학습률을 두 번 곱했다. η는 속도를 고칠 때 이미 들어갔으니 W에는 v를 그대로 더한다.",
    en="The learning rate is applied twice: it is in the velocity already, so W moves by v itself.",
)
def momentum_rate_twice(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w)
    return w + lr * v, v


@mistake(
    "momentum",
    ko="고치기 전의 속도로 W를 옮겼다. 먼저 v를 고치고, 새 v로 옮긴다.",
    en="W moves by the old velocity: v is updated first, and W moves by the new one.",
)
def momentum_old_velocity(grad, w, v=0.0, *, lr, alpha=0.9):
    return w + v, alpha * v - lr * grad(w)


@mistake(
    "momentum",
    ko="새 속도를 돌려주지 않았다. 다음 걸음이 속도를 기억하지 못해 SGD와 같아진다.",
    en="The new velocity is not returned: the next step forgets it, and what is left is SGD.",
)
def momentum_forgets(grad, w, v=0.0, *, lr, alpha=0.9):
    return w + alpha * v - lr * grad(w), v


# NAG ----------------------------------------------------------------------------------------------


@mistake(
    "nag",
    ko="그래디언트를 W에서 쟀다. 그러면 Momentum이다. NAG는 Ŵ = W + αv에서 잰다.",
    en="The gradient is taken at W, which is Momentum; NAG takes it at Ŵ = W + αv.",
)
def nag_without_looking(grad, w, v=0.0, *, lr, alpha=0.9):
    return momentum(grad, w, v, lr=lr, alpha=alpha)


@mistake(
    "nag",
    ko="v를 먼저 고치고 새 v로 앞을 내다봤다. Ŵ = W + αv의 v는 고치기 전의 속도다.",
    en="v is updated first and the new one looks ahead; the v of Ŵ = W + αv is the old one.",
)
def nag_new_velocity(grad, w, v=0.0, *, lr, alpha=0.9):
    ahead = alpha * v - lr * grad(w)
    v = alpha * v - lr * grad(w + alpha * ahead)
    return w + v, v


@mistake(
    "nag",
    ko="αv가 아니라 v만큼 앞을 봤다. 다음 걸음에 남는 속도는 v가 아니라 αv다.",
    en="It looks ahead by v instead of αv: what is kept for the next step is αv.",
)
def nag_looks_too_far(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w + v)
    return w + v, v


@mistake(
    "nag",
    ko="Ŵ에서 출발해 걸었다. Ŵ는 그래디언트만 재는 곳이고, 걸음은 W에서 뗀다.",
    en="It steps from Ŵ: Ŵ is where the gradient is taken, the step starts from W.",
)
def nag_steps_from_ahead(grad, w, v=0.0, *, lr, alpha=0.9):
    w = w + alpha * v
    v = alpha * v - lr * grad(w)
    return w + v, v


# AdaGrad ------------------------------------------------------------------------------------------


@mistake(
    "adagrad",
    ko="그래디언트를 제곱하지 않고 쌓았다. 부호가 다른 그래디언트가 서로 지운다.",
    en="The gradient is summed without being squared, so that opposite signs cancel.",
)
def adagrad_not_squared(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    h = h + g
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "adagrad",
    ko="h를 더하지 않고 덮어썼다. AdaGrad의 h는 지금까지의 제곱을 모두 더한 값이다.",
    en="h is overwritten instead of accumulated: it is the sum of all squares so far.",
)
def adagrad_overwrites(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    h = g * g + 0 * h
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "adagrad",
    ko="제곱근을 빠뜨렸다. h는 그래디언트의 제곱이므로 √를 씌워야 단위가 맞는다.",
    en="The root is missing: h is a square, and only √h is of the gradient's unit.",
)
def adagrad_without_root(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    h = h + g * g
    return w - lr / (h + eps_root + eps) * g, h


@mistake(
    "adagrad",
    ko="이번 그래디언트를 더하기 전의 h로 나눴다. 먼저 h에 더하고, 새 h로 나눈다.",
    en="It divides by the h from before this gradient: h is updated first.",
)
def adagrad_old_sum(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    return w - lr / (sqrt(h + eps_root) + eps) * g, h + g * g


@mistake(
    "adagrad",
    ko="그래디언트까지 제곱근 안에 넣었다. √는 h에만 씌우고 그래디언트는 밖에서 곱한다.",
    en="The gradient is under the root too: the root is of h alone.",
)
def adagrad_gradient_under_root(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    h = h + g * g
    return w - lr / (sqrt(h + g + eps_root) + eps) * g, h


@mistake(
    "adagrad",
    ko="ε을 제곱근 안에 넣었다. √(h + ε)에서 ε은 √ε만큼의 힘을 낸다. 밖에 더한다.",
    en="ε stands inside the root, where it acts as √ε; it is added outside.",
)
def adagrad_eps_inside(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    return adagrad(grad, w, h, lr=lr, eps=0.0, eps_root=eps_root + eps)


# RMSProp ------------------------------------------------------------------------------------------


@mistake(
    "rmsprop",
    ko="새 제곱에 (1−γ)를 곱하지 않았다. 그러면 평균이 아니라 합이 되어 h가 1/(1−γ)배로 커진다.",
    en="1−γ is missing at the new square: h becomes a sum, 1/(1−γ) times too large.",
)
def rmsprop_without_weight(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = gamma * h + g * g
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "rmsprop",
    ko="γ와 1−γ의 자리가 바뀌었다. γ는 과거에 붙는다.",
    en="γ and 1−γ are swapped: γ belongs to the past.",
)
def rmsprop_swapped(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = (1 - gamma) * h + gamma * (g * g)
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "rmsprop",
    ko="AdaGrad처럼 잊지 않고 쌓았다. RMSProp은 옛 h에 γ를 곱해 잊는다.",
    en="It accumulates as AdaGrad does: RMSProp multiplies the old h by γ to forget.",
)
def rmsprop_never_forgets(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = h + (1 - gamma) * (g * g)
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "rmsprop",
    ko="그래디언트를 제곱하지 않고 평균 냈다. RMS의 S는 제곱(square)이다.",
    en="The gradient is averaged without being squared: the S of RMS is for square.",
)
def rmsprop_not_squared(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = gamma * h + (1 - gamma) * g
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "rmsprop",
    ko="제곱근을 빠뜨렸다. 나누는 것은 h가 아니라 √h다.",
    en="The root is missing: it divides by √h, not by h.",
)
def rmsprop_without_root(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = gamma * h + (1 - gamma) * (g * g)
    return w - lr / (h + eps_root + eps) * g, h


@mistake(
    "rmsprop",
    ko="ε을 제곱근 안에 넣었다. PyTorch와 이 강의의 기본값은 √h + ε이다.",
    en="ε stands inside the root; PyTorch's form, and ours, is √h + ε.",
)
def rmsprop_eps_inside(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    return rmsprop(grad, w, h, lr=lr, gamma=gamma, eps=0.0, eps_root=eps_root + eps)


# Adam ---------------------------------------------------------------------------------------------


def _adam(grad, w, m, v, t, hyper, *, update):
    """Adam's moments, and an update of one's own from (m, v, t) with the new ones."""
    g, t = grad(w), t + 1
    m = hyper["beta1"] * m + (1 - hyper["beta1"]) * g
    v = hyper["beta2"] * v + (1 - hyper["beta2"]) * (g * g)
    return w - hyper["lr"] * update(m, v, t), m, v, t


@mistake(
    "adam",
    ko="편향을 보정하지 않았다. m과 v를 1−βᵗ로 나누어야 처음 몇 걸음이 제 크기가 된다.",
    en="The bias is not corrected: m and v are divided by 1−βᵗ before they are used.",
)
def adam_without_correction(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    hyper = {"lr": lr, "beta1": beta1, "beta2": beta2}
    return _adam(grad, w, m, v, t, hyper, update=lambda m, v, t: m / (sqrt(v + eps_root) + eps))


@mistake(
    "adam",
    ko="t를 늘리기 전에 썼다. 첫 걸음의 t는 1이다. 0이면 1−β⁰ = 0으로 나누게 된다.",
    en="t is used before it is counted up: the first step has t = 1, or it divides by 0.",
)
def adam_counts_from_zero(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    def update(m, v, t):
        late = t - 1
        m_hat, v_hat = m / (1 - beta1**late), v / (1 - beta2**late)
        return m_hat / (sqrt(v_hat + eps_root) + eps)

    return _adam(grad, w, m, v, t, {"lr": lr, "beta1": beta1, "beta2": beta2}, update=update)


@mistake(
    "adam",
    ko="두 모멘트에 β₁ 하나를 함께 썼다. 2차 모멘트는 β₂로 훨씬 천천히 잊는다.",
    en="One β serves both moments: the second forgets much more slowly, by β₂.",
)
def adam_one_beta(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    return adam(grad, w, m, v, t, lr=lr, beta1=beta1, beta2=beta1, eps=eps, eps_root=eps_root)


@mistake(
    "adam",
    ko="m과 v의 자리가 바뀌었다. 방향은 m̂에서, 나눌 크기는 √v̂에서 온다.",
    en="m and v are swapped: the direction comes from m̂, the size to divide by from √v̂.",
)
def adam_moments_swapped(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    def update(m, v, t):
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        return v_hat / (sqrt(m_hat + eps_root) + eps)

    return _adam(grad, w, m, v, t, {"lr": lr, "beta1": beta1, "beta2": beta2}, update=update)


@mistake(
    "adam",
    ko="m만 보정했다. v도 0에서 출발하므로 1−β₂ᵗ로 나누어야 한다.",
    en="Only m is corrected: v starts at 0 too, and is divided by 1−β₂ᵗ.",
)
def adam_corrects_m_alone(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    def update(m, v, t):
        return m / (1 - beta1**t) / (sqrt(v + eps_root) + eps)

    return _adam(grad, w, m, v, t, {"lr": lr, "beta1": beta1, "beta2": beta2}, update=update)


@mistake(
    "adam",
    ko="2차 모멘트에 그래디언트를 제곱하지 않고 넣었다.",
    en="The second moment is fed the gradient without its square.",
)
def adam_not_squared(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    g, t = grad(w), t + 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m_hat / (sqrt(v_hat + eps_root) + eps), m, v, t


@mistake(
    "adam",
    ko="ε을 제곱근 안에 넣었다. 본문의 식은 그렇지만 논문과 PyTorch는 √v̂ + ε이다.",
    en="ε stands inside the root, as in the chapter; the paper's and PyTorch's form is √v̂ + ε.",
)
def adam_eps_inside(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    return adam(grad, w, m, v, t, lr=lr, beta1=beta1, beta2=beta2, eps=0.0, eps_root=eps_root + eps)


# AdamW --------------------------------------------------------------------------------------------


@mistake(
    "adamw",
    ko="감쇠를 그래디언트에 더했다. 그러면 √v̂로 나뉘어 버린다. AdamW는 W에서 바로 뺀다.",
    en="The decay is added to the gradient, and divided by √v̂ with it; AdamW takes it from W.",
)
def adamw_decay_in_gradient(grad, w, m=0.0, v=0.0, t=0, *, lr, weight_decay=0.01, **hyper):
    return adam(lambda w: grad(w) + weight_decay * w, w, m, v, t, lr=lr, **hyper)


@mistake(
    "adamw",
    ko="감쇠에 학습률을 곱하지 않았다. W는 한 걸음에 ηλW만큼 준다.",
    en="The decay is not multiplied by the learning rate: W loses ηλW in a step.",
)
def adamw_decay_without_rate(grad, w, m=0.0, v=0.0, t=0, *, lr, weight_decay=0.01, **hyper):
    new, m, v, t = adam(grad, w, m, v, t, lr=lr, **hyper)
    return new - weight_decay * w, m, v, t


@mistake(
    "adamw",
    ko="감쇠를 빠뜨렸다. 그러면 Adam이다.",
    en="The decay is missing: that is Adam.",
)
def adamw_without_decay(grad, w, m=0.0, v=0.0, t=0, *, lr, weight_decay=0.01, **hyper):
    return adam(grad, w, m, v, t, lr=lr, **hyper)


# RAdam --------------------------------------------------------------------------------------------


@mistake(
    "radam",
    ko="처음부터 √v̂로 나눴다. ρ_t가 5를 넘기 전에는 보정한 1차 모멘트만으로 걷는다.",
    en="It divides by √v̂ from the start: up to ρ_t = 5 it walks by the corrected m alone.",
)
def radam_trusts_at_once(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return adam(grad, w, m, v, t, lr=lr, beta1=beta1, beta2=beta2, eps=eps)


@mistake(
    "radam",
    ko="r_t를 곱하지 않았다. v를 믿을 수 있는 만큼만 걸음을 늘려야 한다.",
    en="r_t is missing: the step grows only as far as v can be trusted.",
)
def radam_without_r(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    hyper = {"lr": lr, "beta1": beta1, "beta2": beta2, "eps": eps}
    rho = 2 / (1 - beta2) - 1 - 2 * (t + 1) * beta2 ** (t + 1) / (1 - beta2 ** (t + 1))
    few, *state = radam(grad, w, m, v, t, **hyper)
    many, *_ = adam(grad, w, m, v, t, **hyper)
    return (rho > 5) * many + (rho <= 5) * few, *state

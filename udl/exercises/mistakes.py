"""The mistakes people make with the rules of `udl.steps` and their pieces: functions, in one table.

A mistake has the signature of what it misses and is wrong in one place. `udl.exercises`
recognises an answer by them, and the tests plant each of them in the package.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from udl.experiments.adam import adam_without_correction
from udl.steps import adagrad, adam, momentum, radam, rmsprop, sqrt


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    Attributes
    ----------
    exercise : str
        The exercise of `udl.exercises.workbook` that it misses: a rule or a piece.
    function : callable
        The mistaken function.
    ko, en : str
        One sentence that names it and teaches.
    """

    exercise: str
    function: Callable
    ko: str
    en: str


MISTAKES = []


def mistake(exercise, *, ko, en):
    """Enter the function below as a mistake in an exercise."""

    def enter(function):
        MISTAKES.append(Mistake(exercise, function, ko, en))
        return function

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


@mistake(
    "sgd",
    ko="학습률을 곱하지 않았다. 그래디언트는 가파르기일 뿐이고, 걸음의 폭은 η를 곱해야 나온다.",
    en="The learning rate is missing: a step is the gradient times η.",
)
def sgd_without_rate(grad, w, *, lr):
    return w - grad(w)


@mistake(
    "sgd",
    ko="걸음만 돌려주었다. 돌려줄 것은 걸음을 더한 새 w다.",
    en="The step alone is returned: return the new w, the old one plus the step.",
)
def sgd_step_alone(grad, w, *, lr):
    return -lr * grad(w)


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


@mistake(
    "momentum",
    ko="W에서 속도를 뺐다. 빼기는 속도를 고칠 때 이미 했으니 W에는 v를 더한다.",
    en="The velocity is subtracted from W: the minus is in the velocity already, so v is added.",
)
def momentum_subtracts_velocity(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w)
    return w - v, v


@mistake(
    "momentum",
    ko="그래디언트를 두 번 썼다. 새 v에 이미 들어 있으니 W는 v만큼만 옮긴다.",
    en="The gradient acts twice: it is in the new v already, and W moves by v alone.",
)
def momentum_gradient_twice(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w)
    return w + v - lr * grad(w), v


@mistake(
    "momentum",
    ko="PyTorch의 꼴이다. 길은 같지만 간직하는 값이 −v/η다. 여기서는 속도 v를 돌려주자.",
    en="This is PyTorch's form: the path is the same, but what it keeps is −v/η, not the velocity.",
)
def momentum_as_pytorch(grad, w, v=0.0, *, lr, alpha=0.9):
    b = alpha * v + grad(w)
    return w - lr * b, b


@mistake(
    "momentum",
    ko="v에 그래디언트의 평균을 담았다. Adam의 m이 그렇다. 이 식의 v는 합이고, 걸음 그 자체다.",
    en="v holds a mean of gradients, as Adam's m does; here it is a sum, and the step itself.",
)
def momentum_mean_of_gradients(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v + (1 - alpha) * grad(w)
    return w - lr * v, v


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


@mistake(
    "nag",
    ko="뒤를 돌아봤다. 앞은 속도가 가리키는 쪽, W − αv가 아니라 W + αv다.",
    en="It looks back: ahead is where the velocity points, W + αv and not W − αv.",
)
def nag_looks_back(grad, w, v=0.0, *, lr, alpha=0.9):
    v = alpha * v - lr * grad(w - alpha * v)
    return w + v, v


@mistake(
    "nag",
    ko="PyTorch의 꼴이다. 그 w는 W가 아니라 Ŵ = W + αv이고, 간직하는 값은 −v/η다.",
    en="This is PyTorch's form: its w is Ŵ = W + αv, and what it keeps is −v/η.",
)
def nag_as_pytorch(grad, w, v=0.0, *, lr, alpha=0.9):
    g = grad(w)
    b = alpha * v + g
    return w - lr * (g + alpha * b), b


@mistake(
    "nag",
    ko="Ŵ를 들고 다니는 꼴이다. 틀린 길은 아니지만 돌려주는 것이 W가 아니라 W + αv다.",
    en="This form carries Ŵ: the path is no other, but what is returned is W + αv and not W.",
)
def nag_carries_ahead(grad, w, v=0.0, *, lr, alpha=0.9):
    new = alpha * v - lr * grad(w)
    return w - alpha * v + (1 + alpha) * new, new


@mistake(
    "nag",
    ko="널리 퍼진 실수다. Ŵ를 들고 다니는 꼴에서 α² 옆의 v는 고치기 전의 속도여야 한다.",
    en="A widespread mistake: in the form that carries Ŵ, the v beside α² is the old velocity.",
)
def nag_carries_ahead_swapped(grad, w, v=0.0, *, lr, alpha=0.9):
    g = grad(w)
    v = alpha * v - lr * g
    return w + alpha**2 * v - (1 + alpha) * lr * g, v


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


@mistake(
    "adagrad",
    ko="부호가 반대다. 학습률을 나누어도 걸음은 여전히 그래디언트의 반대쪽이다.",
    en="The sign is turned: with a divided rate too, the step goes against the gradient.",
)
def adagrad_uphill(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    h = h + g * g
    return w + lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "adagrad",
    ko="모든 원소의 제곱을 한데 더했다. h는 원소마다 따로 쌓아야 학습률도 원소마다 달라진다.",
    en="The squares of all elements are added up: each element has an h of its own.",
)
def adagrad_one_for_all(grad, w, h=0.0, *, lr, eps=1e-10, eps_root=0.0):
    g = grad(w)
    h = h + np.sum(g * g)
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


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


@mistake(
    "rmsprop",
    ko="부호가 반대다. 학습률을 나누어도 걸음은 여전히 그래디언트의 반대쪽이다.",
    en="The sign is turned; with a divided rate too, the step goes against the gradient.",
)
def rmsprop_uphill(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = gamma * h + (1 - gamma) * (g * g)
    return w + lr / (sqrt(h + eps_root) + eps) * g, h


@mistake(
    "rmsprop",
    ko="이번 그래디언트를 넣기 전의 h로 나눴다. 첫 걸음의 h가 0이라 걸음이 터무니없이 커진다.",
    en="It divides by the h from before this gradient, which is 0 at the first step.",
)
def rmsprop_old_average(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    return w - lr / (sqrt(h + eps_root) + eps) * g, gamma * h + (1 - gamma) * (g * g)


@mistake(
    "rmsprop",
    ko="`1 - gamma * g * g`는 1에서 γg²을 뺀 것이다. `(1 - gamma) * g * g`로 묶자.",
    en="`1 - gamma * g * g` takes γg² from 1: write `(1 - gamma) * g * g`.",
)
def rmsprop_without_parentheses(grad, w, h=0.0, *, lr, gamma=0.99, eps=1e-8, eps_root=0.0):
    g = grad(w)
    h = gamma * h + 1 - gamma * (g * g)
    return w - lr / (sqrt(h + eps_root) + eps) * g, h


# Adam ---------------------------------------------------------------------------------------------


def _adam(grad, w, m, v, t, hyper, *, update):
    """Adam's moments, and an update of one's own from (m, v, t) with the new ones."""
    g, t = grad(w), t + 1
    m = hyper["beta1"] * m + (1 - hyper["beta1"]) * g
    v = hyper["beta2"] * v + (1 - hyper["beta2"]) * (g * g)
    return w - hyper["lr"] * update(m, v, t), m, v, t


mistake(
    "adam",
    ko="편향을 보정하지 않았다. m과 v를 1−βᵗ로 나누어야 처음 몇 걸음이 제 크기가 된다.",
    en="The bias is not corrected: m and v are divided by 1−βᵗ before they are used.",
)(adam_without_correction)


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


@mistake(
    "adam",
    ko="걸음을 더했다. 본문은 말로는 더한다고 하지만 식은 뺀다. m̂은 그래디언트와 부호가 같다.",
    en="The step is added, as the chapter's prose says; its equation subtracts, and m̂ has the"
    " gradient's sign.",
)
def adam_uphill(grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0):
    def update(m, v, t):
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        return -m_hat / (sqrt(v_hat + eps_root) + eps)

    return _adam(grad, w, m, v, t, {"lr": lr, "beta1": beta1, "beta2": beta2}, update=update)


@mistake(
    "adam",
    ko="보정한 m̂과 v̂을 간직했다. 다음 걸음으로 넘길 것은 보정하기 전의 m과 v다.",
    en="The corrected m̂ and v̂ are kept: what goes on to the next step is m and v themselves.",
)
def adam_keeps_corrected(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    g, t = grad(w), t + 1
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    v = (beta2 * v + (1 - beta2) * (g * g)) / (1 - beta2**t)
    return w - lr * m / (sqrt(v + eps_root) + eps), m, v, t


@mistake(
    "adam",
    ko="βᵗ 대신 β·t로 보정했다. 출발값의 몫은 걸음마다 β가 곱해져 βᵗ가 된다.",
    en="It corrects by β·t instead of βᵗ: the start's weight is multiplied by β at each step.",
)
def adam_multiplies_by_t(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    def update(m, v, t):
        m_hat, v_hat = m / (1 - beta1 * t), v / (1 - beta2 * t)
        return m_hat / (sqrt(v_hat + eps_root) + eps)

    return _adam(grad, w, m, v, t, {"lr": lr, "beta1": beta1, "beta2": beta2}, update=update)


@mistake(
    "adam",
    ko="m̂ 자리에 그래디언트를 그대로 썼다. 그러면 관성이 없는 RMSProp(보정한 것)이다.",
    en="The gradient stands where m̂ belongs: that is RMSProp, corrected, without inertia.",
)
def adam_without_inertia(
    grad, w, m=0.0, v=0.0, t=0, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, eps_root=0.0
):
    g = grad(w)

    def update(m, v, t):
        return g / (sqrt(v / (1 - beta2**t) + eps_root) + eps)

    return _adam(grad, w, m, v, t, {"lr": lr, "beta1": beta1, "beta2": beta2}, update=update)


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


# The pieces: a slope from two losses --------------------------------------------------------------


@mistake(
    "slope",
    ko="한쪽만 쟀다. W에서 오른쪽으로 잰 기울기는 h만큼 어긋난다. 양쪽에서 재면 h²만큼만 어긋난다.",
    en="It measures on one side, which is off by h; measured on both sides it is off by h².",
)
def slope_to_the_right(loss, w, h):
    return (loss(w + h) - loss(w)) / h


@mistake(
    "slope",
    ko="왼쪽만 쟀다. 양쪽에서 재면 어긋나는 폭이 h가 아니라 h²이 된다.",
    en="It measures on the left alone; on both sides it is off by h² instead of h.",
)
def slope_to_the_left(loss, w, h):
    return (loss(w) - loss(w - h)) / h


@mistake(
    "slope",
    ko="h로 나눴다. 두 자리의 사이는 h가 아니라 2h다.",
    en="It divides by h: the two places are 2h apart.",
)
def slope_twice(loss, w, h):
    return (loss(w + h) - loss(w - h)) / h


@mistake(
    "slope",
    ko="`/ 2 * h`는 2로 나눈 뒤 h를 곱한다. `/ (2 * h)`로 묶자.",
    en="`/ 2 * h` divides by 2 and multiplies by h: write `/ (2 * h)`.",
)
def slope_without_parentheses(loss, w, h):
    return (loss(w + h) - loss(w - h)) / 2 * h


@mistake(
    "slope",
    ko="손실의 차이만 돌려주었다. 기울기는 차이를 사이의 거리 2h로 나눈 것이다.",
    en="The difference alone is returned: a slope is the difference over the distance, 2h.",
)
def slope_undivided(loss, w, h):
    return loss(w + h) - loss(w - h)


@mistake(
    "slope",
    ko="부호가 반대다. 오른쪽 손실에서 왼쪽 손실을 빼야 오르막이 양수가 된다.",
    en="The sign is turned: right minus left, so that uphill is positive.",
)
def slope_turned(loss, w, h):
    return (loss(w - h) - loss(w + h)) / (2 * h)


# The pieces: the gradient of a mini-batch ---------------------------------------------------------


@mistake(
    "batch",
    ko="평균이 아니라 합을 냈다. 배치 크기가 바뀔 때마다 걸음도 바뀐다.",
    en="It is a sum, not a mean: the step changes with the size of the batch.",
)
def batch_sum(w, x, y, k):
    return 2 * x[k].T @ (x[k] @ w - y[k])


@mistake(
    "batch",
    ko="k를 쓰지 않고 데이터를 모두 썼다. 미니 배치라면 `x[k]`와 `y[k]`만 봐야 한다.",
    en="All of the data is used: a mini-batch looks at `x[k]` and `y[k]` alone.",
)
def batch_of_everything(w, x, y, k):
    return 2 * x.T @ (x @ w - y) / len(x)


@mistake(
    "batch",
    ko="데이터 전체의 수로 나눴다. 배치의 평균은 배치의 크기 `len(k)`로 나눈다.",
    en="It divides by the number of all samples: the mean of the batch divides by `len(k)`.",
)
def batch_over_everything(w, x, y, k):
    return 2 * x[k].T @ (x[k] @ w - y[k]) / len(x)


@mistake(
    "batch",
    ko="표본 하나만 썼다. 배치에 든 표본을 모두 재서 평균을 낸다.",
    en="A single sample is used: measure every sample of the batch and take the mean.",
)
def batch_of_one(w, x, y, k):
    return 2 * x[k[0]] * (x[k[0]] @ w - y[k[0]])


@mistake(
    "batch",
    ko="제곱을 미분하면 나오는 2가 없다.",
    en="The 2 is missing that comes of differentiating the square.",
)
def batch_without_two(w, x, y, k):
    return x[k].T @ (x[k] @ w - y[k]) / len(k)


@mistake(
    "batch",
    ko="부호가 반대다. (xw − y)²을 미분하면 괄호 안은 y − xw가 아니라 xw − y다.",
    en="The sign is turned: the derivative of (xw − y)² has xw − y in it, not y − xw.",
)
def batch_turned(w, x, y, k):
    return 2 * x[k].T @ (y[k] - x[k] @ w) / len(k)


@mistake(
    "batch",
    ko="입력 x를 곱하지 않았다. 잔차의 평균이 되어 파라미터마다 다른 값이 나오지 않는다.",
    en="The input x is missing: the mean residual is one number, not one for each parameter.",
)
def batch_without_input(w, x, y, k):
    return 2 * np.mean(x[k] @ w - y[k])


@mistake(
    "batch",
    ko="파라미터의 축까지 평균 냈다. 표본의 축(`axis=0`)으로만 평균 내야 w와 모양이 같다.",
    en="The parameters are averaged too: take the mean over the samples alone, `axis=0`.",
)
def batch_one_number(w, x, y, k):
    return np.mean(2 * x[k] * (x[k] @ w - y[k])[:, None])


@mistake(
    "batch",
    ko="표본마다의 그래디언트를 그대로 돌려주었다. 표본의 축으로 평균을 내야 한 걸음이 된다.",
    en="Each sample's gradient is returned: their mean over the samples makes one step.",
)
def batch_not_averaged(w, x, y, k):
    return 2 * x[k] * (x[k] @ w - y[k])[:, None]


# The pieces: the moving average -------------------------------------------------------------------


def _averages(x, start, update):
    """The start and every average after it; ``update`` makes the new one from x and the old."""
    s = [start]
    for n, x_n in enumerate(x, start=1):
        s.append(update(x_n, s[-1], n))
    return np.array(s)


@mistake(
    "ema",
    ko="α와 1−α의 자리가 바뀌었다. 이 식에서 α는 새 값의 몫이다.",
    en="α and 1−α are swapped: here α is the weight of the new value.",
)
def ema_swapped(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: (1 - alpha) * new + alpha * old)


@mistake(
    "ema",
    ko="출발값을 빠뜨렸다. s₀ = 0부터 sₙ까지, x보다 하나 많게 돌려준다.",
    en="The start is left out: return s₀ = 0 to sₙ, one more than there are x.",
)
def ema_without_start(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: alpha * new + (1 - alpha) * old)[1:]


@mistake(
    "ema",
    ko="첫 값에서 출발했다. 그러면 치우침은 없지만, 이 식의 출발값은 0이다.",
    en="It starts at the first value: that has no bias, but this average starts at 0.",
)
def ema_from_the_first(x, alpha, start=0.0):
    return _averages(x, x[0], lambda new, old, n: alpha * new + (1 - alpha) * old)


@mistake(
    "ema",
    ko="옛 평균을 깎지 않았다. 1−α를 곱하지 않으면 평균이 아니라 합이 되어 끝없이 자란다.",
    en="The old average keeps its full weight: without 1−α it is a sum, and grows for ever.",
)
def ema_as_sum(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: alpha * new + old)


@mistake(
    "ema",
    ko="새 값에 α를 곱하지 않았다. 두 몫을 더해 1이 되어야 평균이다.",
    en="The new value is not weighed by α: the two weights of an average add up to 1.",
)
def ema_new_unweighed(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: new + (1 - alpha) * old)


@mistake(
    "ema",
    ko="모두에게 같은 몫을 주는 보통 평균이다. 지수이동평균은 옛 값일수록 몫이 작다.",
    en="This is the plain mean, with equal weights; here the weights fade into the past.",
)
def ema_as_mean(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: old + (new - old) / n)


@mistake(
    "ema",
    ko="마지막 평균만 돌려주었다. s₀부터 차례로 모두 돌려주자.",
    en="Only the last average is returned: return them all, from s₀ on.",
)
def ema_last_alone(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: alpha * new + (1 - alpha) * old)[-1]


@mistake(
    "ema",
    ko="첫 값을 출발값으로 삼았다. 이 식은 0에서 출발하고, x가 n개면 n + 1개를 돌려준다.",
    en="The first value is the start; this average starts at 0 and returns n + 1 for n values.",
)
def ema_first_as_start(x, alpha, start=0.0):
    return _averages(x[1:], x[0], lambda new, old, n: alpha * new + (1 - alpha) * old)


@mistake(
    "ema",
    ko="`1 - alpha * s`는 1에서 αs를 뺀 것이다. `(1 - alpha) * s`로 묶자.",
    en="`1 - alpha * s` takes αs from 1: write `(1 - alpha) * s`.",
)
def ema_without_parentheses(x, alpha, start=0.0):
    return _averages(x, start, lambda new, old, n: alpha * new + 1 - alpha * old)


# The pieces: the bias correction ------------------------------------------------------------------


@mistake(
    "correction",
    ko="t − 1을 썼다. t는 1부터 세므로 첫 걸음에서 0으로 나누게 된다.",
    en="It uses t − 1: t counts from 1, and the first step divides by 0.",
)
def correction_from_zero(m, beta, t):
    return m / np.float64(1 - beta ** (t - 1))


@mistake(
    "correction",
    ko="βᵗ 대신 β·t를 썼다. 출발값의 몫은 걸음마다 β가 곱해져 βᵗ가 된다.",
    en="It uses β·t for βᵗ: the start's weight is multiplied by β at each step.",
)
def correction_times_t(m, beta, t):
    return m / (1 - beta * t)


@mistake(
    "correction",
    ko="t를 쓰지 않고 늘 1−β로 나눴다. 첫 걸음에만 맞고, 그 뒤에는 너무 커진다.",
    en="It divides by 1−β at every t: right at the first step, too large after it.",
)
def correction_without_t(m, beta, t):
    return m / (1 - beta)


@mistake(
    "correction",
    ko="출발값의 몫 βᵗ로 나눴다. 나눌 것은 나머지 모두의 몫 1−βᵗ다.",
    en="It divides by the start's weight βᵗ; divide by all the rest, 1−βᵗ.",
)
def correction_by_the_start(m, beta, t):
    return m / beta**t


@mistake(
    "correction",
    ko="나누지 않고 곱했다. 몫의 합이 1이 되게 하려면 그 합 1−βᵗ로 나눈다.",
    en="It multiplies: to make the weights add up to 1, divide by their sum 1−βᵗ.",
)
def correction_multiplied(m, beta, t):
    return m * (1 - beta**t)


@mistake(
    "correction",
    ko="아무것도 바로잡지 않았다. m에는 아직 출발값 0의 몫 βᵗ가 들어 있다.",
    en="Nothing is corrected: the start 0 still has its weight βᵗ in m.",
)
def correction_forgotten(m, beta, t):
    return m

"""The mistakes people make with the rules of `udl.steps` and their pieces, in one table.

A mistake is what is right, wrong in one place: so it is written as an edit of the right function's
source. `udl.exercises` recognises an answer by them, and the tests plant each of them in the
package.
"""

import inspect
import linecache
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from udl.exercises.workbook import EXERCISES
from udl.experiments.adam import adam_without_correction


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


def enter(exercise, **mistakes):
    """Enter the mistakes in an exercise: by name what is wrong, and the sentence, ko and en.

    What is wrong is the edit of `edited`, or a function where it is none.
    """
    for name, (wrong, ko, en) in mistakes.items():
        if not callable(wrong):
            wrong = edited(EXERCISES[exercise].right, f"{exercise}_{name}", wrong)
        MISTAKES.append(Mistake(exercise, wrong, ko, en))


def edited(right, name, edit):
    """The function that a source becomes by an edit.

    Parameters
    ----------
    right : callable
        Its source is read, without its docstring.
    name : str
        What to call the new function.
    edit : dict of str to str
        New text for old, which stands in the source once.

    Returns
    -------
    callable
        With ``np`` beside the names that ``right`` knows; tracebacks show its lines.

    Raises
    ------
    ValueError
        If an old text does not stand in the source exactly once.

    Examples
    --------
    >>> from udl.steps import sgd
    >>> uphill = edited(sgd, "uphill", {"w - lr": "w + lr"})
    >>> uphill(lambda w: 2 * w, 1.0, lr=0.25)
    1.5
    """
    source = _source(right)
    for old, new in {f"def {right.__name__}(": f"def {name}(", **edit}.items():
        if source.count(old) != 1:
            raise ValueError(
                f"edit of {name} must name what stands once in {right.__name__},"
                f" not {old!r}, which stands {source.count(old)} times"
            )
        source = source.replace(old, new)
    file = f"<{name}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    names = right.__globals__ | {"np": np, "__name__": __name__}
    exec(compile(source, file, "exec"), names)
    return names[name]


@cache  # to find a source takes longer than all that is done with it
def _source(function):
    """A function's source without its docstring."""
    return re.sub(r'\n +r?""".*?"""', "", inspect.getsource(function), flags=re.DOTALL)


enter(
    "sgd",
    uphill=(
        {"w - lr": "w + lr"},
        "부호가 반대다. 그래디언트는 오르막을 가리키므로 빼야 내려간다.",
        "The sign is turned: the gradient points uphill, so it is subtracted to go down.",
    ),
    rate_twice=(
        {"lr * grad": "lr * lr * grad"},
        "학습률을 두 번 곱했다. 걸음은 η에 비례해야 하는데 η²에 비례한다.",
        "The learning rate is applied twice: the step goes with η², not with η.",
    ),
    sign_only=(
        {"grad(w)": "np.sign(grad(w))"},
        "그래디언트의 부호만 썼다. 갱신 폭은 그래디언트의 크기를 따라가야 한다.",
        "Only the gradient's sign is used: the length of the step must follow its size.",
    ),
    without_rate=(
        {"lr * grad": "grad"},
        "학습률을 곱하지 않았다. 그래디언트는 가파르기일 뿐이고, 갱신 폭은 η를 곱해야 나온다.",
        "The learning rate is missing: a step is the gradient times η.",
    ),
    step_alone=(
        {"w - lr": "-lr"},
        "걸음만 돌려주었다. 돌려줄 것은 걸음을 더한 새 w다.",
        "The step alone is returned: return the new w, the old one plus the step.",
    ),
    normalised=(
        {"grad(w)": "grad(w) / np.linalg.norm(grad(w))"},
        "그래디언트를 제 크기로 나눴다. 그러면 갱신 폭이 늘 η이고, 가파르기를 따라가지 않는다.",
        "The gradient is divided by its norm: every step is then η long, however steep it is.",
    ),
    scales_w=(
        {"w - lr * grad(w)": "w * (1 - lr * grad(w))"},
        "W에 (1 − ηg)를 곱했다. 걸음에 W가 더 곱해진다. ηg를 W에서 빼기만 한다.",
        "W is multiplied by 1 − ηg, so that the step has a factor W: just subtract ηg from W.",
    ),
    twice=(
        {"lr * grad": "2 * lr * grad"},
        "걸음이 두 배다. 제곱을 미분한 2는 `grad` 안에 이미 있다. η만 곱한다.",
        "The step is twice as long: a 2 from differentiating a square is in `grad` already.",
    ),
)
enter(
    "momentum",
    uphill=(
        {"- lr": "+ lr"},
        "속도에 그래디언트를 더했다. v ← αv − η∇L에서 그래디언트 앞은 빼기다.",
        "The gradient is added to the velocity; in v ← αv − η∇L it is subtracted.",
    ),
    alpha_on_gradient=(
        {"alpha * v - lr": "v - alpha * lr"},
        "α를 그래디언트 쪽에 곱했다. α는 지난 속도를 얼마나 남길지 정한다.",
        "α stands at the gradient; it says how much of the past velocity is kept.",
    ),
    as_mean=(
        {"- lr": "- (1 - alpha) * lr"},
        "새 그래디언트에 (1−α)를 곱했다. 그러면 속도는 합이 아니라 평균이 되고 걸음이 작아진다.",
        "The new gradient is weighed by 1−α: the velocity becomes a mean, not a sum.",
    ),
    rate_twice=(
        {"w + v": "w + lr * v"},
        "학습률을 두 번 곱했다. η는 속도를 고칠 때 이미 들어갔으니 W에는 v를 그대로 더한다.",
        "The learning rate is applied twice: it is in the velocity already, so W moves by v"
        " itself.",
    ),
    old_velocity=(
        {"v = alpha": "new = alpha", "w + v, v": "w + v, new"},
        "고치기 전의 속도로 W를 옮겼다. 먼저 v를 고치고, 새 v로 옮긴다.",
        "W moves by the old velocity: v is updated first, and W moves by the new one.",
    ),
    forgets=(
        {"v = alpha": "new = alpha", "w + v, v": "w + new, v"},
        "돌려준 v가 받은 v 그대로다. 새 속도를 v로 돌려주지 않으면 다음 걸음이 기억하지 못해 SGD와"
        " 같아진다.",
        "The v that is returned is the v that was passed: unless v is updated and returned, the"
        " next step forgets it, and what is left is SGD.",
    ),
    subtracts_velocity=(
        {"w + v": "w - v"},
        "W에서 속도를 뺐다. 빼기는 속도를 고칠 때 이미 했으니 W에는 v를 더한다.",
        "The velocity is subtracted from W: the minus is in the velocity already, so v is added.",
    ),
    gradient_twice=(
        {"w + v": "w + v - lr * grad(w)"},
        "그래디언트를 두 번 썼다. 새 v에 이미 들어 있으니 W는 v만큼만 옮긴다.",
        "The gradient acts twice: it is in the new v already, and W moves by v alone.",
    ),
    as_pytorch=(
        {"- lr *": "+", "w + v": "w - lr * v"},
        "PyTorch의 꼴이다. 길은 같지만 간직하는 값이 −v/η다. 여기서는 속도 v를 돌려주자.",
        "This is PyTorch's form: the path is the same, but what it keeps is −v/η, not the"
        " velocity.",
    ),
    mean_of_gradients=(
        {"- lr *": "+ (1 - alpha) *", "w + v": "w - lr * v"},
        "v에 그래디언트의 평균을 담았다. Adam의 m이 그렇다. 이 식의 v는 합이고, 걸음 그 자체다.",
        "v holds a mean of gradients, as Adam's m does; here it is a sum, and the step itself.",
    ),
    as_nesterov=(
        {"w + v": "w + alpha * v - lr * grad(w)"},
        "새 v에 α를 또 곱하고 그래디언트를 또 뺐다. NAG를 고쳐 쓴 꼴이다. Momentum은 W에 새 v만"
        " 더한다.",
        "α and the gradient act on the new v once more, as in a form of NAG: Momentum adds the new"
        " v and nothing else.",
    ),
    as_nag=(
        {"grad(w)": "grad(w + alpha * v)"},
        "그래디언트를 W + αv에서 쟀다. 그것은 NAG다. Momentum은 지금 있는 W에서 잰다.",
        "The gradient is taken at W + αv, which is NAG; Momentum takes it at W, where it is.",
    ),
    turned_velocity=(
        {"- lr": "+ lr", "w + v": "w - v"},
        "길은 같지만 v의 부호가 반대다. 여기서 v는 걸음 그 자체다. v에서 빼고 W에는 더한다.",
        "The path is the same, but v has the other sign: here v is the step itself, so the gradient"
        " is subtracted in v and v is added to W.",
    ),
    without_friction=(
        {"alpha * v - lr *": "v + alpha *", "w + v": "w - lr * v"},
        "α를 그래디언트에 곱하고 옛 속도는 그대로 남겼다. α는 옛 속도에 곱해서 줄이는 수다.",
        "α multiplies the gradient and the old velocity is kept whole: α belongs to the velocity,"
        " which it makes fade.",
    ),
    starts_with_gradient=(
        {"alpha * v - lr * grad(w)": "np.where(v == 0, -grad(w), alpha * v - lr * grad(w))"},
        "첫 v를 η를 곱하지 않은 −g로 시작했다. 첫 걸음도 같은 식이다. v = 0에서 출발하면 −ηg가"
        " 된다.",
        "The first v is −g, without η: the first step has the same equation, and from v = 0 it"
        " gives −ηg.",
    ),
    mean_and_old=(
        {
            "v = alpha * v - lr *": "new = alpha * v + (1 - alpha) *",
            "w + v, v": "w - (1 - alpha) * lr * v, new",
        },
        "(1−α)를 두 번 쓰고, W는 고치기 전의 v로 옮겼다. v ← αv − ηg로 고친 뒤 새 v를 더한다.",
        "1−α is used twice, and W moves by the old v: update it by v ← αv − ηg, and add the new.",
    ),
    moves_first=(
        {"v = alpha": "w = w + v\n    v = alpha", "w + v, v": "w, v"},
        "W를 먼저 옮기고 나서 v를 고쳤다. 순서가 반대다. v를 먼저 고치고, 새 v만큼 W를 옮긴다.",
        "W moves first and v is updated after it: the other way round, update v, then move W by"
        " it.",
    ),
    swapped=(
        {"alpha * v - lr": "lr * v - alpha"},
        "η와 α의 자리가 바뀌었다. α는 옛 속도에, η는 그래디언트에 곱한다.",
        "η and α are swapped: α belongs to the old velocity, η to the gradient.",
    ),
    starts_anew=(
        {"alpha * v": "alpha * 0.0 * v"},
        "옛 속도가 사라졌다. 함수 안에서 v를 0으로 두면 안 된다. 받은 v에 α를 곱해 남긴다.",
        "The old velocity is lost: do not set v to 0 inside, keep α times the v that is passed.",
    ),
    walks_as_sgd=(
        {"w + v": "w - lr * grad(w)"},
        "v는 고쳤지만 W를 SGD처럼 옮겼다. W는 새 v만큼 옮긴다.",
        "v is updated, but W moves as in SGD: it must move by the new v.",
    ),
    alpha_twice=(
        {"w + v": "w + alpha * v"},
        "W를 옮길 때 α를 또 곱했다. α는 v를 고칠 때 이미 들어갔으니 W에는 v를 그대로 더한다.",
        "α is applied once more when W moves: it is in the velocity already.",
    ),
)
enter(
    "nag",
    without_looking=(
        {"w + alpha * v": "w"},
        "그래디언트를 W에서 쟀다. 그러면 Momentum이다. NAG는 Ŵ = W + αv에서 잰다.",
        "The gradient is taken at W, which is Momentum; NAG takes it at Ŵ = W + αv.",
    ),
    new_velocity=(
        {"w + alpha * v": "w + alpha * (alpha * v - lr * grad(w))"},
        "v를 먼저 고치고 새 v로 앞을 내다봤다. Ŵ = W + αv의 v는 고치기 전의 속도다.",
        "v is updated first and the new one looks ahead; the v of Ŵ = W + αv is the old one.",
    ),
    looks_too_far=(
        {"w + alpha * v": "w + v"},
        "αv가 아니라 v만큼 앞을 봤다. 다음 걸음에 남는 속도는 v가 아니라 αv다.",
        "It looks ahead by v instead of αv: what is kept for the next step is αv.",
    ),
    steps_from_ahead=(
        {"w + alpha * v": "w := w + alpha * v"},
        "Ŵ에서 출발해 걸었다. Ŵ는 그래디언트만 재는 곳이고, 걸음은 W에서 뗀다.",
        "It steps from Ŵ: Ŵ is where the gradient is taken, the step starts from W.",
    ),
    looks_back=(
        {"w + alpha": "w - alpha"},
        "뒤를 돌아봤다. 앞은 속도가 가리키는 쪽, W − αv가 아니라 W + αv다.",
        "It looks back: ahead is where the velocity points, W + αv and not W − αv.",
    ),
    as_pytorch=(
        {"- lr * grad(w + alpha * v)": "+ grad(w)", "w + v": "w - lr * (grad(w) + alpha * v)"},
        "PyTorch의 꼴이다. 그 w는 W가 아니라 Ŵ = W + αv이고, 간직하는 값은 −v/η다.",
        "This is PyTorch's form: its w is Ŵ = W + αv, and what it keeps is −v/η.",
    ),
    carries_ahead=(
        {
            "v = alpha * v - lr * grad(w + alpha * v)": "new = alpha * v - lr * grad(w)",
            "w + v, v": "w - alpha * v + (1 + alpha) * new, new",
        },
        "Ŵ를 들고 다니는 꼴이다. 틀린 길은 아니지만 돌려주는 것이 W가 아니라 W + αv다.",
        "This form carries Ŵ: the path is no other, but what is returned is W + αv and not W.",
    ),
    carries_ahead_swapped=(
        {"w + alpha * v": "w", "w + v": "w + alpha**2 * v - (1 + alpha) * lr * grad(w)"},
        "널리 퍼진 실수다. Ŵ를 들고 다니는 꼴에서 α² 옆의 v는 고치기 전의 속도여야 한다.",
        "A widespread mistake: in the form that carries Ŵ, the v beside α² is the old velocity.",
    ),
    forgets=(
        {"v = alpha": "new = alpha", "w + v, v": "w + new, v"},
        "돌려준 v가 받은 v 그대로다. 새 속도를 돌려주지 않으면 다음 걸음이 기억하지 못한다.",
        "The v that is returned is the v that was passed: the next step cannot remember the new.",
    ),
    adds_outside=(
        {"grad(w + alpha * v)": "(grad(w) + alpha * v)"},
        "αv를 `grad(…)`의 괄호 밖에서 더했다. 괄호 안, 곧 그래디언트를 재는 자리에 더한다.",
        "αv is added outside the parentheses of `grad(…)`: add it inside, to where it is taken.",
    ),
    rate_in_look=(
        {"w + alpha * v": "w + lr * alpha * v"},
        "앞을 내다볼 때 η를 곱했다. v에는 η가 이미 들어 있다. Ŵ = W + αv에서 잰다.",
        "The look ahead is multiplied by η, which is in v already: Ŵ is W + αv.",
    ),
    returns_ahead=(
        {
            "v = alpha * v - lr * grad(w + alpha * v)": "ahead = w + alpha * v\n"
            "    v = alpha * v - lr * grad(ahead)",
            "w + v, v": "ahead, v",
        },
        "미리 가 본 Ŵ를 새 W로 돌려주었다. Ŵ에서는 재기만 한다. 새 W는 W + v다.",
        "The look-ahead Ŵ is returned as the new W: it is for the gradient alone, and the new W is"
        " W + v.",
    ),
    turned_velocity=(
        {"- lr * grad(w + alpha": "+ lr * grad(w - alpha", "w + v": "w - v"},
        "길은 같지만 v의 부호가 반대다. 여기서 v는 걸음 그 자체다. v에서 빼고 W에는 더한다.",
        "The path is the same, but v has the other sign: here v is the step itself, so the gradient"
        " is subtracted in v and v is added to W.",
    ),
    pytorch_without_parentheses=(
        {"- lr * grad(w + alpha * v)": "+ grad(w)", "w + v": "w - lr * alpha * v + grad(w)"},
        "PyTorch의 꼴 W − η(g + αv)에서 괄호가 빠졌다. 그래서 g가 η 없이 더해진다.",
        "The parentheses of PyTorch's form W − η(g + αv) are missing, and so g is added without η.",
    ),
)
enter(
    "adagrad",
    not_squared=(
        {"g * g": "g"},
        "그래디언트를 제곱하지 않고 쌓았다. 부호가 다른 그래디언트가 서로 지운다.",
        "The gradient is summed without being squared, so that opposite signs cancel.",
    ),
    overwrites=(
        {"h + g": "g"},
        "h를 더하지 않고 덮어썼다. AdaGrad의 h는 지금까지의 제곱을 모두 더한 값이다.",
        "h is overwritten instead of accumulated: it is the sum of all squares so far.",
    ),
    without_root=(
        {"sqrt(h + eps_root)": "h + eps_root"},
        "제곱근을 빠뜨렸다. h는 그래디언트의 제곱이므로 √를 씌워야 단위가 맞는다.",
        "The root is missing: h is a square, and only √h is of the gradient's unit.",
    ),
    old_sum=(
        {"h = h": "new = h", "g, h": "g, new"},
        "이번 그래디언트를 더하기 전의 h로 나눴다. 먼저 h에 더하고, 새 h로 나눈다.",
        "It divides by the h from before this gradient: h is updated first.",
    ),
    gradient_under_root=(
        {"sqrt(h": "sqrt(h + g"},
        "그래디언트까지 제곱근 안에 넣었다. √는 h에만 씌우고 그래디언트는 밖에서 곱한다.",
        "The gradient is under the root too: the root is of h alone.",
    ),
    uphill=(
        {"w - lr": "w + lr"},
        "부호가 반대다. 학습률을 나누어도 걸음은 여전히 그래디언트의 반대쪽이다.",
        "The sign is turned: with a divided rate too, the step goes against the gradient.",
    ),
    one_for_all=(
        {"g * g": "np.sum(g * g)"},
        "모든 원소의 제곱을 한데 더했다. h는 원소마다 따로 쌓아야 학습률도 원소마다 달라진다.",
        "The squares of all elements are added up: each element has an h of its own.",
    ),
    forgets=(
        {"h = h + g * g": "new = h + g * g", "sqrt(h": "sqrt(new"},
        "돌려준 h가 받은 h 그대로다. 새 h를 돌려주지 않으면 아무것도 쌓이지 않는다.",
        "The h that is returned is the h that was passed: nothing accumulates.",
    ),
    scaled_gradient=(
        {"g = grad(w)": "g = lr * grad(w)", "w - lr": "w - 1"},
        "η를 곱한 그래디언트를 제곱해 쌓았다. 그러면 나눌 때 η가 약분되어 사라진다.",
        "The gradient is squared with η in it: η then cancels when it divides.",
    ),
    scaled_and_old=(
        {
            "g = grad(w)": "g = lr * grad(w)",
            "w - lr": "w - 1",
            "h = h": "new = h",
            "g, h": "g, new",
        },
        "η를 곱한 그래디언트를 쌓아 η가 약분되고, 더하기 전의 h로 나눴다. h에는 g²을 먼저 더한다.",
        "ηg is accumulated, so that η cancels, and it divides by the h from before: add g² to h"
        " first.",
    ),
    absolute=(
        {"g * g": "abs(g)", "sqrt(h + eps_root)": "h"},
        "제곱 대신 절댓값 |g|를 쌓고 제곱근도 없앴다. h에는 g²을 쌓고 √h로 나눈다.",
        "The absolute value |g| is accumulated, and the root left out: add g², and divide by √h.",
    ),
    keeps_root=(
        {"g, h": "g, sqrt(h)"},
        "h 대신 √h를 돌려주었다. 제곱근은 나눌 때만 씌우고, 간직할 것은 제곱의 합 h다.",
        "√h is returned for h: the root is for the division, what is kept is the sum of squares.",
    ),
    without_gradient=(
        {"eps) * g": "eps)"},
        "걸음에 그래디언트를 곱하지 않았다. η/√h는 학습률일 뿐이고, 방향은 g에서 온다.",
        "The step lacks the gradient: η/√h is only the rate, the direction comes from g.",
    ),
    starts_above_zero=(
        {"h = h + g": "h = np.where(h == 0, 0.1, h) + g"},
        "h를 0이 아니라 0.1에서 출발시켰다. 이 식의 h는 0에서 출발한다.",
        "h starts at 0.1: in this equation it starts at 0.",
    ),
    returns_rate=(
        {
            "return w - lr / (sqrt(h + eps_root) + eps) * g, h": "lr = lr / (sqrt(h + eps_root) +"
            " eps)\n    return w - lr * g, lr"
        },
        "h 대신 나눈 학습률을 돌려주었다. 다음 걸음에 넘길 것은 제곱의 합 h다.",
        "The divided rate is returned for h: what goes on to the next step is the sum h.",
    ),
)
enter(
    "rmsprop",
    without_weight=(
        {"(1 - gamma) * (g * g)": "g * g"},
        "새 제곱에 (1−γ)를 곱하지 않았다. 그러면 평균이 아니라 합이 되어 h가 1/(1−γ)배로 커진다.",
        "1−γ is missing at the new square: h becomes a sum, 1/(1−γ) times too large.",
    ),
    swapped=(
        {"gamma * h + (1 - gamma)": "(1 - gamma) * h + gamma"},
        "γ와 1−γ의 자리가 바뀌었다. γ는 과거에 붙는다.",
        "γ and 1−γ are swapped: γ belongs to the past.",
    ),
    never_forgets=(
        {"gamma * h": "h"},
        "AdaGrad처럼 잊지 않고 쌓았다. RMSProp은 옛 h에 γ를 곱해 잊는다.",
        "It accumulates as AdaGrad does: RMSProp multiplies the old h by γ to forget.",
    ),
    not_squared=(
        {"g * g": "g"},
        "그래디언트를 제곱하지 않고 평균 냈다. RMS의 S는 제곱(square)이다.",
        "The gradient is averaged without being squared: the S of RMS is for square.",
    ),
    without_root=(
        {"sqrt(h + eps_root)": "h + eps_root"},
        "제곱근을 빠뜨렸다. 나누는 것은 h가 아니라 √h다.",
        "The root is missing: it divides by √h, not by h.",
    ),
    uphill=(
        {"w - lr": "w + lr"},
        "부호가 반대다. 학습률을 나누어도 걸음은 여전히 그래디언트의 반대쪽이다.",
        "The sign is turned; with a divided rate too, the step goes against the gradient.",
    ),
    old_average=(
        {"h = gamma": "new = gamma", "g, h": "g, new"},
        "이번 그래디언트를 넣기 전의 h로 나눴다. 첫 걸음의 h가 0이라 걸음이 터무니없이 커진다.",
        "It divides by the h from before this gradient, which is 0 at the first step.",
    ),
    without_parentheses=(
        {"(1 - gamma) *": "1 - gamma *"},
        "`1 - gamma * g * g`는 1에서 γg²을 뺀 것이다. `(1 - gamma) * g * g`로 묶자.",
        "`1 - gamma * g * g` takes γg² from 1: write `(1 - gamma) * g * g`.",
    ),
    as_adagrad=(
        {"gamma * h + (1 - gamma) * (g * g)": "h + g * g"},
        "AdaGrad의 합이다. RMSProp의 h는 γh + (1−γ)g², 곧 이동평균이다.",
        "This is AdaGrad's sum: RMSProp's h is γh + (1−γ)g², a moving average.",
    ),
    starts_with_square=(
        {
            "gamma * h + (1 - gamma) * (g * g)": "np.where(h == 0, g * g, gamma * h + (1 - gamma) *"
            " (g * g))"
        },
        "첫 h를 g²으로 시작했다. 첫 걸음도 같은 식이다. h = 0에서 출발하면 (1−γ)g²이 된다.",
        "The first h is g²: the first step has the same equation, which gives (1−γ)g² from h = 0.",
    ),
    forgets=(
        {"h = gamma": "new = gamma", "sqrt(h": "sqrt(new"},
        "돌려준 h가 받은 h 그대로다. 새 h를 돌려주지 않으면 평균이 쌓이지 않는다.",
        "The h that is returned is the h that was passed: the average never fills.",
    ),
    centered=(
        {"g * g": "(g - np.mean(g)) ** 2"},
        "그래디언트에서 원소들의 평균을 뺐다. h에는 원소마다 g²을 그대로 넣는다.",
        "The mean over the elements is taken from the gradient: h takes each element's g² as it"
        " is.",
    ),
    keeps_root=(
        {
            "gamma * h + (1 - gamma) * (g * g)": "sqrt(gamma * h + (1 - gamma) * (g * g))",
            "sqrt(h + eps_root)": "h",
        },
        "h에 제곱근을 씌워 간직했다. 다음 걸음에는 √h가 h 자리에 들어간다. 제곱근은 나눌 때만"
        " 씌운다.",
        "h is kept with its root, which then stands for h in the next step: the root is for the"
        " division alone.",
    ),
)
enter(
    "adam",
    without_correction=(
        adam_without_correction,
        "편향을 보정하지 않았다. m과 v를 1−βᵗ로 나누어야 처음 몇 걸음이 제 크기가 된다.",
        "The bias is not corrected: m and v are divided by 1−βᵗ before they are used.",
    ),
    counts_from_zero=(
        {"beta1**t": "beta1 ** (t - 1)", "beta2**t": "beta2 ** (t - 1)"},
        "t를 늘리기 전에 썼다. 첫 걸음의 t는 1이다. 0이면 1−β⁰ = 0으로 나누게 된다.",
        "t is used before it is counted up: the first step has t = 1, or it divides by 0.",
    ),
    one_beta=(
        {"beta2 * v + (1 - beta2)": "beta1 * v + (1 - beta1)", "beta2**t": "beta1**t"},
        "두 모멘트에 β₁ 하나를 함께 썼다. 2차 모멘트는 β₂로 훨씬 천천히 잊는다.",
        "One β serves both moments: the second forgets much more slowly, by β₂.",
    ),
    moments_swapped=(
        {"lr * m_hat / (sqrt(v_hat": "lr * v_hat / (sqrt(m_hat"},
        "m과 v의 자리가 바뀌었다. 방향은 m̂에서, 나눌 크기는 √v̂에서 온다.",
        "m and v are swapped: the direction comes from m̂, the size to divide by from √v̂.",
    ),
    corrects_m_alone=(
        {"v / (1 - beta2**t)": "v"},
        "m만 보정했다. v도 0에서 출발하므로 1−β₂ᵗ로 나누어야 한다.",
        "Only m is corrected: v starts at 0 too, and is divided by 1−β₂ᵗ.",
    ),
    not_squared=(
        {"g * g": "g"},
        "2차 모멘트에 그래디언트를 제곱하지 않고 넣었다.",
        "The second moment is fed the gradient without its square.",
    ),
    uphill=(
        {"w - lr": "w + lr"},
        "걸음을 더했다. 본문은 말로는 더한다고 하지만 식은 뺀다. m̂은 그래디언트와 부호가 같다.",
        "The step is added, as the chapter's prose says; its equation subtracts, and m̂ has the"
        " gradient's sign.",
    ),
    keeps_corrected=(
        {"m, v, t": "m_hat, v_hat, t"},
        "보정한 m̂과 v̂을 간직했다. 다음 걸음으로 넘길 것은 보정하기 전의 m과 v다.",
        "The corrected m̂ and v̂ are kept: what goes on to the next step is m and v themselves.",
    ),
    returns_corrected=(
        {"lr * m_hat": "lr * m", "sqrt(v_hat": "sqrt(v", "m, v, t": "m_hat, v_hat, t"},
        "보정한 m̂과 v̂을 돌려주기만 하고 걸음에는 쓰지 않았다. 거꾸로다. 걸음에 m̂과 v̂을 쓰고,"
        " m과 v를 돌려준다.",
        "The corrected m̂ and v̂ are returned and not used: use them in the step, and return m and"
        " v.",
    ),
    always_first=(
        {"grad(w), t + 1": "grad(w), 1"},
        "t를 늘 1로 두었다. 그러면 걸음마다 첫 걸음처럼 보정한다. 받은 t에 1을 더한다.",
        "t is always 1, and every step is corrected as the first: add 1 to the t that is passed.",
    ),
    multiplies_by_t=(
        {"beta1**t": "beta1 * t", "beta2**t": "beta2 * t"},
        "βᵗ 대신 β·t로 보정했다. 출발값의 비중은 걸음마다 β가 곱해져 βᵗ가 된다.",
        "It corrects by β·t instead of βᵗ: the start's weight is multiplied by β at each step.",
    ),
    without_inertia=(
        {"lr * m_hat": "lr * g"},
        "m̂ 자리에 그래디언트를 그대로 썼다. 그러면 관성이 없는 RMSProp(보정한 것)이다.",
        "The gradient stands where m̂ belongs: that is RMSProp, corrected, without inertia.",
    ),
    without_root=(
        {"sqrt(v_hat + eps_root)": "v_hat"},
        "v̂에 제곱근이 빠졌다. v̂은 제곱의 평균이므로 √v̂로 나눈다.",
        "The root of v̂ is missing: v̂ is a mean of squares, and it divides by √v̂.",
    ),
    corrects_v_alone=(
        {"m / (1 - beta1**t)": "m"},
        "v만 보정했다. m도 0에서 출발하므로 1−β₁ᵗ로 나누어야 한다.",
        "Only v is corrected: m starts at 0 too, and is divided by 1−β₁ᵗ.",
    ),
    keeps_t=(
        {"t = grad": "s = grad", "beta1**t": "beta1**s", "beta2**t": "beta2**s"},
        "t를 늘려서 쓰기는 했지만 받은 t를 그대로 돌려주었다. 다음 걸음도 첫 걸음인 줄 안다.",
        "t + 1 is used, but the t that was passed is returned: every step thinks it is the first.",
    ),
    without_t=(
        {"beta1**t": "beta1", "beta2**t": "beta2"},
        "1−βᵗ 대신 늘 1−β로 나눴다. 첫 걸음에만 맞다. β를 t번 곱한 βᵗ를 쓴다.",
        "It divides by 1−β at every step, which is right at the first alone: use βᵗ.",
    ),
    swapped=(
        {
            "beta1 * m + (1 - beta1)": "(1 - beta1) * m + beta1",
            "beta2 * v + (1 - beta2)": "(1 - beta2) * v + beta2",
        },
        "β와 1−β의 자리가 바뀌었다. β는 과거(m, v)에, 1−β는 새 값에 곱한다.",
        "β and 1−β are swapped: β belongs to the past (m, v), 1−β to what is new.",
    ),
    swapped_everywhere=(
        {
            "beta1 * m + (1 - beta1)": "(1 - beta1) * m + beta1",
            "beta2 * v + (1 - beta2)": "(1 - beta2) * v + beta2",
            "beta1**t": "(1 - beta1) ** t",
            "beta2**t": "(1 - beta2) ** t",
        },
        "β와 1−β의 자리가 보정에서까지 모두 바뀌었다. β는 과거의 비중이고, 출발값의 비중은 βᵗ다.",
        "β and 1−β are swapped, in the correction too: β is the weight of the past, βᵗ that of the"
        " start.",
    ),
    multiplies=(
        {"m / (1 - beta1**t)": "m * (1 - beta1**t)", "v / (1 - beta2**t)": "v * (1 - beta2**t)"},
        "1−βᵗ로 나누지 않고 곱했다. 비중의 합이 1이 되게 하려면 나눈다.",
        "m and v are multiplied by 1−βᵗ: to make the weights add up to 1, divide.",
    ),
    corrects_twice=(
        {"lr * m_hat": "lr * sqrt(1 - beta2**t) / (1 - beta1**t) * m_hat"},
        "보정을 두 번 했다. m̂과 v̂을 쓰거나 학습률에 √(1−β₂ᵗ)/(1−β₁ᵗ)를 곱하거나 하나만 한다.",
        "The bias is corrected twice: either use m̂ and v̂, or multiply the rate by"
        " √(1−β₂ᵗ)/(1−β₁ᵗ).",
    ),
    power_outside=(
        {
            "lr * m_hat / (sqrt(v_hat": "lr * sqrt((1 - beta2) ** t) / (1 - beta1) ** t * m /"
            " (sqrt(v"
        },
        "1−βᵗ 대신 (1−β)ᵗ를 썼다. 지수 t는 β에만 붙는다.",
        "(1−β)ᵗ stands for 1−βᵗ: the power t is of β alone.",
    ),
    fading_beta=(
        {"beta1 * m + (1 - beta1) * g": "beta1**t * m + (1 - beta1**t) * g"},
        "m을 고칠 때 β₁ 대신 β₁ᵗ를 썼다. 걸음마다 곱하는 것은 β₁이고, βᵗ는 보정에만 쓴다.",
        "m is updated with β₁ᵗ for β₁: each step multiplies by β₁, and βᵗ is for the correction.",
    ),
    around_mean=(
        {"g * g": "(g - m) ** 2"},
        "v에 (g − m)²을 넣었다. 그것은 AdaBelief다. Adam의 v는 g²의 평균이다.",
        "v is fed (g − m)², which is AdaBelief; Adam's v is a mean of g².",
    ),
    root_of_all=(
        {"m_hat / (sqrt(v_hat + eps_root) + eps)": "sqrt(m_hat / (v_hat + eps))"},
        "제곱근을 분수 전체에 씌웠다. √는 v̂에만 씌운다. m̂은 음수일 수 있어 nan이 된다.",
        "The root is over the whole fraction: it is of v̂ alone, and m̂ may be negative, which is"
        " nan.",
    ),
    corrections_swapped=(
        {"m / (1 - beta1**t)": "m / (1 - beta2**t)", "v / (1 - beta2**t)": "v / (1 - beta1**t)"},
        "보정하는 β가 바뀌었다. m은 1−β₁ᵗ로, v는 1−β₂ᵗ로 나눈다.",
        "The βs of the corrections are swapped: m is divided by 1−β₁ᵗ, v by 1−β₂ᵗ.",
    ),
    forgets=(
        {"t = grad": "s = grad", "beta1**t": "beta1**s", "beta2**t": "beta2**s"}
        | {"m = beta1": "new = beta1", "m / (1": "new / (1"}
        | {"v = beta2": "square = beta2", "v / (1": "square / (1", "m, v, t": "m, v, s"},
        "돌려준 m과 v가 받은 그대로다. 새 m과 v를 돌려주어야 다음 걸음이 평균을 이어 간다.",
        "The m and v that are returned are those that were passed: return the new ones, for the"
        " next step to go on from.",
    ),
)
enter(
    "adamw",
    decay_in_gradient=(
        {"adam(grad,": "adam(lambda w: grad(w) + weight_decay * w,", "w - decay": "w"},
        "감쇠를 그래디언트에 더했다. 그러면 √v̂로 나뉘어 버린다. AdamW는 W에서 바로 뺀다.",
        "The decay is added to the gradient, and divided by √v̂ with it; AdamW takes it from W.",
    ),
    decay_without_rate=(
        {"lr * weight_decay": "weight_decay"},
        "감쇠에 학습률을 곱하지 않았다. W는 한 걸음에 ηλW만큼 준다.",
        "The decay is not multiplied by the learning rate: W loses ηλW in a step.",
    ),
    without_decay=(
        {"w - decay": "w"},
        "감쇠를 빠뜨렸다. 그러면 Adam이다.",
        "The decay is missing: that is Adam.",
    ),
    decay_after=(
        {"w - decay": "w - lr * weight_decay * w"},
        "걸음을 뗀 뒤의 새 W를 줄였다. 감쇠는 걸음을 떼기 전의 W에서 ηλW만큼 뺀다.",
        "The decay is taken of the new W, after the step: it is ηλW of the W from before.",
    ),
    decay_of_square=(
        {"weight_decay * w": "weight_decay * w * w"},
        "감쇠에 W를 두 번 곱했다. W²을 미분하면 W다. 뺄 것은 ηλW다.",
        "The decay has W twice: W² is the penalty, its derivative is W, and ηλW is subtracted.",
    ),
    decay_added=(
        {"w - decay": "w + decay"},
        "감쇠를 더했다. 그러면 W가 걸음마다 커진다. W에서 빼야 0으로 끌린다.",
        "The decay is added, and W grows at every step: it is subtracted, to pull W to 0.",
    ),
)
enter(
    "radam",
    trusts_at_once=(
        {"* (known * adapt + (1 - known))": "/ (sqrt(v / (1 - beta2**t)) + eps)"},
        "처음부터 √v̂로 나눴다. ρ_t가 5를 넘기 전에는 보정한 1차 모멘트만으로 걷는다.",
        "It divides by √v̂ from the start: up to ρ_t = 5 it walks by the corrected m alone.",
    ),
    without_r=(
        {"r * sqrt(1 - beta2**t) / (sqrt(v) + eps)": "1 / (sqrt(v / (1 - beta2**t)) + eps)"},
        "r_t를 곱하지 않았다. v를 믿을 수 있는 만큼만 걸음을 늘려야 한다.",
        "r_t is missing: the step grows only as far as v can be trusted.",
    ),
)
enter(
    "slope",
    to_the_right=(
        {"loss(w - h)": "loss(w)", "(2 * h)": "h"},
        "한쪽만 쟀다. W에서 오른쪽으로 잰 기울기는 h만큼 어긋난다. 양쪽에서 재면 h²만큼만"
        " 어긋난다.",
        "It measures on one side, which is off by h; measured on both sides it is off by h².",
    ),
    to_the_left=(
        {"loss(w + h)": "loss(w)", "(2 * h)": "h"},
        "왼쪽만 쟀다. 양쪽에서 재면 어긋나는 폭이 h가 아니라 h²이 된다.",
        "It measures on the left alone; on both sides it is off by h² instead of h.",
    ),
    twice=(
        {"(2 * h)": "h"},
        "h로 나눴다. 두 자리의 사이는 h가 아니라 2h다.",
        "It divides by h: the two places are 2h apart.",
    ),
    without_parentheses=(
        {"(2 * h)": "2 * h"},
        "`/ 2 * h`는 2로 나눈 뒤 h를 곱한다. `/ (2 * h)`로 묶자.",
        "`/ 2 * h` divides by 2 and multiplies by h: write `/ (2 * h)`.",
    ),
    of_last_alone=(
        {"(loss(w + h) - loss(w - h))": "loss(w + h) - loss(w - h)"},
        "괄호가 없으면 뒤의 손실만 2h로 나눈다. 뺀 다음에 나누도록 차이를 괄호로 묶자.",
        "Without parentheses only the second loss is divided: put them around the difference.",
    ),
    undivided=(
        {" / (2 * h)": ""},
        "손실의 차이만 돌려주었다. 기울기는 차이를 사이의 거리 2h로 나눈 것이다.",
        "The difference alone is returned: a slope is the difference over the distance, 2h.",
    ),
    turned=(
        {"loss(w + h) - loss(w - h)": "loss(w - h) - loss(w + h)"},
        "부호가 반대다. 오른쪽 손실에서 왼쪽 손실을 빼야 오르막이 양수가 된다.",
        "The sign is turned: right minus left, so that uphill is positive.",
    ),
)
enter(
    "batch",
    sum=(
        {" / len(k)": ""},
        "평균이 아니라 합을 냈다. 배치 크기가 바뀔 때마다 걸음도 바뀐다.",
        "It is a sum, not a mean: the step changes with the size of the batch.",
    ),
    of_everything=(
        {"x[k].T @ (x[k] @ w - y[k]) / len(k)": "x.T @ (x @ w - y) / len(x)"},
        "k를 쓰지 않고 데이터를 모두 썼다. 미니 배치라면 `x[k]`와 `y[k]`만 봐야 한다.",
        "All of the data is used: a mini-batch looks at `x[k]` and `y[k]` alone.",
    ),
    over_everything=(
        {"len(k)": "len(x)"},
        "데이터 전체의 수로 나눴다. 배치의 평균은 배치의 크기 `len(k)`로 나눈다.",
        "It divides by the number of all samples: the mean of the batch divides by `len(k)`.",
    ),
    of_one=(
        {"x[k].T @ (x[k] @ w - y[k]) / len(k)": "x[k[0]] * (x[k[0]] @ w - y[k[0]])"},
        "표본 하나만 썼다. 배치에 든 표본을 모두 재서 평균을 낸다.",
        "A single sample is used: measure every sample of the batch and take the mean.",
    ),
    without_two=(
        {"2 * ": ""},
        "제곱을 미분하면 나오는 2가 없다.",
        "The 2 is missing that comes of differentiating the square.",
    ),
    over_parameters=(
        {
            "x[k].T @ (x[k] @ w - y[k]) / len(k)": "np.mean(x[k] * (x[k] @ w - y[k])[:, None],"
            " axis=1)"
        },
        "파라미터의 축(`axis=1`)으로 평균 냈다. 표본의 축은 `axis=0`이다.",
        "The mean is over the parameters, `axis=1`: the samples' axis is `axis=0`.",
    ),
    of_loss=(
        {"2 * x[k].T @ (x[k] @ w - y[k]) / len(k)": "np.mean((x[k] @ w - y[k]) ** 2)"},
        "손실을 돌려주었다. 돌려줄 것은 손실을 w로 미분한 것이고, 파라미터마다 하나씩이다.",
        "This is the loss: return its derivative by w, one number for each parameter.",
    ),
    steps=(
        {"return 2": "return w - 2"},
        "w에서 빼기까지 했다. 돌려줄 것은 그래디언트다. 학습률을 곱해서 빼는 일은 SGD가 한다.",
        "It is subtracted from w: return the gradient alone, SGD takes the step.",
    ),
    added=(
        {"@ w - y[k]": "@ w + y[k]"},
        "예측에 정답을 더했다. 빗나간 만큼은 예측에서 정답을 뺀 xw − y다.",
        "The target is added to the prediction: the miss is their difference, xw − y.",
    ),
    elementwise=(
        {"x[k].T @ (x[k] @ w - y[k]) / len(k)": "np.mean(x[k] * (x[k] * w - y[k, None]), axis=0)"},
        "예측을 `x * w`로 했다. 입력이 여럿이면 곱한 것을 모두 더한 `x @ w`가 예측이다.",
        "It predicts by `x * w`: with several inputs the prediction is their sum, `x @ w`.",
    ),
    squares_residual=(
        {"(x[k] @ w - y[k])": "(x[k] @ w - y[k]) ** 2"},
        "빗나간 만큼을 제곱한 채로 두었다. 제곱을 미분하면 2가 나오고 제곱은 풀린다.",
        "The miss is still squared: differentiating the square gives the 2, and takes the square.",
    ),
    over_inputs=(
        {"len(k)": "x.shape[1]"},
        "입력의 수로 나눴다. 배치의 평균은 표본의 수 `len(k)`로 나눈다.",
        "It divides by the number of inputs: the mean of the batch divides by `len(k)`.",
    ),
    turned=(
        {"x[k] @ w - y[k]": "y[k] - x[k] @ w"},
        "부호가 반대다. (xw − y)²을 미분하면 괄호 안은 y − xw가 아니라 xw − y다.",
        "The sign is turned: the derivative of (xw − y)² has xw − y in it, not y − xw.",
    ),
    without_input=(
        {"x[k].T @ (x[k] @ w - y[k]) / len(k)": "np.mean(x[k] @ w - y[k])"},
        "입력 x를 곱하지 않았다. 잔차의 평균이 되어 파라미터마다 다른 값이 나오지 않는다.",
        "The input x is missing: the mean residual is one number, not one for each parameter.",
    ),
    one_number=(
        {"x[k].T @ (x[k] @ w - y[k]) / len(k)": "np.mean(x[k] * (x[k] @ w - y[k])[:, None])"},
        "파라미터의 축까지 평균 냈다. 표본의 축(`axis=0`)으로만 평균 내야 w와 모양이 같다.",
        "The parameters are averaged too: take the mean over the samples alone, `axis=0`.",
    ),
    not_averaged=(
        {"x[k].T @ (x[k] @ w - y[k]) / len(k)": "x[k] * (x[k] @ w - y[k])[:, None]"},
        "표본마다의 그래디언트를 그대로 돌려주었다. 표본의 축으로 평균을 내야 한 걸음이 된다.",
        "Each sample's gradient is returned: their mean over the samples makes one step.",
    ),
)
enter(
    "ema",
    swapped=(
        {"alpha * x_n + (1 - alpha)": "(1 - alpha) * x_n + alpha"},
        "α와 1−α의 자리가 바뀌었다. 이 식에서 α는 새 값의 비중이다.",
        "α and 1−α are swapped: here α is the weight of the new value.",
    ),
    without_start=(
        {"return s": "return s[1:]"},
        "출발값을 빠뜨렸다. s₀ = 0부터 sₙ까지, x보다 하나 많게 돌려준다.",
        "The start is left out: return s₀ = 0 to sₙ, one more than there are x.",
    ),
    from_the_first=(
        {"= start": "= x[0]"},
        "첫 값에서 출발했다. 그러면 치우침은 없지만, 이 식의 출발값은 0이다.",
        "It starts at the first value: that has no bias, but this average starts at 0.",
    ),
    as_sum=(
        {"(1 - alpha) * ": ""},
        "옛 평균을 깎지 않았다. 1−α를 곱하지 않으면 평균이 아니라 합이 되어 끝없이 자란다.",
        "The old average keeps its full weight: without 1−α it is a sum, and grows for ever.",
    ),
    new_unweighed=(
        {"alpha * x_n": "x_n"},
        "새 값에 α를 곱하지 않았다. 두 비중을 더해 1이 되어야 평균이다.",
        "The new value is not weighed by α: the two weights of an average add up to 1.",
    ),
    as_mean=(
        {"alpha * x_n + (1 - alpha) * s[n]": "s[n] + (x_n - s[n]) / (n + 1)"},
        "모두에게 같은 비중을 주는 보통 평균이다. 지수이동평균은 옛 값일수록 비중이 작다.",
        "This is the plain mean, with equal weights; here the weights fade into the past.",
    ),
    first_unweighed=(
        {"= alpha * x_n": "= x_n if n == 0 else alpha * x_n"},
        "첫 값에 α를 곱하지 않고 그대로 넣었다. 첫 걸음도 같은 식이다. s₁ = αx₀ + (1−α)·0이다.",
        "The first value is taken whole: the first step has the same equation, s₁ = αx₀ + (1−α)·0.",
    ),
    corrected=(
        {"return s": "return s / np.r_[1, 1 - (1 - alpha) ** np.arange(1, len(s))]"},
        "출발값의 비중만큼 나누어 편향까지 보정했다. 그것은 3.7.7의 일이다. 여기서는 sₙ을 그대로"
        " 돌려준다.",
        "The bias is corrected, which is for 3.7.7: return the sₙ as they are.",
    ),
    of_last_value=(
        {"s[n]": "(x[n - 1] if n else start)"},
        "옛 평균이 아니라 바로 앞의 값 xₙ₋₁을 썼다. 1−α는 옛 평균 sₙ에 곱한다.",
        "The value before stands where the old average should: 1−α belongs to sₙ.",
    ),
    all_summed=(
        {"(1 - alpha) * s[n]": "s[n]", "return s": "return s[1:]"},
        "α를 곱해 더하기만 했다. 옛 평균에 1−α를 곱해야 잊는다. 출발값 s₀ = 0도 돌려준다.",
        "It only adds up: the old average must be multiplied by 1−α to fade. Return s₀ = 0 too.",
    ),
    last_alone=(
        {"return s": "return s[-1]"},
        "마지막 평균만 돌려주었다. s₀부터 차례로 모두 돌려주자.",
        "Only the last average is returned: return them all, from s₀ on.",
    ),
    first_as_start=(
        {"= start": "= x[0]", "return s": "return s[1:]"},
        "첫 값을 출발값으로 삼았다. 이 식은 0에서 출발하고, x가 n개면 n + 1개를 돌려준다.",
        "The first value is the start; this average starts at 0 and returns n + 1 for n values.",
    ),
    without_parentheses=(
        {"(1 - alpha) * s": "1 - alpha * s"},
        "`1 - alpha * s`는 1에서 αs를 뺀 것이다. `(1 - alpha) * s`로 묶자.",
        "`1 - alpha * s` takes αs from 1: write `(1 - alpha) * s`.",
    ),
)
enter(
    "correction",
    from_zero=(
        {"beta**t": "beta ** (t - 1)"},
        "t − 1을 썼다. t는 1부터 세므로 첫 걸음에서 0으로 나누게 된다.",
        "It uses t − 1: t counts from 1, and the first step divides by 0.",
    ),
    times_t=(
        {"beta**t": "beta * t"},
        "βᵗ 대신 β·t를 썼다. 출발값의 비중은 걸음마다 β가 곱해져 βᵗ가 된다.",
        "It uses β·t for βᵗ: the start's weight is multiplied by β at each step.",
    ),
    without_t=(
        {"beta**t": "beta"},
        "t를 쓰지 않고 늘 1−β로 나눴다. 첫 걸음에만 맞고, 그 뒤에는 너무 커진다.",
        "It divides by 1−β at every t: right at the first step, too large after it.",
    ),
    by_the_start=(
        {"(1 - beta**t)": "beta**t"},
        "출발값의 비중 βᵗ로 나눴다. 나눌 것은 나머지 모두의 비중 1−βᵗ다.",
        "It divides by the start's weight βᵗ; divide by all the rest, 1−βᵗ.",
    ),
    multiplied=(
        {"/": "*"},
        "나누지 않고 곱했다. 비중의 합이 1이 되게 하려면 그 합 1−βᵗ로 나눈다.",
        "It multiplies: to make the weights add up to 1, divide by their sum 1−βᵗ.",
    ),
    without_parentheses=(
        {"(1 - beta**t)": "1 - beta**t"},
        "m에서 βᵗ를 뺐다. 1에서 빼려면 괄호로 묶어야 한다. `m / (1 - beta**t)`.",
        "βᵗ is taken from m: to take it from 1 there must be parentheses, `m / (1 - beta**t)`.",
    ),
    power_outside=(
        {"1 - beta**t": "(1 - beta) ** t"},
        "1−βᵗ 대신 (1−β)ᵗ를 썼다. 지수 t는 β에만 붙는다.",
        "(1−β)ᵗ stands for 1−βᵗ: the power t is of β alone.",
    ),
    forgotten=(
        {" / (1 - beta**t)": ""},
        "아무것도 바로잡지 않았다. m에는 아직 출발값 0의 비중 βᵗ가 들어 있다.",
        "Nothing is corrected: the start 0 still has its weight βᵗ in m.",
    ),
)

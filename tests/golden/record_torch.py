"""Record what torch.optim computes, as data: ``python tests/golden/record_torch.py``.

A case is one optimizer on one loss of `udl`: 300 steps in float64, from torch's own state of 0.
Torch is handed udl's gradient, so that the optimizers alone are compared; when one of these losses
changes, record again. Kept is what torch keeps, its parameter and its state under its own names,
301 values of each. The tests convert.
"""

import json
from pathlib import Path

import numpy as np

from udl import losses

FILE = Path(__file__).with_name("torch.npz")
STEPS = 300
STARTS = {
    "RAVINE": [-7.0, 2.0],
    "ROSENBROCK": [-1.2, 1.0],
    "HIMMELBLAU": [0.5, -1.0],
    "CHAPTER": [1.355, 4.9, 9.9],  # three points at once
}

# rule, loss, hyperparameters by udl's names; none is a default. A start that is moved by a few
# ulp moves these descents by less than 1e-13, so they can be compared from start to end ...
STEADY = [
    ("sgd", "RAVINE", {"lr": 0.4}),
    ("sgd", "ROSENBROCK", {"lr": 0.001}),
    ("sgd", "HIMMELBLAU", {"lr": 0.004}),
    ("sgd", "CHAPTER", {"lr": 0.16}),
    ("momentum", "RAVINE", {"lr": 0.07, "alpha": 0.8}),
    ("momentum", "ROSENBROCK", {"lr": 0.0002, "alpha": 0.95}),
    ("momentum", "HIMMELBLAU", {"lr": 0.003, "alpha": 0.7}),
    ("momentum", "CHAPTER", {"lr": 0.02, "alpha": 0.85}),
    ("nag", "RAVINE", {"lr": 0.07, "alpha": 0.8}),
    ("nag", "ROSENBROCK", {"lr": 0.0002, "alpha": 0.95}),
    ("nag", "HIMMELBLAU", {"lr": 0.003, "alpha": 0.7}),
    ("nag", "CHAPTER", {"lr": 0.02, "alpha": 0.85}),
    ("adagrad", "RAVINE", {"lr": 1.1, "eps": 0.001}),
    ("adagrad", "ROSENBROCK", {"lr": 0.3, "eps": 0.5}),
    ("adagrad", "HIMMELBLAU", {"lr": 0.9, "eps": 1e-6}),
    ("adagrad", "CHAPTER", {"lr": 0.4, "eps": 0.02}),
    ("rmsprop", "RAVINE", {"lr": 0.02, "gamma": 0.95, "eps": 0.1}),
    ("rmsprop", "ROSENBROCK", {"lr": 0.002, "gamma": 0.995, "eps": 0.001}),
    ("rmsprop", "HIMMELBLAU", {"lr": 0.02, "gamma": 0.95, "eps": 0.001}),
    ("rmsprop", "CHAPTER", {"lr": 0.005, "gamma": 0.9, "eps": 0.5}),
    ("adam", "RAVINE", {"lr": 0.05, "beta1": 0.7, "beta2": 0.9, "eps": 0.02}),
    ("adam", "ROSENBROCK", {"lr": 0.002, "beta1": 0.8, "beta2": 0.99, "eps": 0.001}),
    ("adam", "HIMMELBLAU", {"lr": 0.02, "beta1": 0.8, "beta2": 0.95, "eps": 0.02}),
    ("adam", "CHAPTER", {"lr": 0.05, "beta1": 0.95, "beta2": 0.99, "eps": 0.02}),
    *(
        ("adamw", loss, {"lr": lr, "beta1": 0.8, "beta2": beta2, "eps": eps, "weight_decay": decay})
        for loss, lr, beta2, eps, decay in [
            ("RAVINE", 0.05, 0.95, 0.02, 0.1),
            ("ROSENBROCK", 0.002, 0.95, 0.001, 0.3),
            ("HIMMELBLAU", 0.02, 0.99, 0.001, 0.2),
            ("CHAPTER", 0.01, 0.9, 0.02, 0.05),
        ]
    ),
    ("radam", "RAVINE", {"lr": 0.05, "beta1": 0.7, "beta2": 0.95, "eps": 0.001}),
    ("radam", "ROSENBROCK", {"lr": 0.002, "beta1": 0.95, "beta2": 0.99, "eps": 0.01}),
    ("radam", "HIMMELBLAU", {"lr": 0.02, "beta1": 0.8, "beta2": 0.5, "eps": 0.02}),  # never adapts
    ("radam", "CHAPTER", {"lr": 0.01, "beta1": 0.7, "beta2": 0.95, "eps": 0.02}),
    ("amsgrad", "RAVINE", {"lr": 0.05, "beta1": 0.7, "beta2": 0.9, "eps": 0.02}),
    ("amsgrad", "ROSENBROCK", {"lr": 0.002, "beta1": 0.8, "beta2": 0.99, "eps": 0.001}),
    ("amsgrad", "CHAPTER", {"lr": 0.05, "beta1": 0.95, "beta2": 0.99, "eps": 0.02}),
]

# ... and these, by a whole jump: a rule that divides by a small √h oscillates about the minimum and
# amplifies its rounding. They are compared step by step, each step from torch's recorded state.
AMPLIFYING = [
    ("rmsprop", "HIMMELBLAU", {"lr": 0.01, "gamma": 0.8, "eps": 1e-6}),
    ("adam", "CHAPTER", {"lr": 0.5, "beta1": 0.7, "beta2": 0.9, "eps": 1e-6}),
    (
        "adamw",
        "CHAPTER",
        {"lr": 0.5, "beta1": 0.7, "beta2": 0.99, "eps": 1e-3, "weight_decay": 0.1},
    ),
    ("radam", "RAVINE", {"lr": 0.2, "beta1": 0.7, "beta2": 0.9, "eps": 1e-3}),
]

CASES = {
    f"{rule}-{loss.lower()}{end}": (rule, loss, hyper)
    for cases, end in ((STEADY, ""), (AMPLIFYING, "-amplifying"))
    for rule, loss, hyper in cases
}


def optimizer(rule, parameter, *, lr, alpha=0, gamma=0, beta1=0, beta2=0, eps=0, weight_decay=0):
    """Torch's optimizer for a rule of udl, from udl's hyperparameters."""
    from torch import optim

    w, betas = [parameter], (beta1, beta2)
    match rule:
        case "sgd":
            return optim.SGD(w, lr=lr)
        case "momentum":
            return optim.SGD(w, lr=lr, momentum=alpha)
        case "nag":
            return optim.SGD(w, lr=lr, momentum=alpha, nesterov=True)
        case "adagrad":
            return optim.Adagrad(w, lr=lr, eps=eps)
        case "rmsprop":
            return optim.RMSprop(w, lr=lr, alpha=gamma, eps=eps)
        case "adam":
            return optim.Adam(w, lr=lr, betas=betas, eps=eps)
        case "amsgrad":
            return optim.Adam(w, lr=lr, betas=betas, eps=eps, amsgrad=True)
        case "adamw":
            return optim.AdamW(w, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay)
        case "radam":
            return optim.RAdam(w, lr=lr, betas=betas, eps=eps)


def record(rule, loss, hyper):
    """Torch's descent: its parameter as "p", and its state, each of shape (301, ...)."""
    import torch

    grad = getattr(losses, loss).grad
    parameter = torch.tensor(STARTS[loss], dtype=torch.float64, requires_grad=True)
    optimize = optimizer(rule, parameter, **hyper)
    rows = [{"p": parameter.detach().numpy().copy()}]
    for _ in range(STEPS):
        parameter.grad = torch.from_numpy(grad(rows[-1]["p"]))
        optimize.step()
        kept = {"p": parameter, **optimize.state[parameter]}
        kept.pop("step", None)  # a count
        rows.append({name: value.detach().numpy().copy() for name, value in kept.items()})
    zero = np.zeros_like(rows[0]["p"])  # torch makes its state at the first step
    return {name: np.array([row.get(name, zero) for row in rows]) for name in rows[-1]}


def record_all():
    """Every case under "case/quantity", with the cases themselves and torch's version."""
    import torch

    arrays = {
        f"{name}/{quantity}": values
        for name, case in CASES.items()
        for quantity, values in record(*case).items()
    }
    return {"torch": torch.__version__, "cases": json.dumps(CASES), **arrays}


if __name__ == "__main__":
    np.savez_compressed(FILE, **record_all())
    print(f"{FILE}: {len(CASES)} cases, {FILE.stat().st_size / 1000:.0f} KB")

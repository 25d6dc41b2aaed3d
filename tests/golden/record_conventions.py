"""Record how torch, Keras and optax compute each rule with their default settings, as data.

    python tests/golden/record_conventions.py torch
    python tests/golden/record_conventions.py keras optax

each in an environment that has them (Keras with jax). A case is twelve steps in float64 on
x²/20 + y², the gradient handed over and multiplied by a scale: at 1 every ε is lost, at 1e-6 it
decides. After six steps the learning rate falls to an eighth. Rates are powers of two, because a
library may keep them in single precision.
"""

import inspect
import json
import os
import sys
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("conventions.json")
RULES = ("momentum", "nag", "adagrad", "rmsprop", "adam")
LIBRARIES = ("torch", "keras", "optax")
SCALES = (1.0, 1e-6)
START = [-7.0, 2.0]
STEPS, CUT = 12, 6
RATES = [2.0**-4] * CUT + [2.0**-7] * (STEPS - CUT)
MOMENTUM = {"momentum": {"momentum": 0.9}, "nag": {"momentum": 0.9, "nesterov": True}}
NAMES = {
    "torch": ("SGD", "SGD", "Adagrad", "RMSprop", "Adam"),
    "keras": ("SGD", "SGD", "Adagrad", "RMSprop", "Adam"),
    "optax": ("sgd", "sgd", "adagrad", "rmsprop", "adam"),
}


def grad(w, scale):
    """The gradient of x²/20 + y², times a scale."""
    return scale * np.array([w[0] / 10, 2 * w[1]])


def load(library):
    """A library, set to double precision."""
    if library == "torch":
        import torch

        return torch, torch.optim, torch.__version__
    os.environ["KERAS_BACKEND"] = "jax"
    import jax

    jax.config.update("jax_enable_x64", True)
    if library == "keras":
        import keras

        keras.config.set_floatx("float64")
        return keras, keras.optimizers, keras.__version__
    import optax

    return optax, optax, optax.__version__


def torch_path(torch, make, scale):
    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([w])
    for rate in RATES:
        yield w.detach().numpy().copy()
        w.grad = torch.from_numpy(grad(w.detach().numpy(), scale))
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
    yield w.detach().numpy().copy()


def keras_path(keras, make, scale):
    w = keras.Variable(START, dtype="float64")
    optimizer = make()
    optimizer.build([w])
    for rate in RATES:
        yield keras.ops.convert_to_numpy(w)
        optimizer.learning_rate = rate
        g = grad(keras.ops.convert_to_numpy(w), scale)
        optimizer.apply([keras.ops.convert_to_tensor(g)], [w])
    yield keras.ops.convert_to_numpy(w)


def optax_path(optax, make, scale):
    import jax.numpy as jnp

    w = jnp.array(START)
    optimizer = make(lambda count: jnp.array(RATES)[count])
    state = optimizer.init(w)
    for _ in RATES:
        yield np.array(w)
        updates, state = optimizer.update(jnp.array(grad(np.array(w), scale)), state, w)
        w = optax.apply_updates(w, updates)
    yield np.array(w)


PATHS = {"torch": torch_path, "keras": keras_path, "optax": optax_path}
KEPT = ("lr", "learning_rate", "eps", "epsilon", "alpha", "rho", "decay", "betas", "beta_1")
KEPT += ("beta_2", "b1", "b2", "eps_root", "eps_in_sqrt", "initial_accumulator_value")


def record(library):
    """Every rule's path at every scale, and the defaults in its signature."""
    package, optimizers, version = load(library)
    found = {"version": version, "defaults": {}, "paths": {}}
    for rule, name in zip(RULES, NAMES[library], strict=True):
        make, extra = getattr(optimizers, name), MOMENTUM.get(rule, {})
        found["defaults"][rule] = {
            p.name: p.default
            for p in inspect.signature(make).parameters.values()
            if p.name in KEPT and p.default is not p.empty
        }
        for scale in SCALES:
            path = PATHS[library](package, lambda *a, m=make, e=extra: m(*a, **e), scale)
            found["paths"][f"{rule} {scale:g}"] = [list(map(float, w)) for w in path]
    return json.loads(json.dumps(found))


if __name__ == "__main__":
    recorded = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    recorded |= {library: record(library) for library in sys.argv[1:] or LIBRARIES}
    FILE.write_text(json.dumps(recorded) + "\n", encoding="utf-8")

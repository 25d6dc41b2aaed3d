"""Maps of Adam's last steps against the ways in which others would compute them.

    python benchmarks/maps.py            # make bench; peers: pip install '.[bench]'

The large map has 500 × 500 starts and 100 steps; a smaller one, 100 × 100 starts and 200 steps,
shows what compiling costs. Ours is `udl.experiments.maps.final` in chunks, on one core. Beside it,
the same chunks given to an executor with a worker a core: threads, processes that are there already
(warm, as torch's threads are), and processes that are started for the map. Its peers: all points at
once; a Python loop over floats (a sample of the starts, scaled up); torch's fused Adam with the
gradient set by hand; a JAX scan of our own step function, with its compilation and without. torch
and JAX use all cores. Everybody computes in float64 and in float32 and must end
in the same valleys as ours. The ways take turns; medians, and each way's time over ours, are
printed. Last, the wait for a first map in a fresh Python: imports, compilation and all.
"""

import gc
import multiprocessing
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np

from udl import HIMMELBLAU
from udl.experiments.maps import final
from udl.steps import adam

SIZES = ((500, 100), (100, 200))  # starts a side, steps
LR = 0.1
SAMPLE = 250  # starts of the Python loop
TURNS = 7
CORES = os.cpu_count()


def starts(side, dtype):
    x, y = np.meshgrid(*(np.linspace(low, high, side) for low, high in HIMMELBLAU.domain))
    return np.stack([x.ravel(), y.ravel()]).astype(dtype)


def slope(x, y):
    """The gradient of `HIMMELBLAU` by operators alone, so that every peer can take it."""
    a, b = x**2 + y - 11, x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def chunks(w0, steps):
    return final(adam, HIMMELBLAU, w0, steps, lr=LR).w


def at_once(w0, steps):
    return final(adam, HIMMELBLAU, w0, steps, lr=LR, chunk=w0.size).w


def python_loop(w0, steps):
    """Floats, point by point, as one writes it first; the rest of the map is not walked."""
    end = []
    for x, y in sample(w0).T.tolist():
        m, v, n, u = 0.0, 0.0, 0.0, 0.0
        for t in range(1, steps + 1):
            g, h = slope(x, y)
            m, n = 0.9 * m + 0.1 * g, 0.9 * n + 0.1 * h
            v, u = 0.999 * v + 0.001 * g * g, 0.999 * u + 0.001 * h * h
            fade, grow = 1 - 0.9**t, 1 - 0.999**t
            x -= LR * (m / fade) / ((v / grow) ** 0.5 + 1e-8)
            y -= LR * (n / fade) / ((u / grow) ** 0.5 + 1e-8)
        end.append((x, y))
    return np.array(end).T


def sample(w):
    return w[:, :: w.shape[1] // SAMPLE]


def ours():
    return {"chunks": chunks, "at once": at_once}


def processes():
    """Spawned: a fork of a process with torch's threads may hang."""
    return ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("spawn"))


def on_all_cores(threads, pool):
    def given_to(executor):
        return lambda w0, steps: final(adam, HIMMELBLAU, w0, steps, lr=LR, executor=executor).w

    def started(w0, steps):
        with processes() as fresh:
            return given_to(fresh)(w0, steps)

    return {
        f"{CORES} threads": given_to(threads),
        f"{CORES} processes, warm": given_to(pool),
        f"{CORES} processes": started,
    }


def torch_way():
    import torch

    def walk(w0, steps):
        w = torch.from_numpy(w0.copy()).requires_grad_()
        optimizer = torch.optim.Adam([w], lr=LR, fused=True)
        for _ in range(steps):
            with torch.no_grad():
                w.grad = torch.stack(slope(*w))
            optimizer.step()
        return w.detach().numpy()

    return {"torch": walk}


def jax_ways():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def descend(w0, steps):
        def one(state, _):
            return adam(lambda w: jnp.stack(slope(*w)), *state, lr=LR), None

        start = (w0, jnp.zeros_like(w0), jnp.zeros_like(w0), jnp.zeros((), w0.dtype))
        return jax.lax.scan(one, start, length=steps)[0][0]

    jitted = jax.jit(descend, static_argnums=1)

    def compiling(w0, steps):
        jax.clear_caches()
        return np.asarray(jitted(w0, steps))

    return {
        "JAX, compiling": compiling,
        "JAX, warm": lambda w0, steps: np.asarray(jitted(w0, steps)),
    }


LOADERS = {"udl": ours, "torch": torch_way, "jax": jax_ways}


def installed():
    """The loaders of ours and of the installed peers; says which are missing."""
    found = {}
    for name, load in LOADERS.items():
        try:
            found[name] = load()
        except ImportError:
            print(f"{name} is not installed: it is left out (pip install '.[bench]')")
    return found


def seconds(way, *arguments):
    gc.collect()
    start = time.perf_counter()
    way(*arguments)
    return time.perf_counter() - start


def same_valleys(w, ours):
    """The share of the starts that end nearest to the same minimum."""
    places = np.array([minimum.w for minimum in HIMMELBLAU.minima]).T[:, :, None]
    one, other = (np.hypot(*(a[:, None] - places)).argmin(axis=0) for a in (w, ours))
    return np.mean(one == other)


def report(turns, bases):
    print(f"{'':22}{'median':>9}" + "".join(f"{'over ' + base:>26}" for base in bases))
    for name in turns[0]:
        print(f"{name:22}{statistics.median(turn[name] for turn in turns):7.3f} s", end="")
        for base in bases:
            ratios = [turn[name] / turn[base] for turn in turns]
            spread = f"({min(ratios):.2f} to {max(ratios):.2f})"
            print(f"{statistics.median(ratios):10.2f} {spread:>15}", end="")
        print()


def compare(ways, side, steps, dtype):
    w0 = starts(side, dtype)
    same = same_valleys(chunks(w0, steps), chunks(starts(side, np.float64), steps))
    assert same > 0.999, "float32 changes the picture"
    if dtype is np.float64:
        ways = ways | {"Python loop": python_loop}
    for name, way in ways.items():  # once before the clock runs: caches, and the same ends
        walked = sample(chunks(w0, steps)) if name == "Python loop" else chunks(w0, steps)
        assert same_valleys(way(w0, steps), walked) > 0.999, name
    scale = {"Python loop": w0.shape[1] / sample(w0).shape[1]}
    turns = [
        {name: seconds(way, w0, steps) * scale.get(name, 1) for name, way in ways.items()}
        for _ in range(TURNS)
    ]
    print(f"\n{side} x {side} starts, {steps} steps, {np.dtype(dtype)}")
    report(turns, ["chunks", *(["torch"] if "torch" in ways else [])])


def first_map(name):
    subprocess.run([sys.executable, __file__, name], check=True)


def main(name=None):
    if name:  # a fresh Python asked for one map of one way, and nothing else
        way = next(iter(LOADERS[name]().values()))
        way(starts(SIZES[0][0], np.float64), SIZES[0][1])
        return
    found = installed()
    ways = {name: way for loaded in found.values() for name, way in loaded.items()}
    with ThreadPoolExecutor(CORES) as threads, processes() as pool:
        ways |= on_all_cores(threads, pool)
        for side, steps in SIZES:
            for dtype in (np.float64, np.float32):
                compare(ways, side, steps, dtype)
    turns = [{name: seconds(first_map, name) for name in found} for _ in range(TURNS)]
    print("\nthe first map of {0} x {0} starts, {1} steps, from a fresh Python".format(*SIZES[0]))
    report(turns, ["udl"])


if __name__ == "__main__":
    main(*sys.argv[1:2])

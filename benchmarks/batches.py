"""Claim 2.b in seconds: what an update costs by the size of its mini-batch, and the loss 0.5.

    python benchmarks/batches.py

How long an update takes is the shortest of many, in turns, over that of a single image. How long
SGD takes to the loss is that times its updates, each size at its own best rate, as in figure 9.
"""

import statistics
import time

from udl import network
from udl.experiments.digits import task
from udl.experiments.plans import COST, EPOCHS
from udl.experiments.sgd import courses
from udl.steps import sgd

TURNS, AT_A_TURN = 200, 8


def seconds():
    """The shortest time that an update takes, by the size of its mini-batch."""
    data, w = task(), network.init(0)
    shortest = dict.fromkeys(sorted(EPOCHS), float("inf"))
    for _ in range(TURNS):
        for size in shortest:
            x, y = data.x[:size], data.y[:size]
            for _ in range(AT_A_TURN):
                start = time.perf_counter()
                sgd(lambda w, x=x, y=y: network.grad(w, x, y), w, lr=1.0)
                shortest[size] = min(shortest[size], time.perf_counter() - start)
    return shortest


if __name__ == "__main__":
    spent = seconds()
    updates = {
        size: statistics.median(one.samples_to(COST.target) for one in courses(size)) / size
        for size in spent
    }
    least = min(updates[size] * spent[size] for size in spent)
    for size in spent:
        update = spent[size] / spent[1]
        print(
            f"{size:5} images a time: an update {update:6.2f}, an image {update / size:5.3f} of a"
            f" single one's time; {updates[size]:4.0f} updates to the loss {COST.target},"
            f" {updates[size] * spent[size] / least:5.2f} of the shortest time"
        )

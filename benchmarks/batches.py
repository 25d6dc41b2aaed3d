"""Claim 2.b in seconds: how long SGD takes to the loss 0.5 on the digits, by mini-batch size.

    python benchmarks/batches.py

The full batch is the peer; each size uses its own best rate, as in figure 9. The sizes take turns.
"""

import statistics
import time
from itertools import count

from udl import network
from udl.experiments.digits import task, train
from udl.experiments.plans import COST
from udl.experiments.sgd import best_rate_of_size
from udl.steps import sgd


def seconds(size, seed):
    """Time spent in updates until the loss over all 1,500 images is below 0.5, and their number."""
    data, spent = task(), 0.0
    path = train(sgd, seed, size=size, lr=best_rate_of_size(size))
    w = next(path)
    for updates in count():
        if network.loss(w, data.x, data.y) < COST.target:  # not timed: looking is not learning
            return spent, updates
        start = time.perf_counter()
        w = next(path)
        spent += time.perf_counter() - start


if __name__ == "__main__":
    sizes = COST.sizes
    turns = [{size: seconds(size, seed) for size in sizes} for seed in COST.seeds_that_count]
    for size in sizes:
        ratio = statistics.median(turn[size][0] / turn[max(sizes)][0] for turn in turns)
        updates = statistics.median(turn[size][1] for turn in turns)
        print(
            f"{size:5} images a time: {updates:4.0f} updates, {ratio:.2f} of the full batch's time"
        )

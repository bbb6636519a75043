"""Medians of several runs, and how they are printed."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from typing import Any


def median_seconds(
    work: Callable[[], Any], runs: int = 5, clock: Callable[[], float] = time.process_time
) -> float:
    """Median of `runs` runs of `work`, in CPU seconds of this process, which neighbours disturb
    least; with `clock=time.perf_counter` in seconds on the wall."""
    taken = []
    for _ in range(runs):
        began = clock()
        work()
        taken.append(clock() - began)
    return statistics.median(taken)


def peak_megabytes() -> int:
    """The most memory this process or a child of it has held."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) // 1024


def show(what: str, seconds: float, against: str = "", limit: float = 0.0) -> None:
    """One line: what, how long, and the ratio to the named rival or limit."""
    ratio = f"  = {seconds / limit:8.1f} x {against} ({limit:.4f} s)" if limit else ""
    print(f"{what:<52} {seconds:9.4f} s{ratio}", flush=True)

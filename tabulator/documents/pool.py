"""Many documents on all cores: in order, all or none, and never more in memory than needed."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tabulator.documents.facts import Facts
from tabulator.documents.render import Rendered, render
from tabulator.errors import NotPrintable

_AHEAD = 4
"""Documents handed to each worker before its results are asked for: facts are large."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document in one language; it travels to another process."""

    kind: str
    facts: Facts
    lang: str

    @property
    def name(self) -> str:
        """Names the document where it fails."""
        return f"{self.kind} of {self.facts.total.area} in {self.lang}"


def render_all(jobs: Iterable[Job], *, workers: int) -> Iterator[Rendered]:
    """Render in `workers` processes, or in this one if 1, and give the documents in order.

    Raises:
        NotPrintable: A document cannot be rendered; the message names it. Nothing further is
            given, and the caller throws away what came before.
    """
    if workers == 1:
        for job in jobs:
            yield _finished(job, partial(render, job.kind, job.facts, job.lang))
        return
    # Not forked from here: a child must not inherit open databases and locks.
    context = multiprocessing.get_context("forkserver")
    # Each worker is forked from one process that has imported WeasyPrint: it starts warm.
    context.set_forkserver_preload(["tabulator.documents.render", "tabulator.documents.pdf"])
    with ProcessPoolExecutor(workers, context, _end_with, (os.getpid(),)) as pool:
        try:
            yield from _in_order(pool, jobs, workers * _AHEAD)
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with(parent: int) -> None:
    """Let this worker end when the process that wants its documents is gone, even if killed."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while _lives(parent):
        time.sleep(1)
    os._exit(1)


def _lives(process: int) -> bool:
    """Whether it runs; one that is dead but not yet buried has no command line."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes() != b""
    except OSError:
        return False


def _in_order(pool: ProcessPoolExecutor, jobs: Iterable[Job], ahead: int) -> Iterator[Rendered]:
    waiting: deque[tuple[Job, Future[Rendered]]] = deque()
    for job in jobs:
        waiting.append((job, pool.submit(render, job.kind, job.facts, job.lang)))
        if len(waiting) >= ahead:
            first, future = waiting.popleft()
            yield _finished(first, future.result)
    for left, future in waiting:
        yield _finished(left, future.result)


def _finished(job: Job, result: Callable[[], Rendered]) -> Rendered:
    try:
        return result()
    except Exception as failure:
        raise NotPrintable(f"{job.name}: {failure}") from failure

"""Runs work on many pictures: a few in this process, many in several, with progress when long.

Processes are spawned, as Windows does it, so the functions and their arguments are plain ones that
can be sent. A decoder that takes its process down with it costs that one picture, not the build.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

J = TypeVar("J")
R = TypeVar("R")

log = logging.getLogger("showcase.photos")

FEW = 6
"""Work for so few pictures takes less time than starting processes."""
MOST = 4
"""Processes; each may hold a picture of 40 megapixels, so that all stay below a gigabyte."""
_EVERY = 2.0
"""Seconds between two lines of progress, and before the first."""


def run(
    work: Callable[[J], R], jobs: Sequence[J], what: str, failed: Callable[[J], R]
) -> Iterator[tuple[J, R]]:
    """Yield each job with what ``work`` makes of it, as they get done.

    ``failed`` gives the result of a job whose process died. ``what`` names the work in progress.
    """
    progress = _Progress(what, len(jobs))
    workers = min(MOST, os.cpu_count() or 1)
    if len(jobs) <= FEW or workers < 2:
        for job in jobs:
            yield job, work(job)
            progress.step()
        return
    left = list(jobs)
    try:
        for job, result in _spread(work, jobs, workers):
            left.remove(job)
            yield job, result
            progress.step()
    except BrokenExecutor:
        for job in left:
            yield job, _alone(work, job, failed)
            progress.step()


def _spread(work: Callable[[J], R], jobs: Sequence[J], workers: int) -> Iterator[tuple[J, R]]:
    with _pool(workers) as pool:
        waiting: dict[Future[R], J] = {}
        coming = iter(jobs)
        try:
            # Only so many are handed over that an interruption does not wait for hundreds.
            for job in coming:
                waiting[pool.submit(work, job)] = job
                if len(waiting) >= workers * 2:
                    yield from _done(waiting)
            while waiting:
                yield from _done(waiting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _done(waiting: dict[Future[R], J]) -> Iterator[tuple[J, R]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        result = future.result()
        yield waiting.pop(future), result


def _alone(work: Callable[[J], R], job: J, failed: Callable[[J], R]) -> R:
    """Do one job in a process of its own."""
    try:
        with _pool(1) as pool:
            return pool.submit(work, job).result()
    except BrokenExecutor:
        return failed(job)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Most builds have no new pictures.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


class _Progress:
    """Tells the log how far a long work has come."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.count = what, total, 0
        self.last = time.monotonic()

    def step(self) -> None:
        self.count += 1
        now = time.monotonic()
        if now - self.last >= _EVERY:
            self.last = now
            log.info("%s：%d／%d 张", self.what, self.count, self.total)

"""Runs jobs in worker processes if the machine has several cores."""

from __future__ import annotations

import gc
import os
import signal
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

Job: TypeAlias = Callable[[], T]

MOST_WORKERS = 4
"""More workers hardly speed up a build."""


def run_parallel(jobs: Sequence[Job[T]]) -> Iterator[T]:
    """The results of all jobs, in order, none of which is kept; the first error of a job is raised.

    If a job fails in a worker for any reason, this process repeats it and runs all later ones. So errors are
    raised as without workers, and a build succeeds where workers cannot start or are killed.
    """
    workers = min(len(jobs), _workers())
    done = 0
    with _started(jobs, workers if workers > 1 else 0) as futures:
        for result in _results(futures):
            done += 1
            yield result
    yield from (job() for job in jobs[done:])


def _results(futures: deque[Future[T]]) -> Iterator[T]:
    """Those before the first that fails."""
    with suppress(Exception):
        while futures:
            yield futures.popleft().result()


@contextmanager
def _started(jobs: Sequence[Job[T]], workers: int) -> Iterator[deque[Future[T]]]:
    """The jobs running in workers; those that cannot be started are missing at the end."""
    futures: deque[Future[T]] = deque()
    with ExitStack() as stack:
        if workers:
            with suppress(Exception), warnings.catch_warnings():
                import multiprocessing  # both together take 40 ms, and most builds start no worker
                from concurrent.futures import ProcessPoolExecutor

                # No thread of a build holds a lock that a fork could copy.
                warnings.filterwarnings("ignore", ".*use of fork", DeprecationWarning)
                context = multiprocessing.get_context("fork")  # workers inherit the jobs and all caches
                executor = ProcessPoolExecutor(workers, context, _prepare, (jobs,))
                stack.callback(executor.shutdown, cancel_futures=True)
                with _without_ctrl_c():
                    futures += (executor.submit(_run, number) for number in range(len(jobs)))
        yield futures


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Delays Ctrl+C until the end of the block. Processes forked inside ignore it: the build stops them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_GARBAGE = 100_000
"""Objects after which a worker collects those of finished pages, which refer to each other."""
_jobs: Sequence[Job[object]] = ()
"""In a worker: the inherited jobs. Only their numbers and results are sent between processes."""


def _prepare(jobs: Sequence[Job[object]]) -> None:
    """Worker initialiser; the worker exits with its parent, even if that is killed."""
    global _jobs
    _jobs = jobs
    gc.freeze()  # what is inherited is not garbage
    gc.set_threshold(_GARBAGE)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
    os._exit(1)


def _run(number: int) -> Any:  # what the job returns
    return _jobs[number]()


def _workers() -> int:
    """Number of usable cores, at most MOST_WORKERS; 1 without `fork`."""
    if not hasattr(os, "fork"):
        return 1
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(len(cores), MOST_WORKERS)

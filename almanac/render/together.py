"""Jobs done by two processes at the same time, where the machine can: the second is a child, by fork."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Job: TypeAlias = Callable[[], T]

MOST = 256
"""So many jobs at most: each has a byte for its number."""


def together(jobs: Sequence[Job[T]]) -> list[T]:
    """What the jobs return, in their order, as one after the other would; an error of any is raised here.

    Each process takes the next job as soon as it is done with one, so that both end at the same time. The child
    inherits all that was worked out so far, and only its results travel back. A child that fails for whatever reason is
    forgotten, and its jobs done again here, so that its error is told as any other.
    """
    done = _shared(jobs) if 1 < len(jobs) <= MOST and _two_cores() else {}
    return [done[number] if number in done else job() for number, job in enumerate(jobs)]


def _shared(jobs: Sequence[Job[T]]) -> dict[int, T]:
    """The results of the jobs that were done, by their numbers."""
    waiting, filled = os.pipe()
    os.write(filled, bytes(range(len(jobs))))
    os.close(filled)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        _work(jobs, waiting, read, write)
    os.close(write)
    try:
        with os.fdopen(read, "rb") as pipe:
            done = _done(jobs, waiting)
            sent = pipe.read()
    finally:
        os.close(waiting)
        _, status = os.waitpid(child, 0)
    return {**done, **(pickle.loads(sent) if status == 0 else {})}


def _done(jobs: Sequence[Job[T]], waiting: int) -> dict[int, T]:
    return {number: jobs[number]() for number in _numbers(waiting)}


def _numbers(waiting: int) -> Iterator[int]:
    """The numbers that nobody else takes: a byte leaves a pipe once."""
    while taken := os.read(waiting, 1):
        yield taken[0]


def _work(jobs: Sequence[Job[T]], waiting: int, read: int, write: int) -> None:
    """The child: it hands its results over and ends at once, whatever happens, without a word or a clean-up."""
    code = 1
    try:
        os.close(read)
        with os.fdopen(write, "wb") as pipe:
            pickle.dump(_done(jobs, waiting), pipe, protocol=pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)


def _two_cores() -> bool:
    if not hasattr(os, "fork"):
        return False
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return len(cores) > 1

"""One build at a time: a lock that is released when its process ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from almanac.printable import printable
from almanac.write.refusals import Locked

_TIMEOUT = 5.0  # seconds: writing takes a fraction of one, so a longer wait means that the other build hangs
_EVERY = 0.02
_FLAGS = os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe in its place does not block


@contextmanager
def locked(path: Path, output: Path) -> Iterator[None]:
    """Hold the lock, after waiting up to 5 seconds. The file is not removed, or two builds could hold two locks."""
    descriptor = os.open(path, _FLAGS, 0o644)
    try:
        _wait_for(descriptor, output)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, output: Path) -> None:
    until = time.monotonic() + _TIMEOUT
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                hint = "wait until it is done, then build again"
                raise Locked(f"another build is writing {printable(str(output))}", hint) from None
        time.sleep(_EVERY)

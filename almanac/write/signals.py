"""Signals during a build: blocked while the trees are exchanged, otherwise raised as exceptions."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def unwinding() -> Iterator[None]:
    """Signals that would end the process raise an exception instead, so that unfinished files are removed."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set handlers; elsewhere they are left to the caller
        return
    fatal = [each for each in _ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in fatal:
        signal.signal(each, _unwind)
    try:
        yield
    finally:
        for each in fatal:
            signal.signal(each, signal.SIG_DFL)


@contextmanager
def signals_blocked() -> Iterator[None]:
    """Signals that arrive inside the block are delivered at its end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _unwind(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)

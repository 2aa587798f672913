"""Bytes that a build keeps on disk, not in memory: in a temporary file without a name, or in the build cache."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias
from weakref import WeakValueDictionary, finalize


class Spool:
    """A temporary file to which values are appended, also by forked processes. Nothing is left of it after a kill."""

    def append(self, data: bytes) -> Stored:
        """The data where it is now: in the file, or in memory if there is no file or no room in it."""
        if self._file is None:
            return data
        try:
            with _locked(self._file.descriptor) as descriptor:
                start = os.lseek(descriptor, 0, os.SEEK_END)
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
        except OSError:
            return data
        return Span(self._file, start, len(data))

    @cached_property
    def _file(self) -> StoredFile | None:
        """Made with the first value. It is where TMPDIR says, otherwise in /var/tmp, since /tmp may be in memory."""
        from tempfile import TemporaryFile, gettempdir  # takes 10 ms, and many spools stay empty

        with suppress(OSError):
            chosen = gettempdir()
            for folder in ("/var/tmp", chosen) if chosen == "/tmp" else (chosen,):
                with suppress(OSError), TemporaryFile(buffering=0, dir=folder) as made:
                    return StoredFile(os.dup(made.fileno()))
        return None


class StoredFile:
    """An open file with the bytes of values. It is closed when nothing refers to it."""

    def __init__(self, descriptor: int, modified: int | None = None) -> None:
        """`modified` is the time in nanoseconds that a file must keep which another process could change."""
        self.descriptor = descriptor
        self._modified = modified
        self._key = os.getpid(), descriptor
        _open_files[self._key] = self
        finalize(self, os.close, descriptor)

    def read(self, start: int, size: int) -> bytes:
        try:
            data = os.pread(self.descriptor, size, start)
            is_changed = self._modified is not None and os.fstat(self.descriptor).st_mtime_ns != self._modified
        except OSError as error:
            raise Lost(error.strerror) from error
        if is_changed or len(data) < size:
            raise Lost("another process has changed the file")
        return data

    def __reduce__(self) -> tuple[Any, ...]:
        """A forked process sends values by their places in the file that both have open."""
        return _open_file, (self._key,)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes in a file: `bytes(span)` reads them."""

    file: StoredFile
    start: int
    size: int

    def __bytes__(self) -> bytes:
        return self.file.read(self.start, self.size)

    def __len__(self) -> int:
        return self.size


Stored: TypeAlias = bytes | Span
"""`bytes(stored)` gives the bytes, and `len(stored)` their number, wherever they are."""


class Lost(Exception):
    """What was stored cannot be read again."""


@contextmanager
def _locked(descriptor: int) -> Iterator[int]:
    """Only one process at a time appends."""
    fcntl.lockf(descriptor, fcntl.LOCK_EX)
    try:
        yield descriptor
    finally:
        fcntl.lockf(descriptor, fcntl.LOCK_UN)


_open_files: WeakValueDictionary[tuple[int, int], StoredFile] = WeakValueDictionary()
"""By the process that has opened it, and its descriptor."""


def _open_file(key: tuple[int, int]) -> StoredFile:
    return _open_files[key]

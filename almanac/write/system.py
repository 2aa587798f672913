"""System calls that Python does not offer: exchange two folders atomically; flush a file system."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_EXCHANGE_ON_LINUX = 2  # RENAME_EXCHANGE, linux/fs.h
_SWAP_ON_MACOS = 2  # RENAME_SWAP, sys/stdio.h
_HERE = -100  # AT_FDCWD, fcntl.h; both paths are absolute anyway
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False if the system or file system does not support it."""
    import ctypes  # takes 10 ms; only builds that change something need it

    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(first, second, _SWAP_ON_MACOS)
    elif hasattr(libc, "renameat2"):
        failed = libc.renameat2(_HERE, first, _HERE, second, _EXCHANGE_ON_LINUX)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


def sync(folder: Path) -> None:
    """Flush the folder's file system to disk, with what others have written to it.

    For 6,217 files: 0.2 s, or 1.0 s while `dd` writes to that disk; `fsync` of each file and folder takes 8 to 16 s.
    """
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not hasattr(libc, "syncfs"):
            os.sync()
        elif libc.syncfs(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)

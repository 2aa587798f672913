"""Files that the editing commands write. A full disk or a kill leaves what was there before."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

_FILE = 0o644


def replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, or make one. A link in its place is replaced and not followed."""
    unfinished = path.with_name(f".#{path.name}")  # a name that `load` ignores
    mode = _FILE
    with suppress(FileNotFoundError):
        found = path.lstat().st_mode
        mode = stat.S_IMODE(found) if stat.S_ISREG(found) else _FILE
    unfinished.unlink(missing_ok=True)
    try:
        with unfinished.open("xb") as new:
            os.fchmod(new.fileno(), mode)
            new.write(data)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def refuse_link(folder: Path) -> None:
    """Raise OSError for a folder that is a symbolic link: nothing is written where it leads."""
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "it is a symbolic link", str(folder))

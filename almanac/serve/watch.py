"""Files and folders -> what stands there, and when that has changed and come to rest."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

State = tuple[int, int, int, int]
Snapshot = Mapping[str, State]
"""Path -> what changes with the file. Inode: one moved in with an old date. ctime: an edit that puts the date back."""

POLL = 0.1  # seconds between two looks, each of about a millisecond
QUIET = 0.25  # without a change, and a burst is over
PATIENCE = 3.0  # for a burst that does not end

# What editors and systems leave beside the files: hidden ones (.x.swp, .#x, .DS_Store), backups and locks (x~, #x#),
# Vim's trial of a folder (4913), the temporary files of others, and Python's caches.
_DROPPING = re.compile(
    r"\..*|.*~|#.*#|[0-9]+|.*\.(?:sw[a-z]|tmp|bak|orig|pyc|kate-swp)|.*___jb_\w+___|__pycache__|Thumbs\.db"
)


def snapshot(watched: Sequence[Path]) -> Snapshot:
    return {path: state for root in watched for path, state in _states(os.fspath(root))}


async def changed(watched: Sequence[Path], since: Snapshot) -> Snapshot:
    """What stands there once it is no longer what it was, and no more is changing."""
    while True:
        while snapshot(watched) == since:
            await asyncio.sleep(POLL)
        if (now := await _settled(watched)) != since:
            return now


def differing(before: Snapshot, after: Snapshot, watched: Sequence[Path]) -> list[str]:
    """The names of the files that came, went or changed, as someone in the project's folder would call them."""
    paths = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    return [_called(path, watched) for path in paths]


async def _settled(watched: Sequence[Path]) -> Snapshot:
    clock = asyncio.get_running_loop().time
    now, rest, end = snapshot(watched), clock() + QUIET, clock() + PATIENCE
    while clock() < min(rest, end):
        await asyncio.sleep(POLL)
        later = snapshot(watched)
        if later != now:
            now, rest = later, clock() + QUIET
    return now


def _states(path: str) -> Iterator[tuple[str, State]]:
    """Of a file or of all files below a folder; what vanishes meanwhile or may not be read is not there."""
    try:
        with os.scandir(path) as entries:
            found = [entry for entry in entries if not _DROPPING.fullmatch(entry.name)]
    except NotADirectoryError:
        yield from _state(path)
        return
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _states(entry.path)
        else:
            yield from _state(entry.path)


def _state(path: str) -> Iterator[tuple[str, State]]:
    """Of what a link leads to, if it leads anywhere."""
    for follow in (True, False):
        try:
            found = Path(path).stat(follow_symlinks=follow)
        except OSError:
            continue
        yield path, (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
        return


def _called(path: str, watched: Sequence[Path]) -> str:
    root = max((root for root in watched if Path(path).is_relative_to(root)), key=lambda root: len(root.parts))
    return Path(path).relative_to(root.parent).as_posix()

"""Watches files and folders, and reports changes once they have settled."""

from __future__ import annotations

import asyncio
import errno
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from almanac.file_names import is_leftover

Snapshot = Mapping[str, tuple[int, ...]]

POLL = 0.1  # seconds between two snapshots
BURST_POLL = 0.04  # after a change
QUIET_POLLS = 2  # without a change, they end a burst of saves
LONGEST_BURST = 75  # polls
USED_UP = (errno.EMFILE, errno.ENFILE)
"""Errors without a free descriptor: a folder that cannot be opened is not empty."""

# Ignored as well as files that editors leave behind: hidden and temporary files, and Python's caches.
_TEMPORARY = re.compile(r"\..*|[0-9]+|.*\.(?:sw[a-z]|tmp|bak|orig|pyc|kate-swp)|.*___jb_\w+___|__pycache__")


async def next_change(watched: Sequence[Path], before: Snapshot) -> Snapshot:
    """The first snapshot that differs from `before` and has settled."""
    now, quiet, burst = before, 0, 0
    while now == before or (quiet < QUIET_POLLS and burst < LONGEST_BURST):
        await asyncio.sleep(BURST_POLL if burst else POLL)
        last = now
        with suppress(OSError):  # no descriptor is left: the next poll may have one
            now = snapshot(watched)
        quiet, burst = (quiet + 1 if now == last else 0), (burst + 1 if now != before else 0)
    return now


def snapshot(watched: Sequence[Path]) -> Snapshot:
    """Per file: ctime, since an edit may keep the mtime, and inode, since an older file may replace it."""
    states: dict[str, tuple[int, ...]] = {}
    for path in (path for root in watched for path in _files(root)):
        states[path] = ()  # removed, or a broken link
        with suppress(OSError):
            found = os.stat(path)  # noqa: PTH116  # with a `Path` for each file, it takes twice as long
            states[path] = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    return states


@cache
def _is_ignored(name: str) -> bool:
    return is_leftover(name) or bool(_TEMPORARY.fullmatch(name))


def _raise_if_used_up(error: OSError) -> None:
    if error.errno in USED_UP:
        raise error


def _files(root: Path) -> Iterator[str]:
    if root.is_file():
        yield str(root)
    for folder, folders, names in os.walk(root, onerror=_raise_if_used_up):
        folders[:] = [name for name in folders if not _is_ignored(name)]
        yield from (f"{folder}/{name}" for name in names if not _is_ignored(name))

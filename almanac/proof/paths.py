"""Draft -> errors in its addresses: what some disk, archive or server would not keep as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from almanac.draft import Address, Draft, SiteError
from almanac.file_names import is_windows_device

_SEGMENT = re.compile(r"[A-Za-z0-9._-]+")  # as it is in a URL, a shell, a tar and on every disk
_LONGEST = 255  # bytes in a file name, on ext4 and APFS alike

_WRITERS_OWN = ".gitignore"  # `write` carries it from tree to tree


def unsafe(draft: Draft) -> Iterator[SiteError]:
    """Every address stays inside the output, and is spelled in a way that no disk or server changes."""
    segments: dict[str, str] = {}  # each with what is wrong with it, or ""; most stand in many addresses
    for address in draft:
        for segment in address.split("/"):
            if segment not in segments:
                segments[segment] = _error_of(segment)
            if segments[segment]:
                yield SiteError(address, segments[segment])
        if address == _WRITERS_OWN:
            yield SiteError(address, "belongs to the output folder itself, not to the site")


def clashing(draft: Draft) -> Iterator[SiteError]:
    """No two addresses become one where letters are folded, and none is both a file and a folder."""
    spelled: dict[str, str] = {}
    for path in sorted(_files_and_folders(draft)):
        first = spelled.setdefault(_folded(path), path)
        if first != path:
            yield SiteError(Address(path), f"is the same as {first!r} on a disk that ignores case or Unicode form")
        if path.endswith("/") and path[:-1] in draft:
            yield SiteError(Address(path), "is both a file and a folder")


def _error_of(segment: str) -> str:
    if segment in ("", ".", ".."):
        return "is not a plain path below the site"
    if not _SEGMENT.fullmatch(segment):
        return f"{segment!a} contains other characters than ASCII letters, digits, '.', '_' and '-'"
    if len(segment) > _LONGEST:
        return f"a name in the address has {len(segment)} bytes, and disks allow {_LONGEST}"
    if is_windows_device(segment):
        return f"{segment!r} is a reserved name on Windows"
    if segment.endswith("."):
        return f"Windows drops the last dot of {segment!r}"
    return ""


def _files_and_folders(addresses: Iterable[Address]) -> set[str]:
    """Each address, and each folder above it with its slash."""
    folders = {address.rpartition("/")[0] for address in addresses}
    above = {way for folder in folders for way in accumulate(folder.split("/"), "{}/{}".format)}
    return {*addresses, *(f"{folder}/" for folder in above if folder)}


def _folded(path: str) -> str:
    return path.casefold() if path.isascii() else unicodedata.normalize("NFKC", path).casefold()

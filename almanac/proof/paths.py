"""Draft -> addresses that some disk, archive or server would change or reject."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from almanac.draft import Address, Draft, SiteError
from almanac.file_names import is_windows_device

_SEGMENT = re.compile(r"[A-Za-z0-9._-]+")  # needs no escaping in a URL or shell, and is valid on every disk
_LONGEST = 255  # bytes in a file name, on ext4 and APFS alike

_WRITERS_OWN = ".gitignore"  # `write` keeps it when it replaces the site


def unsafe(draft: Draft) -> Iterator[SiteError]:
    """Addresses that leave the output folder, or that some disk or server would change."""
    segments: dict[str, str] = {}  # segment -> error or "": most occur in many addresses
    for address in draft:
        for segment in address.split("/"):
            if segment not in segments:
                segments[segment] = _error_of(segment)
            if segments[segment]:
                yield SiteError(address, segments[segment])
        if address == _WRITERS_OWN:
            yield SiteError(address, "belongs to the output folder itself, not to the site")


def clashing(draft: Draft) -> Iterator[SiteError]:
    """Addresses that differ only in case or Unicode form, or that are both a file and a folder."""
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
        return f"{segment!a} contains characters other than ASCII letters, digits, '.', '_' and '-'"
    if len(segment) > _LONGEST:
        return f"a name in the address has {len(segment)} bytes, and disks allow {_LONGEST}"
    if is_windows_device(segment):
        return f"{segment!r} is a reserved name on Windows"
    if segment.endswith("."):
        return f"Windows drops the last dot of {segment!r}"
    return ""


def _files_and_folders(addresses: Iterable[Address]) -> set[str]:
    """Each address, and each folder above it with a slash at the end."""
    folders = {address.rpartition("/")[0] for address in addresses}
    above = {parent for folder in folders for parent in accumulate(folder.split("/"), "{}/{}".format)}
    return {*addresses, *(f"{folder}/" for folder in above if folder)}


def _folded(path: str) -> str:
    return path.casefold() if path.isascii() else unicodedata.normalize("NFKC", path).casefold()

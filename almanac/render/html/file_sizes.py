"""The sizes of data files in pages. Pages are rendered, and cached, before the files are: a mark is replaced last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from almanac import addresses
from almanac.draft import EDITIONS, Address
from almanac.spool import Stored

_MARK = re.compile(rb"@size:([a-z0-9./-]+)@")
_PAGES = (addresses.DATA, addresses.UPCOMING, addresses.DEPRECATIONS, addresses.CHANGES)
_FOLDERS = tuple(f"{edition}/{addresses.CHANGES_FOLDER}" for edition in EDITIONS)


def mark(path: str) -> str:
    """Stands for the size of a file in a page."""
    return f"@size:{path}@"


def with_sizes(files: Mapping[Address, Stored]) -> Iterator[tuple[Address, bytes]]:
    """The pages that offer files, with their sizes."""
    pages = [Address(f"{edition}/{path}") for edition in EDITIONS for path in _PAGES]
    pages += (address for address in files if address.startswith(_FOLDERS))
    return ((page, _filled_in(bytes(files[page]), files)) for page in pages if page in files)


def with_file_sizes(page: bytes, files: Mapping[Any, bytes]) -> bytes | None:
    """A page with the sizes of the files that it offers; None if one is missing."""
    try:
        return _filled_in(page, files)
    except KeyError:
        return None


def _filled_in(page: bytes, files: Mapping[Any, Stored]) -> bytes:
    return _MARK.sub(lambda found: _size(len(files[found[1].decode()])), page)


def _size(size: int) -> bytes:
    return (f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB").replace(" ", "\xa0").encode()

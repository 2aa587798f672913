"""Build cache: input hash -> bytes. Safe to delete at any time.

A key is the hash of all inputs of its value, so the cache never changes a result. The file holds plain data that is
never executed or unpickled.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b, sha256
from io import BufferedReader, BytesIO
from itertools import accumulate, chain
from operator import attrgetter
from pathlib import Path
from pickle import Pickler
from typing import TYPE_CHECKING, Any

from almanac.catalog import EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry
from almanac.draft import Address
from almanac.records import Announcement, Conflict, Endpoint, Family, Table
from almanac.spool import Lost, Span, Spool, Stored, StoredFile

if TYPE_CHECKING:
    from hashlib import _Hash

LIMIT = 1 << 31
"""Bytes of values that are stored, far above those of 10,000 models. The build says how many values are beyond it."""


class BuildCache:
    """Bytes by key, in the file that was read and in a spool. Values that a build neither gets nor puts are dropped."""

    def __init__(self, known: Mapping[bytes, Stored] | None = None) -> None:
        self._known = known or {}
        self._used: dict[bytes, Stored] = {}
        self._room = LIMIT
        self._beyond: set[bytes] = set()
        self.spool = Spool()

    @property
    def beyond_limit(self) -> int:
        """The number of values that do not fit: the next build makes them anew."""
        return len(self._beyond)

    def get(self, key: bytes) -> bytes | None:
        value = self._known.get(key)
        if value is None:
            return None
        try:
            data = bytes(value)
        except Lost:
            return None
        self.keep(key, value)
        return data

    def put(self, key: bytes, value: bytes) -> None:
        self.keep(key, self.spool.append(value))

    def find(self, key: bytes) -> Stored | None:
        """The value, which is not read yet."""
        value = self._known.get(key)
        if value is not None:
            self.keep(key, value)
        return value

    def keep(self, key: bytes, value: Stored) -> None:
        if key in self._used:
            return
        if len(value) > self._room:
            self._beyond.add(key)
            return
        self._used[key] = value
        self._room -= len(value)

    @property
    def is_dirty(self) -> bool:
        """Whether `write` would change the file."""
        return self._used.keys() != self._known.keys()

    def write(self, file: Path, program: str) -> None:
        """Store the used values for the next build; a folder that cannot be written to is no error."""
        index = json.dumps({key.hex(): len(value) for key, value in self._used.items()})
        parts = (f"{index}\n".encode(), *self._used.values())
        unfinished = f"{file.name}.new"  # two concurrent builds may corrupt it; the checksum detects that
        with suppress(OSError, Lost):
            file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            with _folder(file.parent, closed=True) as folder:
                with suppress(FileNotFoundError):
                    os.unlink(unfinished, dir_fd=folder)
                with open(unfinished, "xb", opener=partial(os.open, mode=0o644, dir_fd=folder)) as new:
                    digest = _digest(program, os.fstat(new.fileno()))
                    new.seek(_CHECKSUM)
                    for part in map(bytes, parts):
                        digest.update(part)
                        new.write(part)
                    new.seek(0)
                    new.write(digest.digest())
                os.replace(unfinished, file.name, src_dir_fd=folder, dst_dir_fd=folder)


def read(file: Path, program: str) -> BuildCache:
    """The cache that the same program wrote; an empty one if the file is missing, corrupt or of another program."""
    try:
        with _opened(file) as opened:
            status = os.fstat(opened.fileno())
            digest = _digest(program, status)
            checksum, index = opened.read(_CHECKSUM), opened.readline(LIMIT // 8)
            for part in chain([index], iter(partial(opened.read, _AT_ONCE), b"")):
                digest.update(part)
            if checksum != digest.digest():
                return BuildCache()
            return BuildCache(_values(index, StoredFile(os.dup(opened.fileno()), status.st_mtime_ns), status.st_size))
    except (OSError, ValueError, RecursionError):
        return BuildCache()


def _values(index: bytes, file: StoredFile, size: int) -> dict[bytes, Span]:
    """Values by key; ValueError if the index is malformed."""
    sizes = json.loads(index)
    if not isinstance(sizes, dict) or not all(type(size) is int and size >= 0 for size in sizes.values()):
        raise ValueError("the index does not map keys to sizes")
    *starts, end = accumulate(sizes.values(), initial=_CHECKSUM + len(index))
    if end != size:
        raise ValueError("the index does not match the values")
    return {
        bytes.fromhex(key): Span(file, start, size) for (key, size), start in zip(sizes.items(), starts, strict=True)
    }


@contextmanager
def _folder(path: Path, *, closed: bool = False) -> Iterator[int]:
    """The descriptor of a folder; OSError for a symbolic link, and for a folder in which others may write.

    With `closed`, others lose the right to write in it, which some systems give to the group of each new folder.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        status = os.fstat(descriptor)
        if closed and status.st_uid == os.geteuid():
            os.fchmod(descriptor, stat.S_IMODE(status.st_mode) & ~(stat.S_IWGRP | stat.S_IWOTH))
        _refuse_shared(os.fstat(descriptor), path)
        yield descriptor
    finally:
        os.close(descriptor)


def _refuse_shared(status: os.stat_result, path: Path) -> None:
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError(f"others may write to {path}")


@contextmanager
def _opened(file: Path) -> Iterator[BufferedReader]:
    """A file of ours; OSError for a link, a pipe or a file of more than the limit and its index."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)

    with _folder(file.parent) as folder, open(file.name, "rb", opener=opener) as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LIMIT + LIMIT // 8:
            raise OSError(f"{file} is not a cache")
        _refuse_shared(status, file)
        yield opened


_CHECKSUM = sha256().digest_size
_AT_ONCE = 1 << 20


def _digest(program: str, status: os.stat_result) -> _Hash:
    """It begins with the file on its disk: what comes with a checkout, an archive or a CI cache is another file."""
    return sha256(f"{program}\n{status.st_dev} {status.st_ino}\n".encode())


class PageCache:
    """Page-level build cache: rendered files by the hash of their inputs."""

    def __init__(self, cache: BuildCache) -> None:
        self._cache = cache
        # These types occur in the views of many pages.
        self._hasher = ContentHasher(
            *(ModelEntry, EndpointEntry, ProductEntry, FamilyEntry, Plan),
            *(Announcement, Table, Family, Endpoint, Conflict),
        )

    def key(self, *inputs: object) -> bytes:
        return self._hasher.key(*inputs)

    def find(self, key: bytes, addresses: Iterable[Address]) -> dict[Address, Stored] | None:
        """All these files, or None if any is missing."""
        files = {}
        for address in addresses:
            stored = self._cache.find(_file_key(key, address))
            if stored is None:
                return None
            files[address] = stored
        return files

    def keep(self, key: bytes, files: Mapping[Address, Stored]) -> None:
        for address, stored in files.items():
            self._cache.keep(_file_key(key, address), stored)


def _file_key(key: bytes, address: Address) -> bytes:
    return blake2b(address.encode(), key=key, digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class HashedOnce:
    """An input of many values."""

    value: object


class ContentHasher:
    """Content hash of frozen values over their compared fields; `HashedOnce` and `shared` types are hashed once.

    It uses a pickler because pickling visits values in C. The output is hashed, never unpickled.
    """

    def __init__(self, *shared: type) -> None:
        self.shared = frozenset((HashedOnce, *shared))
        self._hashes: dict[int, tuple[object, bytes]] = {}  # by id(); holds the value, so its id is not reused

    def key(self, *values: object) -> bytes:
        return self._hash(values)

    def _hash(self, value: object) -> bytes:
        written = BytesIO()
        _Writer(written, self, value).dump(value)
        return blake2b(written.getbuffer(), digest_size=16).digest()

    def of_shared(self, value: object) -> bytes:
        known = self._hashes.get(id(value))
        if known is None:
            known = self._hashes[id(value)] = value, self._hash(value)
        return known[1]


class _Writer(Pickler):
    """Pickles a dataclass as its type and compared fields; the default reduction takes three times as long."""

    def __init__(self, written: BytesIO, hasher: ContentHasher, top: object) -> None:
        super().__init__(written, protocol=5)
        self._hasher = hasher
        self._shared = hasher.shared
        self._top = top

    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        fields = _fields(kind)
        if fields is None:
            return NotImplemented
        if kind in self._shared and value is not self._top:
            return kind, (self._hasher.of_shared(value),)
        return kind, (fields(value),)


@cache
def _fields(kind: Any) -> Any:
    """A getter of the compared fields of a dataclass or named tuple; None for other types."""
    if issubclass(kind, tuple):
        return tuple if hasattr(kind, "_fields") else None
    names = [each.name for each in getattr(kind, "__dataclass_fields__", {}).values() if each.compare]
    return attrgetter(*names) if names else None

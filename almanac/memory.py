"""What earlier builds worked out, by the hash of all that it was worked out of. It may be lost at any time.

A stage that remembers is as pure as one that does not: under the hash of what it reads stands what it makes of that,
and what does not stand there is made. What another program has made, or a disk has changed since, is not looked at.
"""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b, sha256
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from pickle import Pickler
from typing import Any

LARGEST = 1 << 28
"""Bytes; an almanac of which more would be kept is made anew each time."""


class Memory:
    """Bytes by their key. What this build has neither asked for nor added is forgotten."""

    def __init__(self, known: Mapping[bytes, bytes] | None = None) -> None:
        self._known = known or {}
        self._used: dict[bytes, bytes] = {}
        self._room = LARGEST

    def recall(self, key: bytes) -> bytes | None:
        made = self._known.get(key)
        if made is not None:
            self.keep(key, made)
        return made

    def keep(self, key: bytes, made: bytes) -> None:
        if key in self._used or self._room < 0:
            return
        self._used[key] = made
        self._room -= len(made)
        if self._room < 0:
            self._used.clear()

    @property
    def is_news(self) -> bool:
        """Whether the next build would find other things here than this one has found."""
        return self._used.keys() != self._known.keys()

    def write(self, file: Path, program: str) -> None:
        """For the next build. That a folder cannot be written to is no fault."""
        written = marshal.dumps(self._used)
        unfinished = file.with_name(f"{file.name}.new")  # two at once spoil it, and the seal tells
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as new:
                new.write(_seal(program, written))
                new.write(written)
            unfinished.replace(file)


def read(file: Path, program: str) -> Memory:
    """What a build by the same program has written there, to the byte; else nothing."""
    try:
        data = memoryview(file.read_bytes())
    except OSError:
        return Memory()
    written = data[_SEAL:]
    return Memory(marshal.loads(written)) if data[:_SEAL] == _seal(program, written) else Memory()


_SEAL = sha256().digest_size


def _seal(program: str, written: bytes | memoryview) -> bytes:
    digest = sha256(f"{program}\n".encode())
    digest.update(written)
    return digest.digest()


class Hasher:
    """Frozen values -> their hash, in which all counts that counts where they are compared, with its type.

    What stands in many values, of the types in `shared`, is hashed once, and counts with its hash from then on.
    """

    def __init__(self, *shared: type) -> None:
        self._shared = frozenset(shared)
        self._hashes: dict[int, tuple[object, bytes]] = {}  # by identity, which is kept as long as the value is

    def key(self, *values: object) -> bytes:
        return self._hash(values)

    def _hash(self, value: object) -> bytes:
        written = BytesIO()
        _Writer(written, self, value).dump(value)
        return blake2b(written.getbuffer(), digest_size=16).digest()

    def of_shared(self, value: object) -> bytes | None:
        if type(value) not in self._shared:
            return None
        known = self._hashes.get(id(value))
        if known is None:
            known = self._hashes[id(value)] = value, self._hash(value)
        return known[1]


class _Writer(Pickler):
    """Writes values as bytes, never to be read. A dataclass is its fields: how it would be made again costs thrice."""

    def __init__(self, written: BytesIO, hasher: Hasher, top: object) -> None:
        super().__init__(written, protocol=5)
        self._hasher = hasher
        self._top = top

    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        fields = _fields(kind)
        if fields is None:
            return NotImplemented
        hashed = None if value is self._top else self._hasher.of_shared(value)
        return kind, (fields(value),) if hashed is None else (hashed,)


@cache
def _fields(kind: Any) -> Any:
    """What takes those fields of a dataclass by which it is compared; None for another type."""
    names = [each.name for each in getattr(kind, "__dataclass_fields__", {}).values() if each.compare]
    return attrgetter(*names) if names else None

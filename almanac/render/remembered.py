"""Files that an earlier build has made of the same things, told by the hash of these: only others are made again."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from almanac.catalog import EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry
from almanac.draft import Address
from almanac.memory import Hasher, Memory
from almanac.records import Announcement, Conflict, Endpoint, Family, Table


class Made(NamedTuple):
    """Some files, and the key under which the next build will know them; only the key where this one knows them."""

    files: Mapping[Address, bytes] | None
    key: bytes = b""


class Remembered:
    """Makes files, or knows them.

    `made` may be asked by a process whose memory ends with it; `whole` is for the one that stays.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        # What stands in the views of many pages.
        self._hasher = Hasher(
            *(ModelEntry, EndpointEntry, ProductEntry, FamilyEntry, Plan),
            *(Announcement, Table, Family, Endpoint, Conflict),
        )

    def key(self, *read: object) -> bytes:
        return self._hasher.key(*read)

    def made(self, make: Callable[[], Mapping[Address, bytes]], *read: object) -> Made:
        """What `make` makes, which goes by nothing but what it reads."""
        key = self.key(*read)
        return Made(make() if self._memory.recall(key) is None else None, key)

    def whole(self, made: Iterable[Made]) -> dict[Address, bytes]:
        """All files, with those from memory; what is new is kept there."""
        return {address: data for each in made for address, data in self._files(each).items()}

    def _files(self, made: Made) -> Mapping[Address, bytes]:
        if made.files is None:
            recalled = self._memory.recall(made.key)
            assert recalled is not None  # `made` has seen it there
            files: dict[Address, bytes] = marshal.loads(recalled)
            return files
        if made.key:
            self._memory.keep(made.key, marshal.dumps(dict(made.files)))
        return made.files

"""The site before it is written: address -> bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NewType, TypeAlias

from almanac.spool import Stored

Address = NewType("Address", str)
"""A file's path below the root of the site: `en/models/gpt-4.html`."""

Draft: TypeAlias = Mapping[Address, bytes]
"""Every file of the site, not yet checked."""

Proofed = NewType("Proofed", Draft)
"""A draft in which every link has a target and every page has its twins. Only `proof` makes it."""


class StoredFiles(Mapping[Address, bytes]):
    """Files whose bytes are read each time they are asked for. It cannot be changed."""

    def __init__(self, stored: Mapping[Address, Stored]) -> None:
        self._stored = MappingProxyType(dict(stored))

    def __getitem__(self, address: Address) -> bytes:
        return bytes(self._stored[address])

    def __contains__(self, address: object) -> bool:
        return address in self._stored

    def __iter__(self) -> Iterator[Address]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


EDITIONS: Final = ("en", "zh", "en-zh")
"""The folders with the same pages: in English, in Chinese, and in both languages."""


@dataclass(frozen=True, slots=True, order=True)
class SiteError:
    """One error in the draft, and the address of its file."""

    address: Address
    message: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


class SiteErrors(Exception):
    """The errors in a draft. Its content has passed `check`, so the error is in a template or in the program."""

    def __init__(self, errors: tuple[SiteError, ...]) -> None:
        super().__init__("\n".join([f"{len(errors)} error(s) in the draft", *map(str, errors)]))
        self.errors = errors

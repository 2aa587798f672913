"""The site in memory: address -> bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType, TypeAlias

Address = NewType("Address", str)
"""A file's path below the root of the site: `en/models/gpt-4.html`."""

Draft: TypeAlias = Mapping[Address, bytes]
"""Every file of the site, not yet checked."""

Proofed = NewType("Proofed", Draft)
"""A draft in which every link has a target and every page has its twins. Only `proof` makes it."""

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

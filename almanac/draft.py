"""The site to be: the bytes of every file under its address, still in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType, TypeAlias

Address = NewType("Address", str)
"""Where a file stands on the site, as a path below its root: `en/models/gpt-4.html`."""

Draft: TypeAlias = Mapping[Address, bytes]
"""Every file of the site to be, not yet read over."""

Proofed = NewType("Proofed", Draft)
"""A draft in which every link lands and every page has its twins. Only `proof` makes it."""

EDITIONS: Final = ("en", "zh", "en-zh")
"""The folders that hold the same pages: in English, in Chinese, and in both."""


@dataclass(frozen=True, slots=True, order=True)
class SiteError:
    """One thing that would be wrong on the site: at which address, and what."""

    address: Address
    message: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


class SiteErrors(Exception):
    """The draft would make a broken site. `check` has passed its content, so the error is ours."""

    def __init__(self, errors: tuple[SiteError, ...]) -> None:
        super().__init__("\n".join([f"{len(errors)} error(s) in the draft", *map(str, errors)]))
        self.errors = errors

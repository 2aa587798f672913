"""Pages that an earlier build has set, told by all that they show: only the others are set again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from almanac.catalog import EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry
from almanac.draft import Address
from almanac.memory import Hasher, Memory
from almanac.records import Announcement
from almanac.render.frame import Frames
from almanac.render.page import Page
from almanac.render.voice import EDITIONS


class Known(NamedTuple):
    """A page that needs not be set."""

    key: bytes


class Set(NamedTuple):
    """A page newly set, and the key under which the next build will know it."""

    key: bytes
    html: bytes


Made: TypeAlias = Known | Set | bytes


class Remembered:
    def __init__(self, frames: Frames, memory: Memory) -> None:
        self._frames = frames
        self._memory = memory
        # What stands in the views of many pages.
        self._hasher = Hasher(ModelEntry, EndpointEntry, ProductEntry, FamilyEntry, Plan, Announcement)
        self._frame = self._hasher.key(frames.reads)

    def pages(self, pages: Iterable[Page]) -> dict[Address, Made]:
        """The pages in all editions; they may be made by a process whose memory ends with it."""
        return {
            Address(f"{edition}/{page.path}"): made for page in pages for edition, made in self._editions(page).items()
        }

    def _editions(self, page: Page) -> Mapping[str, Made]:
        key = self._hasher.key(self._frame, page)
        keys = {edition.id: key + edition.id.encode() for edition in EDITIONS}
        if all(self._memory.recall(each) for each in keys.values()):
            return {edition: Known(each) for edition, each in keys.items()}
        return {edition: Set(keys[edition], html) for edition, html in self._frames.html(page).items()}

    def whole(self, made: Mapping[Address, Made]) -> dict[Address, bytes]:
        """All files, and the pages kept in mind."""
        return {address: self._whole(each) for address, each in made.items()}

    def _whole(self, made: Made) -> bytes:
        match made:
            case Set(key, html):
                self._memory.keep(key, html)
                return html
            case Known(key):
                found = self._memory.recall(key)
                assert found is not None
                return found
            case bytes():
                return made

"""Draft -> what is read in each page; a page that the cache knows is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from almanac.cache import BuildCache
from almanac.draft import Address, Draft, SiteError
from almanac.proof import markup
from almanac.proof.parsed_page import ParsedPage, page


class Read(NamedTuple):
    """What a page says of itself and others. It goes by the bytes of the page alone."""

    ids: tuple[str, ...]
    own_anchors: frozenset[str]  # where it leads within itself
    links: frozenset[str]  # where else it leads
    full: frozenset[str]  # what it calls itself and its twins, with scheme and host
    loads: frozenset[str]  # what it needs to be shown
    errors: tuple[str, ...]  # in its own markup


def read(draft: Draft, cache: BuildCache) -> tuple[Mapping[Address, Read], tuple[SiteError, ...]]:
    """Every page that can be read, and why the others cannot."""
    pages: dict[Address, Read] = {}
    unreadable: list[SiteError] = []
    for address, data in draft.items():
        if not address.endswith((".html", ".svg")):
            continue
        key = address.rpartition(".")[2].encode() + sha256(data).digest()
        known = _decoded(cache.get(key) or b"")
        if known:
            pages[address] = known
            continue
        try:
            pages[address] = new = _read(page(address, data))
        except UnicodeDecodeError as error:
            unreadable.append(SiteError(address, f"is not UTF-8 from byte {error.start}"))
            continue
        encoded = _encoded(new)
        if _decoded(encoded) == new:  # not where a page has errors, or an address in it a line break
            cache.put(key, encoded)
    return pages, tuple(unreadable)


def _read(page: ParsedPage) -> Read:
    return Read(page.ids, page.own_anchors, page.links, page.full, page.loads, tuple(markup.errors(page)))


def _encoded(read: Read) -> bytes:
    """A line for each word, and a NUL between two lists."""
    lists = (read.ids, *map(sorted, (read.own_anchors, read.links, read.full, read.loads)))
    return "\0".join("\n".join(words) for words in lists).encode()


def _decoded(encoded: bytes) -> Read | None:
    try:
        ids, *others = (words.split("\n") if words else [] for words in encoded.decode().split("\0"))
        own_anchors, links, full, loads = map(frozenset, others)
    except ValueError:
        return None
    return Read(tuple(ids), own_anchors, links, full, loads, ())

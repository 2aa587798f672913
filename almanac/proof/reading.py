"""Draft -> Read of each page; cached pages are not parsed again."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from sys import intern
from typing import NamedTuple

from almanac.cache import BuildCache
from almanac.draft import Address, Draft, SiteError
from almanac.proof import markup
from almanac.proof.parsed_page import ParsedPage, page


class Read(NamedTuple):
    """Ids, links and errors of a page. It depends only on the bytes of the page."""

    ids: tuple[str, ...]
    own_anchors: frozenset[str]  # targets of links within the page
    links: frozenset[str]  # targets of other links
    full: frozenset[str]  # absolute URLs of itself and its twins
    loads: frozenset[str]  # sources of images and scripts
    errors: tuple[str, ...]  # in its markup


def read(draft: Draft, cache: BuildCache) -> tuple[Mapping[Address, Read], tuple[SiteError, ...]]:
    """All readable pages, and an error for each other one."""
    pages: dict[Address, Read] = {}
    unreadable: list[SiteError] = []
    for address in draft:
        if not address.endswith((".html", ".svg")):
            continue
        data = draft[address]
        key = address.rpartition(".")[2].encode() + sha256(data).digest()
        cached = _decoded(cache.get(key) or b"")
        if cached:
            pages[address] = cached
            continue
        try:
            pages[address] = new = _read(page(address, data))
        except UnicodeDecodeError as error:
            unreadable.append(SiteError(address, f"is not UTF-8 from byte {error.start}"))
            continue
        encoded = _encoded(new)
        decoded = _decoded(encoded)
        if decoded == new:  # False if the page has errors, or a link contains a line break
            pages[address] = decoded
            cache.put(key, encoded)
    return pages, tuple(unreadable)


def _read(page: ParsedPage) -> Read:
    return Read(page.ids, page.own_anchors, page.links, page.full, page.loads, tuple(markup.errors(page)))


def _encoded(read: Read) -> bytes:
    """One string per line, lists separated by NUL."""
    lists = (read.ids, *map(sorted, (read.own_anchors, read.links, read.full, read.loads)))
    return "\0".join("\n".join(words) for words in lists).encode()


def _decoded(encoded: bytes) -> Read | None:
    try:
        lists = encoded.decode().split("\0")
        ids, *others = ([*map(intern, words.split("\n"))] if words else [] for words in lists)  # most are on many pages
        own_anchors, links, full, loads = map(frozenset, others)
    except ValueError:
        return None
    return Read(tuple(ids), own_anchors, links, full, loads, ())

"""Draft -> what is read in each page. A page is read once, by the build that first makes it."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from almanac.draft import Address, Draft, SiteError
from almanac.memory import Memory
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


def read(draft: Draft, memory: Memory) -> tuple[Mapping[Address, Read], tuple[SiteError, ...]]:
    """Every page that can be read, and why the others cannot."""
    pages: dict[Address, Read] = {}
    unreadable: list[SiteError] = []
    for address, data in draft.items():
        if not address.endswith((".html", ".svg")):
            continue
        key = address.rpartition(".")[2].encode() + sha256(data).digest()
        if known := memory.recall(key):
            pages[address] = _recalled(known)
            continue
        try:
            pages[address] = new = _read(page(address, data))
        except UnicodeDecodeError as error:
            unreadable.append(SiteError(address, f"is not UTF-8 from byte {error.start}"))
            continue
        if not new.errors:
            memory.keep(key, marshal.dumps([*map(tuple, new)]))
    return pages, tuple(unreadable)


def _read(page: ParsedPage) -> Read:
    return Read(page.ids, page.own_anchors, page.links, page.full, page.loads, tuple(markup.errors(page)))


def _recalled(made: bytes) -> Read:
    ids, own_anchors, links, full, loads, errors = marshal.loads(made)
    return Read(ids, frozenset(own_anchors), frozenset(links), frozenset(full), frozenset(loads), errors)

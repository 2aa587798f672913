"""Draft -> Proofed: every link and anchor lands, every page has its twins, every address is safe on every disk."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from almanac.draft import Draft, Flaw, Proofed, Unproofed
from almanac.proof import addresses, links, markup, twins
from almanac.proof.page import pages


def draft(draft: Draft, base_path: str = "/") -> Proofed:
    """Read the whole draft over. `base_path` is where the site will be mounted; 404.html alone may use it."""
    flaws = tuple(sorted(set(_flaws(draft, base_path))))
    if flaws:
        raise Unproofed(flaws)
    return Proofed(MappingProxyType(dict(draft)))


def _flaws(draft: Draft, base_path: str) -> Iterator[Flaw]:
    read, unreadable = pages(draft)
    yield from unreadable
    yield from addresses.unsafe(draft)
    yield from addresses.clashing(draft)
    for page in read.values():
        yield from markup.flaws(page)
    yield from links.lost(draft, read, base_path)
    yield from twins.missing(read)
    yield from twins.unlike(read)

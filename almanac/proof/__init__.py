"""Draft -> Proofed: every link and anchor lands, every page has its twins, every address is safe on every disk."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from almanac.cache import BuildCache
from almanac.draft import Draft, Proofed, SiteError, SiteErrors
from almanac.proof import links, paths, twins
from almanac.proof.reading import read


def draft(draft: Draft, base_path: str = "/", cache: BuildCache | None = None) -> Proofed:
    """Read the whole draft over. `base_path` is where the site will be mounted; 404.html alone may use it.

    What the cache knows of a page goes by the bytes of the page; where its links lead is looked at anew.
    """
    errors = tuple(sorted(set(_flaws(draft, base_path, cache or BuildCache()))))
    if errors:
        raise SiteErrors(errors)
    return Proofed(MappingProxyType(dict(draft)))


def _flaws(draft: Draft, base_path: str, cache: BuildCache) -> Iterator[SiteError]:
    pages, unreadable = read(draft, cache)
    yield from unreadable
    yield from paths.unsafe(draft)
    yield from paths.clashing(draft)
    for address, page in pages.items():
        yield from (SiteError(address, message) for message in page.errors)
    yield from links.lost(draft, pages, base_path)
    yield from twins.missing(pages)
    yield from twins.unlike(pages)

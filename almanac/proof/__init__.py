"""Draft -> Proofed: links and anchors have targets, pages have their twins, file names are safe on every disk."""

from __future__ import annotations

from collections.abc import Iterator

from almanac.cache import BuildCache
from almanac.draft import Draft, Proofed, SiteError, SiteErrors, StoredFiles
from almanac.proof import links, paths, twins
from almanac.proof.reading import read


def draft(draft: Draft, base_path: str = "/", cache: BuildCache | None = None) -> Proofed:
    """Check the draft; `SiteErrors` if anything is wrong. `base_path`, where the site is mounted, is for 404.html.

    Only the parsed pages are cached, by their bytes; links are checked each time.
    """
    errors = tuple(sorted(set(_errors(draft, base_path, cache or BuildCache()))))
    if errors:
        raise SiteErrors(errors)
    return Proofed(draft if isinstance(draft, StoredFiles) else StoredFiles(draft))


def _errors(draft: Draft, base_path: str, cache: BuildCache) -> Iterator[SiteError]:
    pages, unreadable = read(draft, cache)
    yield from unreadable
    yield from paths.unsafe(draft)
    yield from paths.clashing(draft)
    for address, page in pages.items():
        yield from (SiteError(address, message) for message in page.errors)
    yield from links.broken(draft, pages, base_path)
    yield from twins.missing(pages)
    yield from twins.unlike(pages)

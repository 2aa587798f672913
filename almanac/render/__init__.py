"""Catalog -> Draft: every page in every edition, and what machines read; all of it in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from almanac.catalog import Catalog
from almanac.draft import Address, Draft
from almanac.render.data import files as data_files
from almanac.render.frame import Frames
from almanac.render.lookup import files as lookup_files
from almanac.render.page import Page
from almanac.render.pages import all_pages
from almanac.render.root import base_path, root_files
from almanac.render.search import files as search_files
from almanac.render.share import files as share_files
from almanac.render.together import together
from almanac.render.voice import EDITIONS, Edition

__all__ = ["base_path", "catalog"]


def catalog(world: Catalog, templates: Path, base_url: str = "", compiled: Path | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; with it come canonical addresses and a sitemap.

    `compiled` is a folder for compiled templates, safe to delete; it changes no byte of what is made.
    """
    pages = tuple(all_pages(world))
    frames = Frames(world, templates, base_url, compiled)
    both = [edition for edition in EDITIONS if edition.both]  # costs about as much as the two others
    single = [edition for edition in EDITIONS if not edition.both]
    return together(
        lambda: _pages(frames, single, pages),
        lambda: {
            **_pages(frames, both, pages),
            **root_files(world, frames, pages, base_url),
            **data_files(world, base_url),
            **lookup_files(world, frames.scripts),
            **search_files(world, pages, frames.voice, frames.engine),
            **share_files(world, templates),
        },
    )


def _pages(frames: Frames, editions: Iterable[Edition], pages: Sequence[Page]) -> dict[Address, bytes]:
    return {Address(f"{edition.id}/{page.path}"): frames.html(edition, page) for edition in editions for page in pages}

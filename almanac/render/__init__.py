"""Catalog -> Draft: every page in every edition, and what machines read; all of it in memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
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
from almanac.render.voices import Voices

__all__ = ["base_path", "catalog"]


def catalog(world: Catalog, templates: Path, base_url: str = "", compiled: Path | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; with it come canonical addresses and a sitemap.

    `compiled` is a folder for compiled templates, safe to delete; it changes no byte of what is made.
    """
    pages = tuple(all_pages(world))
    voices = Voices(world)
    frames = Frames(world, voices, templates, base_url, compiled)
    return together(
        [
            lambda: data_files(world, base_url),
            lambda: lookup_files(world, voices, frames.scripts),
            lambda: search_files(world, pages, voices.voice, frames.engine),
            lambda: share_files(world, templates),
            lambda: root_files(world, frames, pages, base_url),
            *(partial(_pages, frames, pages[first::_HANDS]) for first in range(_HANDS)),
        ]
    )


_HANDS = 100
"""In so many the pages are dealt: few enough to be handed on quickly, and enough for two to share them fairly."""


def _pages(frames: Frames, pages: Iterable[Page]) -> dict[Address, bytes]:
    """One page in every edition before the next: most of what they say is the same."""
    return {Address(f"{edition}/{page.path}"): html for page in pages for edition, html in frames.html(page).items()}

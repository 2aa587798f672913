"""Catalog -> Draft: every page in every edition, and what machines read; all of it in memory."""

from __future__ import annotations

from pathlib import Path

from almanac.catalog import Catalog
from almanac.draft import Address, Draft
from almanac.render.data import files as data_files
from almanac.render.frame import Frames
from almanac.render.pages import all_pages
from almanac.render.root import base_path, root_files
from almanac.render.voice import EDITIONS

__all__ = ["base_path", "catalog"]


def catalog(world: Catalog, templates: Path, base_url: str = "") -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; with it come canonical addresses and a sitemap."""
    pages = tuple(all_pages(world))
    frames = Frames(world, templates, base_url)
    files = {Address(f"{edition.id}/{page.path}"): frames.html(edition, page) for edition in EDITIONS for page in pages}
    return files | root_files(world, frames, pages, base_url) | data_files(world, base_url)

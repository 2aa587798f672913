"""Catalog -> Draft: every page in every edition, and what machines read; all of it in memory."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from almanac.catalog import Catalog
from almanac.draft import Address, Draft
from almanac.memory import Memory
from almanac.render.data import files as data_files
from almanac.render.frame import Frames
from almanac.render.lookup import files as lookup_files
from almanac.render.pages import all_pages
from almanac.render.remembered import Made, Remembered
from almanac.render.root import base_path, root_files
from almanac.render.search import files as search_files
from almanac.render.share import files as share_files
from almanac.render.together import Job, together
from almanac.render.voices import Voices

__all__ = ["base_path", "catalog"]


def catalog(world: Catalog, templates: Path, base_url: str = "", memory: Memory | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; with it come canonical addresses and a sitemap.

    `memory` is of builds with the same templates; it changes no byte of what is made.
    """
    memory = memory or Memory()
    pages = tuple(all_pages(world))
    voices = Voices(world)
    frames = Frames(world, voices, templates, base_url, memory)
    remembered = Remembered(frames, memory)
    jobs: list[Job[Address, Made]] = [
        lambda: data_files(world, base_url),
        lambda: lookup_files(world, voices, frames.scripts),
        lambda: search_files(world, pages, voices.voice, frames.engine),
        lambda: share_files(world, templates),
        lambda: root_files(world, frames, pages, base_url),
        *(partial(remembered.pages, pages[first::_HANDS]) for first in range(_HANDS)),
    ]
    return remembered.whole(together(jobs))


_HANDS = 100
"""In so many the pages are dealt: few enough to be handed on quickly, and enough for two to share them fairly."""

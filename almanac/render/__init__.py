"""Catalog -> Draft: every page in every edition, and what machines read; all of it in memory."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

from almanac.catalog import Catalog
from almanac.draft import Draft
from almanac.memory import Memory
from almanac.render import search, share
from almanac.render.charts import LivesView
from almanac.render.data import files as data_files
from almanac.render.frame import Frames
from almanac.render.lookup import files as lookup_files
from almanac.render.pages import all_pages
from almanac.render.remembered import Made, Remembered
from almanac.render.root import base_path, root_files
from almanac.render.together import Job, together
from almanac.render.voices import Voices

__all__ = ["base_path", "catalog"]


def catalog(world: Catalog, templates: Path, base_url: str = "", memory: Memory | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; with it come canonical addresses and a sitemap.

    `memory` changes no byte of what is made.
    """
    memory = memory or Memory()
    pages = tuple(all_pages(world))
    voices = Voices(world)
    frames = Frames(world, voices, templates, base_url, memory)
    remembered = Remembered(memory)
    looks = _looks(templates)
    frame = remembered.key(looks, frames.reads)

    def some(first: int) -> list[Made]:
        """One page in every edition before the next: most of what they say is the same."""
        return [remembered.made(partial(frames.html, page), frame, page) for page in pages[first::_HANDS]]

    jobs: list[Job[list[Made]]] = [
        lambda: [Made(data_files(world, base_url, voices))],
        lambda: [Made(lookup_files(world, frames.scripts, voices))],
        lambda: [_search(search.things(world, pages), voices, frames, remembered)],
        lambda: [_share(share.chart(world), templates, looks, remembered)],
        lambda: [Made(root_files(world, frames, pages, base_url))],
        *(partial(some, first) for first in range(_HANDS)),
    ]
    return remembered.whole(made for several in together(jobs) for made in several)


_HANDS = 100
"""In so many the pages are dealt: few enough to be handed on quickly, and enough for two to share them fairly."""


def _search(kinds: list[search.Things], voices: Voices, frames: Frames, remembered: Remembered) -> Made:
    make = partial(search.files, kinds, voices.voice, frames.engine)
    return remembered.made(make, "search", voices.reads, kinds, frames.engine)


def _share(chart: LivesView, templates: Path, looks: str, remembered: Remembered) -> Made:
    return remembered.made(partial(share.drawn, chart, templates), "share", looks, chart)


def _looks(templates: Path) -> str:
    """How all pages look, as a hash: a template may use any other, and a style is made of several."""
    digest = sha256()
    for file in sorted(path for path in templates.rglob("*") if path.is_file()):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(templates).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()

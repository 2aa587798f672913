"""Catalog -> Draft: every page in every edition, and what machines read; all of it in memory."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

from almanac.catalog import Catalog
from almanac.draft import Draft
from almanac.memory import Memory
from almanac.render import share
from almanac.render.browser import search
from almanac.render.browser.tools_data import files as lookup_files
from almanac.render.data import files as data_files
from almanac.render.html.charts import LivesView
from almanac.render.html.pages import all_pages
from almanac.render.html.renderer import PageRenderer
from almanac.render.html.root import base_path, root_files
from almanac.render.remembered import Made, Remembered
from almanac.render.text.localizers import Localizers
from almanac.render.together import Job, together

__all__ = ["base_path", "catalog"]


def catalog(world: Catalog, templates: Path, base_url: str = "", memory: Memory | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; with it come canonical addresses and a sitemap.

    `memory` changes no byte of what is made.
    """
    memory = memory or Memory()
    pages = tuple(all_pages(world))
    localizers = Localizers(world)
    renderer = PageRenderer(world, localizers, templates, base_url, memory)
    remembered = Remembered(memory)
    looks = _looks(templates)
    frame = remembered.key(looks, renderer.reads)

    def some(first: int) -> list[Made]:
        """One page in every edition before the next: most of what they say is the same."""
        return [remembered.made(partial(renderer.html, page), frame, page) for page in pages[first::_HANDS]]

    jobs: list[Job[list[Made]]] = [
        lambda: [Made(data_files(world, base_url, localizers))],
        lambda: [Made(lookup_files(world, renderer.scripts, localizers))],
        lambda: [_search(search.things(world, pages), localizers, renderer, remembered)],
        lambda: [_share(share.chart(world), templates, looks, remembered)],
        lambda: [Made(root_files(world, renderer, pages, base_url))],
        *(partial(some, first) for first in range(_HANDS)),
    ]
    return remembered.whole(made for several in together(jobs) for made in several)


_HANDS = 100
"""In so many the pages are dealt: few enough to be handed on quickly, and enough for two to share them fairly."""


def _search(kinds: list[search.Things], localizers: Localizers, renderer: PageRenderer, remembered: Remembered) -> Made:
    make = partial(search.files, kinds, localizers.localizer, renderer.engine)
    return remembered.made(make, "search", localizers.reads, kinds, renderer.engine)


def _share(chart: LivesView, templates: Path, looks: str, remembered: Remembered) -> Made:
    return remembered.made(partial(share.drawn, chart, templates), "share", looks, chart)


def _looks(templates: Path) -> str:
    """How all pages look, as a hash: a template may use any other, and a style is made of several."""
    digest = sha256()
    for file in sorted(path for path in templates.rglob("*") if path.is_file()):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(templates).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()

"""Catalog -> Draft: every page in every edition and all data files, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from almanac import addresses
from almanac.cache import BuildCache, PageCache
from almanac.catalog import Catalog
from almanac.draft import Address, Draft
from almanac.render.browser import search
from almanac.render.browser.tools_data import files as tools_files
from almanac.render.data import files as data_files
from almanac.render.html.page import Page
from almanac.render.html.pages import all_pages
from almanac.render.html.redirects import redirects
from almanac.render.html.renderer import PageRenderer
from almanac.render.html.root import base_path, root_files
from almanac.render.parallel import run_parallel
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers

__all__ = ["base_path", "catalog"]

Files = Mapping[Address, bytes]


def catalog(world: Catalog, templates: Path, base_url: str = "", cache: BuildCache | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; canonical links and the sitemap need it.

    The output is the same with and without a cache.
    """
    pages = tuple(all_pages(world))
    localizers = Localizers(world)
    renderer = PageRenderer(world, localizers, templates, base_url)
    page_cache = PageCache(cache or BuildCache())
    files = _cards(templates)
    missing: list[_Task] = []
    for task in _tasks(world, pages, localizers, renderer, page_cache, templates):
        found = page_cache.get(task.key, task.addresses)
        files.update(found or {})
        missing += [] if found else [task]
    batches = [missing[first : first + _BATCH] for first in range(0, len(missing), _BATCH)]
    jobs: list[Callable[[], Files]] = [
        partial(data_files, world, base_url, localizers),
        partial(tools_files, world, renderer.scripts, localizers),
        partial(root_files, world, renderer, pages, base_url),
        partial(redirects, world, renderer, pages, base_url),
        *(partial(_rendered, batch) for batch in batches),
    ]
    if len(batches) > _MAX_SERIAL:
        renderer.compile_templates()  # before the fork, so that workers share the compiled templates
        results = run_parallel(jobs)
    else:
        results = [job() for job in jobs]
    for result in results:
        files.update(result)
    for task in missing:
        page_cache.put(task.key, {address: files[address] for address in task.addresses})
    return files


_BATCH = 6
"""Pages per job: large enough to outweigh the transfer, small enough to balance the load."""
_MAX_SERIAL = 3
"""Number of batches up to which one process is faster than starting workers."""
_SEARCH = [
    Address(addresses.SEARCH),
    *(Address(of(edition.id)) for edition in EDITIONS for of in (addresses.search, addresses.search_texts)),
]


@dataclass(frozen=True, slots=True)
class _Task:
    """Files that are rendered and cached together."""

    addresses: Sequence[Address]
    key: bytes
    render: Callable[[], Files]


def _tasks(
    world: Catalog,
    pages: Sequence[Page],
    localizers: Localizers,
    renderer: PageRenderer,
    page_cache: PageCache,
    templates: Path,
) -> Iterator[_Task]:
    documents = search.documents_by_kind(world, pages)
    yield _Task(
        _SEARCH,
        page_cache.key("search", localizers.reads, documents, renderer.engine),
        partial(search.files, documents, localizers.localizer, renderer.engine),
    )
    frame = page_cache.key(_templates_hash(templates), renderer.cache_inputs)
    for page in pages:
        yield _Task(renderer.addresses(page), page_cache.key(frame, page), partial(renderer.html, page))


def _rendered(tasks: Sequence[_Task]) -> dict[Address, bytes]:
    rendered = ((task, task.render()) for task in tasks)
    return {address: files[address] for task, files in rendered for address in task.addresses}


def _cards(templates: Path) -> dict[Address, bytes]:
    """The social card of each edition; bench/cards.py makes them."""
    cards = templates / "card"
    return {Address(addresses.picture(each.id)): (cards / f"{each.id}.png").read_bytes() for each in EDITIONS}


def _templates_hash(templates: Path) -> str:
    """Hash of all templates, since each may include any other."""
    digest = sha256()
    for file in sorted(path for path in templates.rglob("*") if path.is_file()):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(templates).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()

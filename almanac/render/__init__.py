"""Catalog -> Draft: every page in every edition and all data files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from almanac import addresses
from almanac.cache import BuildCache, PageCache
from almanac.catalog import Catalog
from almanac.draft import Address, Draft, StoredFiles
from almanac.render import data
from almanac.render.browser import search
from almanac.render.browser.tools_data import files as tools_files
from almanac.render.html.file_sizes import with_file_sizes, with_sizes
from almanac.render.html.jinja_env import CompiledTemplates
from almanac.render.html.last_changed import dated, last_days
from almanac.render.html.page import Page
from almanac.render.html.pages import all_pages, page_at
from almanac.render.html.redirects import redirects
from almanac.render.html.renderer import PageRenderer
from almanac.render.html.root import base_path, root_files, standalone_pages
from almanac.render.markdown.renderer import MarkdownRenderer
from almanac.render.parallel import Job, run_parallel
from almanac.render.task import Files, Task
from almanac.render.template_errors import read_bytes, template_errors_reported
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers
from almanac.spool import Spool, Stored

__all__ = ["CompiledTemplates", "base_path", "catalog", "single_pages", "with_file_sizes"]


def catalog(world: Catalog, templates: Path, base_url: str = "", cache: BuildCache | None = None) -> Draft:
    """The whole site. `base_url` ends in a slash, or is ""; canonical links and the sitemap need it.

    The output is the same with and without a cache. `ContentErrors` for errors in the templates.
    """
    with template_errors_reported(templates):
        return _catalog(world, templates, base_url, cache)


def single_pages(
    world: Catalog, templates: Path, compiled: CompiledTemplates | None = None
) -> Callable[[str], bytes | None]:
    """Renders the page at an address alone, as `catalog` does without a `base_url`; None where there is none.

    The sizes of other files are left out: see `with_file_sizes`. `ContentErrors` for errors in its templates.
    """
    with template_errors_reported(templates):
        renderer = PageRenderer(world, Localizers(world), templates, "", compiled)
        if compiled is not None and compiled.is_empty:
            renderer.compile_templates()
    days = last_days(world)

    def rendered(address: str) -> bytes | None:
        id, _, path = address.partition("/")
        edition = next((each for each in EDITIONS if each.id == id), None)
        page = page_at(world, path)
        if edition is None or page is None:
            return None
        with template_errors_reported(templates):
            return renderer.html_in(edition, dated(page, days))

    return rendered


def _catalog(world: Catalog, templates: Path, base_url: str, cache: BuildCache | None) -> Draft:
    localizers = Localizers(world)
    renderer = PageRenderer(world, localizers, templates, base_url)
    markdown = MarkdownRenderer(world, localizers, templates, base_url)
    cache = cache or BuildCache()
    page_cache, spool = PageCache(cache), cache.spool
    days = last_days(world)
    pages = tuple(dated(page, days) for page in all_pages(world))
    files = _stored(
        [
            partial(_cards, templates),
            partial(root_files, world, renderer, pages, base_url),
            partial(redirects, world, renderer, pages, base_url),
        ],
        spool,
    )
    missing: dict[bytes, Task] = {}
    for task in _tasks(world, pages, localizers, renderer, markdown, base_url):
        key = page_cache.key(*task.reads)
        found = page_cache.find(key, task.addresses)
        if found is None:
            missing[key] = task
        else:
            files |= found
    never_cached: list[Job[Files]] = [
        partial(data.documents, world, base_url),
        partial(tools_files, world, renderer.scripts, localizers),
    ]
    renders = [*([each] for each in never_cached), *_batches(missing.values())]
    for each in _all_of([partial(_stored, batch, spool) for batch in renders], localizers, renderer, markdown):
        files |= each
    for key, task in missing.items():
        page_cache.keep(key, {address: files[address] for address in task.addresses})
    files[Address(addresses.INDEX_JSON)] = data.index(world, base_url, StoredFiles(files))
    files |= {address: spool.append(page) for address, page in with_sizes(files)}
    return StoredFiles(files)


def _stored(renders: Iterable[Job[Files]], spool: Spool) -> dict[Address, Stored]:
    """The files of several renders, written to disk one after another, so that they are not in memory together."""
    return {address: spool.append(file) for render in renders for address, file in render().items()}


def _batches(tasks: Iterable[Task]) -> list[list[Job[Files]]]:
    renders = [task.render for task in tasks]
    return [renders[first : first + _BATCH] for first in range(0, len(renders), _BATCH)]


def _all_of(
    jobs: Sequence[Job[dict[Address, Stored]]],
    localizers: Localizers,
    renderer: PageRenderer,
    markdown: MarkdownRenderer,
) -> Iterable[dict[Address, Stored]]:
    """The results of all jobs: of many, in workers, which share what has been loaded before they start."""
    if len(jobs) <= _MAX_SERIAL:
        return (job() for job in jobs)
    localizers.load_parser()
    renderer.compile_templates()
    markdown.compile_templates()
    return run_parallel(jobs)


_BATCH = 6
"""Pages per job: large enough to outweigh the transfer, small enough to balance the load."""
_MAX_SERIAL = 5
"""Number of jobs up to which one process is faster than starting workers."""


def _tasks(
    world: Catalog,
    pages: Sequence[Page],
    localizers: Localizers,
    renderer: PageRenderer,
    markdown: MarkdownRenderer,
    base_url: str,
) -> Iterator[Task]:
    """All files that are cached."""
    documents = search.documents_by_kind(world, pages)
    yield Task(
        search.addresses_of(documents),
        ("search", localizers.reads, documents, renderer.engine),
        partial(search.files, documents, localizers.localizer, renderer.engine),
    )
    yield from data.subscriptions(world, base_url, localizers)
    yield from data.exports(world, base_url)
    yield standalone_pages(world, renderer, base_url)
    yield markdown.llms_txt(pages, renderer.reads)
    yield from (markdown.with_markdown(renderer.task(page), page) for page in pages)


def _cards(templates: Path) -> dict[Address, bytes]:
    """The social card of each edition; bench/cards.py makes them."""
    cards = templates / "card"
    return {Address(addresses.picture(each.id)): read_bytes(cards / f"{each.id}.png") for each in EDITIONS}

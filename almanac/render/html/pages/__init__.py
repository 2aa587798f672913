"""Catalog -> pages: one module per kind of page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TypeAlias, TypeVar

from almanac import addresses
from almanac.catalog import Catalog
from almanac.render.html.page import Page
from almanac.render.html.pages import (
    about_models,
    announcement,
    changes,
    conflicts,
    corrections,
    deprecations,
    endpoint,
    endpoints,
    family,
    glossary,
    home,
    model,
    models,
    notice_periods,
    parameters,
    product,
    retention,
    sources,
    text_pages,
    timeline,
    tools,
    upcoming,
)

K = TypeVar("K")
E = TypeVar("E")

Maker: TypeAlias = Callable[[], Iterable[Page]]


def all_pages(world: Catalog) -> Iterator[Page]:
    for _, make in _makers(world):
        yield from make()


def page_at(world: Catalog, path: str) -> Page | None:
    """The page with this path, or None. Of the other pages, only those whose paths begin alike are made."""
    made = (page for beginnings, make in _makers(world) if path.startswith(beginnings) for page in make())
    return next((page for page in made if page.path == path), None)


def _makers(world: Catalog) -> Iterator[tuple[str | tuple[str, ...], Maker]]:
    """The path of a page, or the beginnings of the paths of several, and what makes them."""
    yield _one(addresses.HOME, home.page, world)
    yield (addresses.MODELS, addresses.MORE_MODELS), partial(models.pages, world)
    yield _one(addresses.ABOUT_MODELS, about_models.page, world)
    yield from _each(addresses.family, family.page, world, world.families)
    yield from _each(addresses.model, model.page, world, world.models)
    yield addresses.DEPRECATIONS_FOLDER, partial(deprecations.pages, world)
    yield _one(addresses.UPCOMING, upcoming.page, world)
    yield (addresses.CHANGES, addresses.CHANGES_FOLDER), partial(changes.pages, world)
    yield addresses.TIMELINE.removesuffix(".html"), partial(timeline.pages, world)
    yield _one(addresses.NOTICE, notice_periods.page, world)
    yield from _each(addresses.announcement, announcement.page, world, world.announcements)
    yield _one(addresses.ENDPOINTS, endpoints.page, world)
    yield from _each(addresses.endpoint, endpoint.page, world, world.endpoints)
    yield from _each(addresses.product, product.page, world, world.products)
    yield _one(addresses.PARAMETERS, parameters.page, world)
    yield _one(addresses.RETENTION, retention.page, world)
    yield _one(addresses.POLICY, text_pages.policy, world)
    yield _one(addresses.GLOSSARY, glossary.page, world)
    yield _one(addresses.SOURCES, sources.page, world)
    yield _one(addresses.CONFLICTS, conflicts.page, world)
    yield _one(addresses.CORRECTIONS, corrections.page, world)
    yield _one(addresses.DATA, text_pages.data, world)
    yield _one(addresses.EXAMPLES, text_pages.examples, world)
    yield _one(addresses.CHECK, tools.check, world)
    yield _one(addresses.COMPARE, tools.compare, world)
    yield _one(addresses.MY_MODELS, tools.my_models, world)


def _one(path: str, make: Callable[..., Page], *arguments: object) -> tuple[str, Maker]:
    return path, lambda: (make(*arguments),)


def _each(
    path: Callable[[K], str], make: Callable[[Catalog, E], Page], world: Catalog, entries: Mapping[K, E]
) -> Iterator[tuple[str, Maker]]:
    """A page for each entry."""
    return (_one(path(id), make, world, entry) for id, entry in entries.items())

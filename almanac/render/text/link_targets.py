"""Every path and anchor that links in prose may target. `check` has the same list, independent of the day."""

from __future__ import annotations

from collections.abc import Iterator

from almanac import addresses
from almanac.catalog import Catalog
from almanac.fields import has_data_use

_TO = addresses.Links("")
_FIXED = {
    "home": ("next", "families"),
    "models": ("temporary-snapshots",),
    "endpoints": ("all", "matrix"),
    "retention": ("retention",),
    "sources": ("sources", "conflicts"),
}


def link_targets(world: Catalog) -> frozenset[str]:
    """Paths, with and without anchors, that exist as of the catalog's day."""
    return frozenset((*_pages(world), *_models(world), *_announcements(world), *_endpoints(world), *_lists(world)))


def _pages(world: Catalog) -> Iterator[str]:
    for name in addresses.PAGES:
        page = world.pages.get(name)
        sections = page.sections if page else ()
        for anchor in ("", *(section.id for section in sections), *_FIXED.get(name, ())):
            yield _TO.page(name, anchor)


def _models(world: Catalog) -> Iterator[str]:
    for family in world.families.values():
        id = family.record.id
        yield _TO.page("models", id)
        for anchor in ("", "models", *(section.id for section in family.record.sections)):
            yield _TO.family(id, anchor)
        for entry in family.models:
            yield _TO.model(entry.record.id)
            yield _TO.family(id, addresses.row("models", entry.record.id))
            yield _TO.page("models", addresses.row(id, entry.record.id))
    for row in world.discontinuations.rows:
        yield _TO.page("models", addresses.row("temporary-snapshots", row.model.id))


def _announcements(world: Catalog) -> Iterator[str]:
    for announcement in world.announcements.values():
        yield _TO.announcement(announcement.id)
        yield _TO.page("deprecations", announcement.id)
        for table in announcement.tables:
            for anchor in (table.id, *(addresses.row(table.id, row.subject.name) for row in table.rows)):
                yield _TO.announcement(announcement.id, anchor)
                yield _TO.page("deprecations", anchor)


def _endpoints(world: Catalog) -> Iterator[str]:
    for path, entry in world.endpoints.items():
        yield _TO.endpoint(path)
        yield _TO.page("endpoints", addresses.row("all", path))
        if has_data_use(entry.record):
            yield _TO.page("retention", addresses.row("retention", path))


def _lists(world: Catalog) -> Iterator[str]:
    yield from map(_TO.product, world.products)
    yield from map(_TO.term, world.terms)
    yield from map(_TO.source, world.sources)
    for conflict in world.conflicts:
        yield _TO.conflict(conflict.id)
    for correction in world.corrections:
        yield _TO.page("corrections", addresses.correction_id(correction))

"""Catalog -> pages: one module per kind of page."""

from __future__ import annotations

from collections.abc import Iterator

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


def all_pages(world: Catalog) -> Iterator[Page]:
    yield home.page(world)
    yield from models.pages(world)
    yield about_models.page(world)
    yield from (family.page(world, entry) for entry in world.families.values())
    yield from (model.page(world, entry) for entry in world.models.values())
    yield from deprecations.pages(world)
    yield upcoming.page(world)
    yield from changes.pages(world)
    yield from timeline.pages(world)
    yield notice_periods.page(world)
    yield from (announcement.page(world, each) for each in world.announcements.values())
    yield endpoints.page(world)
    yield from (endpoint.page(world, entry) for entry in world.endpoints.values())
    yield from (product.page(world, entry) for entry in world.products.values())
    yield parameters.page(world)
    yield retention.page(world)
    yield text_pages.policy(world)
    yield glossary.page(world)
    yield sources.page(world)
    yield conflicts.page(world)
    yield corrections.page(world)
    yield text_pages.data(world)
    yield text_pages.examples(world)
    yield tools.check(world)
    yield tools.compare(world)
    yield tools.my_models(world)

"""Pages -> the same pages with the last day on which their facts are known to have changed.

It is the day of a copy, an announcement, an event, a date that came or a correction, never that of a build. A page
whose facts have no day (a tool, a text about the site) has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from almanac import addresses
from almanac.as_of import start
from almanac.catalog import Catalog, Change
from almanac.fields import histories
from almanac.records import Fact
from almanac.render.html.page import Page


def dated(page: Page, days: Mapping[str, date]) -> Page:
    """The page with its last day, of those that `last_days` gives."""
    found = days.get(page.path)
    return replace(page, changed=found) if found else page


def last_days(world: Catalog) -> Mapping[str, date]:
    """Path of a page -> the last day on which its facts are known to have changed."""
    last: dict[str, date] = {}
    for path, day in _every_day(world):
        if day <= world.as_of and (path not in last or day > last[path]):
            last[path] = day
    return last


def _every_day(world: Catalog) -> Iterator[tuple[str, date]]:
    yield from _of_records(world)
    for change in world.changes:
        days = [change.day, *filter(None, (change.copied, change.confirmed))]
        yield from ((path, day) for path in _pages_of(world, change) for day in days if day <= world.as_of)
    yield from ((addresses.SOURCES, source.state_of.first) for source in world.sources.values())
    for conflict in world.conflicts:
        days = [world.sources[claim.source].state_of.first for claim in conflict.claims]
        yield from ((addresses.CONFLICTS, day) for day in (*days, *_facts(world, conflict)))
    for term in world.terms.values():
        yield from ((addresses.GLOSSARY, day) for day in _facts(world, term))
    for name, text in world.pages.items():
        if name in addresses.PAGES:
            cited = (source for section in text.sections for source in section.sources)
            yield from ((addresses.PAGES[name], world.sources[source].state_of.first) for source in cited)


def _of_records(world: Catalog) -> Iterator[tuple[str, date]]:
    """The days from which the facts of records are known."""
    for id, family in world.families.items():
        models = [(each.record.id, each) for each in family.models]
        days = [*_facts(world, family.record), *(each.exists_from for _, each in models)]
        for model, entry in models:
            of_model = [entry.exists_from, *_facts(world, entry.record)]
            yield from ((addresses.model(model), day) for day in of_model)
            days += of_model
        yield from ((path, day) for path in (addresses.family(id), addresses.MODELS) for day in days)
    for path, endpoint in world.endpoints.items():
        days = [endpoint.exists_from, *_facts(world, endpoint.record)]
        lists = (addresses.ENDPOINTS, addresses.RETENTION)
        yield from ((each, day) for each in (addresses.endpoint(path), *lists) for day in days)
    for id_of_product, product in world.products.items():
        days = [product.exists_from, *_facts(world, product.record)]
        yield from ((addresses.product(id_of_product), day) for day in days)
    for parameter in world.parameters:
        yield addresses.PARAMETERS, world.sources[parameter.source].state_of.first
    for announcement in world.announcements.values():
        days = [announcement.announced.first, *_facts(world, announcement)]
        yield from ((addresses.announcement(announcement.id), day) for day in days)


def _pages_of(world: Catalog, change: Change) -> Iterator[str]:
    """The pages that a change alters, besides those that only mention its name."""
    yield from (addresses.HOME, addresses.CHANGES, f"{addresses.CHANGES_FOLDER}{change.day.year}.html")
    yield f"{addresses.CHANGES_FOLDER}{change.day:%Y-%m}.html"
    if change.correction:
        yield addresses.CORRECTIONS
    if change.announcement:
        yield from (addresses.announcement(change.announcement), addresses.DEPRECATIONS)
        yield from (addresses.UPCOMING, addresses.NOTICE, addresses.TIMELINE, addresses.TIMELINE_BY_DATE)
    if change.subject:
        yield addresses.named(change.subject)
    if model := world.models.get(change.subject):  # type: ignore[call-overload]
        yield from (addresses.family(model.family.id), addresses.MODELS, addresses.TIMELINE)
        yield addresses.TIMELINE_BY_DATE
    if change.subject.startswith("/"):
        yield from (addresses.ENDPOINTS, addresses.RETENTION, addresses.PARAMETERS)


def _facts(world: Catalog, record: Any) -> Iterator[date]:
    """The day of the copy of each fact and note; where the copy is later than the day shown, the day it gives."""
    declared: Any = type(record)
    kept = [getattr(record, field.name) for field in histories(declared)]
    for history in (*kept, *getattr(record, "notes", ())):
        yield from (_known(world, fact) for fact in history.facts)


def _known(world: Catalog, fact: Fact[Any]) -> date:
    copied = world.sources[fact.source].state_of.first
    return copied if copied <= world.as_of else start(fact, copied)

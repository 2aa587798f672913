"""Catalog -> files for programs: the same facts as JSON, CSV, an SQLite database, calendars and feeds.

`data/v1/` is stable: keys and columns may be added at the end, but none is removed or changes its meaning. Breaking
changes go into a `data/v2/` beside it. Feeds have no version: their addresses and ids never change.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from almanac import addresses
from almanac.addresses import Links
from almanac.cache import HashedOnce
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.data import (
    almanac_sqlite,
    badges,
    cle_json,
    feed,
    feed_formats,
    ics,
    openapi_json,
    tables,
    tables_csv,
)
from almanac.render.data.announcements_json import announcements, events
from almanac.render.data.calendars import calendars
from almanac.render.data.changes_json import changes
from almanac.render.data.corrections import corrections
from almanac.render.data.document import Json, document, encoded, encoded_line, with_encoded
from almanac.render.data.endpoints_json import endpoints, products
from almanac.render.data.identifiers import identifiers, root
from almanac.render.data.manifest import index as index
from almanac.render.data.models_json import entries, families, renamed
from almanac.render.data.parameters_json import parameters
from almanac.render.data.plans_csv import plans
from almanac.render.data.retirements_json import retirements
from almanac.render.data.scanner_json import scanner
from almanac.render.data.schema import schema
from almanac.render.data.sources_json import glossary, sources
from almanac.render.task import Files, Task
from almanac.render.text.link_targets import link_targets
from almanac.render.text.localize import EDITIONS, Edition
from almanac.render.text.localizers import Localizers

_V1 = addresses.DATA_FILES
_MODELS = Address(f"{_V1}/models.json")
_PLANS = Address(f"{_V1}/plans.csv")
_MONOLINGUAL = [edition for edition in EDITIONS if not edition.both]


def documents(world: Catalog, base_url: str) -> Files:
    """The JSON documents and the CSV file, except the index, which needs the other files."""
    targets = link_targets(world)
    models = {id: encoded(entry, targets).encode() for id, entry in entries(world)}
    present = {ref.id: id for id, entry in world.models.items() for ref in entry.record.formerly}
    of_kinds: dict[Address, Json] = {
        Address(f"{_V1}/announcements.json"): announcements(world),
        Address(addresses.CHANGES_JSON): changes(world),
        Address(f"{_V1}/corrections.json"): corrections(world),
        Address(f"{_V1}/endpoints.json"): endpoints(world),
        Address(f"{_V1}/events.json"): events(world),
        Address(f"{_V1}/glossary.json"): glossary(world),
        _MODELS: families(world),
        Address(f"{_V1}/parameters.json"): parameters(world),
        Address(f"{_V1}/products.json"): products(world),
        Address(addresses.RETIREMENTS_JSON): retirements(world),
        Address(f"{_V1}/scanner.json"): scanner(world, base_url),
        Address(f"{_V1}/schema.json"): schema(base_url),
        Address(f"{_V1}/sources.json"): sources(world),
    }
    files = {_PLANS: plans(world), **{address: encoded_line(each, targets) for address, each in of_kinds.items()}}
    files[_MODELS] = with_encoded(files[_MODELS], b"models", b"[%b]" % b",".join(models.values()))
    head = encoded_line(document("model", {}), targets)
    files |= {Address(addresses.model_json(id)): with_encoded(head, b"model", each) for id, each in models.items()}
    for old, id in present.items():
        renaming = encoded_line(renamed(id), targets)
        files[Address(addresses.model_json(old))] = with_encoded(renaming, b"model", models[id])
    return files


def subscriptions(world: Catalog, base_url: str, localizers: Localizers) -> Iterator[Task]:
    """The calendars, badges and feeds in each language. Links in them are absolute only with `base_url`."""
    followed = feed.followed(world)
    retirements, changed = calendars(world, followed), feed.feeds(world, followed)
    pictures = badges.badges(world, followed)
    ids = identifiers(world.site, base_url)
    for edition in _MONOLINGUAL:
        t = localizers.localizer(edition, "", Links(root(edition, base_url)))
        made_of = (world.site.title, edition.id, ids, base_url, localizers.reads)
        yield Task(
            [
                Address(addresses.calendar(edition.id, name))
                for each in retirements.calendars
                for name in (each.name, *each.formerly)
            ],
            ("calendars", retirements, *made_of),
            partial(ics.files, retirements, t, world.site.title, ids, base_url),
        )
        yield Task(
            [
                Address(addresses.badge(edition.id, name, suffix))
                for each in pictures
                for name in (each.name, *each.formerly)
                for suffix in ("svg", "json")
            ],
            ("badges", pictures, *made_of),
            partial(badges.files, pictures, t),
        )
        yield Task(
            [*_feeds(changed, edition)],
            ("feeds", changed, *made_of),
            partial(feed_formats.files, changed, t, world.site.title, ids, base_url),
        )


def exports(world: Catalog, base_url: str) -> Iterator[Task]:
    """The same facts as tables (CSV, SQLite) and as lifecycle documents, and the OpenAPI description of all files."""
    filled = tables.filled(world)
    reads = {each.table.name: HashedOnce(each.rows) for each in filled}
    for each in filled:
        name = each.table.name
        yield Task([Address(addresses.table_csv(name))], ("table", name, reads[name]), partial(tables_csv.files, each))
    yield Task([Address(addresses.DATABASE)], ("database", reads), partial(almanac_sqlite.files, filled))
    lifecycles = cle_json.documents(world)
    yield Task(
        [Address(addresses.cle_json(id)) for id in lifecycles],
        ("lifecycles", lifecycles),
        partial(cle_json.files, lifecycles),
    )
    described = openapi_json.described(world, base_url)
    yield Task([Address(addresses.OPENAPI_JSON)], ("openapi", described), partial(openapi_json.files, described))


def _feeds(changed: feed.Feeds, edition: Edition) -> Iterator[Address]:
    for each in changed.feeds:
        for name in (each.name, *each.formerly):
            for suffix in ("xml", "json"):
                yield feed_formats.address(edition, name, each.period, suffix)

"""Catalog -> files for programs: the same facts as JSON, CSV, calendars and feeds.

`data/v1/` is stable: keys and columns may be added at the end, but none is removed or changes its meaning. Breaking
changes go into a `data/v2/` beside it. Feeds have no version: their addresses and ids never change.
"""

from __future__ import annotations

from almanac import addresses
from almanac.addresses import Links
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.data.announcements_json import announcements, events
from almanac.render.data.atom import feed
from almanac.render.data.corrections import corrections
from almanac.render.data.document import Json, encoded
from almanac.render.data.endpoints_json import endpoints, products
from almanac.render.data.ics import retirements
from almanac.render.data.ids import root
from almanac.render.data.manifest import index
from almanac.render.data.models_json import entries, model, models, renamed
from almanac.render.data.plans_csv import plans
from almanac.render.data.schema import schema
from almanac.render.data.sources_json import glossary, sources
from almanac.render.text.link_targets import link_targets
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers

_V1 = "data/v1"


def files(world: Catalog, base_url: str = "", localizers: Localizers | None = None) -> dict[Address, bytes]:
    """Every file for programs. Links in feeds and calendars are absolute only with `base_url`."""
    targets = link_targets(world)
    model_entries = entries(world)
    of_models = {id: Address(f"{_V1}/models/{id}.json") for id in model_entries}
    present = {ref.id: id for id, entry in world.models.items() for ref in entry.record.formerly}
    of_former = {id: Address(f"{_V1}/models/{id}.json") for id in present}
    documents: dict[Address, Json] = {
        Address(f"{_V1}/announcements.json"): announcements(world),
        Address(f"{_V1}/corrections.json"): corrections(world),
        Address(f"{_V1}/endpoints.json"): endpoints(world),
        Address(f"{_V1}/events.json"): events(world),
        Address(f"{_V1}/glossary.json"): glossary(world),
        Address(f"{_V1}/models.json"): models(world, model_entries.values()),
        Address(f"{_V1}/products.json"): products(world),
        Address(f"{_V1}/schema.json"): schema(),
        Address(f"{_V1}/sources.json"): sources(world),
    }
    localizers = localizers or Localizers(world)
    others = {Address(f"{_V1}/plans.csv"): plans(world)}
    for edition in EDITIONS:
        if not edition.both:
            t = localizers.localizer(edition, "", Links(root(edition, base_url)))
            others[Address(f"{_V1}/retirements.{edition.id}.ics")] = retirements(world, t, base_url)
            others[Address(addresses.feed(edition.id))] = feed(world, t, base_url)
    documents |= {
        Address(f"{_V1}/index.json"): index(world, base_url, sorted([*documents, *others]), of_models, of_former),
        **{of_models[id]: model(world, entry) for id, entry in model_entries.items()},
        **{of_former[old]: renamed(world, model_entries[id], id) for old, id in present.items()},
    }
    return others | {address: encoded(each, targets) for address, each in documents.items()}

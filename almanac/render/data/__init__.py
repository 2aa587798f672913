"""Catalog -> files for programs: the same facts as JSON, CSV, calendars and feeds.

`data/v1/` keeps its promises: keys and columns may be added at the end, none changes its meaning or goes. What cannot
keep them goes into a `data/v2/` beside it. Feeds have no version: their addresses and ids are for ever.
"""

from __future__ import annotations

from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.data.announcements import announcements, events
from almanac.render.data.document import encoded
from almanac.render.data.endpoints import endpoints, products
from almanac.render.data.feed import feed
from almanac.render.data.index import index
from almanac.render.data.models import entries, model, models
from almanac.render.data.reference import glossary, sources
from almanac.render.data.retirements import retirements
from almanac.render.data.schema import schema
from almanac.render.data.sheet import plans
from almanac.render.data.spoken import voice
from almanac.render.landings import landings
from almanac.render.voice import EDITIONS

_V1 = "data/v1"


def files(world: Catalog, base_url: str = "") -> dict[Address, bytes]:
    """Every file for programs. With `base_url` feeds and calendars have full links, else relative ones or none."""
    landed = landings(world)
    told = entries(world)
    of_models = {id: Address(f"{_V1}/models/{id}.json") for id in told}
    files = {
        Address(f"{_V1}/announcements.json"): encoded(announcements(world), landed),
        Address(f"{_V1}/endpoints.json"): encoded(endpoints(world), landed),
        Address(f"{_V1}/events.json"): encoded(events(world), landed),
        Address(f"{_V1}/glossary.json"): encoded(glossary(world), landed),
        Address(f"{_V1}/models.json"): encoded(models(world, told.values()), landed),
        Address(f"{_V1}/plans.csv"): plans(world),
        Address(f"{_V1}/products.json"): encoded(products(world), landed),
        Address(f"{_V1}/schema.json"): encoded(schema(), landed),
        Address(f"{_V1}/sources.json"): encoded(sources(world), landed),
    }
    for edition in EDITIONS:
        if not edition.both:
            spoken = voice(world, edition, base_url, landed)
            files[Address(f"{_V1}/retirements.{edition.id}.ics")] = retirements(world, spoken, base_url)
            files[Address(f"feed.{edition.id}.xml")] = feed(world, spoken, base_url)
    return {
        **files,
        **{address: encoded(model(world, told[id]), landed) for id, address in of_models.items()},
        Address(f"{_V1}/index.json"): encoded(index(world, base_url, sorted(files), of_models), landed),
    }

"""Catalog, an edition -> the voice of files that stand outside the editions, and the names that they go by."""

from __future__ import annotations

from collections.abc import Container

from almanac.catalog import Catalog
from almanac.render import addresses
from almanac.render.addresses import Links
from almanac.render.prose import Prose
from almanac.render.voice import Edition, Voice

# Feeds and calendars know their entries by ids that may never change, while a site may move to another host. So no
# host is in them: RFC 2606 keeps `.invalid` from ever being anyone's.
AUTHORITY = "model-almanac.invalid"


def root(edition: Edition, base_url: str) -> str:
    """Where the pages of an edition begin, for a file at the root of the site."""
    return f"{base_url}{edition.id}/"


def voice(world: Catalog, edition: Edition, base_url: str, landings: Container[str]) -> Voice:
    """Says the same words as the pages; its links begin at the root of the site, or with its address."""
    paths: dict[str, str] = {id: addresses.model(id) for id in world.models}
    paths |= {path: addresses.endpoint(path) for path in world.endpoints}
    return Voice(
        edition,
        "",
        Links(root(edition, base_url)),
        words=world.words,
        terms={term.id: term.name for term in world.terms.values()},
        sources={source.id: source.title for source in world.sources.values()},
        titles={
            **{f"product/{entry.record.id}": entry.record.title for entry in world.products.values()},
            **{f"family/{entry.record.id}": entry.record.title for entry in world.families.values()},
        },
        prose=Prose(paths, Links(""), landings.__contains__),
        plain={},
    )

"""Sources, conflicts and the glossary -> JSON."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.addresses import Links
from almanac.catalog import Catalog
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import known, record

_BELOW_EDITION = Links("")


def sources(world: Catalog) -> Mapping[str, Json]:
    listed = [
        _on_page({**record(each), "citations": world.citations.get(each.id, 0)}, _BELOW_EDITION.source(each.id))
        for each in world.sources.values()
    ]
    return document("sources", {"sources": listed, "conflicts": known(world.conflicts)})


def glossary(world: Catalog) -> Mapping[str, Json]:
    terms = sorted(world.terms.values(), key=lambda term: term.id)
    listed = [_on_page(record(each), f"{addresses.GLOSSARY}#{each.id}") for each in terms]
    return document("glossary", {"terms": listed})


def _on_page(recorded: dict[str, Json], page: str) -> Json:
    return {"id": recorded.pop("id"), "page": page, **recorded}

"""Sources, conflicts and the glossary -> JSON."""

from __future__ import annotations

from collections.abc import Mapping

from almanac.catalog import Catalog
from almanac.render import addresses
from almanac.render.addresses import Links
from almanac.render.data.document import Json, document
from almanac.render.data.values import conflict, known, remark, text

_BELOW_EDITION = Links("")


def sources(world: Catalog) -> Mapping[str, Json]:
    listed: list[Json] = [
        {
            "id": each.id,
            "page": _BELOW_EDITION.source(each.id),
            "publisher": each.publisher,
            "title": text(each.title),
            "url": known(each.url),
            "rank": each.rank,
            "copied": str(each.copied),
            "accessed": known(each.accessed),
            **remark("note", each.note),
        }
        for each in world.sources.values()
    ]
    return document(
        world,
        "sources",
        {"sources": listed, "conflicts": [conflict(each) for each in world.conflicts]},
    )


def glossary(world: Catalog) -> Mapping[str, Json]:
    terms: list[Json] = [
        {
            "id": each.id,
            "page": f"{addresses.GLOSSARY}#{each.id}",
            "name": text(each.name),
            "meaning": text(each.meaning),
            "avoid": {"en": list(each.avoid.en), "zh": list(each.avoid.zh)},
        }
        for each in sorted(world.terms.values(), key=lambda term: term.id)
    ]
    return document(world, "glossary", {"terms": terms})

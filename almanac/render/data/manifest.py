"""Catalog, other files -> the index of the data: files, counts, day and licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from almanac.catalog import Catalog
from almanac.draft import EDITIONS, Address
from almanac.records import ModelId
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import known, text

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".xml": "application/atom+xml",
}


def index(
    world: Catalog,
    base_url: str,
    files: Iterable[Address],
    models: Mapping[ModelId, Address],
    former_models: Mapping[ModelId, Address],
) -> Mapping[str, Json]:
    """The index. Its paths are relative to the root of the site; `page` keys elsewhere, to the root of an edition."""
    return document(
        world,
        "index",
        {
            "title": text(world.site.title),
            "tagline": text(world.site.tagline),
            "notice": text(world.site.disclaimer),
            "licence_url": "https://creativecommons.org/licenses/by/4.0/",
            "site": known(base_url),
            "editions": [f"{edition}/" for edition in EDITIONS],
            "counts": {
                "families": len(world.families),
                "models": len(world.models),
                "endpoints": len(world.endpoints),
                "announcements": len(world.announcements),
                "plans": sum(len(plans) for plans in world.plans.values()),
                "events": len(world.events),
                "products": len(world.products),
                "sources": len(world.sources),
                "conflicts": len(world.conflicts),
                "terms": len(world.terms),
                "corrections": len(world.corrections),
                "parameters": len(world.parameters),
                "changes": len(world.changes),
            },
            "files": [{"path": path, "media_type": _media_type(path)} for path in files],
            "models": {id: models[id] for id in sorted(models)},
            "former_models": {id: former_models[id] for id in sorted(former_models)},
        },
    )


def _media_type(path: Address) -> str:
    return _MEDIA_TYPES[path[path.rindex(".") :]]

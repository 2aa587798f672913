"""Catalog, other files -> the index of the data: files with their hashes, counts, day and licence."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import EDITIONS, Address
from almanac.render.data.document import Json, document, encoded_line
from almanac.render.data.json_values import known, text
from almanac.render.task import Files
from almanac.render.text.link_targets import link_targets

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".sqlite": "application/vnd.sqlite3",
    ".xml": "application/atom+xml",
}
_FEEDS = frozenset(addresses.feed(language, suffix=suffix) for language in ("en", "zh") for suffix in ("xml", "json"))


def index(world: Catalog, base_url: str, files: Files) -> bytes:
    """The index: the day, and every data file with its hash. Its paths are relative to the root of the site.

    It alone has the day, so it is made last, and is the only file that changes when no fact does.
    """
    listed = sorted(path for path in files if path.startswith(f"{addresses.DATA_FILES}/") or path in _FEEDS)
    former = {ref.id: ref.id for entry in world.models.values() for ref in entry.record.formerly}
    parts: Mapping[str, Json] = {
        "as_of": world.as_of.isoformat(),
        "horizon": str(world.horizon),
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
        "files": [_file(path, files[path]) for path in listed],
        "models": {id: addresses.model_json(id) for id in sorted(world.models)},
        "former_models": {id: addresses.model_json(id) for id in sorted(former)},
        "per_name": dict(addresses.PER_NAME),
    }
    return encoded_line(document("index", parts), link_targets(world))


def _file(path: Address, data: bytes) -> Json:
    return {
        "path": path,
        "media_type": _media_type(path),
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
    }


def _media_type(path: Address) -> str:
    return (
        "application/feed+json" if path in _FEEDS and path.endswith("json") else _MEDIA_TYPES[path[path.rindex(".") :]]
    )

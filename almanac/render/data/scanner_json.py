"""Catalog -> what the scanner `almanac-scan` reads: the patterns of names, and the status of each on any day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almanac import addresses
from almanac.catalog import Catalog, EndpointEntry, ModelEntry, ProductEntry, StatusChange
from almanac.records import Absent, Text
from almanac.render import patterns
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import absent, deadline

_Entry = ModelEntry | EndpointEntry | ProductEntry


def scanner(world: Catalog, base_url: str = "") -> Mapping[str, Json]:
    return document(
        "scanner",
        {
            "horizon": str(world.horizon),  # installed copies have no index beside them
            "site": base_url or absent(Absent.UNKNOWN),
            "patterns": patterns.table(world),
            "former": patterns.former(world),
            "models": {id: _model(entry) for id, entry in world.models.items()},
            "endpoints": {path: _entry(addresses.endpoint(path), entry) for path, entry in world.endpoints.items()},
            "products": {
                f"product/{id}": {"title": _text(entry.record.title), **_entry(addresses.product(id), entry)}
                for id, entry in world.products.items()
            },
            "terms": {f"term/{id}": _text(term.name) for id, term in world.terms.items()},
        },
    )


def _model(entry: ModelEntry) -> Json:
    tuned = {"fine_tuned_history": _history(entry.fine_tuned_history)} if entry.fine_tuned_history else {}
    return {**_entry(addresses.model(entry.record.id), entry), **tuned}


def _entry(page: str, entry: _Entry) -> Mapping[str, Json]:
    seen = {"last_seen": str(entry.last_seen.day)} if entry.last_seen else {}
    return {"page": page, **seen, "history": _history(entry.status_history)}


def _history(changes: Sequence[StatusChange]) -> Json:
    return [
        {
            **({"since": str(each.since)} if each.since else {}),
            "status": each.status,
            **({"shutdown": deadline(each.shutdown)} if each.shutdown else {}),
            "replacements": absent(each.replacements) if isinstance(each.replacements, Absent) else each.replacements,
        }
        for each in changes
    ]


def _text(text: Text) -> Json:
    return {"en": text.en, "zh": text.zh}

"""Endpoints and products -> JSON: status and plans; for endpoints also data retention and supported models."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.catalog import Answer, Catalog, EndpointEntry, ProductEntry
from almanac.records import Endpoint
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import known, last_seen, record, status_history
from almanac.render.data.plans_json import chain, effective_plan, plans, references
from almanac.render.data.retirements_json import retires


def endpoints(world: Catalog) -> Mapping[str, Json]:
    return document("endpoints", {"endpoints": [_endpoint(world, each) for each in world.endpoints.values()]})


def products(world: Catalog) -> Mapping[str, Json]:
    return document("products", {"products": [_product(world, each) for each in world.products.values()]})


def _endpoint(world: Catalog, entry: EndpointEntry) -> Json:
    recorded = record(entry.record, "slug")
    prose = {key: recorded.pop(key) for key in ("summary", "notes")}
    source = recorded.pop("source")
    return {
        "path": recorded.pop("path"),
        "page": addresses.endpoint(entry.record.path),
        "title": recorded.pop("title"),
        **_status_fields(world, entry),
        **recorded,
        "models": _models(world, entry.record),
        **prose,
        "conflicts": known(entry.conflicts),
        "source": source,
    }


def _product(world: Catalog, entry: ProductEntry) -> Json:
    recorded = record(entry.record)
    source = recorded.pop("source")
    return {
        "id": recorded.pop("id"),
        "page": addresses.product(entry.record.id),
        "title": recorded.pop("title"),
        **_status_fields(world, entry),
        **recorded,
        "conflicts": known(entry.conflicts),
        "source": source,
    }


def _status_fields(world: Catalog, entry: EndpointEntry | ProductEntry) -> dict[str, Json]:
    return {
        "status": entry.status,
        "doubt": known(entry.doubt),
        "retires": retires(world, entry),
        "last_seen": last_seen(entry.last_seen),
        "status_history": status_history(entry.status_history),
        "plan": effective_plan(world, entry),
        "plans": plans(world, entry.plans),
        "chain": chain(world, entry.chain),
        "replaces": references(world, entry.replaces),
    }


def _models(world: Catalog, record: Endpoint) -> Json:
    """Models grouped by the endpoint's answer; the document of each model has the reason."""
    return {
        answer: [id for id, entry in world.models.items() if entry.compatible[record.path].answer is answer]
        for answer in Answer
    }

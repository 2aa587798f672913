"""Endpoints and products -> JSON: where each stands; what an endpoint keeps, and which models it takes."""

from __future__ import annotations

from collections.abc import Mapping

from almanac.catalog import Answer, Catalog, EndpointEntry, ProductEntry
from almanac.records import Compatibility, Endpoint, ListedModel, Retention
from almanac.render import addresses
from almanac.render.data.document import Json, document
from almanac.render.data.plans import chain, effective_plan, plans, references
from almanac.render.data.values import absent, conflict, facts, remark, text, turns


def endpoints(world: Catalog) -> Mapping[str, Json]:
    return document(world, "endpoints", {"endpoints": [_endpoint(world, each) for each in world.endpoints.values()]})


def products(world: Catalog) -> Mapping[str, Json]:
    return document(world, "products", {"products": [_product(world, each) for each in world.products.values()]})


def _endpoint(world: Catalog, entry: EndpointEntry) -> Json:
    record = entry.record
    return {
        "path": record.path,
        "page": addresses.endpoint(record.path),
        "title": text(record.title),
        **_stands(world, entry),
        "badges": facts(record.badges),
        "retention": _retention(record.retention) if record.retention else absent(),
        "compatibility": _compatibility(record.compatibility) if record.compatibility else absent(),
        "models": _models(world, record),
        "summary": text(record.summary),
        "notes": facts(record.notes),
        "conflicts": [conflict(each) for each in entry.conflicts],
        "source": record.source,
    }


def _product(world: Catalog, entry: ProductEntry) -> Json:
    record = entry.record
    return {
        "id": record.id,
        "page": addresses.product(record.id),
        "title": text(record.title),
        **_stands(world, entry),
        "summary": text(record.summary),
        "notes": facts(record.notes),
        "conflicts": [conflict(each) for each in entry.conflicts],
        "source": record.source,
    }


def _stands(world: Catalog, entry: EndpointEntry | ProductEntry) -> dict[str, Json]:
    return {
        "standing": entry.standing,
        "turns": turns(entry.turns),
        "plan": effective_plan(world, entry.plan),
        "plans": plans(world, entry.plans),
        "chain": chain(world, entry.chain),
        "replaces": references(entry.replaces),
    }


def _models(world: Catalog, record: Endpoint) -> Json:
    """Every model under the answer that it gets here; its own document has the reason."""
    return {
        answer: [id for id, entry in world.models.items() if entry.compatible[record.path].answer is answer]
        for answer in Answer
    }


def _retention(row: Retention) -> Json:
    return {
        "used_for_training": row.used_for_training,
        "default": row.default,
        "zero_retention": row.zero_retention,
        **remark("note", row.note),
        "source": row.source,
    }


def _compatibility(row: Compatibility) -> Json:
    """The list as its source gives it: names, or all but some."""
    named: dict[str, Json] = (
        {"takes": [_takes(each) for each in row.takes]}
        if row.all_except is None
        else {"all_except": [ref.id for ref in row.all_except]}
    )
    return {
        **named,
        "requires": [
            {"feature": text(each.feature), "models": [ref.id for ref in each.models], "source": each.source}
            for each in row.requires
        ],
        **remark("note", row.note),
        "source": row.source,
    }


def _takes(one: ListedModel) -> Json:
    return {
        "model": one.model.id,
        "dated_releases": one.dated_releases,
        "fine_tuned_only": one.fine_tuned_only,
        **remark("note", one.note),
        "source": one.source,
    }

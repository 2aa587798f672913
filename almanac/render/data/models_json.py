"""Models, snapshots and aliases -> JSON: every fact as of the catalog's day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from almanac import addresses
from almanac.catalog import Catalog, ComparedValue, Compatible, DropIn, FamilyEntry, ModelEntry
from almanac.records import Absent, ModelId, PricePart
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import absent, known, last_seen, part, record, remark, status_history, text
from almanac.render.data.plans_json import chain, effective_plan, plans, references
from almanac.render.data.retirements_json import retires


def entries(world: Catalog) -> Iterator[tuple[ModelId, Json]]:
    """The JSON of each model, for models.json and for its own document."""
    return ((id, _model(world, entry)) for id, entry in world.models.items())


def families(world: Catalog) -> Mapping[str, Json]:
    """models.json without the models, which follow."""
    return document("models", {"families": [_family(each) for each in world.families.values()]})


def renamed(id: ModelId) -> Mapping[str, Json]:
    """The document at the address of an earlier id without the facts of the present id, which follow."""
    return document("model", {"renamed_to": id})


def _family(entry: FamilyEntry) -> Json:
    recorded = record(entry.record)
    return {
        "id": recorded.pop("id"),
        "page": addresses.family(entry.record.id),
        **recorded,
        "models": [each.record.id for each in entry.models],
        "source": recorded.pop("source"),
    }


def _model(world: Catalog, entry: ModelEntry) -> Json:
    """Recorded and derived facts of a model."""
    recorded = record(entry.record)
    prose = {key: recorded.pop(key) for key in ("summary", "notes", "what_to_change")}
    points_to, source = recorded.pop("points_to"), recorded.pop("source")
    return {
        "id": recorded.pop("id"),
        "page": addresses.model(entry.record.id),
        "family": entry.family.id,
        "status": entry.status,
        "doubt": known(entry.doubt),
        "retires": retires(world, entry),
        "last_seen": last_seen(entry.last_seen),
        "status_history": status_history(entry.status_history),
        "plan": effective_plan(world, entry),
        "plans": plans(world, entry.plans),
        "chain": chain(world, entry.chain),
        "drop_ins": [_drop_in(each) for each in entry.drop_ins],
        "replaces": references(world, entry.replaces),
        "discontinuation": _discontinuation(world, entry),
        **recorded,
        "pointing": _current(entry),
        "points_to": points_to,
        "aliases": [{"alias": alias, **record(each)} for alias, each in entry.aliases],
        "snapshots": list(entry.snapshots),
        "endpoints": {path: answer(cell) for path, cell in sorted(entry.compatible.items())},
        **prose,
        "conflicts": known(entry.conflicts),
        "source": source,
    }


def _current(entry: ModelEntry) -> Json:
    if entry.pointing:
        return record(entry.pointing)
    return absent(Absent.UNKNOWN if entry.record.points_to else Absent.NOT_APPLICABLE)


def _discontinuation(world: Catalog, entry: ModelEntry) -> Json:
    """The row in the table of temporary snapshots, which may differ from the plan."""
    row = entry.discontinuation
    if row is None:
        return absent(Absent.NOT_STATED)
    return {**record(row, "model"), "source": world.discontinuations.source}


def _drop_in(one: DropIn) -> Json:
    """The comparison of a model with a replacement, criterion by criterion, and the verdict."""
    return {
        "model": one.model,
        "verdict": one.verdict,
        "reasons": [each.criterion for each in one.reasons],
        "what_to_change": known(one.changes),
        "points": [
            {
                "criterion": each.criterion,
                "result": each.result,
                "before": _compared(each.before),
                "after": _compared(each.after),
            }
            for each in one.points
        ],
    }


def _compared(value: ComparedValue) -> Json:
    match value:
        case tuple():
            return list(value)
        case PricePart():
            return part(value)
        case _:
            return known(value)


def answer(cell: Compatible) -> dict[str, Json]:
    """Whether an endpoint supports a model, and the reason."""
    return {
        "answer": cell.answer,
        "reason": cell.reason,
        "source": known(cell.source),
        **({"listed_as": ModelId(cell.listed.model.id), **remark("note", cell.listed.note)} if cell.listed else {}),
        **({"features": [text(each) for each in cell.features]} if cell.features else {}),
    }

"""Models, snapshots and aliases -> JSON: everything that an entry knows on the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from almanac.catalog import Catalog, Compared, Compatible, DropIn, FamilyEntry, ModelEntry
from almanac.records import Absent, Fact, Modality, Model, ModelId, Pointing, PricePart
from almanac.render import addresses
from almanac.render.data.document import Json, document
from almanac.render.data.plans import chain, effective_plan, plans, references
from almanac.render.data.values import (
    absent,
    conflict,
    deadline,
    fact,
    facts,
    known,
    part,
    remark,
    sections,
    text,
    turns,
)


def entries(world: Catalog) -> Mapping[ModelId, Json]:
    """Each model, told once, for the document of all and for its own."""
    return {id: _model(world, entry) for id, entry in world.models.items()}


def models(world: Catalog, told: Iterable[Json]) -> Mapping[str, Json]:
    return document(
        world,
        "models",
        {
            "families": [_family(each) for each in world.families.values()],
            "models": list(told),
        },
    )


def model(world: Catalog, told: Json) -> Mapping[str, Json]:
    return document(world, "model", {"model": told})


def _family(entry: FamilyEntry) -> Json:
    family = entry.record
    return {
        "id": family.id,
        "page": addresses.family(family.id),
        "title": text(family.title),
        "badges": [{"value": badge, "source": family.source} for badge in family.badges],
        "summary": text(family.summary),
        "sections": sections(family.sections),
        "models": [each.record.id for each in entry.models],
        "source": family.source,
    }


def _model(world: Catalog, entry: ModelEntry) -> Json:
    record = entry.record
    return {
        "id": record.id,
        "page": addresses.model(record.id),
        "family": entry.family.id,
        "described": entry.described,
        "standing": entry.standing,
        "turns": turns(entry.turns),
        "plan": effective_plan(world, entry.plan),
        "plans": plans(world, entry.plans),
        "chain": chain(world, entry.chain),
        "drop_ins": [_drop_in(each) for each in entry.drop_ins],
        "replaces": references(entry.replaces),
        "discontinuation": _discontinuation(world, entry),
        **_facts(record),
        "pointing": _current(entry),
        "points_to": [_pointing(each) for each in record.points_to],
        "aliases": [{"alias": alias, **_pointing(each)} for alias, each in entry.aliases],
        "snapshots": list(entry.snapshots),
        "endpoints": {path: answer(cell) for path, cell in sorted(entry.compatible.items())},
        "summary": text(record.summary),
        "notes": facts(record.notes),
        "conflicts": [conflict(each) for each in entry.conflicts],
        "source": record.source,
    }


def _facts(record: Model) -> dict[str, Json]:
    unknown: dict[str, Json] = {**absent(), "source": record.source}
    return {
        "kind": {"value": record.kind, "source": record.source},
        "label": {"value": record.label, "source": record.source} if record.label else unknown,
        "badges": facts(record.badges),
        "released": fact(record.released) if record.released else unknown,
        "snapshot_of": _snapshot(record),
        "context_window": fact(record.context_window),
        "max_tokens": fact(record.max_tokens) if record.max_tokens else unknown,
        "max_output": fact(record.max_output),
        "training_cutoff": fact(record.training_cutoff),
        "input": _modalities(record.input),
        "output": _modalities(record.output),
        "capabilities": facts(record.capabilities),
        "price": fact(record.price) if record.price else unknown,
    }


def _modalities(several: Iterable[Fact[Modality]]) -> Json:
    """No source says, where none is listed: every model takes and gives something."""
    return facts(several) or absent()


def _snapshot(record: Model) -> Json:
    of = record.snapshot_of
    if of is None:
        return {**absent(Absent.NOT_APPLICABLE if record.points_to else Absent.UNKNOWN), "source": record.source}
    return {
        "value": {"model": of.value.name.id, "taken": str(of.value.taken)},
        "source": of.source,
        **remark("note", of.note),
    }


def _current(entry: ModelEntry) -> Json:
    if entry.pointing:
        return _pointing(entry.pointing)
    return absent(Absent.UNKNOWN if entry.record.points_to else Absent.NOT_APPLICABLE)


def _pointing(one: Pointing) -> dict[str, Json]:
    return {
        "model": one.model.id,
        "since": known(one.since),
        "until": known(one.until),
        "certainty": one.certainty,
        "source": one.source,
    }


def _discontinuation(world: Catalog, entry: ModelEntry) -> Json:
    """What the table of temporary snapshots says; it need not agree with the plan."""
    row = entry.discontinuation
    if row is None:
        return absent(Absent.NOT_STATED)
    return {
        "shutdown": deadline(row.shutdown),
        "replacement": row.replacement.id,
        "source": world.discontinuations.source,
    }


def _drop_in(one: DropIn) -> Json:
    """The points on which a replacement is held against the model, with both values."""
    return {
        "model": one.model,
        "points": [
            {
                "aspect": each.aspect,
                "verdict": each.verdict,
                "before": _compared(each.before),
                "after": _compared(each.after),
            }
            for each in one.points
        ],
    }


def _compared(value: Compared) -> Json:
    match value:
        case tuple():
            return list(value)
        case PricePart():
            return part(value)
        case _:
            return known(value)


def answer(cell: Compatible) -> dict[str, Json]:
    """Whether an endpoint takes a model, and why one may say so."""
    return {
        "answer": cell.answer,
        "reason": cell.reason,
        "source": known(cell.source),
        **({"listed_as": ModelId(cell.takes.model.id), **remark("note", cell.takes.note)} if cell.takes else {}),
        **({"features": [text(each) for each in cell.features]} if cell.features else {}),
    }

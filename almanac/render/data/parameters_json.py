"""Deprecated and changed parameters and headers -> JSON: as recorded, with the status that follows."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.catalog import Catalog, ParameterEntry
from almanac.records import Absent
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import absent, deadline, known, remark, replacements, status_history, subject
from almanac.render.data.plans_json import key_of, none_announced


def parameters(world: Catalog) -> Mapping[str, Json]:
    return document("parameters", {"parameters": [_parameter(world, each) for each in world.parameters]})


def _parameter(world: Catalog, entry: ParameterEntry) -> Json:
    record, plan = entry.record, entry.plan
    return {
        "id": entry.id,
        "page": f"{addresses.PARAMETERS}#{addresses.row('parameter', entry.id)}",
        "name": entry.name,
        "kind": entry.kind,
        "subject": subject(entry.endpoint or f"product/{entry.product}"),
        "status": entry.status,
        "since": str(entry.since),
        "effect": record.effect if record else absent(Absent.NOT_APPLICABLE),
        "shutdown": deadline(entry.shutdown) if entry.shutdown else none_announced(entry.status),
        "status_history": status_history(entry.status_history),
        "replacement": known(record.replacement or Absent.NOT_STATED) if record else absent(Absent.NOT_APPLICABLE),
        "replacements": replacements(plan.now.replacements) if plan else absent(Absent.NOT_APPLICABLE),
        "plan": key_of(world, plan) if plan else absent(Absent.NOT_APPLICABLE),
        **remark("change", record.change if record else None),
        **remark("note", record.note if record else None),
        "source": entry.source,
    }

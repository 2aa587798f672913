"""The names -> retirements.json: one short row for each, for programs that only ask until when a name works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from almanac.catalog import Catalog, EndpointEntry, ModelEntry, Plan, ProductEntry, Status, Version
from almanac.records import Absent
from almanac.render.data.document import Json, document

Entry: TypeAlias = ModelEntry | EndpointEntry | ProductEntry


def retirements(world: Catalog) -> Mapping[str, Json]:
    entries: tuple[tuple[str, str, Entry], ...] = (
        *(("model", str(id), model) for id, model in world.models.items()),
        *(("endpoint", str(path), endpoint) for path, endpoint in world.endpoints.items()),
        *(("product", str(id), product) for id, product in world.products.items()),
    )
    return document("retirements", {"names": [_row(world, *each) for each in entries]})


def _row(world: Catalog, kind: str, id: str, entry: Entry) -> Json:
    row = retires(world, entry)
    row.pop("source", None)
    return {
        "id": id,
        "kind": kind,
        **({"name": f"product/{id}"} if kind == "product" else {}),
        "aliases": [*(str(ref.id) for ref in entry.record.formerly), *other_spellings(id)],
        "status": entry.status,
        **row,
        **({"announced": entry.plan.announced.isoformat()} if entry.plan else {}),
        **(_instead(entry.plan) if entry.plan else {}),
        **({"verdict": verdicts} if (verdicts := _verdicts(entry)) else {}),
    }


def _instead(plan: Plan) -> dict[str, Json]:
    """What is named instead, and why nothing is: `none` (none is offered) is not `unknown`."""
    absent = plan.now.replacements if isinstance(plan.now.replacements, Absent) else None
    return {
        "replacement": [each.name or f"term/{each.term}" for each in plan.replacements],
        **({"replacement_absent": absent} if absent else {}),
    }


def _verdicts(entry: Entry) -> Mapping[str, Json]:
    """Whether each of its replacements that is a model can be used by changing the name alone."""
    return {each.model: each.verdict for each in entry.drop_ins} if isinstance(entry, ModelEntry) else {}


def other_spellings(id: str) -> Iterator[str]:
    """Some hosts allow no full stop in a name, and write gpt-35-turbo."""
    if id.startswith("gpt-3.5-"):
        yield id.replace("3.5", "35", 1)


def retires(world: Catalog, entry: Entry) -> dict[str, Json]:
    """Until when a name works, flat and never absent: `qualifier` says whether there is a `date`, and of what kind."""
    plan = entry.plan
    if plan is None:
        return {
            "qualifier": "none",
            "absent": Absent.UNKNOWN if entry.status is Status.UNCONFIRMED else Absent.NONE,
        }
    first = _first_with_date(plan)
    source = world.sources[first.source]
    known = first.event.day.first if first.event else plan.known_from
    return {
        "qualifier": plan.shutdown.qualifier,
        **({"date": str(plan.shutdown.day)} if plan.shutdown.day else {}),
        "known_from": max(known, plan.known_from).isoformat(),
        "copied": str(source.state_of),
        "source": source.id,
        "source_rank": source.rank,
    }


def _first_with_date(plan: Plan) -> Version:
    """The version that gave the present shutdown date."""
    first = plan.now
    for version in reversed(plan.versions):
        if version.shutdown != plan.shutdown:
            break
        first = version
    return first

"""Our corrections -> JSON, and which of them concern a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.records import Absent, AnnouncementId, Correction, Event, PlanKey, Scope
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import absent, record, subject


def corrections(world: Catalog) -> Mapping[str, Json]:
    return document("corrections", {"corrections": [_correction(each) for each in world.corrections]})


def _correction(one: Correction) -> Json:
    id = addresses.correction_id(one)
    recorded = record(one, "record", "row")
    return {
        "id": id,
        "page": f"{addresses.CORRECTIONS}#{id}",
        "date": recorded.pop("date"),
        "record": {"type": one.record.kind, "id": one.record.id},
        "row": subject(one.row.name) if one.row else absent(Absent.NOT_APPLICABLE),
        **recorded,
    }


PlanId: TypeAlias = tuple[AnnouncementId, str, Scope]
"""An announcement, the name of a subject, a scope: what distinguishes plans and, in changes, names one."""


def plan_id(plan: Plan) -> PlanId:
    return plan.announcement.id, plan.name, plan.row.scope


def by_plan(world: Catalog) -> Mapping[PlanId, tuple[Correction, ...]]:
    """The corrections of a plan's row, of its whole announcement or of an event that revises it, newest first."""
    events: dict[str, Event] = {event.id: event for event in world.events}
    found: defaultdict[PlanId, list[Correction]] = defaultdict(list)
    for one in world.corrections:
        for plan in dict.fromkeys(_corrected(world, one, events)):
            found[plan].append(one)
    return {plan: tuple(corrections) for plan, corrections in found.items()}


def _corrected(world: Catalog, one: Correction, events: Mapping[str, Event]) -> Iterator[PlanId]:
    keys: tuple[PlanKey | None, ...] = (None,) if one.record.announcement else ()
    if event := events.get(one.record.event or ""):
        keys = event.revises
    for key in keys:
        for plan in world.plans.get(AnnouncementId(key.announcement if key else one.record.id), ()):
            in_row = one.row is None or one.row.name in {plan.name, plan.row.subject.name}
            if in_row and (key is None or _is_of(plan, key)):
                yield plan_id(plan)


def _is_of(plan: Plan, key: PlanKey) -> bool:
    """Whether an event that names this key revises the plan: the row's, or every one of the announcement."""
    if key.subject is None:
        return key.scope in {Scope.ALL, plan.row.scope}
    return key.subject.name in {plan.name, plan.row.subject.name} and key.scope == plan.row.scope

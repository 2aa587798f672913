"""Our corrections -> JSON, and which of them concern a plan or an announcement."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.records import Absent, AnnouncementId, Correction, PlanKey, Scope
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import absent, record, subject


def corrections(world: Catalog) -> Mapping[str, Json]:
    return document(world, "corrections", {"corrections": [_correction(each) for each in world.corrections]})


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


def of_announcement(world: Catalog, id: AnnouncementId) -> tuple[Correction, ...]:
    """Corrections of an announcement or of an event that revises it, newest first."""
    return tuple(each for each in world.corrections if each.record.announcement == id or _revised(world, each, id))


def of_plan(world: Catalog, plan: Plan) -> tuple[Correction, ...]:
    """Corrections of the plan's row, of its whole announcement or of an event that revises it, newest first."""
    names = {plan.name, plan.row.subject.name}
    return tuple(
        each
        for each in of_announcement(world, plan.announcement.id)
        if (each.row is None or each.row.name in names)
        and (each.record.announcement or any(_is_of(plan, key) for key in _revised(world, each, plan.announcement.id)))
    )


def _revised(world: Catalog, one: Correction, announcement: AnnouncementId) -> tuple[PlanKey, ...]:
    """The plans of the announcement that the corrected event revises."""
    events = (event for event in world.events if event.id == one.record.event)
    return tuple(key for event in events for key in event.revises if key.announcement == announcement)


def _is_of(plan: Plan, key: PlanKey) -> bool:
    """Whether an event that names this key revises the plan: the row's, or every one of the announcement."""
    if key.subject is None:
        return key.scope in {Scope.ALL, plan.row.scope}
    return key.subject.name in {plan.name, plan.row.subject.name} and key.scope == plan.row.scope

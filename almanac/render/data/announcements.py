"""Announcements and later events -> JSON: what was said on a day, table by table, and what changed; newest first."""

from __future__ import annotations

from collections.abc import Mapping

from almanac.catalog import Catalog
from almanac.records import Absent, Announcement, Discontinuations, Event, PlanKey
from almanac.render import addresses
from almanac.render.data.document import Json, document
from almanac.render.data.plans import key, plans
from almanac.render.data.values import absent, deadline, known, remark, replacements, text


def announcements(world: Catalog) -> Mapping[str, Json]:
    return document(
        world,
        "announcements",
        {
            "announcements": [_announcement(world, each) for each in world.announcements.values()],
            "discontinuations": _discontinuations(world.discontinuations),
        },
    )


def events(world: Catalog) -> Mapping[str, Json]:
    return document(world, "events", {"events": [_event(each) for each in world.events]})


def _announcement(world: Catalog, record: Announcement) -> Json:
    return {
        "id": record.id,
        "page": addresses.announcement(record.id),
        "announced": str(record.announced),
        "title": text(record.title),
        "summary": text(record.summary),
        "milestones": [
            {"day": str(each.day), "text": text(each.text), "source": each.source} for each in record.milestones
        ],
        "tables": [
            {
                "id": table.id,
                "title": text(table.title),
                **remark("note", table.note),
                "plans": plans(world, (each for each in world.plans[record.id] if each.table.id == table.id)),
            }
            for table in record.tables
        ],
        "source": record.source,
    }


def _event(record: Event) -> Json:
    unchanged = Absent.NOT_APPLICABLE
    return {
        "id": record.id,
        "kind": record.kind,
        "announced": known(record.announced),
        "observed": str(record.observed),
        "note": text(record.note),
        "revises": [_revised(each) for each in record.revises],
        "shutdown": deadline(record.shutdown) if record.shutdown else absent(unchanged),
        "replacements": absent(unchanged) if record.replacements is None else replacements(record.replacements),
        "since": known(record.since or unchanged),
        "audience": known(record.audience or unchanged),
        "adds": [ref.id for ref in record.adds],
        "source": record.source,
    }


def _revised(one: PlanKey) -> str:
    return key(one.announcement, one.scope, one.subject.name)


def _discontinuations(table: Discontinuations) -> Json:
    """The table of temporary snapshots, which belongs to no announcement."""
    return {
        "rows": [
            {"model": row.model.id, "shutdown": deadline(row.shutdown), "replacement": row.replacement.id}
            for row in table.rows
        ],
        "note": text(table.note),
        "source": table.source,
    }

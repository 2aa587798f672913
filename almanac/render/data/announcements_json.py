"""Announcements with their tables, and later events -> JSON; newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Announcement, Event, Scope, Table
from almanac.render.data.document import Json, document
from almanac.render.data.json_values import known, record
from almanac.render.data.plans_json import key, key_of, plans


def announcements(world: Catalog) -> Mapping[str, Json]:
    return document(
        "announcements",
        {
            "announcements": [_announcement(world, each) for each in world.announcements.values()],
            "discontinuations": {"rows": known(world.discontinuations.rows), **record(world.discontinuations, "rows")},
        },
    )


def events(world: Catalog) -> Mapping[str, Json]:
    return document("events", {"events": [_event(world, each) for each in world.events]})


def _announcement(world: Catalog, one: Announcement) -> Json:
    recorded = record(one, "tables")
    source = recorded.pop("source")
    return {
        "id": recorded.pop("id"),
        "page": addresses.announcement(one.id),
        **recorded,
        "tables": [_table(world, one, table) for table in one.tables],
        "source": source,
    }


def _table(world: Catalog, one: Announcement, table: Table) -> Json:
    """A table with its plans. The scope is on the plans, since a row may have another one."""
    of_table = (plan for plan in world.plans[one.id] if plan.table.id == table.id)
    return {**record(table, "scope", "rows"), "plans": plans(world, of_table)}


def _event(world: Catalog, one: Event) -> Json:
    return {**record(one), "revises": list(_revised(world, one))}


def _revised(world: Catalog, one: Event) -> Iterator[Json]:
    """The ids of the plans that it names; where it names a whole announcement, of all its plans."""
    for each in one.revises:
        if each.subject:
            yield key(world, each.announcement, each.scope, each.subject.name)
        else:
            plans = world.plans[each.announcement]
            yield from (key_of(world, plan) for plan in plans if each.scope in {Scope.ALL, plan.row.scope})

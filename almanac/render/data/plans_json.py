"""Plans with all their versions, and chains of replacements -> JSON."""

from __future__ import annotations

from collections.abc import Iterable

from almanac import addresses
from almanac.catalog import Catalog, EndpointEntry, ModelEntry, Plan, ProductEntry, Status, Step, Version
from almanac.records import Absent, AnnouncementId, Scope
from almanac.render.data.document import Json
from almanac.render.data.json_values import absent, deadline, known, price, replacement, replacements, subject


def key(world: Catalog, announcement: AnnouncementId, scope: Scope, name: str) -> str:
    """The permanent id of a plan, made of first ids; `check` ensures that it is unique."""
    of = subject(world.first_ids.get(name, name))
    first = world.first_ids.get(f"announcement/{announcement}", announcement).removeprefix("announcement/")
    return f"{first}/{scope}/{of['type']}/{addresses.slug(str(of['id']))}"


def key_of(world: Catalog, one: Plan) -> str:
    return key(world, one.announcement.id, one.row.scope, one.name)


def plan(world: Catalog, one: Plan) -> Json:
    """A plan as it is now, with its `versions`, the first as announced."""
    row = one.row
    return {
        "id": key_of(world, one),
        "announcement": one.announcement.id,
        "announced": str(one.announcement.announced),
        "table": one.table.id,
        "page": page(one),
        "subject": subject(one.name),
        "scope": row.scope,
        "shutdown": deadline(one.shutdown),
        "replacements": _with_status(world, one),
        "superseded": one.superseded,
        "withdrawn": one.withdrawn.id if one.withdrawn else absent(Absent.NONE),
        "limits": [event.id for event in one.limits],
        "versions": [_version(each) for each in one.versions],
        "price": price(row.price),
        "training_price": price(row.training_price),
        "listed_with": [{**subject(name), "together": how} for name, how in one.others.items()],
        "source": row.source,
    }


def _version(one: Version) -> Json:
    return {
        "event": one.event.id if one.event else absent(Absent.NOT_APPLICABLE),
        "shutdown": deadline(one.shutdown),
        "replacements": replacements(one.replacements),
        "source": one.source,
        "told_by": one.told_by.id if one.told_by else absent(Absent.NOT_APPLICABLE),
    }


def _with_status(world: Catalog, one: Plan) -> Json:
    """The replacements named last, each with its own status today."""
    named = one.now.replacements
    if isinstance(named, Absent):
        return absent(named)
    return [{**replacement(each), "status": known(world.status(each.name) or Absent.NOT_APPLICABLE)} for each in named]


def page(one: Plan) -> str:
    """The path of the plan's row, relative to an edition."""
    return f"{addresses.announcement(one.announcement.id)}#{addresses.row(one.table.id, one.row.subject.name)}"


def effective_plan(world: Catalog, entry: ModelEntry | EndpointEntry | ProductEntry) -> Json:
    """The plan that decides a status, or the reason why there is none."""
    return plan(world, entry.plan) if entry.plan else none_announced(entry.status)


def none_announced(status: Status | None) -> Json:
    return absent(Absent.UNKNOWN if status is Status.UNCONFIRMED else Absent.NONE)


def plans(world: Catalog, items: Iterable[Plan]) -> list[Json]:
    return [plan(world, each) for each in items]


def references(world: Catalog, items: Iterable[Plan]) -> list[Json]:
    """Plans by id and subject only."""
    return [{"plan": key_of(world, each), "subject": subject(each.name)} for each in items]


def chain(world: Catalog, steps: Iterable[Step]) -> list[Json]:
    return [
        {
            **replacement(step.replacement),
            "status": known(step.status or Absent.NOT_APPLICABLE),
            "shutdown": _end(world, step),
            "repeats": step.repeats,
            "then": chain(world, step.then),
        }
        for step in steps
    ]


def _end(world: Catalog, step: Step) -> Json:
    if step.status is None:
        return absent(Absent.NOT_APPLICABLE)
    return deadline(step.shutdown) if step.shutdown else none_announced(step.status)

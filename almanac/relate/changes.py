"""Announcements, events, dates that came, statuses, releases, facts and corrections -> the changes, newest first.

What a page, a feed or a data file says of a change follows from these; nothing else decides what has changed when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from almanac import addresses
from almanac.as_of import start, successive
from almanac.catalog import Change, ChangeKind, Plan, Status, StatusChange, Version
from almanac.fields import Declaration, Structure, histories
from almanac.plans import PlanHistory, plans_as_of
from almanac.records import (
    Absent,
    Corrected,
    Correction,
    Endpoint,
    Event,
    EventKind,
    Mark,
    Model,
    Precision,
    Price,
    Product,
    Qualifier,
    Ref,
    Sound,
    Source,
    SourceId,
)
from almanac.relate.indexes import Indexes

_ORDER = {kind: at for at, kind in enumerate(ChangeKind)}


def changes(sound: Sound, indexes: Indexes, first_ids: Mapping[str, str]) -> tuple[Change, ...]:
    """All changes known on the day. Those of one day and kind are in the order of the content."""
    sources = {source.id: source for source in sound.sources}
    ids = _Ids(first_ids, {str(event.id): event.formerly for event in sound.events})
    found = [
        *(each for histories in indexes.histories.values() for each in _of_plans(histories, indexes, ids, sources)),
        *(each for name in _names(indexes) for each in _of_status(name, indexes, ids)),
        *_released(indexes.models.values(), indexes, ids),
        *_of_facts(indexes.models.values(), sources, ids),
        *_of_facts(indexes.endpoints.values(), sources, ids),
        *_of_facts(indexes.products.values(), sources, ids),
        *(_corrected(each) for each in sound.corrections),
    ]
    known = [each for each in found if each.day <= indexes.as_of.day]
    return tuple(sorted(known, key=lambda each: (-each.day.toordinal(), _ORDER[each.kind])))


@dataclass(frozen=True, slots=True)
class _Ids:
    """Permanent ids, made of first ids."""

    first_ids: Mapping[str, str]
    former_events: Mapping[str, tuple[Ref[Any], ...]]

    def name(self, name: str) -> str:
        return addresses.slug(self.first_ids.get(name, name))

    def plan(self, plan: Plan) -> str:
        key = f"announcement/{plan.announcement.id}"
        first = self.first_ids.get(key, key).removeprefix("announcement/")
        return f"{first}/{plan.row.scope}/{self.name(plan.name)}"

    def event(self, event: Event) -> str:
        former = self.former_events.get(event.id)
        return str(former[0].id if former else event.id)


# --- Plans ------------------------------------------------------------------------------------------------------------


def _of_plans(
    histories: tuple[PlanHistory, ...], indexes: Indexes, ids: _Ids, sources: Mapping[SourceId, Source]
) -> Iterator[Change]:
    """The changes of the plans for one name."""
    known = [history for history in histories if history.known_from <= indexes.as_of.day]
    for history, plan in zip(known, plans_as_of(known, indexes.as_of.day), strict=True):
        yield _announced(plan, history, histories, ids, sources)
        yield from _revised(plan, ids, sources)
        yield from _due(plan, histories, indexes, ids)


def _announced(
    plan: Plan,
    history: PlanHistory,
    histories: tuple[PlanHistory, ...],
    ids: _Ids,
    sources: Mapping[SourceId, Source],
) -> Change:
    """The announcement of a plan. Where it replaces an earlier one, with the date of that."""
    earlier = (each for each in plans_as_of(histories, plan.known_from) if each.superseded and not each.withdrawn)
    before = (each.shutdown for each in earlier)
    first, copy = plan.first, sources[plan.first.source].state_of.first
    return Change(
        id=f"{ids.plan(plan)}/announced",
        day=plan.known_from,
        kind=ChangeKind.ADDED if history.added_by else ChangeKind.ANNOUNCED,
        subject=plan.name,
        old=next((each for each in before if each != first.shutdown), None),
        new=first.shutdown,
        replacements=first.replacements,
        source=first.source,
        copied=copy if copy > plan.known_from and not plan.row.observed else None,
        said=plan.announcement.announced if plan.known_from > plan.announced else None,
        **_place(plan),
    )


def _revised(plan: Plan, ids: _Ids, sources: Mapping[SourceId, Source]) -> Iterator[Change]:
    """What later events changed, oldest first. An event that changes two things gives two changes."""
    versions = {version.event.id: version for version in plan.versions if version.event}
    before = plan.first
    for event in plan.events:
        now = versions.get(event.id, before)
        for kind, old, new in _differences(event, before, now):
            day = max(event.day.first, plan.known_from)
            copy = sources[event.source].state_of.first
            yield Change(
                id=f"{ids.plan(plan)}/{kind}/{ids.event(event)}",
                day=day,
                kind=kind,
                subject=plan.name,
                old=old,
                new=new,
                source=event.source,
                copied=copy if copy > day and not event.observed else None,
                **_place(plan),
            )
        before = now


def _differences(event: Event, before: Version, now: Version) -> Iterator[tuple[ChangeKind, object, object]]:
    match event.kind:
        case EventKind.WITHDRAWN:
            yield ChangeKind.WITHDRAWN, before.shutdown, None
        case EventKind.RESTORED:
            yield ChangeKind.RESTORED, None, now.shutdown
        case EventKind.ACCESS_LIMITED:
            yield ChangeKind.ACCESS_LIMITED, None, event.since
        case _ if before.shutdown != now.shutdown:
            known_first = before.shutdown.qualifier is Qualifier.UNDATED
            yield ChangeKind.DATE_KNOWN if known_first else ChangeKind.MOVED, before.shutdown, now.shutdown
    if before.replacements != now.replacements:
        yield ChangeKind.REPLACEMENT_CHANGED, before.replacements, now.replacements


def _due(plan: Plan, histories: tuple[PlanHistory, ...], indexes: Indexes, ids: _Ids) -> Iterator[Change]:
    """Every date of the plan that came, as it was planned on that date; or on the day on which a past date is told."""
    as_of = indexes.as_of
    for version in {version.shutdown: version for version in reversed(plan.versions)}.values():
        end = version.shutdown
        if end.qualifier is not Qualifier.ON or end.day is None or end.day.last > as_of.day:
            continue
        told = max(version.event.day.first, plan.known_from) if version.event else plan.known_from
        day = max(end.day.last, told)
        then = plans_as_of(histories, day)
        planned = next((each for each in then if each.row == plan.row and each.shutdown == end), None)
        if planned is None or planned.withdrawn or planned.superseded:
            continue
        copy = as_of.next_copy(end.day.last)
        confirmed = max(copy, day) if copy else None
        stands = plan.shutdown == end and not (plan.withdrawn or plan.superseded)
        stands = stands and confirmed is not None and confirmed <= as_of.day
        yield Change(
            id=f"{ids.plan(plan)}/due/{end.day}",
            day=day,
            kind=ChangeKind.SHUT_DOWN if stands else ChangeKind.DUE,
            subject=plan.name,
            new=end,
            replacements=planned.now.replacements,
            source=planned.now.source,
            copied=indexes.as_of.copy_dates[planned.now.source] if planned.now.told_by else None,
            said=plan.announcement.announced,
            confirmed=confirmed if stands else None,
            **_place(plan),
        )


def _place(plan: Plan) -> dict[str, Any]:
    return {
        "announcement": plan.announcement.id,
        "anchor": addresses.row(plan.table.id, plan.row.subject.name),
        "scope": plan.row.scope,
    }


# --- Statuses without an announced shutdown ---------------------------------------------------------------------------

_KINDS = {
    Status.LEGACY: ChangeKind.LEGACY,
    Status.UNCONFIRMED: ChangeKind.UNCONFIRMED,
    Status.ACTIVE: ChangeKind.ACTIVE,
}
"""Other statuses follow from plans, which have changes of their own."""


def _names(indexes: Indexes) -> Iterator[str]:
    yield from indexes.models
    yield from indexes.endpoints
    yield from (f"product/{id}" for id in indexes.products)


def _of_status(name: str, indexes: Indexes, ids: _Ids) -> Iterator[Change]:
    """Every turn to legacy or unconfirmed, and back from there to active."""
    for before, now in pairwise(indexes.status_history(name)):
        if now.since is None or now.since <= indexes.exists_from[name] or not _is_turn(before, now):
            continue
        source, doubt = indexes.told_status(name, now.status, now.since)
        copy = indexes.as_of.copy_dates[source] if source else None
        yield Change(
            id=f"{ids.name(name)}/{now.status}/{now.since}",
            day=now.since,
            kind=_KINDS[now.status],
            subject=name,
            old=before.status,
            new=now.status,
            source=source,
            copied=copy if copy and copy > now.since else None,
            doubt=doubt,
        )


def _is_turn(before: StatusChange, now: StatusChange) -> bool:
    if now.status is Status.ACTIVE:
        return before.status in {Status.LEGACY, Status.UNCONFIRMED}
    return now.status in _KINDS and now.status is not before.status


# --- Releases and facts -----------------------------------------------------------------------------------------------


def _released(models: Iterable[Model], indexes: Indexes, ids: _Ids) -> Iterator[Change]:
    """The releases of which the day is on record."""
    for model in models:
        fact = model.released.now
        if fact is None or isinstance(fact.value, Absent) or fact.value.precision is not Precision.DAY:
            continue
        day = max(fact.value.first, indexes.exists_from[model.id])
        copy = indexes.as_of.copy_dates[fact.source]
        yield Change(
            id=f"{ids.name(model.id)}/released",
            day=day,
            kind=ChangeKind.RELEASED,
            subject=model.id,
            new=fact.value,
            source=fact.source,
            copied=copy if copy > day else None,
            said=fact.value if day > fact.value.first else None,
        )


def _of_facts(
    records: Iterable[Model | Endpoint | Product], sources: Mapping[SourceId, Source], ids: _Ids
) -> Iterator[Change]:
    """Every value of a fact that replaced another."""
    for record in records:
        declared: Any = type(record)
        name = _name(record)
        for field in filter(_is_told, histories(declared)):
            for before, after in pairwise(successive(getattr(record, field.name), sources)):
                if before.value == after.value:
                    continue
                copy = sources[after.source].state_of.first
                day = start(after, copy, dates_itself=Mark.DATES_ITSELF in field.marks)
                yield Change(
                    id=f"{ids.name(name)}/{field.name}/{day}",
                    day=day,
                    kind=_kind_of(field),
                    subject=name,
                    old=before.value,
                    new=after.value,
                    source=after.source,
                    copied=copy if copy > day else None,
                    field=field.name,
                )


def _is_told(field: Declaration) -> bool:
    """Whether the page of the record shows the field as a fact; its day of release is a change of its own."""
    is_text = field.type.inner.structure is Structure.TEXT
    return not is_text and Mark.SHOWN_ELSEWHERE not in field.marks and field.name != "released"


def _kind_of(field: Declaration) -> ChangeKind:
    if Mark.DATA_USE in field.marks:
        return ChangeKind.DATA_USE
    return ChangeKind.PRICE if field.type.inner.of is Price else ChangeKind.SPECIFICATION


def _name(record: Model | Endpoint | Product) -> str:
    match record:
        case Model():
            return record.id
        case Endpoint():
            return record.path
        case Product():
            return f"product/{record.id}"


# --- Corrections ------------------------------------------------------------------------------------------------------


def _corrected(one: Correction) -> Change:
    return Change(
        id=f"correction/{addresses.correction_id(one)}",
        day=one.date.first,
        kind=ChangeKind.CORRECTED,
        subject=one.row.name if one.row else _corrected_name(one.record),
        old=one.was,
        new=one.is_,
        field=one.field,
        correction=one,
    )


def _corrected_name(record: Corrected) -> str:
    """The name of a corrected model, endpoint, product or family; "" for any other record."""
    if record.product or record.family:
        return f"{record.kind}/{record.id}"
    return record.id if record.model or record.endpoint else ""

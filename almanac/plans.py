"""Announcements and events -> the history of each plan: as first announced, and all later changes.

A plan is known from the day of its announcement with everything that its row says, although the copy may be later; a
row that only a later copy shows (`observed`) is known from that copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain

from almanac.catalog import Plan, Version
from almanac.records import (
    Announcement,
    Content,
    Event,
    EventKind,
    ModelId,
    Place,
    PlanKey,
    Ref,
    Replacement,
    Row,
    Scope,
    Source,
    SourceId,
    Subject,
    Table,
)
from almanac.remembered import remembered


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """The plan for one name in one row of an announcement, with all events that revise it, oldest first."""

    key: PlanKey
    of_subject: PlanKey  # the key of the row's subject
    announcement: Announcement
    table: Table
    row: Row
    known_from: date  # day of the announcement, or of the copy that first shows the row or adds the name to it
    events: tuple[Event, ...]
    copies: Mapping[SourceId, Source] = field(compare=False)
    added_by: Event | None = None  # what happened to the row before it did not happen to the name

    @property
    def name(self) -> str:
        return _name(self.key)

    @property
    def days(self) -> frozenset[date]:
        """The days on which anything about it becomes known or due."""
        ends = [self.row.shutdown, *(event.shutdown for event in self.events if event.shutdown)]
        copied = (self.copies[source] for source in self._sources if source in self.copies)
        return frozenset(
            (
                self.known_from,
                *(copy.state_of.first for copy in copied),
                *(event.day.first for event in self.events),
                *(day for end in ends if end.day for day in (end.day.last, end.day.last + timedelta(days=1))),
            )
        )

    @property
    def _sources(self) -> Iterable[SourceId]:
        return (self.row.source, *(event.source for event in self.events if not event.observed))

    # --- With all events

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_by(self.events) is not None

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """The replacements named last."""
        last = self._last_replaced
        return named(self.row.replacements if last is None else last.replacements)

    @property
    def replaced_at(self) -> Place:
        """Where the last replacements are written."""
        last = self._last_replaced
        return self.row.at if last is None else last.at

    @property
    def _last_replaced(self) -> Event | None:
        return next((event for event in reversed(self.events) if event.replacements is not None), None)

    def withdrawn_by(self, events: Iterable[Event]) -> Event | None:
        """The event that withdraws it, unless a later one restores it."""
        withdrawn = None
        for event in events:
            if event.kind is EventKind.WITHDRAWN:
                withdrawn = withdrawn or event
            elif event.kind is EventKind.RESTORED and withdrawn and self._undoes(event, withdrawn):
                withdrawn = None
        return withdrawn

    def _undoes(self, restored: Event, withdrawn: Event) -> bool:
        """Whether it restores this name: a name that was withdrawn alone does not return with its row's subject."""
        return revises(restored, self.key) or revises(withdrawn, self.of_subject)

    # --- On a day

    def on(self, day: date) -> Plan | None:
        """The plan as known on that day; None before it was announced."""
        if day < self.known_from:
            return None
        known = tuple(event for event in self.events if event.day.first <= day)
        return Plan(
            announcement=self.announcement,
            table=self.table,
            row=self.row,
            name=self.name,
            known_from=self.known_from,
            versions=tuple(self._versions(known, day)),
            withdrawn=self.withdrawn_by(known),
            events=tuple(event for event in known if self._concerns(event)),
            added=tuple((str(ref.id), event.together) for event in known for ref in event.adds),
        )

    def _concerns(self, event: Event) -> bool:
        """Whether the event is not older than the copy that adds the name."""
        return self.added_by is None or _age(event) >= _age(self.added_by)

    def _versions(self, known: Sequence[Event], day: date) -> Sequence[Version]:
        """The versions known on the day, oldest first; a name that a copy adds has those from that copy on."""
        every = tuple(self._versions_of_row(known, day))
        if self.added_by is None:
            return every
        since = _age(self.added_by)
        before = [each for each in every if each.event is None or _age(each.event) <= since]
        first = replace(before[-1], event=None, source=self.added_by.source, told_by=None)
        return (first, *every[len(before) :])

    def _versions_of_row(self, known: Sequence[Event], day: date) -> Iterator[Version]:
        """The versions of the row and of the events, oldest first."""
        source = self.row.source
        told_by = None if self.row.observed else self._later(source, day)
        latest = Version(None, source, self.row.shutdown, self.row.replacements, told_by)
        yield latest
        for event in known:
            if event.shutdown is not None or event.replacements is not None:
                whole = event.shutdown is not None and event.replacements is not None
                latest = Version(
                    event,
                    event.source,
                    event.shutdown or latest.shutdown,
                    latest.replacements if event.replacements is None else event.replacements,
                    (None if event.observed else self._later(event.source, day)) or (None if whole else latest.told_by),
                )
                yield latest

    def _later(self, source: SourceId, day: date) -> Source | None:
        """The copy, if it is later than the day."""
        copy = self.copies.get(source)
        return copy if copy and copy.state_of.first > day else None


@remembered(most=2)
def by_key(content: Content) -> Mapping[PlanKey, PlanHistory]:
    """Every plan; of two with the same key (an error), the first."""
    found: dict[PlanKey, PlanHistory] = {}
    for history in _histories(content):
        found.setdefault(history.key, history)
    return found


@remembered(most=2)
def by_name(content: Content) -> Mapping[str, tuple[PlanHistory, ...]]:
    """The plans of each name, newest announcement first."""
    found: defaultdict[str, list[PlanHistory]] = defaultdict(list)
    for history in sorted(_histories(content), key=_announced, reverse=True):
        found[history.name].append(history)
    return {name: tuple(histories) for name, histories in found.items()}


def plans_as_of(histories: Iterable[PlanHistory], day: date) -> tuple[Plan, ...]:
    """The plans for one name as known on that day, newest announcement first."""
    plans = [plan for history in histories if (plan := history.on(day))]
    later: list[Plan] = []
    found = []
    for plan in plans:
        over = any(
            covers(each.row.scope, plan.row.scope) and each.announcement.id != plan.announcement.id for each in later
        )
        found.append(replace(plan, superseded=True) if over else plan)
        if not plan.withdrawn:
            later.append(plan)
    return tuple(found)


def covers(later: Scope, earlier: Scope) -> bool:
    """Whether the later scope includes the earlier one; as for statuses, `inference` counts as the whole model."""
    return later in {Scope.ALL, earlier} or (later is Scope.INFERENCE and earlier is Scope.ALL)


def named(replacements: object) -> tuple[Replacement, ...]:
    """The replacements that a row or event names; () for an `Absent` value."""
    return replacements if isinstance(replacements, tuple) else ()


def names(replacements: object) -> Iterable[str]:
    """The names of models, endpoints and products among replacements."""
    return dict.fromkeys(each.name for each in named(replacements) if each.name)


def key_of(announcement: Announcement, row: Row, name: Ref[ModelId]) -> PlanKey:
    """The key of the plan for a name listed with the subject of a row."""
    subject = Subject(model=name.id, at=name.at)
    return PlanKey(announcement=announcement.id, subject=subject, scope=row.scope, at=name.at)


def row_key(announcement: Announcement, row: Row) -> PlanKey:
    """The key of the plan for the subject of a row."""
    return PlanKey(announcement=announcement.id, subject=row.subject, scope=row.scope, at=row.at)


def is_of(revised: PlanKey, key: PlanKey) -> bool:
    """Whether `revised`, as written in an event, means this plan or the whole announcement."""
    if revised.subject is not None:
        return revised == key
    return revised.announcement == key.announcement and revised.scope in {Scope.ALL, key.scope}


def revises(event: Event, key: PlanKey) -> bool:
    """Whether the event names this plan or its whole announcement."""
    return any(is_of(revised, key) for revised in event.revises)


def rows(announcement: Announcement) -> Iterator[Row]:
    return chain.from_iterable(table.rows for table in announcement.tables)


@remembered(most=2)
def _histories(content: Content) -> tuple[PlanHistory, ...]:
    """All histories, in the order of announcements, tables and rows."""
    copies = {source.id: source for source in content.sources}
    events = _by_plan(content)
    return tuple(
        history
        for announcement in content.announcements
        for table in announcement.tables
        for row in table.rows
        for history in _of_row(announcement, table, row, events, copies)
    )


def _by_plan(content: Content) -> Mapping[PlanKey, list[Event]]:
    rows_of = {each.id: tuple(row_key(each, row) for row in rows(each)) for each in content.announcements}
    found: defaultdict[PlanKey, list[Event]] = defaultdict(list)
    for event in sorted(content.events, key=_age):
        keys = chain.from_iterable(
            [each]
            if each.subject is not None
            else [key for key in rows_of.get(each.announcement, ()) if is_of(each, key)]
            for each in event.revises
        )
        for key in dict.fromkeys(keys):
            found[key].append(event)
    return found


def _of_row(
    announcement: Announcement,
    table: Table,
    row: Row,
    events: Mapping[PlanKey, list[Event]],
    copies: Mapping[SourceId, Source],
) -> Iterator[PlanHistory]:
    """Histories of the row's subject, of each name listed with it, and of each name that a later copy adds.

    Events that revise the subject's plan revise the others too.
    """
    announced = announcement.announced.first
    known_from = max(announced, row.observed.first) if row.observed else announced
    subject = row_key(announcement, row)
    own = tuple(events.get(subject, ()))

    def history(
        key: PlanKey, known_from: date, events: tuple[Event, ...], added_by: Event | None = None
    ) -> PlanHistory:
        return PlanHistory(key, subject, announcement, table, row, known_from, events, copies, added_by)

    yield history(subject, known_from, own)
    listed = ((name, known_from, None) for name in row.listed_with)
    added = ((name, event.day.first, event) for event in own for name in event.adds)
    for name, known, by in (*listed, *added):
        key = key_of(announcement, row, name)
        yield history(key, known, _in_order(own, events.get(key, ())), by)


def _in_order(*groups: Iterable[Event]) -> tuple[Event, ...]:
    by_id = {event.id: event for events in groups for event in events}
    return tuple(sorted(by_id.values(), key=_age))


def _age(event: Event) -> tuple[date, str]:
    return event.day.first, event.id


def _announced(history: PlanHistory) -> tuple[date, str]:
    return history.announcement.announced.first, history.announcement.id


def _name(key: PlanKey) -> str:
    return key.subject.name if key.subject else ""

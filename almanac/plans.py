"""Announcements and events -> the history of each plan: as first announced, and all later changes.

A plan is known from the day of its announcement with everything that its row says, although the copy may be later; a
row that only a later copy shows (`observed`) has its values from that copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from almanac.catalog import NOT_RECORDED, Plan, Version
from almanac.records import (
    Absent,
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
    Subject,
    Table,
)


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """The plan for one name in one row of an announcement, with all events that revise it, oldest first."""

    key: PlanKey
    announcement: Announcement
    table: Table
    row: Row
    known_from: date  # day of the announcement, or of the copy that adds the name to the row
    values_from: date  # day from which the row's values are known
    events: tuple[Event, ...]

    @property
    def name(self) -> str:
        return self.key.subject.name

    @property
    def days(self) -> frozenset[date]:
        """The days on which anything about it becomes known or due."""
        ends = [self.row.shutdown, *(event.shutdown for event in self.events if event.shutdown)]
        return frozenset(
            (
                self.known_from,
                self.values_from,
                *(event.observed.first for event in self.events),
                *(end.day.first for end in ends if end.day),
            )
        )

    # --- With all events

    @property
    def is_withdrawn(self) -> bool:
        return any(event.kind is EventKind.WITHDRAWN for event in self.events)

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

    # --- On a day

    def on(self, day: date) -> Plan | None:
        """The plan as known on that day; None before it was announced."""
        if day < self.known_from:
            return None
        known = [event for event in self.events if event.observed.first <= day]
        return Plan(
            announcement=self.announcement,
            table=self.table,
            row=self.row,
            name=self.name,
            versions=tuple(self._versions(known, day)),
            withdrawn=next((event for event in known if event.kind is EventKind.WITHDRAWN), None),
            limits=tuple(event for event in known if event.kind is EventKind.ACCESS_LIMITED),
        )

    def _versions(self, known: Sequence[Event], day: date) -> Iterator[Version]:
        """The versions known on the day, oldest first."""
        source = self.row.source
        latest = Version(None, source, NOT_RECORDED, Absent.UNKNOWN)
        if self.values_from <= day:
            latest = Version(None, source, self.row.shutdown, self.row.replacements)
        yield latest
        for event in known:
            if event.shutdown is not None or event.replacements is not None:
                latest = Version(
                    event,
                    event.source,
                    event.shutdown or latest.shutdown,
                    latest.replacements if event.replacements is None else event.replacements,
                )
                yield latest


def by_key(content: Content) -> Mapping[PlanKey, PlanHistory]:
    """Every plan; of two with the same key (an error), the first."""
    found: dict[PlanKey, PlanHistory] = {}
    for history in _histories(content):
        found.setdefault(history.key, history)
    return found


def by_name(content: Content) -> Mapping[str, tuple[PlanHistory, ...]]:
    """The plans of each name, newest announcement first."""
    found: defaultdict[str, list[PlanHistory]] = defaultdict(list)
    for history in sorted(_histories(content), key=_announced, reverse=True):
        found[history.name].append(history)
    return {name: tuple(histories) for name, histories in found.items()}


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


def _histories(content: Content) -> Iterator[PlanHistory]:
    """All histories, in the order of announcements, tables and rows."""
    events = _by_plan(content.events)
    for announcement in content.announcements:
        for table in announcement.tables:
            for row in table.rows:
                yield from _of_row(announcement, table, row, events)


def _by_plan(events: Iterable[Event]) -> Mapping[PlanKey, list[Event]]:
    found: defaultdict[PlanKey, list[Event]] = defaultdict(list)
    for event in sorted(events, key=_age):
        for key in dict.fromkeys(event.revises):
            found[key].append(event)
    return found


def _of_row(
    announcement: Announcement,
    table: Table,
    row: Row,
    events: Mapping[PlanKey, list[Event]],
) -> Iterator[PlanHistory]:
    """Histories of the row's subject, of each name listed with it, and of each name that a later copy adds.

    Events that revise the subject's plan revise the others too.
    """
    announced = announcement.announced.first
    key = PlanKey(announcement=announcement.id, subject=row.subject, scope=row.scope, at=row.at)
    own = tuple(events.get(key, ()))
    values_from = row.observed.first if row.observed else announced

    def history(key: PlanKey, known_from: date, events: tuple[Event, ...]) -> PlanHistory:
        return PlanHistory(key, announcement, table, row, known_from, max(known_from, values_from), events)

    yield history(key, announced, own)
    added = ((name, event.observed.first) for event in own for name in event.adds)
    for name, known_from in (*((name, announced) for name in row.listed_with), *added):
        key = key_of(announcement, row, name)
        yield history(key, known_from, _in_order(own, events.get(key, ())))


def _in_order(*groups: Iterable[Event]) -> tuple[Event, ...]:
    by_id = {event.id: event for events in groups for event in events}
    return tuple(sorted(by_id.values(), key=_age))


def _age(event: Event) -> tuple[date, str]:
    return event.observed.first, event.id


def _announced(history: PlanHistory) -> tuple[date, str]:
    return history.announcement.announced.first, history.announcement.id

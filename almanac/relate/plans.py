"""Announcements and events -> plans as they were known on any day: what was said first, and all that became of it.

A plan is known from the day on which it was announced, each of its values from the day of the copy that first shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from almanac.catalog import NOT_RECORDED, Plan, Version
from almanac.records import Absent, Announcement, Content, Event, EventKind, PlanKey, Row, Scope, SourceId, Table


@dataclass(frozen=True, slots=True)
class History:
    """One name in one row of an announcement, with every event that revises it, oldest first."""

    announcement: Announcement
    table: Table
    row: Row
    name: str
    known_from: date  # the plan itself: its announcement, or the copy that adds the name to its row
    valued_from: date  # the row's values
    events: tuple[Event, ...]

    @property
    def days(self) -> frozenset[date]:
        """The days on which something about it becomes known or due."""
        ends = [self.row.shutdown, *(event.shutdown for event in self.events if event.shutdown)]
        return frozenset(
            (
                self.known_from,
                self.valued_from,
                *(event.observed.first for event in self.events),
                *(end.day.first for end in ends if end.day),
            )
        )

    def on(self, day: date) -> Plan | None:
        """The plan as known on that day; None before it was announced."""
        if day < self.known_from:
            return None
        known = [event for event in self.events if event.observed.first <= day]
        withdrawn = next((event for event in known if event.kind is EventKind.WITHDRAWN), None)
        return Plan(
            announcement=self.announcement,
            table=self.table,
            row=self.row,
            name=self.name,
            versions=tuple(self._versions(known, day)),
            withdrawn=withdrawn,
            limits=tuple(event for event in known if event.kind is EventKind.ACCESS_LIMITED),
        )

    def _versions(self, known: Sequence[Event], day: date) -> Iterator[Version]:
        """Every state of its values by that day, the first first."""
        source = self.row.source
        latest = Version(None, source, NOT_RECORDED, Absent.UNKNOWN)
        if self.valued_from <= day:
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


def histories(content: Content, copied: Mapping[SourceId, date]) -> Mapping[str, tuple[History, ...]]:
    """The plans of each name, newest announcement first."""
    events = _by_plan(content)
    found: dict[str, list[History]] = {}
    for announcement in sorted(content.announcements, key=lambda each: (each.announced.first, each.id), reverse=True):
        for table in announcement.tables:
            for row in table.rows:
                for history in _of_row(announcement, table, row, events, copied):
                    found.setdefault(history.name, []).append(history)
    return {name: tuple(several) for name, several in found.items()}


Key = tuple[str, str, Scope]
"""What names a plan: announcement, subject, scope."""


def _by_plan(content: Content) -> Mapping[Key, tuple[Event, ...]]:
    events: dict[Key, list[Event]] = {}
    for event in sorted(content.events, key=lambda each: (each.observed.first, each.id)):
        for revised in event.revises:
            events.setdefault(_key(revised), []).append(event)
    return {key: tuple(several) for key, several in events.items()}


def _key(revised: PlanKey) -> Key:
    return (revised.announcement, revised.subject.name, revised.scope)


def _of_row(
    announcement: Announcement,
    table: Table,
    row: Row,
    events: Mapping[Key, tuple[Event, ...]],
    copied: Mapping[SourceId, date],
) -> Iterator[History]:
    """The row's plan for its subject, for each name listed with it, and for each name that a later copy adds."""
    announced = announcement.announced.first
    shown = row.observed.first if row.observed else copied[row.source]
    valued = max(announced, shown)
    own = events.get((announcement.id, row.subject.name, row.scope), ())
    yield History(announcement, table, row, row.subject.name, announced, valued, own)
    for ref in row.listed_with:
        events_of_name = events.get((announcement.id, ref.id, row.scope), ())
        yield History(announcement, table, row, ref.id, announced, valued, _in_order(own, events_of_name))
    for event in own:
        for ref in event.adds:
            seen = event.observed.first
            events_of_name = events.get((announcement.id, ref.id, row.scope), ())
            yield History(announcement, table, row, ref.id, seen, max(seen, valued), _in_order(own, events_of_name))


def _in_order(*several: tuple[Event, ...]) -> tuple[Event, ...]:
    once = {event.id: event for events in several for event in events}
    return tuple(sorted(once.values(), key=lambda event: (event.observed.first, event.id)))

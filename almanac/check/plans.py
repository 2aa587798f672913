"""Content -> every plan in it, by what names it, with all that later became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from almanac.records import Announcement, Content, Event, EventKind, Place, PlanKey, Replacement, Row, Scope

Key = tuple[str, str, Scope]
"""What names a plan: announcement, subject or another name in its cell, scope."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The end of one name, as one row of an announcement has it."""

    announcement: Announcement
    row: Row
    name: str
    known: date  # announced, or added to the row by a later copy
    events: tuple[Event, ...]  # all that revise it, oldest first

    @property
    def is_withdrawn(self) -> bool:
        return any(event.kind is EventKind.WITHDRAWN for event in self.events)

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """Those that are named last."""
        written = next((e.replacements for e in reversed(self.events) if e.replacements is not None), None)
        return listed(self.row.replacements if written is None else written)

    @property
    def replaced_at(self) -> Place:
        """Where those are named."""
        return next((event.at for event in reversed(self.events) if event.replacements is not None), self.row.at)


def plans(content: Content) -> Mapping[Key, Plan]:
    """Of two plans with the same key, which is a fault, the first."""
    events = _by_key(content.events)
    found: dict[Key, Plan] = {}
    for announcement in content.announcements:
        for table in announcement.tables:
            for row in table.rows:
                for plan in _of_row(announcement, row, events):
                    found.setdefault((announcement.id, plan.name, row.scope), plan)
    return found


def key_of(revised: PlanKey) -> Key:
    return revised.announcement, revised.subject.name, revised.scope


def listed(replacements: object) -> tuple[Replacement, ...]:
    """The replacements that a row or an event names; there are none behind a word for an absent value."""
    return replacements if isinstance(replacements, tuple) else ()


def _by_key(events: Iterable[Event]) -> Mapping[Key, list[Event]]:
    by_key: dict[Key, list[Event]] = defaultdict(list)
    for event in sorted(events, key=_age):
        for key in dict.fromkeys(map(key_of, event.revises)):
            by_key[key].append(event)
    return by_key


def _of_row(announcement: Announcement, row: Row, events: Mapping[Key, list[Event]]) -> Iterator[Plan]:
    """For its subject and each name listed with it: what revises the subject's plan revises theirs too."""
    announced = announcement.announced.first
    own = events.get((announcement.id, row.subject.name, row.scope), [])
    yield Plan(announcement, row, row.subject.name, announced, tuple(own))
    added = ((ref.id, event.observed.first) for event in own for ref in event.adds)
    for name, known in (*((ref.id, announced) for ref in row.listed_with), *added):
        of_name = events.get((announcement.id, name, row.scope), [])
        both = sorted({event.id: event for event in (*own, *of_name)}.values(), key=_age) if of_name else own
        yield Plan(announcement, row, name, known, tuple(both))


def _age(event: Event) -> tuple[date, str]:
    return event.observed.first, event.id

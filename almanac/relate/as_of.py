"""What was known on a day: which copies there were, and so what of each record. Nothing leaks backwards."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from functools import cache
from operator import is_
from typing import Any, TypeVar

from almanac.fields import Declaration, FieldType, Structure, fields, source_field, sources_of
from almanac.records import Absent, Fact, Mark, Rank, Sound, SourceId

R = TypeVar("R")


class AsOf:
    """The sources as of a day, by the day whose state their copies show."""

    def __init__(self, sound: Sound, day: date) -> None:
        self.day = day
        self.copy_dates = {source.id: source.state_of.first for source in sound.sources}
        self._near = sorted(source.state_of.first for source in sound.sources if source.rank is not Rank.SECONDARY)

    def horizon(self, day: date) -> date:
        """The last day by then for which a copy of the publisher's words speaks; before the first, the day itself."""
        at = bisect_right(self._near, day)
        return self._near[at - 1] if at else day

    def next_copy(self, day: date) -> date | None:
        """The first copy that could show what happened on that day."""
        at = bisect_right(self._near, day)
        if at and self._near[at - 1] == day:
            return day
        return self._near[at] if at < len(self._near) else None

    def has(self, *sources: SourceId) -> bool:
        """Whether there was a copy of each."""
        return all(self.copy_dates[source] <= self.day for source in sources)

    def known_from(self, fact: Fact[Any]) -> date:  # whatever it is a fact of
        return fact.known_from.first if fact.known_from else self.copy_dates[fact.source]

    def record(self, record: R) -> R:
        """The record with what was known of it: what a later copy shows is not recorded yet, or left out."""
        declared: Any = type(record)
        changed = {
            field.name: seen
            for field in _dated(declared)
            if (seen := self._field(record, field, value := getattr(record, field.name))) is not value
        }
        known: R = replace(record, **changed) if changed else record  # type: ignore[type-var]  # each is a dataclass
        return known

    def _field(self, record: Any, field: Declaration, value: Any) -> Any:
        if not value:
            return value
        if Mark.OF_RECORD in field.marks:
            return value if self.has(record.source) else field.default
        match field.type.structure:
            case Structure.LIST:
                seen = [known for each in value if (known := self._one(field.type.inner, each)) is not None]
                return value if len(seen) == len(value) and all(map(is_, seen, value)) else tuple(seen)
            case Structure.FACT if field.required:
                return self._one(field.type, value) or replace(value, value=Absent.UNKNOWN, note=None)
            case _:
                return self._one(field.type, value)

    def _one(self, kind: FieldType, value: Any) -> Any:
        """The fact or record as known; None where it was not."""
        if kind.structure is Structure.FACT:
            return value if self.known_from(value) <= self.day else None
        return self.record(value) if self.has(*sources_of(value)) else None


@cache
def _dated(record: Any) -> tuple[Declaration, ...]:
    """The fields with a source, whose day decides when they are known.

    A record without a source of its own is known with the record around it. The rows of announcements are below such
    records, their tables: what was known of them on a day is the work of `plans`.
    """
    return tuple(each for each in fields(record) if _has_day(record, each))


def _has_day(record: Any, field: Declaration) -> bool:
    kind = field.type.inner if field.type.structure is Structure.LIST else field.type
    if Mark.OF_RECORD in field.marks:
        return not field.required
    if field.type.structure is Structure.FACT and field.required and Absent.UNKNOWN not in kind.inner.absent:
        raise TypeError(f"{record.__name__}.{field.name} may be left out, or takes 'unknown': it is not known for ever")
    return kind.structure is Structure.FACT or (kind.structure is Structure.RECORD and bool(source_field(kind.of)))

"""As-of view: records with only the values that copies up to a day show."""

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
    """The view as of a day; sources are dated by the state that their copies show."""

    def __init__(self, sound: Sound, day: date) -> None:
        self.day = day
        self.copy_dates = {source.id: source.state_of.first for source in sound.sources}
        self._near = sorted(source.state_of.first for source in sound.sources if source.rank is not Rank.SECONDARY)

    def horizon(self, day: date) -> date:
        """Date of the latest official or archived copy up to `day`; without one, `day` itself."""
        at = bisect_right(self._near, day)
        return self._near[at - 1] if at else day

    def next_copy(self, day: date) -> date | None:
        """Date of the first official or archived copy on or after `day`."""
        at = bisect_right(self._near, day)
        if at and self._near[at - 1] == day:
            return day
        return self._near[at] if at < len(self._near) else None

    def has(self, *sources: SourceId) -> bool:
        """Whether all these sources had been copied."""
        return all(self.copy_dates[source] <= self.day for source in sources)

    def known_from(self, fact: Fact[Any]) -> date:  # of any type
        return fact.known_from.first if fact.known_from else self.copy_dates[fact.source]

    def record(self, record: R) -> R:
        """The record as known on the day: values from later copies are replaced by defaults, or left out of lists."""
        declared: Any = type(record)
        changed = {
            field.name: visible
            for field in _dated(declared)
            if (visible := self._field(record, field, value := getattr(record, field.name))) is not value
        }
        viewed: R = replace(record, **changed) if changed else record  # type: ignore[type-var]  # each is a dataclass
        return viewed

    def _field(self, record: Any, field: Declaration, value: Any) -> Any:
        if not value:
            return value
        if Mark.OF_RECORD in field.marks:
            return value if self.has(record.source) else field.default
        match field.type.structure:
            case Structure.LIST:
                visible = [item for each in value if (item := self._one(field.type.inner, each)) is not None]
                return value if len(visible) == len(value) and all(map(is_, visible, value)) else tuple(visible)
            case Structure.FACT if field.required:
                return self._one(field.type, value) or replace(value, value=Absent.UNKNOWN, note=None)
            case _:
                return self._one(field.type, value)

    def _one(self, kind: FieldType, value: Any) -> Any:
        """The fact or record as known on the day; None if it was unknown."""
        if kind.structure is Structure.FACT:
            return value if self.known_from(value) <= self.day else None
        return self.record(value) if self.has(*sources_of(value)) else None


@cache
def _dated(record: Any) -> tuple[Declaration, ...]:
    """The fields whose values have a source, and so a day from which they are known.

    A record without its own source is known as soon as the enclosing record. Rows of announcements are in such records
    (tables); `plans` determines what is known of them on a day.
    """
    return tuple(each for each in fields(record) if _has_day(record, each))


def _has_day(record: Any, field: Declaration) -> bool:
    kind = field.type.inner if field.type.structure is Structure.LIST else field.type
    if Mark.OF_RECORD in field.marks:
        return not field.required
    if field.type.structure is Structure.FACT and field.required and Absent.UNKNOWN not in kind.inner.absent:
        raise TypeError(f"{record.__name__}.{field.name} may be left out, or takes 'unknown': it is not known for ever")
    return kind.structure is Structure.FACT or (kind.structure is Structure.RECORD and bool(source_field(kind.of)))

"""As-of view: records with what copies up to a day say, which of it holds then, and when names were first known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache, partial
from operator import is_
from typing import Any, TypeVar

from almanac.fields import (
    Declaration,
    FieldType,
    Reference,
    Structure,
    fields,
    histories,
    references,
    source_field,
    sources_of,
)
from almanac.plans import PlanHistory, names
from almanac.records import (
    Absent,
    Content,
    Coverage,
    Day,
    Fact,
    History,
    Mark,
    Rank,
    Ref,
    Section,
    Source,
    SourceId,
    Text,
)
from almanac.remembered import remembered

R = TypeVar("R")
T = TypeVar("T")


def view(content: Content, day: date) -> AsOf:
    """The view of the content as of a day; the same object again where sources, publisher and day are the same."""
    return _views(content.sources)(content.site.publisher, day)


@remembered(most=4)
def _views(sources: tuple[Source, ...]) -> Callable[[str, date], AsOf]:
    """Makes the views of these sources, and keeps the last."""
    return lru_cache(maxsize=1)(partial(AsOf, sources))


class AsOf:
    """The view as of a day; sources are dated by the state that their copies show."""

    def __init__(self, sources: Iterable[Source], publisher: str, day: date) -> None:
        self.day = day
        self.copy_dates = {source.id: source.state_of.first for source in sources}
        self._ranks = {source.id: source.rank for source in sources}
        self.near_copies = sorted(
            source.state_of.first
            for source in sources
            if source.publisher == publisher
            and source.rank is not Rank.SECONDARY
            and Coverage.DEPRECATIONS in source.covers
        )
        self._record = remembered(most=1 << 14)(self._viewed)

    def horizon(self, day: date) -> date:
        """Date of the latest copy up to `day` in which the publisher would tell of a shutdown; without one, `day`."""
        at = bisect_right(self.near_copies, day)
        return self.near_copies[at - 1] if at else day

    def next_copy(self, day: date) -> date | None:
        """Date of the first such copy on or after `day`."""
        at = bisect_right(self.near_copies, day)
        if at and self.near_copies[at - 1] == day:
            return day
        return self.near_copies[at] if at < len(self.near_copies) else None

    def has(self, *sources: SourceId) -> bool:
        """Whether all these sources had been copied."""
        return all(self.copy_dates[source] <= self.day for source in sources)

    def is_secondary(self, source: SourceId) -> bool:
        """Whether the source's words are not the publisher's."""
        return self._ranks[source] is Rank.SECONDARY

    def nearness(self, source: SourceId) -> int:
        """The larger, the nearer the source is to the publisher."""
        return -self._ranks[source].distance

    # --- Facts

    def start(self, fact: Fact[Any], *, dates_itself: bool = False) -> date:
        return start(fact, self.copy_dates[fact.source], dates_itself=dates_itself)

    def history(self, history: History[T], *, dates_itself: bool = False) -> History[T]:
        """What copies say that was so by the day, and which of it holds.

        A later fact ends an earlier one, except that a secondary source never ends what the publisher said: where it
        differs, it stands beside it. A fact with no known value ends nothing.
        """
        known = tuple(
            self._without_later_note(fact)
            for fact in history.facts
            if self.start(fact, dates_itself=dates_itself) <= self.day
        )
        given = [fact for fact in known if not _is_unknown(fact.value)]
        by_publisher = [fact for fact in given if not self.is_secondary(fact.source)]
        by_others = [fact for fact in given if self.is_secondary(fact.source)]
        now = self._latest(by_publisher or by_others or known, dates_itself)
        beside = tuple(fact for fact in self._last_of_each(by_others) if now and fact.value != now.value)
        told_later = now is not None and not self.has(now.source)
        return History(known, now, told_later, beside if by_publisher else ())

    def _without_later_note(self, fact: Fact[T]) -> Fact[T]:
        """The fact; a note from a copy later than the day is not known yet."""
        return fact if fact.note is None or self.has(fact.source) else replace(fact, note=None)

    def holding(self, history: History[T], day: date, *, by_publisher: bool = False) -> Fact[T] | None:
        """The fact that holds on a day; `by_publisher`: whatever others say, the publisher's."""
        known = [fact for fact in history.facts if self.start(fact) <= day]
        publishers = [fact for fact in known if not self.is_secondary(fact.source)]
        return self._latest(publishers if by_publisher else publishers or known, dates_itself=False)

    def _latest(self, facts: Sequence[Fact[T]], dates_itself: bool) -> Fact[T] | None:
        """The fact that holds last; of those that hold from the same day, that of the nearest source, then the last."""
        latest: Fact[T] | None = None
        rank = (date.min, 0)
        for fact in facts:
            if (key := (self.start(fact, dates_itself=dates_itself), self.nearness(fact.source))) >= rank:
                latest, rank = fact, key
        return latest

    def _last_of_each(self, facts: Sequence[Fact[T]]) -> Sequence[Fact[T]]:
        """The last fact of each source."""
        return tuple({fact.source: fact for fact in facts}.values())

    def versions(self, texts: History[Text]) -> History[Text]:
        """The versions of a text from copies up to the day; the last one counts, whatever the rank of its source."""
        known = tuple(fact for fact in texts.facts if self.has(fact.source))
        return History(known, known[-1] if known else None)

    # --- Records

    def record(self, record: R) -> R:
        """The record as known on the day: histories up to then, and lists without records of later copies."""
        viewed: R = self._record(record)
        return viewed

    def _viewed(self, record: Any) -> Any:
        declared: Any = type(record)
        changed = {
            field.name: visible
            for field in _dated(declared)
            if (visible := self._field(field, value := getattr(record, field.name))) is not value
        }
        return replace(record, **changed) if changed else record

    def _field(self, field: Declaration, value: Any) -> Any:
        if not value:
            return value
        if Mark.COPIES in field.marks:
            return self._copies(value)
        if field.type.structure is Structure.LIST:
            visible = [item for each in value if (item := self._one(field, each)) is not None]
            return value if len(visible) == len(value) and all(map(is_, visible, value)) else tuple(visible)
        return self._one(field, value)

    def _copies(self, value: Day | tuple[Ref[SourceId], ...]) -> Day | tuple[Ref[SourceId], ...] | None:
        """The copies up to the day; the day of a copy, or None if it is later."""
        if isinstance(value, Day):
            return value if value.first <= self.day else None
        return value if self.has(*(ref.id for ref in value)) else tuple(ref for ref in value if self.has(ref.id))

    def _one(self, field: Declaration, value: Any) -> Any:
        """A history or record as known on the day; None if an item of a list, or a record, was unknown."""
        if isinstance(value, History):
            is_list = field.type.structure is Structure.LIST
            inner = _inside_list(field.type).inner.structure
            if inner is Structure.TEXT:
                history = self.versions(value)
            else:
                if inner is Structure.RECORD:
                    value = History(tuple(map(self._within, value.facts)))
                history = self.history(value, dates_itself=_dates_itself(field))
            return None if is_list and not history else history
        return self.record(value) if self.has(*sources_of(value)) else None

    def _within(self, fact: Fact[Any]) -> Fact[Any]:
        """A fact that is a record; one of an earlier day, which a later copy tells, is told with all that it lists."""
        is_told_later = fact.since is not None and not self.has(fact.source)
        return fact if is_told_later else replace(fact, value=self.record(fact.value))


def start(fact: Fact[Any], copied: date, *, dates_itself: bool = False) -> date:
    """The day from which the fact holds: the one that its source gives, else that of the copy."""
    if fact.since:
        return fact.since.first
    own = _own_day(fact.value) if dates_itself else None
    return min(own.first, copied) if own else copied


def successive(history: History[T], sources: Mapping[SourceId, Source]) -> Iterator[Fact[T]]:
    """The facts that held one after the other: of those of one day, that of the nearest source.

    A secondary source's held only while the publisher had said nothing.
    """

    def since(fact: Fact[T]) -> date:
        return (fact.since or sources[fact.source].state_of).first

    given = [fact for fact in history.facts if not _is_unknown(fact.value)]
    given.sort(key=lambda fact: (since(fact), -sources[fact.source].rank.distance))
    publisher_has_spoken = False
    for fact in {since(fact): fact for fact in given}.values():
        by_publisher = sources[fact.source].rank is not Rank.SECONDARY
        if by_publisher or not publisher_has_spoken:
            yield fact
        publisher_has_spoken |= by_publisher


def first_known(content: Content, plans: Mapping[str, tuple[PlanHistory, ...]], as_of: AsOf) -> Mapping[str, date]:
    """Name -> first day on which anything is known of it: model, endpoint or product.

    A day that a third party gives, as of a release, makes no name known before the third party's copy.
    """
    days: dict[str, date] = {}

    def note(name: str, day: date) -> None:
        days[name] = min(day, days.get(name, day))

    def note_fact(name: str, fact: Fact[Any], *, dates_itself: bool = False) -> None:
        is_secondary = as_of.is_secondary(fact.source)
        note(name, as_of.copy_dates[fact.source] if is_secondary else as_of.start(fact, dates_itself=dates_itself))

    def note_facts(name: str, record: Any) -> None:
        declared: Any = type(record)
        note(name, as_of.copy_dates[record.source])
        for field in histories(declared):
            for fact in getattr(record, field.name).facts:
                note_fact(name, fact, dates_itself=_dates_itself(field))

    def note_reference(found: Reference) -> None:
        copied = max(as_of.copy_dates[source] for source in found.sources)
        if found.fact and found.field and found.sources == (found.fact.source,):
            note_fact(found.name, found.fact, dates_itself=_dates_itself(found.field))
        else:
            note(found.name, copied)

    for name, record in (
        *((each.id, each) for each in content.models),
        *((each.path, each) for each in content.endpoints),
        *((f"product/{each.id}", each) for each in content.products),
    ):
        note_facts(name, record)
        for found in references(record):
            if found.kind in {"model", "endpoint", "product"}:
                note_reference(found)
    for name, group in plans.items():
        for history in group:
            note(name, history.known_from)
            for replacement in names(history.row.replacements):
                note(replacement, history.known_from)
            for event in history.events:
                for replacement in names(event.replacements):
                    note(replacement, max(event.day.first, history.known_from))
    return days


def section_versions(sections: Iterable[Section]) -> tuple[tuple[Section, ...], ...]:
    """Sections, each with its versions known on the day, oldest first."""
    versions: dict[str, list[Section]] = {}
    for section in sections:
        versions.setdefault(section.id, []).append(section)
    return tuple(map(tuple, versions.values()))


def _is_unknown(value: object) -> bool:
    return value is Absent.UNKNOWN


def _own_day(value: Any) -> Day | None:
    """The day that the value is, or that the marked field of the record gives."""
    if isinstance(value, Day):
        return value
    declared: Any = type(value)
    marked = (each for each in fields(declared) if Mark.DATES_ITSELF in each.marks)
    return next((getattr(value, each.name) for each in marked), None)


def _dates_itself(field: Declaration) -> bool:
    return Mark.DATES_ITSELF in field.marks


@cache
def _dated(record: Any) -> tuple[Declaration, ...]:
    """The fields whose values have a source, and so a day from which they are known.

    A record without its own source is known as soon as the enclosing record. Rows of announcements are in such records
    (tables); `plans` determines what is known of them on a day.
    """
    dated = {each.name for each in histories(record)}
    return tuple(each for each in fields(record) if each.name in dated or Mark.COPIES in each.marks or _has_day(each))


def _has_day(field: Declaration) -> bool:
    kind = _inside_list(field.type)
    if kind.structure is Structure.HISTORY:
        return True
    return kind.structure is Structure.RECORD and bool(source_field(kind.of))


def _inside_list(kind: FieldType) -> FieldType:
    """The type of a field's items if it is a list, else its own."""
    return kind.inner if kind.structure is Structure.LIST else kind

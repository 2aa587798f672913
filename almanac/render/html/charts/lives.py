"""Models -> life lines: from the release to the shutdown, each stretch with its status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from almanac.catalog import Catalog, ModelEntry, Plan, Status
from almanac.records import Day, Deadline, ModelId, Qualifier
from almanac.render.html.charts.scale import Scale, Tick, spanning, ticks

_SEEN = 0.7  # percent: the two pixels on the narrowest screen that a single day needs to be seen
_OVER = frozenset({Status.PASSED, Status.SHUT_DOWN})
OPEN = "open"
"""The class of a stretch whose start or end is not known."""

NOT_BEFORE = f"{Status.SHUT_DOWN} {OPEN}"
"""The classes of a shutdown date that is only the earliest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a line, in percent of the width, with the CSS classes of its status."""

    classes: str
    x: float
    end: float


@dataclass(frozen=True, slots=True)
class End:
    """A shutdown date."""

    classes: str
    x: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A date in the life of a model: its phrase in ui.yaml, and the CSS classes of the status that begins."""

    classes: str
    word: str
    day: Day


@dataclass(frozen=True, slots=True)
class Track:
    """A life line on a scale."""

    bars: tuple[Bar, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class LifeView:
    """The life line of one model, with its dates in order."""

    line: Track
    today: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One of several life lines; a model without any known date has no marks."""

    model: ModelId
    line: Track
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LivesView:
    """The life lines of a family's models on one scale."""

    ticks: tuple[Tick, ...]
    today: float
    day: Day
    key: tuple[str, ...]  # the classes that occur
    rows: tuple[LifeRow, ...]


def life(entry: ModelEntry, world: Catalog) -> LifeView | None:
    """The life line of one model; None where no date is known."""
    marks = tuple(_marks(entry))
    if not marks:
        return None
    today = Mark("today", "life-today", Day(world.as_of))
    scale = spanning((*_days((entry,)), world.as_of), open_start=_born(entry) is None)
    return LifeView(
        line=_line(entry, world, scale),
        today=scale.at(world.as_of),
        marks=tuple(sorted((*marks, today), key=lambda mark: mark.day.first)),
    )


def lives(entries: Iterable[ModelEntry], world: Catalog) -> LivesView:
    """Life lines below one another, in the order given."""
    several = tuple(entries)
    scale = spanning((*_days(several), world.as_of), open_start=any(_born(entry) is None for entry in several))
    rows = tuple(LifeRow(entry.record.id, _line(entry, world, scale), tuple(_marks(entry))) for entry in several)
    return LivesView(ticks(scale), scale.at(world.as_of), Day(world.as_of), tuple(_key(rows)), rows)


def _born(entry: ModelEntry) -> Day | None:
    """Its release date, or the date of a snapshot."""
    model = entry.record
    if model.released:
        return model.released.value
    return model.snapshot_of.value.taken if model.snapshot_of else None


def _days(entries: Iterable[ModelEntry]) -> Iterator[date]:
    for entry in entries:
        yield from (mark.day.first for mark in _marks(entry))
        if _born(entry) is None:
            yield entry.exists_from


def _marks(entry: ModelEntry) -> Iterator[Mark]:
    born, plan = _born(entry), entry.plan
    if born:
        yield Mark(Status.ACTIVE, "life-released" if entry.record.released else "life-taken", born)
    if plan:
        for day in _announced(entry, plan):
            yield Mark(Status.DEPRECATED, "life-announced", day)
        if plan.shutdown.day:
            yield Mark(*_end(entry.status, plan.shutdown), plan.shutdown.day)


def _announced(entry: ModelEntry, plan: Plan) -> Iterable[Day]:
    """The announcement that made it deprecated, and the one in force now, where that is another."""
    began = {since for since, status in _stretches(entry, date.min) if status is Status.DEPRECATED}
    days = {each.announcement.announced for each in entry.plans if each is plan or each.announced in began}
    return sorted(days)


def _end(status: Status, shutdown: Deadline) -> tuple[str, str]:
    """The CSS classes and the phrase of a shutdown date."""
    if shutdown.qualifier is Qualifier.NOT_BEFORE:
        return NOT_BEFORE, "life-not-before"
    if status is Status.PASSED:
        return Status.PASSED, "life-planned"
    return Status.SHUT_DOWN, "life-shut-down" if status is Status.SHUT_DOWN else "life-planned"


def _line(entry: ModelEntry, world: Catalog, scale: Scale) -> Track:
    shutdown = entry.plan.shutdown if entry.plan else None
    end = End(_end(entry.status, shutdown)[0], scale.at(shutdown.day.first)) if shutdown and shutdown.day else None
    return Track(tuple(_bars(entry, world, scale)), (end,) if end else ())


def _bars(entry: ModelEntry, world: Catalog, scale: Scale) -> Iterator[Bar]:
    """A stretch for each status in turn, with an open one where its start or its end is not known."""
    born, last = _born(entry), _last(entry)
    start = born.first if born else entry.exists_from
    until = last or max(start, _known_until(entry, world))
    if born is None:
        yield Bar(OPEN, scale.at(scale.first), scale.at(start))
    stretches = _stretches(entry, start)
    ends = (*(since for since, _ in stretches[1:]), until)
    for (since, status), end in zip(stretches, ends, strict=True):
        if since <= until:
            x = scale.at(since)
            yield Bar(status, x, max(scale.at(min(end, until)), round(x + _SEEN, 1)))
    if last is None:
        yield Bar(OPEN, scale.at(until), scale.at(scale.last))


def _stretches(entry: ModelEntry, start: date) -> list[tuple[date, Status]]:
    """Its statuses with their first days, as known today: a shutdown date that was moved later does not count."""
    found: list[tuple[date, Status]] = []
    for change in entry.status_history:
        since = max(change.since or start, start)
        status = Status.DEPRECATED if change.status in _OVER else change.status
        if found and found[-1][0] == since:
            found.pop()
        if not found or found[-1][1] is not status:
            found.append((since, status))
    return found


def _last(entry: ModelEntry) -> date | None:
    """Its exact shutdown date, planned or past."""
    end = entry.plan.shutdown if entry.plan else None
    return end.day.first if end and end.day and end.qualifier is Qualifier.ON else None


def _known_until(entry: ModelEntry, world: Catalog) -> date:
    """Until when it is certainly available: to the last source, and to its earliest shutdown date."""
    known = min(world.as_of, world.horizon.first)
    promised = entry.plan.shutdown.day if entry.plan else None
    return max(known, promised.first) if promised else known


def _key(rows: Iterable[LifeRow]) -> Iterator[str]:
    """The CSS classes that occur: statuses in order, earliest shutdown dates, and what is not recorded."""
    lines = [row.line for row in rows]
    seen = {bar.classes for line in lines for bar in line.bars} | {end.classes for line in lines for end in line.ends}
    yield from (classes for classes in (*Status, NOT_BEFORE, OPEN) if classes in seen)

"""Models -> life lines from release to shutdown, with a bar for each status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from almanac.catalog import ENDED, Catalog, ModelEntry, Plan, Status
from almanac.records import Day, Deadline, ModelId, Qualifier
from almanac.render.html.charts.scale import Scale, Tick, spanning, ticks

_MIN_BAR = 0.7  # percent: two pixels on the narrowest screen, so that a single day is visible
OPEN = "open"
"""The CSS class of a bar with an unknown start or end."""

NOT_BEFORE = f"{Status.SHUT_DOWN} {OPEN}"
"""The CSS classes of an earliest shutdown date."""


class Bar(NamedTuple):
    """A bar from `x` to `end`, in percent of the width, with the CSS classes of its status."""

    classes: str
    x: float
    end: float


class End(NamedTuple):
    """A shutdown date, in percent of the width."""

    classes: str
    x: float


class Mark(NamedTuple):
    """A date in the life of a model: its key in ui.yaml, and the CSS classes of the status that begins."""

    classes: str
    word: str
    day: Day


class Track(NamedTuple):
    """A life line on a scale."""

    bars: tuple[Bar, ...]
    ends: tuple[End, ...]


class LifeView(NamedTuple):
    """The life line of one model, with its dates in order."""

    line: Track
    today: float
    marks: tuple[Mark, ...]


class LifeRow(NamedTuple):
    """A model's row in a chart of several; without known dates it has no marks."""

    model: ModelId
    line: Track
    marks: tuple[Mark, ...]


class LivesView(NamedTuple):
    """The life lines of a family's models on one scale."""

    ticks: tuple[Tick, ...]
    today: float
    day: Day
    key: tuple[str, ...]  # CSS classes for the legend
    rows: tuple[LifeRow, ...]


def life(entry: ModelEntry, world: Catalog) -> LifeView | None:
    """The life line of one model; None where no date is known."""
    marks = tuple(_marks(entry))
    if not marks:
        return None
    today = Mark("today", "life-today", Day(world.as_of))
    scale = spanning((*_days((entry,)), world.as_of), open_start=release_day(entry) is None)
    return LifeView(
        line=_line(entry, world, scale),
        today=scale.at(world.as_of),
        marks=tuple(sorted((*marks, today), key=lambda mark: mark.day.first)),
    )


def lives(entries: Iterable[ModelEntry], world: Catalog) -> LivesView:
    """A chart with a row for each model, in the order given."""
    entries = tuple(entries)
    scale = spanning((*_days(entries), world.as_of), open_start=any(release_day(entry) is None for entry in entries))
    rows = tuple(LifeRow(entry.record.id, _line(entry, world, scale), tuple(_marks(entry))) for entry in entries)
    return LivesView(ticks(scale), scale.at(world.as_of), Day(world.as_of), tuple(_key(rows)), rows)


def release_day(entry: ModelEntry) -> Day | None:
    """The release date of a model, or the date of a snapshot."""
    model = entry.record
    if released := model.released.known:
        return released
    snapshot = model.snapshot_of.known
    return snapshot.taken if snapshot else None


def _days(entries: Iterable[ModelEntry]) -> Iterator[date]:
    for entry in entries:
        yield from (mark.day.first for mark in _marks(entry))
        if release_day(entry) is None:
            yield entry.exists_from


def _marks(entry: ModelEntry) -> Iterator[Mark]:
    released, plan = release_day(entry), entry.plan
    if released:
        yield Mark(Status.ACTIVE, "life-released" if entry.record.released else "life-snapshot", released)
    if plan:
        for day in _announced(entry, plan):
            yield Mark(Status.DEPRECATED, "life-announced", day)
        if plan.shutdown.day:
            yield Mark(*_end(entry.status, plan.shutdown), plan.shutdown.day)


def _announced(entry: ModelEntry, plan: Plan) -> Iterable[Day]:
    """Dates of the announcement that made the model deprecated and of the one in force now."""
    began = {since for since, status in status_starts(entry, date.min) if status is Status.DEPRECATED}
    days = {
        each.announcement.announced
        for each in (plan, *entry.plans)
        if each is plan or (each.announced in began and not each.withdrawn)
    }
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
    """A bar for each status in order, with an open bar where the start or the end is unknown."""
    released, last = release_day(entry), exact_end(entry)
    start = released.first if released else entry.exists_from
    until = last_day(entry, start, world)
    if released is None:
        yield Bar(OPEN, scale.at(scale.first), scale.at(start))
    starts = status_starts(entry, start)
    ends = (*(since for since, _ in starts[1:]), until)
    for (since, status), end in zip(starts, ends, strict=True):
        if since <= until:
            x = scale.at(since)
            yield Bar(status, x, max(scale.at(min(end, until)), round(x + _MIN_BAR, 1)))
    if last is None:
        yield Bar(OPEN, scale.at(until), scale.at(scale.last))


def status_starts(entry: ModelEntry, start: date) -> list[tuple[date, Status]]:
    """The statuses with their first days, as known today: a postponed shutdown date does not count."""
    found: list[tuple[date, Status]] = []
    for change in entry.status_history:
        since = max(change.since or start, start)
        status = Status.DEPRECATED if change.status in ENDED else change.status
        if found and found[-1][0] == since:
            found.pop()
        if not found or found[-1][1] is not status:
            found.append((since, status))
    return found


def exact_end(entry: ModelEntry) -> date | None:
    """The exact shutdown date, planned or past."""
    end = entry.plan.shutdown if entry.plan else None
    return end.day.first if end and end.day and end.qualifier is Qualifier.ON else None


def last_day(entry: ModelEntry, start: date, world: Catalog) -> date:
    """The exact shutdown date, or else the last day, `start` or later, on which the model is known to be available."""
    return exact_end(entry) or max(start, known_until(entry, world))


def known_until(entry: ModelEntry, world: Catalog) -> date:
    """The last day on which the model is known to be available: of the last source, or its earliest shutdown date."""
    last_source = min(world.as_of, world.horizon.first)
    earliest = entry.plan.shutdown.day if entry.plan else None
    return max(last_source, earliest.first) if earliest else last_source


def _key(rows: Iterable[LifeRow]) -> Iterator[str]:
    """The CSS classes in use, for the legend: statuses in order, earliest shutdown dates, unknown periods."""
    lines = [row.line for row in rows]
    seen = {bar.classes for line in lines for bar in line.bars} | {end.classes for line in lines for end in line.ends}
    yield from (classes for classes in (*Status, NOT_BEFORE, OPEN) if classes in seen)

"""Models -> life lines: from the release over the announcement to the shutdown, each stretch in its standing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from almanac.catalog import Catalog, ModelEntry, Plan, Standing
from almanac.records import Day, Deadline, ModelId, Qualifier
from almanac.render.charts.scale import Scale, Tick, spanning, ticks

_SEEN = 0.7  # percent: the two pixels on the narrowest screen that a single day needs to be seen
_OVER = frozenset({Standing.PASSED, Standing.SHUT_DOWN})
OPEN = "open"
"""The class of a stretch whose other end is not known."""

NOT_BEFORE = f"{Standing.SHUT_DOWN} {OPEN}"
"""The classes of a day before which nothing is shut down."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a line, in percent of the width; `classes` are those of its standing."""

    classes: str
    x: float
    end: float


@dataclass(frozen=True, slots=True)
class End:
    """The day of a shutdown."""

    classes: str
    x: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A day in a life, by its word in words.yaml, in the colour of the standing that begins with it."""

    classes: str
    word: str
    day: Day


@dataclass(frozen=True, slots=True)
class Line:
    """One life drawn on a scale."""

    bars: tuple[Bar, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class LifeView:
    """The life of one model by itself, and its days in order."""

    line: Line
    today: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One of several lives; a model of which no day is known has no marks."""

    model: ModelId
    line: Line
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LivesView:
    """The lives of a family's models on one scale."""

    ticks: tuple[Tick, ...]
    today: float
    day: Day
    key: tuple[str, ...]  # the classes that occur
    rows: tuple[Row, ...]


def life(entry: ModelEntry, world: Catalog) -> LifeView | None:
    """The life of one model; None where nothing but its name is known."""
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
    """Lives below one another, in the order given."""
    several = tuple(entries)
    scale = spanning((*_days(several), world.as_of), open_start=any(_born(entry) is None for entry in several))
    rows = tuple(Row(entry.record.id, _line(entry, world, scale), tuple(_marks(entry))) for entry in several)
    return LivesView(ticks(scale), scale.at(world.as_of), Day(world.as_of), tuple(_key(rows)), rows)


def _born(entry: ModelEntry) -> Day | None:
    """The day of its release, or the day as of which a snapshot was taken."""
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
        yield Mark(Standing.ACTIVE, "life-released" if entry.record.released else "life-taken", born)
    if plan:
        for day in _announced(entry, plan):
            yield Mark(Standing.DEPRECATED, "life-announced", day)
        if plan.shutdown.day:
            yield Mark(*_end(entry.standing, plan.shutdown), plan.shutdown.day)


def _announced(entry: ModelEntry, plan: Plan) -> Iterable[Day]:
    """The announcement that made it deprecated, and the one that decides now, where that is another."""
    began = {since for since, standing in _stretches(entry, date.min) if standing is Standing.DEPRECATED}
    days = {each.announcement.announced for each in entry.plans if each is plan or each.announced in began}
    return sorted(days)


def _end(standing: Standing, shutdown: Deadline) -> tuple[str, str]:
    """The classes and the word of a shutdown day."""
    if shutdown.qualifier is Qualifier.NOT_BEFORE:
        return NOT_BEFORE, "life-not-before"
    if standing is Standing.PASSED:
        return Standing.PASSED, "life-planned"
    return Standing.SHUT_DOWN, "life-shut-down" if standing is Standing.SHUT_DOWN else "life-planned"


def _line(entry: ModelEntry, world: Catalog, scale: Scale) -> Line:
    shutdown = entry.plan.shutdown if entry.plan else None
    end = End(_end(entry.standing, shutdown)[0], scale.at(shutdown.day.first)) if shutdown and shutdown.day else None
    return Line(tuple(_bars(entry, world, scale)), (end,) if end else ())


def _bars(entry: ModelEntry, world: Catalog, scale: Scale) -> Iterator[Bar]:
    """A stretch for each standing in turn, with an open one where its start or its end is not known."""
    born, last = _born(entry), _last(entry)
    start = born.first if born else entry.exists_from
    until = last or max(start, _known_until(entry, world))
    if born is None:
        yield Bar(OPEN, scale.at(scale.first), scale.at(start))
    stretches = _stretches(entry, start)
    ends = (*(since for since, _ in stretches[1:]), until)
    for (since, standing), end in zip(stretches, ends, strict=True):
        if since <= until:
            x = scale.at(since)
            yield Bar(standing, x, max(scale.at(min(end, until)), round(x + _SEEN, 1)))
    if last is None:
        yield Bar(OPEN, scale.at(until), scale.at(scale.last))


def _stretches(entry: ModelEntry, start: date) -> list[tuple[date, Standing]]:
    """From which day on it stood how, as known today: an end that was put off was none."""
    found: list[tuple[date, Standing]] = []
    for turn in entry.turns:
        since = max(turn.since or start, start)
        standing = Standing.DEPRECATED if turn.standing in _OVER else turn.standing
        if found and found[-1][0] == since:
            found.pop()
        if not found or found[-1][1] is not standing:
            found.append((since, standing))
    return found


def _last(entry: ModelEntry) -> date | None:
    """The day on which it ends, if one is planned or past."""
    end = entry.plan.shutdown if entry.plan else None
    return end.day.first if end and end.day and end.qualifier is Qualifier.ON else None


def _known_until(entry: ModelEntry, world: Catalog) -> date:
    """Until when it lives for sure: as far as sources speak, and until a day before which it does not end."""
    known = min(world.as_of, world.horizon.first)
    promised = entry.plan.shutdown.day if entry.plan else None
    return max(known, promised.first) if promised else known


def _key(rows: Iterable[Row]) -> Iterator[str]:
    """The classes that occur: the standings in order, an end in reserve, and what is not recorded."""
    lines = [row.line for row in rows]
    seen = {bar.classes for line in lines for bar in line.bars} | {end.classes for line in lines for end in line.ends}
    yield from (classes for classes in (*Standing, NOT_BEFORE, OPEN) if classes in seen)

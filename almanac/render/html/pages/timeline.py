"""The timeline: the life of every model from release to shutdown, by family and by date, on one scale.

Where there are many, whole groups are on further pages, to which their headings on the first page lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Catalog, ModelEntry, Status
from almanac.records import Day, FamilyId, ModelId, Precision
from almanac.render.html.charts.lives import exact_end, last_day, release_day, status_starts
from almanac.render.html.charts.scale import NARROWEST, Scale, Tick, spanning, ticks
from almanac.render.html.page import Page
from almanac.render.text.message import Message, phrase

_MOST = 1000
"""Lives on a page, before it ends with a whole group."""
_CHARACTER = 7.3  # width of a character in the names, in pixels
_SHOWN = (Status.ACTIVE, Status.LEGACY, Status.DEPRECATED, Status.UNCONFIRMED, Status.PASSED, Status.SHUT_DOWN)


class LifeLine(NamedTuple):
    """A life in percent of the width: a thick line to `told`, a thin one from there to `end`, which may be empty.

    The name stands on the line: from its start on, or where there is no room, up to `label`. The days are for readers
    of text.
    """

    model: ModelId
    status: Status
    start: float
    told: float | None  # when its shutdown was announced
    end: float
    is_dotted: bool  # no source gives the release
    is_ending: bool  # its end is a shutdown date
    label: float
    is_label_before: bool
    released: Day | None
    announced: Day | None
    shutdown: Day | None


class LifeGroup(NamedTuple):
    anchor: str
    title: Message
    family: FamilyId | None
    running: Message
    lives: tuple[LifeLine, ...]


class StatusCount(NamedTuple):
    status: Status
    names: int


class GroupLink(NamedTuple):
    """A group on a further page."""

    anchor: str
    title: Message
    part: int
    running: Message


class TimelineView(NamedTuple):
    by_date: bool
    part: int
    parts: int
    groups: tuple[LifeGroup, ...]
    elsewhere: tuple[GroupLink, ...]  # on the first page
    statuses: tuple[StatusCount, ...]
    names: int
    ticks: tuple[Tick, ...]
    today: float
    day: int  # today, in days from the left edge
    days: int  # from the left edge to the right one
    first: date


def pages(world: Catalog) -> Iterator[Page]:
    lives = {id: _life(entry, world) for id, entry in world.models.items()}
    scale = _scale(world, lives)
    for by_date in (False, True):
        groups = _by_date(lives, scale) if by_date else _by_family(world, lives, scale)
        title = phrase("timeline-by-date" if by_date else "timeline")
        parts = tuple(_parts(groups))
        for part in range(1, len(parts) + 1):
            yield Page(
                path=addresses.timeline(by_date=by_date, part=part),
                template="timeline.html",
                title=phrase("page-part", title=title, part=part) if part > 1 else title,
                description=phrase("timeline-description"),
                section="deprecations",
                view=_view(world, scale, parts, part, by_date=by_date),
            )


def _scale(world: Catalog, lives: dict[ModelId, _Life]) -> Scale:
    days = [day for life in lives.values() for day in (life.start, life.end)]
    scale = spanning((*days, world.as_of))
    return Scale(scale.first, scale.last, digits=2)


def _parts(groups: Iterable[LifeGroup]) -> Iterator[tuple[LifeGroup, ...]]:
    """The groups of each page."""
    shown: list[LifeGroup] = []
    lives = 0
    for each in groups:
        if shown and lives + len(each.lives) > _MOST:
            yield tuple(shown)
            shown, lives = [], 0
        shown.append(each)
        lives += len(each.lives)
    yield tuple(shown)


@dataclass(frozen=True, slots=True)
class _Life:
    """A life in days. Its end is the planned or past shutdown, or else the last day on which it is known."""

    entry: ModelEntry
    start: date
    told: date | None
    end: date

    @property
    def is_released(self) -> bool:
        return release_day(self.entry) is not None


def _life(entry: ModelEntry, world: Catalog) -> _Life:
    released = release_day(entry)
    start = released.first if released else entry.exists_from
    told = next((since for since, status in status_starts(entry, start) if status is Status.DEPRECATED), None)
    end = last_day(entry, start, world)
    return _Life(entry, min(start, end), told if told and told <= end else None, end)


def _view(
    world: Catalog, scale: Scale, parts: tuple[tuple[LifeGroup, ...], ...], part: int, *, by_date: bool
) -> TimelineView:
    groups = parts[part - 1]
    counts = Counter(life.status for group in groups for life in group.lives)
    return TimelineView(
        by_date=by_date,
        part=part,
        parts=len(parts),
        groups=groups,
        elsewhere=tuple(
            GroupLink(group.anchor, group.title, further, group.running)
            for further, several in enumerate(parts[1:], 2)
            for group in several
            if part == 1
        ),
        statuses=tuple(StatusCount(each, counts[each]) for each in _SHOWN if counts[each]),
        names=counts.total(),
        ticks=ticks(scale),
        today=scale.at(world.as_of),
        day=(world.as_of - scale.first).days,
        days=scale.days,
        first=scale.first,
    )


def _by_family(world: Catalog, lives: dict[ModelId, _Life], scale: Scale) -> Iterator[LifeGroup]:
    for id, family in world.families.items():
        of_family = _newest_first(lives[entry.record.id] for entry in family.models)
        yield _group(id, family.record.title, of_family, scale, id)


def _by_date(lives: dict[ModelId, _Life], scale: Scale) -> Iterator[LifeGroup]:
    """By year of release; those without a recorded release, by the day on which they were first seen."""
    released = _newest_first(life for life in lives.values() if life.is_released)
    for year, of_year in groupby(released, key=lambda life: life.start.year):
        yield _group(f"year-{year}", Day(date(year, 1, 1), Precision.YEAR), tuple(of_year), scale)
    if others := _newest_first(life for life in lives.values() if not life.is_released):
        yield _group("year-unknown", phrase("timeline-unreleased"), others, scale)


def _newest_first(lives: Iterable[_Life]) -> tuple[_Life, ...]:
    return tuple(sorted(lives, key=lambda life: (life.start, life.end), reverse=True))


def _group(
    anchor: str, title: Message, lives: tuple[_Life, ...], scale: Scale, family: FamilyId | None = None
) -> LifeGroup:
    running = sum(life.entry.status not in ENDED for life in lives)
    return LifeGroup(
        anchor=anchor,
        title=title,
        family=family,
        running=phrase("timeline-running", running=running, all=len(lives)),
        lives=tuple(_line(life, scale) for life in lives),
    )


def _line(life: _Life, scale: Scale) -> LifeLine:
    start, end = scale.at(life.start), scale.at(life.end)
    width = 100 * _CHARACTER * len(life.entry.record.id) / NARROWEST
    is_ending = exact_end(life.entry) is not None
    fits = start + width <= 100
    return LifeLine(
        model=life.entry.record.id,
        status=life.entry.status,
        start=start,
        told=scale.at(life.told) if life.told else end if is_ending else None,
        end=end,
        is_dotted=not life.is_released,
        is_ending=is_ending,
        label=start if fits else max(end, min(width, 100)),
        is_label_before=not fits,
        released=release_day(life.entry),
        announced=Day(life.told) if life.told else None,
        shutdown=Day(life.end) if is_ending else None,
    )

"""Announcements -> a line for each, from its date to its first and last shutdown date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from almanac.catalog import Catalog, Plan, Status
from almanac.records import Announcement, AnnouncementId, Day, Qualifier, Text
from almanac.render.html.charts.lives import NOT_BEFORE, Bar, End, Mark, Track
from almanac.render.html.charts.scale import Scale, Tick, spanning, ticks


class NoticeChartRow(NamedTuple):
    """An announcement: its date, and the first and the last of its shutdown dates."""

    announcement: AnnouncementId
    title: Text
    x: float
    line: Track
    marks: tuple[Mark, ...]


class NoticesView(NamedTuple):
    """All announcements on one scale, in the order of the catalog."""

    ticks: tuple[Tick, ...]
    today: float
    day: Day
    key: tuple[str, ...]  # CSS classes for the legend
    rows: tuple[NoticeChartRow, ...]


def notices(world: Catalog) -> NoticesView:
    """Every announcement with its shutdown dates as first announced."""
    marks = {
        id: (Mark(Status.DEPRECATED, "life-announced", record.announced), *_named(world.plans[id]))
        for id, record in world.announcements.items()
    }
    scale = spanning((*(mark.day.first for of_one in marks.values() for mark in of_one), world.as_of))
    rows = tuple(_row(record, marks[id], scale) for id, record in world.announcements.items())
    seen = {mark.classes for of_one in marks.values() for mark in of_one}
    key = tuple(classes for classes in (Status.DEPRECATED, Status.SHUT_DOWN, NOT_BEFORE) if classes in seen)
    return NoticesView(ticks(scale), scale.at(world.as_of), Day(world.as_of), key, rows)


def _named(plans: Sequence[Plan]) -> tuple[Mark, ...]:
    """The first and the last shutdown date; on the same day an exact date sorts before a *not before* date."""
    ends = ((plan.first.shutdown.qualifier is Qualifier.NOT_BEFORE, plan.first.shutdown.day) for plan in plans)
    named = sorted({(day.first, is_open, day) for is_open, day in ends if day})
    marks = tuple(
        Mark(NOT_BEFORE, "life-not-before", day) if is_open else Mark(Status.SHUT_DOWN, "life-planned", day)
        for _, is_open, day in named
    )
    return marks if len(marks) < 2 else (marks[0], marks[-1])


def _row(record: Announcement, marks: tuple[Mark, ...], scale: Scale) -> NoticeChartRow:
    xs = [scale.at(mark.day.first) for mark in marks]
    ends = tuple(End(mark.classes, x) for mark, x in zip(marks[1:], xs[1:], strict=True))
    return NoticeChartRow(record.id, record.title, xs[0], Track(tuple(_bars(xs)), ends), marks)


def _bars(xs: Sequence[float]) -> Iterator[Bar]:
    """A bar to the first shutdown date (for all models), and one from there to the last (for some)."""
    for classes, since, until in zip(("deprecated", "deprecated partly"), xs, xs[1:], strict=False):
        yield Bar(classes, since, until)

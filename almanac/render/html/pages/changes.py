"""The pages of changes: the latest, and those of each year; of a year with many, each month has a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Day, Precision
from almanac.render.html.page import Page
from almanac.render.html.pages.change_rows import GROUPS, ChangeDay, change_days
from almanac.render.text.message import Message, phrase

_LATEST = 70
"""Rows on the page of the latest changes, before it ends with a whole day."""
_MOST = 120
"""Rows on the page of a year; a year with more has a page for each month."""


class GroupCount(NamedTuple):
    """A kind of change to filter by, and its rows on the page."""

    group: str
    rows: int


class PeriodLink(NamedTuple):
    """A year or month with its own page."""

    period: Day
    rows: int
    is_current: bool


class ChangesView(NamedTuple):
    is_latest: bool
    groups: tuple[GroupCount, ...]
    rows: int
    days: tuple[ChangeDay, ...]
    months: tuple[PeriodLink, ...]  # of a year that is divided
    years: tuple[PeriodLink, ...]


def pages(world: Catalog) -> Iterator[Page]:
    days = change_days(world, world.changes)
    years = _periods(days, Precision.YEAR)
    latest = _latest(change_days(world, world.changes, period_of=_period_of(years)))
    yield _page(world, addresses.CHANGES, phrase("changes"), latest, years)
    for year in years:
        months = _periods(year.days, Precision.MONTH) if year.is_divided else ()
        yield _period_page(world, year, years, months)
        for month in months:
            yield _period_page(world, month, years, months)


@dataclass(frozen=True, slots=True)
class _Period:
    day: Day
    days: tuple[ChangeDay, ...]

    @property
    def rows(self) -> int:
        return sum(len(each.rows) for each in self.days)

    @property
    def is_divided(self) -> bool:
        """Whether it is a year with a page for each month."""
        return self.rows > _MOST and self.day.precision is Precision.YEAR


def period_of(world: Catalog) -> Callable[[date], Day]:
    """A day -> the year or month whose page has its changes."""
    return _period_of(_periods(change_days(world, world.changes), Precision.YEAR))


def _period_of(years: tuple[_Period, ...]) -> Callable[[date], Day]:
    divided = {year.day.first for year in years if year.is_divided}

    def found(day: date) -> Day:
        year = day.replace(month=1, day=1)
        return Day(day.replace(day=1), Precision.MONTH) if year in divided else Day(year, Precision.YEAR)

    return found


def _periods(days: tuple[ChangeDay, ...], precision: Precision) -> tuple[_Period, ...]:
    """The years or months, newest first."""

    def first(each: ChangeDay) -> date:
        start = each.day.first.replace(day=1)
        return start if precision is Precision.MONTH else start.replace(month=1)

    return tuple(_Period(Day(start, precision), tuple(each)) for start, each in groupby(days, key=first))


def _latest(days: tuple[ChangeDay, ...]) -> tuple[ChangeDay, ...]:
    """Whole days, until they have enough rows."""
    count = 0
    for at, each in enumerate(days):
        count += len(each.rows)
        if count >= _LATEST:
            return days[: at + 1]
    return days


def _period_page(world: Catalog, period: _Period, years: tuple[_Period, ...], months: tuple[_Period, ...]) -> Page:
    is_divided = period in years and bool(months)
    return _page(
        world,
        addresses.changes(period.day),
        phrase("changes-of", period=period.day),
        () if is_divided else period.days,
        years,
        months=months,
        current=period,
    )


def _page(
    world: Catalog,
    path: str,
    title: Message,
    days: tuple[ChangeDay, ...],
    years: tuple[_Period, ...],
    *,
    months: tuple[_Period, ...] = (),
    current: _Period | None = None,
) -> Page:
    counts = Counter(row.group for each in days for row in each.rows)
    oldest = current or (years[-1] if years else None)  # the latest page leads to all years
    return Page(
        path=path,
        template="changes.html",
        title=title,
        description=phrase("changes-of-description", period=current.day) if current else phrase("changes-description"),
        section="deprecations",
        known_from=oldest.days[-1].day.first if oldest else None,
        view=ChangesView(
            is_latest=current is None,
            groups=tuple(GroupCount(group, counts[group]) for group in GROUPS if counts[group]),
            rows=counts.total(),
            days=days,
            months=_links(months, current),
            years=_links(years, current),
        ),
    )


def _links(periods: tuple[_Period, ...], current: _Period | None) -> tuple[PeriodLink, ...]:
    return tuple(PeriodLink(each.day, each.rows, each == current) for each in periods)

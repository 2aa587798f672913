"""The deprecation history: every announcement with its tables, newest first.

Where there are many, the page has the tables of the latest; each year has a page with all of its own, and of a year
with many, each month. Announcements without their tables keep all anchors, so that links to them and to their rows
still land.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Announcement, AnnouncementId, Day, Precision, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.announcement import MilestoneView, milestone_views
from almanac.render.html.pages.plan_rows import TableView, tables
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import Message, phrase

_LATEST = 300
"""Rows on the page of the whole history, if it is divided, before it ends with a whole announcement."""
_MOST = 600
"""Rows of the history on one page. A history with more is divided into years, a year with more into months."""


class AnnouncementSection(NamedTuple):
    """An announcement in the history, with its tables."""

    id: AnnouncementId
    announced: Day
    title: Text
    source: SourceId
    milestones: tuple[MilestoneView, ...]
    tables: tuple[TableView, ...]

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for table in self.tables)


class AnnouncementLine(NamedTuple):
    """An announcement whose tables are elsewhere, with the anchors of what it has."""

    id: AnnouncementId
    announced: Day
    title: Text
    anchors: tuple[str, ...]


class HistoryLink(NamedTuple):
    """A year or month with its own page."""

    period: Day
    rows: int
    is_current: bool


class DeprecationsView(NamedTuple):
    lead: Text | None  # of the whole history
    announcements: tuple[AnnouncementSection, ...]
    older: tuple[AnnouncementLine, ...]
    months: tuple[HistoryLink, ...]  # of a year that is divided
    years: tuple[HistoryLink, ...]  # of a history that is divided
    sections: tuple[SectionView, ...]


def pages(world: Catalog) -> Iterator[Page]:
    every = tuple(_announcement(world, each) for each in world.announcements.values())
    years = _periods(every, Precision.YEAR) if _rows(every) > _MOST else {}
    yield _whole(world, every, years)
    for year, of_year in years.items():
        months = _periods(of_year, Precision.MONTH) if _rows(of_year) > _MOST else {}
        yield _of_period(year, () if months else of_year, years, months)
        for month, of_month in months.items():
            yield _of_period(month, of_month, years, months)


def _rows(announcements: Sequence[AnnouncementSection]) -> int:
    return sum(each.rows for each in announcements)


def _periods(
    announcements: Sequence[AnnouncementSection], precision: Precision
) -> dict[Day, tuple[AnnouncementSection, ...]]:
    """The years or months, newest first."""

    def first(each: AnnouncementSection) -> date:
        start = each.announced.first.replace(day=1)
        return start if precision is Precision.MONTH else start.replace(month=1)

    return {Day(start, precision): tuple(each) for start, each in groupby(announcements, key=first)}


def _whole(
    world: Catalog, every: tuple[AnnouncementSection, ...], years: dict[Day, tuple[AnnouncementSection, ...]]
) -> Page:
    text = world.pages["deprecations"]
    shown = _latest(every) if years else len(every)
    return Page(
        path=addresses.DEPRECATIONS,
        template="deprecations.html",
        title=text.title,
        description=text.description,
        section="deprecations",
        contents=(*_years(world), *section_contents(text.sections)),
        written_at=text.at,
        view=DeprecationsView(
            lead=text.lead,
            announcements=every[:shown],
            older=tuple(map(_line, every[shown:])),
            months=(),
            years=_links(years),
            sections=section_views(world, text.sections),
        ),
    )


def _of_period(
    period: Day,
    shown: tuple[AnnouncementSection, ...],
    years: dict[Day, tuple[AnnouncementSection, ...]],
    months: dict[Day, tuple[AnnouncementSection, ...]],
) -> Page:
    title: Message = phrase("history-of", period=period)
    oldest = [*(months if period in years and months else {period: shown}).values()][-1][-1]
    return Page(
        path=addresses.history(period),
        template="deprecations.html",
        title=title,
        description=phrase("history-of-description", period=period),
        section="deprecations",
        known_from=oldest.announced.first,
        view=DeprecationsView(
            lead=None,
            announcements=shown,
            older=(),
            months=_links(months, period),
            years=_links(years, period),
            sections=(),
        ),
    )


def _latest(every: Sequence[AnnouncementSection]) -> int:
    """The number of the latest announcements that have enough rows."""
    rows = 0
    for at, each in enumerate(every):
        rows += each.rows
        if rows >= _LATEST:
            return at + 1
    return len(every)


def _line(each: AnnouncementSection) -> AnnouncementLine:
    anchors = (anchor for table in each.tables for anchor in (table.anchor, *(row.anchor for row in table.rows)))
    return AnnouncementLine(each.id, each.announced, each.title, tuple(anchors))


def _links(periods: dict[Day, tuple[AnnouncementSection, ...]], current: Day | None = None) -> tuple[HistoryLink, ...]:
    return tuple(HistoryLink(period, _rows(each), period == current) for period, each in periods.items())


def _years(world: Catalog) -> Iterator[TocEntry]:
    """A table of contents by year, linked to the latest announcement of each; one by announcement would be too long."""
    for year, announcements in groupby(world.announcements.values(), key=lambda each: each.announced.first.year):
        yield TocEntry(next(announcements).id, Day(date(year, 1, 1), Precision.YEAR))


def _announcement(world: Catalog, announcement: Announcement) -> AnnouncementSection:
    return AnnouncementSection(
        id=announcement.id,
        announced=announcement.announced,
        title=announcement.title,
        source=announcement.source,
        milestones=milestone_views(world, announcement),
        tables=tables(world, announcement.id),
    )

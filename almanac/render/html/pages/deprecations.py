"""The deprecation history: every announcement with its tables, newest first."""

from __future__ import annotations

from collections.abc import Iterator
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


class AnnouncementSection(NamedTuple):
    """An announcement in the history."""

    id: AnnouncementId
    announced: Day
    title: Text
    source: SourceId
    milestones: tuple[MilestoneView, ...]
    tables: tuple[TableView, ...]


class DeprecationsView(NamedTuple):
    lead: Text
    announcements: tuple[AnnouncementSection, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["deprecations"]
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
            announcements=tuple(_announcement(world, each) for each in world.announcements.values()),
            sections=section_views(text.sections),
        ),
    )


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
        milestones=milestone_views(announcement),
        tables=tables(world, announcement.id),
    )

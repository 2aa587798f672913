"""The page of an announcement: its tables as first announced, and later changes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Announcement, Conflict, Day, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.conflicts import ConflictView, conflict_view
from almanac.render.html.pages.links import AnnouncementLink, announcement_link
from almanac.render.html.pages.periods import TextVersion, copied_on
from almanac.render.html.pages.plan_rows import TableView, tables
from almanac.render.html.pages.sections import note_views
from almanac.render.text.message import phrase


class MilestoneView(NamedTuple):
    """A dated step of an announcement."""

    day: Day
    text: Text
    source: SourceId
    since: date


class AnnouncementView(NamedTuple):
    announced: Day
    source: SourceId
    summary: Text
    milestones: tuple[MilestoneView, ...]
    tables: tuple[TableView, ...]
    notes: tuple[TextVersion, ...]
    conflicts: tuple[ConflictView, ...]
    earlier: AnnouncementLink | None
    later: AnnouncementLink | None


def page(world: Catalog, announcement: Announcement) -> Page:
    newest_first = list(world.announcements.values())
    at = newest_first.index(announcement)
    names = {row.subject.name for table in announcement.tables for row in table.rows}

    def concerns(conflict: Conflict) -> bool:
        products = (f"product/{ref.id}" for ref in conflict.products)
        return any(name in names for name in (*(ref.id for ref in (*conflict.models, *conflict.endpoints)), *products))

    shown = tables(world, announcement.id)
    return Page(
        path=addresses.announcement(announcement.id),
        template="announcement.html",
        title=announcement.title,
        window_title=phrase("announcement-title", title=announcement.title, day=announcement.announced),
        description=phrase("announcement-description", day=announcement.announced, summary=announcement.summary),
        section="deprecations",
        contents=tuple(TocEntry(table.anchor, table.title) for table in shown) if len(shown) > 1 else (),
        written_at=announcement.at,
        known_from=announcement.announced.first,
        view=AnnouncementView(
            announced=announcement.announced,
            source=announcement.source,
            summary=announcement.summary,
            milestones=milestone_views(world, announcement),
            tables=shown,
            notes=note_views(world, announcement.notes),
            conflicts=tuple(conflict_view(world, each) for each in world.conflicts if concerns(each)),
            earlier=announcement_link(newest_first[at + 1]) if at + 1 < len(newest_first) else None,
            later=announcement_link(newest_first[at - 1]) if at else None,
        ),
    )


def milestone_views(world: Catalog, announcement: Announcement) -> tuple[MilestoneView, ...]:
    return tuple(
        MilestoneView(
            each.day,
            each.text,
            each.source,
            announcement.announced.first if each.source == announcement.source else copied_on(world, [each.source]),
        )
        for each in announcement.milestones
    )

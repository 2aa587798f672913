"""An announcement, as it was made."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Announcement, Conflict
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.plan_rows import TableView, tables
from almanac.render.text.message import phrase


@dataclass(frozen=True, slots=True)
class AnnouncementView:
    record: Announcement
    tables: tuple[TableView, ...]
    conflicts: tuple[Conflict, ...]
    earlier: Announcement | None
    later: Announcement | None


def page(world: Catalog, record: Announcement) -> Page:
    order = list(world.announcements.values())
    at = order.index(record)
    named = {row.subject.name for table in record.tables for row in table.rows}

    def concerns(conflict: Conflict) -> bool:
        return any(ref.id in named for ref in conflict.models) or any(ref.id in named for ref in conflict.endpoints)

    shown = tables(world, record.id)
    return Page(
        path=addresses.announcement(record.id),
        template="announcement.html",
        title=record.title,
        description=phrase("announcement-description", day=record.announced, summary=record.summary),
        section="deprecations",
        contents=tuple(TocEntry(table.record.id, table.record.title) for table in shown) if len(shown) > 1 else (),
        written_at=record.at,
        view=AnnouncementView(
            record=record,
            tables=shown,
            conflicts=tuple(each for each in world.conflicts if concerns(each)),
            earlier=order[at + 1] if at + 1 < len(order) else None,
            later=order[at - 1] if at else None,
        ),
    )

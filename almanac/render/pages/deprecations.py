"""The deprecation history: every announcement with its tables, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.records import Announcement, PageText
from almanac.render import addresses
from almanac.render.page import Entry, Page
from almanac.render.pages.tables import TableView, tables
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class Told:
    record: Announcement
    tables: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class View:
    text: PageText
    announcements: tuple[Told, ...]


def page(world: Catalog) -> Page:
    text = world.pages["deprecations"]
    return Page(
        path=addresses.DEPRECATIONS,
        template="deprecations.html",
        title=text.title,
        description=text.description,
        section="deprecations",
        contents=(
            *(
                Entry(each.id, say("dated", day=each.announced, title=each.title))
                for each in world.announcements.values()
            ),
            *(Entry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=View(
            text=text,
            announcements=tuple(Told(each, tables(world, each.id)) for each in world.announcements.values()),
        ),
    )

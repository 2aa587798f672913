"""The deprecation history: every announcement with its tables, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Announcement, Day, PageText, Precision
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.plan_rows import TableView, tables


@dataclass(frozen=True, slots=True)
class Told:
    record: Announcement
    tables: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class DeprecationsView:
    text: PageText
    announcements: tuple[Told, ...]


def _years(world: Catalog) -> Iterator[TocEntry]:
    """The latest announcement of each year: there are too many to list them all before the first."""
    for year, several in groupby(world.announcements.values(), key=lambda each: each.announced.first.year):
        yield TocEntry(next(several).id, Day(date(year, 1, 1), Precision.YEAR))


def page(world: Catalog) -> Page:
    text = world.pages["deprecations"]
    return Page(
        path=addresses.DEPRECATIONS,
        template="deprecations.html",
        title=text.title,
        description=text.description,
        section="deprecations",
        contents=(
            *_years(world),
            *(TocEntry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=DeprecationsView(
            text=text,
            announcements=tuple(Told(each, tables(world, each.id)) for each in world.announcements.values()),
        ),
    )

"""The sources with the day of each copy, and the questions on which they differ."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.records import Conflict, PageText, Source
from almanac.render import addresses
from almanac.render.page import Entry, Page
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class View:
    text: PageText
    sources: tuple[Source, ...]
    conflicts: tuple[Conflict, ...]


def page(world: Catalog) -> Page:
    text = world.pages["sources"]
    return Page(
        path=addresses.SOURCES,
        template="sources.html",
        title=text.title,
        description=text.description,
        section="sources",
        contents=(
            Entry("sources", say("sources")),
            Entry("conflicts", say("conflicts")),
            *(Entry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=View(text=text, sources=tuple(world.sources.values()), conflicts=world.conflicts),
    )

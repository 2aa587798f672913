"""The sources with the day of each copy, and the questions on which they differ."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Conflict, PageText, Source
from almanac.render.html.page import Page, TocEntry
from almanac.render.text.message import phrase


@dataclass(frozen=True, slots=True)
class SourcesView:
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
            TocEntry("sources", phrase("sources")),
            TocEntry("conflicts", phrase("conflicts")),
            *(TocEntry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=SourcesView(text=text, sources=tuple(world.sources.values()), conflicts=world.conflicts),
    )

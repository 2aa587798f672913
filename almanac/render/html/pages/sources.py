"""The sources page: each source with the date of its copy, and the questions on which sources differ."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Day, Rank, Source, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.conflicts import QuestionLink, question_links
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import Message, phrase


class SourceView(NamedTuple):
    id: SourceId
    url: str  # "" where it has none
    title: Text
    publisher: str
    kept_by: str  # "" where it is the publisher
    state_of: Day
    rank: Rank
    accessed: Day | None
    note: Text | None
    used_by: Message  # the number of facts that cite it


class SourcesView(NamedTuple):
    lead: Text
    sources: tuple[SourceView, ...]
    conflicts: tuple[QuestionLink, ...]
    sections: tuple[SectionView, ...]


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
            *section_contents(text.sections),
        ),
        written_at=text.at,
        view=SourcesView(
            lead=text.lead,
            sources=tuple(_source(each, world.citations.get(each.id, 0)) for each in world.sources.values()),
            conflicts=question_links(world, world.conflicts),
            sections=section_views(world, text.sections),
        ),
    )


def _source(source: Source, citations: int) -> SourceView:
    return SourceView(
        id=source.id,
        url=source.url,
        title=source.title,
        publisher=source.publisher,
        kept_by=source.kept_by,
        state_of=source.state_of,
        rank=source.rank,
        accessed=source.accessed,
        note=source.note,
        used_by=phrase("facts-count-one") if citations == 1 else phrase("facts-count", count=citations),
    )

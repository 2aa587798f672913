"""Views of sections and notes: text with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from almanac.as_of import section_versions
from almanac.catalog import Catalog
from almanac.records import History, Section, Text
from almanac.render.html.page import TocEntry
from almanac.render.html.pages.periods import TextVersion, copied_on, in_turn, text_versions


class SectionView(NamedTuple):
    """A section with its versions, oldest first; heading and anchor are those of the last."""

    anchor: str
    title: Text
    versions: tuple[TextVersion, ...]


def section_views(world: Catalog, sections: Iterable[Section]) -> tuple[SectionView, ...]:
    return tuple(
        SectionView(
            versions[-1].id,
            versions[-1].title,
            in_turn([TextVersion(each.text, each.sources, copied_on(world, each.sources)) for each in versions]),
        )
        for versions in section_versions(sections)
    )


def section_contents(sections: Iterable[Section]) -> tuple[TocEntry, ...]:
    """The table of contents entries of the sections."""
    return tuple(TocEntry(last.id, last.title) for *_, last in section_versions(sections))


def note_views(world: Catalog, notes: Iterable[History[Text]]) -> tuple[TextVersion, ...]:
    """All notes with their versions."""
    return tuple(_versions(world, notes))


def _versions(world: Catalog, notes: Iterable[History[Text]]) -> Iterator[TextVersion]:
    for note in notes:
        yield from text_versions(world, note)

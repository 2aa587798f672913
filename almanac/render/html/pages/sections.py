"""Views of sections and notes: text with its sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from almanac.records import History, Section, SourceId, Text
from almanac.render.html.page import TocEntry


class SectionView(NamedTuple):
    anchor: str
    title: Text
    text: Text
    sources: tuple[SourceId, ...]


class NoteView(NamedTuple):
    text: Text
    source: SourceId


def section_views(sections: Iterable[Section]) -> tuple[SectionView, ...]:
    return tuple(SectionView(each.id, each.title, each.text, each.sources) for each in sections)


def section_contents(sections: Iterable[Section]) -> tuple[TocEntry, ...]:
    """The table of contents entries of the sections."""
    return tuple(TocEntry(each.id, each.title) for each in sections)


def note_views(notes: Iterable[History[Text]]) -> tuple[NoteView, ...]:
    return tuple(NoteView(note.now.value, note.now.source) for note in notes if note.now)

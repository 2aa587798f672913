"""The glossary page: one word for each concept in each language."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import TermId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import NoteView, SectionView, note_views, section_contents, section_views


class TermView(NamedTuple):
    id: TermId
    name: Text
    meaning: Text
    notes: tuple[NoteView, ...]


class GlossaryView(NamedTuple):
    lead: Text
    by_name: tuple[TermView, ...]  # English
    by_topic: tuple[TermView, ...]  # as in content/glossary.yaml
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["glossary"]
    terms = tuple(TermView(term.id, term.name, term.meaning, note_views(term.notes)) for term in world.terms.values())
    return Page(
        path=addresses.GLOSSARY,
        template="glossary.html",
        title=text.title,
        description=text.description,
        section="glossary",
        contents=section_contents(text.sections),
        written_at=text.at,
        view=GlossaryView(
            lead=text.lead,
            by_name=tuple(sorted(terms, key=lambda term: term.name.en.casefold())),
            by_topic=terms,
            sections=section_views(text.sections),
        ),
    )

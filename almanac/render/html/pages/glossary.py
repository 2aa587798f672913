"""The glossary page: one word for each concept in each language."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import TermId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import SectionView, section_contents, section_views


@dataclass(frozen=True, slots=True)
class TermView:
    id: TermId
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class GlossaryView:
    lead: Text
    terms: tuple[TermView, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["glossary"]
    terms = sorted(world.terms.values(), key=lambda term: term.id)
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
            terms=tuple(TermView(term.id, term.name, term.meaning) for term in terms),
            sections=section_views(text.sections),
        ),
    )

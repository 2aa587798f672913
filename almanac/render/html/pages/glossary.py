"""The glossary: each concept with its one word in either language."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import PageText, Term
from almanac.render.html.page import Page, TocEntry


@dataclass(frozen=True, slots=True)
class GlossaryView:
    text: PageText
    terms: tuple[Term, ...]


def page(world: Catalog) -> Page:
    text = world.pages["glossary"]
    return Page(
        path=addresses.GLOSSARY,
        template="glossary.html",
        title=text.title,
        description=text.description,
        section="glossary",
        contents=tuple(TocEntry(section.id, section.title) for section in text.sections),
        written_at=text.at,
        view=GlossaryView(text=text, terms=tuple(sorted(world.terms.values(), key=lambda term: term.id))),
    )

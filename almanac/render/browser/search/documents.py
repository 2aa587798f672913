"""Catalog -> all that can be found: each thing by its name or title, where it stands, what is said there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from almanac import addresses
from almanac.catalog import Catalog, EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry, Status
from almanac.records import Announcement, Conflict, Fact, PageText, Section, Source, Term, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.plan_rows import TableView, plans_by_table, tables
from almanac.render.text.message import Message, phrase, replacements


class DocumentKind(StrEnum):
    """What a thing is: results stand in groups by it, and of two that match alike the earlier kind comes first."""

    MODELS = "models"
    ENDPOINTS = "endpoints"
    PRODUCTS = "products"
    FAMILIES = "families"
    PAGES = "pages"
    TERMS = "terms"
    ANNOUNCEMENTS = "announcements"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """Something with a place of its own. `parts` lie on the same page, and `place` is then an anchor there."""

    place: str  # the path below an edition, or `#anchor`
    name: str = ""  # an id or path, letter for letter
    title: Message = ""
    others: tuple[Message, ...] = ()  # what else it is called
    status: Status | None = None
    day: str = ""  # when it ends (`not before 2024-06-13`); for announcements and copies their day
    instead: Message = ""  # what to use then
    text: tuple[Message, ...] = ()
    parts: tuple[SearchDocument, ...] = ()


def search_documents(
    world: Catalog, pages: Iterable[Page]
) -> Iterator[tuple[DocumentKind, tuple[SearchDocument, ...]]]:
    """Each kind with its things, in the order in which the almanac shows them."""
    yield DocumentKind.MODELS, tuple(_model(entry) for entry in world.models.values())
    yield DocumentKind.ENDPOINTS, tuple(_endpoint(entry) for entry in world.endpoints.values())
    yield DocumentKind.PRODUCTS, tuple(_product(entry) for entry in world.products.values())
    yield DocumentKind.FAMILIES, tuple(_family(entry) for entry in world.families.values())
    yield DocumentKind.PAGES, tuple(_pages(world, pages))
    yield DocumentKind.TERMS, tuple(_term(term) for term in world.terms.values())
    yield DocumentKind.ANNOUNCEMENTS, tuple(_announcement(world, each) for each in world.announcements.values())
    sources, conflicts = world.sources.values(), world.conflicts
    yield DocumentKind.SOURCES, (*(_source(each) for each in sources), *(_conflict(each) for each in conflicts))


def _model(entry: ModelEntry) -> SearchDocument:
    model = entry.record
    return SearchDocument(
        place=addresses.model(model.id),
        name=model.id,
        title=model.label,
        status=entry.status,
        day=_end(entry.plan),
        instead=_instead(entry.plan),
        text=(model.summary, *_values(model.notes)),
    )


def _endpoint(entry: EndpointEntry) -> SearchDocument:
    endpoint = entry.record
    return SearchDocument(
        place=addresses.endpoint(endpoint.path),
        name=endpoint.path,
        title=endpoint.title,
        status=entry.status,
        day=_end(entry.plan),
        instead=_instead(entry.plan),
        text=(endpoint.summary, *_values(endpoint.notes)),
    )


def _product(entry: ProductEntry) -> SearchDocument:
    product = entry.record
    return SearchDocument(
        place=addresses.product(product.id),
        title=product.title,
        status=entry.status,
        day=_end(entry.plan),
        instead=_instead(entry.plan),
        text=(product.summary, *_values(product.notes)),
    )


def _family(entry: FamilyEntry) -> SearchDocument:
    family = entry.record
    return SearchDocument(
        place=addresses.family(family.id),
        title=family.title,
        text=(family.summary,),
        parts=tuple(map(_section, family.sections)),
    )


def _pages(world: Catalog, pages: Iterable[Page]) -> Iterator[SearchDocument]:
    """The pages that are not a record's own, with their headings; what a heading repeats is found as itself."""
    names = {path: name for name, path in addresses.PAGES.items()}
    elsewhere: set[str] = {*world.families, *world.announcements}
    for page in pages:
        if (name := names.get(page.path)) is None:
            continue
        text = world.pages.get(name)
        sections = text.sections if text else ()
        written = {section.id for section in sections}
        headings = [each for each in page.contents if each.anchor not in elsewhere and each.anchor not in written]
        yield SearchDocument(
            place=page.path,
            title=page.title,
            others=(phrase(f"nav-{name}"),) if f"nav-{name}" in world.ui_texts else (),
            text=_lead(text) or (page.description,),
            parts=(
                *(SearchDocument(place=f"#{each.anchor}", title=each.message) for each in headings),
                *map(_section, sections),
            ),
        )


def _lead(text: PageText | None) -> tuple[Message, ...]:
    return (text.lead,) if text else ()


def _section(section: Section) -> SearchDocument:
    return SearchDocument(place=f"#{section.id}", title=section.title, text=(section.text,))


def _term(term: Term) -> SearchDocument:
    return SearchDocument(
        place=f"{addresses.GLOSSARY}#{term.id}",
        title=term.name,
        others=(*term.avoid.en, *term.avoid.zh),
        text=(term.meaning,),
    )


def _announcement(world: Catalog, announcement: Announcement) -> SearchDocument:
    milestones = tuple(milestone.text for milestone in announcement.milestones)
    rows = zip(tables(world, announcement.id), plans_by_table(world, announcement.id), strict=True)
    return SearchDocument(
        place=addresses.announcement(announcement.id),
        title=announcement.title,
        day=str(announcement.announced),
        text=(announcement.summary, *milestones),
        parts=tuple(part for table, plans in rows for part in _table(table, plans)),
    )


def _table(table: TableView, plans: Iterable[Plan]) -> Iterator[SearchDocument]:
    """An announcement's table, and each of its rows: what retires, when, and what to use instead."""
    yield SearchDocument(place=f"#{table.anchor}", title=table.title, text=(table.note,) if table.note else ())
    for row, plan in zip(table.rows, plans, strict=True):
        subject = plan.row.subject
        named = subject.model or subject.endpoint or ""
        yield SearchDocument(
            place=f"#{row.anchor}",
            name=named,
            title="" if named else row.name,
            others=(*row.others, *((row.scope,) if row.scope else ())),
            status=row.status,
            day=_end(plan),
            instead=_instead(plan),
        )


def _source(source: Source) -> SearchDocument:
    return SearchDocument(
        place=f"{addresses.SOURCES}#source-{source.id}",
        title=source.title,
        day=str(source.state_of),
        text=(source.publisher, *((source.note,) if source.note else ())),
    )


def _conflict(conflict: Conflict) -> SearchDocument:
    return SearchDocument(
        place=f"{addresses.CONFLICTS}#conflict-{conflict.id}",
        title=conflict.question,
        text=(*(claim.says for claim in conflict.claims), conflict.reason),
    )


def _values(notes: Iterable[Fact[Text]]) -> Iterator[Text]:
    return (note.value for note in notes)


def _instead(plan: Plan | None) -> Message:
    return replacements(plan.now.replacements) if plan and plan.replacements else ""


def _end(plan: Plan | None) -> str:
    return str(plan.shutdown) if plan else ""

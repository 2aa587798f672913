"""Catalog -> search documents: name or title, place, status and text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from almanac import addresses
from almanac.as_of import section_versions
from almanac.catalog import ENDED, Catalog, EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry, Status
from almanac.fields import has_data_use
from almanac.records import (
    Announcement,
    Conflict,
    Day,
    History,
    PageText,
    ParameterKind,
    Precision,
    Ref,
    SdkCalls,
    Section,
    Source,
    Term,
    Text,
)
from almanac.render.html.page import Page
from almanac.render.html.pages.data_use import retention
from almanac.render.html.pages.plan_rows import TableView, plans_by_table, tables
from almanac.render.html.summary import status_remark
from almanac.render.text import cldr
from almanac.render.text.cldr import Language
from almanac.render.text.message import Message, phrase, replacements

_DUE = re.compile(r"due-(?:not-before-)?([0-9]{4})-([0-9]{2})(?:-[0-9]{2})?")
"""The anchor of the shutdowns on a day, of `almanac/render/html/pages/upcoming.py`."""


class DocumentKind(StrEnum):
    """Kind of a document. Results are grouped by kind; for equal matches the earlier kind ranks first."""

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
    """A page, or a part of one: the `place` of a part is an anchor."""

    place: str  # the path below an edition, or `#anchor`
    name: str = ""  # an exact id or path
    title: Message = ""
    other_names: tuple[Message, ...] = ()
    keywords: tuple[str, ...] = ()  # words that lead here and are not shown
    status: Status | None = None
    day: str = ""  # the shutdown date (`not before 2024-06-13`), or the date of an announcement or source
    replacement: Message = ""
    text: tuple[Message, ...] = ()
    parts: tuple[SearchDocument, ...] = ()
    calls: tuple[str, ...] = ()  # by which libraries name it, without the client


def search_documents(
    world: Catalog, pages: Iterable[Page]
) -> Iterator[tuple[DocumentKind, tuple[SearchDocument, ...]]]:
    """Each kind with its documents, in the order of the site."""
    keywords = _keywords(world)
    for kind, documents in _documents(world, pages):
        yield kind, tuple(_with_keywords(each, keywords) for each in documents)


def _keywords(world: Catalog) -> Mapping[str, tuple[str, ...]]:
    """The keywords of each place that has some."""
    found: dict[str, tuple[str, ...]] = {}
    for each in world.keywords:
        kind, _, name = each.target.partition(":")
        name, _, anchor = name.partition("#")
        place = addresses.links_from("").named(kind, name, anchor)
        found[place] = (*found.get(place, ()), *each.words.en, *each.words.zh)
    return found


def _with_keywords(document: SearchDocument, keywords: Mapping[str, tuple[str, ...]], page: str = "") -> SearchDocument:
    place = page + document.place
    return replace(
        document,
        keywords=(*document.keywords, *keywords.get(place, ())),
        parts=tuple(_with_keywords(part, keywords, place) for part in document.parts),
    )


def _documents(world: Catalog, pages: Iterable[Page]) -> Iterator[tuple[DocumentKind, tuple[SearchDocument, ...]]]:
    yield DocumentKind.MODELS, tuple(_model(entry, world) for entry in world.models.values())
    yield DocumentKind.ENDPOINTS, tuple(_endpoint(entry, world) for entry in world.endpoints.values())
    yield DocumentKind.PRODUCTS, tuple(_product(entry, world) for entry in world.products.values())
    yield DocumentKind.FAMILIES, tuple(_family(entry) for entry in world.families.values())
    yield DocumentKind.PAGES, tuple(_pages(world, pages))
    yield DocumentKind.TERMS, tuple(_term(term) for term in world.terms.values())
    yield DocumentKind.ANNOUNCEMENTS, tuple(_announcement(world, each) for each in world.announcements.values())
    sources, conflicts = world.sources.values(), world.conflicts
    yield DocumentKind.SOURCES, (*(_source(each) for each in sources), *(_conflict(each) for each in conflicts))


def _model(entry: ModelEntry, world: Catalog) -> SearchDocument:
    model = entry.record
    return SearchDocument(
        place=addresses.model(model.id),
        name=model.id,
        title=model.label.known or "",
        other_names=_former(model.formerly),
        status=entry.status,
        day=_end(entry.plan),
        replacement=_replacement(entry.plan, world),
        text=_texts(model.summary, *model.notes),
    )


def _endpoint(entry: EndpointEntry, world: Catalog) -> SearchDocument:
    endpoint = entry.record
    return SearchDocument(
        place=addresses.endpoint(endpoint.path),
        name=endpoint.path,
        title=endpoint.title,
        other_names=_former(endpoint.formerly),
        status=entry.status,
        day=_end(entry.plan),
        replacement=_replacement(entry.plan, world),
        text=(*_kept(entry), *_texts(endpoint.summary, *endpoint.notes), *(each.header for each in endpoint.headers)),
        calls=_calls(endpoint.sdk_calls),
    )


def _kept(entry: EndpointEntry) -> Iterator[Message]:
    """How long the endpoint keeps data; the engine knows the line by its dot."""
    if entry.status not in ENDED and has_data_use(entry.record):
        yield phrase("search-kept", kept=retention(entry.record))


def _product(entry: ProductEntry, world: Catalog) -> SearchDocument:
    product = entry.record
    return SearchDocument(
        place=addresses.product(product.id),
        title=product.title,
        other_names=(*(each.header for each in product.headers), *_former(product.formerly)),
        status=entry.status,
        day=_end(entry.plan),
        replacement=_replacement(entry.plan, world),
        text=_texts(product.summary, *product.notes),
        calls=_calls(product.sdk_calls),
    )


def _family(entry: FamilyEntry) -> SearchDocument:
    family = entry.record
    return SearchDocument(
        place=addresses.family(family.id),
        title=family.title,
        other_names=_former(family.formerly),
        text=_texts(family.summary),
        parts=tuple(_section(each) for *_, each in section_versions(family.sections)),
    )


def _pages(world: Catalog, pages: Iterable[Page]) -> Iterator[SearchDocument]:
    """The pages of `addresses.PAGES` with their headings, except headings that are documents of their own."""
    names = {path: name for name, path in addresses.PAGES.items()}
    elsewhere: set[str] = {*world.families, *world.announcements}
    for page in pages:
        if (name := names.get(page.path)) is None:
            continue
        text = world.pages.get(name)
        sections = [each for *_, each in section_versions(text.sections)] if text else []
        written = {section.id for section in sections}
        headings = [each for each in page.contents if each.anchor not in elsewhere and each.anchor not in written]
        yield SearchDocument(
            place=page.path,
            title=page.title,
            other_names=tuple(phrase(key) for key in (f"nav-{name}", f"also-{name}") if key in world.ui_texts),
            text=_lead(text) or (page.description,),
            parts=(
                *(
                    SearchDocument(place=f"#{each.anchor}", title=each.message, keywords=_months(each.anchor))
                    for each in headings
                ),
                *map(_section, sections),
                *(_parameters(world) if page.path == addresses.PARAMETERS else ()),
            ),
        )


def _months(anchor: str) -> tuple[str, ...]:
    """For a section about a day: its month, as readers ask for it."""
    found = _DUE.fullmatch(anchor)
    if not found:
        return ()
    month = Day(date(int(found[1]), int(found[2]), 1), Precision.MONTH)
    return (cldr.day(month, Language.EN),)  # in Chinese, it is the beginning of the title


def _parameters(world: Catalog) -> Iterator[SearchDocument]:
    """Parameters and headers, except those by which an endpoint or a product is found itself."""
    for each in world.parameters:
        if each.product or each.kind is ParameterKind.CALL or each.name == each.endpoint:
            continue
        yield SearchDocument(
            place=f"#{addresses.row('parameter', each.id)}",
            title=each.name,
            other_names=(each.endpoint or "",),
            status=each.status,
            day=str(each.shutdown or ""),
            replacement=each.record.replacement if each.record else _replacement(each.plan, world),
        )


def _lead(text: PageText | None) -> tuple[Message, ...]:
    return (text.lead,) if text else ()


def _section(section: Section) -> SearchDocument:
    return SearchDocument(place=f"#{section.id}", title=section.title, text=(section.text,))


def _term(term: Term) -> SearchDocument:
    return SearchDocument(
        place=f"{addresses.GLOSSARY}#{term.id}",
        title=term.name,
        other_names=_former(term.formerly),
        keywords=(*term.avoid.en, *term.avoid.zh),
        text=(term.meaning, *_texts(*term.notes)),
    )


def _announcement(world: Catalog, announcement: Announcement) -> SearchDocument:
    milestones = tuple(milestone.text for milestone in announcement.milestones)
    rows = zip(tables(world, announcement.id), plans_by_table(world, announcement.id), strict=True)
    return SearchDocument(
        place=addresses.announcement(announcement.id),
        title=announcement.title,
        other_names=_former(announcement.formerly),
        day=str(announcement.announced),
        text=(announcement.summary, *milestones, *_texts(*announcement.notes)),
        parts=tuple(part for table, plans in rows for part in _table(table, plans, world)),
    )


def _table(table: TableView, plans: Iterable[Plan], world: Catalog) -> Iterator[SearchDocument]:
    """A table of an announcement, and each of its rows with shutdown date and replacement."""
    yield SearchDocument(place=f"#{table.anchor}", title=table.title, text=(table.note,) if table.note else ())
    for row, plan in zip(table.rows, plans, strict=True):
        subject = plan.row.subject
        named = subject.model or subject.endpoint or ""
        yield SearchDocument(
            place=f"#{row.anchor}",
            name=named,
            title="" if named else row.name,
            other_names=(*row.others, *((row.scope,) if row.scope else ())),
            status=row.status,
            day=_end(plan),
            replacement=_replacement(plan, world),
        )


def _source(source: Source) -> SearchDocument:
    return SearchDocument(
        place=f"{addresses.SOURCES}#source-{source.id}",
        title=source.title,
        other_names=_former(source.formerly),
        day=str(source.state_of),
        text=(source.publisher, *((source.note,) if source.note else ())),
    )


def _conflict(conflict: Conflict) -> SearchDocument:
    return SearchDocument(
        place=f"{addresses.CONFLICTS}#conflict-{conflict.id}",
        title=conflict.question,
        other_names=_former(conflict.formerly),
        text=(*(claim.says for claim in conflict.claims), conflict.reason, *_texts(*conflict.notes)),
    )


def _former(ids: Iterable[Ref[str]]) -> tuple[str, ...]:
    """Earlier ids, by which readers may still search."""
    return tuple(ref.id for ref in ids)


def _calls(every: Iterable[SdkCalls]) -> tuple[str, ...]:
    """The calls without the client, once for spellings that search does not tell apart."""
    calls = (call.partition(".")[2] for one in every for call in one.calls)
    return tuple({call.lower().replace("_", ""): call for call in reversed([*calls])}.values())[::-1]


def _texts(*histories: History[Text]) -> tuple[Text, ...]:
    return tuple(text for history in histories if (text := history.known))


def _replacement(plan: Plan | None, world: Catalog) -> Message:
    return replacements(plan.now.replacements, remark=status_remark(world)) if plan and plan.replacements else ""


def _end(plan: Plan | None) -> str:
    return str(plan.shutdown) if plan else ""

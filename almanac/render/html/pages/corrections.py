"""The corrections page: every mistake of ours that has been corrected, newest first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import GONE, AnnouncementId, Correction, Day, Event, ModelId, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import SectionView, section_views
from almanac.render.text.message import IdLink, Message, Phrase, TitleLink, phrase


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the site, or a place on it, as `Links.named` takes it."""

    kind: str
    id: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    anchor: str
    date: Day
    title: Message
    link: PageLink | None  # None if the record is gone, or not known on the day
    row: Message | None
    change: Phrase
    why: Text


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    lead: Text
    corrections: tuple[CorrectionView, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["corrections"]
    return Page(
        path=addresses.CORRECTIONS,
        template="corrections.html",
        title=text.title,
        description=text.description,
        section="sources",
        written_at=text.at,
        view=CorrectionsView(
            lead=text.lead,
            corrections=tuple(_correction(world, each) for each in world.corrections),
            sections=section_views(text.sections),
        ),
    )


def _correction(world: Catalog, one: Correction) -> CorrectionView:
    return CorrectionView(
        anchor=addresses.correction_id(one),
        date=one.date,
        title=corrected(world, one),
        link=_link(world, one),
        row=corrected_row(world, one),
        change=change(one),
        why=one.why,
    )


def corrected(world: Catalog, one: Correction) -> Message:
    """The title of the corrected record, or its id if it has none, or is gone."""
    id = one.record.id
    match one.record.kind:
        case "announcement" if id in world.announcements:
            return world.announcements[AnnouncementId(id)].title
        case "event" if event := next((each for each in world.events if each.id == id), None):
            return world.announcements[event.revises[0].announcement].title
        case "product" | "family" as kind:
            return _named(world, f"{kind}/{id}")
        case "page" if id in world.pages:
            return world.pages[id].title
        case "source":
            return next((each.title for each in world.sources.values() if each.id == id), _code(id))
        case "conflict":
            return next((each.question for each in world.conflicts if each.id == id), _code(id))
        case _:
            return _code(id)


def corrected_row(world: Catalog, one: Correction) -> Message | None:
    """The subject of the corrected row, if the correction names one."""
    return _named(world, one.row.name) if one.row else None


def change(one: Correction) -> Phrase:
    """What the field was and is, in a sentence."""
    if one.is_ == GONE and one.field in {"id", "subject"}:
        return phrase("correction-removed", was=_code(one.was))
    return phrase("correction-change", field=_code(one.field), was=_code(one.was), right=_code(one.is_))


def _named(world: Catalog, name: str) -> Message:
    kind, _, id = name.partition("/")
    if kind not in {"product", "family"}:
        return _code(name)
    titled: Collection[str] = world.products if kind == "product" else world.families
    return TitleLink(name) if id in titled else _code(id)


def _code(written: str) -> IdLink:
    """A value as code, with a link if it is the id of a model or endpoint."""
    return IdLink(ModelId(written))


def _link(world: Catalog, one: Correction) -> PageLink | None:
    kind, id = one.record.kind, one.record.id
    if kind == "event":
        return next((_link_to_plan(world, each) for each in world.events if each.id == id), None)
    listed: Mapping[str, Collection[str]] = {
        "model": world.models,
        "endpoint": world.endpoints,
        "announcement": world.announcements,
        "product": world.products,
        "family": world.families,
        "page": world.pages.keys() & addresses.PAGES.keys(),
        "source": world.sources,
        "conflict": {conflict.id for conflict in world.conflicts},
    }
    if id not in listed[kind]:
        return None
    return PageLink(kind, id, _anchor(world, id, one.row.name) if one.row and kind == "announcement" else "")


def _link_to_plan(world: Catalog, event: Event) -> PageLink:
    """The row that an event revises first, since an event has no page."""
    revised = event.revises[0]
    anchor = _anchor(world, revised.announcement, revised.subject.name) if revised.subject else ""
    return PageLink("announcement", revised.announcement, anchor)


def _anchor(world: Catalog, announcement: str, name: str) -> str:
    """The anchor of the row for a name in an announcement; "" if there is none."""
    plans = world.plans[AnnouncementId(announcement)]
    rows = (addresses.row(each.table.id, each.row.subject.name) for each in plans if each.name == name)
    return next(rows, "")

"""The corrections page: every mistake of ours that has been corrected, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import GONE, Absent, AnnouncementId, Correction, Day, Event, ModelId, Role, Text
from almanac.render.html.page import Page
from almanac.render.html.pages.sections import SectionView, section_views
from almanac.render.text.message import IdLink, JoinedList, Message, Phrase, TitleLink, phrase


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of the site, or a place on it, as `Links.named` takes it."""

    kind: str
    id: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A corrected row of a record; its name is None if the correction is of the record itself."""

    anchor: str
    name: Message | None


@dataclass(frozen=True, slots=True)
class CorrectionItem:
    """Corrections of a record that say the same, of one or more of its rows."""

    anchor: str  # of the first
    title: Message
    link: PageLink | None  # None if the record is gone, or not known on the day
    field: Message
    old: Message
    new: Message | None  # None if the record or row is gone
    change: Phrase
    rows: tuple[CorrectionRow, ...]


@dataclass(frozen=True, slots=True)
class CorrectionGroup:
    """Corrections of one day with the same reason."""

    why: Text
    corrections: tuple[CorrectionItem, ...]


@dataclass(frozen=True, slots=True)
class CorrectionDay:
    date: Day
    groups: tuple[CorrectionGroup, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    lead: Text
    days: tuple[CorrectionDay, ...]
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
            days=tuple(
                CorrectionDay(day, tuple(_groups(world, several)))
                for day, several in groupby(world.corrections, key=lambda each: each.date)
            ),
            sections=section_views(world, text.sections),
        ),
    )


def _groups(world: Catalog, corrections: Iterable[Correction]) -> Iterator[CorrectionGroup]:
    by_reason: dict[Text, dict[object, list[Correction]]] = {}
    for each in corrections:
        alike = by_reason.setdefault(each.why, {})
        alike.setdefault((each.record, each.field, each.was, each.is_), []).append(each)
    for why, items in by_reason.items():
        yield CorrectionGroup(why, tuple(_item(world, several) for several in items.values()))


def _item(world: Catalog, several: Sequence[Correction]) -> CorrectionItem:
    first = several[0]
    return CorrectionItem(
        anchor=addresses.correction_id(first),
        title=corrected(world, first),
        link=_link(world, first),
        field=field_label(world, first.field),
        old=written(first.was),
        new=None if is_removal(first) else written(first.is_),
        change=change(world, first),
        rows=tuple(CorrectionRow(addresses.correction_id(each), corrected_row(world, each)) for each in several),
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
            return next((each.question for each in world.conflicts if each.id == id), phrase("former-conflict"))
        case _:
            return _code(id)


def corrected_row(world: Catalog, one: Correction) -> Message | None:
    """The subject of the corrected row, if the correction names one."""
    return _named(world, one.row.name) if one.row else None


def change(world: Catalog, one: Correction) -> Phrase:
    """What the field was and is, in a sentence."""
    if is_removal(one):
        return phrase("entry-removed") if one.field == "id" else phrase("correction-removed", was=_code(one.was))
    return phrase(
        "correction-change", field=field_label(world, one.field), was=written(one.was), right=written(one.is_)
    )


def is_removal(one: Correction) -> bool:
    return one.is_ == GONE and one.field in {"id", "subject"}


def written(value: str) -> Message:
    """A value of a correction, or why there is none; of several replacements, the names without their roles."""
    if value in {*Absent}:
        return phrase(f"absent-{value}")
    items = [each.partition(" ") for each in value.split(", ")]
    if len(items) > 1 and all(role in {*Role} for _, _, role in items):
        return JoinedList(tuple(IdLink(ModelId(name)) for name, _, _ in items))
    return IdLink(ModelId(value))


def field_label(world: Catalog, field: str) -> Message:
    name = field.partition(".")[0]  # of `points_to.source`, what the whole is called
    key = _FIELDS.get(name, name.replace("_", "-"))
    return phrase(key) if key in world.ui_texts else IdLink(ModelId(field))


_FIELDS = {"id": "entry", "replacements": "replacement-named", "shutdown": "shutdown", "kind": "kind"}


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

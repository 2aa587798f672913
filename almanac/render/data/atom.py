"""Announcements and our corrections -> an Atom feed in one language (RFC 4287).

Ids are `tag:` URIs, so the feed is valid on any host. Links are absolute with a `base_url`; otherwise they are relative
to the feed, as Atom allows, and there is no `self` link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape  # valid for XML too; xml.sax.saxutils would import urllib.request, which takes 20 ms
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.records import Absent, Announcement, Correction, Day, Event, Text
from almanac.render.data.corrections import of_announcement
from almanac.render.data.ids import AUTHORITY, root
from almanac.render.html.pages.corrections import change, corrected, corrected_row
from almanac.render.html.summary import deadline
from almanac.render.text.localize import Localizer
from almanac.render.text.message import JoinedList, Message, phrase, replacements, subject

_TAG = f"tag:{AUTHORITY},2023"  # the year is part of the tag (RFC 4151) and never changes
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not allowed in XML 1.0


class EntryView(NamedTuple):
    """An announcement with its plans and its later events, newest first."""

    announcement: Announcement
    plans: tuple[Plan, ...]
    events: tuple[Event, ...]
    updated: Day  # the date of the last event or correction; a rebuild does not change it

    @property
    def published(self) -> Day:
        return self.announcement.announced


class CorrectionView(NamedTuple):
    correction: Correction
    id: str
    title: Message

    @property
    def published(self) -> Day:
        return self.correction.date

    @property
    def updated(self) -> Day:
        return self.correction.date


class FeedView(NamedTuple):
    """What a feed says, without language."""

    site: Text
    page: Text
    subtitle: Text
    entries: tuple[EntryView | CorrectionView, ...]  # newest first
    updated: Day


def announced(world: Catalog) -> FeedView:
    views: tuple[EntryView | CorrectionView, ...] = (
        *(_of_correction(world, each) for each in world.corrections),
        *(_of_announcement(world, each) for each in world.announcements.values()),
    )
    entries = tuple(sorted(views, key=lambda view: view.published, reverse=True))
    return FeedView(
        world.site.title,
        world.pages["deprecations"].title,
        world.site.disclaimer,
        entries,
        max((each.updated for each in entries), default=world.horizon),
    )


def _of_announcement(world: Catalog, record: Announcement) -> EntryView:
    events = _events(world, record)
    corrected = (each.date for each in of_announcement(world, record.id))
    updated = max((record.announced, *(event.day for event in events), *corrected))
    return EntryView(record, world.plans[record.id], events, updated)


def _of_correction(world: Catalog, one: Correction) -> CorrectionView:
    what, row = corrected(world, one), corrected_row(world, one)
    title = phrase("correction-title", record=JoinedList((what, row)) if row else what)
    return CorrectionView(one, addresses.correction_id(one), title)


def feed(view: FeedView, t: Localizer, base_url: str) -> bytes:
    xml = "\n".join(_feed(view, t, base_url))
    return f"{_NOT_XML.sub('', xml)}\n".encode()


def _feed(view: FeedView, t: Localizer, base_url: str) -> Iterator[str]:
    name = t.plain(view.site)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{t.edition.lang}">'
    yield f"<id>{_TAG}:feed:{t.edition.id}</id>"
    yield f"<title>{_text(t.plain(view.page))} · {_text(name)}</title>"
    yield f"<subtitle>{_text(t.plain(view.subtitle))}</subtitle>"
    yield f"<updated>{_instant(view.updated)}</updated>"
    yield f"<author><name>{_text(name)}</name></author>"
    yield "<rights>CC BY 4.0</rights>"
    if base_url:
        yield f'<link rel="self" type="application/atom+xml" href="{escape(f"{base_url}feed.{t.edition.id}.xml")}"/>'
    page = f"{root(t.edition, base_url)}{addresses.DEPRECATIONS}"
    yield f'<link rel="alternate" type="text/html" href="{escape(page)}"/>'
    for entry in view.entries:
        yield from _correction(t, entry) if isinstance(entry, CorrectionView) else _entry(t, entry)
    yield "</feed>"


def _entry(t: Localizer, entry: EntryView) -> Iterator[str]:
    record = entry.announcement
    yield "<entry>"
    first = record.formerly[0].id if record.formerly else record.id
    yield f"<id>{_TAG}:announcement:{t.edition.id}:{first}</id>"
    yield f"<title>{_text(t.plain(record.title))}</title>"
    yield f"<published>{_instant(record.announced)}</published>"
    yield f"<updated>{_instant(entry.updated)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(t.to.announcement(record.id))}"/>'
    yield f'<summary type="html">{_as_text(t.prose(record.summary))}</summary>'
    content = _as_text(t.prose(record.summary), *_tables(t, entry), *_notes(t, record), *_changes(t, entry))
    yield f'<content type="html">{content}</content>'
    yield "</entry>"


def _correction(t: Localizer, entry: CorrectionView) -> Iterator[str]:
    one = entry.correction
    yield "<entry>"
    yield f"<id>{_TAG}:correction:{t.edition.id}:{entry.id}</id>"
    yield f"<title>{_text(t.plain(entry.title))}</title>"
    yield f"<published>{_instant(one.date)}</published>"
    yield f"<updated>{_instant(one.date)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(t.to.page("corrections", entry.id))}"/>'
    yield f'<content type="html">{_as_text(t.p(change(one)), t.prose(one.why))}</content>'
    yield "</entry>"


def _tables(t: Localizer, entry: EntryView) -> Iterator[str]:
    """Tables as lists, since many feed readers have no room for tables."""
    for table in entry.announcement.tables:
        yield f"<h2>{t(table.title)}</h2>"
        yield "<ul>"
        plans = (plan for plan in entry.plans if plan.table.id == table.id)
        yield from (f"<li>{_row(t, plan)}</li>" for plan in plans if plan.name == plan.row.subject.name)
        yield "</ul>"
        if table.note:
            yield t.prose(table.note)


def _notes(t: Localizer, record: Announcement) -> Iterator[str]:
    yield from (t.prose(note.now.value) for note in record.notes if note.now)


def _row(t: Localizer, plan: Plan) -> str:
    """A row as first announced; later changes follow after the tables."""
    named = plan.first.replacements
    replacement = (
        phrase(f"summary-replacement-{named}")
        if isinstance(named, Absent)
        else phrase("summary-replacement-was", replacement=replacements(named))
    )
    return f"{t(subject(plan.name))} · {t(deadline(plan.first.shutdown))} · {t(replacement)}"


def _changes(t: Localizer, entry: EntryView) -> Iterator[str]:
    yield from (f"<p>{t(event.day)}</p>\n{t.prose(event.note)}" for event in reversed(entry.events))


def _events(world: Catalog, record: Announcement) -> tuple[Event, ...]:
    """Later events of the announcement, newest first."""
    return tuple(event for event in world.events if any(each.announcement == record.id for each in event.revises))


def _text(words: str) -> str:
    return escape(words, quote=False)


def _as_text(*blocks: str) -> str:
    """HTML as the text of an element; `join` on a plain string, so that it is escaped once, unlike Markup."""
    return _text("\n".join(map(str, blocks)))


def _instant(day: Day) -> str:
    """Noon in UTC, since Atom requires a date-time: it is the same day nearly everywhere."""
    return f"{day.first.isoformat()}T12:00:00Z"

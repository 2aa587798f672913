"""Announcements and our corrections -> an Atom feed in one language (RFC 4287).

Ids are `tag:` URIs, so the feed is valid on any host. Links are absolute with a `base_url`; otherwise they are relative
to the feed, as Atom allows, and there is no `self` link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape  # valid for XML too; xml.sax.saxutils would import urllib.request, which takes 20 ms

from almanac import addresses
from almanac.catalog import Catalog, Plan
from almanac.records import Absent, Announcement, Correction, Day, Event
from almanac.render.data.corrections import of_announcement
from almanac.render.data.ids import AUTHORITY, root
from almanac.render.html.pages.corrections import change, corrected, corrected_row
from almanac.render.html.summary import deadline
from almanac.render.text.localize import Localizer
from almanac.render.text.message import JoinedList, phrase, replacements, subject

_TAG = f"tag:{AUTHORITY},2023"  # the year is part of the tag (RFC 4151) and never changes
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not allowed in XML 1.0


def feed(world: Catalog, t: Localizer, base_url: str) -> bytes:
    xml = "\n".join(_feed(world, t, base_url))
    return f"{_NOT_XML.sub('', xml)}\n".encode()


def _feed(world: Catalog, t: Localizer, base_url: str) -> Iterator[str]:
    updated = (_updated(world, each) for each in world.announcements.values())
    newest = max((*updated, *(each.date for each in world.corrections)), default=world.horizon)
    name = t.plain(world.site.title)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{t.edition.lang}">'
    yield f"<id>{_TAG}:feed:{t.edition.id}</id>"
    yield f"<title>{_text(t.plain(world.pages['deprecations'].title))} · {_text(name)}</title>"
    yield f"<subtitle>{_text(t.plain(world.site.disclaimer))}</subtitle>"
    yield f"<updated>{_instant(newest)}</updated>"
    yield f"<author><name>{_text(name)}</name></author>"
    yield "<rights>CC BY 4.0</rights>"
    if base_url:
        yield f'<link rel="self" type="application/atom+xml" href="{escape(f"{base_url}feed.{t.edition.id}.xml")}"/>'
    page = f"{root(t.edition, base_url)}{addresses.DEPRECATIONS}"
    yield f'<link rel="alternate" type="text/html" href="{escape(page)}"/>'
    entries: tuple[Announcement | Correction, ...] = (*world.corrections, *world.announcements.values())
    for each in sorted(entries, key=_published, reverse=True):
        yield from _correction(t, world, each) if isinstance(each, Correction) else _entry(t, world, each)
    yield "</feed>"


def _published(one: Announcement | Correction) -> Day:
    return one.date if isinstance(one, Correction) else one.announced


def _entry(t: Localizer, world: Catalog, record: Announcement) -> Iterator[str]:
    yield "<entry>"
    first = record.formerly[0].id if record.formerly else record.id
    yield f"<id>{_TAG}:announcement:{t.edition.id}:{first}</id>"
    yield f"<title>{_text(t.plain(record.title))}</title>"
    yield f"<published>{_instant(record.announced)}</published>"
    yield f"<updated>{_instant(_updated(world, record))}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(t.to.announcement(record.id))}"/>'
    yield f'<summary type="html">{_as_text(t.prose(record.summary))}</summary>'
    content = _as_text(
        t.prose(record.summary), *_tables(t, world, record), *_notes(t, record), *_changes(t, world, record)
    )
    yield f'<content type="html">{content}</content>'
    yield "</entry>"


def _correction(t: Localizer, world: Catalog, one: Correction) -> Iterator[str]:
    id, row = addresses.correction_id(one), corrected_row(world, one)
    what = corrected(world, one)
    title = phrase("correction-title", record=JoinedList((what, row)) if row else what)
    yield "<entry>"
    yield f"<id>{_TAG}:correction:{t.edition.id}:{id}</id>"
    yield f"<title>{_text(t.plain(title))}</title>"
    yield f"<published>{_instant(one.date)}</published>"
    yield f"<updated>{_instant(one.date)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(t.to.page("corrections", id))}"/>'
    yield f'<content type="html">{_as_text(t.p(change(one)), t.prose(one.why))}</content>'
    yield "</entry>"


def _tables(t: Localizer, world: Catalog, record: Announcement) -> Iterator[str]:
    """Tables as lists, since many feed readers have no room for tables."""
    for table in record.tables:
        yield f"<h2>{t(table.title)}</h2>"
        yield "<ul>"
        plans = (plan for plan in world.plans[record.id] if plan.table.id == table.id)
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


def _changes(t: Localizer, world: Catalog, record: Announcement) -> Iterator[str]:
    yield from (f"<p>{t(event.day)}</p>\n{t.prose(event.note)}" for event in reversed(_events(world, record)))


def _events(world: Catalog, record: Announcement) -> tuple[Event, ...]:
    """Later events of the announcement, newest first."""
    return tuple(event for event in world.events if any(each.announcement == record.id for each in event.revises))


def _updated(world: Catalog, record: Announcement) -> Day:
    """The date of the announcement's last event or correction; a rebuild does not change it."""
    corrections = (each.date for each in of_announcement(world, record.id))
    return max((record.announced, *(event.day for event in _events(world, record)), *corrections))


def _text(words: str) -> str:
    return escape(words, quote=False)


def _as_text(*blocks: str) -> str:
    """HTML as the text of an element; `join` on a plain string, so that it is escaped once, unlike Markup."""
    return _text("\n".join(map(str, blocks)))


def _instant(day: Day) -> str:
    """Noon in UTC, since Atom requires a date-time: it is the same day nearly everywhere."""
    return f"{day.first.isoformat()}T12:00:00Z"

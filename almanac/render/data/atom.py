"""Announcements -> an Atom feed in one language (RFC 4287).

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
from almanac.records import Absent, Announcement, Day, Event, Text
from almanac.render.data.ids import AUTHORITY, root
from almanac.render.html.summary import deadline
from almanac.render.text.localize import Localizer
from almanac.render.text.message import phrase, replacements, subject

_TAG = f"tag:{AUTHORITY},2023"  # the year is part of the tag (RFC 4151) and never changes
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not allowed in XML 1.0


class EntryView(NamedTuple):
    """An announcement with its plans and its later events, newest first."""

    announcement: Announcement
    plans: tuple[Plan, ...]
    events: tuple[Event, ...]

    @property
    def updated(self) -> Day:
        """The date of the last event; a rebuild does not change it."""
        return max((self.announcement.announced, *(event.observed for event in self.events)))


class FeedView(NamedTuple):
    """What a feed says, without language."""

    site: Text
    page: Text
    subtitle: Text
    entries: tuple[EntryView, ...]
    updated: Day


def announced(world: Catalog) -> FeedView:
    entries = tuple(
        EntryView(each, world.plans[each.id], _events(world, each)) for each in world.announcements.values()
    )
    return FeedView(
        world.site.title,
        world.pages["deprecations"].title,
        world.site.disclaimer,
        entries,
        max((each.updated for each in entries), default=world.horizon),
    )


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
        yield from _entry(t, entry)
    yield "</feed>"


def _entry(t: Localizer, entry: EntryView) -> Iterator[str]:
    record = entry.announcement
    yield "<entry>"
    yield f"<id>{_TAG}:announcement:{t.edition.id}:{record.id}</id>"
    yield f"<title>{_text(t.plain(record.title))}</title>"
    yield f"<published>{_instant(record.announced)}</published>"
    yield f"<updated>{_instant(entry.updated)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{escape(t.to.announcement(record.id))}"/>'
    yield f'<summary type="html">{_as_text(t.prose(record.summary))}</summary>'
    content = _as_text(t.prose(record.summary), *_tables(t, entry), *_changes(t, entry))
    yield f'<content type="html">{content}</content>'
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
    yield from (f"<p>{t(event.observed)}</p>\n{t.prose(event.note)}" for event in reversed(entry.events))


def _events(world: Catalog, record: Announcement) -> tuple[Event, ...]:
    """Later events of the announcement, newest first."""
    return tuple(event for event in world.events if any(each.announcement == record.id for each in event.revises))


def _text(words: str) -> str:
    return escape(words, quote=False)


def _as_text(*blocks: str) -> str:
    """HTML as the text of an element; `join` on a plain string, so that it is escaped once, unlike Markup."""
    return _text("\n".join(map(str, blocks)))


def _instant(day: Day) -> str:
    """The start of a day in UTC, since Atom requires a date-time."""
    return f"{day.first.isoformat()}T00:00:00Z"

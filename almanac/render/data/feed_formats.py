"""Feeds in one language -> Atom (RFC 4287, archives by RFC 5005) and JSON Feed 1.1.

An entry is written once, and is the same in every feed that has it. Links are absolute with a `base_url`; otherwise
Atom has relative ones, and JSON Feed, which allows none, has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import escape  # valid for XML too; xml.sax.saxutils would import urllib.request, which takes 20 ms

from almanac import addresses
from almanac.draft import Address
from almanac.records import Text
from almanac.render.data.feed import Entry, Feed, Feeds
from almanac.render.data.identifiers import Identifiers, root
from almanac.render.task import Files
from almanac.render.text.localize import Edition, Localizer

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not allowed in XML 1.0
_INLINE = re.compile(r"</?(?:a|span)\b[^>]*>")


def files(feeds: Feeds, t: Localizer, site: Text, ids: Identifiers, base_url: str) -> Files:
    """Every feed in the language of the localizer, as Atom and as JSON Feed, also at the addresses of earlier names."""
    return dict(_Writer(t, site, ids, base_url).files(feeds))


def address(edition: Edition, name: str, period: str, suffix: str) -> Address:
    return Address(
        addresses.feed_archive(edition.id, period, suffix) if period else addresses.feed(edition.id, name, suffix)
    )


class _Writer:
    def __init__(self, t: Localizer, site: Text, ids: Identifiers, base_url: str) -> None:
        self._t = t
        self._site = t.plain(site)
        self._ids = ids
        self._base_url = base_url
        self._root = root(t.edition, base_url)

    def files(self, feeds: Feeds) -> Iterator[tuple[Address, bytes]]:
        bodies = [self._content(entry) for entry in feeds.entries]
        atom = [self._atom_entry(entry, body) for entry, body in zip(feeds.entries, bodies, strict=True)]
        items = [self._json_item(entry, body) for entry, body in zip(feeds.entries, bodies, strict=True)]
        for feed in feeds.feeds:
            updated = max((feeds.entries[number].updated for number in feed.entries), default=feed.since)
            xml = self._atom(feed, "".join(atom[number] for number in feed.entries), updated)
            data = self._json(feed, ",".join(items[number] for number in feed.entries))
            for name in (feed.name, *feed.formerly):
                yield address(self._t.edition, name, feed.period, "xml"), xml
                yield address(self._t.edition, name, feed.period, "json"), data

    def _title(self, feed: Feed) -> str:
        period = f" · {feed.period}" if feed.period else ""
        return f"{self._t.plain(feed.title)}{period} · {self._site}"

    def _content(self, entry: Entry) -> str:
        """The HTML of an entry, without links: it leads to the page that has them."""
        paragraphs = [f"<p>{escape(self._t.plain(line), quote=False)}</p>" for line in entry.lines]
        if entry.why:
            paragraphs.append(_INLINE.sub("", str(self._t.prose(entry.why))))
        return _NOT_XML.sub("", "\n".join(paragraphs))

    # --- Atom ---

    def _atom(self, feed: Feed, entries: str, updated: date) -> bytes:
        path = address(self._t.edition, feed.name, feed.period, "xml")
        up = "" if self._base_url else "../" * path.count("/")
        archive = '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>' if feed.period else ""
        links = [f'<link rel="alternate" type="text/html" href="{escape(self._root + feed.page)}"/>']
        if self._base_url:
            links.append(f'<link rel="self" type="application/atom+xml" href="{escape(self._base_url + path)}"/>')
        for relation, period in (("prev-archive", feed.older), ("next-archive", feed.newer)):
            if period:
                links.append(self._link(relation, period))
        if feed.period:
            links.append(self._link("current", ""))
        base = f' xml:base="{up}"' if up else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{self._t.edition.lang}"{base}>\n'
            f"<id>{self._id(feed)}</id>\n"
            f"<title>{_text(self._title(feed))}</title>\n"
            f"<updated>{_instant(updated)}</updated>\n"
            f"<author><name>{_text(self._site)}</name></author>\n"
            f"<rights>CC BY 4.0</rights>\n{archive}{''.join(links)}\n"
            f"{entries}</feed>\n"
        ).encode()

    def _link(self, relation: str, period: str) -> str:
        """A link to an archive, or to the feed itself."""
        to = self._base_url + address(self._t.edition, "", period, "xml")
        return f'<link rel="{relation}" type="application/atom+xml" href="{escape(to)}"/>'

    def _id(self, feed: Feed) -> str:
        what = feed.period or (addresses.stem((*feed.formerly, feed.name)[0]) if feed.name else "all")
        return self._ids.tag(f"feed/{self._t.edition.id}/{what}")

    def _entry_id(self, entry: Entry) -> str:
        return self._ids.tag(f"change/{self._t.edition.id}/{entry.id}")

    def _atom_entry(self, entry: Entry, content: str) -> str:
        return (
            f"<entry><id>{_text(self._entry_id(entry))}</id>\n"
            f"<title>{_text(_NOT_XML.sub('', self._t.plain(entry.title)))}</title>\n"
            f"<published>{_instant(entry.published)}</published><updated>{_instant(entry.updated)}</updated>\n"
            f"{''.join(_category(term) for term in _terms(entry))}"
            f'<link rel="alternate" type="text/html" href="{escape(self._root + entry.page)}"/>\n'
            f'<content type="html">{_text(content)}</content></entry>\n'
        )

    # --- JSON Feed ---

    def _json(self, feed: Feed, items: str) -> bytes:
        links = {}
        if self._base_url:
            links = {
                "home_page_url": self._root + feed.page,
                "feed_url": self._base_url + address(self._t.edition, feed.name, feed.period, "json"),
            }
            if feed.older:
                links["next_url"] = self._base_url + address(self._t.edition, "", feed.older, "json")
        head = _json(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": self._title(feed),
                **links,
                "language": self._t.edition.lang,
                "authors": [{"name": self._site}],
            }
        )
        return f'{head[:-1]},"items":[{items}]}}\n'.encode()

    def _json_item(self, entry: Entry, content: str) -> str:
        return _json(
            {
                "id": self._entry_id(entry),
                **({"url": self._root + entry.page} if self._base_url else {}),
                "title": self._t.plain(entry.title),
                "content_html": content,
                "date_published": _instant(entry.published),
                **({"date_modified": _instant(entry.updated)} if entry.updated > entry.published else {}),
                "tags": _terms(entry),
            }
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _terms(entry: Entry) -> list[str]:
    return [entry.kind, *([entry.subject] if entry.subject else [])]


def _category(term: str) -> str:
    return f'<category term="{escape(term)}"/>'


def _text(words: str) -> str:
    return escape(words, quote=False)


def _instant(day: date) -> str:
    """Noon in UTC, since both formats require a time: it is the same day nearly everywhere."""
    return f"{day.isoformat()}T12:00:00Z"

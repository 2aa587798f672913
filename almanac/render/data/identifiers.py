"""Permanent ids of feed entries and calendar events, and the address of an edition's root."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import urlsplit

from almanac.records import Site
from almanac.render.text.localize import Edition

_YEAR = "2026"
"""Part of a tag (RFC 4151): a year in which the site's host belonged to the site. It never changes."""

_NAMESPACE = bytes.fromhex("6ba7b8129dad11d180b400c04fd430c8")  # of object identifiers: RFC 9562, 6.6


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Makes ids that belong to the site: from `feed_authority` in content/site.yaml, or else from its address.

    A site without either has only UUIDs (RFC 9562, version 5), which are nobody's.
    """

    authority: str  # domain and year of a tag, or ""
    path: str  # what distinguishes this site from others of that authority

    def tag(self, name: str) -> str:
        """A URI, for feeds."""
        return f"tag:{self.authority}:{self.path}{name}" if self.authority else f"urn:uuid:{_uuid(name)}"

    def uid(self, name: str) -> str:
        """A UID, for calendars."""
        return f"{self.path}{name}@{self.authority.partition(',')[0]}" if self.authority else _uuid(name)


def identifiers(site: Site, base_url: str) -> Identifiers:
    if site.feed_authority:
        return Identifiers(site.feed_authority, "")
    at = urlsplit(base_url)
    return Identifiers(f"{at.hostname},{_YEAR}" if at.hostname else "", at.path.lstrip("/"))


def _uuid(name: str) -> str:
    """A version 5 UUID. By hand, since the uuid module can also read the clock and the network card."""
    digest = bytearray(sha1(_NAMESPACE + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    hexadecimal = digest.hex()
    return "-".join(hexadecimal[start:end] for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32)))


def root(edition: Edition, base_url: str) -> str:
    """The root of an edition, absolute with a `base_url`, otherwise relative to the root of the site."""
    return f"{base_url}{edition.id}/"

"""Shared by feeds and calendars: the authority of their ids, and the address of an edition's root."""

from __future__ import annotations

from almanac.render.text.localize import Edition

# Ids of entries must never change, while the site may move to another host. So they contain no real host: RFC 2606
# reserves `.invalid`.
AUTHORITY = "model-almanac.invalid"


def root(edition: Edition, base_url: str) -> str:
    """The root of an edition, absolute with a `base_url`, otherwise relative to the root of the site."""
    return f"{base_url}{edition.id}/"

"""What feeds and calendars share: the authority of their ids, and the address of an edition's root."""

from __future__ import annotations

from almanac.render.text.localize import Edition

# Feeds and calendars know their entries by ids that may never change, while a site may move to another host. So no
# host is in them: RFC 2606 keeps `.invalid` from ever being anyone's.
AUTHORITY = "model-almanac.invalid"


def root(edition: Edition, base_url: str) -> str:
    """Where the pages of an edition begin, for a file at the root of the site."""
    return f"{base_url}{edition.id}/"

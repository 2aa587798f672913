"""content/ -> Content: each field read as what it must be, its file, line and column kept."""

from __future__ import annotations

from pathlib import Path

from almanac.load import readers
from almanac.load.shelf import Shelf
from almanac.memory import Memory
from almanac.records import Content, RecordKind


def content(root: Path, memory: Memory | None = None) -> Content:
    """All that can be read in the content/ of the project at `root`, and what cannot, with all that is wrong there."""
    shelf = Shelf(root, memory or Memory())
    return Content(
        site=shelf.one(RecordKind.SITE, "site", readers.site, readers.NO_SITE),
        words=shelf.one(RecordKind.WORD, "words", readers.words, {}),
        sources=shelf.listed(RecordKind.SOURCE, "sources", readers.source),
        terms=shelf.listed(RecordKind.TERM, "glossary", readers.term),
        pages=shelf.each(RecordKind.PAGE, "pages", readers.page, readers.PAGES),
        families=shelf.each(RecordKind.FAMILY, "families", readers.family),
        models=shelf.each(RecordKind.MODEL, "models", readers.model),
        discontinuations=shelf.one(
            RecordKind.DISCONTINUATIONS, "discontinuations", readers.discontinuations, readers.NO_DISCONTINUATIONS
        ),
        announcements=shelf.each(RecordKind.ANNOUNCEMENT, "announcements", readers.announcement),
        endpoints=shelf.each(RecordKind.ENDPOINT, "endpoints", readers.endpoint),
        conflicts=shelf.listed(RecordKind.CONFLICT, "conflicts", readers.conflict),
        events=shelf.each(RecordKind.EVENT, "events", readers.event),
        products=shelf.each(RecordKind.PRODUCT, "products", readers.product),
        notice_policies=shelf.listed(RecordKind.NOTICE_POLICY, "notice", readers.notice_policy),
        unread=shelf.close(),  # the last: by now it knows all that was asked for
    )

"""content/ -> Content: each field read as what it must be, its file, line and column kept."""

from __future__ import annotations

from pathlib import Path

from almanac.load.readers import NO_DISCONTINUATIONS, NO_SITE, PAGES, reader, words
from almanac.load.shelf import Shelf
from almanac.memory import Memory
from almanac.records import (
    Announcement,
    Conflict,
    Content,
    Discontinuations,
    Endpoint,
    Event,
    Family,
    Model,
    NoticePolicy,
    PageText,
    Product,
    RecordKind,
    Site,
    Source,
    Term,
)


def content(root: Path, memory: Memory | None = None) -> Content:
    """All that can be read in the content/ of the project at `root`, and what cannot, with all that is wrong there."""
    shelf = Shelf(root, memory or Memory())
    return Content(
        site=shelf.one(RecordKind.SITE, "site", reader(Site), NO_SITE),
        words=shelf.one(RecordKind.WORD, "words", words, {}),
        sources=shelf.listed(RecordKind.SOURCE, "sources", reader(Source)),
        terms=shelf.listed(RecordKind.TERM, "glossary", reader(Term)),
        pages=shelf.each(RecordKind.PAGE, "pages", reader(PageText), PAGES),
        families=shelf.each(RecordKind.FAMILY, "families", reader(Family)),
        models=shelf.each(RecordKind.MODEL, "models", reader(Model)),
        discontinuations=shelf.one(
            RecordKind.DISCONTINUATIONS, "discontinuations", reader(Discontinuations), NO_DISCONTINUATIONS
        ),
        announcements=shelf.each(RecordKind.ANNOUNCEMENT, "announcements", reader(Announcement)),
        endpoints=shelf.each(RecordKind.ENDPOINT, "endpoints", reader(Endpoint)),
        conflicts=shelf.listed(RecordKind.CONFLICT, "conflicts", reader(Conflict)),
        events=shelf.each(RecordKind.EVENT, "events", reader(Event)),
        products=shelf.each(RecordKind.PRODUCT, "products", reader(Product)),
        notice_policies=shelf.listed(RecordKind.NOTICE_POLICY, "notice", reader(NoticePolicy)),
        unread=shelf.close(),  # the last: by now it knows all that was asked for
    )

"""content/ -> Content: each field read as what it must be, its file, line and column kept."""

from __future__ import annotations

from pathlib import Path

from almanac.load import shapes
from almanac.load.shelf import Shelf
from almanac.memory import Memory
from almanac.records import Content, Sort


def content(root: Path, memory: Memory | None = None) -> Content:
    """All that can be read in the content/ of the project at `root`, and what cannot, with all that is wrong there."""
    shelf = Shelf(root, memory or Memory())
    return Content(
        site=shelf.one(Sort.SITE, "site", shapes.site, shapes.NO_SITE),
        words=shelf.one(Sort.WORD, "words", shapes.words, {}),
        sources=shelf.listed(Sort.SOURCE, "sources", shapes.source),
        terms=shelf.listed(Sort.TERM, "glossary", shapes.term),
        pages=shelf.each(Sort.PAGE, "pages", shapes.page, shapes.PAGES),
        families=shelf.each(Sort.FAMILY, "families", shapes.family),
        models=shelf.each(Sort.MODEL, "models", shapes.model),
        discontinuations=shelf.one(
            Sort.DISCONTINUATIONS, "discontinuations", shapes.discontinuations, shapes.NO_DISCONTINUATIONS
        ),
        announcements=shelf.each(Sort.ANNOUNCEMENT, "announcements", shapes.announcement),
        endpoints=shelf.each(Sort.ENDPOINT, "endpoints", shapes.endpoint),
        conflicts=shelf.listed(Sort.CONFLICT, "conflicts", shapes.conflict),
        events=shelf.each(Sort.EVENT, "events", shapes.event),
        products=shelf.each(Sort.PRODUCT, "products", shapes.product),
        promises=shelf.listed(Sort.PROMISE, "notice", shapes.promise),
        unread=shelf.close(),  # the last: by now it knows all that was asked for
    )

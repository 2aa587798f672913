"""content/ -> Content: each field read as what it must be, its file, line and column kept."""

from __future__ import annotations

from pathlib import Path

from almanac.load import shapes
from almanac.load.folder import ContentFolder
from almanac.memory import Memory
from almanac.records import Content, Sort


def content(root: Path, memory: Memory | None = None) -> Content:
    """All that can be read in the content/ of the project at `root`, and what cannot, with all that is wrong there."""
    folder = ContentFolder(root, memory or Memory())
    return Content(
        site=folder.one(Sort.SITE, "site", shapes.site, shapes.NO_SITE),
        words=folder.one(Sort.WORD, "words", shapes.words, {}),
        sources=folder.listed(Sort.SOURCE, "sources", shapes.source),
        terms=folder.listed(Sort.TERM, "glossary", shapes.term),
        pages=folder.each(Sort.PAGE, "pages", shapes.page, shapes.PAGES),
        families=folder.each(Sort.FAMILY, "families", shapes.family),
        models=folder.each(Sort.MODEL, "models", shapes.model),
        discontinuations=folder.one(
            Sort.DISCONTINUATIONS, "discontinuations", shapes.discontinuations, shapes.NO_DISCONTINUATIONS
        ),
        announcements=folder.each(Sort.ANNOUNCEMENT, "announcements", shapes.announcement),
        endpoints=folder.each(Sort.ENDPOINT, "endpoints", shapes.endpoint),
        conflicts=folder.listed(Sort.CONFLICT, "conflicts", shapes.conflict),
        events=folder.each(Sort.EVENT, "events", shapes.event),
        products=folder.each(Sort.PRODUCT, "products", shapes.product),
        promises=folder.listed(Sort.PROMISE, "notice", shapes.promise),
        unparsed=folder.close(),  # the last: by now it knows all that was asked for
    )

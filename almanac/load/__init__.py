"""content/ -> Content: each field read as what it must be, its file, line and column kept."""

from __future__ import annotations

from pathlib import Path

from almanac.load import shapes
from almanac.load.shelf import Shelf
from almanac.memory import Memory
from almanac.records import Content


def content(root: Path, memory: Memory | None = None) -> Content:
    """All that stands in the content/ of the project at `root`; or `Faulty`, with all that is wrong there."""
    shelf = Shelf(root, memory or Memory())
    loaded = Content(
        site=shelf.one("site", shapes.site),
        words=shelf.one("words", shapes.words),
        sources=shelf.listed("sources", shapes.source),
        terms=shelf.listed("glossary", shapes.term),
        pages=shelf.each("pages", shapes.page, shapes.PAGES),
        families=shelf.each("families", shapes.family),
        models=shelf.each("models", shapes.model),
        discontinuations=shelf.one("discontinuations", shapes.discontinuations),
        announcements=shelf.each("announcements", shapes.announcement),
        endpoints=shelf.each("endpoints", shapes.endpoint),
        conflicts=shelf.listed("conflicts", shapes.conflict),
        events=shelf.each("events", shapes.event),
        products=shelf.each("products", shapes.product),
        promises=shelf.listed("notice", shapes.promise),
    )
    shelf.close()
    return loaded

"""Data use and retention: one table, each row linked to its endpoint, and the policy around it."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import EndpointPath, PageText, Retention
from almanac.render.html.page import Page, TocEntry
from almanac.render.text.message import phrase


@dataclass(frozen=True, slots=True)
class RetentionRow:
    path: EndpointPath
    anchor: str
    retention: Retention


@dataclass(frozen=True, slots=True)
class RetentionView:
    text: PageText
    lines: tuple[RetentionRow, ...]  # the endpoints for which a source has a row


def page(world: Catalog) -> Page:
    text = world.pages["retention"]
    return Page(
        path=addresses.RETENTION,
        template="retention.html",
        title=text.title,
        description=text.description,
        section="retention",
        contents=(
            TocEntry("retention", phrase("retention-by-endpoint")),
            *(TocEntry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=RetentionView(
            text=text,
            lines=tuple(
                RetentionRow(path, addresses.row("retention", path), entry.record.retention)
                for path, entry in world.endpoints.items()
                if entry.record.retention
            ),
        ),
    )

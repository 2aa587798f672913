"""Data use and retention: one table, each row linked to its endpoint, and the policy around it."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.catalog import Catalog
from almanac.records import EndpointPath, PageText, Retention
from almanac.render import addresses
from almanac.render.page import Entry, Page
from almanac.render.said import say


@dataclass(frozen=True, slots=True)
class Line:
    path: EndpointPath
    anchor: str
    retention: Retention


@dataclass(frozen=True, slots=True)
class View:
    text: PageText
    lines: tuple[Line, ...]  # the endpoints for which a source has a row


def page(world: Catalog) -> Page:
    text = world.pages["retention"]
    return Page(
        path=addresses.RETENTION,
        template="retention.html",
        title=text.title,
        description=text.description,
        section="retention",
        contents=(
            Entry("retention", say("retention-by-endpoint")),
            *(Entry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=View(
            text=text,
            lines=tuple(
                Line(path, addresses.row("retention", path), entry.record.retention)
                for path, entry in world.endpoints.items()
                if entry.record.retention
            ),
        ),
    )

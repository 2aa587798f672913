"""The page about the catalog: how to read it, and the table of temporary snapshots."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Status
from almanac.records import Discontinuation, ModelId, SourceId
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.periods import TextVersion, copied_on, text_versions
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.html.summary import deadline
from almanac.render.text.message import Message, phrase

SNAPSHOTS = "temporary-snapshots"


class TemporarySnapshotRow(NamedTuple):
    model: ModelId
    status: Status
    anchor: str
    until: Message
    replacement: ModelId


class TemporarySnapshots(NamedTuple):
    """The table of temporary snapshots, as in its only source."""

    note: tuple[TextVersion, ...]
    source: SourceId
    since: date
    rows: tuple[TemporarySnapshotRow, ...]


class AboutModelsView(NamedTuple):
    sections: tuple[SectionView, ...]
    snapshots: TemporarySnapshots | None


def page(world: Catalog) -> Page:
    text = world.pages["models"]
    return Page(
        path=addresses.ABOUT_MODELS,
        template="about-models.html",
        title=phrase("about-models"),
        description=phrase("about-models-description"),
        section="models",
        contents=contents(world),
        written_at=text.at,
        view=AboutModelsView(section_views(world, text.sections), _temporary_snapshots(world)),
    )


def contents(world: Catalog) -> tuple[TocEntry, ...]:
    """The headings of the page; the catalog links to them."""
    snapshots = [TocEntry(SNAPSHOTS, phrase(SNAPSHOTS))] if world.discontinuations.rows else []
    return (*section_contents(world.pages["models"].sections), *snapshots)


def known_from(world: Catalog) -> date | None:
    """The first day on which the page has text."""
    views = section_views(world, world.pages["models"].sections)
    return min((version.since for view in views for version in view.versions), default=None)


def _temporary_snapshots(world: Catalog) -> TemporarySnapshots | None:
    record = world.discontinuations
    if not record.rows:
        return None
    return TemporarySnapshots(
        text_versions(world, record.note),
        record.source,
        copied_on(world, [record.source]),
        tuple(_row(world, each) for each in record.rows),
    )


def _row(world: Catalog, record: Discontinuation) -> TemporarySnapshotRow:
    return TemporarySnapshotRow(
        model=record.model.id,
        status=world.models[record.model.id].status,
        anchor=addresses.row(SNAPSHOTS, record.model.id),
        until=deadline(record.shutdown),
        replacement=record.replacement.id,
    )

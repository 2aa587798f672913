"""The catalog: a table of models for each family, and the table of temporary snapshots."""

from __future__ import annotations

from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Status
from almanac.records import Discontinuation, ModelId, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.model_table import ModelTable, model_table
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.html.summary import deadline
from almanac.render.text.message import Message, phrase


class TemporarySnapshotRow(NamedTuple):
    model: ModelId
    status: Status
    anchor: str
    until: Message
    replacement: ModelId


class TemporarySnapshots(NamedTuple):
    """The table of temporary snapshots, as in its only source."""

    note: Text | None
    source: SourceId
    rows: tuple[TemporarySnapshotRow, ...]


class ModelsView(NamedTuple):
    lead: Text
    script: str  # filters, sorts and compares; loaded on first use
    families: tuple[ModelTable, ...]
    snapshots: TemporarySnapshots | None
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["models"]
    families = tuple(model_table(entry, world, anchor=entry.record.id) for entry in world.families.values())
    snapshots = _temporary_snapshots(world)
    return Page(
        path=addresses.MODELS,
        template="models.html",
        title=text.title,
        description=text.description,
        section="models",
        contents=(
            *(TocEntry(each.family, each.title) for each in families),
            *([TocEntry("temporary-snapshots", phrase("temporary-snapshots"))] if snapshots else []),
            *section_contents(text.sections),
        ),
        written_at=text.at,
        view=ModelsView(
            lead=text.lead,
            script="filter.js",
            families=families,
            snapshots=snapshots,
            sections=section_views(text.sections),
        ),
    )


def _temporary_snapshots(world: Catalog) -> TemporarySnapshots | None:
    record = world.discontinuations
    if not record.rows:
        return None
    return TemporarySnapshots(record.note.known, record.source, tuple(_row(world, each) for each in record.rows))


def _row(world: Catalog, record: Discontinuation) -> TemporarySnapshotRow:
    return TemporarySnapshotRow(
        model=record.model.id,
        status=world.models[record.model.id].status,
        anchor=addresses.row("temporary-snapshots", record.model.id),
        until=deadline(record.shutdown),
        replacement=record.replacement.id,
    )

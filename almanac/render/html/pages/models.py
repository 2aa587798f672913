"""The catalog: one table a family with the facts in columns, and the table of temporary snapshots."""

from __future__ import annotations

from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Catalog
from almanac.records import Discontinuation, Discontinuations, ModelId, PageText
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.model_table import FamilyTable, family_view
from almanac.render.html.summary import deadline
from almanac.render.text.message import Message, phrase


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    anchor: str
    name: ModelId
    until: Message
    instead: ModelId


@dataclass(frozen=True, slots=True)
class ModelsView:
    text: PageText
    tool: str  # what filters, sorts and compares, loaded when it is used
    families: tuple[FamilyTable, ...]
    discontinuations: Discontinuations
    snapshots: tuple[SnapshotRow, ...]


def page(world: Catalog) -> Page:
    text = world.pages["models"]
    families = tuple(family_view(entry) for entry in world.families.values())
    return Page(
        path=addresses.MODELS,
        template="models.html",
        title=text.title,
        description=text.description,
        section="models",
        contents=(
            *(TocEntry(entry.record.id, entry.record.title) for entry in families),
            *([TocEntry("temporary-snapshots", phrase("temporary-snapshots"))] if world.discontinuations.rows else []),
            *(TocEntry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=ModelsView(
            text=text,
            tool="filter.js",
            families=families,
            discontinuations=world.discontinuations,
            snapshots=tuple(_snapshot(row) for row in world.discontinuations.rows),
        ),
    )


def _snapshot(row: Discontinuation) -> SnapshotRow:
    return SnapshotRow(
        anchor=addresses.row("temporary-snapshots", row.model.id),
        name=row.model.id,
        until=deadline(row.shutdown),
        instead=row.replacement.id,
    )

"""The page of data use and retention: what each endpoint keeps, by the columns of its copies, and the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.fields import data_use_histories
from almanac.records import Day, Endpoint, EndpointPath, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.data_use import data_use_changes, data_use_fields, note_changes
from almanac.render.html.pages.facts import FactChange, known_from
from almanac.render.html.pages.retention_table import RetentionTable, retention_table
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import phrase


class RowChanges(NamedTuple):
    """What copies have said of endpoints over time, the same of each."""

    paths: tuple[EndpointPath, ...]
    first: Day  # the copy that first lists them
    known_from: date
    changes: tuple[FactChange, ...]  # oldest first
    notes: tuple[Day, ...]  # copies with other limits or exceptions

    @property
    def last_changed(self) -> date:
        return max(day.first for day in (self.first, *(change.since for change in self.changes)))


class FilterCount(NamedTuple):
    """A filter, and the rows that it shows."""

    name: str
    rows: int


class RetentionView(NamedTuple):
    lead: Text
    filters: tuple[FilterCount, ...]
    tables: tuple[RetentionTable, ...]
    changes: tuple[RowChanges, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["retention"]
    tables = tuple(_tables(world))
    return Page(
        path=addresses.RETENTION,
        template="retention.html",
        title=text.title,
        description=text.description,
        section="retention",
        contents=(
            *(TocEntry(table.anchor, table.title) for table in tables),
            *([TocEntry("row-changes", phrase("row-changes"))] if tables else []),
            *section_contents(text.sections),
        ),
        written_at=text.at,
        view=RetentionView(
            lead=text.lead,
            filters=tuple(_filter_counts(tables)),
            tables=tables,
            changes=_row_changes(world),
            sections=section_views(world, text.sections),
        ),
    )


def _tables(world: Catalog) -> Iterator[RetentionTable]:
    """The endpoints in the columns of the latest copies, then those of which only copies with older columns tell."""
    stated = _listed(world)
    latest = [record for record in stated if record.abuse_monitoring.now]
    older = [record for record in stated if record not in latest]
    if latest:
        yield retention_table(world, "retention", phrase("retention-by-endpoint"), latest)
    if older:
        anchor = "older-retention" if latest else "retention"
        yield retention_table(world, anchor, phrase(anchor if latest else "retention-by-endpoint"), older)


def _filter_counts(tables: Iterable[RetentionTable]) -> Iterator[FilterCount]:
    rows = [row for table in tables for row in table.rows]
    yield FilterCount("all", len(rows))
    for name in ("zero", "until-deleted", "nothing"):
        if count := sum(name in row.filters for row in rows):
            yield FilterCount(name, count)


def _listed(world: Catalog) -> list[Endpoint]:
    return [entry.record for entry in world.endpoints.values() if any(data_use_fields((entry.record,)))]


def _row_changes(world: Catalog) -> tuple[RowChanges, ...]:
    """What copies have said of each endpoint, those first whose row has changed last."""
    alike: dict[RowChanges, list[EndpointPath]] = {}
    for record in _listed(world):
        first, known = _first_listed(world, record)
        changes = RowChanges((), first, known, data_use_changes(world, record), note_changes(world, record))
        alike.setdefault(changes, []).append(record.path)
    rows = (row._replace(paths=tuple(paths)) for row, paths in alike.items())
    return tuple(sorted(rows, key=lambda row: row.last_changed, reverse=True))


def _first_listed(world: Catalog, endpoint: Endpoint) -> tuple[Day, date]:
    """The copy that first lists the endpoint, and the day from which this is known."""
    stated = (
        (world.sources[fact.source].state_of, known_from(world, field, fact))
        for field in data_use_histories(Endpoint)
        for fact in getattr(endpoint, field.name).facts
    )
    return min(stated, key=lambda each: each[0].first)

"""The page of data use and retention: what each endpoint keeps, by the columns of its copies, and the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, EndpointEntry
from almanac.fields import Declaration, histories
from almanac.records import Day, Endpoint, EndpointPath, Mark, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.facts import FactLine, fact_line, label, said, said_once
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import Message, phrase


class RetentionCell(NamedTuple):
    column: Message
    line: FactLine | None  # None where the source has no such column for the endpoint


class RetentionRow(NamedTuple):
    path: EndpointPath
    anchor: str
    cells: tuple[RetentionCell, ...]


class RetentionTable(NamedTuple):
    """Endpoints whose copies have the same columns."""

    anchor: str
    title: Message
    columns: tuple[Message, ...]
    copied: Day | None  # the month of the copies, if it is old and the same for all cells
    rows: tuple[RetentionRow, ...]


class RetentionView(NamedTuple):
    lead: Text
    tables: tuple[RetentionTable, ...]
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
            *section_contents(text.sections),
        ),
        written_at=text.at,
        view=RetentionView(lead=text.lead, tables=tables, sections=section_views(text.sections)),
    )


def _tables(world: Catalog) -> Iterator[RetentionTable]:
    """The endpoints in the columns of the latest copies, then those of which only copies with older columns tell."""
    stated = [entry for entry in world.endpoints.values() if any(_columns((entry.record,)))]
    latest = [entry for entry in stated if entry.record.abuse_monitoring.now]
    older = [entry for entry in stated if entry not in latest]
    if latest:
        yield _table(world, "retention", phrase("retention-by-endpoint"), latest)
    if older:
        anchor = "older-retention" if latest else "retention"
        yield _table(world, anchor, phrase(anchor if latest else "retention-by-endpoint"), older)


def _table(world: Catalog, anchor: str, title: Message, entries: Iterable[EndpointEntry]) -> RetentionTable:
    records = tuple(entry.record for entry in entries)
    columns = tuple(_columns(records))
    lines = {record.path: tuple(_line(world, record, column) for column in columns) for record in records}
    month, _ = said_once(line for row in lines.values() for line in row if line)

    def cell(column: Declaration, line: FactLine | None) -> RetentionCell:
        return RetentionCell(label(column), replace(line, copied=None) if line and month else line)

    return RetentionTable(
        anchor,
        title,
        tuple(label(column) for column in columns),
        month,
        tuple(
            RetentionRow(path, addresses.row("retention", path), tuple(map(cell, columns, row)))
            for path, row in lines.items()
        ),
    )


def data_use(world: Catalog, endpoint: Endpoint) -> tuple[FactLine, ...]:
    """What is recorded of the endpoint's data use and retention."""
    lines = (_line(world, endpoint, column) for column in _columns((endpoint,)))
    return tuple(line for line in lines if line)


def _columns(endpoints: Iterable[Endpoint]) -> Iterator[Declaration]:
    """The columns that any of the endpoints has; the default retention gave way to the two columns after it."""
    endpoints = tuple(endpoints)
    for field in histories(Endpoint):
        stated = Mark.DATA_USE in field.marks and any(getattr(each, field.name).now for each in endpoints)
        if stated and (field.name != "default_retention" or not any(each.abuse_monitoring.now for each in endpoints)):
            yield field


def _line(world: Catalog, endpoint: Endpoint, column: Declaration) -> FactLine | None:
    history = getattr(endpoint, column.name)
    return fact_line(world, label(column), history) if history.now else None


def retention(endpoint: Endpoint) -> Message:
    """How long the endpoint keeps requests and responses, in the terms of its latest copy."""
    return said((endpoint.abuse_monitoring if endpoint.abuse_monitoring.now else endpoint.default_retention).value)


def zero_retention(endpoint: Endpoint) -> Message:
    """Whether zero data retention is possible for the endpoint."""
    return said(endpoint.zero_retention.value)

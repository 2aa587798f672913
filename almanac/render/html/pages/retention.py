"""The page of data use and retention: what each endpoint keeps, by the columns of its copies, and the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, EndpointEntry
from almanac.fields import Declaration, histories
from almanac.records import Day, Endpoint, EndpointPath, Kept, Mark, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.facts import FactLine, fact_line, label, said, shared_month, without_month
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.text.message import Message, phrase


class RetentionCell(NamedTuple):
    column: Message
    line: FactLine | None  # None where the source has no such column for the endpoint


class RetentionRow(NamedTuple):
    path: EndpointPath
    anchor: str
    copied: Day | None  # the month of the copies, where it is the same for all cells, and not for all of the table
    cells: tuple[RetentionCell, ...]


class RetentionTable(NamedTuple):
    """Endpoints whose copies have the same columns."""

    anchor: str
    title: Message
    copied: Day | None  # the month of the copies, if it is old and the same for all cells
    columns: tuple[Message, ...]
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
        view=RetentionView(lead=text.lead, tables=tables, sections=section_views(world, text.sections)),
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
    lines = {record.path: [_line(world, record, column) for column in columns] for record in records}
    month = shared_month(line for several in lines.values() for line in several if line)

    def row(path: EndpointPath) -> RetentionRow:
        own = shared_month(line for line in lines[path] if line)
        cells = (
            RetentionCell(label(column), without_month(line) if line and own else line)
            for column, line in zip(columns, lines[path], strict=True)
        )
        return RetentionRow(path, addresses.row("retention", path), None if month else own, tuple(cells))

    return RetentionTable(
        anchor,
        title,
        month,
        tuple(label(column) for column in columns),
        tuple(map(row, lines)),
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
    return fact_line(world, column, history) if history.now else None


def retention(endpoint: Endpoint) -> Message:
    """How long the endpoint keeps requests and responses, in the terms of its latest copy."""
    if not endpoint.abuse_monitoring.now:
        return said(endpoint.default_retention.value)
    logs, state = endpoint.abuse_monitoring.value, endpoint.application_state.known
    if state is None or state.kept is Kept.NOTHING or state == logs:
        return said(logs)
    return phrase("retained-with-state", logs=said(logs), state=said(state))


def retention_field(endpoint: Endpoint) -> str:
    """The field whose copy tells how long the endpoint keeps requests and responses."""
    return "abuse_monitoring" if endpoint.abuse_monitoring.now else "default_retention"


def zero_retention(endpoint: Endpoint) -> Message:
    """Whether zero data retention is possible for the endpoint."""
    return said(endpoint.zero_retention.value)

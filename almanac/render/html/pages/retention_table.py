"""Tables of data use: endpoints by part of the API, with their columns; notes are lettered and stand below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, product
from string import ascii_lowercase
from typing import Any, NamedTuple

from almanac import addresses
from almanac.catalog import Catalog
from almanac.fields import Declaration
from almanac.records import (
    Day,
    Endpoint,
    EndpointGroup,
    EndpointPath,
    Fact,
    History,
    Kept,
    SourceId,
    Text,
    ZeroRetention,
)
from almanac.render.html.pages.data_use import data_use_fields, data_use_line
from almanac.render.html.pages.facts import FactLine, known_from, label, shared_month, without_month
from almanac.render.text.message import Message, phrase

_ENOUGH_ROWS = 4
"""Rows from which on a column that always says the same is no coincidence."""


class Citation(NamedTuple):
    """A copy that states a value, from its day until that of the next."""

    source: SourceId
    since: date | None
    until: date | None
    copied: Day | None  # the month of the copy, if it is old


class StatedValue(NamedTuple):
    """A value, and the copies that state it one after the other."""

    line: FactLine
    since: date | None
    until: date | None
    citations: tuple[Citation, ...]


class RetentionCell(NamedTuple):
    column: Message
    line: FactLine | None  # None where the source has no such column for the endpoint
    values: tuple[StatedValue, ...]  # oldest first; the last is without its note
    note: RetentionNote | None
    answer: str  # "yes" or "no", where the column answers a question


class RetentionRow(NamedTuple):
    path: EndpointPath
    anchor: str
    copied: Day | None  # the month of the copies, where it is the same for all cells, and not for all of the table
    source: SourceId | None  # of most cells; the others cite their own. None if all that it says is said of every row
    known_from: date | None  # the day from which all of its present values are known
    filters: tuple[str, ...]  # those that show it
    cells: tuple[RetentionCell, ...]


class RetentionGroup(NamedTuple):
    """The endpoints of one part of the API."""

    title: Message
    rows: tuple[RetentionRow, ...]


class RetentionNote(NamedTuple):
    """A note to cells of a table, which refer to it by its letter."""

    anchor: str
    letter: str  # a to z, then aa
    text: Text
    known_from: date


class RetentionTable(NamedTuple):
    """Endpoints whose copies have the same columns."""

    anchor: str
    title: Message
    copied: Day | None  # the month of the copies, if it is old and the same for all cells
    same: tuple[StatedValue, ...]  # what every endpoint has in common, instead of a column
    columns: tuple[Message, ...]
    groups: tuple[RetentionGroup, ...]
    notes: tuple[RetentionNote, ...]

    @property
    def rows(self) -> tuple[RetentionRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def retention_table(world: Catalog, anchor: str, title: Message, records: Iterable[Endpoint]) -> RetentionTable:
    ordered = sorted(records, key=lambda record: [*EndpointGroup].index(record.group))
    stated = [*data_use_fields(ordered)]
    lines = {field.name: {each.path: data_use_line(world, each, field) for each in ordered} for field in stated}
    same = {name: line for name, column in lines.items() if (line := _said_by_all([*column.values()]))}
    columns = [column for column in stated if column.name not in same]
    month = shared_month(line for column in lines.values() for line in column.values() if line)
    notes = _notes(world, anchor, ordered, columns)

    def row(record: Endpoint) -> RetentionRow:
        facts = [line for column in columns if (line := lines[column.name][record.path])]
        own = shared_month(facts)
        sources = Counter(line.source for line in facts).most_common(1)
        cells = (
            _cell(column, without_month(line) if line and own else line, getattr(record, column.name), notes)
            for column in columns
            for line in [lines[column.name][record.path]]
        )
        return RetentionRow(
            record.path,
            addresses.row("retention", record.path),
            copied=None if month else own,
            source=sources[0][0] if sources else None,
            known_from=max((line.since for line in facts if line.since), default=None),
            filters=tuple(_filters(record)),
            cells=tuple(cells),
        )

    return RetentionTable(
        anchor,
        title,
        month,
        same=tuple(same.values()),
        columns=tuple(label(column) for column in columns),
        groups=tuple(
            RetentionGroup(phrase(f"endpoints-{group}"), tuple(map(row, several)))
            for group, several in groupby(ordered, key=lambda record: record.group)
        ),
        notes=tuple(notes.values()),
    )


def _said_by_all(lines: Sequence[FactLine | None]) -> StatedValue | None:
    """What the lines have always said, if all have said the same and none has a note: with the most copies."""
    told = [line for line in lines if line]
    messages = {each.message for line in told for each in (line, *line.earlier)}
    if len(lines) < _ENOUGH_ROWS or len(told) < len(lines) or len(messages) != 1 or any(line.note for line in told):
        return None
    (stated,) = _stated(max(told, key=lambda line: len(line.earlier)))
    return stated


def _cell(
    column: Declaration, line: FactLine | None, history: History[Any], notes: Mapping[str, RetentionNote]
) -> RetentionCell:
    if line is None or history.now is None:
        return RetentionCell(label(column), None, (), note=None, answer="")
    value, note = history.now.value, history.now.note
    *earlier, last = _stated(line)
    return RetentionCell(
        label(column),
        line,
        (*earlier, last._replace(line=replace(line, note=None))),
        note=notes[note.en] if note else None,
        answer=("yes" if value in _POSSIBLE else "no") if isinstance(value, ZeroRetention) else "",
    )


def _stated(line: FactLine) -> Iterator[StatedValue]:
    for _, alike in groupby((*line.earlier, line), key=lambda each: (each.message, _english(each.note))):
        lines = [*alike]
        citations = tuple(Citation(each.source, each.since, each.until, each.copied) for each in lines)
        yield StatedValue(without_month(lines[-1]), lines[0].since, lines[-1].until, citations)


def _english(note: Message | None) -> Message | None:
    return note.en if isinstance(note, Text) else note


def _notes(
    world: Catalog, table: str, records: Iterable[Endpoint], columns: Sequence[Declaration]
) -> Mapping[str, RetentionNote]:
    """English text -> note, lettered in the order of the rows; cells with the same note share its letter."""
    notes: dict[str, RetentionNote] = {}
    for record, column in product(records, columns):
        fact: Fact[Any] | None = getattr(record, column.name).now
        if fact and fact.note:
            day = known_from(world, column, fact)
            letter = _letter(len(notes))
            new = RetentionNote(f"notes--{table}-{letter}", letter, fact.note, day)
            earlier = notes.get(fact.note.en, new)
            notes[fact.note.en] = earlier._replace(known_from=min(day, earlier.known_from))
    return notes


def _letter(number: int) -> str:
    """a, b … z, aa, ab … by a number from 0 on."""
    before, last = divmod(number, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[last]


_POSSIBLE = {ZeroRetention.ELIGIBLE, ZeroRetention.ELIGIBLE_EXCEPT, ZeroRetention.ELIGIBLE_WITH_LIMITATIONS}
_UNTIL_DELETED = {Kept.UNTIL_DELETED, Kept.UNTIL_DELETED_OR_EXPIRED, Kept.DAYS_AFTER_DELETION}


def _filters(endpoint: Endpoint) -> Iterator[str]:
    kept = {
        history.known.kept
        for history in (endpoint.abuse_monitoring, endpoint.application_state)
        if history.known is not None
    }
    if not kept and endpoint.default_retention.known is not None:
        kept = {endpoint.default_retention.known.kept}
    if endpoint.zero_retention.value in _POSSIBLE:
        yield "zero"
    if kept & _UNTIL_DELETED:
        yield "until-deleted"
    if kept == {Kept.NOTHING}:
        yield "nothing"

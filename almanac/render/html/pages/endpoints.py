"""All endpoints, and the matrix of endpoints and models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Answer, Catalog, EndpointEntry, ModelEntry
from almanac.records import Absent, Endpoint, EndpointPath, Family, PageText
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.summary import until
from almanac.render.text.message import Message, phrase


@dataclass(frozen=True, slots=True)
class EndpointRow:
    entry: EndpointEntry
    anchor: str
    until: Message
    kept: Message


@dataclass(frozen=True, slots=True)
class MatrixCell:
    path: EndpointPath
    answer: Answer


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Models of one family that every endpoint answers alike."""

    models: tuple[ModelEntry, ...]
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    anchor: str
    family: Family
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class EndpointsView:
    text: PageText
    endpoints: tuple[EndpointRow, ...]
    columns: tuple[Endpoint, ...]  # endpoints for which a source lists models
    groups: tuple[MatrixGroup, ...]


def page(world: Catalog) -> Page:
    text = world.pages["endpoints"]
    columns = tuple(entry.record for entry in world.endpoints.values() if entry.record.compatibility)
    return Page(
        path=addresses.ENDPOINTS,
        template="endpoints.html",
        title=text.title,
        description=text.description,
        section="endpoints",
        contents=(
            TocEntry("all", phrase("all-endpoints")),
            TocEntry("matrix", phrase("matrix")),
            *(TocEntry(section.id, section.title) for section in text.sections),
        ),
        written_at=text.at,
        view=EndpointsView(
            text=text,
            endpoints=tuple(_line(entry) for entry in world.endpoints.values()),
            columns=columns,
            groups=tuple(
                MatrixGroup(f"matrix--{entry.record.id}", entry.record, tuple(_rows(entry.models, columns)))
                for entry in world.families.values()
            ),
        ),
    )


def _line(entry: EndpointEntry) -> EndpointRow:
    return EndpointRow(
        entry=entry,
        anchor=addresses.row("all", entry.record.path),
        until=until(entry.plan),
        kept=kept(entry.record),
    )


def kept(endpoint: Endpoint) -> Message:
    """What the endpoint keeps by default, for a table's cell."""
    return phrase(f"kept-{endpoint.retention.default}") if endpoint.retention else Absent.UNKNOWN


def zero_retention(endpoint: Endpoint) -> Message:
    return phrase(f"zero-{endpoint.retention.zero_retention}") if endpoint.retention else Absent.UNKNOWN


def _rows(models: tuple[ModelEntry, ...], columns: tuple[Endpoint, ...]) -> Iterator[MatrixRow]:
    alike: dict[tuple[Answer, ...], list[ModelEntry]] = {}
    for entry in models:
        alike.setdefault(tuple(entry.compatible[column.path].answer for column in columns), []).append(entry)
    for answers, several in alike.items():
        cells = tuple(MatrixCell(column.path, answer) for column, answer in zip(columns, answers, strict=True))
        yield MatrixRow(tuple(several), cells)

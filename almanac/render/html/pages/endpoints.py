"""The endpoints page: all endpoints, and the matrix of endpoints and models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Answer, Catalog, EndpointEntry, FamilyEntry, ModelEntry, Status
from almanac.records import Day, EndpointGroup, EndpointPath, ModelId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.facts import copied
from almanac.render.html.pages.links import FamilyLink, family_link
from almanac.render.html.pages.retention import retention
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.html.summary import until
from almanac.render.text.message import Message, phrase


class EndpointRow(NamedTuple):
    path: EndpointPath
    anchor: str
    title: Text
    status: Status
    until: Message
    retention: Message


class EndpointRows(NamedTuple):
    """The endpoints of one part of the API."""

    title: Message
    rows: tuple[EndpointRow, ...]


class MatrixCell(NamedTuple):
    path: EndpointPath
    answer: Answer


class MatrixRow(NamedTuple):
    """Models of one family with the same answer for every endpoint."""

    models: tuple[ModelId, ...]
    cells: tuple[MatrixCell, ...]


class MatrixGroup(NamedTuple):
    anchor: str
    family: FamilyLink
    rows: tuple[MatrixRow, ...]


class EndpointsView(NamedTuple):
    lead: Text
    endpoint_groups: tuple[EndpointRows, ...]
    columns: tuple[EndpointPath, ...]  # of the matrix: endpoints for which a source lists models
    lists_copied: Day | None  # the month of the copies that list supported models, if they are old
    groups: tuple[MatrixGroup, ...]
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["endpoints"]
    columns = world.answered
    lists = [now.source for entry in world.endpoints.values() if (now := entry.record.compatibility.now)]
    return Page(
        path=addresses.ENDPOINTS,
        template="endpoints.html",
        title=text.title,
        description=text.description,
        section="endpoints",
        contents=(
            TocEntry("all", phrase("all-endpoints")),
            TocEntry("matrix", phrase("matrix")),
            *section_contents(text.sections),
        ),
        written_at=text.at,
        view=EndpointsView(
            lead=text.lead,
            endpoint_groups=tuple(_endpoint_groups(world)),
            columns=columns,
            lists_copied=copied(world, *lists),
            groups=tuple(_group(entry, columns) for entry in world.families.values()),
            sections=section_views(text.sections),
        ),
    )


def _endpoint_groups(world: Catalog) -> Iterator[EndpointRows]:
    for group in EndpointGroup:
        rows = tuple(_row(entry) for entry in world.endpoints.values() if entry.record.group is group)
        if rows:
            yield EndpointRows(phrase(f"endpoints-{group}"), rows)


def _row(entry: EndpointEntry) -> EndpointRow:
    return EndpointRow(
        path=entry.record.path,
        anchor=addresses.row("all", entry.record.path),
        title=entry.record.title,
        status=entry.status,
        until=until(entry.plan),
        retention=retention(entry.record),
    )


def _group(entry: FamilyEntry, columns: tuple[EndpointPath, ...]) -> MatrixGroup:
    return MatrixGroup(
        anchor=f"matrix--{entry.record.id}",
        family=family_link(entry.record),
        rows=tuple(_matrix_rows(entry.models, columns)),
    )


def _matrix_rows(models: tuple[ModelEntry, ...], columns: tuple[EndpointPath, ...]) -> Iterator[MatrixRow]:
    by_answers: dict[tuple[Answer, ...], list[ModelId]] = {}
    for entry in models:
        by_answers.setdefault(tuple(entry.compatible[path].answer for path in columns), []).append(entry.record.id)
    for answers, ids in by_answers.items():
        yield MatrixRow(tuple(ids), tuple(map(MatrixCell, columns, answers)))

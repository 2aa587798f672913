"""The endpoints page: all endpoints, and the matrix of endpoints and models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Answer, Catalog, EndpointEntry, FamilyEntry, ModelEntry, Status
from almanac.records import Day, EndpointGroup, EndpointPath, ModelId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.data_use import retention, retention_field
from almanac.render.html.pages.facts import Cell, cell, copied
from almanac.render.html.pages.links import FamilyLink, family_link
from almanac.render.html.pages.sections import SectionView, section_contents, section_views
from almanac.render.html.summary import until
from almanac.render.text.message import Message, phrase


class EndpointRow(NamedTuple):
    path: EndpointPath
    anchor: str
    title: Text
    status: Status
    until: Message
    retention: Cell


class EndpointRows(NamedTuple):
    """The endpoints of one part of the API."""

    title: Message
    rows: tuple[EndpointRow, ...]


class MatrixRow(NamedTuple):
    """Models of one family about which sources say the same for every endpoint that they name."""

    models: tuple[ModelId, ...]
    supported: tuple[EndpointPath, ...]
    conditional: tuple[EndpointPath, ...]
    unsupported: tuple[EndpointPath, ...]


class MatrixGroup(NamedTuple):
    anchor: str
    family: FamilyLink
    rows: tuple[MatrixRow, ...]


class EndpointsView(NamedTuple):
    lead: Text
    endpoint_groups: tuple[EndpointRows, ...]
    lists_copied: Day | None  # the month of the copies that list supported models, if they are old
    groups: tuple[MatrixGroup, ...]
    shut_down: int  # models that are left out of the matrix
    sections: tuple[SectionView, ...]


def page(world: Catalog) -> Page:
    text = world.pages["endpoints"]
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
            lists_copied=copied(world, *lists),
            groups=tuple(group for entry in world.families.values() if (group := _group(world, entry)).rows),
            shut_down=sum(not _answers(entry) for entry in world.models.values()),
            sections=section_views(world, text.sections),
        ),
    )


def _endpoint_groups(world: Catalog) -> Iterator[EndpointRows]:
    for group in EndpointGroup:
        rows = tuple(_row(world, entry) for entry in world.endpoints.values() if entry.record.group is group)
        if rows:
            yield EndpointRows(phrase(f"endpoints-{group}"), rows)


def _row(world: Catalog, entry: EndpointEntry) -> EndpointRow:
    return EndpointRow(
        path=entry.record.path,
        anchor=addresses.row("all", entry.record.path),
        title=entry.record.title,
        status=entry.status,
        until=until(entry.plan),
        retention=replace(
            cell(world, entry.record, retention_field(entry.record), entry.exists_from), value=retention(entry.record)
        ),
    )


def _answers(entry: ModelEntry) -> bool:
    return entry.status not in ENDED


def _group(world: Catalog, entry: FamilyEntry) -> MatrixGroup:
    return MatrixGroup(
        anchor=f"matrix--{entry.record.id}",
        family=family_link(entry.record),
        rows=tuple(_matrix_rows([model for model in entry.models if _answers(model)], world.answered)),
    )


def _matrix_rows(models: Iterable[ModelEntry], paths: Sequence[EndpointPath]) -> Iterator[MatrixRow]:
    by_answers: dict[tuple[Answer, ...], list[ModelId]] = {}
    for entry in models:
        by_answers.setdefault(tuple(entry.compatible[path].answer for path in paths), []).append(entry.record.id)
    for answers, ids in by_answers.items():
        pairs = [*zip(paths, answers, strict=True)]

        def with_answer(
            answer: Answer, pairs: Sequence[tuple[EndpointPath, Answer]] = pairs
        ) -> tuple[EndpointPath, ...]:
            return tuple(path for path, given in pairs if given is answer)

        if any(answer is not Answer.UNKNOWN for answer in answers):
            yield MatrixRow(
                tuple(ids), with_answer(Answer.YES), with_answer(Answer.CONDITIONAL), with_answer(Answer.NO)
            )

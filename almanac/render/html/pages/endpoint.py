"""The page of an endpoint: its status, data retention, supported models and announced plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Answer, Catalog, EndpointEntry, Status
from almanac.records import Badge, EndpointPath, ModelId, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.conflicts import QuestionLink, question_links
from almanac.render.html.pages.plan_rows import PlanRow, ReplacedRow, StepView, plan_row, replaced_rows, steps
from almanac.render.html.pages.retention import RetentionTerms, retention_terms
from almanac.render.html.pages.sections import NoteView, note_views
from almanac.render.html.summary import Summary, reason, summary
from almanac.render.text.message import Message, phrase


class ReasonLine(NamedTuple):
    """Models with the same answer for the same reason."""

    message: Message
    source: SourceId | None
    models: tuple[ModelId, ...]


class ReasonGroup(NamedTuple):
    answer: Answer
    number: int
    reasons: tuple[ReasonLine, ...]


class SupportedModels(NamedTuple):
    groups: tuple[ReasonGroup, ...]
    note: Text | None


class EndpointView(NamedTuple):
    key: str  # of its status history
    path: EndpointPath
    title: Text
    badges: tuple[Badge, ...]
    status: Status
    summary: Summary
    description: Text
    notes: tuple[NoteView, ...]
    retention: RetentionTerms | None
    models: SupportedModels | None  # None where no source lists them
    plans: tuple[PlanRow, ...]
    chain: tuple[StepView, ...]
    replaces: tuple[ReplacedRow, ...]
    conflicts: tuple[QuestionLink, ...]


def page(world: Catalog, entry: EndpointEntry) -> Page:
    record = entry.record
    view = EndpointView(
        key=addresses.slug(record.path),
        path=record.path,
        title=record.title,
        badges=tuple(badge.value for badge in record.badges),
        status=entry.status,
        summary=summary(entry, world),
        description=record.summary,
        notes=note_views(record.notes),
        retention=retention_terms(record.retention) if record.retention else None,
        models=_models(world, entry),
        plans=tuple(map(plan_row, entry.plans)),
        chain=steps(entry.chain),
        replaces=replaced_rows(world, entry.replaces),
        conflicts=question_links(entry.conflicts),
    )
    return Page(
        path=addresses.endpoint(record.path),
        template="endpoint.html",
        title=record.path,
        description=phrase(
            "endpoint-description", path=record.path, answer=view.summary.headline, summary=record.summary
        ),
        section="endpoints",
        contents=tuple(_contents(view)),
        written_at=record.at,
        view=view,
    )


def _models(world: Catalog, entry: EndpointEntry) -> SupportedModels | None:
    compatibility = entry.record.compatibility
    return SupportedModels(tuple(_groups(world, entry.record.path)), compatibility.note) if compatibility else None


def _groups(world: Catalog, path: EndpointPath) -> Iterator[ReasonGroup]:
    for answer in Answer:
        reasons: dict[tuple[Message, SourceId | None], list[ModelId]] = {}
        count = 0
        for model in world.models.values():
            cell = model.compatible[path]
            if cell.answer is answer:
                count += 1
                reasons.setdefault((reason(cell), cell.source), []).append(model.record.id)
        if count:
            yield ReasonGroup(
                answer,
                count,
                tuple(ReasonLine(message, source, tuple(ids)) for (message, source), ids in reasons.items()),
            )


def _contents(view: EndpointView) -> Iterator[TocEntry]:
    yield TocEntry("retention", phrase("retention"))
    yield TocEntry("models", phrase("models-of-endpoint"))
    yield TocEntry("plans", phrase("plans"))
    if view.replaces:
        yield TocEntry("replaces", phrase("replaces"))
    if view.conflicts:
        yield TocEntry("conflicts", phrase("conflicts"))

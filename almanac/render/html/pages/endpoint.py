"""An endpoint: where it stands, what it keeps, which models it takes, and what was announced for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Answer, Catalog, EndpointEntry
from almanac.records import EndpointPath, ModelId, SourceId
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.plan_rows import RowView, StepView, once_each, row, steps
from almanac.render.html.summary import Summary, reason, summary
from almanac.render.text.message import Message, phrase


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Models that get the same answer for the same reason."""

    message: Message
    source: SourceId | None
    models: tuple[ModelId, ...]


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    answer: Answer
    count: int
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True)
class EndpointView:
    name: str  # by which the script knows its turns
    entry: EndpointEntry
    summary: Summary
    groups: tuple[ReasonGroup, ...]
    rows: tuple[RowView, ...]
    chain: tuple[StepView, ...]
    replaces: tuple[RowView, ...]


def page(world: Catalog, entry: EndpointEntry) -> Page:
    record = entry.record
    view = EndpointView(
        name=addresses.slug(record.path),
        entry=entry,
        summary=summary(entry, world),
        groups=tuple(_groups(world, record.path)) if record.compatibility else (),
        rows=tuple(row(world, plan) for plan in entry.plans),
        chain=steps(entry.chain),
        replaces=tuple(row(world, plan) for plan in once_each(entry.replaces)),
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


def _groups(world: Catalog, path: EndpointPath) -> Iterator[ReasonGroup]:
    for answer_ in Answer:
        reasons: dict[tuple[Message, SourceId | None], list[ModelId]] = {}
        count = 0
        for model in world.models.values():
            cell = model.compatible[path]
            if cell.answer is answer_:
                count += 1
                reasons.setdefault((reason(cell), cell.source), []).append(model.record.id)
        if count:
            yield ReasonGroup(
                answer_,
                count,
                tuple(ReasonLine(message, source, tuple(ids)) for (message, source), ids in reasons.items()),
            )


def _contents(view: EndpointView) -> Iterator[TocEntry]:
    yield TocEntry("retention", phrase("retention"))
    yield TocEntry("models", phrase("models-of-endpoint"))
    yield TocEntry("plans", phrase("plans"))
    if view.entry.replaces:
        yield TocEntry("replaces", phrase("replaces"))
    if view.entry.conflicts:
        yield TocEntry("conflicts", phrase("conflicts"))

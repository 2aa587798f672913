"""An endpoint: where it stands, what it keeps, which models it takes, and what was announced for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from almanac.catalog import Answer, Catalog, EndpointEntry
from almanac.records import EndpointPath, ModelId, SourceId
from almanac.render import addresses
from almanac.render.answers import Answer as Headline
from almanac.render.answers import answer, reason
from almanac.render.page import Entry, Page
from almanac.render.pages.tables import RowView, StepView, once_each, row, steps
from almanac.render.said import Said, say


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Models that get the same answer for the same reason."""

    said: Said
    source: SourceId | None
    models: tuple[ModelId, ...]


@dataclass(frozen=True, slots=True)
class Group:
    answer: Answer
    count: int
    reasons: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True)
class View:
    name: str  # by which the script knows its turns
    entry: EndpointEntry
    answer: Headline
    groups: tuple[Group, ...]
    rows: tuple[RowView, ...]
    chain: tuple[StepView, ...]
    replaces: tuple[RowView, ...]


def page(world: Catalog, entry: EndpointEntry) -> Page:
    record = entry.record
    view = View(
        name=addresses.slug(record.path),
        entry=entry,
        answer=answer(entry, world),
        groups=tuple(_groups(world, record.path)) if record.compatibility else (),
        rows=tuple(row(world, plan) for plan in entry.plans),
        chain=steps(entry.chain),
        replaces=tuple(row(world, plan) for plan in once_each(entry.replaces)),
    )
    return Page(
        path=addresses.endpoint(record.path),
        template="endpoint.html",
        title=record.path,
        description=say("endpoint-description", path=record.path, answer=view.answer.headline, summary=record.summary),
        section="endpoints",
        contents=tuple(_contents(view)),
        written_at=record.at,
        view=view,
    )


def _groups(world: Catalog, path: EndpointPath) -> Iterator[Group]:
    for answer_ in Answer:
        reasons: dict[tuple[Said, SourceId | None], list[ModelId]] = {}
        count = 0
        for model in world.models.values():
            cell = model.compatible[path]
            if cell.answer is answer_:
                count += 1
                reasons.setdefault((reason(cell), cell.source), []).append(model.record.id)
        if count:
            yield Group(
                answer_,
                count,
                tuple(ReasonLine(said, source, tuple(ids)) for (said, source), ids in reasons.items()),
            )


def _contents(view: View) -> Iterator[Entry]:
    yield Entry("retention", say("retention"))
    yield Entry("models", say("models-of-endpoint"))
    yield Entry("plans", say("plans"))
    if view.entry.replaces:
        yield Entry("replaces", say("replaces"))
    if view.entry.conflicts:
        yield Entry("conflicts", say("conflicts"))

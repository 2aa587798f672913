"""The page of an endpoint: its status, data retention, supported models and announced plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Answer, Catalog, EndpointEntry, Status
from almanac.records import Day, Endpoint, EndpointPath, ModelId, SourceId, Text
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.conflicts import QuestionLink, question_links
from almanac.render.html.pages.data_use import data_use, data_use_changes
from almanac.render.html.pages.facts import (
    FactChange,
    FactList,
    Tag,
    copied,
    fact_changes,
    fact_lines,
    fact_list,
    tags,
)
from almanac.render.html.pages.parameters import kind_name, replacement_names
from almanac.render.html.pages.periods import TextVersion, text_versions
from almanac.render.html.pages.plan_rows import PlanRow, ReplacedRow, StepView, plan_row, replaced_rows, steps
from almanac.render.html.pages.sdk_calls import CallsView, calls_view
from almanac.render.html.pages.sections import note_views
from almanac.render.html.summary import Summary, described, summary, why_supported
from almanac.render.text.message import Message, phrase

_FEW = 3


class ReasonLine(NamedTuple):
    """Models with the same answer for the same reason."""

    message: Message
    sources: tuple[SourceId, ...]  # if they are few; if there are more, each model's page has its own
    models: tuple[ModelId, ...]


class ReasonGroup(NamedTuple):
    answer: Answer
    number: int
    reasons: tuple[ReasonLine, ...]


class SupportedModels(NamedTuple):
    groups: tuple[ReasonGroup, ...]
    copied: Day | None  # the month of the list, if it is old
    note: Text | None


class Operations(NamedTuple):
    """The methods and paths of an endpoint, as one copy lists them."""

    lines: tuple[str, ...]
    source: SourceId


class ParameterRow(NamedTuple):
    name: str
    kind: Message | None  # None for a parameter of the request
    since: Day
    change: Text
    replacements: tuple[str, ...]  # none where none is named
    note: Text | None
    source: SourceId


class EndpointView(NamedTuple):
    key: str  # of its status history
    path: EndpointPath
    title: Text
    badges: tuple[Tag, ...]
    status: Status
    summary: Summary
    description: tuple[TextVersion, ...]
    notes: tuple[TextVersion, ...]
    facts: FactList
    operations: Operations | None
    calls: CallsView | None
    parameters: tuple[ParameterRow, ...]
    retention: FactList
    changes: tuple[FactChange, ...]
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
        badges=tags(world, record.badges),
        status=entry.status,
        summary=summary(entry, world),
        description=text_versions(world, record.summary),
        notes=note_views(world, record.notes),
        facts=fact_list(fact_lines(world, record), entry.last_seen),
        operations=_operations(record),
        calls=calls_view(world, record),
        parameters=tuple(
            ParameterRow(
                name=each.name,
                kind=kind_name(each.kind),
                since=each.since,
                change=each.change,
                replacements=replacement_names(each),
                note=each.note,
                source=each.source,
            )
            for each in record.parameters
        ),
        retention=fact_list(data_use(world, record)),
        changes=(*fact_changes(world, record), *data_use_changes(world, record)),
        models=_models(world, entry),
        plans=tuple(plan_row(world, plan, record.path) for plan in entry.plans),
        chain=steps(entry.chain),
        replaces=replaced_rows(world, entry.replaces, record.path),
        conflicts=question_links(world, entry.conflicts),
    )
    return Page(
        path=addresses.endpoint(record.path),
        name=record.path,
        template="endpoint.html",
        title=record.path,
        description=phrase("entry-description", name=record.path, **described(entry, world, record.summary.value)),
        section="endpoints",
        contents=tuple(_contents(view)),
        written_at=record.at,
        known_from=entry.exists_from,
        view=view,
    )


def _operations(record: Endpoint) -> Operations | None:
    listed = record.operations.now
    return Operations(tuple(map(str, listed.value)), listed.source) if listed else None


def _models(world: Catalog, entry: EndpointEntry) -> SupportedModels | None:
    listing = entry.record.compatibility.now
    groups = tuple(_groups(world, entry.record.path))
    if entry.record.path not in world.answered:
        return None
    cells = (model.compatible[entry.record.path] for model in world.models.values())
    said = {cell.source for cell in cells if cell.answer is not Answer.UNKNOWN}
    if listing is None or listing.source not in said:  # the models' own lists say everything
        return SupportedModels(groups, None, None)
    return SupportedModels(groups, copied(world, listing.source), listing.note)


def _groups(world: Catalog, path: EndpointPath) -> Iterator[ReasonGroup]:
    for answer in Answer:
        reasons: dict[Message, tuple[dict[SourceId, None], list[ModelId]]] = {}
        count = 0
        for model in world.models.values():
            cell = model.compatible[path]
            if cell.answer is answer:
                count += 1
                sources, ids = reasons.setdefault(why_supported(cell), ({}, []))
                ids.append(model.record.id)
                if cell.source:
                    sources[cell.source] = None
        if count:
            yield ReasonGroup(
                answer,
                count,
                tuple(
                    ReasonLine(message, tuple(sources) if len(sources) <= _FEW else (), tuple(ids))
                    for message, (sources, ids) in reasons.items()
                ),
            )


def _contents(view: EndpointView) -> Iterator[TocEntry]:
    yield TocEntry("facts", phrase("facts"))
    if view.parameters:
        yield TocEntry("parameters", phrase("parameters"))
    yield TocEntry("retention", phrase("retention"))
    if view.changes:
        yield TocEntry("fact-history", phrase("fact-history"))
    yield TocEntry("models", phrase("models-of-endpoint"))
    yield TocEntry("plans", phrase("plans"))
    if view.replaces:
        yield TocEntry("replaces", phrase("replaces"))
    if view.conflicts:
        yield TocEntry("conflicts", phrase("conflicts"))

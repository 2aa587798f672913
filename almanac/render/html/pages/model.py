"""A model, snapshot or alias: the answer first, then everything known of it, each fact with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from almanac import addresses
from almanac.catalog import Answer, Catalog, ModelEntry, Status
from almanac.records import Absent, Certainty, EndpointPath, Fact, ModelId, Pointing, SourceId
from almanac.render.html import charts
from almanac.render.html.page import Page, TocEntry
from almanac.render.html.pages.drop_ins import ReportView, report
from almanac.render.html.pages.endpoints import kept, zero_retention
from almanac.render.html.pages.plan_rows import RowView, StepView, once_each, price_part, row, steps
from almanac.render.html.summary import Summary, deadline, reason, summary
from almanac.render.text.message import IdLink, JoinedList, Message, phrase


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as one line of the list: its name, what to say, its source, and a remark."""

    name: Message
    message: Message
    source: SourceId
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class EndpointLine:
    """An endpoint that takes the model, and what it keeps."""

    path: EndpointPath
    answer: Message
    source: SourceId
    reason: Message
    kept: Message
    zero: Message


@dataclass(frozen=True, slots=True)
class Others:
    """Endpoints that do not take the model, or how many there are of which that is not known."""

    message: Message
    paths: tuple[EndpointPath, ...] = ()


@dataclass(frozen=True, slots=True)
class PointingLine:
    """A period in which one name answers as another."""

    alias: ModelId
    pointing: Pointing
    since: Message
    until: Message


@dataclass(frozen=True, slots=True)
class Discontinued:
    """What the table of temporary snapshots says of the model."""

    source: SourceId
    until: Message
    instead: ModelId


@dataclass(frozen=True, slots=True)
class ModelView:
    name: str  # by which the script knows its turns
    entry: ModelEntry
    summary: Summary
    life: charts.LifeView | None
    facts: tuple[FactLine, ...]
    points: tuple[PointingLine, ...]
    rows: tuple[RowView, ...]
    discontinued: Discontinued | None
    chain: tuple[StepView, ...]
    drop_ins: tuple[ReportView, ...]
    taken_by: tuple[EndpointLine, ...]  # yes and conditional
    not_taken_by: tuple[Others, ...]
    replaces: tuple[RowView, ...]


def page(world: Catalog, entry: ModelEntry) -> Page:
    model = entry.record
    view = ModelView(
        name=model.id,
        entry=entry,
        summary=summary(entry, world),
        life=charts.life(entry, world),
        facts=tuple(facts(entry)),
        points=tuple(_points(world, entry)),
        rows=tuple(row(world, plan) for plan in entry.plans),
        discontinued=_discontinued(world, entry),
        chain=steps(entry.chain),
        drop_ins=tuple(report(each) for each in entry.drop_ins),
        taken_by=tuple(_taken_by(world, entry)),
        not_taken_by=tuple(_not_taken_by(entry)),
        replaces=tuple(row(world, plan) for plan in once_each(entry.replaces)),
    )
    return Page(
        path=addresses.model(model.id),
        template="model.html",
        title=model.id,
        description=phrase("model-description", name=model.id, answer=view.summary.headline, summary=model.summary),
        section="models",
        contents=tuple(_contents(view)),
        written_at=model.at,
        view=view,
    )


def _contents(view: ModelView) -> Iterator[TocEntry]:
    entry = view.entry
    yield TocEntry("facts", phrase("facts"))
    if view.points or entry.snapshots:
        yield TocEntry("names", phrase("names"))
    yield TocEntry("plans", phrase("plans"))
    if entry.chain:
        yield TocEntry("chain", phrase("chain"))
    if entry.drop_ins:
        yield TocEntry("drop-in", phrase("drop-in"))
    yield TocEntry("endpoints", phrase("endpoints-of-model"))
    if view.replaces:
        yield TocEntry("replaces", phrase("replaces"))
    if entry.conflicts:
        yield TocEntry("conflicts", phrase("conflicts"))


def _points(world: Catalog, entry: ModelEntry) -> Iterator[PointingLine]:
    periods = [(entry.record.id, pointing) for pointing in entry.record.points_to]
    for alias, pointing in (*periods, *entry.aliases):
        planned = pointing.certainty is Certainty.PLANNED
        since: Message = pointing.since or Absent.UNKNOWN
        yield PointingLine(
            alias,
            pointing,
            phrase("planned-for", day=pointing.since) if planned and pointing.since else since,
            pointing.until or _still(world.models[alias]),
        )


def _still(alias: ModelEntry) -> Message:
    """Until when a name points to something that no later period ends: to the present, or to its own shutdown."""
    over = alias.plan.shutdown.day if alias.plan else None
    if over and alias.status is Status.SHUT_DOWN:
        return over
    return phrase("planned-for", day=over) if over and alias.status is Status.PASSED else phrase("open-end")


def _discontinued(world: Catalog, entry: ModelEntry) -> Discontinued | None:
    message = entry.discontinuation
    if message is None:
        return None
    return Discontinued(world.discontinuations.source, deadline(message.shutdown), message.replacement.id)


def _taken_by(world: Catalog, entry: ModelEntry) -> Iterator[EndpointLine]:
    for path, endpoint in world.endpoints.items():
        cell = entry.compatible[path]
        if cell.source and cell.answer in {Answer.YES, Answer.CONDITIONAL}:
            yield EndpointLine(
                path,
                phrase(f"answer-is-{cell.answer}"),
                cell.source,
                reason(cell),
                kept(endpoint.record),
                zero_retention(endpoint.record),
            )


def _not_taken_by(entry: ModelEntry) -> Iterator[Others]:
    """The endpoints that do not take it, and those of which nobody says; one sentence where nobody says of any."""
    if all(cell.answer is Answer.UNKNOWN for cell in entry.compatible.values()):
        yield Others(phrase("endpoints-unrecorded"))
        return
    answers = [cell.answer for cell in entry.compatible.values()]
    if Answer.NO in answers:
        paths = tuple(path for path, cell in sorted(entry.compatible.items()) if cell.answer is Answer.NO)
        yield Others(phrase("endpoints-no"), paths)
    if Answer.UNKNOWN in answers:
        yield Others(phrase("endpoints-unknown", count=answers.count(Answer.UNKNOWN)))


def facts(entry: ModelEntry) -> Iterator[FactLine]:
    """Everything recorded of a model itself, in the order in which it is shown."""
    model = entry.record
    yield FactLine(phrase("kind"), phrase(f"kind-{model.kind}"), model.source)
    if model.label:
        yield FactLine(phrase("label"), model.label, model.source)
    if model.badges:
        yield _list("badges", "badge", model.badges, model.source)
    if model.released:
        yield _line("released", model.released)
    if model.snapshot_of:
        of = model.snapshot_of
        yield FactLine(
            phrase("snapshot-of"),
            phrase("snapshot-from", name=IdLink(of.value.name.id), day=of.value.taken),
            of.source,
            of.note,
        )
    if model.max_tokens is None or not isinstance(model.context_window.value, Absent):
        yield _line("context-window", model.context_window)
    if model.max_tokens:
        yield _line("max-tokens", model.max_tokens)
    yield _line("max-output", model.max_output)
    yield _line("training-cutoff", model.training_cutoff)
    yield _list("input", "modality", model.input, model.source)
    yield _list("output", "modality", model.output, model.source)
    if model.price:
        price = model.price
        message = JoinedList(tuple(price_part(part) for part in price.value.parts))
        yield FactLine(phrase("price-now"), message, price.source, price.note)
    if model.capabilities:
        yield _list("capabilities", "capability", model.capabilities, model.source)


def _line(name: str, fact: Fact[Message]) -> FactLine:
    return FactLine(phrase(name), fact.value, fact.source, fact.note)


def _list(name: str, vocabulary: str, facts: tuple[Fact[Message], ...], source: SourceId) -> FactLine:
    """Words of a closed set, each said as `<vocabulary>-<word>`; an empty list is an unknown."""
    if not facts:
        return FactLine(phrase(name), Absent.UNKNOWN, source)
    message = JoinedList(tuple(phrase(f"{vocabulary}-{fact.value}") for fact in facts))
    return FactLine(phrase(name), message, facts[0].source, next((fact.note for fact in facts if fact.note), None))

"""The page of a model, snapshot or alias: the summary first, then every fact with its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import AVAILABLE, Answer, Catalog, ModelEntry, Status
from almanac.records import Absent, Certainty, Day, EndpointPath, Model, ModelId, Precision, SourceId
from almanac.render.html import charts
from almanac.render.html.page import About, Page, TocEntry
from almanac.render.html.pages.conflicts import QuestionLink, question_links
from almanac.render.html.pages.data_use import retention, zero_retention
from almanac.render.html.pages.drop_ins import ChangeView, Migration, migrations, what_to_change
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
from almanac.render.html.pages.links import FamilyLink, family_link
from almanac.render.html.pages.periods import TextVersion, text_versions
from almanac.render.html.pages.plan_rows import (
    PlanRow,
    ReplacedRow,
    StepView,
    plan_row,
    replaced_rows,
    steps,
)
from almanac.render.html.pages.sections import note_views
from almanac.render.html.summary import Summary, deadline, described, exact_end, summary, until, why_supported
from almanac.render.text.message import Message, phrase


class PointingRow(NamedTuple):
    """A period in which an alias points to a model."""

    alias: ModelId
    model: ModelId
    source: SourceId
    since: Message
    until: Message


class DiscontinuationRow(NamedTuple):
    """The model's row in the table of temporary snapshots."""

    source: SourceId
    until: Message
    replacement: ModelId


class SupportedEndpointRow(NamedTuple):
    """An endpoint that supports the model, with its data retention."""

    path: EndpointPath
    status: Status | None  # where it is deprecated or shut down
    answer: Message
    source: SourceId
    reason: Message
    retention: Message
    zero: Message


class OtherEndpoints(NamedTuple):
    """The endpoints that do not support the model, or the number of endpoints for which support is unknown."""

    message: Message
    paths: tuple[EndpointPath, ...] = ()


class KinRow(NamedTuple):
    """A model of the same family, or the model itself."""

    id: ModelId
    status: Status
    until: Message


class ModelView(NamedTuple):
    id: ModelId
    family: FamilyLink
    kin: tuple[KinRow, ...]  # the family, if it has others
    family_badges: tuple[Tag, ...]
    status: Status
    summary: Summary
    life: charts.LifeView | None
    description: tuple[TextVersion, ...]  # empty where no source of that time describes the model
    facts: FactList
    changes: tuple[FactChange, ...]
    notes: tuple[TextVersion, ...]
    pointings: tuple[PointingRow, ...]
    snapshots: tuple[ModelId, ...]
    plans: tuple[PlanRow, ...]
    discontinuation: DiscontinuationRow | None
    chain: tuple[StepView, ...]
    migrations: tuple[Migration, ...]
    what_to_change: tuple[ChangeView, ...]  # in moving to this model
    supported_endpoints: tuple[SupportedEndpointRow, ...]  # the answer is yes or conditional
    lists_copied: Day | None  # the month of the copies that list supported models, if they are old
    other_endpoints: tuple[OtherEndpoints, ...]
    replaces: tuple[ReplacedRow, ...]
    conflicts: tuple[QuestionLink, ...]


def page(world: Catalog, entry: ModelEntry) -> Page:
    model = entry.record
    cards = migrations(entry, world)
    view = ModelView(
        id=model.id,
        family=family_link(entry.family),
        kin=_kin(world, entry),
        family_badges=tags(world, entry.family.badges),
        status=entry.status,
        summary=_summary(entry, world, cards),
        life=charts.life(entry, world),
        description=text_versions(world, model.summary),
        facts=fact_list(fact_lines(world, model), entry.last_seen),
        changes=tuple(fact_changes(world, model)),
        notes=note_views(world, model.notes),
        pointings=tuple(_pointings(world, entry)),
        snapshots=entry.snapshots,
        plans=tuple(plan_row(world, plan, model.id) for plan in entry.plans),
        discontinuation=_discontinuation(world, entry),
        chain=steps(entry.chain),
        migrations=cards,
        what_to_change=what_to_change(entry),
        supported_endpoints=tuple(_supported_endpoints(world, entry)),
        lists_copied=copied(world, *_lists(world, entry)),
        other_endpoints=tuple(_other_endpoints(entry)),
        replaces=replaced_rows(world, entry.replaces, model.id),
        conflicts=question_links(world, entry.conflicts),
    )
    return Page(
        path=addresses.model(model.id),
        name=model.id,
        template="model.html",
        title=model.id,
        description=phrase("entry-description", name=model.id, **described(entry, world, model.summary.value)),
        about=About("SoftwareApplication", model.id, _released(model), exact_end(entry.plan)),
        section="models",
        contents=tuple(_contents(view)),
        written_at=model.at,
        known_from=entry.exists_from,
        view=view,
    )


def _summary(entry: ModelEntry, world: Catalog, cards: tuple[Migration, ...]) -> Summary:
    """The summary; without the sentence about the replacement where that is the only one and has a card."""
    found = summary(entry, world)
    named = entry.plan.replacements if entry.plan else ()
    if [each.name for each in named] != [card.new for card in cards]:
        return found
    is_said = len(cards) == 1
    return found._replace(
        details=tuple(each for each in found.details if not (is_said and each.key == "summary-replacement"))
    )


def _released(model: Model) -> Day | None:
    """The day of its release, if it is on record."""
    day = model.released.known
    return day if day and day.precision is Precision.DAY else None


def _contents(view: ModelView) -> Iterator[TocEntry]:
    yield TocEntry("facts", phrase("facts"))
    if view.changes:
        yield TocEntry("fact-history", phrase("fact-history"))
    if view.pointings or view.snapshots:
        yield TocEntry("names", phrase("names"))
    yield TocEntry("plans", phrase("plans"))
    if view.chain:
        yield TocEntry("chain", phrase("chain"))
    yield TocEntry("endpoints", phrase("endpoints-of-model"))
    if view.replaces:
        yield TocEntry("replaces", phrase("replaces"))
    if view.what_to_change:
        yield TocEntry("what-to-change", phrase("what-to-change"))
    if view.conflicts:
        yield TocEntry("conflicts", phrase("conflicts"))


def _pointings(world: Catalog, entry: ModelEntry) -> Iterator[PointingRow]:
    periods = [(entry.record.id, pointing) for pointing in entry.record.points_to]
    for alias, pointing in (*periods, *entry.aliases):
        planned = pointing.certainty is Certainty.PLANNED
        since: Message = pointing.since or Absent.UNKNOWN
        if pointing.observed and not pointing.since:
            since = phrase("pointing-observed", day=pointing.observed)
        yield PointingRow(
            alias,
            pointing.model.id,
            pointing.source,
            phrase("planned-for", day=pointing.since) if planned and pointing.since else since,
            pointing.until or _until_shutdown(world.models[alias]),
        )


def _until_shutdown(alias: ModelEntry) -> Message:
    """The end of an alias's last pointing: open, or the shutdown date of the alias."""
    over = alias.plan.shutdown.day if alias.plan else None
    if over and alias.status is Status.SHUT_DOWN:
        return over
    return phrase("planned-for", day=over) if over and alias.status is Status.PASSED else phrase("open-end")


def _kin(world: Catalog, entry: ModelEntry) -> tuple[KinRow, ...]:
    family = world.families[entry.family.id].models
    if len(family) == 1:
        return ()
    return tuple(KinRow(each.record.id, each.status, until(each.plan) if each.plan else "") for each in family)


def _discontinuation(world: Catalog, entry: ModelEntry) -> DiscontinuationRow | None:
    record = entry.discontinuation
    if record is None:
        return None
    return DiscontinuationRow(world.discontinuations.source, deadline(record.shutdown), record.replacement.id)


def _supported_endpoints(world: Catalog, entry: ModelEntry) -> Iterator[SupportedEndpointRow]:
    for path, endpoint in world.endpoints.items():
        cell = entry.compatible[path]
        if cell.source and cell.answer in {Answer.YES, Answer.CONDITIONAL}:
            yield SupportedEndpointRow(
                path,
                None if endpoint.status in AVAILABLE else endpoint.status,
                phrase(f"answer-is-{cell.answer}"),
                cell.source,
                why_supported(cell),
                retention(endpoint.record),
                zero_retention(endpoint.record),
            )


def _lists(world: Catalog, entry: ModelEntry) -> Iterator[SourceId]:
    """The sources of the lists of models by which it is known whether an endpoint supports this one."""
    for path, endpoint in world.endpoints.items():
        listing = endpoint.record.compatibility.now
        if listing and entry.compatible[path].answer is not Answer.UNKNOWN:
            yield listing.source


def _other_endpoints(entry: ModelEntry) -> Iterator[OtherEndpoints]:
    """Endpoints without support, and the number of unknown ones; one sentence where all are unknown."""
    if all(cell.answer is Answer.UNKNOWN for cell in entry.compatible.values()):
        yield OtherEndpoints(phrase("endpoints-unrecorded"))
        return
    answers = [cell.answer for cell in entry.compatible.values()]
    if Answer.NO in answers:
        paths = tuple(path for path, cell in sorted(entry.compatible.items()) if cell.answer is Answer.NO)
        yield OtherEndpoints(phrase("endpoints-no"), paths)
    if Answer.UNKNOWN in answers:
        yield OtherEndpoints(phrase("endpoints-unknown", count=answers.count(Answer.UNKNOWN)))

"""Plans as table rows: on announcements, on the page of the subject, and on the page of its replacement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Plan, Status, Step, Version
from almanac.plans import names
from almanac.records import (
    Absent,
    AnnouncementId,
    Day,
    Deadline,
    Event,
    EventKind,
    Precision,
    Price,
    PriceFor,
    PricePart,
    PriceUnit,
    Scope,
    SourceId,
    Text,
    Together,
)
from almanac.render.html.summary import deadline, told_by, told_sentence, with_copy
from almanac.render.text.message import JoinedList, Message, phrase, replacement, replacements, subject

_MILLION = 1_000_000
RECENT = timedelta(days=30)
"""What changed in this time is marked."""


class ChangeView(NamedTuple):
    """A later change of a plan."""

    title: Message  # the date of the change, and what changed
    until: Message | None  # the new date, with the number of days that it moved
    replacements: Message | None
    source: SourceId
    since: date  # the day of the change
    is_recent: bool


@dataclass(frozen=True, slots=True)
class ToldUntil:
    """Until this day, the row is known only from a later copy; the words say so."""

    words: Message
    until: date


class AnnouncedRow(NamedTuple):
    """A row of an announcement's table as first announced, with its later changes and today's status."""

    anchor: str
    name: Message
    others: tuple[Message, ...]  # other names in the same cell
    scope: Message | None
    until: Message
    replacements: Message
    training_price: tuple[Message, ...]
    price: tuple[Message, ...]
    status: Status
    changes: tuple[ChangeView, ...]
    since: date | None  # if it is not known from the announcement on
    told_before: ToldUntil | None


class TableView(NamedTuple):
    """A table of an announcement."""

    anchor: str
    title: Text
    note: Text | None
    rows: tuple[AnnouncedRow, ...]
    priced: bool
    training: bool
    told: Message | None  # the later copy from which all rows are known
    told_before: ToldUntil | None  # the same, on earlier days


@dataclass(frozen=True, slots=True)
class OtherNames:
    message: Message
    since: date | None = None  # if they were added later


class PlanRow(NamedTuple):
    """A plan as first announced, on the page of its subject."""

    announcement: AnnouncementId
    anchor: str  # of the row in the announcement
    announced: Day
    source: SourceId
    table: Text
    scope: Message | None
    others: tuple[OtherNames, ...]  # how it is listed with others, and for which whole it was announced
    until: Message
    replacements: Message
    prices: tuple[Message, ...]
    changes: tuple[ChangeView, ...]
    since: date
    told_before: ToldUntil | None


class ReplacedRow(NamedTuple):
    """A replaced model, endpoint or product, on the page of its replacement."""

    key: str  # of its status history
    name: Message
    status: Status
    announcement: AnnouncementId
    anchor: str
    announced: Day
    since: date  # the day from which its plan names the replacement
    until: date | None  # if a later plan does


def tables(world: Catalog, announcement: AnnouncementId) -> tuple[TableView, ...]:
    return tuple(_table(world, plans) for plans in plans_by_table(world, announcement))


def plans_by_table(world: Catalog, announcement: AnnouncementId) -> Iterator[tuple[Plan, ...]]:
    """The plans of an announcement, grouped by table; one plan for each row."""
    for _, plans in groupby(world.plans[announcement], key=lambda plan: plan.table.id):
        yield tuple(plan for plan in plans if _is_first_in_cell(plan))


def _is_first_in_cell(plan: Plan) -> bool:
    """Whether the plan's name is the first in its cell, which names the row."""
    return plan.name == plan.row.subject.name


def _table(world: Catalog, plans: tuple[Plan, ...]) -> TableView:
    table = plans[0].table
    told = {told_sentence(plan.first) for plan in plans}
    together = told.pop() if len(told) == 1 else None
    before = {_told_before(world, plan, told_sentence) for plan in plans}
    return TableView(
        anchor=table.id,
        title=table.title,
        note=table.note,
        rows=tuple(
            _announced_row(world, plan, told_apart=together is None, told_apart_before=len(before) > 1)
            for plan in plans
        ),
        priced=any(plan.row.price is not Absent.NOT_APPLICABLE for plan in plans),
        training=any(plan.row.training_price is not Absent.NOT_APPLICABLE for plan in plans),
        told=together,
        told_before=next(iter(before)) if len(before) == 1 and not together else None,
    )


def _announced_row(world: Catalog, plan: Plan, *, told_apart: bool, told_apart_before: bool) -> AnnouncedRow:
    end = deadline(plan.first.shutdown)
    return AnnouncedRow(
        anchor=row_anchor(plan),
        name=subject(plan.name),
        others=tuple(subject(ref.id) for ref in plan.row.listed_with),
        scope=scope(plan),
        until=with_copy(end, plan.first) if told_apart else end,
        replacements=replacements(plan.first.replacements),
        training_price=_price(plan.row.training_price),
        price=_price(plan.row.price),
        status=world.statuses[plan.name],
        changes=tuple(_changes(world, plan)),
        since=plan.known_from if plan.known_from > plan.announced else None,
        told_before=_told_before(world, plan, told_by) if told_apart_before and not plan.first.told_by else None,
    )


def _told_before(world: Catalog, plan: Plan, words: Callable[[Version], Message | None]) -> ToldUntil | None:
    """Until when the row is known only from its later copy; None if it was copied on its first day."""
    copy = world.sources[plan.row.source]
    if plan.row.observed or copy.state_of.first <= plan.known_from:
        return None
    told = words(replace(plan.first, told_by=copy))
    return ToldUntil(told, copy.state_of.first) if told else None


def plan_row(world: Catalog, plan: Plan, name: str) -> PlanRow:
    """The row of a plan on the page of a name; a plan of its family or product names these."""
    return PlanRow(
        announcement=plan.announcement.id,
        anchor=row_anchor(plan),
        announced=plan.announcement.announced,
        source=plan.announcement.source,
        table=plan.table.title,
        scope=scope(plan),
        others=(*_whole(plan, name), *_others(plan)),
        until=with_copy(deadline(plan.first.shutdown), plan.first),
        replacements=replacements(plan.first.replacements),
        prices=(*_price(plan.row.training_price), *_price(plan.row.price)),
        changes=tuple(_changes(world, plan)),
        since=plan.known_from,
        told_before=None if plan.first.told_by else _told_before(world, plan, told_by),
    )


def replaced_rows(world: Catalog, plans: Iterable[Plan], name: str) -> tuple[ReplacedRow, ...]:
    """A row for each plan that names the replacement: for each subject, until its next such plan."""
    by_subject: defaultdict[str, list[Plan]] = defaultdict(list)
    for plan in sorted(plans, key=lambda plan: plan.announced, reverse=True):
        by_subject[plan.name].append(plan)
    return tuple(
        ReplacedRow(
            key=addresses.slug(plan.name),
            name=subject(plan.name),
            status=world.statuses[plan.name],
            announcement=plan.announcement.id,
            anchor=row_anchor(plan),
            announced=plan.announcement.announced,
            since=_names_from(plan, name),
            until=_names_from(later, name) if later else None,
        )
        for newest_first in by_subject.values()
        for later, plan in pairwise((None, *newest_first))
        if plan
    )


def _names_from(plan: Plan, replacement: str) -> date:
    """The day from which a plan names a replacement."""
    for version in plan.versions:
        if replacement in names(version.replacements):
            return version.event.day.first if version.event else plan.known_from
    return plan.known_from


def row_anchor(plan: Plan) -> str:
    """The anchor of the plan's row on the page of its announcement."""
    return addresses.row(plan.table.id, plan.row.subject.name)


def scope(plan: Plan) -> Message | None:
    return None if plan.row.scope is Scope.ALL else phrase(f"scope-{plan.row.scope}")


def _whole(plan: Plan, name: str) -> Iterator[OtherNames]:
    if plan.name != name:
        yield OtherNames(phrase("announced-for", family=subject(plan.name)))


def _others(plan: Plan) -> Iterator[OtherNames]:
    """The other names of the row, by how they are listed with this one."""
    added = {str(ref.id): event.day.first for event in plan.events for ref in event.adds}
    for together in Together:
        listed = [(added.get(name), name) for name, how in plan.others.items() if how is together]
        for since in sorted({since for since, _ in listed}, key=lambda since: since or date.min):
            names_then = tuple(subject(name) for day, name in listed if day == since)
            yield OtherNames(phrase(f"listed-{together}", names=JoinedList(names_then)), since)


def _changes(world: Catalog, plan: Plan) -> Iterator[ChangeView]:
    versions = {version.event.id: version for version in plan.versions if version.event}
    before = plan.first
    for event in plan.events:
        if event.adds:
            added = JoinedList(tuple(subject(ref.id) for ref in event.adds))
            title = phrase("dated", day=event.day, title=phrase(f"change-added-{event.together}", names=added))
            yield ChangeView(title, None, None, event.source, *_since(world, event))
        version = versions.get(event.id)
        if version:
            restored = deadline(version.shutdown) if event.kind is EventKind.RESTORED else None
            yield ChangeView(
                _change_title(event),
                restored or _moved(before.shutdown, version.shutdown),
                replacements(version.replacements) if version.replacements != before.replacements else None,
                event.source,
                *_since(world, event),
            )
            before = version
        elif event.kind in {EventKind.WITHDRAWN, EventKind.ACCESS_LIMITED}:
            yield ChangeView(_change_title(event), None, None, event.source, *_since(world, event))


def _since(world: Catalog, event: Event) -> tuple[date, bool]:
    """The day of an event, and whether it is recent."""
    return event.day.first, world.as_of - event.day.first <= RECENT


def _change_title(event: Event) -> Message:
    since = {"since": event.since} if event.since else {}
    return phrase("dated", day=event.day, title=phrase(f"change-{event.kind}", **since))


def _moved(before: Deadline, after: Deadline) -> Message | None:
    """The new date, with the number of days that it moved if both are exact; None if unchanged."""
    if before == after:
        return None
    exact = all(end.day and end.day.precision is Precision.DAY for end in (before, after))
    days = (after.day.first - before.day.first).days if exact and before.day and after.day else 0
    if not days:
        return deadline(after)
    moved = phrase("moved-later" if days > 0 else "moved-earlier", days=abs(days))
    return phrase("under-condition", thing=deadline(after), condition=moved)


class StepView(NamedTuple):
    """A replacement in a chain, with its own replacements."""

    name: Message
    status: Status | None  # None for a guide or programme
    until: Message | None
    warnings: tuple[Message, ...]
    next: tuple[StepView, ...]


def steps(chain: tuple[Step, ...]) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            name=replacement(step.replacement),
            status=step.status,
            until=deadline(step.shutdown) if step.shutdown else None,
            warnings=tuple(_warnings(step)),
            next=steps(step.then),
        )
        for step in chain
    )


def _warnings(step: Step) -> Iterator[Message]:
    """Warnings: the step repeats an earlier one, is a dead end, or is shut down no later than what it replaces."""
    if step.repeats:
        yield phrase("chain-repeats")
    if step.is_dead_end:
        yield phrase("chain-dead-end")
    if step.ends_first:
        yield phrase("chain-ends-first")


def _price(price: Price | Absent) -> tuple[Message, ...]:
    """The parts of a price; empty where the table has no such column."""
    if isinstance(price, Absent):
        return () if price is Absent.NOT_APPLICABLE else (price,)
    return tuple(price_part(part) for part in price.parts)


def price_part(part: PricePart) -> Message:
    """A price as written, with the price per million tokens if that differs."""
    amount = f"${part.digits}"
    per = f"{part.per // 1000}K" if part.per < _MILLION else f"{part.per // _MILLION}M"
    if part.unit is PriceUnit.CHARACTER:
        written = phrase("price-per-character", amount=amount, per=per)
    elif part.unit is not PriceUnit.TOKEN:
        key = "price-training-hour" if part.use is PriceFor.TRAINING else f"price-per-{part.unit}"
        written = phrase(key, amount=amount)
    else:
        kind = "-".join(filter(None, (part.use.replace(" ", "-"), part.modality)))
        written = phrase(f"price-{kind}", amount=amount, per=per)
    if part.long_context:
        written = phrase("price-long-context", price=written)
    if part.detail:
        written = phrase("under-condition", thing=written, condition=part.detail)
    if part.unit is not PriceUnit.TOKEN or part.per == _MILLION:
        return written
    return phrase("price-million", price=written, million=f"${part.per_million:.2f}")

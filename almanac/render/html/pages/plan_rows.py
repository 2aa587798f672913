"""Plans as table rows: on announcements, on the page of the subject, and on the page of its replacement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, Plan, Status, Step
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
from almanac.render.html.summary import deadline, told_sentence, with_copy
from almanac.render.text.message import JoinedList, Message, phrase, replacement, replacements, subject

_MILLION = 1_000_000


class ChangeView(NamedTuple):
    """A later change of a plan."""

    title: Message  # the date of the change, and what changed
    until: Message | None  # the new date, with the number of days that it moved
    replacements: Message | None
    source: SourceId


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


class TableView(NamedTuple):
    """A table of an announcement."""

    anchor: str
    title: Text
    note: Text | None
    rows: tuple[AnnouncedRow, ...]
    priced: bool
    training: bool
    told: Message | None  # the later copy from which all rows are known


class PlanRow(NamedTuple):
    """A plan as first announced, on the page of its subject."""

    announcement: AnnouncementId
    anchor: str  # of the row in the announcement
    announced: Day
    source: SourceId
    table: Text
    scope: Message | None
    others: tuple[Message, ...]  # how it is listed with others, and for which whole it was announced
    until: Message
    replacements: Message
    prices: tuple[Message, ...]
    changes: tuple[ChangeView, ...]


class ReplacedRow(NamedTuple):
    """A replaced model, endpoint or product, on the page of its replacement."""

    name: Message
    status: Status
    announcement: AnnouncementId
    anchor: str
    announced: Day


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
    return TableView(
        anchor=table.id,
        title=table.title,
        note=table.note,
        rows=tuple(_announced_row(world, plan, told_apart=together is None) for plan in plans),
        priced=any(plan.row.price is not Absent.NOT_APPLICABLE for plan in plans),
        training=any(plan.row.training_price is not Absent.NOT_APPLICABLE for plan in plans),
        told=together,
    )


def _announced_row(world: Catalog, plan: Plan, *, told_apart: bool) -> AnnouncedRow:
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
        changes=tuple(_changes(plan)),
    )


def plan_row(plan: Plan, name: str) -> PlanRow:
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
        changes=tuple(_changes(plan)),
    )


def replaced_rows(world: Catalog, plans: Iterable[Plan]) -> tuple[ReplacedRow, ...]:
    """One row for each name, by its most recent plan."""
    newest: dict[str, Plan] = {}
    for plan in sorted(plans, key=lambda plan: plan.announced, reverse=True):
        newest.setdefault(plan.name, plan)
    return tuple(
        ReplacedRow(
            name=subject(plan.name),
            status=world.statuses[plan.name],
            announcement=plan.announcement.id,
            anchor=row_anchor(plan),
            announced=plan.announcement.announced,
        )
        for plan in newest.values()
    )


def row_anchor(plan: Plan) -> str:
    """The anchor of the plan's row on the page of its announcement."""
    return addresses.row(plan.table.id, plan.row.subject.name)


def scope(plan: Plan) -> Message | None:
    return None if plan.row.scope is Scope.ALL else phrase(f"scope-{plan.row.scope}")


def _whole(plan: Plan, name: str) -> Iterator[Message]:
    if plan.name != name:
        yield phrase("announced-for", family=subject(plan.name))


def _others(plan: Plan) -> Iterator[Message]:
    """The other names of the row, by how they are listed with this one."""
    for together in Together:
        names = tuple(subject(name) for name, how in plan.others.items() if how is together)
        if names:
            yield phrase(f"listed-{together}", names=JoinedList(names))


def _changes(plan: Plan) -> Iterator[ChangeView]:
    versions = {version.event.id: version for version in plan.versions if version.event}
    before = plan.first
    for event in plan.events:
        if event.adds:
            names = JoinedList(tuple(subject(ref.id) for ref in event.adds))
            title = phrase("dated", day=event.day, title=phrase(f"change-added-{event.together}", names=names))
            yield ChangeView(title, None, None, event.source)
        version = versions.get(event.id)
        if version:
            restored = deadline(version.shutdown) if event.kind is EventKind.RESTORED else None
            yield ChangeView(
                _change_title(event),
                restored or _moved(before.shutdown, version.shutdown),
                replacements(version.replacements) if version.replacements != before.replacements else None,
                event.source,
            )
            before = version
        elif event.kind in {EventKind.WITHDRAWN, EventKind.ACCESS_LIMITED}:
            yield ChangeView(_change_title(event), None, None, event.source)


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
    return phrase("price-million", price=written, million=f"${part.amount * _MILLION / part.per:.2f}")

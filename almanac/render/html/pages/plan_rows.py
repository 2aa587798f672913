"""The tables of an announcement as shown: each row as announced, beside where its subject stands on the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from almanac import addresses
from almanac.catalog import Catalog, Plan, Status, Step
from almanac.records import Absent, AnnouncementId, Deadline, Event, Precision, Price, PricePart, Scope, Table
from almanac.render.html.summary import deadline
from almanac.render.text.message import Message, phrase, replacement, replacements, subject

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A later change of a plan: when it was first seen and what it did; the new day, with by how much it moved."""

    event: Event
    told: Message
    until: Message | None
    replacements: Message | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A plan as first announced, what became of it, and where its subject stands on the day."""

    plan: Plan
    anchor: str
    name: Message
    others: tuple[Message, ...]  # other names in the same cell
    scope: Message | None
    status: Status
    until: Message
    price: tuple[Message, ...]
    training_price: tuple[Message, ...]
    prices: tuple[Message, ...]  # both
    replacements: Message
    now: Message  # the replacements as worded now
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    record: Table
    rows: tuple[RowView, ...]
    priced: bool
    training: bool


def tables(world: Catalog, announcement: AnnouncementId) -> tuple[TableView, ...]:
    several = groupby(world.plans[announcement], key=lambda plan: plan.table.id)
    return tuple(_table(world, tuple(plan for plan in plans if _leads(plan))) for _, plans in several)


def once_each(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """Of several plans for one name, the one announced last."""
    newest: dict[str, Plan] = {}
    for plan in sorted(plans, key=lambda plan: plan.announced, reverse=True):
        newest.setdefault(plan.name, plan)
    return tuple(newest.values())


def _leads(plan: Plan) -> bool:
    """Whether the plan stands for its row: the other names of the cell are shown with it."""
    return plan.name == plan.row.subject.name


def _table(world: Catalog, plans: tuple[Plan, ...]) -> TableView:
    return TableView(
        record=plans[0].table,
        rows=tuple(row(world, plan) for plan in plans),
        priced=any(plan.row.price is not Absent.NOT_APPLICABLE for plan in plans),
        training=any(plan.row.training_price is not Absent.NOT_APPLICABLE for plan in plans),
    )


def row(world: Catalog, plan: Plan) -> RowView:
    names = (plan.row.subject.name, *(ref.id for ref in plan.row.listed_with))
    return RowView(
        plan=plan,
        anchor=addresses.row(plan.table.id, plan.row.subject.name),
        name=subject(plan.name),
        others=tuple(subject(name) for name in names if name != plan.name),
        scope=None if plan.row.scope is Scope.ALL else phrase(f"scope-{plan.row.scope}"),
        status=world.statuses[plan.name],
        until=deadline(plan.first.shutdown),
        price=_price(plan.row.price),
        training_price=_price(plan.row.training_price),
        prices=(*_price(plan.row.training_price), *_price(plan.row.price)),
        replacements=replacements(plan.first.replacements),
        now=replacements(plan.now.replacements),
        changes=tuple(_changes(plan)),
    )


def _changes(plan: Plan) -> Iterator[ChangeView]:
    before = plan.first
    for version in plan.versions[1:]:
        if version.event:
            yield ChangeView(
                version.event,
                _told(version.event),
                _moved(before.shutdown, version.shutdown),
                replacements(version.replacements) if version.replacements != before.replacements else None,
            )
        before = version
    for event in (*plan.limits, *([plan.withdrawn] if plan.withdrawn else [])):
        yield ChangeView(event, _told(event), None, None)


def _told(event: Event) -> Message:
    since = {"since": event.since} if event.since else {}
    return phrase("dated", day=event.observed, title=phrase(f"change-{event.kind}", **since))


def _moved(before: Deadline, after: Deadline) -> Message | None:
    """The new end, and by how many days it moved where both are days; nothing where it is the same."""
    if before == after:
        return None
    exact = all(end.day and end.day.precision is Precision.DAY for end in (before, after))
    days = (after.day.first - before.day.first).days if exact and before.day and after.day else 0
    if not days:
        return deadline(after)
    moved = phrase("moved-later" if days > 0 else "moved-earlier", days=abs(days))
    return phrase("under-condition", thing=deadline(after), condition=moved)


@dataclass(frozen=True, slots=True)
class StepView:
    """A link of a chain of replacements, with where it stands and until when."""

    name: Message
    status: Status | None
    until: Message | None
    marks: tuple[Message, ...]  # that it ends dead, leads back, or is gone no later than what it replaces
    then: tuple[StepView, ...]


def steps(several: tuple[Step, ...]) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            name=replacement(step.replacement),
            status=step.status,
            until=deadline(step.shutdown) if step.shutdown else None,
            marks=tuple(_marks(step)),
            then=steps(step.then),
        )
        for step in several
    )


def _marks(step: Step) -> Iterator[Message]:
    if step.repeats:
        yield phrase("chain-repeats")
    if step.is_dead_end:
        yield phrase("chain-dead-end")
    if step.ends_first:
        yield phrase("chain-ends-first")


def _price(price: Price | Absent) -> tuple[Message, ...]:
    """Each part as written, and the same for a million tokens; nothing where the table has no such column."""
    if isinstance(price, Absent):
        return () if price is Absent.NOT_APPLICABLE else (price,)
    return tuple(price_part(part) for part in price.parts)


def price_part(part: PricePart) -> Message:
    """A price as written, and where that is not for a million tokens, what a million cost."""
    per = f"{part.per // 1000}K" if part.per < _MILLION else f"{part.per // _MILLION}M"
    written = phrase(f"price-{part.use.replace(' ', '-')}", amount=f"${part.digits}", per=per)
    if part.per == _MILLION:
        return written
    return phrase("price-million", price=written, million=f"${part.amount * _MILLION / part.per:.2f}")

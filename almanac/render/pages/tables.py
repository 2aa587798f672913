"""The tables of an announcement as shown: each row as announced, beside where its subject stands on the day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from almanac.catalog import Catalog, Plan, Standing, Step
from almanac.records import Absent, AnnouncementId, EndpointPath, ModelId, Price, PricePart, Table
from almanac.render import addresses
from almanac.render.answers import deadline, until
from almanac.render.said import Said, replacement, replacements, say

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class RowView:
    plan: Plan
    anchor: str
    name: str
    standing: Standing
    until: Said
    price: tuple[Said, ...]
    training_price: tuple[Said, ...]
    replacements: Said


@dataclass(frozen=True, slots=True)
class TableView:
    record: Table
    rows: tuple[RowView, ...]
    priced: bool
    training: bool


def tables(world: Catalog, announcement: AnnouncementId) -> tuple[TableView, ...]:
    several = groupby(world.plans[announcement], key=lambda plan: plan.table.id)
    return tuple(_table(world, tuple(plans)) for _, plans in several)


def _table(world: Catalog, plans: tuple[Plan, ...]) -> TableView:
    return TableView(
        record=plans[0].table,
        rows=tuple(row(world, plan) for plan in plans),
        priced=any(plan.row.price is not Absent.NOT_APPLICABLE for plan in plans),
        training=any(plan.row.training_price is not Absent.NOT_APPLICABLE for plan in plans),
    )


def row(world: Catalog, plan: Plan) -> RowView:
    subject = plan.row.subject
    return RowView(
        plan=plan,
        anchor=addresses.row(plan.table.id, subject.name),
        name=subject.name,
        standing=standing(world, subject.name),
        until=until(plan),
        price=_price(plan.row.price),
        training_price=_price(plan.row.training_price),
        replacements=replacements(plan.row.replacements),
    )


def standing(world: Catalog, name: str) -> Standing:
    """Where a model or endpoint stands on the day."""
    if name.startswith("/"):
        return world.endpoints[EndpointPath(name)].standing
    return world.models[ModelId(name)].standing


@dataclass(frozen=True, slots=True)
class StepView:
    """A link of a chain of replacements, with where it stands and until when."""

    name: Said
    standing: Standing | None
    until: Said | None
    repeats: bool
    then: tuple[StepView, ...]


def steps(several: tuple[Step, ...]) -> tuple[StepView, ...]:
    return tuple(
        StepView(
            name=replacement(step.replacement),
            standing=step.standing,
            until=deadline(step.shutdown) if step.shutdown else None,
            repeats=step.repeats,
            then=steps(step.then),
        )
        for step in several
    )


def _price(price: Price | Absent) -> tuple[Said, ...]:
    """Each part as written, and the same for a million tokens; nothing where the table has no such column."""
    if isinstance(price, Absent):
        return () if price is Absent.NOT_APPLICABLE else (price,)
    return tuple(_part(part) for part in price.parts)


def _part(part: PricePart) -> Said:
    thousands = f"{part.per // 1000}K" if part.per < _MILLION else f"{part.per // _MILLION}M"
    per_million = part.amount * _MILLION / part.per
    return say(f"price-{part.use}", amount=f"${part.digits}", per=thousands, million=f"${per_million:.2f}")

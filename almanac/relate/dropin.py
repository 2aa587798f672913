"""Drop-in reports: a model and its replacement compared by criterion; an unknown value never counts as a no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any

from almanac.catalog import Answer, ComparisonRow, Compatible, Criterion, DropIn, Plan, Result, Status, Step
from almanac.fields import fields
from almanac.records import (
    Absent,
    Endpoint,
    EndpointPath,
    Fact,
    History,
    Model,
    ModelId,
    PriceFor,
    PricePart,
    PriceUnit,
)

_FINE_TUNING = EndpointPath("/v1/fine_tuning/jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The data of one model in a comparison."""

    record: Model
    status: Status
    plans: tuple[Plan, ...]  # newest first
    values: Mapping[str, Any]  # of the compared fields
    compatible: Mapping[EndpointPath, Compatible]


Sides = Mapping[ModelId, Side]
Endpoints = Mapping[EndpointPath, Endpoint]


def drop_ins(old: Side, plan: Plan | None, sides: Sides, endpoints: Endpoints) -> tuple[DropIn, ...]:
    """A report for each replacement that the plan in effect names."""
    named = dict.fromkeys(each.model for each in plan.replacements if each.model) if plan else ()
    return tuple(DropIn(id, report(old, sides[id], endpoints)) for id in named if id in sides)


def further_drop_ins(old: Side, chain: Iterable[Step], sides: Sides, endpoints: Endpoints) -> tuple[DropIn, ...]:
    """A report for each active or legacy model that its chain reaches in more than one step."""
    steps = tuple(chain)
    ends = dict.fromkeys(model for step in steps for model in _living(step.then))
    named = {step.replacement.model for step in steps}
    return tuple(DropIn(id, report(old, sides[id], endpoints)) for id in ends if id in sides and id not in named)


def _living(steps: Iterable[Step]) -> Iterator[ModelId]:
    for step in steps:
        if step.lives and step.replacement.model:
            yield step.replacement.model
        elif not step.lives:
            yield from _living(step.then)


def report(old: Side, new: Side, endpoints: Endpoints) -> tuple[ComparisonRow, ...]:
    """All criteria, in display order."""
    return (
        _endpoints(old, new, endpoints),
        *(_declared(name, old.values[name], new.values[name]) for name in old.values),
        _price(Criterion.INPUT_PRICE, _price_of(old, PriceFor.INPUT), _price_of(new, PriceFor.INPUT)),
        _price(Criterion.OUTPUT_PRICE, _price_of(old, PriceFor.OUTPUT), _price_of(new, PriceFor.OUTPUT)),
        _fine_tuning(old, new),
    )


def compared_values(model: Model, start: Callable[[Fact[Any]], date], day: date) -> Mapping[str, Any]:
    """The values of the compared fields, by field; unknown where an alias was re-pointed after the fact began."""
    repointed = [each.since.first for each in model.points_to if each.since and each.since.first <= day]

    def value(history: History[Any]) -> Any:
        if history.now and any(start(history.now) < since for since in repointed):
            return Absent.UNKNOWN
        return history.value

    values = {each.name: value(getattr(model, each.name)) for each in fields(Model) if each.compared}
    if (tokens := values.pop("max_tokens")) is not Absent.UNKNOWN:  # what the source says instead of a window
        values["context_window"] = tokens
    return values


def _endpoints(old: Side, new: Side, paths: Iterable[EndpointPath]) -> ComparisonRow:
    """Same if all endpoints that take the old model take the new one; unknown if a list does not say."""
    used = [path for path in paths if old.compatible[path].answer in {Answer.YES, Answer.CONDITIONAL}]
    if not used:
        return ComparisonRow(Criterion.ENDPOINTS, Result.UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN)
    answers = {path: new.compatible[path].answer for path in used}
    taken = tuple(path for path, answer in answers.items() if answer in {Answer.YES, Answer.CONDITIONAL})
    if any(answer is Answer.NO for answer in answers.values()):
        return ComparisonRow(Criterion.ENDPOINTS, Result.WORSE, tuple(used), taken or Absent.NONE)
    if any(answer is Answer.UNKNOWN for answer in answers.values()):
        return ComparisonRow(Criterion.ENDPOINTS, Result.UNKNOWN, tuple(used), taken or Absent.UNKNOWN)
    return ComparisonRow(Criterion.ENDPOINTS, Result.SAME, tuple(used), taken)


def _declared(name: str, before: Any, after: Any) -> ComparisonRow:
    """A field of which more is better: a larger number, a later day, all kinds and others."""
    if isinstance(before, Absent) or isinstance(after, Absent):
        both = before is after is Absent.NOT_APPLICABLE
        return ComparisonRow(name, Result.SAME if both else Result.UNKNOWN, before, after)
    had, has = _comparable(before), _comparable(after)
    if had == has:
        result = Result.SAME
    elif had < has:
        result = Result.BETTER
    else:
        result = Result.WORSE if has < had else Result.DIFFERS
    return ComparisonRow(name, result, before, after)


def _comparable(value: Any) -> Any:
    """A value whose `<` means less: for lists, a proper subset."""
    return frozenset(value) if isinstance(value, tuple) else value


def _price(criterion: Criterion, before: PricePart | None, after: PricePart | None) -> ComparisonRow:
    """Compares prices per million tokens; unknown if either price is unknown or the old one is zero."""
    if before is None or after is None or not before.amount:
        return ComparisonRow(criterion, Result.UNKNOWN, before or Absent.UNKNOWN, after or Absent.UNKNOWN)
    ratio = (after.amount / after.per) / (before.amount / before.per)
    result = Result.SAME if ratio == 1 else Result.BETTER if ratio < 1 else Result.WORSE
    # Two decimals; below one, two significant digits, so that 0.005 is not 0.
    rounded = ratio.quantize(Decimal("0.01")) if ratio >= 1 else Context(prec=2).create_decimal(ratio)
    return ComparisonRow(criterion, result, before, after, rounded)


def _price_of(entry: Side, use: PriceFor) -> PricePart | None:
    """Its own price, or that of the newest plan with one; a usage price counts for input and output."""
    prices = [price] if (price := entry.record.price.known) else []
    prices += [plan.row.price for plan in entry.plans if not isinstance(plan.row.price, Absent)]
    for price in prices:
        for part in price.parts:
            is_text = part.unit is PriceUnit.TOKEN and part.modality is None and not part.long_context
            if is_text and part.use in {use, PriceFor.USAGE}:
                return part
    return None


def _fine_tuning(old: Side, new: Side) -> ComparisonRow:
    before, after = (each.compatible.get(_FINE_TUNING) for each in (old, new))
    if before is None or after is None or Answer.UNKNOWN in {before.answer, after.answer}:
        return ComparisonRow(
            Criterion.FINE_TUNING,
            Result.UNKNOWN,
            before.answer if before else Absent.UNKNOWN,
            after.answer if after else Absent.UNKNOWN,
        )
    if before.answer is after.answer:
        result = Result.SAME
    else:
        result = Result.BETTER if after.answer is not Answer.NO else Result.WORSE
    return ComparisonRow(Criterion.FINE_TUNING, result, before.answer, after.answer)

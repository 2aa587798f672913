"""Drop-in reports: a model and its replacement compared by criterion; an unknown value never counts as a no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal

from almanac.catalog import Answer, ComparisonRow, Compatible, Criterion, DropIn, Plan, Result, Status, Step
from almanac.records import Absent, Day, Endpoint, EndpointPath, Fact, Modality, Model, ModelId, PriceFor, PricePart

_FINE_TUNING = EndpointPath("/v1/fine_tuning/jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The data of one model in a comparison."""

    record: Model
    status: Status
    plans: tuple[Plan, ...]  # newest first
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
    before, after = old.record, new.record
    return (
        _alive(old, new),
        _endpoints(old, new, [path for path, endpoint in endpoints.items() if endpoint.compatibility]),
        _numbers(
            Criterion.WINDOW,
            (before.max_tokens or before.context_window).value,
            (after.max_tokens or after.context_window).value,
        ),
        _numbers(Criterion.OUTPUT, before.max_output.value, after.max_output.value),
        _days(before.training_cutoff.value, after.training_cutoff.value),
        _modalities(Criterion.INPUT_KINDS, before.input, after.input),
        _modalities(Criterion.OUTPUT_KINDS, before.output, after.output),
        _price(Criterion.INPUT_PRICE, _price_of(old, PriceFor.INPUT), _price_of(new, PriceFor.INPUT)),
        _price(Criterion.OUTPUT_PRICE, _price_of(old, PriceFor.OUTPUT), _price_of(new, PriceFor.OUTPUT)),
        _fine_tuning(old, new),
    )


_STAGES = tuple(Status)


def _alive(old: Side, new: Side) -> ComparisonRow:
    """Better if the replacement's status is at an earlier stage, worse if at a later one."""
    before, after = _STAGES.index(old.status), _STAGES.index(new.status)
    result = Result.SAME if before == after else Result.BETTER if after < before else Result.WORSE
    return ComparisonRow(Criterion.ALIVE, result, old.status, new.status)


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


def _numbers(criterion: Criterion, before: int | Absent, after: int | Absent) -> ComparisonRow:
    if isinstance(before, Absent) or isinstance(after, Absent):
        both = before is after is Absent.NOT_APPLICABLE
        return ComparisonRow(criterion, Result.SAME if both else Result.UNKNOWN, before, after)
    return ComparisonRow(criterion, _more_is_better(before, after), before, after)


def _days(before: Day | Absent, after: Day | Absent) -> ComparisonRow:
    if isinstance(before, Absent) or isinstance(after, Absent):
        both = before is after is Absent.NOT_APPLICABLE
        return ComparisonRow(Criterion.CUTOFF, Result.SAME if both else Result.UNKNOWN, before, after)
    return ComparisonRow(
        Criterion.CUTOFF, _more_is_better(before.first.toordinal(), after.first.toordinal()), before, after
    )


def _more_is_better(before: int, after: int) -> Result:
    return Result.SAME if before == after else Result.BETTER if after > before else Result.WORSE


def _modalities(
    criterion: Criterion, before: tuple[Fact[Modality], ...], after: tuple[Fact[Modality], ...]
) -> ComparisonRow:
    """Better for a proper superset, worse for a proper subset; otherwise it differs."""
    if not before or not after:
        return ComparisonRow(criterion, Result.UNKNOWN, _kinds(before), _kinds(after))
    had, has = {fact.value for fact in before}, {fact.value for fact in after}
    if had == has:
        result = Result.SAME
    elif had < has:
        result = Result.BETTER
    else:
        result = Result.WORSE if has < had else Result.DIFFERS
    return ComparisonRow(criterion, result, _kinds(before), _kinds(after))


def _kinds(facts: tuple[Fact[Modality], ...]) -> tuple[Modality, ...] | Absent:
    return tuple(fact.value for fact in facts) or Absent.UNKNOWN


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
    prices = [entry.record.price.value] if entry.record.price else []
    prices += [plan.row.price for plan in entry.plans if not isinstance(plan.row.price, Absent)]
    for price in prices:
        for part in price.parts:
            if part.use in {use, PriceFor.USAGE}:
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

"""A model and what is to replace it -> is it a drop-in: point by point, with both values; an unknown is never a no."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from almanac.catalog import Answer, Aspect, Compatible, DropIn, Plan, Point, Standing, Step, Verdict
from almanac.records import Absent, Day, Endpoint, EndpointPath, Fact, Modality, Model, ModelId, PriceFor, PricePart

_FINE_TUNING = EndpointPath("/v1/fine_tuning/jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What a comparison looks at in a model."""

    record: Model
    standing: Standing
    plans: tuple[Plan, ...]  # newest first
    compatible: Mapping[EndpointPath, Compatible]


Sides = Mapping[ModelId, Side]
Endpoints = Mapping[EndpointPath, Endpoint]


def drop_ins(old: Side, plan: Plan | None, sides: Sides, endpoints: Endpoints) -> tuple[DropIn, ...]:
    """A report for each model that the plan in effect names instead."""
    named = dict.fromkeys(each.model for each in plan.replacements if each.model) if plan else ()
    return tuple(DropIn(id, report(old, sides[id], endpoints)) for id in named if id in sides)


def further_drop_ins(old: Side, chain: Iterable[Step], sides: Sides, endpoints: Endpoints) -> tuple[DropIn, ...]:
    """A report for each living model to which its chain leads in more than one step."""
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


def report(old: Side, new: Side, endpoints: Endpoints) -> tuple[Point, ...]:
    """Every point of comparison, in the order in which they are shown."""
    before, after = old.record, new.record
    return (
        _alive(old, new),
        _endpoints(old, new, [path for path, endpoint in endpoints.items() if endpoint.compatibility]),
        _numbers(
            Aspect.WINDOW,
            (before.max_tokens or before.context_window).value,
            (after.max_tokens or after.context_window).value,
        ),
        _numbers(Aspect.OUTPUT, before.max_output.value, after.max_output.value),
        _days(before.training_cutoff.value, after.training_cutoff.value),
        _modalities(Aspect.INPUT_KINDS, before.input, after.input),
        _modalities(Aspect.OUTPUT_KINDS, before.output, after.output),
        _price(Aspect.INPUT_PRICE, _price_of(old, PriceFor.INPUT), _price_of(new, PriceFor.INPUT)),
        _price(Aspect.OUTPUT_PRICE, _price_of(old, PriceFor.OUTPUT), _price_of(new, PriceFor.OUTPUT)),
        _fine_tuning(old, new),
    )


_STAGES = tuple(Standing)


def _alive(old: Side, new: Side) -> Point:
    """Better where the replacement is at an earlier stage of its life, worse where it is at a later one."""
    before, after = _STAGES.index(old.standing), _STAGES.index(new.standing)
    verdict = Verdict.SAME if before == after else Verdict.BETTER if after < before else Verdict.WORSE
    return Point(Aspect.ALIVE, verdict, old.standing, new.standing)


def _endpoints(old: Side, new: Side, paths: Iterable[EndpointPath]) -> Point:
    """Same where every endpoint that takes the one takes the other; unknown where a list does not say."""
    used = [path for path in paths if old.compatible[path].answer in {Answer.YES, Answer.CONDITIONAL}]
    if not used:
        return Point(Aspect.ENDPOINTS, Verdict.UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN)
    answers = {path: new.compatible[path].answer for path in used}
    taken = tuple(path for path, answer in answers.items() if answer in {Answer.YES, Answer.CONDITIONAL})
    if any(answer is Answer.NO for answer in answers.values()):
        return Point(Aspect.ENDPOINTS, Verdict.WORSE, tuple(used), taken or Absent.NONE)
    if any(answer is Answer.UNKNOWN for answer in answers.values()):
        return Point(Aspect.ENDPOINTS, Verdict.UNKNOWN, tuple(used), taken or Absent.UNKNOWN)
    return Point(Aspect.ENDPOINTS, Verdict.SAME, tuple(used), taken)


def _numbers(aspect: Aspect, before: int | Absent, after: int | Absent) -> Point:
    if isinstance(before, Absent) or isinstance(after, Absent):
        both = before is after is Absent.NOT_APPLICABLE
        return Point(aspect, Verdict.SAME if both else Verdict.UNKNOWN, before, after)
    return Point(aspect, _more_is_better(before, after), before, after)


def _days(before: Day | Absent, after: Day | Absent) -> Point:
    if isinstance(before, Absent) or isinstance(after, Absent):
        both = before is after is Absent.NOT_APPLICABLE
        return Point(Aspect.CUTOFF, Verdict.SAME if both else Verdict.UNKNOWN, before, after)
    return Point(Aspect.CUTOFF, _more_is_better(before.first.toordinal(), after.first.toordinal()), before, after)


def _more_is_better(before: int, after: int) -> Verdict:
    return Verdict.SAME if before == after else Verdict.BETTER if after > before else Verdict.WORSE


def _modalities(aspect: Aspect, before: tuple[Fact[Modality], ...], after: tuple[Fact[Modality], ...]) -> Point:
    """Better where it takes all that the other takes and more; worse where it takes less; else it differs."""
    if not before or not after:
        return Point(aspect, Verdict.UNKNOWN, _kinds(before), _kinds(after))
    had, has = {fact.value for fact in before}, {fact.value for fact in after}
    if had == has:
        verdict = Verdict.SAME
    elif had < has:
        verdict = Verdict.BETTER
    else:
        verdict = Verdict.WORSE if has < had else Verdict.DIFFERS
    return Point(aspect, verdict, _kinds(before), _kinds(after))


def _kinds(facts: tuple[Fact[Modality], ...]) -> tuple[Modality, ...] | Absent:
    return tuple(fact.value for fact in facts) or Absent.UNKNOWN


def _price(aspect: Aspect, before: PricePart | None, after: PricePart | None) -> Point:
    """The ratio of what a million tokens cost; unknown where either price is, or where one would divide by nothing."""
    if before is None or after is None or not before.amount:
        return Point(aspect, Verdict.UNKNOWN, before or Absent.UNKNOWN, after or Absent.UNKNOWN)
    ratio = (after.amount / after.per) / (before.amount / before.per)
    verdict = Verdict.SAME if ratio == 1 else Verdict.BETTER if ratio < 1 else Verdict.WORSE
    return Point(aspect, verdict, before, after, ratio.quantize(Decimal("0.01")))


def _price_of(entry: Side, use: PriceFor) -> PricePart | None:
    """Its price of today, else the one in the newest plan that states one; a price for usage counts both ways."""
    prices = [entry.record.price.value] if entry.record.price else []
    prices += [plan.row.price for plan in entry.plans if not isinstance(plan.row.price, Absent)]
    for price in prices:
        for part in price.parts:
            if part.use in {use, PriceFor.USAGE}:
                return part
    return None


def _fine_tuning(old: Side, new: Side) -> Point:
    before, after = (each.compatible.get(_FINE_TUNING) for each in (old, new))
    if before is None or after is None or Answer.UNKNOWN in {before.answer, after.answer}:
        return Point(
            Aspect.FINE_TUNING,
            Verdict.UNKNOWN,
            before.answer if before else Absent.UNKNOWN,
            after.answer if after else Absent.UNKNOWN,
        )
    if before.answer is after.answer:
        verdict = Verdict.SAME
    else:
        verdict = Verdict.BETTER if after.answer is not Answer.NO else Verdict.WORSE
    return Point(Aspect.FINE_TUNING, verdict, before.answer, after.answer)

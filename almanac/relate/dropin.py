"""Drop-in reports: a model and its replacement compared by criterion, and a verdict with its reasons.

An unknown value never counts as a no, and neither does what only third parties say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from typing import Any

from almanac.catalog import Answer, ComparisonRow, Compatible, Criterion, DropIn, Plan, Result, Status, Step, Verdict
from almanac.fields import fields
from almanac.records import (
    Absent,
    Affected,
    Capability,
    ChangeKind,
    Endpoint,
    EndpointGroup,
    EndpointPath,
    Fact,
    FamilyId,
    History,
    Kind,
    Modality,
    Model,
    ModelId,
    PriceFor,
    PricePart,
    PriceUnit,
    RequiredChange,
    SourceId,
    Tool,
)

_FINE_TUNING = EndpointPath("/v1/fine_tuning/jobs")
_NO_REQUESTS = frozenset(
    {
        EndpointGroup.MODELS,
        EndpointGroup.FILES,
        EndpointGroup.BATCH,
        EndpointGroup.FINE_TUNING,
        EndpointGroup.EVALS,
        EndpointGroup.ADMINISTRATION,
    }
)
"""The parts of the API to which a program sends no requests that name the model and that it waits for."""
_FEATURES = {
    "capabilities": frozenset(
        {
            Capability.FUNCTION_CALLING,
            Capability.STRUCTURED_OUTPUT,
            Capability.STREAMING,
            Capability.PREDICTED_OUTPUTS,
            Capability.IMAGE_EDITING,
            Capability.INPAINTING,
        }
    ),
    "tools": frozenset(set(Tool) - {Tool.FUNCTION_CALLING}),  # which is among the capabilities
}
"""By field, what a request uses and pages of every year list alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The data of one model in a comparison."""

    record: Model
    status: Status
    plans: tuple[Plan, ...]  # newest first
    values: Mapping[str, Any]  # of the compared fields
    compatible: Mapping[EndpointPath, Compatible]
    family: FamilyId | None
    is_secondary: Callable[[SourceId], bool]  # whether a source's words are not the publisher's

    def is_by_others(self, field: str) -> bool:
        """Whether the value of a field is not the publisher's."""
        now = getattr(self.record, field).now
        return now is not None and self.is_secondary(now.source)


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The endpoints of the day, and those of them that are shut down."""

    records: Mapping[EndpointPath, Endpoint]
    ended: frozenset[EndpointPath] = frozenset()


Sides = Mapping[ModelId, Side]


def drop_ins(old: Side, plan: Plan | None, sides: Sides, endpoints: Endpoints) -> tuple[DropIn, ...]:
    """A report for each replacement that the plan in effect names."""
    named = dict.fromkeys(each.model for each in plan.replacements if each.model) if plan else ()
    return tuple(drop_in(old, sides[id], endpoints) for id in named if id in sides)


def further_drop_ins(old: Side, chain: Iterable[Step], sides: Sides, endpoints: Endpoints) -> tuple[DropIn, ...]:
    """A report for each active or legacy model that its chain reaches in more than one step."""
    steps = tuple(chain)
    ends = dict.fromkeys(model for step in steps for model in _living(step.then))
    named = {step.replacement.model for step in steps}
    return tuple(drop_in(old, sides[id], endpoints) for id in ends if id in sides and id not in named)


def _living(steps: Iterable[Step]) -> Iterator[ModelId]:
    for step in steps:
        if step.lives and step.replacement.model:
            yield step.replacement.model
        elif not step.lives:
            yield from _living(step.then)


def drop_in(old: Side, new: Side, endpoints: Endpoints) -> DropIn:
    """The report on one replacement."""
    points = report(old, new, endpoints)
    changes = tuple(each for each in new.record.what_to_change if _concerns(each, old))
    verdict, reasons = _verdict(points, changes)
    return DropIn(new.record.id, points, verdict, reasons, changes)


def report(old: Side, new: Side, endpoints: Endpoints) -> tuple[ComparisonRow, ...]:
    """All criteria, in display order."""
    return (
        _endpoints(old, new, endpoints),
        *(_by(old, new, name, _declared(name, old.values[name], new.values[name])) for name in old.values),
        _features(old, new),
        *_efforts(old, new),
        _qualities(old, new),
        _price(Criterion.INPUT_PRICE, _price_of(old, PriceFor.INPUT), _price_of(new, PriceFor.INPUT)),
        _price(Criterion.OUTPUT_PRICE, _price_of(old, PriceFor.OUTPUT), _price_of(new, PriceFor.OUTPUT)),
        _fine_tuning(old, new),
    )


# --- The verdict ------------------------------------------------------------------------------------------------------

_LIMITS = frozenset({"context_window", "max_output"})
_NEEDED = frozenset(
    {Criterion.ENDPOINTS, "input", "output", *_LIMITS, Criterion.REASONING_EFFORTS, Criterion.IMAGE_QUALITIES}
)
"""What the publisher must state about both before a replacement is called a drop-in."""
_DECISIVE = frozenset({*_NEEDED, Criterion.FEATURES, Criterion.DEFAULT_EFFORT})
"""What decides whether a request has to change: neither prices, nor the training data, nor fine-tuning."""
_LOSS = frozenset({Result.WORSE, Result.DIFFERS})


def _concerns(change: RequiredChange, old: Side) -> bool:
    """Whether a change that a source describes applies to programs that use the old model."""
    named = {each.model or each.family for each in change.replacing}
    if named and not named & {old.record.id, old.family}:
        return False
    return change.endpoint is None or old.compatible[change.endpoint.id].answer is not Answer.NO


def _verdict(
    points: tuple[ComparisonRow, ...], changes: tuple[RequiredChange, ...]
) -> tuple[Verdict, tuple[ComparisonRow, ...]]:
    """The verdict, and the points on which it rests. What sources say to change counts, whatever else is known."""
    decisive = [point for point in points if point.criterion in _DECISIVE]
    lost = tuple(point for point in decisive if point.result in _LOSS and not point.by_others)
    elsewhere = tuple(point for point in lost if point.criterion is Criterion.ENDPOINTS and point.after is Absent.NONE)
    if elsewhere or any(each.kind is ChangeKind.ENDPOINT and each.affects is Affected.ALL for each in changes):
        return Verdict.OTHER_ENDPOINT, elsewhere
    if lost or changes:
        return Verdict.PARAMETERS_DIFFER, lost
    if open := tuple(point for point in decisive if _is_open(point, points)):
        return Verdict.NOT_KNOWN, open
    return Verdict.DROP_IN, tuple(point for point in decisive if point.result in {Result.SAME, Result.BETTER})


def _is_open(point: ComparisonRow, points: tuple[ComparisonRow, ...]) -> bool:
    """Whether the publisher would have to say more of it; only models that return text have limits in tokens."""
    if point.result in _LOSS:  # according to third parties
        return True
    if point.criterion not in _NEEDED or not (point.by_others or point.result is Result.UNKNOWN):
        return False
    returns = next(each.after for each in points if each.criterion == "output")
    return point.criterion not in _LIMITS or not isinstance(returns, tuple) or Modality.TEXT in returns


# --- Criteria ---------------------------------------------------------------------------------------------------------


def _by(old: Side, new: Side, field: str, row: ComparisonRow) -> ComparisonRow:
    """The row of a field, with the mark of values that are not the publisher's."""
    return replace(row, by_others=old.is_by_others(field) or new.is_by_others(field))


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


def _endpoints(old: Side, new: Side, endpoints: Endpoints) -> ComparisonRow:
    """Same if all endpoints that take the old model take the new one; unknown if a list does not say.

    If there are any, only endpoints in service count, and of these only those that take requests.
    """
    used = [path for path in endpoints.records if old.compatible[path].answer in _TAKEN and path != _FINE_TUNING]
    used = [path for path in used if path not in endpoints.ended] or used
    used = [path for path in used if endpoints.records[path].group not in _NO_REQUESTS] or used
    if not used:
        return ComparisonRow(Criterion.ENDPOINTS, Result.UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN)
    answers = {path: new.compatible[path].answer for path in used}
    taken = tuple(path for path, answer in answers.items() if answer in _TAKEN)
    missing = [path for path, answer in answers.items() if answer is Answer.NO]
    if missing:
        by_others = all(_is_by_others(old, path) or _is_by_others(new, path) for path in missing)
        return ComparisonRow(Criterion.ENDPOINTS, Result.WORSE, tuple(used), taken or Absent.NONE, by_others=by_others)
    if any(answer is Answer.UNKNOWN for answer in answers.values()):
        return ComparisonRow(Criterion.ENDPOINTS, Result.UNKNOWN, tuple(used), taken or Absent.UNKNOWN)
    by_others = any(_is_by_others(old, path) or _is_by_others(new, path) for path in used)
    return ComparisonRow(Criterion.ENDPOINTS, Result.SAME, tuple(used), taken, by_others=by_others)


_TAKEN = frozenset({Answer.YES, Answer.CONDITIONAL})


def _is_by_others(side: Side, path: EndpointPath) -> bool:
    source = side.compatible[path].source
    return source is not None and side.is_secondary(source)


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


def _features(old: Side, new: Side) -> ComparisonRow:
    """The capabilities that requests use, and the tools; a list of which one is unknown is left out for both."""
    lists = [
        (field, had, has)
        for field in ("capabilities", "tools")
        if (had := _used(old.record, field)) is not None and (has := _used(new.record, field)) is not None
    ]
    if not lists:
        return ComparisonRow(Criterion.FEATURES, Result.UNKNOWN, Absent.UNKNOWN, Absent.UNKNOWN)
    before = tuple(each for _, had, _ in lists for each in had)
    after = tuple(each for _, _, has in lists for each in has)
    lacking = [field for field, had, has in lists if not set(had) <= set(has)]
    return ComparisonRow(
        Criterion.FEATURES,
        _declared(Criterion.FEATURES, before, after).result,
        before or Absent.NONE,
        after or Absent.NONE,
        by_others=bool(lacking) and all(old.is_by_others(field) or new.is_by_others(field) for field in lacking),
    )


def _used(model: Model, field: str) -> tuple[Capability | Tool, ...] | None:
    """The items of a list that requests use; None where it is unknown, or only some of them are listed."""
    listed = getattr(model, field).known
    if not listed:  # an empty list says nothing
        return None
    returns = model.output.known or ()
    if field == "capabilities" and Modality.TEXT in returns and Capability.STREAMING not in listed:
        return None  # a list of all capabilities of such a model has streaming
    return tuple(each for each in listed if each in _FEATURES[field])


def _efforts(old: Side, new: Side) -> Iterator[ComparisonRow]:
    """The levels of reasoning effort, and the default; for a model that does not reason, neither applies."""
    one_reasons = {_reasons(old.record), _reasons(new.record)} == {True, False}
    before, after = (_effort(side, "reasoning_efforts") for side in (old, new))
    result = Result.DIFFERS if one_reasons else _declared(Criterion.REASONING_EFFORTS, before, after).result
    by_others = old.is_by_others("reasoning_efforts") or new.is_by_others("reasoning_efforts")
    yield ComparisonRow(Criterion.REASONING_EFFORTS, result, before, after, by_others=by_others)
    before, after = (_effort(side, "default_reasoning_effort") for side in (old, new))
    is_known = Absent.UNKNOWN not in {before, after}
    result = Result.UNKNOWN if not is_known else Result.SAME if before is after else Result.DIFFERS
    yield ComparisonRow(Criterion.DEFAULT_EFFORT, result, before, after)


def _effort(side: Side, field: str) -> Any:
    if known := getattr(side.record, field).known:
        return known
    return Absent.NOT_APPLICABLE if _reasons(side.record) is False else Absent.UNKNOWN


def _reasons(model: Model) -> bool | None:
    """Whether it reasons, by its kind, its levels of effort or its list of capabilities; None if they do not say."""
    capabilities, kind = model.capabilities.known, model.kind.known
    if kind is Kind.REASONING or model.reasoning_efforts.known or Capability.REASONING in (capabilities or ()):
        return True
    return None if kind in _MAY_REASON and not capabilities else False


_MAY_REASON = frozenset(
    {Kind.CODE, Kind.REALTIME, Kind.AUDIO, Kind.SEARCH, Kind.DEEP_RESEARCH, Kind.COMPUTER_USE, Kind.UNKNOWN, None}
)


def _qualities(old: Side, new: Side) -> ComparisonRow:
    """The qualities of images that requests may name, by the prices per image."""
    if not any(Modality.IMAGE in (side.record.output.known or ()) for side in (old, new)):
        absent = Absent.NOT_APPLICABLE
        return ComparisonRow(Criterion.IMAGE_QUALITIES, Result.SAME, absent, absent)
    before, after = (_qualities_of(side.record) or Absent.UNKNOWN for side in (old, new))
    return _by(old, new, "price", replace(_declared("", before, after), criterion=Criterion.IMAGE_QUALITIES))


def _qualities_of(model: Model) -> tuple[str, ...]:
    price = model.price.known
    details = (part.detail for part in (price.parts if price else ()) if part.unit is PriceUnit.IMAGE and part.detail)
    return tuple(dict.fromkeys(detail.split(",")[0] for detail in details))


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

"""Migration cards: whether a replacement is a drop-in, why, what to change, and the values that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup, escape

from almanac.catalog import (
    AVAILABLE,
    ENDED,
    Answer,
    Catalog,
    ComparedValue,
    ComparisonRow,
    Criterion,
    DropIn,
    ModelEntry,
    Plan,
    Result,
    Status,
    Verdict,
)
from almanac.records import (
    Absent,
    Capability,
    Day,
    Effort,
    Modality,
    ModelId,
    PricePart,
    PriceUnit,
    Replacement,
    SourceId,
    Tool,
)
from almanac.render.data.json_values import per_million
from almanac.render.html.pages.prices import current_part
from almanac.render.text.message import IdLink, JoinedList, Message, Remark, phrase, subject


class ComparisonRowView(NamedTuple):
    name: Message
    message: Message
    before: Message
    after: Message


class ChangeView(NamedTuple):
    """What a source says to change."""

    text: Message
    source: SourceId


class Migration(NamedTuple):
    """The card about one replacement."""

    old: ModelId
    new: ModelId
    title: Message  # the verdict
    status: Status | None  # of the replacement, only where it is itself deprecated
    remarks: tuple[Message, ...]  # when it applies, and what to mind; that the publisher does not name it
    changes: tuple[ChangeView, ...]
    reasons: tuple[Message, ...]
    figures: tuple[ComparisonRowView, ...]  # other criteria that differ
    same: tuple[Message, ...]  # names of criteria with equal values
    unknown: tuple[Message, ...]  # names of criteria not recorded for one or both
    compare: Message  # the words of the link to the comparison


_ENOUGH = 2
"""How many criteria must be known of both models for a comparison."""


def is_too_little(drop_in: DropIn) -> bool:
    """Whether less is known than a comparison needs."""
    return sum(point.result is not Result.UNKNOWN and not _does_not_apply(point) for point in drop_in.points) < _ENOUGH


def migrations(entry: ModelEntry, world: Catalog) -> tuple[Migration, ...]:
    """A card for each replacement in use; if none is active, also for the active models that its chain leads to."""
    named = [each for each in entry.drop_ins if world.models[each.model].status not in ENDED]
    is_enough = any(world.models[each.model].status in AVAILABLE for each in named)
    further = () if is_enough else entry.further_drop_ins
    return (
        *(_migration(each, entry, world, tuple(_remarks(each, entry))) for each in named),
        *(_migration(each, entry, world, (phrase("derived-replacement"),)) for each in further),
    )


def _remarks(drop_in: DropIn, entry: ModelEntry) -> Iterator[Message]:
    """When the replacement applies and what to mind, unless a source says in full what to change."""
    for item in entry.plan.replacements if entry.plan and not drop_in.changes else ():
        if item.model == drop_in.model:
            yield from (each for each in (item.condition, item.caution) if each)


def _migration(drop_in: DropIn, entry: ModelEntry, world: Catalog, remarks: tuple[Message, ...]) -> Migration:
    new = world.models[drop_in.model]
    compared = [point for point in drop_in.points if not _does_not_apply(point)]
    unknown = [point for point in compared if point.result is Result.UNKNOWN and not _is_of_text(point, new)]
    doubted = drop_in.reasons if drop_in.verdict is Verdict.NOT_KNOWN else ()
    is_listed = drop_in.verdict in {Verdict.DROP_IN, Verdict.PARAMETERS_DIFFER}
    return Migration(
        old=entry.record.id,
        new=drop_in.model,
        title=phrase(f"verdict-{drop_in.verdict}", name=IdLink(drop_in.model)),
        status=None if new.status in AVAILABLE else new.status,
        remarks=remarks,
        changes=tuple(ChangeView(each.text, each.source) for each in drop_in.changes),
        reasons=tuple(_reasons(drop_in, new)),
        figures=tuple(
            _figure(point) for point in compared if point.result in _CHANGED and point.criterion not in _IN_WORDS
        ),
        same=tuple(criterion_name(point) for point in compared if point.result is Result.SAME and point not in doubted),
        unknown=tuple(map(criterion_name, unknown)) if is_listed else (),
        compare=phrase("compare-with", old=IdLink(entry.record.id), new=IdLink(drop_in.model)),
    )


def _is_of_text(point: ComparisonRow, new: ModelEntry) -> bool:
    """Whether it is recorded only for models that return text, and this one does not."""
    output = new.record.output.known
    return point.criterion in _OF_TEXT and bool(output) and Modality.TEXT not in (output or ())


_OF_TEXT = frozenset({"context_window", "max_output", "training_cutoff"})


def _does_not_apply(point: ComparisonRow) -> bool:
    """Whether neither model has what is compared."""
    if point.criterion == Criterion.FINE_TUNING:
        return point.before is point.after is Answer.NO
    return point.before is point.after is Absent.NOT_APPLICABLE and point.criterion in _OF_SOME_MODELS


_OF_SOME_MODELS = frozenset({Criterion.REASONING_EFFORTS, Criterion.DEFAULT_EFFORT, Criterion.IMAGE_QUALITIES})
_IN_WORDS = frozenset({Criterion.ENDPOINTS, Criterion.FEATURES, Criterion.FINE_TUNING, *_OF_SOME_MODELS})
_CHANGED = frozenset({Result.BETTER, Result.WORSE, Result.DIFFERS})


def _figure(point: ComparisonRow) -> ComparisonRowView:
    """The values of both models; of prices for tokens, the amounts for a million."""
    shown = comparison_row_view(point)
    before, after = _per_million(point.before), _per_million(point.after)
    if before and after:
        return shown._replace(name=phrase("price-of-million", name=shown.name), before=before, after=after)
    return shown


def _per_million(value: ComparedValue) -> str | None:
    if isinstance(value, PricePart) and value.unit is PriceUnit.TOKEN:
        return f"${per_million(value)}"
    return None


def verdict_remark(world: Catalog, plan: Plan) -> Remark:
    """For lists of replacements: the verdict, if it is known and the same for all models that the plan reaches."""
    reached = [entry for entry in world.models.values() if entry.plan is plan or entry.record.id == plan.name]

    def remark(item: Replacement) -> Message | None:
        verdicts = {each.verdict for entry in reached for each in entry.drop_ins if each.model == item.model}
        verdict = verdicts.pop() if len(verdicts) == 1 else Verdict.NOT_KNOWN
        return None if verdict is Verdict.NOT_KNOWN else phrase(f"verdict-is-{verdict}")

    return remark


# --- Reasons ----------------------------------------------------------------------------------------------------------


def _reasons(drop_in: DropIn, new: ModelEntry) -> Iterator[Message]:
    """The points on which the verdict rests, a sentence each."""
    match drop_in.verdict:
        case Verdict.DROP_IN:
            return
        case Verdict.NOT_KNOWN:
            unrecorded = [point for point in drop_in.reasons if point.result is Result.UNKNOWN]
            by_others = [point for point in drop_in.reasons if point.result is not Result.UNKNOWN]
            for key, points in (("unknown-points", unrecorded), ("reason-by-others", by_others)):
                if points:
                    yield phrase(key, names=JoinedList(tuple(map(criterion_name, points))))
            return
        case Verdict.OTHER_ENDPOINT:
            if not drop_in.changes:  # which say the same
                yield from _loss_of_endpoints(drop_in.reasons)
            supporting = [path for path, cell in sorted(new.compatible.items()) if cell.answer is Answer.YES]
            if supporting:
                yield phrase("reason-endpoints-instead", names=_listed(supporting, "and-listed"))
        case Verdict.PARAMETERS_DIFFER:
            yield from _loss_of_endpoints(drop_in.reasons)
            by_criterion = {point.criterion: point for point in drop_in.reasons}
            for point in drop_in.reasons:
                if point.criterion == Criterion.DEFAULT_EFFORT and _is_about_reasoning(by_criterion):
                    continue  # said with the levels
                if sentence := _loss(point, by_criterion):
                    yield sentence
    if any(point.criterion == Criterion.FINE_TUNING and point.result is Result.WORSE for point in drop_in.points):
        yield phrase("reason-fine-tuning")


def _loss_of_endpoints(reasons: Iterable[ComparisonRow]) -> Iterator[Message]:
    for point in reasons:
        if point.criterion == Criterion.ENDPOINTS:
            yield phrase("reason-endpoints", names=_listed(_missing(point), "or-listed"))


def _is_about_reasoning(points: dict[str, ComparisonRow]) -> bool:
    efforts = points.get(Criterion.REASONING_EFFORTS)
    return efforts is not None and Absent.NOT_APPLICABLE in {efforts.before, efforts.after}


def _loss(point: ComparisonRow, points: dict[str, ComparisonRow]) -> Message | None:
    key = f"reason-{point.criterion.replace('_', '-')}"
    match point.criterion:
        case "context_window" | "max_output" | Criterion.DEFAULT_EFFORT | Criterion.IMAGE_QUALITIES:
            return phrase(key, before=_value(point.before), after=_value(point.after))
        case "input" | "output" | Criterion.FEATURES:
            return phrase(key, names=_listed(_missing(point)))
        case Criterion.REASONING_EFFORTS if point.after is Absent.NOT_APPLICABLE:
            return phrase("reason-no-reasoning")
        case Criterion.REASONING_EFFORTS if point.before is Absent.NOT_APPLICABLE:
            default = points.get(Criterion.DEFAULT_EFFORT)
            if default and isinstance(default.after, Effort):
                return phrase("reason-reasoning-default", effort=_value(default.after))
            return phrase("reason-reasoning")
        case Criterion.REASONING_EFFORTS:
            return phrase(key, names=_listed(_missing(point)))
        case _:
            return None


def _missing(point: ComparisonRow) -> tuple[object, ...]:
    """The items of the old list that the new one lacks."""
    before = point.before if isinstance(point.before, tuple) else ()
    after = point.after if isinstance(point.after, tuple) else ()
    return tuple(each for each in before if each not in after)


def what_to_change(entry: ModelEntry) -> tuple[ChangeView, ...]:
    """What sources say to change in moving to the model, from whatever it replaces."""
    return tuple(
        ChangeView(
            phrase(
                "what-to-change-from",
                names=JoinedList(tuple(subject(each.name) for each in change.replacing)),
                text=change.text,
            )
            if change.replacing
            else change.text,
            change.source,
        )
        for change in entry.record.what_to_change
    )


# --- Values -----------------------------------------------------------------------------------------------------------


def criterion_name(point: ComparisonRow) -> Message:
    is_field = point.criterion not in set(Criterion)
    return phrase(point.criterion.replace("_", "-")) if is_field else phrase(f"criterion-{point.criterion}")


def comparison_row_view(point: ComparisonRow) -> ComparisonRowView:
    message = phrase(f"result-{point.result}")
    return ComparisonRowView(
        name=criterion_name(point),
        message=message if point.ratio is None else phrase("result-ratio", result=message, ratio=_ratio(point.ratio)),
        before=_value(point.before),
        after=_value(point.after),
    )


def _ratio(ratio: Decimal) -> str:
    return f"× {ratio.normalize():f}"


def _value(value: ComparedValue) -> Message:
    match value:
        case Absent() | Day() | int():
            return value
        case PricePart():
            return current_part(value)
        case Answer():
            return phrase(f"answer-is-{value}")
        case Effort():
            return _code(value)
        case _:
            return _listed(value)


def _listed(values: Iterable[object], glue: str = "comma") -> Message:
    return JoinedList(tuple(map(_name, values)), glue)


def _name(item: object) -> Message:
    match item:
        case Modality():
            return phrase(f"modality-{item}")
        case Capability():
            return phrase(f"capability-{item}")
        case Tool():
            return phrase(f"tool-name-{item}")
        case Effort():
            return _code(item)
        case str() if item.startswith("/"):
            return IdLink(ModelId(item))
        case _:
            return _code(str(item))


def _code(word: str) -> Markup:
    """A word as requests name it."""
    return Markup(f"<code>{escape(word)}</code>")

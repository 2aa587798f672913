"""Drop-in reports: a row for each criterion, with the values of the model and of its replacement."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almanac.catalog import (
    AVAILABLE,
    Answer,
    Catalog,
    ComparedValue,
    ComparisonRow,
    Criterion,
    DropIn,
    ModelEntry,
    Result,
    Status,
)
from almanac.records import Absent, Day, Modality, ModelId, PricePart
from almanac.render.html.pages.plan_rows import price_part
from almanac.render.text.message import IdLink, JoinedList, Message, phrase


class ComparisonRowView(NamedTuple):
    name: Message
    message: Message
    before: Message
    after: Message


class ReportView(NamedTuple):
    model: ModelId
    status: Status | None  # only where it is itself deprecated or shut down
    remark: Message | None  # when it applies, and what to mind
    rows: tuple[ComparisonRowView, ...]  # criteria that differ
    same: tuple[Message, ...]  # names of criteria with equal values
    unknown: tuple[Message, ...]  # names of criteria not recorded for one or both
    instead: Message | None = None  # of these three, where too little is known


_ENOUGH = 2
"""How many criteria must be known of both models for a comparison."""


def is_too_little(drop_in: DropIn) -> bool:
    """Whether less is known than a comparison needs."""
    return sum(point.result is not Result.UNKNOWN for point in drop_in.points) < _ENOUGH


def report(drop_in: DropIn, entry: ModelEntry, world: Catalog) -> ReportView:
    status = world.models[drop_in.model].status
    named = entry.plan.replacements if entry.plan else ()
    remarks = tuple(
        each for item in named if item.model == drop_in.model for each in (item.condition, item.caution) if each
    )
    gone = None if status in AVAILABLE else status
    remark = JoinedList(remarks, "semicolon") if remarks else None
    if is_too_little(drop_in):
        return ReportView(drop_in.model, gone, remark, (), (), (), phrase("too-little-known"))
    return ReportView(
        drop_in.model,
        gone,
        remark,
        tuple(
            comparison_row_view(point) for point in drop_in.points if point.result not in {Result.SAME, Result.UNKNOWN}
        ),
        tuple(criterion_name(point) for point in drop_in.points if point.result is Result.SAME),
        tuple(criterion_name(point) for point in drop_in.points if point.result is Result.UNKNOWN),
    )


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
            return price_part(value)
        case Answer():
            return phrase(f"answer-is-{value}")
        case _:
            return JoinedList(tuple(_name(each) for each in value))


def _name(item: object) -> Message:
    if isinstance(item, Modality):
        return phrase(f"modality-{item}")
    return IdLink(ModelId(str(item)))

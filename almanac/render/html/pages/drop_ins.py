"""Drop-in reports: a row for each criterion, with the values of the model and of its replacement."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almanac.catalog import Answer, Compared, ComparisonRow, DropIn, Result, Status
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
    rows: tuple[ComparisonRowView, ...]  # criteria that differ
    same: tuple[Message, ...]  # names of criteria with equal values
    unknown: tuple[Message, ...]  # names of criteria not recorded for one or both


def report(drop_in: DropIn) -> ReportView:
    return ReportView(
        drop_in.model,
        tuple(
            comparison_row_view(point) for point in drop_in.points if point.result not in {Result.SAME, Result.UNKNOWN}
        ),
        tuple(criterion_name(point) for point in drop_in.points if point.result is Result.SAME),
        tuple(criterion_name(point) for point in drop_in.points if point.result is Result.UNKNOWN),
    )


def criterion_name(point: ComparisonRow) -> Message:
    return phrase(f"criterion-{point.criterion}")


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


def _value(value: Compared) -> Message:
    match value:
        case Absent() | Day() | int():
            return value
        case PricePart():
            return price_part(value)
        case Answer():
            return phrase(f"answer-is-{value}")
        case Status():
            return phrase(f"status-{value}")
        case _:
            return JoinedList(tuple(_name(each) for each in value))


def _name(item: object) -> Message:
    if isinstance(item, Modality):
        return phrase(f"modality-{item}")
    return IdLink(ModelId(str(item)))

"""Drop-in reports as shown: each point with its two values in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from almanac.catalog import Answer, Compared, DropIn, Point, Standing, Verdict
from almanac.records import Absent, Day, Modality, ModelId, PricePart
from almanac.render.pages.tables import price_part
from almanac.render.said import Joined, Name, Said, say


@dataclass(frozen=True, slots=True)
class PointView:
    name: Said
    said: Said
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class ReportView:
    model: ModelId
    points: tuple[PointView, ...]  # on which the two are known to differ
    same: tuple[Said, ...]  # the others by name: what is alike
    unknown: tuple[Said, ...]  # and what is not recorded of one or of both


def report(drop_in: DropIn) -> ReportView:
    return ReportView(
        drop_in.model,
        tuple(point_view(point) for point in drop_in.points if point.verdict not in {Verdict.SAME, Verdict.UNKNOWN}),
        tuple(aspect_name(point) for point in drop_in.points if point.verdict is Verdict.SAME),
        tuple(aspect_name(point) for point in drop_in.points if point.verdict is Verdict.UNKNOWN),
    )


def aspect_name(point: Point) -> Said:
    return say(f"aspect-{point.aspect}")


def point_view(point: Point) -> PointView:
    said = say(f"verdict-{point.verdict}")
    return PointView(
        name=aspect_name(point),
        said=said if point.ratio is None else say("verdict-ratio", verdict=said, ratio=_ratio(point.ratio)),
        before=_value(point.before),
        after=_value(point.after),
    )


def _ratio(ratio: Decimal) -> str:
    return f"× {ratio.normalize():f}"


def _value(value: Compared) -> Said:
    match value:
        case Absent() | Day() | int():
            return value
        case PricePart():
            return price_part(value)
        case Answer():
            return say(f"answer-is-{value}")
        case Standing():
            return say(f"standing-{value}")
        case _:
            return Joined(tuple(_name(each) for each in value))


def _name(one: object) -> Said:
    if isinstance(one, Modality):
        return say(f"modality-{one}")
    return Name(ModelId(str(one)))

"""Plans -> the notice that they gave, in days, and whether the publisher's promise of that day was kept."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from almanac.catalog import Notice, Plan
from almanac.records import Precision, Promise, Qualifier, SourceId, Unit


def notices(plans: Sequence[Plan], promises: Sequence[Promise], copied: Mapping[SourceId, date]) -> tuple[Notice, ...]:
    """For each plan with a day of its own, the notice given by the day first known; plans without one are left out."""
    return tuple(notice for plan in plans if (notice := _notice(plan, promises, copied)))


def _notice(plan: Plan, promises: Sequence[Promise], copied: Mapping[SourceId, date]) -> Notice | None:
    end = plan.first.shutdown
    if end.qualifier is not Qualifier.ON or end.day is None or end.day.precision is not Precision.DAY:
        return None
    day = end.day.first
    promise = _promise(plan, promises, copied)
    due = due_by(plan.announced, promise) if promise else None
    return Notice(
        plan=plan,
        days=(day - plan.announced).days,
        promise=promise,
        short_by=max(0, (due - day).days) if due else None,
    )


def _promise(plan: Plan, promises: Sequence[Promise], copied: Mapping[SourceId, date]) -> Promise | None:
    """The promise for a model or family, if the publisher's page had made it by the day of the announcement."""
    if plan.name.startswith(("/", "product/")):
        return None
    made = [each for each in promises if copied[each.source] <= plan.announced]
    return next((each for each in made if not each.marks or any(mark in plan.name for mark in each.marks)), None)


def due_by(announced: date, promise: Promise) -> date:
    """The first day on which the promised notice is over; a month ends on the same day of the month, or on its last."""
    if promise.unit is Unit.WEEKS:
        return announced + timedelta(weeks=promise.amount)
    months = announced.year * 12 + announced.month - 1 + promise.amount
    year, month = divmod(months, 12)
    return date(year, month + 1, min(announced.day, monthrange(year, month + 1)[1]))

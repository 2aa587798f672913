"""Plans -> notice given, in days, compared with the publisher's policy of that day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from almanac.catalog import NoticeGiven, Plan
from almanac.records import NoticePolicy, Precision, Qualifier, SourceId, Unit


def notices(
    plans: Sequence[Plan], policies: Sequence[NoticePolicy], copy_dates: Mapping[SourceId, date]
) -> tuple[NoticeGiven, ...]:
    """The notice to the shutdown date first known, for each plan with an exact date; other plans are left out.

    So is a family in whose row its models are listed: they have plans of their own.
    """
    named = (plan for plan in plans if not (plan.is_of_family and plan.row.listed_with))
    return tuple(notice for plan in named if (notice := _notice(plan, policies, copy_dates)))


def _notice(plan: Plan, policies: Sequence[NoticePolicy], copy_dates: Mapping[SourceId, date]) -> NoticeGiven | None:
    end = plan.first.shutdown
    if end.qualifier is not Qualifier.ON or end.day is None or end.day.precision is not Precision.DAY:
        return None
    day = end.day.first
    policy = _policy(plan, policies, copy_dates)
    due = due_by(plan.announced, policy) if policy else None
    return NoticeGiven(
        plan=plan,
        days=(day - plan.announced).days,
        policy=policy,
        short_by=max(0, (due - day).days) if due else None,
    )


def _policy(plan: Plan, policies: Sequence[NoticePolicy], copy_dates: Mapping[SourceId, date]) -> NoticePolicy | None:
    """The policy that the publisher's page stated by the day of the announcement, for a model or family."""
    if plan.name.startswith(("/", "product/")):
        return None
    stated = [each for each in policies if copy_dates[each.source] <= plan.announced]
    return next(
        (each for each in stated if not each.name_contains or any(part in plan.name for part in each.name_contains)),
        None,
    )


def due_by(announced: date, policy: NoticePolicy) -> date:
    """The first day on which the promised notice is over; months end on the same day of the month, or on its last."""
    if policy.notice.unit is Unit.WEEKS:
        return announced + timedelta(weeks=policy.notice.amount)
    months = announced.year * 12 + announced.month - 1 + policy.notice.amount
    year, month = divmod(months, 12)
    return date(year, month + 1, min(announced.day, monthrange(year, month + 1)[1]))

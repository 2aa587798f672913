"""Plans, a day -> the plan in effect for a name, and the status that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from almanac.catalog import Doubt, Plan, Status
from almanac.records import Qualifier


def effective_plan(plans: Sequence[Plan]) -> Plan | None:
    """Of the plans for one name, newest first, the first that is not withdrawn."""
    return max((plan for plan in plans if not plan.withdrawn), key=lambda plan: plan.announced, default=None)


def has_ended(plan: Plan, by: date) -> bool:
    """Whether its exact shutdown date is before that day."""
    end = plan.shutdown
    return bool(end.qualifier is Qualifier.ON and end.day and end.day.last < by)


def status_on(
    day: date, plan: Plan | None, horizon: date, *, is_legacy: bool = False, doubt: Doubt | None = None
) -> Status:
    """The status. A shutdown date up to the horizon means SHUT_DOWN; a past one after it only PASSED."""
    if plan is None:
        if doubt:
            return Status.UNCONFIRMED
        return Status.LEGACY if is_legacy else Status.ACTIVE
    end = plan.shutdown.day
    if end is None or plan.shutdown.qualifier is not Qualifier.ON or day < end.last:
        return Status.DEPRECATED
    if end.last <= horizon:
        return Status.SHUT_DOWN
    return Status.PASSED if day > end.last else Status.DEPRECATED  # on the day itself, it is still to happen

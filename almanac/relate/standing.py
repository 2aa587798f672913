"""Plans, a day -> Standing: where a name stands, and every day on which that turns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from almanac.catalog import Plan, Standing, Turn
from almanac.records import Qualifier


def deciding(plans: Sequence[Plan], day: date) -> Plan | None:
    """Of the plans that end one name, the one announced last by that day: what was said last holds."""
    return max((plan for plan in plans if plan.announced <= day), key=lambda plan: plan.announced, default=None)


def standing_on(day: date, plans: Sequence[Plan], legacy_since: date | None, horizon: date) -> Standing:
    """Shut down only where a source can know it: a planned day after the horizon has passed, and that is all."""
    plan = deciding(plans, day)
    if plan is None:
        return Standing.LEGACY if legacy_since and legacy_since <= day else Standing.ACTIVE
    end = plan.shutdown.day
    if end is None or plan.shutdown.qualifier is not Qualifier.ON or day < end.first:
        return Standing.DEPRECATED
    return Standing.SHUT_DOWN if end.first <= horizon else Standing.PASSED


def turns(plans: Sequence[Plan], legacy_since: date | None, horizon: date) -> tuple[Turn, ...]:
    """Every change of standing, past and planned, in order; the first has no start."""
    days = {plan.announced for plan in plans} | {plan.shutdown.day.first for plan in plans if plan.shutdown.day}
    days |= {legacy_since} if legacy_since else set()
    found = [Turn(None, standing_on(date.min, plans, legacy_since, horizon))]
    for day in sorted(days):
        standing = standing_on(day, plans, legacy_since, horizon)
        if standing is not found[-1].standing:
            found.append(Turn(day, standing))
    return tuple(found)

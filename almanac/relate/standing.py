"""Plans, a day -> the plan in effect for a name, and the standing that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from almanac.catalog import Plan, Standing
from almanac.records import Qualifier


def effective_plan(plans: Sequence[Plan]) -> Plan | None:
    """Of the plans that end one name, the one announced last: what was said last holds, if it was not withdrawn."""
    return max((plan for plan in plans if not plan.withdrawn), key=lambda plan: plan.announced, default=None)


def standing_on(day: date, plan: Plan | None, legacy_since: date | None, horizon: date) -> Standing:
    """Shut down only where a source can know it: a planned day after the horizon has passed, and that is all."""
    if plan is None:
        return Standing.LEGACY if legacy_since and legacy_since <= day else Standing.ACTIVE
    end = plan.shutdown.day
    if end is None or plan.shutdown.qualifier is not Qualifier.ON or day < end.first:
        return Standing.DEPRECATED
    return Standing.SHUT_DOWN if end.first <= horizon else Standing.PASSED

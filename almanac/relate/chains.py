"""Plans -> chains: what replaces a thing, what replaces that, and so on to a living end, a dead end or a circle."""

from __future__ import annotations

from collections.abc import Callable

from almanac.catalog import Plan, Standing, Step
from almanac.records import Replacement

PlanOf = Callable[[str], Plan | None]
StandingOf = Callable[[str], Standing]


def chain(name: str, plan_of: PlanOf, standing_of: StandingOf) -> tuple[Step, ...]:
    """Every branch of the replacements of a model or endpoint, followed until it lives, ends or repeats itself."""
    return _after(plan_of(name), plan_of, standing_of, (name,))


def _after(plan: Plan | None, plan_of: PlanOf, standing_of: StandingOf, seen: tuple[str, ...]) -> tuple[Step, ...]:
    return tuple(_step(each, plan_of, standing_of, seen) for each in plan.replacements) if plan else ()


def _step(replacement: Replacement, plan_of: PlanOf, standing_of: StandingOf, seen: tuple[str, ...]) -> Step:
    name = replacement.name
    if not name:
        return Step(replacement=replacement, standing=None, shutdown=None, then=())
    plan = plan_of(name)
    repeats = name in seen
    return Step(
        replacement=replacement,
        standing=standing_of(name),
        shutdown=plan.shutdown if plan else None,
        then=() if repeats else _after(plan, plan_of, standing_of, (*seen, name)),
        repeats=repeats,
    )

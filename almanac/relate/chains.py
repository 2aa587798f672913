"""Plans -> chains: what replaces a name, what replaces that, and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from almanac.catalog import ENDED, DeadEndCounts, Plan, Status, Step
from almanac.records import Absent, Deadline, Qualifier, Replacement

PlanOf = Callable[[str], Plan | None]
StatusOf = Callable[[str], Status]


def chain(name: str, plan_of: PlanOf, status_of: StatusOf) -> tuple[Step, ...]:
    """All branches of replacements of a name, each to a name that is active or legacy, a dead end or a repetition."""
    return _after(plan_of(name), plan_of, status_of, (name,))


def _after(plan: Plan | None, plan_of: PlanOf, status_of: StatusOf, seen: tuple[str, ...]) -> tuple[Step, ...]:
    if plan is None:
        return ()
    return tuple(_step(each, plan.shutdown, plan_of, status_of, seen) for each in plan.replacements)


def _step(
    replacement: Replacement, before: Deadline, plan_of: PlanOf, status_of: StatusOf, seen: tuple[str, ...]
) -> Step:
    name = replacement.name
    if not name:
        return Step(replacement=replacement, status=None, shutdown=None, then=())
    plan = plan_of(name)
    repeats = name in seen
    return Step(
        replacement=replacement,
        status=status_of(name),
        shutdown=plan.shutdown if plan else None,
        then=() if repeats else _after(plan, plan_of, status_of, (*seen, name)),
        repeats=repeats,
        ends_first=plan is not None and _no_later(plan.shutdown, before),
    )


def _no_later(end: Deadline, than: Deadline) -> bool:
    """Whether an exact date is no later than another date; False if either is unknown."""
    return bool(end.qualifier is Qualifier.ON and end.day and than.day and end.day.first <= than.day.first)


def dead_ends(plans: Iterable[Plan], status_of: StatusOf) -> DeadEndCounts:
    """How many of the plans past their date name only replacements that are past theirs too."""
    past = [plan for plan in plans if status_of(plan.name) in ENDED]
    return DeadEndCounts(
        past=len(past),
        dead_as_announced=sum(_is_dead(plan.first.replacements, status_of) for plan in past),
        now_dead=sum(_is_dead(plan.now.replacements, status_of) for plan in past),
    )


def _is_dead(replacements: tuple[Replacement, ...] | Absent, status_of: StatusOf) -> bool:
    """Whether all named replacements are past their date; terms (guides, programmes) never are."""
    if isinstance(replacements, Absent):
        return False
    return all(each.name and status_of(each.name) in ENDED for each in replacements)

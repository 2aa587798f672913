"""An entry -> the answer at the top of its page: may I still use it, until when, and then what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from almanac.catalog import Catalog, Compatible, EndpointEntry, ModelEntry, Plan, ProductEntry, Standing, Step
from almanac.records import Absent, Certainty, Deadline, Qualifier
from almanac.render.said import Joined, Left, Name, Said, Say, replacement, replacements, say, subject

_Entry: TypeAlias = ModelEntry | EndpointEntry | ProductEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer in one sentence, and what else one must know at once."""

    headline: Say
    details: tuple[Say, ...]


def answer(entry: _Entry, world: Catalog) -> Answer:
    return Answer(
        headline(entry.standing, entry.plan, world), (*_alias(entry, world), *_instead(entry), *_changes(entry))
    )


def headline(standing: Standing, plan: Plan | None, world: Catalog) -> Say:
    """Whether and until when, never claiming to know more than the sources did on their last day."""
    current = world.as_of <= world.horizon.first
    if plan is None:
        return say(f"answer-{standing}" if current else f"answer-{standing}-then", horizon=world.horizon)
    day = plan.shutdown.day
    if day is None:
        return say("answer-undated" if plan.shutdown.qualifier is Qualifier.UNDATED else "answer-not-recorded")
    if plan.shutdown.qualifier is Qualifier.NOT_BEFORE:
        passed = day.first <= world.as_of
        return say("answer-not-before-passed" if passed else "answer-not-before", day=day)
    if standing is Standing.DEPRECATED:
        left = (day.first - world.as_of).days
        return say("answer-ends-on", day=day, left=Left(day, left))
    return say(f"answer-{standing}", day=day)


def until(plan: Plan | None) -> Said:
    """The end that a plan sets, for a table's cell."""
    return deadline(plan.shutdown) if plan else say("no-plan")


def deadline(end: Deadline) -> Said:
    if end.day is None:
        return say("undated" if end.qualifier is Qualifier.UNDATED else "not-recorded")
    return say("not-before", day=end.day) if end.qualifier is Qualifier.NOT_BEFORE else end.day


def _instead(entry: _Entry) -> Iterator[Say]:
    """Where to go: what was named, or, where that is itself to retire, the living ends to which it leads."""
    if entry.plan is None:
        return
    if isinstance(entry.plan.now.replacements, Absent):
        yield say(f"instead-{entry.plan.now.replacements}")
        return
    over = entry.standing in {Standing.SHUT_DOWN, Standing.PASSED}
    key = "instead-was" if over else "instead"
    dying = [step for step in entry.chain if step.standing and not step.lives]
    alive = [step.replacement for step in entry.chain if step not in dying]
    if not dying:
        yield say(key, replacement=replacements(entry.plan.now.replacements))
    elif alive:
        yield say(key, replacement=replacements(tuple(alive)))
    elif ends := tuple(dict.fromkeys(_living(entry.chain))):
        yield say(key, replacement=Joined(ends, "or"))
    for step in dying:
        gone = step.standing is Standing.SHUT_DOWN
        yield say("replacement-gone" if gone else "replacement-retires", name=replacement(step.replacement))
        if not any(_living(step.then)):
            yield say("replacement-dead-end", name=replacement(step.replacement))


def _changes(entry: _Entry) -> Iterator[Say]:
    """What became of its plans: a day that moved, access that was limited, a plan that was taken back."""
    if entry.plan and entry.plan not in entry.plans:
        yield say("announced-for-family", family=subject(entry.plan.name), day=entry.plan.announcement.announced)
    if entry.plan and entry.plan.shutdown != entry.plan.first.shutdown and entry.plan.first.shutdown.day:
        yield say("first-announced-for", day=deadline(entry.plan.first.shutdown))
    for plan in entry.plans:
        for limit in plan.limits if plan is entry.plan else ():
            if limit.since:
                yield say("limited-since", day=limit.since)
        if plan.withdrawn:
            yield say("plan-withdrawn", announced=plan.announcement.announced, observed=plan.withdrawn.observed)


def _living(steps: tuple[Step, ...]) -> Iterator[Said]:
    for step in steps:
        if step.lives:
            yield subject(step.replacement.name)
        yield from _living(step.then)


def _alias(entry: _Entry, world: Catalog) -> Iterator[Say]:
    if not isinstance(entry, ModelEntry) or not entry.record.points_to:
        return
    if entry.standing in {Standing.PASSED, Standing.SHUT_DOWN}:
        return
    now = entry.pointing
    for pointing in entry.record.points_to:
        target = Name(pointing.model.id)
        if pointing is now:
            planned = pointing.certainty is Certainty.PLANNED
            stale = world.as_of > world.horizon.first
            key = "points-planned" if planned else "points-then" if stale else "points-now"
            yield say(key, model=target, day=pointing.since or world.horizon, horizon=world.horizon)
        elif pointing.since and pointing.since.first > world.as_of:
            yield say("points-from", model=target, day=pointing.since)


def reason(cell: Compatible) -> Said:
    """Why an endpoint takes a model or not, as a sentence."""
    if cell.takes and cell.takes.note:
        return cell.takes.note
    name: Said = Name(cell.takes.model.id) if cell.takes else ""
    return say(f"because-{cell.reason}", name=name, features=Joined(cell.features or ("",)))

"""The summary at the top of an entry's page: whether it still works, until when, and its replacement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from almanac.catalog import (
    Catalog,
    Compatible,
    Doubt,
    EndpointEntry,
    ModelEntry,
    Plan,
    ProductEntry,
    Reason,
    Status,
    Step,
)
from almanac.records import Absent, Certainty, Day, Deadline, Qualifier
from almanac.render.text.message import (
    Countdown,
    IdLink,
    JoinedList,
    Message,
    Phrase,
    phrase,
    replacement,
    replacements,
    subject,
)

_Entry: TypeAlias = ModelEntry | EndpointEntry | ProductEntry


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer in one sentence, and further details in one sentence each."""

    headline: Phrase
    details: tuple[Phrase, ...]


def summary(entry: _Entry, world: Catalog) -> Summary:
    return Summary(headline(entry, world), (*_pointings(entry, world), *_replacements(entry), *_changes(entry)))


def headline(entry: _Entry, world: Catalog) -> Phrase:
    """What is known of the entry: when it was last listed, or until when it works."""
    status, plan = entry.status, entry.plan
    if plan is None:
        return _without_plan(entry, world)
    day = plan.shutdown.day
    if day is None:
        return phrase("answer-undated" if plan.shutdown.qualifier is Qualifier.UNDATED else "answer-not-recorded")
    if plan.shutdown.qualifier is Qualifier.NOT_BEFORE:
        passed = day.first <= world.as_of
        return phrase("answer-not-before-passed" if passed else "answer-not-before", day=day)
    if status is Status.DEPRECATED:
        left = (day.first - world.as_of).days
        return phrase("answer-ends-on", day=day, left=Countdown(day, left))
    return phrase(f"answer-{status}", day=day)


def _without_plan(entry: _Entry, world: Catalog) -> Phrase:
    seen = entry.last_seen
    if entry.doubt and entry.doubt is not Doubt.UNSEEN:
        return phrase(f"answer-{entry.status}-{entry.doubt}")
    key = f"answer-{entry.status}" if seen and not entry.doubt else f"answer-{entry.status}-unseen"
    if seen is None:
        return phrase(key, horizon=world.horizon)
    return phrase(key, publisher=world.sources[seen.source].publisher, seen=Day(seen.day), horizon=world.horizon)


def until(plan: Plan | None) -> Message:
    """The shutdown date of a plan, for a table cell."""
    return deadline(plan.shutdown) if plan else phrase("no-plan")


def deadline(end: Deadline) -> Message:
    if end.day is None:
        return phrase("undated" if end.qualifier is Qualifier.UNDATED else "not-recorded")
    return phrase("not-before", day=end.day) if end.qualifier is Qualifier.NOT_BEFORE else end.day


def _replacements(entry: _Entry) -> Iterator[Phrase]:
    """The named replacement, or the active ends of its chain if it is deprecated itself."""
    if entry.plan is None:
        return
    if isinstance(entry.plan.now.replacements, Absent):
        yield phrase(f"summary-replacement-{entry.plan.now.replacements}")
        return
    over = entry.status in {Status.SHUT_DOWN, Status.PASSED}
    key = "summary-replacement-was" if over else "summary-replacement"
    dying = [step for step in entry.chain if step.status and not step.lives]
    alive = [step.replacement for step in entry.chain if step not in dying]
    if not dying:
        yield phrase(key, replacement=replacements(entry.plan.now.replacements, "and"))
    elif alive:
        yield phrase(key, replacement=replacements(tuple(alive), "and"))
    elif ends := tuple(dict.fromkeys(_active_ends(entry.chain))):
        yield phrase(key, replacement=JoinedList(ends, "or"))
    for step in dying:
        gone = step.status is Status.SHUT_DOWN
        yield phrase("replacement-shut-down" if gone else "replacement-deprecated", name=replacement(step.replacement))
        if not any(_active_ends(step.then)):
            yield phrase("replacement-dead-end", name=replacement(step.replacement))


def _changes(entry: _Entry) -> Iterator[Phrase]:
    """Changes of the entry's plans: another date, limited access, a withdrawn plan."""
    if entry.plan and entry.plan not in entry.plans:
        yield phrase("announced-for-family", family=subject(entry.plan.name), day=entry.plan.announcement.announced)
    if entry.plan and entry.plan.shutdown != entry.plan.first.shutdown and entry.plan.first.shutdown.day:
        yield phrase("first-announced-for", day=deadline(entry.plan.first.shutdown))
    for plan in entry.plans:
        for limit in plan.limits if plan is entry.plan else ():
            if limit.since:
                yield phrase("limited-since", day=limit.since)
        if plan.withdrawn:
            yield phrase("plan-withdrawn", announced=plan.announcement.announced, observed=plan.withdrawn.observed)


def _active_ends(steps: tuple[Step, ...]) -> Iterator[Message]:
    for step in steps:
        if step.lives:
            yield subject(step.replacement.name)
        yield from _active_ends(step.then)


def _pointings(entry: _Entry, world: Catalog) -> Iterator[Phrase]:
    if not isinstance(entry, ModelEntry) or not entry.record.points_to:
        return
    if entry.status in {Status.PASSED, Status.SHUT_DOWN}:
        return
    now = entry.pointing
    for pointing in entry.record.points_to:
        target = IdLink(pointing.model.id)
        if pointing is now:
            planned = pointing.certainty is Certainty.PLANNED
            stale = world.as_of > world.horizon.first
            key = "points-planned" if planned else "points-then" if stale else "points-now"
            yield phrase(key, model=target, day=pointing.since or world.horizon, horizon=world.horizon)
        elif pointing.since and pointing.since.first > world.as_of:
            yield phrase("points-from", model=target, day=pointing.since)


def reason(cell: Compatible) -> Message:
    """Why an endpoint supports a model or not, as one sentence."""
    if cell.listed and cell.listed.note:
        return cell.listed.note
    is_listed = cell.reason is Reason.LISTED  # the model itself is what the list names
    name: Message = IdLink(cell.listed.model.id) if cell.listed and not is_listed else ""
    return phrase(f"because-{cell.reason}", name=name, features=JoinedList(cell.features or ("",)))

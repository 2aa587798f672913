"""Rules about events: each revises existing plans, after they were announced, and has the fields of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from almanac.check.days import OUT_OF_ORDER, last
from almanac.check.former_ids import renamed
from almanac.check.suggestions import called, did_you_mean, listed, now_called
from almanac.plans import PlanHistory, by_key, key_of
from almanac.records import Content, Event, EventKind, PlanKey, Problem, RecordKind, Scope, Unparsed


def events_revise_a_plan(content: Content) -> Iterator[Problem]:
    """Each plan that a later change revises exists: announcement, name in one of its rows, and scope."""
    plans = by_key(content)
    of_announcement: dict[str, dict[str, list[Scope]]] = {each.id: defaultdict(list) for each in content.announcements}
    for key in plans:
        of_announcement[key.announcement][key.subject.name].append(key.scope)
    former = renamed(content)
    for event in content.events:
        for revised in event.revises:
            if revised not in plans:
                yield from _missing_plan(revised, of_announcement, content.unparsed, former)


def _missing_plan(
    revised: PlanKey,
    of_announcement: Mapping[str, Mapping[str, Collection[Scope]]],
    unparsed: Unparsed,
    former: Mapping[str, Mapping[str, str]],
) -> Iterator[Problem]:
    name = revised.subject.name
    names = of_announcement.get(revised.announcement)
    message = f"the announcement '{revised.announcement}' has no plan for {called(name)}"
    if names is None:
        if not unparsed.may_be(RecordKind.ANNOUNCEMENT, revised.announcement):
            hint = now_called(revised.announcement, former[RecordKind.ANNOUNCEMENT])
            known = of_announcement.keys() | unparsed.names(RecordKind.ANNOUNCEMENT)
            hint = hint or did_you_mean(revised.announcement, known) or "correct the name, or add the announcement"
            yield Problem(revised.at, f"there is no announcement '{revised.announcement}'", hint)
    elif unparsed.some(RecordKind.EVENT):
        return  # an unparsed event may add that name
    elif name not in names:
        kind, _, id = ("endpoint", "/", name) if name.startswith("/") else name.rpartition("/")
        hint = now_called(id, former[kind or "model"])
        hint = hint or did_you_mean(name, names) or "name the subject of one of its rows"
        yield Problem(revised.subject.at, message, hint)
    else:
        scopes = " or ".join(f"'scope: {scope}'" for scope in names[name])
        yield Problem(revised.at, f"{message} (scope: {revised.scope})", f"write {scopes}")


def events_follow_what_they_revise(content: Content) -> Iterator[Problem]:
    """A later change is announced no later than it is observed, and neither happens before the plan that it revises."""
    plans = by_key(content)
    for event in content.events:
        if event.announced and event.announced.first > event.observed.first:
            message = f"announced on {event.announced}, after it was observed on {event.observed}"
            yield Problem(event.at, message, OUT_OF_ORDER)
        for revised in event.revises:
            plan = plans.get(revised)
            if plan:
                yield from _too_early(event, revised, plan)


def _too_early(event: Event, revised: PlanKey, plan: PlanHistory) -> Iterator[Problem]:
    since = f"the plan for {called(plan.name)}, which dates from {plan.known_from}"
    if event.observed.first < plan.known_from:
        yield Problem(revised.at, f"observed on {event.observed}, before {since}", OUT_OF_ORDER)
    elif event.announced and last(event.announced) < plan.known_from:
        yield Problem(revised.at, f"announced on {event.announced}, before {since}", OUT_OF_ORDER)
    day = event.shutdown.day if event.shutdown else None
    if day and last(day) < plan.announcement.announced.first:
        yield Problem(revised.at, f"{called(plan.name)} is shut down on {day}, before {since}", OUT_OF_ORDER)


_FIELDS = ("shutdown", "replacements", "since", "audience", "adds")
_NEEDED: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.MOVED: ("shutdown",),
    EventKind.REPLACEMENT_CHANGED: ("replacements",),
    EventKind.WITHDRAWN: (),
    EventKind.ACCESS_LIMITED: ("since", "audience"),
    EventKind.CORRECTED: (),
}
_CORRECTABLE = ("shutdown", "replacements", "adds")


def events_say_what_changed(content: Content) -> Iterator[Problem]:
    """A later change has exactly the fields that its kind needs; a correction has at least one."""
    for event in content.events:
        present = [name for name in _FIELDS if getattr(event, name) not in {None, ()}]
        needed = _NEEDED[event.kind]
        for name in needed:
            if name not in present:
                message = f"'{name}' is missing: an event of the kind '{event.kind}' needs it"
                yield Problem(event.at, message, f"add '{name}: …', or change the kind")
        if event.kind is EventKind.CORRECTED:
            needed = _CORRECTABLE
            if not set(present) & set(needed):
                yield Problem(event.at, "the event corrects nothing", f"add one or more of {listed(needed)}")
        for name in present:
            if name not in needed:
                yield Problem(event.at, f"an event of the kind '{event.kind}' cannot have '{name}'", _kinds_hint(name))


def _kinds_hint(name: str) -> str:
    kinds = [change for change, needed in _NEEDED.items() if name in needed]
    if name in _CORRECTABLE:
        kinds.append(EventKind.CORRECTED)
    return f"move it to an event of the kind {' or '.join(kinds)}"


_NO_CHANGE = "write what changed, and leave out what did not"


def events_change_something(content: Content) -> Iterator[Problem]:
    """A later change of a date or of replacements differs from the plan before it."""
    if content.unparsed.some(RecordKind.EVENT):
        return  # the change before it may be unparsed
    revised = {(event.id, each): each for event in content.events for each in event.revises}
    for key, plan in by_key(content).items():
        shutdown, replacements = plan.row.shutdown, plan.row.replacements
        for event in plan.events:
            first_key = revised.get((event.id, key))
            if first_key and event.shutdown == shutdown:
                message = f"{called(plan.name)} already has this shutdown date: {shutdown}"
                yield Problem(first_key.at, message, _NO_CHANGE)
            if first_key and event.replacements == replacements:
                yield Problem(first_key.at, f"{called(plan.name)} already has these replacements", _NO_CHANGE)
            shutdown = event.shutdown or shutdown
            replacements = replacements if event.replacements is None else event.replacements


def plans_change_once_a_day(content: Content) -> Iterator[Problem]:
    """Each aspect of a plan (date, replacements, audience, withdrawal) changes at most once a day."""
    plans = by_key(content)
    first: dict[tuple[PlanKey, str, date], PlanKey] = {}
    for event in content.events:
        for revised in event.revises:
            for key in _keys(revised, plans):
                for what in _changes(event):
                    first_key = first.setdefault((key, what, event.observed.first), revised)
                    if first_key is not revised:
                        yield Problem(
                            revised.at,
                            f"{called(revised.subject.name)} is {what} twice on {event.observed}",
                            f"delete one: the other is at {first_key.at}",
                        )


def _keys(revised: PlanKey, plans: Mapping[PlanKey, PlanHistory]) -> Iterator[PlanKey]:
    """The key itself and, for a row's subject, the keys of all names listed with it."""
    yield revised
    plan = plans.get(revised)
    if plan and plan.row.subject.name == plan.name:
        for ref in plan.row.listed_with:
            yield key_of(plan.announcement, plan.row, ref)


def _changes(event: Event) -> Iterator[str]:
    if event.shutdown:
        yield "given a shutdown date"
    if event.replacements is not None:
        yield "given replacements"
    if event.audience:
        yield "limited in access"
    if event.kind is EventKind.WITHDRAWN:
        yield "withdrawn"


def events_are_named_by_their_day(content: Content) -> Iterator[Problem]:
    """The file name of a later change begins with the day on which it was observed."""
    for event in content.events:
        day, slug = event.id[:10], event.id[11:]
        if day != str(event.observed):
            yield Problem(
                event.at,
                f"the event was observed on {event.observed}, but its file is dated {day}",
                f"rename the file to '{event.observed}-{slug}.yaml'",
            )


def added_names_are_new(content: Content) -> Iterator[Problem]:
    """A name that a later copy adds is added to the plan of the row's subject, and is new in the row."""
    plans = by_key(content)
    for event in content.events:
        for revised in event.revises if event.adds else ():
            plan = plans.get(revised)
            if plan and plan.name != plan.row.subject.name:
                subject = called(plan.row.subject.name)
                message = f"names can only be added to the plan of {subject}, not of {called(plan.name)}"
                yield Problem(revised.subject.at, message, f"write {subject}")
            elif plan:
                yield from _not_new(event, plan, plans)


def _not_new(event: Event, plan: PlanHistory, plans: Mapping[PlanKey, PlanHistory]) -> Iterator[Problem]:
    for ref in event.adds:
        other = plans.get(key_of(plan.announcement, plan.row, ref))
        if other and (other.row is not plan.row or other.known_from < event.observed.first):
            message = f"'{ref.id}' (scope: {plan.row.scope}) already has a plan in '{plan.announcement.id}'"
            yield Problem(
                ref.at, message, f"remove it here: it is in the row at {other.row.at} since {other.known_from}"
            )

"""Rules about events: each revises existing plans, after they were announced, and has the fields of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import takewhile

from almanac.check.days import OUT_OF_ORDER
from almanac.check.former_ids import renamed
from almanac.check.suggestions import called, did_you_mean, did_you_mean_subject, listed, now_called
from almanac.plans import PlanHistory, by_key, by_name, is_of, key_of
from almanac.records import (
    Content,
    Event,
    EventKind,
    PlanKey,
    Precision,
    Problem,
    RecordKind,
    Scope,
    Source,
    SourceId,
    Subject,
    Unparsed,
)


def events_revise_a_plan(content: Content) -> Iterator[Problem]:
    """Each plan that a later change revises exists: announcement, name in one of its rows, and scope."""
    plans = by_key(content)
    of_announcement: dict[str, dict[str, list[Scope]]] = {each.id: defaultdict(list) for each in content.announcements}
    for key, plan in plans.items():
        of_announcement[key.announcement][plan.name].append(key.scope)
    former = renamed(content)
    for event in content.events:
        for revised in event.revises:
            if revised.subject is None:
                yield from _missing_announcement(event, revised, of_announcement, content.unparsed, former)
            elif revised not in plans:
                yield from _missing_plan(revised, revised.subject, of_announcement, content.unparsed, former)


def _missing_announcement(
    event: Event,
    revised: PlanKey,
    of_announcement: Mapping[str, Mapping[str, Collection[Scope]]],
    unparsed: Unparsed,
    former: Mapping[str, Mapping[str, str]],
) -> Iterator[Problem]:
    """A whole announcement: it exists, has plans of the scope, and no names are added to it."""
    scopes = of_announcement.get(revised.announcement)
    if scopes is None:
        yield from _no_announcement(revised, of_announcement, unparsed, former)
    elif event.adds:
        yield Problem(revised.at, "names are added to one row, not to a whole announcement", "write 'subject: …'")
    elif revised.scope is not Scope.ALL and not any(revised.scope in each for each in scopes.values()):
        message = f"the announcement '{revised.announcement}' has no plan (scope: {revised.scope})"
        yield Problem(revised.at, message, "correct the scope, or leave it out")
    elif not scopes:
        message = f"the announcement '{revised.announcement}' has no plan that could be revised"
        yield Problem(revised.at, message, "add a table to the announcement first")


def _no_announcement(
    revised: PlanKey,
    known: Mapping[str, object],
    unparsed: Unparsed,
    former: Mapping[str, Mapping[str, str]],
) -> Iterator[Problem]:
    if not unparsed.may_be(RecordKind.ANNOUNCEMENT, revised.announcement):
        hint = now_called(revised.announcement, former[RecordKind.ANNOUNCEMENT])
        hint = hint or did_you_mean(revised.announcement, known.keys() | unparsed.names(RecordKind.ANNOUNCEMENT))
        hint = hint or "correct the name, or add the announcement"
        yield Problem(revised.at, f"there is no announcement '{revised.announcement}'", hint)


def _missing_plan(
    revised: PlanKey,
    subject: Subject,
    of_announcement: Mapping[str, Mapping[str, Collection[Scope]]],
    unparsed: Unparsed,
    former: Mapping[str, Mapping[str, str]],
) -> Iterator[Problem]:
    name = subject.name
    names = of_announcement.get(revised.announcement)
    message = f"the announcement '{revised.announcement}' has no plan for {called(name)}"
    if names is None:
        yield from _no_announcement(revised, of_announcement, unparsed, former)
    elif unparsed.some(RecordKind.EVENT):
        return  # an unparsed event may add that name
    elif name not in names:
        kind, _, id = ("endpoint", "/", name) if name.startswith("/") else name.rpartition("/")
        hint = now_called(id, former[kind or "model"])
        yield Problem(
            subject.at, message, hint or did_you_mean_subject(name, names) or "name the subject of one of its rows"
        )
    else:
        scopes = " or ".join(f"'scope: {scope}'" for scope in names[name])
        yield Problem(revised.at, f"{message} (scope: {revised.scope})", f"write {scopes}")


def events_follow_what_they_revise(content: Content) -> Iterator[Problem]:
    """A later change is announced no later than it is observed, and neither happens before the plan that it revises."""
    plans = by_key(content)
    for event in content.events:
        if event.announced and event.observed and event.announced.first > event.observed.first:
            message = f"the event was announced on {event.announced}, after it was observed on {event.observed}"
            yield Problem(event.at, message, OUT_OF_ORDER)
        for revised in event.revises:
            for plan in _meant(revised, plans):
                yield from _too_early(event, revised, plan)


def events_have_a_day(content: Content) -> Iterator[Problem]:
    """A later change says from which day it is known: of the copy that first shows it, or the day that it gives."""
    for event in content.events:
        if not event.observed and not event.announced:
            yield Problem(
                event.at, "nothing says when the change became known", "add 'observed: …' with the date of the copy"
            )
        elif not event.observed and event.announced and event.announced.precision is not Precision.DAY:
            yield Problem(
                event.at, f"'{event.announced}' is not a full date", "add 'observed: …' with the date of the copy"
            )


def _meant(revised: PlanKey, plans: Mapping[PlanKey, PlanHistory]) -> Iterator[PlanHistory]:
    """The plans that a key in an event means: one, or all rows of an announcement."""
    if revised.subject is not None:
        if revised in plans:
            yield plans[revised]
    else:
        yield from (plan for plan in plans.values() if plan.key == plan.of_subject and is_of(revised, plan.key))


def _too_early(event: Event, revised: PlanKey, plan: PlanHistory) -> Iterator[Problem]:
    since = f"the plan for {called(plan.name)}, which dates from {plan.known_from}"
    if event.observed and event.observed.first < plan.known_from:
        yield Problem(revised.at, f"the event was observed on {event.observed}, before {since}", OUT_OF_ORDER)
    elif event.announced and event.announced.last < plan.known_from:
        yield Problem(revised.at, f"the event was announced on {event.announced}, before {since}", OUT_OF_ORDER)
    day = event.shutdown.day if event.shutdown else None
    if day and day.last < plan.announcement.announced.first:
        yield Problem(revised.at, f"{called(plan.name)} is shut down on {day}, before {since}", OUT_OF_ORDER)


_FIELDS = ("shutdown", "replacements", "since", "audience", "adds")
_NEEDED: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.MOVED: ("shutdown",),
    EventKind.REPLACEMENT_CHANGED: ("replacements",),
    EventKind.WITHDRAWN: (),
    EventKind.RESTORED: ("shutdown",),
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
    plans = by_key(content)
    for event in content.events:
        for revised in event.revises:
            meant = tuple(_meant(revised, plans))
            same = [message for plan in meant for message in _without_change(event, plan)]
            if same and (revised.subject is not None or len(same) == len(meant) * _changed(event)):
                yield from (Problem(revised.at, message, _NO_CHANGE) for message in same)


def _changed(event: Event) -> int:
    """The number of values that an event gives."""
    return (event.shutdown is not None) + (event.replacements is not None)


def _without_change(event: Event, plan: PlanHistory) -> Iterator[str]:
    """What the event gives to a plan that had it before."""
    if event.kind is EventKind.RESTORED:
        return  # it may return with the date that it had
    shutdown, replacements = plan.row.shutdown, plan.row.replacements
    for earlier in takewhile(lambda each: each is not event, plan.events):
        shutdown = earlier.shutdown or shutdown
        replacements = replacements if earlier.replacements is None else earlier.replacements
    if event.shutdown == shutdown:
        yield f"{called(plan.name)} already has this shutdown date: {shutdown}"
    if event.replacements == replacements:
        yield f"{called(plan.name)} already has these replacements"


def events_take_effect(content: Content) -> Iterator[Problem]:
    """Nothing changes a plan while it is withdrawn but its return, and only a withdrawn plan returns."""
    if content.unparsed.some(RecordKind.EVENT):
        return  # its return may be unparsed
    plans = by_key(content)
    for event in content.events:
        for revised in event.revises:
            meant = tuple(_meant(revised, plans))
            vain = [problem for plan in meant if (problem := _in_vain(event, revised, plan))]
            if vain and (revised.subject is not None or len(vain) == len(meant)):
                yield from vain


def _in_vain(event: Event, revised: PlanKey, plan: PlanHistory) -> Problem | None:
    withdrawn = plan.withdrawn_by(takewhile(lambda each: each is not event, plan.events))
    if withdrawn and withdrawn.day == event.day:
        return None  # another rule allows one of the two only
    if withdrawn and event.kind is not EventKind.RESTORED:
        return Problem(
            revised.at,
            f"{called(plan.name)} was withdrawn on {withdrawn.day}: the change of {event.day} has no effect",
            "add an event of the kind 'restored' before it, with the date that holds now, or undated",
        )
    if event.kind is EventKind.RESTORED and not withdrawn:
        message = f"{called(plan.name)} was not withdrawn before {event.day}"
        return Problem(revised.at, message, "for another date, write an event of the kind 'moved'")
    return None


def plans_change_once_a_day(content: Content) -> Iterator[Problem]:
    """Each aspect of a plan (date, replacements, audience, withdrawal) changes at most once a day."""
    plans = by_key(content)
    first: dict[tuple[PlanKey, str, date], PlanKey] = {}
    for event in content.events:
        for revised in event.revises:
            for key in _keys(revised, plans):
                for what in _changes(event):
                    first_key = first.setdefault((key, what, event.day.first), revised)
                    if first_key is not revised:
                        yield Problem(
                            revised.at,
                            f"{called(_name(key))} is {what} twice on {event.day}",
                            f"delete one: the other is at {first_key.at}",
                        )


def _keys(revised: PlanKey, plans: Mapping[PlanKey, PlanHistory]) -> Iterator[PlanKey]:
    """The key itself or all keys of its announcement and, for a row's subject, those of all names listed with it."""
    if revised.subject is not None:
        yield revised
    for plan in _meant(revised, plans):
        if revised.subject is None:
            yield plan.key
        if plan.key == plan.of_subject:
            yield from (key_of(plan.announcement, plan.row, ref) for ref in plan.row.listed_with)


def _name(key: PlanKey) -> str:
    return key.subject.name if key.subject else key.announcement


def _changes(event: Event) -> Iterator[str]:
    if event.shutdown:
        yield "given a shutdown date"
    if event.replacements is not None:
        yield "given replacements"
    if event.audience:
        yield "limited in access"
    if event.kind in {EventKind.WITHDRAWN, EventKind.RESTORED}:
        yield event.kind


def events_are_named_by_their_day(content: Content) -> Iterator[Problem]:
    """The file name of a later change begins with the day from which it is known."""
    for event in content.events:
        day, slug = event.id[:10], event.id[11:]
        if day != str(event.day) and (event.observed or event.announced):
            what = f"was observed on {event.observed}" if event.observed else f"was announced on {event.announced}"
            yield Problem(
                event.at,
                f"the event {what}, but its file is dated {day}",
                f"rename the file to '{event.day}-{slug}.yaml'",
            )


def first_copies_are_the_oldest(content: Content) -> Iterator[Problem]:
    """What is observed is in no older copy that is cited for the same statement."""
    if content.unparsed.some(RecordKind.ANNOUNCEMENT, RecordKind.EVENT, RecordKind.SOURCE):
        return
    copies = {source.id: source for source in content.sources}
    plans = by_key(content)
    for event in content.events:
        for revised in event.revises:
            for plan in _meant(revised, plans):
                yield from _in_an_older_copy(event, revised, plan, copies)
    yield from _dates_in_an_older_copy(content, copies)


def _in_an_older_copy(
    event: Event, revised: PlanKey, plan: PlanHistory, copies: Mapping[SourceId, Source]
) -> Iterator[Problem]:
    """What an announcement itself says is in every copy of it."""
    cited = [copies[each] for each in (plan.announcement.source, plan.row.source) if each in copies]
    oldest = min(cited, key=lambda copy: copy.state_of.first, default=None)
    if (
        oldest
        and event.observed
        and event.announced == plan.announcement.announced
        and oldest.state_of.last < event.observed.first
    ):
        yield Problem(
            revised.at,
            f"the event was observed on {event.observed}, but the announcement itself said it on {event.announced}, "
            f"and '{oldest.id}', a copy of {oldest.state_of}, already shows it",
            "leave out 'observed', or correct 'announced'",
        )


def _dates_in_an_older_copy(content: Content, copies: Mapping[SourceId, Source]) -> Iterator[Problem]:
    """A row whose date an event of another plan of the same name shows in an older copy."""
    for histories in by_name(content).values():
        for plan in histories:
            row, copy = plan.row, copies.get(plan.row.source)
            first = row.observed.first if row.observed else copy.state_of.first if copy else None
            seen = [
                event
                for other in histories
                if other.announcement.id != plan.announcement.id and other.row.scope is row.scope
                for event in other.events
                if event.observed and event.shutdown == row.shutdown and event.shutdown.day
                if plan.announcement.announced.first <= event.observed.first
            ]
            oldest = min(seen, key=lambda event: event.day.first, default=None)
            if first and oldest and oldest.day.first < first and plan.key == plan.of_subject:
                yield Problem(
                    row.at,
                    f"the date of {called(plan.name)} is taken from a copy of {first}, but a copy of {oldest.day} "
                    f"already has it: see {oldest.at}",
                    f"name the older copy as the source of the row, or write 'observed: {oldest.day}'",
                )


def added_names_are_new(content: Content) -> Iterator[Problem]:
    """A name that a later copy adds is added to the plan of the row's subject, and is new in the row."""
    plans = by_key(content)
    for event in content.events:
        for revised in event.revises if event.adds else ():
            plan = plans.get(revised)
            if plan and revised.subject and plan.name != plan.row.subject.name:
                subject = called(plan.row.subject.name)
                message = f"names can only be added to the plan of {subject}, not of {called(plan.name)}"
                yield Problem(revised.subject.at, message, f"write {subject}")
            elif plan:
                yield from _not_new(event, plan, plans)


def _not_new(event: Event, plan: PlanHistory, plans: Mapping[PlanKey, PlanHistory]) -> Iterator[Problem]:
    for ref in event.adds:
        other = plans.get(key_of(plan.announcement, plan.row, ref))
        if other and (other.row is not plan.row or other.known_from < event.day.first):
            message = f"'{ref.id}' (scope: {plan.row.scope}) already has a plan in '{plan.announcement.id}'"
            yield Problem(
                ref.at, message, f"remove it here: it has been in the row at {other.row.at} since {other.known_from}"
            )

"""Plans -> the calendars of shutdowns: whole, per family and per name, without language.

Every plan that ever had an exact date has an event, under its permanent id. Where the date no longer holds, the event
is cancelled, so that whoever imported it learns of it. An event has a new version (`sequence`, `stamp`) when its plan
is moved, withdrawn, restored, superseded or corrected, or has another replacement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import Catalog, ChangeKind, Plan
from almanac.plans import covers
from almanac.records import Day, Deadline, FamilyId, ModelId, Qualifier, Text
from almanac.render.data.corrections import PlanId, by_plan, plan_id
from almanac.render.data.feed import Followed
from almanac.render.data.plans_json import key_of
from almanac.render.text.message import Message, phrase, subject

_OWN = frozenset(
    {
        *(ChangeKind.DATE_KNOWN, ChangeKind.MOVED, ChangeKind.REPLACEMENT_CHANGED),
        *(ChangeKind.WITHDRAWN, ChangeKind.RESTORED),
    }
)
_OF_LATER = frozenset({ChangeKind.ANNOUNCED, ChangeKind.ADDED, ChangeKind.WITHDRAWN, ChangeKind.RESTORED})
"""The changes of a later plan for the same name, which supersedes this one unless it is withdrawn."""


class EventView(NamedTuple):
    plan: Plan
    key: str
    day: Day
    cancelled: bool
    ahead: bool  # still to come
    sequence: int
    stamp: date
    family: Text | None


class CalendarView(NamedTuple):
    """Some of the events."""

    name: str  # of the subject, or "" for all
    formerly: tuple[str, ...]
    title: Message
    page: str
    events: tuple[int, ...]


class Calendars(NamedTuple):
    about: Text
    events: tuple[EventView, ...]
    calendars: tuple[CalendarView, ...]


def calendars(world: Catalog, followed: Iterable[Followed]) -> Calendars:
    plans = [plan for announced in reversed(tuple(world.plans.values())) for plan in announced]
    of_name: defaultdict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        of_name[plan.name].append(plan)
    days = _Days(world)
    events: list[EventView] = []
    at: dict[PlanId, int] = {}
    for plan in plans:
        if end := _last_exact(plan):
            at[plan_id(plan)] = len(events)
            events.append(_event(world, plan, end, days.of(plan, of_name[plan.name])))
    return Calendars(
        world.site.disclaimer,
        tuple(events),
        (
            CalendarView("", (), phrase("calendar-name"), addresses.UPCOMING, _latest(events)),
            *(_calendar(each, at) for each in followed),
        ),
    )


_MOST = 1200
"""Events of the whole calendar, which subscribers fetch repeatedly. Those of names and families have all of theirs."""


def _latest(events: Sequence[EventView]) -> tuple[int, ...]:
    """All events, or those with the latest dates."""
    by_day = sorted(range(len(events)), key=lambda at: events[at].day.first)
    return tuple(sorted(by_day[-_MOST:]))


def _calendar(one: Followed, at: Mapping[PlanId, int]) -> CalendarView:
    events = sorted(at[plan] for plan in one.reached if plan in at)
    title = phrase("calendar-title", thing=subject(one.name))
    return CalendarView(one.name, one.formerly, title, addresses.named(one.name), tuple(events))


def _last_exact(plan: Plan) -> Day | None:
    """The last exact shutdown date; None if it never had one."""
    return next((day for each in reversed(plan.versions) if (day := _exact(each.shutdown))), None)


def _exact(end: Deadline) -> Day | None:
    return end.day if end.qualifier is Qualifier.ON else None


def _event(world: Catalog, plan: Plan, day: Day, revised: Sequence[date]) -> EventView:
    cancelled = bool(plan.withdrawn) or plan.superseded or _exact(plan.shutdown) is None
    return EventView(
        plan=plan,
        key=key_of(world, plan),
        day=day,
        cancelled=cancelled,
        ahead=not cancelled and day.first > world.as_of,
        sequence=len(revised),
        stamp=max((plan.known_from, *revised)),
        family=_family(world, plan.name),
    )


def _family(world: Catalog, name: str) -> Text | None:
    if model := world.models.get(ModelId(name)):
        return model.family.title
    family = world.families.get(FamilyId(name.removeprefix("family/"))) if name.startswith("family/") else None
    return family.record.title if family else None


class _Days:
    """The days on which the event of a plan has a new version."""

    def __init__(self, world: Catalog) -> None:
        self._changes: defaultdict[PlanId, list[tuple[ChangeKind, date]]] = defaultdict(list)
        for each in world.changes:
            if each.announcement:
                self._changes[each.announcement, each.subject, each.scope].append((each.kind, each.day))
        self._corrected = by_plan(world)

    def of(self, plan: Plan, of_name: Iterable[Plan]) -> tuple[date, ...]:
        return (
            *self._of(plan, _OWN),
            *(each.date.first for each in self._corrected.get(plan_id(plan), ())),
            *(max(day, plan.known_from) for later in _later(plan, of_name) for day in self._of(later, _OF_LATER)),
        )

    def _of(self, plan: Plan, kinds: frozenset[ChangeKind]) -> Iterator[date]:
        yield from (day for kind, day in self._changes.get(plan_id(plan), ()) if kind in kinds)


def _later(plan: Plan, of_name: Iterable[Plan]) -> Iterator[Plan]:
    """Later plans for the same name that cover the same scope."""
    for each in of_name:
        is_later = (each.announced, each.announcement.id) > (plan.announced, plan.announcement.id)
        if is_later and covers(each.row.scope, plan.row.scope):
            yield each

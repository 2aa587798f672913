"""Reverse indexes as of a day: name -> the plans, aliases, snapshots and conflicts that refer to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TypeVar

from almanac.catalog import Plan, Status, StatusChange
from almanac.plans import PlanHistory, by_name, named, on_day
from almanac.records import (
    Absent,
    Badge,
    Conflict,
    Day,
    Fact,
    Model,
    ModelId,
    Pointing,
    Replacement,
    Row,
    Scope,
    Sound,
    SourceId,
)
from almanac.relate.as_of import AsOf
from almanac.relate.status import effective_plan, has_ended, status_on

K = TypeVar("K")
V = TypeVar("V")

ENDS_THE_NAME = frozenset({Scope.ALL, Scope.INFERENCE})
"""Other scopes end only fine-tuned models, or fine-tuning."""


class Indexes:
    """All look-ups that entries need. Names of models, endpoints and products are distinct."""

    def __init__(self, sound: Sound, as_of: date) -> None:
        self.as_of = AsOf(sound, as_of)
        self.horizon = self.as_of.horizon(as_of)
        self.histories = by_name(sound)
        self.plans: Mapping[str, tuple[Plan, ...]] = {
            name: plans for name, histories in self.histories.items() if (plans := on_day(histories, as_of))
        }
        self.group_of: Mapping[str, str] = {  # family or product of a name; its plan applies to names without their own
            **{str(ref.id): f"family/{family.id}" for family in sound.families for ref in family.models},
            **{str(ref.id): f"product/{product.id}" for product in sound.products for ref in product.endpoints},
        }
        self.exists_from = _exists_from(sound, self.histories, self.as_of)
        self.models = {
            each.id: _with_open_end(self.as_of.record(each)) for each in sound.models if self.exists(each.id)
        }
        self.endpoints = {each.path: self.as_of.record(each) for each in sound.endpoints if self.exists(each.path)}
        self.products = {
            each.id: self.as_of.record(each) for each in sound.products if self.exists(f"product/{each.id}")
        }
        every_plan = tuple(plan for plans in self.plans.values() for plan in plans)
        self.replaced_by = _grouped((name, plan) for plan in every_plan for name in _names(plan.replacements))
        self.aliases = _grouped(
            (each.model.id, (model.id, each)) for model in self.models.values() for each in model.points_to
        )
        self.snapshots = _grouped(
            (of.name.id, model.id)
            for model in sorted(self.models.values(), key=_taken, reverse=True)
            if model.snapshot_of and (of := model.snapshot_of.value)
        )
        self.every_conflict = tuple(each for each in sound.conflicts if self._is_known(each))
        self.conflicts = _grouped(
            (name, each)
            for each in self.every_conflict
            for name in (
                *(str(ref.id) for ref in each.models),
                *(str(ref.id) for ref in each.endpoints),
                *(f"product/{ref.id}" for ref in each.products),
            )
        )
        self.discontinuations = (
            {row.model.id: row for row in sound.discontinuations.rows}
            if self.as_of.has(sound.discontinuations.source)
            else {}
        )
        tagged = (
            *(
                (str(ref.id), self.as_of.copy_dates[family.source])
                for family in sound.families
                if Badge.LEGACY in family.badges
                for ref in family.models
            ),
            *((str(model.id), self.as_of.known_from(fact)) for model in sound.models for fact in _legacy(model.badges)),
            *(
                (str(each.path), self.as_of.known_from(fact))
                for each in sound.endpoints
                for fact in _legacy(each.badges)
            ),
        )
        self.legacy_since: Mapping[str, date] = {name: min(days) for name, days in _grouped(tagged).items()}
        self.plan = cache(self._plan)
        self.status = cache(self._status)
        self.status_history = cache(self._status_history)

    def exists(self, name: str) -> bool:
        """Whether anything was known of the name on the day."""
        return self.exists_from[name] <= self.as_of.day

    def ending(self, name: str) -> tuple[Plan, ...]:
        """The plans that end the name itself, newest announcement first."""
        return tuple(plan for plan in self.plans.get(name, ()) if plan.row.scope in ENDS_THE_NAME)

    def _plan(self, name: str) -> Plan | None:
        """The plan in effect: its own, or else that of its family or product.

        Where a later row of the family includes a name with a plan of its own, a rule makes the row say so, in
        `listed_with`; the name then has a plan of its own in that row.
        """
        return effective_plan(self.ending(name)) or effective_plan(self.shared(name))

    def shared(self, name: str) -> tuple[Plan, ...]:
        """The plans of its family or product that end it, newest announcement first."""
        return _reaching(name, self.ending(self.group_of.get(name, "")))

    def reaching(self, name: str) -> tuple[Plan, ...]:
        """All plans for a name: its own, and those of its family or product that it had not outlived."""
        own = self.plans.get(name, ())
        in_rows = {plan.row for plan in own}
        shared = (
            plan
            for plan in self.shared(name)
            if plan.row not in in_rows
            and not any(has_ended(each, plan.announced) for each in own if not each.withdrawn)
        )
        return tuple(sorted((*own, *shared), key=lambda plan: plan.announced, reverse=True))

    def _status(self, name: str) -> Status:
        """Status on the day: that of the latest change up to it."""
        status_history = self.status_history(name)
        return next(
            change.status
            for change in reversed(status_history)
            if change.since is None or change.since <= self.as_of.day
        )

    def _status_history(self, name: str) -> tuple[StatusChange, ...]:
        """All changes of status, shutdown date or replacements, past and planned; the first has `since` None.

        A past day uses what was known on that day, a future day what is known on `as_of`.
        """
        own = self._ending(name)
        shared = [each for each in self._ending(self.group_of.get(name, "")) if not _is_excepted(name, each.row)]
        legacy = self.legacy_since.get(name)
        found = [self._change(None, own, shared, legacy)]
        for day in sorted(set(self._days((*own, *shared), legacy))):
            change = self._change(day, own, shared, legacy)
            if replace(change, since=None) != replace(found[-1], since=None):
                found.append(change)
        return tuple(found)

    def _days(self, histories: Iterable[PlanHistory], legacy: date | None) -> Iterator[date]:
        days = {day for history in histories for day in history.days} | ({legacy} if legacy else set())
        for day in days:
            yield day
            if copy := self.as_of.next_copy(day):
                yield copy

    def _ending(self, name: str) -> tuple[PlanHistory, ...]:
        return tuple(each for each in self.histories.get(name, ()) if each.row.scope in ENDS_THE_NAME)

    def _change(
        self, since: date | None, own: Iterable[PlanHistory], shared: Iterable[PlanHistory], legacy: date | None
    ) -> StatusChange:
        day = since or date.min
        known = min(day, self.as_of.day)
        plan = _effective_on(known, own) or _effective_on(known, shared)
        tagged = legacy if legacy and legacy <= known else None
        status = status_on(day, plan, tagged, self.as_of.horizon(known))
        if plan is None:
            return StatusChange(since, status, None, ())
        replacements = plan.now.replacements
        return StatusChange(
            since,
            status,
            plan.shutdown,
            replacements if isinstance(replacements, Absent) else tuple(map(_named, replacements)),
            plan.now.told_by,
        )

    def existed_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether anything was known of the model by the day of that source's copy."""
        return self.exists_from[model] <= self.as_of.copy_dates[source]

    def deprecated_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether the model was deprecated by the day of that source's copy."""
        return any(plan.announced <= self.as_of.copy_dates[source] for plan in self.ending(model))

    def pointing(self, model: Model) -> Pointing | None:
        """What an alias points to on the day, as far as is known: the last period that has begun and not ended."""
        day = self.as_of.day
        for each in reversed(model.points_to):
            begins = each.since or each.observed
            if begins is None or begins.first <= day:
                return None if isinstance(each.until, Day) and each.until.first <= day else each
        return None

    def _is_known(self, conflict: Conflict) -> bool:
        """Whether all its claims were known."""
        return self.as_of.has(*(claim.source for claim in conflict.claims))


def _with_open_end(model: Model) -> Model:
    """The model, its last period without the unknown end that only a later copy shows."""
    *before, last = model.points_to or (None,)
    if last is None or not isinstance(last.until, Absent):
        return model
    return replace(model, points_to=(*before, replace(last, until=None)))


def _reaching(name: str, plans: Iterable[Plan]) -> tuple[Plan, ...]:
    return tuple(plan for plan in plans if not _is_excepted(name, plan.row))


def _is_excepted(name: str, row: Row) -> bool:
    return any(ref.id == name for ref in row.all_except)


def _effective_on(day: date, histories: Iterable[PlanHistory]) -> Plan | None:
    return effective_plan([plan for history in histories if (plan := history.on(day))])


def _exists_from(sound: Sound, histories: Mapping[str, tuple[PlanHistory, ...]], as_of: AsOf) -> Mapping[str, date]:
    """Name -> first day on which anything is known of it."""
    days: dict[str, date] = {}

    def note(name: str, day: date) -> None:
        days[name] = min(day, days.get(name, day))

    for model in sound.models:
        note(model.id, as_of.copy_dates[model.source])
        for pointing in model.points_to:
            note(pointing.model.id, as_of.copy_dates[pointing.source])
        if model.snapshot_of:
            note(model.snapshot_of.value.name.id, as_of.copy_dates[model.snapshot_of.source])
    for endpoint in sound.endpoints:
        note(endpoint.path, as_of.copy_dates[endpoint.source])
    for product in sound.products:
        note(f"product/{product.id}", as_of.copy_dates[product.source])
    for name, histories_of_name in histories.items():
        for history in histories_of_name:
            note(name, history.known_from)
            for replacement in _names(history.row.replacements):
                note(replacement, history.known_from)
            for event in history.events:
                for replacement in _names(event.replacements):
                    note(replacement, max(event.day.first, history.known_from))
    return days


def _names(replacements: object) -> Iterable[str]:
    """The names of models, endpoints and products among replacements."""
    return dict.fromkeys(each.name for each in named(replacements) if each.name)


def _named(replacement: Replacement) -> str:
    return replacement.name or f"term/{replacement.term}"


def _legacy(badges: Iterable[Fact[Badge]]) -> Iterable[Fact[Badge]]:
    return (fact for fact in badges if fact.value is Badge.LEGACY)


def _taken(model: Model) -> date:
    return model.snapshot_of.value.taken.first if model.snapshot_of else date.min


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}

"""Reverse indexes as of a day: name -> the plans, aliases, snapshots and conflicts that refer to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from almanac.as_of import first_known, view
from almanac.catalog import ENDS_THE_NAME, Doubt, LastSeen, Plan, Status, StatusChange
from almanac.plans import PlanHistory, by_name, names, plans_as_of
from almanac.records import (
    Absent,
    Badge,
    Conflict,
    Day,
    EndpointPath,
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
from almanac.relate.sightings import Sightings
from almanac.relate.status import effective_plan, has_ended, status_on

K = TypeVar("K")
V = TypeVar("V")

_TRAINING = frozenset({Scope.TRAINING, Scope.FINE_TUNING})
_DATE = re.compile(r"-(?:20[0-9]{2}-)?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12][0-9]|3[01])$")
"""The date at the end of an id: `-2024-08-06`, `-0613`."""
_ENDS_FINE_TUNED = frozenset({Scope.FINE_TUNING, Scope.FINE_TUNED})


class Indexes:
    """All look-ups that entries need. Names of models, endpoints and products are distinct."""

    def __init__(self, sound: Sound, as_of: date) -> None:
        self.as_of = view(sound, as_of)
        self.horizon = self.as_of.horizon(as_of)
        self.histories = by_name(sound)
        self.plans: Mapping[str, tuple[Plan, ...]] = {
            name: plans for name, histories in self.histories.items() if (plans := plans_as_of(histories, as_of))
        }
        # What a name is part of, on any day, whose plan applies where the name has none of its own.
        self.group_of: Mapping[str, str] = {
            **{str(ref.id): f"family/{family.id}" for family in sound.families for ref in family.models},
            **{str(each.path): whole.value.name for each in sound.endpoints for whole in each.part_of.facts},
            **{f"product/{each.id}": whole.value.name for each in sound.products for whole in each.part_of.facts},
        }
        self.exists_from = first_known(sound, self.histories, self.as_of)
        self.models = {
            each.id: _with_open_end(self.as_of.record(each)) for each in sound.models if self.exists(each.id)
        }
        self.endpoints = {each.path: self.as_of.record(each) for each in sound.endpoints if self.exists(each.path)}
        self.products = {
            each.id: self.as_of.record(each) for each in sound.products if self.exists(f"product/{each.id}")
        }
        every_plan = tuple(plan for plans in self.plans.values() for plan in plans)
        self.replaced_by = _grouped((name, plan) for plan in every_plan for name in names(plan.replacements))
        self.aliases = _grouped(
            (each.model.id, (model.id, each)) for model in self.models.values() for each in model.points_to
        )
        self.snapshots = _grouped(
            (of.name.id, model.id)
            for model in sorted(self.models.values(), key=_taken, reverse=True)
            if (of := model.snapshot_of.known)
        )
        self.every_conflict = tuple(self.as_of.record(each) for each in sound.conflicts if self._is_known(each))
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
            *((str(ref.id), family.badges) for family in sound.families for ref in family.models),
            *((str(model.id), model.badges) for model in sound.models),
            *((str(each.path), each.badges) for each in sound.endpoints),
        )
        self._badges = _grouped((name, badges) for name, badges in tagged if badges)
        self.sightings = Sightings(sound, self.as_of, self.histories)
        self._all_models = {each.id: each for each in sound.models}
        self._all_endpoints = {each.path: each for each in sound.endpoints}
        self._in_lists_of_endpoints = {
            ref.id
            for model in self.models.values()
            for stated in model.endpoints.facts
            if not self.as_of.is_secondary(stated.source)
            for ref in stated.value
        }
        self.plan = cache(self._plan)
        self.status = cache(self._status)
        self.status_history = cache(self._status_history)
        self._ending = cache(self._ending_histories)
        self._shared = cache(self._shared_histories)
        self._steps = cache(self._plan_steps)
        self._end_on = cache(self._shutdown_by)
        self.deprecated_by = cache(self._deprecated_by)
        self.ended_by = cache(self._ended_by)

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
        """Status on the day, worked out for that day alone; the status history agrees with it."""
        return self._change(name, self.as_of.day).status

    def _status_history(self, name: str) -> tuple[StatusChange, ...]:
        """All changes of status, shutdown date or replacements, past and planned; the first has `since` None.

        A past day uses what was known on that day, a future day what is known on `as_of`.
        """
        return tuple(self._changes(name, self._days(name)))

    def fine_tuned_history(self, name: str) -> tuple[StatusChange, ...]:
        """The same for the models fine-tuned from it, by the plans that are for them alone; empty without any."""
        plans = tuple(each for each in self.histories.get(name, ()) if each.row.scope in _ENDS_FINE_TUNED)
        return tuple(self._changes(name, self._days(name, plans), plans)) if plans else ()

    def _changes(
        self, name: str, days: Iterable[date], histories: Sequence[PlanHistory] | None = None
    ) -> Iterator[StatusChange]:
        """The first status, and each later one that differs from the one before."""
        last = self._change(name, None, histories)
        yield last
        for day in sorted(set(days)):
            change = self._change(name, day, histories)
            if change.state != last.state:
                last = change
                yield change

    def _days(self, name: str, histories: Iterable[PlanHistory] = ()) -> Iterator[date]:
        days = {day for day, _ in self._steps(name)} | {day for history in histories for day in history.days}
        days |= {self.as_of.start(fact) for badges in self._badges.get(name, ()) for fact in badges.facts}
        yield from self.as_of.near_copies
        yield from self.sightings.days(name)
        yield from self._days_of_lists(name)
        for other in self._others(name):
            days |= {day for day, _ in self._steps(other)}
        for day in days:
            yield day
            if copy := self.as_of.next_copy(day):
                yield copy

    def _ending_histories(self, name: str) -> tuple[PlanHistory, ...]:
        return tuple(each for each in self.histories.get(name, ()) if each.row.scope in ENDS_THE_NAME)

    def _shared_histories(self, name: str) -> tuple[PlanHistory, ...]:
        """The plans of its family or product that end it."""
        group = self._ending(self.group_of.get(name, ""))
        return tuple(each for each in group if not _is_excepted(name, each.row))

    def _plan_steps(self, name: str) -> tuple[tuple[date, Plan | None], ...]:
        """The days on which anything about its plans becomes known or due, each with the plan then in effect."""
        own, shared = self._ending(name), self._shared(name)
        days = sorted({day for history in (*own, *shared) for day in history.days})
        return tuple((day, _effective_on(day, own) or _effective_on(day, shared)) for day in days)

    def _plan_on(self, name: str, day: date) -> Plan | None:
        """The plan in effect, as known on a day."""
        steps = self._steps(name)
        at = bisect_right(steps, day, key=itemgetter(0))
        return steps[at - 1][1] if at else None

    def _change(self, name: str, since: date | None, histories: Sequence[PlanHistory] | None = None) -> StatusChange:
        """The status from a day on; `histories`: the plans to go by, instead of all that end the name."""
        day = since or date.min
        known = min(day, self.as_of.day)
        plan = self._plan_on(name, known) if histories is None else _effective_on(known, histories)
        doubt = self._doubt_on(name, day) if plan is None and since else None
        is_legacy = self._is_legacy(name, known)
        status = status_on(day, plan, self.as_of.horizon(known), is_legacy=is_legacy, doubt=doubt)
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

    def _is_legacy(self, name: str, day: date) -> bool:
        """Whether the publisher tags the name, or its family, as legacy on the day."""
        return any(Badge.LEGACY in fact.value for fact in self._tags(name, day))

    def _tags(self, name: str, day: date) -> Iterator[Fact[tuple[Badge, ...]]]:
        """The facts that give the publisher's tags of the name, and of its family, on the day."""
        on_day = (self.as_of.holding(badges, day, by_publisher=True) for badges in self._badges.get(name, ()))
        return (fact for fact in on_day if fact is not None)

    def last_seen(self, name: str) -> LastSeen | None:
        """The copy up to the day that last shows the name in use: the publisher's, if it is not old."""
        return self.sightings.named(name, self.as_of.day, self.as_of.horizon(self.as_of.day))

    def told_status(self, name: str, status: Status, day: date) -> tuple[SourceId | None, Doubt | None]:
        """The source of a status without a plan that holds from a past day on, and why it is in doubt.

        That of a doubt is the last to show the name in use; where other names cast the doubt, there is none.
        """
        doubt = self._doubt_on(name, day) if status is Status.UNCONFIRMED else None
        if status is Status.LEGACY:
            return next(fact.source for fact in self._tags(name, day) if Badge.LEGACY in fact.value), None
        seen = self.sightings.named(name, day, self.as_of.horizon(day))
        return (seen.source if seen and doubt in {None, Doubt.UNSEEN} else None), doubt

    def doubt(self, name: str) -> Doubt | None:
        """Why the status is unconfirmed on the day, if it is."""
        return self._doubt_on(name, self.as_of.day) if self.status(name) is Status.UNCONFIRMED else None

    def _doubt_on(self, name: str, day: date) -> Doubt | None:
        """Why a name without a plan is in doubt on a day, by what was known then."""
        known = min(day, self.as_of.day)
        if any(Badge.UNSUPPORTED in fact.value for fact in self._tags(name, known)):
            return Doubt.UNSUPPORTED
        for doubt, others in self._casting_doubt(name, known):
            ended = self._end_of_all(others, day)
            seen = self.sightings.last(name, known, by_publisher=doubt is Doubt.UNDATED)
            if ended and (seen is None or seen.day <= ended):
                return doubt
        return Doubt.UNSEEN if self.sightings.is_stale(name, known, self.as_of.horizon(known)) else None

    def _casting_doubt(self, name: str, known: date) -> Iterator[tuple[Doubt, tuple[str, ...]]]:
        """Groups of other names, as known on a day: if all of one are shut down, the name is in doubt."""
        if model := self._all_models.get(ModelId(name)):
            targets = (each for each in model.points_to if self.as_of.copy_dates[each.source] <= known)
            yield Doubt.TARGETS, tuple(each.model.id for each in targets)
            yield Doubt.UNDATED, tuple(self._undated(name))
        elif endpoint := self._all_endpoints.get(EndpointPath(name)):
            yield from ((Doubt.WHOLE, (path,)) for path in _above(name) if path in self._all_endpoints)
            if listing := self.as_of.holding(endpoint.compatibility, known):
                listed = (each for each in listing.value.supports if self.as_of.copy_dates[each.source] <= known)
                yield Doubt.MODELS, tuple(each.model.id for each in listed)

    def _others(self, name: str) -> Iterator[str]:
        """All names that on some day are in such a group."""
        if model := self._all_models.get(ModelId(name)):
            yield from (each.model.id for each in model.points_to)
            yield from self._undated(name)
        elif endpoint := self._all_endpoints.get(EndpointPath(name)):
            yield from _above(name)
            yield from (each.model.id for listing in endpoint.compatibility.facts for each in listing.value.supports)

    def _undated(self, name: str) -> Iterator[str]:
        """The model of which the name, by its id, is a dated version."""
        undated = _DATE.sub("", name)
        if undated != name and undated in self._all_models:
            yield undated

    def _days_of_lists(self, name: str) -> Iterator[date]:
        """The days on which what an alias points to, or what an endpoint lists, became known."""
        if model := self._all_models.get(ModelId(name)):
            yield from (self.as_of.copy_dates[each.source] for each in model.points_to)
        elif endpoint := self._all_endpoints.get(EndpointPath(name)):
            for listing in endpoint.compatibility.facts:
                yield self.as_of.start(listing)
                yield from (self.as_of.copy_dates[each.source] for each in listing.value.supports)

    def _end_of_all(self, names: Iterable[str], day: date) -> date | None:
        """The day on which the last of the names was shut down; None if there are none, or one is not shut down."""
        ends = [self._end_on(name, day) for name in names]
        return None if not all(ends) else max(filter(None, ends), default=None)

    def _shutdown_by(self, name: str, day: date) -> date | None:
        """The day on which a name was shut down, if it is on this day."""
        known = min(day, self.as_of.day)
        plan = self._plan_on(name, known)
        if status_on(day, plan, self.as_of.horizon(known)) is not Status.SHUT_DOWN:
            return None
        return plan.shutdown.day.first if plan and plan.shutdown.day else None

    def existed_by(self, name: str, source: SourceId) -> bool:
        """Whether anything was known of the name by the day of that source's copy."""
        return self.exists_from[name] <= self.as_of.copy_dates[source]

    def existed_at(self, name: str, fact: Fact[Any]) -> bool:
        """Whether anything was known of the name by the day from which the fact holds."""
        return self.exists_from[name] <= self.as_of.start(fact)

    def is_secondary(self, source: SourceId) -> bool:
        """Whether the source's words are not the publisher's."""
        return self.as_of.is_secondary(source)

    def is_in_lists_of_endpoints(self, path: EndpointPath) -> bool:
        """Whether the publisher's list of any model's endpoints names the path."""
        return path in self._in_lists_of_endpoints

    def outweighs(self, one: Fact[Any], other: Fact[Any]) -> bool:
        """Whether a fact's source is nearer to the publisher than another's, or as near and not older."""
        secondary, other_secondary = (self.as_of.is_secondary(each.source) for each in (one, other))
        if secondary is not other_secondary:
            return other_secondary
        return self.as_of.start(one) >= self.as_of.start(other)

    def _deprecated_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether the model was deprecated by the day of that source's copy."""
        return any(plan.known_from <= self.as_of.copy_dates[source] for plan in self.ending(model))

    def _ended_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether the model's shutdown date had passed by the day of that source's copy."""
        plan, copied = self.plan(model), self.as_of.copy_dates[source]
        return plan is not None and status_on(copied, plan, copied) is Status.SHUT_DOWN

    def training_ended_by(self, model: ModelId, source: SourceId) -> bool:
        """Whether new fine-tuning of the model had ended by the day of that source's copy."""
        plans = (plan for plan in self.plans.get(model, ()) if plan.row.scope in _TRAINING and not plan.withdrawn)
        return any(has_ended(plan, self.as_of.copy_dates[source]) for plan in plans)

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


def _above(path: str) -> Iterator[str]:
    """The paths of which a path is a part: /v1/threads for /v1/threads/runs."""
    while (path := path.rpartition("/")[0]).count("/") > 1:
        yield path


def _named(replacement: Replacement) -> str:
    return replacement.name or f"term/{replacement.term}"


def _taken(model: Model) -> date:
    snapshot = model.snapshot_of.known
    return snapshot.taken.first if snapshot else date.min


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}

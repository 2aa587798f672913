"""Rules about facts that a text tells again: it gives no other date or price than the fields beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from almanac.check.parity import dates_and_rest, day_index
from almanac.check.texts import pair_of
from almanac.fields import Structure, histories, walk
from almanac.plans import PlanHistory, by_key, by_name
from almanac.records import Absent, Announcement, Content, Day, Event, Price, Problem, RecordKind, Text


def dates_are_those_of_the_fields(content: Content) -> Iterator[Problem]:
    """A date in the text of an announcement or event is one of its fields, of the names that it names, or of a copy."""
    if content.unparsed.some(*_DATED_RECORDS):
        return
    dates = _dates_of_names(content)
    plans = by_key(content)
    disputed = _disputed_dates(content, plans.values())
    copies = {str(source.state_of) for source in content.sources}
    records: tuple[Announcement | Event, ...] = (*content.announcements, *content.events)
    for record in records:
        own = set(_dates_of(record, plans.values())) | disputed[record.id]
        for text in _texts(record):
            pair = pair_of(content, text)
            side = pair.en
            linked = {link.partition(":")[2][:10] for link in side.links if link.startswith("announcement:")}
            named = {day for code in side.codes for day in dates[code]}
            for day in dict.fromkeys(dates_and_rest(side.words)[0]):
                if len(day) == len("2026-01-01") and day not in own | linked | named | copies:
                    yield Problem(
                        pair.en_at(day_index(side.words, day, is_chinese=False)),
                        f"the text gives {day}, but no field beside it does",
                        f"write one of {', '.join(sorted(own))}, or correct the field",
                    )


def prices_are_those_of_the_fields(content: Content) -> Iterator[Problem]:
    """The summary of a model that gives a price gives one of its own, or of a model that it names."""
    if content.unparsed.some(RecordKind.MODEL, RecordKind.ANNOUNCEMENT, RecordKind.EVENT):
        return
    amounts: defaultdict[str, set[Decimal]] = defaultdict(set)
    for model in content.models:
        amounts[model.id] = {part.amount for price in _prices(model) for part in price.parts}
    for name, group in by_name(content).items():
        prices = [history.row.price for history in group] + [history.row.training_price for history in group]
        amounts[name] |= {part.amount for price in prices if not isinstance(price, Absent) for part in price.parts}
    for model in content.models:
        for fact in model.summary.facts:
            pair = pair_of(content, fact.value)
            side = pair.en
            known = amounts[model.id].union(*(amounts[code] for code in side.codes))
            for match in {each[1]: each for each in reversed([*_DOLLARS.finditer(side.words)])}.values():
                written = match[1]
                if Decimal(written) not in known:
                    yield Problem(
                        pair.en_at(match.start()),
                        f"the text gives ${written}, but no price of '{model.id}' has it",
                        "correct the text or the price",
                    )


_DATED_RECORDS = (
    RecordKind.ANNOUNCEMENT,
    RecordKind.EVENT,
    RecordKind.MODEL,
    RecordKind.CONFLICT,
    RecordKind.SOURCE,
)
_DATED = re.compile(r"-([0-9]{4}-[0-9]{2}-[0-9]{2})$")
_DOLLARS = re.compile(r"\$([0-9]+(?:\.[0-9]+)?)")


def _prices(record: Any) -> Iterator[Price]:
    declared: Any = type(record)
    for field in histories(declared):
        if field.type.inner.of is Price:
            yield from (fact.value for fact in getattr(record, field.name).facts)


def _texts(record: Announcement | Event) -> Iterator[Text]:
    return (found.value for found in walk(record) if found.type.structure is Structure.TEXT)


def _dates_of(record: Announcement | Event, plans: Iterable[PlanHistory]) -> Iterator[str]:
    """The dates in the fields of an announcement with its later changes, or of an event with what it revises."""
    if isinstance(record, Event):
        revised = [plan for plan in plans if record in plan.events]
        yield from _written(record.announced, record.observed, record.since)
        for plan in revised:
            yield from _dates_of_plan(plan)
        return
    yield str(record.announced)
    yield from (str(milestone.day) for milestone in record.milestones)
    for plan in plans:
        if plan.announcement is record:
            yield from _dates_of_plan(plan)


def _dates_of_plan(plan: PlanHistory) -> Iterator[str]:
    yield from _DATED.findall(plan.name)
    yield from _written(plan.announcement.announced, plan.row.observed, plan.row.shutdown.day)
    for event in plan.events:
        yield from _written(event.announced, event.observed, event.since, event.shutdown and event.shutdown.day)


def _disputed_dates(content: Content, plans: Iterable[PlanHistory]) -> Mapping[str, set[str]]:
    """Announcement or event -> the dates in conflicts about the names of its plans."""
    of_names: defaultdict[str, set[str]] = defaultdict(set)
    for conflict in content.conflicts:
        dates = {day for claim in conflict.claims for day in dates_and_rest(pair_of(content, claim.says).en.words)[0]}
        names = [*(str(ref.id) for ref in (*conflict.models, *conflict.endpoints))]
        names += [f"product/{ref.id}" for ref in conflict.products]
        for name in names:
            of_names[name] |= dates
    found: defaultdict[str, set[str]] = defaultdict(set)
    for plan in plans:
        for id in (plan.announcement.id, *(event.id for event in plan.events)):
            found[id] |= of_names[plan.name]
    return found


def _dates_of_names(content: Content) -> Mapping[str, set[str]]:
    """Name -> the dates of its plans and facts."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, group in by_name(content).items():
        found[name].update(day for plan in group for day in _dates_of_plan(plan))
    for model in content.models:
        found[model.id].update(str(fact.value) for fact in model.released.facts)
        for pointing in model.points_to:
            found[model.id].update(_written(pointing.since, pointing.until))
    return found


def _written(*days: Any) -> Iterator[str]:
    return (str(day) for day in days if isinstance(day, Day))

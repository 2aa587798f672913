"""Facts as views: each with its source, the age of its copy, what other sources say, and earlier values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from typing import Any

from almanac.as_of import start, successive
from almanac.catalog import Catalog, LastSeen
from almanac.fields import Declaration, Structure, histories
from almanac.records import (
    Absent,
    Badge,
    Day,
    Effort,
    Fact,
    History,
    Mark,
    Precision,
    Price,
    Ref,
    RetentionPeriod,
    Snapshot,
    SourceId,
    Tool,
    TrainingUse,
    ZeroRetention,
)
from almanac.render.html.pages.prices import price
from almanac.render.text.message import IdLink, JoinedList, Message, phrase

_OLD = timedelta(days=180)
"""The age from which the month of a copy is shown, and the tag *new* is not."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value that a source gives."""

    message: Message
    source: SourceId


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact with its name, source and note."""

    name: Message
    message: Message
    source: SourceId
    note: Message | None = None
    told_later: Day | None = None  # the day of the copy, if it is later than the day shown
    copied: Day | None = None  # the month of the copy, if it is old
    since: date | None = None  # if it is known from before the copy, or replaces an earlier value
    until: date | None = None  # if another value has replaced it
    copied_later: Day | None = None  # the day of the copy, if it is known from before
    beside: tuple[Statement, ...] = ()  # what sources further from the publisher say instead
    earlier: tuple[FactLine, ...] = ()  # the values that it replaced, oldest first


@dataclass(frozen=True, slots=True)
class FactList:
    """Facts under one heading; `copied`: the month of the copies if it is one and old, said once for all lines."""

    lines: tuple[FactLine, ...]
    copied: Day | None = None


@dataclass(frozen=True, slots=True)
class FactChange:
    """A value that another replaced."""

    name: Message
    since: Day
    before: Message
    after: Message
    source: SourceId
    known_from: date


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag beside a name, and the day of its copy."""

    badge: Badge
    since: date


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a fact in a list, and the day from which it is known."""

    value: Message
    since: date | None  # None where it is known as soon as the row


def fact_lines(world: Catalog, record: Any) -> Iterator[FactLine]:
    """The facts of a record that copies state, in the order of its fields; an empty list says nothing."""
    for field in shown_facts(type(record)):
        history: History[Any] = getattr(record, field.name)
        if history.now and history.now.value != () and not _is_replaced(record, field):
            yield fact_line(world, field, history)


def fact_list(lines: Iterable[FactLine], last_seen: LastSeen | None = None) -> FactList:
    """The lines under one heading, then the latest copy that shows the name in use."""
    found = tuple(lines)
    copied = shared_month(found)
    seen = (FactLine(phrase("last-seen"), Day(last_seen.day), last_seen.source),) if last_seen else ()
    return FactList((*(without_month(line) if copied else line for line in found), *seen), copied)


def shared_month(lines: Iterable[FactLine]) -> Day | None:
    """The month of the copies of all lines, if it is one and old."""
    months = {line.copied for line in lines}
    return months.pop() if len(months) == 1 else None


def without_month(line: FactLine) -> FactLine:
    return replace(line, copied=None)


def fact_line(world: Catalog, field: Declaration, history: History[Any]) -> FactLine:
    """The fact that holds, after those that held before it. There is one: `history.now` is not None."""
    assert history.now is not None
    *replaced, now = _lines(world, field, [*_replaced(world, history), history.now])
    return replace(
        now,
        told_later=world.sources[now.source].state_of if history.told_later else None,
        beside=tuple(Statement(said(each.value), each.source) for each in history.beside),
        earlier=tuple(replaced),
    )


def _replaced(world: Catalog, history: History[Any]) -> Iterator[Fact[Any]]:
    """The facts that held before the one that holds; one of an earlier copy may say the same."""
    if history.now and len(history.facts) > 1:
        yield from takewhile(lambda fact: fact is not history.now, successive(history, world.sources))


def _lines(world: Catalog, field: Declaration, facts: list[Fact[Any]]) -> Iterator[FactLine]:
    """A line for each fact, with the days on which it is shown."""
    since = [known_from(world, field, fact) for fact in facts]
    for fact, first, until in zip(facts, since, (*since[1:], None), strict=True):
        copy = world.sources[fact.source].state_of
        is_told_later = first < copy.first
        yield FactLine(
            label(field),
            said(fact.value),
            fact.source,
            fact.note,
            copied=copied(world, fact.source),
            since=first if is_told_later or len(facts) > 1 else None,
            until=until,
            copied_later=copy if is_told_later else None,
        )


def known_from(world: Catalog, field: Declaration, fact: Fact[Any]) -> date:
    """The day from which the fact is shown."""
    copied = world.sources[fact.source].state_of.first
    return start(fact, copied, dates_itself=Mark.DATES_ITSELF in field.marks)


def cell(world: Catalog, record: Any, name: str, row_from: date) -> Cell:
    """The fact of a record that holds, for a row that is shown from `row_from` on."""
    history: History[Any] = getattr(record, name)
    if history.now is None:
        return Cell(history.value, None)
    declared: Any = type(record)
    field = next(each for each in histories(declared) if each.name == name)
    since = known_from(world, field, history.now)
    return Cell(said(history.value), since if since > row_from else None)


def copied(world: Catalog, *sources: SourceId) -> Day | None:
    """The month of these copies, if it is the same for all and they are old."""
    days = [world.sources[source].state_of for source in sources]
    months = {_month(day) for day in days if _is_old(world, day)}
    return months.pop() if len(months) == 1 and all(_is_old(world, day) for day in days) else None


def tags(world: Catalog, badges: History[tuple[Badge, ...]]) -> tuple[Tag, ...]:
    """The tags to show beside a name: an old copy no longer says what is new."""
    if badges.now is None or isinstance(badges.now.value, Absent):
        return ()
    copy = world.sources[badges.now.source].state_of
    shown = (each for each in badges.now.value if not (_is_old(world, copy) and each in {Badge.NEW, Badge.UPDATED}))
    return tuple(Tag(badge, copy.first) for badge in shown)


def fact_changes(world: Catalog, record: Any) -> Iterator[FactChange]:
    """Every value that replaced another, field by field, oldest first."""
    return changes_of(world, record, shown_facts(type(record)))


def changes_of(world: Catalog, record: Any, fields: Iterable[Declaration]) -> Iterator[FactChange]:
    for field in fields:
        history: History[Any] = getattr(record, field.name)
        for before, after in pairwise(successive(history, world.sources)):
            if before.value != after.value:
                day = known_from(world, field, after)
                yield fact_change(world, label(field), said(before.value), said(after.value), after, day)


def fact_change(
    world: Catalog, name: Message, before: Message, after: Message, fact: Fact[Any], known_from: date
) -> FactChange:
    return FactChange(name, _since(world, fact), before, after, fact.source, known_from)


def _since(world: Catalog, fact: Fact[Any]) -> Day:
    return fact.since or world.sources[fact.source].state_of


def label(field: Declaration) -> Message:
    """The name of a field; its phrase is called as the field."""
    return phrase(field.name.replace("_", "-"))


def said(value: Any) -> Message:
    """The value of a fact in words."""
    match value:
        case Absent() | Day() | int():
            return value
        case Effort():
            return value.value  # as requests name it
        case StrEnum():
            return phrase(f"{_VOCABULARY.get(type(value)) or _kebab(type(value).__name__)}-{value}")
        case str():
            return value
        case RetentionPeriod():
            return phrase(f"kept-{_kebab(value.kept.name)}", days=value.days)
        case Price():
            return price(value)
        case Snapshot():
            return phrase("snapshot-from", name=IdLink(value.name.id), day=value.taken)
        case Ref():
            return IdLink(value.id)
        case tuple():
            return _listed(value)
        case _:
            raise TypeError(f"no words for {type(value).__name__}")


def _listed(values: Iterable[Any]) -> Message:
    parts = tuple(said(each) for each in values)
    return JoinedList(parts) if parts else Absent.UNKNOWN


_VOCABULARY = {Tool: "tool-name", TrainingUse: "training", ZeroRetention: "zero"}


def _kebab(name: str) -> str:
    """`search-preview` for SearchPreview or SEARCH_PREVIEW."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).replace("_", "-").lower()


def shown_facts(record: Any) -> Iterator[Declaration]:
    """The fields of a record type that its page lists as facts, in order."""
    for field in histories(record):
        if field.type.inner.structure is not Structure.TEXT and not field.marks & {Mark.SHOWN_ELSEWHERE, Mark.DATA_USE}:
            yield field


def _is_replaced(record: Any, field: Declaration) -> bool:
    """Whether the field is an unknown context window beside a source's "max tokens"."""
    return field.name == "context_window" and record.context_window.known is None and record.max_tokens.now is not None


def _is_old(world: Catalog, day: Day) -> bool:
    return world.as_of - day.first > _OLD


def _month(day: Day) -> Day:
    return Day(day.first.replace(day=1), Precision.MONTH) if day.precision is Precision.DAY else day

"""Changes as rows of a list, day by day: those of one kind that say the same of several names are one row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeVar

from almanac import addresses
from almanac.catalog import ABOUT_THE_NAME, Catalog, Change, ChangeKind
from almanac.records import (
    Absent,
    Day,
    Deadline,
    Price,
    PriceFor,
    PricePart,
    Replacement,
    Scope,
    SourceId,
)
from almanac.render.html.pages.corrections import change as correction_in_words
from almanac.render.html.pages.corrections import corrected, field_label, is_removal, written
from almanac.render.html.pages.facts import said
from almanac.render.html.pages.plan_rows import RECENT
from almanac.render.html.summary import deadline
from almanac.render.text.message import Message, phrase, replacements, subject

K = TypeVar("K")

_MOST_NAMES = 12
"""Names in a row of a list that links to the full row."""
_MOST_CORRECTED = 3

GROUPS = {
    "shut-down": (ChangeKind.SHUT_DOWN, ChangeKind.DUE),
    "announced": (ChangeKind.ANNOUNCED, ChangeKind.ADDED),
    "deadline": (
        *(ChangeKind.DATE_KNOWN, ChangeKind.MOVED, ChangeKind.WITHDRAWN, ChangeKind.RESTORED),
        ChangeKind.ACCESS_LIMITED,
    ),
    "replacement": (ChangeKind.REPLACEMENT_CHANGED,),
    "status": (ChangeKind.LEGACY, ChangeKind.UNCONFIRMED, ChangeKind.ACTIVE),
    "released": (ChangeKind.RELEASED,),
    "values": (ChangeKind.PRICE, ChangeKind.DATA_USE, ChangeKind.SPECIFICATION),
    "corrected": (ChangeKind.CORRECTED,),
}
"""The kinds by which a reader filters; each is a CSS class and has a phrase in ui.yaml."""
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class RowLink:
    """Where a row leads, as `Links.named` takes it."""

    kind: str
    id: str
    anchor: str


class Further(NamedTuple):
    """Names that a row leaves out, and the day with the whole row on the page of a period."""

    names: int
    period: Day
    anchor: str


class ChangeRow(NamedTuple):
    group: str
    word: Message
    earlier_word: Message | None  # until a copy confirmed it
    confirmed: date | None
    link: RowLink | None
    names: tuple[Message, ...]
    further: Further | None
    scope: Message | None
    old: Message | None
    new: Message | None
    field: Message | None
    remarks: tuple[Message, ...]
    told: Message | None  # the later copy from which it is known
    told_until: date | None  # where that is past
    sources: tuple[SourceId, ...]
    since: date


class ChangeDay(NamedTuple):
    """The changes of one day."""

    day: Day
    anchor: str
    is_recent: bool
    rows: tuple[ChangeRow, ...]


def change_days(
    world: Catalog,
    changes: Iterable[Change],
    *,
    corrections_together: bool = False,
    period_of: Callable[[date], Day] | None = None,
) -> tuple[ChangeDay, ...]:
    """The changes by day, in their order. With the page of each day, rows with many names are cut and lead there."""
    what = _at_a_glance if corrections_together else _what
    return tuple(
        ChangeDay(
            day=Day(day),
            anchor=str(day),
            is_recent=world.as_of - day <= RECENT,
            rows=tuple(_row(world, group, period_of) for group in _same(of_day, what)),
        )
        for day, of_day in groupby(changes, key=lambda change: change.day)
    )


def _same(changes: Iterable[Change], what: Callable[[Change], object]) -> Iterator[list[Change]]:
    """The changes that say the same, in the order of the first of each."""
    found: dict[object, list[Change]] = {}
    for each in changes:
        found.setdefault(what(each), []).append(each)
    yield from found.values()


def _what(change: Change) -> object:
    """What a change says, apart from its name."""
    of = change.announcement if change.kind is ChangeKind.ANNOUNCED else change.confirmed
    return change.kind, change.scope, change.field, change.old, change.new, change.said, of


def _at_a_glance(change: Change) -> object:
    return change.kind if change.correction else _what(change)


def _row(world: Catalog, changes: Sequence[Change], period_of: Callable[[date], Day] | None) -> ChangeRow:
    first = changes[0]
    copied = max((each.copied for each in changes if each.copied), default=None)
    is_summary = len({_what(each) for each in changes}) > 1
    removal = first.correction if first.correction and is_removal(first.correction) and not is_summary else None
    old, new = (None, None) if is_summary or removal else old_and_new(first)
    word = phrase(f"changed-{first.kind}")
    named = {each.subject or changed_name(world, each): changed_name(world, each) for each in changes}
    names = tuple(named[each] for each in snapshots_last(tuple(named)))
    if is_summary:
        names = (phrase("corrected-entries", count=len(changes)),)
    most = _MOST_NAMES if first.correction is None else _MOST_CORRECTED
    is_cut = period_of and len(names) > most + 1
    return ChangeRow(
        group=_GROUP_OF[first.kind],
        word=word,
        earlier_word=phrase(f"changed-{ChangeKind.DUE}") if first.confirmed and first.confirmed > first.day else None,
        confirmed=first.confirmed if first.confirmed and first.confirmed > first.day else None,
        link=RowLink("page", "corrections", "") if is_summary else _link(changes),
        names=names[:most] if is_cut else names,
        further=Further(len(names) - most, period_of(first.day), str(first.day)) if period_of and is_cut else None,
        scope=None if first.scope is Scope.ALL else phrase(f"scope-{first.scope}"),
        old=old,
        new=new,
        field=None if is_summary or removal else _field(world, first),
        remarks=(*([correction_in_words(world, removal)] if removal else []), *_remarks(changes)),
        told=phrase("told-later", day=Day(copied)) if copied else None,
        told_until=copied if copied and copied <= world.as_of else None,
        sources=tuple(dict.fromkeys(each.source for each in changes if each.source)),
        since=first.day,
    )


def snapshots_last(names: Sequence[K]) -> list[K]:
    """The names in their order, but each with its dated snapshots behind it."""
    models = {each: next((model for model in names if _is_snapshot(str(each), str(model))), each) for each in names}
    order = {model: at for at, model in reversed([*enumerate(models.values())])}
    return sorted(names, key=lambda each: (order[models[each]], models[each] != each))


def _is_snapshot(name: str, model: str) -> bool:
    return name.startswith(model) and _DATE.fullmatch(name, len(model)) is not None


_DATE = re.compile(r"-(?:\d{4}-\d\d-\d\d|\d{4})")


def changed_name(world: Catalog, change: Change) -> Message:
    if change.subject:
        return subject(change.subject)
    assert change.correction
    return corrected(world, change.correction)


def _link(changes: Sequence[Change]) -> RowLink | None:
    """The row of the announcement, or all of several; the history of the fact, or the correction."""
    change = changes[0]
    if change.announcement:
        several = len({each.announcement for each in changes}) > 1
        anchor = "" if len({each.anchor for each in changes}) > 1 else change.anchor
        return RowLink("page", "deprecations", "") if several else RowLink("announcement", change.announcement, anchor)
    if change.correction:
        return RowLink("page", "corrections", addresses.correction_id(change.correction))
    if change.kind in ABOUT_THE_NAME:
        return None
    return RowLink("endpoint" if change.subject.startswith("/") else "model", change.subject, "fact-history")


def old_and_new(change: Change) -> tuple[Message | None, Message | None]:
    """The old and the new value in words. Of lists and prices, only what differs."""
    match change.kind:
        case ChangeKind.RELEASED | ChangeKind.SHUT_DOWN | ChangeKind.DUE:
            return None, None
        case ChangeKind.CORRECTED:
            gone = change.correction is not None and is_removal(change.correction)
            return written(str(change.old)), None if gone else written(str(change.new))
    return _differing(change.old, change.new)


def _differing(old: object, new: object) -> tuple[Message | None, Message | None]:
    if isinstance(old, Price) and isinstance(new, Price):
        before, after = _parts(old, new), _parts(new, old)
        return (
            said(Price(old.written, before)) if before else None,
            said(Price(new.written, after)) if after else None,
        )
    if isinstance(old, tuple) and isinstance(new, tuple) and not _are_replacements((*old, *new)):
        gone, added = tuple(each for each in old if each not in new), tuple(each for each in new if each not in old)
        return said(gone) if gone else None, said(added) if added else None
    return _value(old), _value(new)


def _parts(price: Price, other: Price) -> tuple[PricePart, ...]:
    """The parts of a price that the other does not have: those for plain input and output, or else the others."""
    parts = tuple(part for part in price.parts if part not in other.parts)
    plain = tuple(part for part in parts if part.use in _PLAIN and not part.long_context)
    return plain or parts


_PLAIN = frozenset({PriceFor.INPUT, PriceFor.OUTPUT, PriceFor.USAGE})


def _are_replacements(values: tuple[object, ...]) -> bool:
    return all(isinstance(each, Replacement) for each in values)


def _value(value: object) -> Message | None:
    if value is None:
        return None
    if isinstance(value, Deadline):
        return deadline(value)
    if isinstance(value, Absent):
        return phrase(f"absent-{value}")
    if isinstance(value, tuple) and _are_replacements(value):
        return replacements(value)
    return said(value)


def _field(world: Catalog, change: Change) -> Message | None:
    """The field that has changed; None where the kind of change says it."""
    return field_label(world, change.field) if change.field and change.kind is not ChangeKind.PRICE else None


def _remarks(changes: Sequence[Change]) -> Iterator[Message]:
    """What else there is to say: the replacement, the day of the announcement."""
    first = changes[0]
    if first.kind is ChangeKind.ANNOUNCED:
        named = tuple(dict.fromkeys(repr(each.replacements) for each in changes))
        if len(named) == 1 and isinstance(first.replacements, tuple):
            yield phrase("summary-replacement-was", replacement=replacements(first.replacements))
        elif len(named) == 1 and first.replacements is Absent.NONE:
            yield phrase("summary-replacement-none")
    if first.said and first.announcement:
        yield phrase("changed-announced-on", day=first.said)

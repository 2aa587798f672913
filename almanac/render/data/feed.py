"""Changes of shutdowns and statuses, and our corrections -> the feeds, without language.

There is one of all, with archives of its older entries, and one per name and family. Each change has one entry, under
its permanent id, published on the day from which it is known. It is updated by the later copy that first reports it or
confirms it, and by a correction of ours. Feeds are in the order of the updates, so that a reader who asks for what is
newer than a given day, and continues in the archives if the feed ends too soon, misses nothing that a later copy
reported about earlier days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from almanac import addresses
from almanac.catalog import (
    ENDED,
    ENDS_THE_NAME,
    Catalog,
    Change,
    ChangeKind,
    EndpointEntry,
    ModelEntry,
    Plan,
    ProductEntry,
    Status,
)
from almanac.records import Absent, Correction, Day, Deadline, ProductId, Rank, Scope, Text
from almanac.render.data.changes_json import page_of
from almanac.render.data.corrections import PlanId, by_plan, plan_id
from almanac.render.html.pages.change_rows import changed_name, old_and_new
from almanac.render.html.pages.corrections import field_label
from almanac.render.html.summary import deadline
from almanac.render.text.message import Message, phrase, replacements, subject

TOLD = frozenset(
    {
        *(ChangeKind.ANNOUNCED, ChangeKind.ADDED, ChangeKind.DATE_KNOWN, ChangeKind.MOVED),
        *(ChangeKind.REPLACEMENT_CHANGED, ChangeKind.WITHDRAWN, ChangeKind.RESTORED, ChangeKind.ACCESS_LIMITED),
        *(ChangeKind.LEGACY, ChangeKind.UNCONFIRMED, ChangeKind.ACTIVE),
        *(ChangeKind.DUE, ChangeKind.SHUT_DOWN, ChangeKind.CORRECTED),
    }
)
"""The kinds of change that have an entry: all that concern a shutdown or a status."""
_LATEST = 100
"""Entries of the whole feed; where there are more, its archives have them all."""
_MOST = 1000
"""The most entries in an archive. If a year has more, its archive has only the last month, and each earlier month has
an archive of its own. Likewise, if a month has more, its archive has only the last entries, and the earlier ones are in
numbered archives.
"""


class Entry(NamedTuple):
    """One change, in words."""

    id: str
    kind: ChangeKind
    subject: str  # the changed name; "" for some corrections
    names: tuple[str, ...]  # all that it concerns: also those that share the plan
    title: Message
    published: date
    updates: tuple[date, ...]  # the days on which it became known, was told by a copy, confirmed or corrected
    page: str
    lines: tuple[Message, ...]
    why: Text | None  # of a correction

    @property
    def updated(self) -> date:
        return max(self.updates)


class Feed(NamedTuple):
    """Some of the entries, newest first."""

    name: str  # of the subject; "" for the whole feed and its archives
    period: str  # of an archive, as in its address: `2026`, `2026-08`, `2026-08.1`; or ""
    formerly: tuple[str, ...]  # earlier names, whose addresses remain
    title: Message
    page: str
    since: date  # the `updated` of a feed without entries
    entries: tuple[int, ...]
    older: str = ""  # the period of the next older archive, or ""
    newer: str = ""


class Feeds(NamedTuple):
    entries: tuple[Entry, ...]
    feeds: tuple[Feed, ...]


class Followed(NamedTuple):
    """A name or family that can be followed."""

    name: str
    formerly: tuple[str, ...]
    since: date
    reached: frozenset[PlanId]  # the plans that reach it
    plans: frozenset[PlanId]  # these, and those that once did
    parts: tuple[str, ...] = ()  # the models of a family
    entry: ModelEntry | EndpointEntry | ProductEntry | None = None  # None for a family


def feeds(world: Catalog, every: Sequence[Followed]) -> Feeds:
    changes = tuple(each for each in world.changes if each.kind in TOLD)
    names_of = _names_of_plans(every)
    corrected = by_plan(world)
    found = (_entry(world, each, names_of, corrected) for each in changes)
    entries = tuple(sorted(found, key=lambda entry: entry.updated, reverse=True))
    at: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for name in entry.names:
            at[name].append(number)
    return Feeds(
        entries,
        (
            *_whole(world, entries),
            *(_feed(each, at) for each in every),
        ),
    )


def followed(world: Catalog) -> tuple[Followed, ...]:
    """Every model, endpoint, product and family."""
    entries: tuple[tuple[str, ModelEntry | EndpointEntry | ProductEntry], ...] = (
        *((str(id), model) for id, model in world.models.items()),
        *((str(path), endpoint) for path, endpoint in world.endpoints.items()),
        *((f"product/{id}", product) for id, product in world.products.items()),
    )
    kinds = {"product": "product/"}
    of_names = {
        name: Followed(
            name,
            tuple(kinds.get(name.partition("/")[0], "") + str(ref.id) for ref in entry.record.formerly),
            entry.exists_from,
            frozenset(map(plan_id, entry.plans)),
            frozenset(map(plan_id, (*entry.plans, *_of_group(world, name, entry)))),
            entry=entry,
        )
        for name, entry in entries
    }
    own = {id: tuple(map(plan_id, world.family_plans.get(id, ()))) for id in world.families}
    of_families = (
        Followed(
            f"family/{id}",
            tuple(f"family/{ref.id}" for ref in family.record.formerly),
            min(each.exists_from for each in family.models),
            frozenset((*own[id], *(plan for each in family.models for plan in of_names[each.record.id].reached))),
            frozenset((*own[id], *(plan for each in family.models for plan in of_names[each.record.id].plans))),
            tuple(each.record.id for each in family.models),
        )
        for id, family in world.families.items()
    )
    return (*of_names.values(), *of_families)


def _of_group(world: Catalog, name: str, entry: ModelEntry | EndpointEntry | ProductEntry) -> Iterator[Plan]:
    """The plans of its family or product that reached it on their first day, also where a later copy says otherwise."""
    plans: tuple[Plan, ...] = ()
    if isinstance(entry, ModelEntry):
        plans = world.family_plans.get(entry.family.id, ())
    elif isinstance(entry, EndpointEntry):
        groups = (whole.value.name for whole in entry.record.part_of.facts)
        plans = tuple(plan for group in groups for plan in _plans_of(world, group))
    for plan in plans:
        if plan.row.scope in ENDS_THE_NAME and all(ref.id != name for ref in plan.row.all_except):
            status = [each.status for each in entry.status_history if not each.since or each.since <= plan.known_from]
            if status[-1] not in ENDED:
                yield plan


def _plans_of(world: Catalog, name: str) -> tuple[Plan, ...]:
    product = world.products.get(ProductId(name.removeprefix("product/")))
    return product.plans if product else ()


def _names_of_plans(every: Iterable[Followed]) -> Mapping[PlanId, tuple[str, ...]]:
    found: defaultdict[PlanId, list[str]] = defaultdict(list)
    for each in every:
        for plan in each.plans:
            found[plan].append(each.name)
    return {plan: tuple(names) for plan, names in found.items()}


def _whole(world: Catalog, entries: Sequence[Entry]) -> Iterator[Feed]:
    """The newest entries; and if these are not all, the archives up to the year of the oldest among them."""
    title = phrase("feed-title")
    since = world.begins.first if world.begins else world.as_of
    latest = tuple(range(min(_LATEST, len(entries))))
    archives = _archives(entries) if len(latest) < len(entries) else {}
    periods = [each for each in archives if int(each[:4]) <= entries[latest[-1]].updated.year]
    yield Feed("", "", (), title, addresses.CHANGES, since, latest, older=periods[0] if periods else "")
    for newer, period, older in zip(["", *periods], periods, [*periods[1:], ""], strict=False):
        yield Feed("", period, (), title, addresses.CHANGES, since, archives[period], older, newer)


def _archives(entries: Sequence[Entry]) -> Mapping[str, tuple[int, ...]]:
    """The numbers of all entries by period, newest first. Only the newest ones get more entries."""
    found: dict[str, tuple[int, ...]] = {}
    for year, of_year in groupby(range(len(entries)), key=lambda number: entries[number].updated.year):
        numbers = tuple(of_year)
        if len(numbers) <= _MOST:
            found[str(year)] = numbers
            continue
        for month, of_month in groupby(numbers, key=lambda number: entries[number].updated.month):
            period = f"{year}-{month:02}"
            several = tuple(of_month)
            rest = len(several) % _MOST or _MOST  # parts are filled from the oldest entry on, so that they stay
            found[period if str(year) in found else str(year)] = several[:rest]
            for first in range(rest, len(several), _MOST):
                found[f"{period}.{(len(several) - first) // _MOST}"] = several[first : first + _MOST]
    return found


def _feed(one: Followed, at: Mapping[str, Sequence[int]]) -> Feed:
    numbers = sorted({number for name in (one.name, *one.parts) for number in at.get(name, ())})
    title = phrase("feed-of", thing=subject(one.name))
    return Feed(one.name, "", one.formerly, title, addresses.named(one.name), one.since, tuple(numbers))


def _entry(
    world: Catalog,
    change: Change,
    names_of: Mapping[PlanId, tuple[str, ...]],
    corrected: Mapping[PlanId, tuple[Correction, ...]],
) -> Entry:
    plans: tuple[PlanId, ...] = ()
    if change.announcement:
        plans = ((change.announcement, change.subject, change.scope),)
    elif change.correction:
        plans = tuple(plan for plan, corrections in corrected.items() if change.correction in corrections)
    names = dict.fromkeys((change.subject, *(name for plan in plans for name in names_of.get(plan, ()))))
    later = [
        each.date.first
        for plan in plans
        for each in corrected.get(plan, ())
        if change.announcement and _is_in(change, each)
    ]
    later += [day for day in (change.confirmed, change.copied) if day and day <= world.as_of]
    return Entry(
        id=change.id,
        kind=change.kind,
        subject=change.subject,
        names=tuple(filter(None, names)),
        title=_title(world, change),
        published=change.day,
        updates=(change.day, *later),
        page=page_of(change),
        lines=tuple(_lines(world, change)),
        why=change.correction.why if change.correction else None,
    )


def _is_in(change: Change, correction: Correction) -> bool:
    """Whether the entry says what was corrected: of an announcement, or of a later event."""
    if change.kind in {ChangeKind.DUE, ChangeKind.SHUT_DOWN}:
        return correction.field == "shutdown"
    return (change.kind in {ChangeKind.ANNOUNCED, ChangeKind.ADDED}) is (correction.record.announcement is not None)


def _title(world: Catalog, change: Change) -> Message:
    """What changed, with the old value and the new one."""
    name = changed_name(world, change)
    if change.scope is not Scope.ALL:
        name = phrase("under-condition", thing=name, condition=phrase(f"scope-{change.scope}"))
    old, new = old_and_new(change)
    if change.kind in {ChangeKind.DUE, ChangeKind.SHUT_DOWN} and isinstance(change.new, Deadline):
        new = deadline(change.new)
    if change.kind is ChangeKind.CORRECTED and new is None:
        is_entry = change.field == "id"
        return phrase("feed-entry-removed", name=name) if is_entry else phrase("feed-removed", name=name, old=old or "")
    values = {key: value for key, value in (("name", name), ("old", old), ("new", new)) if value is not None}
    if change.correction:
        values["field"] = field_label(world, change.field)
    return phrase(f"feed-{change.kind}{'-again' if old and change.kind is ChangeKind.ANNOUNCED else ''}", **values)


def _lines(world: Catalog, change: Change) -> Iterator[Message]:
    """What else the change says, each in a sentence."""
    if isinstance(change.replacements, Absent):
        yield phrase(f"summary-replacement-{change.replacements}")
    elif change.replacements:
        yield phrase("summary-replacement-was", replacement=replacements(change.replacements, "and"))
    if change.said:
        yield phrase("changed-announced-on", day=change.said)
    if change.confirmed:
        yield phrase("feed-confirmed", day=Day(change.confirmed))
    elif change.kind is ChangeKind.DUE:
        yield phrase("feed-not-confirmed")
    if change.announcement:
        yield phrase("feed-announcement", title=world.announcements[change.announcement].title)
    source = world.sources.get(change.source) if change.source else None
    if change.doubt:
        values: dict[str, Message] = {"publisher": source.publisher, "seen": source.state_of} if source else {}
        yield phrase(f"answer-{Status.UNCONFIRMED}-{change.doubt}", **values)
    if source and change.copied:
        rank = "secondary" if source.rank is Rank.SECONDARY else "archived"
        yield phrase(f"told-sentence-{rank}", day=Day(change.copied))
    if source:
        yield phrase("feed-source", title=source.title)

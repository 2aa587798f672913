"""What happened when: days in order, and no name that is its own successor."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, pairwise

from almanac.records import (
    Absent,
    Announcement,
    Certainty,
    Content,
    Day,
    Place,
    Pointing,
    Precision,
    Problem,
    Replacement,
    Row,
    Scope,
    SourceId,
    Table,
)


def shutdowns_follow_their_announcement(content: Content) -> Iterator[Problem]:
    """Nothing is shut down before the day of its announcement."""
    for announcement in content.announcements:
        for row in _rows(announcement):
            day = row.shutdown.day
            if day and _last(day) < announcement.announced.first:
                yield Problem(
                    row.at,
                    f"'{row.subject.name}' is shut down on {day}, before its announcement of {announcement.announced}",
                )


def announcements_have_a_day(content: Content) -> Iterator[Problem]:
    """The day of an announcement is a day, not a month or a year."""
    for announcement in content.announcements:
        if announcement.announced.precision is not Precision.DAY:
            yield Problem(
                announcement.at, f"'{announcement.announced}' is not a day", "name the file YYYY-MM-DD-….yaml"
            )


def sources_speak_of_their_past(content: Content) -> Iterator[Problem]:
    """What a source says has happened, happened no later than the day of its copy."""
    copied = {source.id: source.copied for source in content.sources}
    for what, day, source, at in _happened(content):
        last = copied.get(source)
        if last and _last(last) < day.first:
            yield Problem(at, f"{what} {day}, but the source '{source}' was copied on {last}")


def _happened(content: Content) -> Iterator[tuple[str, Day, SourceId, Place]]:
    for announcement in content.announcements:
        yield "announced on", announcement.announced, announcement.source, announcement.at
    for model in content.models:
        if model.released:
            yield "released on", model.released.value, model.released.source, model.released.at
        if model.snapshot_of:
            yield "a snapshot of", model.snapshot_of.value.taken, model.snapshot_of.source, model.snapshot_of.at
        cutoff = model.training_cutoff
        if isinstance(cutoff.value, Day):
            yield "trained on data up to", cutoff.value, cutoff.source, cutoff.at
        for pointing in model.points_to:
            if pointing.since and pointing.certainty is Certainty.OBSERVED:
                yield "observed to point there since", pointing.since, pointing.source, pointing.at


def plans_stand_once(content: Content) -> Iterator[Problem]:
    """An announcement plans the end of a subject and scope once."""
    for announcement in content.announcements:
        first: dict[tuple[str, Scope], Row] = {}
        for row in _rows(announcement):
            earlier = first.setdefault((row.subject.name, row.scope), row)
            if earlier is not row:
                yield Problem(
                    row.at,
                    f"'{row.subject.name}' (scope: {row.scope}) already has a row in this announcement",
                    f"the other one is in line {earlier.at.line}",
                )


def price_columns_are_whole(content: Content) -> Iterator[Problem]:
    """In one table either every row has a price, be it not-stated, or none has; the same for training prices."""
    for table in chain.from_iterable(announcement.tables for announcement in content.announcements):
        yield from _ragged(table, "price", [row.price is not Absent.NOT_APPLICABLE for row in table.rows])
        yield from _ragged(
            table, "training_price", [row.training_price is not Absent.NOT_APPLICABLE for row in table.rows]
        )


def _ragged(table: Table, column: str, given: list[bool]) -> Iterator[Problem]:
    if any(given):
        for row, has in zip(table.rows, given, strict=True):
            if not has:
                yield Problem(
                    row.at,
                    f"'{row.subject.name}' has no {column}, but other rows of '{table.id}' have one",
                    f"write '{column}: {Absent.NOT_STATED}' where the source leaves the cell empty",
                )


# --- Replacements -----------------------------------------------------------------------------------------------------


def nothing_replaces_itself(content: Content) -> Iterator[Problem]:
    """Nothing is replaced by itself."""
    for row in chain.from_iterable(map(_rows, content.announcements)):
        for replacement in _replacements(row):
            if _name(replacement) == row.subject.name:
                yield Problem(replacement.at, f"'{row.subject.name}' is replaced by itself")
    for discontinued in content.discontinuations.rows:
        if discontinued.replacement.id == discontinued.model.id:
            yield Problem(discontinued.replacement.at, f"'{discontinued.model.id}' is replaced by itself")


def replacements_come_to_an_end(content: Content) -> Iterator[Problem]:
    """Going from replacement to replacement by the latest plans never leads back to where it began."""
    for scope in (Scope.INFERENCE, Scope.FINE_TUNING):
        rows = [row for rows in _latest(content, scope).values() for row in rows]
        yield from _circles(
            ((row.subject.name, _name(replacement), row.at) for row in rows for replacement in _replacements(row)),
            "replacements go round in a circle",
        )
    yield from _circles(
        ((row.model.id, row.replacement.id, row.at) for row in content.discontinuations.rows),
        "replacements go round in a circle",
    )


def _latest(content: Content, scope: Scope) -> Mapping[str, list[Row]]:
    """The rows that hold for each subject in the end: those of the last announcement that ends it for this scope.

    What an earlier announcement recommended is history: a model may come back, or its successor retire in its favour.
    """
    latest: dict[str, tuple[date, list[Row]]] = {}
    for announcement in sorted(content.announcements, key=lambda a: a.announced.first):
        for row in _rows(announcement):
            if row.scope in {scope, Scope.ALL}:
                day, rows = latest.get(row.subject.name, (announcement.announced.first, []))
                again = day == announcement.announced.first
                latest[row.subject.name] = (announcement.announced.first, [*rows, row] if again else [row])
    return {subject: rows for subject, (_, rows) in latest.items()}


# --- Aliases and snapshots --------------------------------------------------------------------------------------------


def alias_periods_follow_each_other(content: Content) -> Iterator[Problem]:
    """The periods of an alias are in order, do not overlap and leave no gap; only the first may start unknown."""
    for model in content.models:
        for pointing in model.points_to:
            if pointing.since and pointing.until and pointing.until.first <= pointing.since.first:
                yield Problem(
                    pointing.at, f"the period ends on {pointing.until}, not after its start on {pointing.since}"
                )
        for before, after in pairwise(model.points_to):
            yield from _seam(before, after)


def _seam(before: Pointing, after: Pointing) -> Iterator[Problem]:
    hint = f"each period ends where the next begins: check 'until' in line {before.at.line} and 'since' here"
    if after.since is None:
        yield Problem(after.at, "only the first period of an alias may start unknown", "give the day: 'since: …'")
    elif before.until is None:
        yield Problem(
            after.at,
            f"the period from {after.since} overlaps the one before it, which has no end",
            f"add 'until: {after.since}' in line {before.at.line}",
        )
    elif after.since.first < before.until.first:
        yield Problem(after.at, f"the period from {after.since} overlaps the one before it, until {before.until}", hint)
    elif after.since.first > before.until.first:
        yield Problem(after.at, f"nothing says where the alias points from {before.until} until {after.since}", hint)


def aliases_lead_to_a_model(content: Content) -> Iterator[Problem]:
    """An alias points neither to itself nor, through other aliases, back to itself."""
    yield from _circles(
        ((model.id, pointing.model.id, pointing.at) for model in content.models for pointing in model.points_to),
        "aliases point round in a circle",
        "points to itself",
    )


def snapshots_are_of_another_name(content: Content) -> Iterator[Problem]:
    """A model is a snapshot neither of itself nor, through others, of a snapshot of itself."""
    yield from _circles(
        (
            (model.id, model.snapshot_of.value.name.id, model.snapshot_of.value.name.at)
            for model in content.models
            if model.snapshot_of
        ),
        "snapshots go round in a circle",
        "is a snapshot of itself",
    )


# --- Small things -----------------------------------------------------------------------------------------------------


def _circles(edges: Iterable[tuple[str, str, Place]], message: str, to_itself: str = "") -> Iterator[Problem]:
    """Each circle once, at its first name in the alphabet; a step to itself only where that has a message."""
    onward: dict[str, dict[str, Place]] = defaultdict(dict)
    for start, end, at in edges:
        if start != end:
            onward[start].setdefault(end, at)
        elif to_itself:
            yield Problem(at, f"'{start}' {to_itself}")
    for start in sorted(onward):
        circle = _shortest_way_back(start, onward)
        if circle:
            way = " → ".join(f"'{name}'" for name in circle)
            yield Problem(onward[start][circle[1]], f"{message}: {way}")


def _shortest_way_back(start: str, onward: Mapping[str, Mapping[str, Place]]) -> tuple[str, ...]:
    """From `start` to itself through names that come after it; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:  # grows as we go
        for name in onward.get(way[-1], ()):
            if name == start:
                return (*way, start)
            if name > start and name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()


def _rows(announcement: Announcement) -> Iterator[Row]:
    return chain.from_iterable(table.rows for table in announcement.tables)


def _replacements(row: Row) -> tuple[Replacement, ...]:
    return row.replacements if isinstance(row.replacements, tuple) else ()


def _name(replacement: Replacement) -> str:
    return replacement.model or replacement.endpoint or f"term {replacement.term}"


def _last(day: Day) -> date:
    """The last day of a day, a month or a year."""
    match day.precision:
        case Precision.DAY:
            return day.first
        case Precision.MONTH:
            return day.first.replace(day=monthrange(day.first.year, day.first.month)[1])
        case Precision.YEAR:
            return day.first.replace(month=12, day=31)

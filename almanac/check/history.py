"""Rules about dates, about the plans of an announcement, and about aliases and snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise, zip_longest

from almanac.check.circles import circles
from almanac.check.days import OUT_OF_ORDER
from almanac.check.suggestions import called
from almanac.plans import rows
from almanac.records import (
    Absent,
    Certainty,
    Content,
    Day,
    Place,
    Pointing,
    Precision,
    Problem,
    Row,
    Scope,
    SourceId,
    Table,
)


def shutdowns_follow_their_announcement(content: Content) -> Iterator[Problem]:
    """Nothing is shut down before its announcement."""
    for announcement in content.announcements:
        for row in rows(announcement):
            day = row.shutdown.day
            if day and day.last < announcement.announced.first:
                what = f"{called(row.subject.name)} is shut down on {day}"
                yield Problem(row.at, f"{what}, before its announcement on {announcement.announced}", OUT_OF_ORDER)


def announcements_have_a_day(content: Content) -> Iterator[Problem]:
    """The date of an announcement is a full date."""
    for announcement in content.announcements:
        if announcement.announced.precision is not Precision.DAY:
            yield Problem(
                announcement.at, f"'{announcement.announced}' is not a full date", "name the file YYYY-MM-DD-….yaml"
            )


def announcements_announce_something(content: Content) -> Iterator[Problem]:
    """An announcement has a table or a milestone."""
    for announcement in content.announcements:
        if not announcement.tables and not announcement.milestones:
            yield Problem(announcement.at, "the announcement announces nothing", "add 'tables' or 'milestones'")


def rows_are_observed_after_their_announcement(content: Content) -> Iterator[Problem]:
    """The copy that first shows the values of a row is not older than the announcement."""
    for announcement in content.announcements:
        for row in rows(announcement):
            if row.observed and row.observed.first < announcement.announced.first:
                message = f"this was observed on {row.observed}, before the announcement on {announcement.announced}"
                yield Problem(row.at, message, OUT_OF_ORDER)


def sources_report_their_past(content: Content) -> Iterator[Problem]:
    """An event that a source reports happened no later than the date of the copy."""
    copy_dates = {source.id: source.state_of for source in content.sources}
    for what, day, source, at in _happened(content):
        state = copy_dates.get(source)
        if state and state.last < day.first:
            message = f"this {what} {day}, but the source '{source}' was copied on {state}"
            yield Problem(at, message, "correct the date, or name a later copy that shows it")


def _happened(content: Content) -> Iterator[tuple[str, Day, SourceId, Place]]:
    for announcement in content.announcements:
        yield "was announced on", announcement.announced, announcement.source, announcement.at
        for row in rows(announcement):
            if row.source != announcement.source:
                yield "was announced on", announcement.announced, row.source, row.at
            if row.observed:
                yield "was observed on", row.observed, row.source, row.at
    for event in content.events:
        if event.observed:
            yield "was observed on", event.observed, event.source, event.at
        if event.announced:
            yield "was announced on", event.announced, event.source, event.at
    for model in content.models:
        for released in model.released.facts:
            yield "was released on", released.value, released.source, released.at
        for snapshot in model.snapshot_of.facts:
            yield "is a snapshot of", snapshot.value.taken, snapshot.source, snapshot.at
        for cutoff in model.training_cutoff.facts:
            if isinstance(cutoff.value, Day):
                yield "was trained on data up to", cutoff.value, cutoff.source, cutoff.at
        for pointing, after in zip_longest(model.points_to, model.points_to[1:]):
            planned = pointing.certainty is Certainty.PLANNED
            if pointing.since and not planned:
                yield "was observed to point there since", pointing.since, pointing.source, pointing.at
            if isinstance(pointing.until, Day) and not planned and not (after and _says_when(after, pointing.until)):
                yield "was observed to point there until", pointing.until, pointing.source, pointing.at
            if pointing.observed:
                yield "was observed to point there on", pointing.observed, pointing.source, pointing.at


def _says_when(after: Pointing, until: Day) -> bool:
    """Whether the next period begins on that day, which is then held against its source, or is planned."""
    return after.since == until or after.certainty is Certainty.PLANNED


def plans_are_unique(content: Content) -> Iterator[Problem]:
    """An announcement has one plan per name and scope, whether the name is a row's subject or listed with it."""
    for announcement in content.announcements:
        first: dict[tuple[str, Scope], Row] = {}
        for row in rows(announcement):
            for name, at in _names(row):
                earlier = first.setdefault((name, row.scope), row)
                if earlier is not row:
                    yield Problem(
                        at,
                        f"{called(name)} (scope: {row.scope}) already has a row in this announcement",
                        f"delete one: the other is on line {earlier.at.line}",
                    )


def names_are_listed_once(content: Content) -> Iterator[Problem]:
    """A subject is not listed with itself."""
    for announcement in content.announcements:
        for row in rows(announcement):
            for ref in row.listed_with:
                if ref.id == row.subject.name:
                    yield Problem(ref.at, f"'{ref.id}' is listed with itself", "remove it here: it is the subject")


def _names(row: Row) -> Iterator[tuple[str, Place]]:
    yield row.subject.name, row.at
    yield from ((ref.id, ref.at) for ref in row.listed_with)


def price_columns_are_complete(content: Content) -> Iterator[Problem]:
    """In one table, all rows have a price (possibly not-stated), or none has; the same for training prices."""
    for table in chain.from_iterable(announcement.tables for announcement in content.announcements):
        yield from _incomplete(table, "price", [row.price is not Absent.NOT_APPLICABLE for row in table.rows])
        yield from _incomplete(
            table, "training_price", [row.training_price is not Absent.NOT_APPLICABLE for row in table.rows]
        )


def _incomplete(table: Table, column: str, present: list[bool]) -> Iterator[Problem]:
    if any(present):
        for row, has in zip(table.rows, present, strict=True):
            if not has:
                yield Problem(
                    row.at,
                    f"{called(row.subject.name)} has no {column}, but other rows of '{table.id}' have one",
                    f"write '{column}: {Absent.NOT_STATED}' where the source leaves the cell empty",
                )


# --- Aliases and snapshots --------------------------------------------------------------------------------------------


def alias_periods_follow_each_other(content: Content) -> Iterator[Problem]:
    """The periods of an alias are in order, without overlap or gap; one with an unknown start has been observed."""
    for model in content.models:
        for pointing in model.points_to:
            begins, ends = pointing.since or pointing.observed, pointing.until
            if begins and isinstance(ends, Day) and ends.first <= begins.first:
                message = f"the period ends on {pointing.until}, which is not after its start on {begins}"
                yield Problem(pointing.at, message, OUT_OF_ORDER)
        for before, after in pairwise(model.points_to):
            yield from _gap_or_overlap(before, after)


def _gap_or_overlap(before: Pointing, after: Pointing) -> Iterator[Problem]:
    hint = f"end each period where the next begins: check 'until' on line {before.at.line} and 'since' here"
    if after.since is None and after.observed is None:
        yield Problem(
            after.at,
            "only the first period of an alias can have an unknown start",
            "write 'since: …', or 'observed: …' with the copy that first shows it",
        )
    elif before.until is None and after.since is None:
        yield Problem(
            after.at,
            f"the period observed on {after.observed} overlaps the one before it, which has no end",
            f"add 'until: unknown' on line {before.at.line}",
        )
    elif after.since is None or isinstance(before.until, Absent):
        if not isinstance(before.until, Absent) or after.since is not None:
            yield Problem(after.at, "one period says that the day of a change is unknown, and the other does not", hint)
    elif before.until is None:
        yield Problem(
            after.at,
            f"the period from {after.since} overlaps the one before it, which has no end",
            f"add 'until: {after.since}' on line {before.at.line}",
        )
    elif after.since.first < before.until.first:
        yield Problem(after.at, f"the period from {after.since} overlaps the one before it, until {before.until}", hint)
    elif after.since.first > before.until.first:
        yield Problem(after.at, f"nothing says where the alias points from {before.until} until {after.since}", hint)


def aliases_lead_to_a_model(content: Content) -> Iterator[Problem]:
    """No alias points to itself, directly or through other aliases."""
    yield from circles(
        ((model.id, pointing.model.id, pointing.at) for model in content.models for pointing in model.points_to),
        "aliases form a circle",
        "points to itself",
    )


def snapshots_are_of_another_name(content: Content) -> Iterator[Problem]:
    """No model is a snapshot of itself, directly or through others."""
    yield from circles(
        (
            (model.id, snapshot.value.name.id, snapshot.value.name.at)
            for model in content.models
            for snapshot in model.snapshot_of.facts
        ),
        "snapshots form a circle",
        "is a snapshot of itself",
    )

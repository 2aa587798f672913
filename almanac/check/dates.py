"""Rules about dates that bound each other: in an id and in a field, and of one model, source or alias."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from almanac.check.days import OUT_OF_ORDER
from almanac.plans import by_key
from almanac.records import Content, Day, Model, ModelId, Place, Precision, Problem, Source, SourceId

MOST_YEARS_AHEAD = 10  # between an announcement and the shutdown that it announces; the longest so far is two


# --- A date in an id --------------------------------------------------------------------------------------------------

_DATED = re.compile(r"-(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])")
_MONTH_AND_DAY = re.compile(r"-(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])")


def snapshots_are_of_the_day_in_their_id(content: Content) -> Iterator[Problem]:
    """A model whose id has a date (`-2024-08-06`) or a month and a day (`-0613`) is a snapshot of that day."""
    for model in content.models:
        written = _written_day(model.id)
        for fact in model.snapshot_of.facts:
            if written and not _agree(written, fact.value.taken):
                message = f"this is a snapshot of {fact.value.taken}, but the id '{model.id}' has the date {written}"
                yield Problem(fact.at, message, "correct 'taken', or the name of the file")


def copies_are_of_the_day_in_their_id(content: Content) -> Iterator[Problem]:
    """A source whose id ends in a date is a copy of that day."""
    for source in content.sources:
        written = _DATED.search(source.id)
        if written and written.end() == len(source.id) and not _agree(written[0][1:], source.state_of):
            message = f"this is a copy of {source.state_of}, but the id '{source.id}' has the date {written[0][1:]}"
            yield Problem(source.at, message, "correct 'state_of' or the id")


def _written_day(id: str) -> str:
    """The date in an id: `2024-08-06`, `06-13`, or ""."""
    if match := _DATED.search(id):
        return "-".join(match.groups())
    match = _MONTH_AND_DAY.search(id)
    return f"{match[1]}-{match[2]}" if match else ""


def _agree(written: str, day: Day) -> bool:
    """Whether a date in an id may be this day, this month or this year."""
    of_day = str(day)
    if len(written) == len("06-13"):  # without its year
        of_day = of_day[len("2023-") :]
    return written.startswith(of_day)


# --- The life of a model ----------------------------------------------------------------------------------------------


def models_exist_before_they_end(content: Content) -> Iterator[Problem]:
    """A model is released, and a snapshot taken, before it is shut down, and no later than that is announced."""
    begun = {model.id: tuple(_beginnings(model)) for model in content.models}
    for plan in by_key(content).values():
        announced = plan.announcement.announced
        shutdowns = (plan.row.shutdown, *(event.shutdown for event in plan.events if event.shutdown))
        days = {shutdown.day for shutdown in shutdowns if shutdown.day}
        for what, day, at in begun.get(ModelId(plan.name), ()):
            if announced.last < day.first:
                message = f"'{plan.name}' {what} {day}, but its shutdown was announced on {announced}"
                yield Problem(at, f"{message} in '{plan.announcement.id}'", OUT_OF_ORDER)
            elif earlier := [each for each in days if each.last <= day.first and each != day]:
                yield Problem(at, f"'{plan.name}' {what} {day}, but its shutdown is on {min(earlier)}", OUT_OF_ORDER)
    for row in content.discontinuations.rows:
        for what, day, _ in begun.get(row.model.id, ()):
            if row.shutdown.day and row.shutdown.day.last < day.first:
                message = f"'{row.model.id}' is shut down on {row.shutdown.day}, but {what} {day}"
                yield Problem(row.at, message, OUT_OF_ORDER)


def models_know_only_their_past(content: Content) -> Iterator[Problem]:
    """The training data of a model end no later than it is released or taken, unless a note says why."""
    for model in content.models:
        stated = [(fact, fact.value) for fact in model.training_cutoff.facts if not fact.note]
        for cutoff, value in stated:
            for what, day, _ in _beginnings(model) if isinstance(value, Day) else ():
                if isinstance(value, Day) and day.last < value.first:
                    message = f"the training data ends in {value}, but the model {what} {day}"
                    hint = f"{OUT_OF_ORDER}; if the source says so, explain it: {{value: {value}, note: …}}"
                    yield Problem(cutoff.at, message, hint)


def _beginnings(model: Model) -> Iterator[tuple[str, Day, Place]]:
    for released in model.released.facts:
        yield "was released on", released.value, released.at
    for snapshot in model.snapshot_of.facts:
        yield "is a snapshot of", snapshot.value.taken, snapshot.at


def beginning(model: Model, distances: Mapping[SourceId, int]) -> tuple[str, Day] | None:
    """How and when a model came into being: its release as the nearest source has it, else the day of a snapshot."""
    released = min(
        model.released.facts, key=lambda fact: (distances.get(fact.source, 0), fact.value.first), default=None
    )
    if released:
        return "was released on", released.value
    for snapshot in model.snapshot_of.facts:
        return "is a snapshot of", snapshot.value.taken
    dated = _DATED.search(model.id)
    try:
        return ("is a snapshot of", Day(date.fromisoformat(dated[0][1:]), Precision.DAY)) if dated else None
    except ValueError:
        return None  # digits that are no date


def snapshots_are_taken_before_their_release(content: Content) -> Iterator[Problem]:
    """A snapshot is released no earlier than the day of which it is one, in its field or in its id."""
    for model in content.models:
        dated = _DATED.search(model.id)
        taken = next((str(fact.value.taken) for fact in model.snapshot_of.facts), dated[0][1:] if dated else "")
        for fact in model.released.facts:
            released = str(fact.value)
            if released < taken[: len(released)]:
                message = f"'{model.id}' was released on {released}, before the day of the snapshot, {taken}"
                yield Problem(fact.at, message, OUT_OF_ORDER)


# --- Aliases ----------------------------------------------------------------------------------------------------------


def aliases_point_to_what_exists(content: Content) -> Iterator[Problem]:
    """No alias points to a model before that model is released or taken."""
    models = {model.id: model for model in content.models}
    for pointing in chain.from_iterable(model.points_to for model in content.models):
        target = models.get(pointing.model.id)
        for what, day, _ in _beginnings(target) if target and pointing.since else ():
            if pointing.since and pointing.since.last < day.first:
                name = pointing.model.id
                message = f"this has pointed to '{name}' since {pointing.since}, but '{name}' {what} {day}"
                yield Problem(pointing.at, message, OUT_OF_ORDER)


def sources_are_read_after_they_were_copied(content: Content) -> Iterator[Problem]:
    """A source is read no earlier than the day whose state it shows."""
    for source in content.sources:
        if source.accessed and source.accessed.last < source.state_of.first:
            message = f"the source '{source.id}' was read on {source.accessed}, before the day of its copy"
            yield Problem(source.at, f"{message}, {source.state_of}", OUT_OF_ORDER)


def shutdowns_are_near(content: Content) -> Iterator[Problem]:
    """Nothing is shut down more than ten years after the announcement or the change that gives the date."""
    ends: dict[Place, tuple[Day, Day]] = {}
    for announcement in content.announcements:
        for row in chain.from_iterable(table.rows for table in announcement.tables):
            if row.shutdown.day:
                ends[row.at] = row.shutdown.day, announcement.announced
    for event in content.events:
        if event.shutdown and event.shutdown.day:
            ends[event.at] = event.shutdown.day, event.day
    for at, (day, said) in ends.items():
        if day.first.year - said.first.year > MOST_YEARS_AHEAD:
            message = f"this is a shutdown on {day}, more than {MOST_YEARS_AHEAD} years after {said}"
            yield Problem(at, message, "correct the year; write 'undated' where the source gives no date")


def copies_of_the_future(sources: Iterable[Source], today: date) -> Iterator[Problem]:
    """No copy of a source is of a day after today, or was read after it; in half of the world today is a day ahead."""
    latest = today + timedelta(days=1) if today < date.max else today
    for source in sources:
        for key, day in (("state_of", source.state_of), ("accessed", source.accessed)):
            if day and day.first > latest:
                what = "is a copy of" if key == "state_of" else "was read on"
                message = f"the source '{source.id}' {what} {day}, and today is {today}"
                yield Problem(source.at, message, f"correct '{key}'")

"""Rules about replacements: none leads back to where it began, or is named before it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from almanac.check.circles import circles
from almanac.check.dates import beginning
from almanac.check.suggestions import called
from almanac.plans import PlanHistory, by_key, named, rows
from almanac.records import Content, Day, ModelId, Problem, RecordKind, Replacement, Scope, SourceId

_NOT_ITSELF = "name what replaces it, or write none"


def nothing_replaces_itself(content: Content) -> Iterator[Problem]:
    """Nothing is replaced by itself, in an announcement or a later change."""
    for announcement in content.announcements:
        for row in chain.from_iterable(table.rows for table in announcement.tables):
            names = set(row.names)
            for replacement in named(row.replacements):
                if replacement.name in names:
                    yield Problem(replacement.at, f"{called(replacement.name)} is replaced by itself", _NOT_ITSELF)
    for event in content.events:
        names = {revised.subject.name for revised in event.revises if revised.subject}
        for replacement in named(event.replacements):
            if replacement.name in names:
                yield Problem(replacement.at, f"{called(replacement.name)} is replaced by itself", _NOT_ITSELF)
    for discontinued in content.discontinuations.rows:
        if discontinued.replacement.id == discontinued.model.id:
            yield Problem(discontinued.replacement.at, f"'{discontinued.model.id}' is replaced by itself", _NOT_ITSELF)


def replacements_form_no_circle(content: Content) -> Iterator[Problem]:
    """The replacements of the current plans form no circle."""
    status = [plan for plan in by_key(content).values() if not plan.is_withdrawn]
    outdated = content.unparsed.some(
        RecordKind.ANNOUNCEMENT, RecordKind.EVENT
    )  # the latest change of a plan may be unparsed
    for scope in () if outdated else Scope:
        if scope is not Scope.ALL:
            yield from circles(
                (
                    (plan.name, replacement.name, plan.replaced_at)
                    for plan in _latest(status, scope)
                    for replacement in plan.replacements
                    if replacement.name
                ),
                "replacements form a circle",
            )
    yield from circles(
        ((row.model.id, row.replacement.id, row.at) for row in content.discontinuations.rows),
        "replacements form a circle",
    )


def replacements_exist_when_they_are_named(content: Content) -> Iterator[Problem]:
    """A replacement that a later copy of an announcement or change names existed on the day of that.

    A copy from before the release may name what is to come.
    """
    copied = {source.id: source.state_of for source in content.sources}
    distances = {source.id: source.rank.distance for source in content.sources}
    begun = {model.id: beginning(model, distances) for model in content.models}
    for given in _given(content):
        copy = copied.get(given.source)
        for replacement in given.replacements if copy else ():
            what, day = begun.get(ModelId(replacement.name)) or ("", None)
            if copy and day and given.day.last < day.first <= copy.last:
                message = f"{called(replacement.name)} was named as a replacement on {given.day}, but it {what} {day}"
                yield Problem(
                    replacement.at, f"{message}: the source '{given.source}' is dated {copy}", given.way_out(copy)
                )


class _Given(NamedTuple):
    """Replacements that count as named on a day, and the source that has them."""

    replacements: tuple[Replacement, ...]
    day: Day
    source: SourceId
    in_event: bool = False

    def way_out(self, copy: Day) -> str:
        if self.in_event:
            return f"write 'observed: {copy}', the day of the copy"
        return (
            "write 'replacements: unknown' in the row, or what an older copy names, and an event "
            f"'replacement-changed' with 'observed: {copy}'"
        )


def _given(content: Content) -> Iterator[_Given]:
    for announcement in content.announcements:
        for row in rows(announcement):
            yield _Given(named(row.replacements), row.observed or announcement.announced, row.source)
    for event in content.events:
        if event.observed or event.announced:
            yield _Given(named(event.replacements), event.day, event.source, in_event=True)


def _latest(status: Iterable[PlanHistory], scope: Scope) -> Iterator[PlanHistory]:
    """For each name, the plans of the last announcement that ends it for this scope.

    Recommendations of earlier announcements do not count: a model may come back, or replace its own successor.
    """
    latest: dict[str, list[PlanHistory]] = {}
    for plan in sorted(status, key=lambda each: each.announcement.announced.first):
        if plan.row.scope in {scope, Scope.ALL}:
            others = latest.get(plan.name, [])
            again = others and others[0].announcement.announced == plan.announcement.announced
            latest[plan.name] = [*others, plan] if again else [plan]
    return chain.from_iterable(latest.values())

"""Rules about replacements: none leads back to where it began."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from almanac.check.circles import circles
from almanac.check.suggestions import called
from almanac.plans import PlanHistory, by_key, named
from almanac.records import Content, Problem, RecordKind, Scope

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

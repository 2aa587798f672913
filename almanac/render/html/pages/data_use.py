"""What an endpoint does with the data of its users, in words: training, retention, and how they changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from almanac.as_of import successive
from almanac.catalog import Catalog
from almanac.fields import Declaration, data_use_histories
from almanac.records import Absent, Day, Endpoint, Kept, RetentionPeriod
from almanac.render.html.pages.facts import FactChange, FactLine, changes_of, fact_change, fact_line, said
from almanac.render.text.message import Message, phrase


def data_use(world: Catalog, endpoint: Endpoint) -> tuple[FactLine, ...]:
    """What is recorded of the endpoint's data use and retention."""
    lines = (data_use_line(world, endpoint, column) for column in data_use_fields((endpoint,)))
    return tuple(line for line in lines if line)


def data_use_fields(endpoints: Iterable[Endpoint]) -> Iterator[Declaration]:
    """The columns that any of the endpoints has; the default retention gave way to the two columns after it."""
    endpoints = tuple(endpoints)
    for field in data_use_histories(Endpoint):
        stated = any(getattr(each, field.name).now for each in endpoints)
        if stated and (field.name != "default_retention" or not any(each.abuse_monitoring.now for each in endpoints)):
            yield field


def data_use_line(world: Catalog, endpoint: Endpoint, column: Declaration) -> FactLine | None:
    history = getattr(endpoint, column.name)
    return fact_line(world, column, history) if history.now else None


def retention(endpoint: Endpoint) -> Message:
    """How long the endpoint keeps requests and responses, in the terms of its latest copy."""
    if not endpoint.abuse_monitoring.now:
        return said(endpoint.default_retention.value)
    return _kept(endpoint.abuse_monitoring.value, endpoint.application_state.known)


def _kept(logs: RetentionPeriod | Absent, state: RetentionPeriod | None) -> Message:
    if state is None or state.kept is Kept.NOTHING or state == logs:
        return said(logs)
    return phrase("retained-with-state", logs=said(logs), state=said(state))


def retention_field(endpoint: Endpoint) -> str:
    """The field whose copy tells how long the endpoint keeps requests and responses."""
    return "abuse_monitoring" if endpoint.abuse_monitoring.now else "default_retention"


def zero_retention(endpoint: Endpoint) -> Message:
    """Whether zero data retention is possible for the endpoint."""
    return said(endpoint.zero_retention.value)


def data_use_changes(world: Catalog, endpoint: Endpoint) -> tuple[FactChange, ...]:
    """What has changed in the columns of its copies, and between them, oldest first."""
    changes = (*changes_of(world, endpoint, data_use_histories(Endpoint)), *_division(world, endpoint))
    return tuple(sorted(changes, key=lambda each: each.since.first))


def note_changes(world: Catalog, endpoint: Endpoint) -> tuple[Day, ...]:
    """The copies that state other limits or exceptions of a value that stayed, oldest first."""
    days = {
        world.sources[after.source].state_of
        for field in data_use_histories(Endpoint)
        for before, after in pairwise(successive(getattr(endpoint, field.name), world.sources))
        if before.value == after.value and after.note and (not before.note or before.note.en != after.note.en)
    }
    return tuple(sorted(days, key=lambda day: day.first))


def _division(world: Catalog, endpoint: Endpoint) -> Iterator[FactChange]:
    """The default retention became two columns: what is kept to detect abuse, and the application's state."""
    together = [*successive(endpoint.default_retention, world.sources)]
    logs = next(successive(endpoint.abuse_monitoring, world.sources), None)
    state = next(successive(endpoint.application_state, world.sources), None)
    if together and logs:
        before, after = said(together[-1].value), _kept(logs.value, state.value if state else None)
        if before != after:
            copied = world.sources[logs.source].state_of.first
            yield fact_change(world, phrase("retained"), before, after, logs, copied)

"""Endpoints and products -> what is deprecated or changed in requests: parameters, headers, paths and calls."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from almanac import addresses
from almanac.catalog import AVAILABLE, EndpointEntry, ParameterEntry, ProductEntry, Status, StatusChange
from almanac.records import (
    Absent,
    Deadline,
    Effect,
    EndpointPath,
    Parameter,
    ParameterKind,
    ProductId,
    Qualifier,
    RequestHeader,
)

_STILL_IN_USE = frozenset({Effect.CHANGED, Effect.UNCHANGED})
_NOT_A_LETTER = re.compile(r"[^A-Za-z0-9._]+")


def parameters(
    endpoints: Iterable[EndpointEntry], products: Iterable[ProductEntry], as_of: date
) -> tuple[ParameterEntry, ...]:
    """Parameters of endpoints, and headers of what is deprecated or shut down; the newest first."""
    of_endpoints = tuple(endpoints)
    found = [
        *(_parameter(entry, each, as_of) for entry in of_endpoints for each in entry.record.parameters),
        *(each for entry in of_endpoints for each in _headers(entry.record.path, entry.record.headers, entry)),
        *(each for entry in products for each in _headers(f"product/{entry.record.id}", entry.record.headers, entry)),
    ]
    return tuple(sorted(found, key=lambda each: each.since.first, reverse=True))


def _parameter(entry: EndpointEntry, one: Parameter, as_of: date) -> ParameterEntry:
    history = tuple(_history(entry, one))
    now = next((change for change in reversed(history) if change.since and change.since <= as_of), history[0])
    id = _id(addresses.slug(entry.record.path), one.name, one.kind)
    return ParameterEntry(
        id=id,
        key=id,
        name=one.name,
        kind=one.kind,
        endpoint=entry.record.path,
        since=one.since,
        status=now.status,
        shutdown=now.shutdown,
        status_history=history,
        source=one.source,
        record=one,
        plan=entry.plan if one.name == entry.record.path else None,
    )


def _history(entry: EndpointEntry, one: Parameter) -> Iterator[StatusChange]:
    """Deprecated since its day, until it ends: by itself, or with its endpoint."""
    start, end, deprecated = one.since.first, _last_day(one.shutdown), _deprecated_from(entry, one)
    changes = entry.status_history
    later = {each.since for each in changes if each.since} | {deprecated}
    for since in (start, *sorted(day for day in later if day and day > start)):
        if end and since >= end:
            break
        begun = [each for each in changes if each.since is None or each.since <= since]
        is_deprecated = deprecated is not None and deprecated <= since
        yield _change(since, one, begun[-1] if begun else None, is_deprecated=is_deprecated)
    if end:
        yield StatusChange(max(start, end), Status.SHUT_DOWN, one.shutdown, Absent.NOT_STATED)


def _deprecated_from(entry: EndpointEntry, one: Parameter) -> date | None:
    """From when the name is deprecated; a change of it that is not a deprecation may come before that, or after."""
    days = (
        each.since.first
        for each in entry.record.parameters
        if each.name == one.name and each.effect not in _STILL_IN_USE
    )
    return min(days, default=None)


def _change(since: date, one: Parameter, of_endpoint: StatusChange | None, *, is_deprecated: bool) -> StatusChange:
    if of_endpoint and (of_endpoint.status not in AVAILABLE or not is_deprecated):
        shutdown = one.shutdown or of_endpoint.shutdown
        return StatusChange(since, of_endpoint.status, shutdown, Absent.NOT_STATED)
    own = Status.DEPRECATED if is_deprecated else Status.ACTIVE
    return StatusChange(since, own, one.shutdown, Absent.NOT_STATED)


def _last_day(shutdown: Deadline | None) -> date | None:
    if shutdown is None or shutdown.day is None or shutdown.qualifier is not Qualifier.ON:
        return None
    return shutdown.day.last


def _headers(
    name: str, headers: Iterable[RequestHeader], entry: EndpointEntry | ProductEntry
) -> Iterator[ParameterEntry]:
    """The headers of what is no longer available, with its dates."""
    if entry.plan is None or entry.status in AVAILABLE:
        return
    is_product = name.startswith("product/")
    for each in headers:
        yield ParameterEntry(
            id=_id(addresses.slug(name), each.header, ParameterKind.HEADER),
            key=addresses.slug(name),
            name=each.header,
            kind=ParameterKind.HEADER,
            endpoint=None if is_product else EndpointPath(name),
            product=ProductId(name.removeprefix("product/")) if is_product else None,
            since=entry.plan.announcement.announced,
            status=entry.status,
            shutdown=entry.plan.shutdown,
            status_history=entry.status_history,
            source=entry.plan.now.source,
            plan=entry.plan,
        )


def _id(of: str, name: str, kind: ParameterKind) -> str:
    """`chat-completions--max_tokens`; with its kind if it is not a parameter."""
    ending = "" if kind is ParameterKind.PARAMETER else f"--{kind}"
    return f"{of}--{_NOT_A_LETTER.sub('-', name).strip('-')}{ending}"

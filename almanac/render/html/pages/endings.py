"""Where the replacement chains of a family end: each end once, with the names that lead to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from almanac.catalog import FamilyEntry, Status, Step
from almanac.records import ModelId, Replacement
from almanac.render.html.summary import deadline
from almanac.render.text.message import IdLink, JoinedList, Message, phrase, remark_on, replaced_by, replacement

Way: TypeAlias = tuple[Step, ...]
"""The replacements from a name to an end of its chain; empty for a name that has none."""


class HopView(NamedTuple):
    """A replacement on the way to an end, which is to be shut down itself."""

    name: Message
    status: Status | None
    until: Message | None


class RouteView(NamedTuple):
    """Names that reach an end through the same replacements, if any."""

    through: tuple[HopView, ...]
    remark: Message | None  # beside the end: when it applies, what to mind
    names: Message


class EndView(NamedTuple):
    """An end of chains; without a name, that of names without a replacement."""

    name: Message | None
    status: Status | None  # None for a guide or programme
    is_dead_end: bool
    repeats: bool
    counted: Message
    routes: tuple[RouteView, ...]


def endings(family: FamilyEntry) -> tuple[EndView, ...]:
    """The ends of the chains of a family's models, those of most names first; names without a replacement last."""
    ends: defaultdict[str, list[tuple[ModelId, Way]]] = defaultdict(list)
    for entry in family.models:
        if entry.plan:
            for way in _ways(entry.chain):
                ends[_key(way[-1].replacement) if way else ""].append((entry.record.id, way))
    return tuple(_end(leading) for _, leading in sorted(ends.items(), key=lambda end: (not end[0], -_names(end[1]))))


def _ways(steps: Way, before: Way = ()) -> Iterator[Way]:
    """Every branch of a chain, to its end."""
    if not steps:
        yield before
    for step in steps:
        yield from _ways(step.then, (*before, step))


def _key(item: Replacement) -> str:
    return item.name or f"term/{item.term}"


def _names(leading: Iterable[tuple[ModelId, Way]]) -> int:
    return len({name for name, _ in leading})


def _end(leading: list[tuple[ModelId, Way]]) -> EndView:
    last = leading[0][1][-1] if leading[0][1] else None
    routes: defaultdict[tuple[Replacement, ...], list[tuple[ModelId, Way]]] = defaultdict(list)
    for name, way in leading:
        routes[tuple(step.replacement for step in way)].append((name, way))
    count = _names(leading)
    return EndView(
        name=replaced_by(last.replacement) if last else None,
        status=last.status if last else None,
        is_dead_end=last is None or last.is_dead_end,
        repeats=last is not None and last.repeats,
        counted=phrase("names-count", count=count) if count > 1 else phrase("names-count-one"),
        routes=tuple(map(_route, routes.values())),
    )


def _route(leading: list[tuple[ModelId, Way]]) -> RouteView:
    _, way = leading[0]
    return RouteView(
        through=tuple(_hop(step) for step in way[:-1]),
        remark=remark_on(way[-1].replacement) if way else None,
        names=JoinedList(tuple(IdLink(name) for name, _ in leading)),
    )


def _hop(step: Step) -> HopView:
    return HopView(replacement(step.replacement), step.status, deadline(step.shutdown) if step.shutdown else None)

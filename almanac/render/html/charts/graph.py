"""Replacement graph of a family's models, transitive: rows, lanes and dead ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from almanac.catalog import Catalog, EndpointEntry, FamilyEntry, ModelEntry, Plan, ProductEntry, Status
from almanac.records import EndpointPath, ModelId, ProductId, Replacement
from almanac.render.html.charts.layout import END_OF_ROW, Bus, Edges, Layout, layout
from almanac.render.html.summary import deadline
from almanac.render.text.message import JoinedList, Message, TermLink, subject

LANE = 14
"""Width of a lane in pixels; also the distance from the nearest lane to the names' dots."""

_TERM = "term/"


class Pole(NamedTuple):
    """The vertical part of a bus in one row, in pixels; `bottom` is None where the bus continues in the next row."""

    x: int
    top: int
    bottom: int | None


class Stub(NamedTuple):
    """The horizontal line between a name and a bus, with an arrowhead at a replacement."""

    x: int
    y: int
    arrives: bool


class GraphRow(NamedTuple):
    """A name with its status and replacements, and the lines beside it."""

    name: Message
    status: Status | None  # None for a guide or programme
    until: Message | None
    is_dead_end: bool
    replacements: Message | None
    poles: tuple[Pole, ...]
    stubs: tuple[Stub, ...]


class GraphView(NamedTuple):
    """The graph, in pixels; `dot` is the distance from its left edge to the dots."""

    width: int
    dot: int
    rows: tuple[GraphRow, ...]


def graph(family: FamilyEntry, world: Catalog) -> GraphView | None:
    """The graph of a family's models and all their replacements; None where no model has a plan."""
    edges: dict[str, tuple[str, ...]] = {}
    terms: dict[str, Message] = {}
    for entry in family.models:
        if entry.plan:
            _follow(entry.record.id, world, edges, terms)
    if not edges:
        return None
    laid = layout(edges)
    dot = lane_x(-1, laid.lanes)
    return GraphView(
        width=dot + LANE // 2,
        dot=dot,
        rows=tuple(_row(place, laid, edges, world, terms) for place in range(len(laid.names))),
    )


def _follow(name: str, world: Catalog, edges: dict[str, tuple[str, ...]], terms: dict[str, Message]) -> None:
    """Adds the replacements of a name, and theirs in turn, to `edges`."""
    if name in edges:
        return
    plan = _plan(name, world)
    replacements = plan.replacements if plan else ()
    for each in replacements:
        if each.term:
            terms[_key(each)] = TermLink(each.term)
    edges[name] = tuple(dict.fromkeys(key for each in replacements if (key := _key(each)) != name))
    for replaced_by in edges[name]:
        _follow(replaced_by, world, edges, terms)


def _key(replacement: Replacement) -> str:
    return replacement.name or f"{_TERM}{replacement.term}"


def _entry(name: str, world: Catalog) -> ModelEntry | EndpointEntry | ProductEntry | None:
    """The catalog entry of a model, endpoint or product; None for a term."""
    if name.startswith("product/"):
        return world.products.get(ProductId(name.removeprefix("product/")))
    return world.endpoints.get(EndpointPath(name)) or world.models.get(ModelId(name))


def _plan(name: str, world: Catalog) -> Plan | None:
    entry = _entry(name, world)
    return entry.plan if entry else None


def _row(place: int, laid: Layout, edges: Edges, world: Catalog, terms: Mapping[str, Message]) -> GraphRow:
    name = laid.names[place]
    entry, plan, after = _entry(name, world), _plan(name, world), edges[name]
    here = [(bus, lane_x(lane, laid.lanes)) for bus, lane in laid.buses if bus.first <= place <= bus.last]
    return GraphRow(
        name=_label(name, terms),
        status=entry.status if entry else None,
        until=deadline(plan.shutdown) if plan else None,
        is_dead_end=plan is not None and not after,
        replacements=JoinedList(tuple(_label(each, terms) for each in after), "or") if after else None,
        poles=tuple(Pole(x, *_span(bus, place)) for bus, x in here),
        stubs=tuple(Stub(x, bus.stub(place), place in bus.targets) for bus, x in here if place in bus.rows),
    )


def lane_x(lane: int, lanes: int) -> int:
    """The horizontal centre of a lane in pixels; lane 0 is next to the dots."""
    return (lanes - lane) * LANE - LANE // 2


def _span(bus: Bus, row: int) -> tuple[int, int | None]:
    top, bottom = bus.span(row)
    return top, None if bottom == END_OF_ROW else bottom


def _label(name: str, terms: Mapping[str, Message]) -> Message:
    return terms.get(name) or subject(name)

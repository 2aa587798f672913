"""Edges -> Layout: names in rows and buses in lanes, with few crossings (a local search).

Names with the same replacements share one vertical line, a *bus*. It runs in a lane beside the rows, from the first
name that it connects to the last, and a stub connects each name to it. Buses that follow or enclose one another do not
cross, and names may have any length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Edges = Mapping[str, tuple[str, ...]]
"""Name -> its replacements, () if none. Every replacement is a key as well."""

ARRIVES, LEAVES = 10, 18
"""Pixels from the top of a row to its incoming stubs, and to its outgoing stub."""

END_OF_ROW = 1000
"""Means the lower edge of a row, whose height depends on its name."""


class Bus(NamedTuple):
    """A line from all names with the same replacements to these; rows count from 0."""

    sources: frozenset[int]
    targets: frozenset[int]
    first: int
    last: int

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that a stub connects to the bus."""
        return tuple(sorted(self.sources | self.targets))

    def stub(self, row: int) -> int:
        return LEAVES if row in self.sources else ARRIVES

    def span(self, row: int) -> tuple[int, int]:
        """Top and bottom of the bus in a row between `first` and `last`."""
        return (0 if row > self.first else self.stub(row), END_OF_ROW if row < self.last else self.stub(row))

    def crosses(self, row: int, y: int) -> bool:
        """Whether a horizontal line in that row at height `y` would cross the bus."""
        if not self.first <= row <= self.last:
            return False
        top, bottom = self.span(row)
        return top < y < bottom


class Layout(NamedTuple):
    """Names in row order, and every bus with its lane; lane 0 is nearest to the names."""

    names: tuple[str, ...]
    buses: tuple[tuple[Bus, int], ...]

    @property
    def lanes(self) -> int:
        return 1 + max((lane for _, lane in self.buses), default=-1)

    @property
    def crossings(self) -> int:
        """Number of crossings between a stub and a bus other than its own."""
        return sum(
            other.crosses(row, bus.stub(row))
            for bus, lane in self.buses
            for other, nearer in self.buses
            if nearer < lane
            for row in bus.rows
        )

    @property
    def upward(self) -> int:
        """Number of edges that point upwards; each cycle has at least one."""
        return sum(source > target for bus, _ in self.buses for source in bus.sources for target in bus.targets)

    @property
    def length(self) -> int:
        return sum(bus.last - bus.first for bus, _ in self.buses)


def layout(edges: Edges) -> Layout:
    """The best layout found: fewest upward edges, then crossings, then lanes, then the shortest lines."""
    best = min((_with_lanes(names, edges) for names in dict.fromkeys(_orders(edges))), key=_cost)
    while best.crossings:
        cost = _cost(best)
        better = next((each for each in _moved(best, edges) if _cost(each) < cost), None)
        if better is None:
            break
        best = better
    return best


def _cost(laid: Layout) -> tuple[int, int, int, int]:
    return (laid.upward, laid.crossings, laid.lanes, laid.length)


def _moved(laid: Layout, edges: Edges) -> Iterator[Layout]:
    """The layouts in which one name has moved to another row."""
    for place, name in enumerate(laid.names):
        others = laid.names[:place] + laid.names[place + 1 :]
        for to in range(len(laid.names)):
            if to != place:
                yield _with_lanes((*others[:to], name, *others[to:]), edges)


def _orders(edges: Edges) -> Iterator[tuple[str, ...]]:
    """Candidate orders by depth-first search: each name below those that it replaces, with several sort keys."""
    into = _predecessors(edges)
    depths: dict[str, int] = {}
    for name in edges:
        _depth(name, into, depths)
    ends = [name for name in edges if not edges[name]]
    first = {name: min((place for place, each in enumerate(edges) if each in into[name]), default=0) for name in ends}
    sort_keys: tuple[Callable[[str], int], ...] = (
        lambda name: -depths[name],
        lambda name: depths[name],
        lambda _: 0,
        lambda name: -len(into[name]),
    )
    for roots in (ends, ends[::-1], sorted(ends, key=first.__getitem__)):
        for sort_key in sort_keys:
            yield _order([*roots, *edges], edges, into, sort_key)


def _order(roots: list[str], edges: Edges, into: Edges, sort_key: Callable[[str], int]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    visited: set[str] = set()

    def put(name: str) -> None:
        if name in visited:
            return
        visited.add(name)
        for before in sorted(into[name], key=sort_key):
            put(before)
        found[name] = None
        for before in into[name]:  # their other replacements come next, which keeps buses short
            for sibling in edges[before]:
                put(sibling)

    for root in roots:
        put(root)
    return tuple(found)


def _predecessors(edges: Edges) -> Edges:
    return {name: tuple(before for before in edges if name in edges[before]) for name in edges}


def _depth(name: str, into: Edges, depths: dict[str, int]) -> int:
    """Length of the longest path to a name, memoised in `depths`; a cycle counts once."""
    if name not in depths:
        depths[name] = 0
        depths[name] = 1 + max((_depth(before, into, depths) for before in into[name]), default=-1)
    return depths[name]


def _with_lanes(names: tuple[str, ...], edges: Edges) -> Layout:
    """Assigns lanes: the shortest bus first, each to the first lane that is free along its whole length."""
    taken: list[list[Bus]] = []
    lanes: dict[Bus, int] = {}
    for bus in sorted(_buses(names, edges), key=lambda bus: (bus.last - bus.first, bus.first)):
        lane = next((at for at, others in enumerate(taken) if not any(_overlap(bus, other) for other in others)), None)
        if lane is None:
            lane = len(taken)
            taken.append([])
        taken[lane].append(bus)
        lanes[bus] = lane
    return Layout(names, tuple(sorted(lanes.items(), key=lambda pair: (pair[0].first, pair[1]))))


def _buses(names: tuple[str, ...], edges: Edges) -> Iterator[Bus]:
    rows = {name: row for row, name in enumerate(names)}
    joined: dict[frozenset[str], list[int]] = {}
    for name in names:
        if edges[name]:
            joined.setdefault(frozenset(edges[name]), []).append(rows[name])
    for replacements, sources in joined.items():
        targets = [rows[name] for name in replacements]
        yield Bus(frozenset(sources), frozenset(targets), min(*sources, *targets), max(*sources, *targets))


def _overlap(bus: Bus, other: Bus) -> bool:
    """Whether the two would overlap in one lane; one may end and the other start in the same row."""
    if bus.first > other.first:
        bus, other = other, bus
    if bus.last != other.first:
        return bus.last > other.first
    row = bus.last
    return bus.span(row)[1] >= other.span(row)[0]

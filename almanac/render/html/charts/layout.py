"""Edges -> Layout: names in rows and buses in lanes, with as few crossings as we can find.

Names that lead to the same things share one line, a *bus*. It runs in a lane beside the rows, from the first name that
joins it to the last that it leads to, and a stub ties each name to it. So nothing crosses where the buses follow or
enclose one another, and a name may be as long as it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Edges = Mapping[str, tuple[str, ...]]
"""What each name leads to; () where it leads nowhere. Whatever is led to is a key as well."""

ARRIVES, LEAVES = 10, 18
"""Pixels from the top of a row to the stubs that reach its name, and to the one that goes out from it."""

END_OF_ROW = 1000
"""Stands for the lower edge of a row, which is as high as its name needs."""


@dataclass(frozen=True, slots=True)
class Bus:
    """A line from all names that lead to the same, to what they lead to; rows are counted from 0."""

    sources: frozenset[int]
    targets: frozenset[int]
    first: int
    last: int

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that a stub ties to it."""
        return tuple(sorted(self.sources | self.targets))

    def stub(self, row: int) -> int:
        return LEAVES if row in self.sources else ARRIVES

    def span(self, row: int) -> tuple[int, int]:
        """From where to where it runs in a row, if it does."""
        return (0 if row > self.first else self.stub(row), END_OF_ROW if row < self.last else self.stub(row))

    def crosses(self, row: int, y: int) -> bool:
        """Whether a line across that row at that height would cross it."""
        if not self.first <= row <= self.last:
            return False
        top, bottom = self.span(row)
        return top < y < bottom


@dataclass(frozen=True, slots=True)
class Layout:
    """Names from the first row to the last, and every bus with its lane; lane 0 is nearest to the names."""

    names: tuple[str, ...]
    buses: tuple[tuple[Bus, int], ...]

    @property
    def lanes(self) -> int:
        return 1 + max((lane for _, lane in self.buses), default=-1)

    @property
    def crossings(self) -> int:
        """How many times a stub crosses a bus on the way to its own."""
        return sum(
            other.crosses(row, bus.stub(row))
            for bus, lane in self.buses
            for other, nearer in self.buses
            if nearer < lane
            for row in bus.rows
        )

    @property
    def upward(self) -> int:
        """How many names stand below what they lead to, as one of each circle must."""
        return sum(source > target for bus, _ in self.buses for source in bus.sources for target in bus.targets)

    @property
    def length(self) -> int:
        return sum(bus.last - bus.first for bus, _ in self.buses)


def layout(edges: Edges) -> Layout:
    """The best of the orders that we try: fewest crossings, then fewest lanes, then shortest lines."""
    best = min((_laned(names, edges) for names in dict.fromkeys(_orders(edges))), key=_cost)
    while best.crossings:
        better = next((each for each in _moved(best, edges) if _cost(each) < _cost(best)), None)
        if better is None:
            break
        best = better
    return best


def _cost(laid: Layout) -> tuple[int, int, int, int]:
    return (laid.upward, laid.crossings, laid.lanes, laid.length)


def _moved(laid: Layout, edges: Edges) -> Iterator[Layout]:
    """The same with one name elsewhere."""
    for place, name in enumerate(laid.names):
        others = laid.names[:place] + laid.names[place + 1 :]
        for to in range(len(laid.names)):
            if to != place:
                yield _laned((*others[:to], name, *others[to:]), edges)


def _orders(edges: Edges) -> Iterator[tuple[str, ...]]:
    """What leads to a name comes above it, by one of a few habits."""
    into = _reversed(edges)
    depths: dict[str, int] = {}
    for name in edges:
        _depth(name, into, depths)
    ends = [name for name in edges if not edges[name]]
    first = {name: min((place for place, each in enumerate(edges) if each in into[name]), default=0) for name in ends}
    habits: tuple[Callable[[str], int], ...] = (
        lambda name: -depths[name],
        lambda name: depths[name],
        lambda _: 0,
        lambda name: -len(into[name]),
    )
    for roots in (ends, ends[::-1], sorted(ends, key=first.__getitem__)):
        for habit in habits:
            yield _order([*roots, *edges], edges, into, habit)


def _order(roots: list[str], edges: Edges, into: Edges, habit: Callable[[str], int]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    begun: set[str] = set()

    def put(name: str) -> None:
        if name in begun:
            return
        begun.add(name)
        for before in sorted(into[name], key=habit):
            put(before)
        found[name] = None
        for before in into[name]:  # what they lead to as well: each bus ends soon
            for beside in edges[before]:
                put(beside)

    for root in roots:
        put(root)
    return tuple(found)


def _reversed(edges: Edges) -> Edges:
    return {name: tuple(before for before in edges if name in edges[before]) for name in edges}


def _depth(name: str, into: Edges, known: dict[str, int]) -> int:
    """How many steps lead to a name at most; a circle counts once."""
    if name not in known:
        known[name] = 0
        known[name] = 1 + max((_depth(before, into, known) for before in into[name]), default=-1)
    return known[name]


def _laned(names: tuple[str, ...], edges: Edges) -> Layout:
    """Short buses nearest to the names, each in the first lane that is free all along it."""
    taken: list[list[Bus]] = []
    laned: dict[Bus, int] = {}
    for bus in sorted(_buses(names, edges), key=lambda bus: (bus.last - bus.first, bus.first)):
        lane = next((at for at, others in enumerate(taken) if not any(_meet(bus, other) for other in others)), None)
        if lane is None:
            lane = len(taken)
            taken.append([])
        taken[lane].append(bus)
        laned[bus] = lane
    return Layout(names, tuple(sorted(laned.items(), key=lambda pair: (pair[0].first, pair[1]))))


def _buses(names: tuple[str, ...], edges: Edges) -> Iterator[Bus]:
    rows = {name: row for row, name in enumerate(names)}
    joined: dict[frozenset[str], list[int]] = {}
    for name in names:
        if edges[name]:
            joined.setdefault(frozenset(edges[name]), []).append(rows[name])
    for leads_to, sources in joined.items():
        targets = [rows[name] for name in leads_to]
        yield Bus(frozenset(sources), frozenset(targets), min(*sources, *targets), max(*sources, *targets))


def _meet(bus: Bus, other: Bus) -> bool:
    """Whether the two would touch in one lane: they may follow one another in a row, the one below the other."""
    if bus.first > other.first:
        bus, other = other, bus
    if bus.last != other.first:
        return bus.last > other.first
    row = bus.last
    return bus.span(row)[1] >= other.span(row)[0]

"""Finds circles in a directed graph of names; in linear time if there are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from almanac.check.suggestions import called
from almanac.records import Place, Problem

Edges = Mapping[str, Mapping[str, Place]]
"""Name -> its successors -> where the edge is written."""


def circles(steps: Iterable[tuple[str, str, Place]], message: str, to_itself: str = "") -> Iterator[Problem]:
    """One problem per circle, at its alphabetically first name; loops only if `to_itself` is given."""
    edges: dict[str, dict[str, Place]] = defaultdict(dict)
    for start, end, at in steps:
        if start != end:
            edges[start].setdefault(end, at)
        elif to_itself:
            yield Problem(at, f"'{start}' {to_itself}", "name another")
    cyclic = _without_ends(edges)
    for start in sorted(cyclic):
        circle = _shortest_circle(start, cyclic)
        if circle:
            path = " → ".join(map(called, circle))
            yield Problem(
                edges[start][circle[1]], f"{message}: {path}", "check each step against its source: one is wrong"
            )


def _without_ends(edges: Edges) -> Edges:
    """The edges left after repeatedly removing names without successors or predecessors; none without circles."""
    return _without_sinks(_reversed(_without_sinks(_reversed(edges))))


def _without_sinks(edges: Edges) -> Edges:
    """The edges left after repeatedly removing names without successors."""
    back = _reversed(edges)
    out_degree = {start: len(ends) for start, ends in edges.items()}
    sinks = [name for name in back if name not in edges]
    for name in sinks:  # grows during the loop
        for start in back.get(name, ()):
            out_degree[start] -= 1
            if not out_degree[start]:
                sinks.append(start)
    return {
        start: {end: at for end, at in ends.items() if out_degree.get(end)}
        for start, ends in edges.items()
        if out_degree[start]
    }


def _reversed(edges: Edges) -> Edges:
    """The reversed edges."""
    back: dict[str, dict[str, Place]] = defaultdict(dict)
    for start, ends in edges.items():
        for end, at in ends.items():
            back[end][start] = at
    return back


def _shortest_circle(start: str, edges: Edges) -> tuple[str, ...]:
    """The shortest path from `start` to itself through alphabetically later names; () if there is none."""
    previous = {start: ""}
    queue = [start]
    for name in queue:  # grows during the loop
        for end in edges.get(name, ()):
            if end == start:
                return (*_path_to(name, previous), start)
            if end > start and end not in previous:
                previous[end] = name
                queue.append(end)
    return ()


def _path_to(name: str, previous: Mapping[str, str]) -> Iterable[str]:
    path = [name]
    while previous[path[-1]]:
        path.append(previous[path[-1]])
    return reversed(path)

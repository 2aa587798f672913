"""Steps from name to name -> the circles in them, reported once each; where there are none, in linear time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from almanac.check.suggestions import called
from almanac.records import Place, Problem

Onward = Mapping[str, Mapping[str, Place]]
"""From each name the names that it leads to, and where that is written."""


def circles(steps: Iterable[tuple[str, str, Place]], message: str, to_itself: str = "") -> Iterator[Problem]:
    """Each circle once, at its first name in the alphabet; a step to itself only where that has a message."""
    onward: dict[str, dict[str, Place]] = defaultdict(dict)
    for start, end, at in steps:
        if start != end:
            onward[start].setdefault(end, at)
        elif to_itself:
            yield Problem(at, f"'{start}' {to_itself}", "name another")
    tied = _tied(onward)
    for start in sorted(tied):
        circle = _shortest_way_back(start, tied)
        if circle:
            way = " → ".join(map(called, circle))
            yield Problem(
                onward[start][circle[1]], f"{message}: {way}", "check each step against its source: one is wrong"
            )


def _tied(onward: Onward) -> Onward:
    """What is left when ends and beginnings are taken away, again and again: in sound content, nothing."""
    return _endless(_turned(_endless(_turned(onward))))


def _endless(onward: Onward) -> Onward:
    """The steps between names that lead on without an end."""
    back = _turned(onward)
    open_ways = {start: len(ends) for start, ends in onward.items()}
    ended = [name for name in back if name not in onward]
    for name in ended:  # grows as we go
        for start in back.get(name, ()):
            open_ways[start] -= 1
            if not open_ways[start]:
                ended.append(start)
    return {
        start: {end: at for end, at in ends.items() if open_ways.get(end)}
        for start, ends in onward.items()
        if open_ways[start]
    }


def _turned(onward: Onward) -> Onward:
    """The same steps, backwards."""
    back: dict[str, dict[str, Place]] = defaultdict(dict)
    for start, ends in onward.items():
        for end, at in ends.items():
            back[end][start] = at
    return back


def _shortest_way_back(start: str, onward: Onward) -> tuple[str, ...]:
    """From `start` to itself through names that come after it; empty where there is none."""
    before = {start: ""}
    reached = [start]
    for name in reached:  # grows as we go
        for end in onward.get(name, ()):
            if end == start:
                return (*_way_to(name, before), start)
            if end > start and end not in before:
                before[end] = name
                reached.append(end)
    return ()


def _way_to(name: str, before: Mapping[str, str]) -> Iterable[str]:
    way = [name]
    while before[way[-1]]:
        way.append(before[way[-1]])
    return reversed(way)

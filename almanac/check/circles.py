"""Steps from name to name -> the circles in them: told once each, in time that grows as the steps do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from almanac.check.guess import called
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
            yield Problem(at, f"'{start}' {to_itself}")
    endless = _endless(onward)
    for start in sorted(endless):
        circle = _shortest_way_back(start, endless)
        if circle:
            way = " → ".join(map(called, circle))
            yield Problem(onward[start][circle[1]], f"{message}: {way}")


def _endless(onward: Onward) -> Onward:
    """What is left when names that lead nowhere are taken away, again and again: in sound content, nothing."""
    back: dict[str, list[str]] = defaultdict(list)
    for start, ends in onward.items():
        for end in ends:
            back[end].append(start)
    open_ways = Counter({start: len(ends) for start, ends in onward.items()})
    ended = [name for name in back if name not in onward]
    for name in ended:  # grows as we go
        for start in back[name]:
            open_ways[start] -= 1
            if not open_ways[start]:
                ended.append(start)
    return {start: ends for start, ends in onward.items() if open_ways[start]}


def _shortest_way_back(start: str, onward: Onward) -> tuple[str, ...]:
    """From `start` to itself through names that come after it; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:  # grows as we go
        for name in onward.get(way[-1], ()):
            if name == start:
                return (*way, start)
            if name > start and name not in seen:
                seen.add(name)
                ways.append((*way, name))
    return ()

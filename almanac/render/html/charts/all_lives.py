"""Catalog -> all models in one picture: a thin line for each, from its release to its shutdown, by status."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from almanac.catalog import Catalog, Status
from almanac.render.html.charts.lives import last_day, release_day
from almanac.render.html.charts.scale import Tick, spanning, ticks

WIDTH = 1000  # of the picture, in its own units; two for the height of each line


class LivesOfStatus(NamedTuple):
    status: Status
    path: str  # of an SVG: all lines of this status


class Lives(NamedTuple):
    """Those whose release is on record, the oldest first."""

    paths: tuple[LivesOfStatus, ...]
    height: int
    names: int
    today: float  # percent of the width
    ticks: tuple[Tick, ...]


def lives(world: Catalog) -> Lives:
    spans = []
    for entry in world.models.values():
        if released := release_day(entry):
            end = last_day(entry, released.first, world)
            spans.append((released.first, max(end, released.first), entry.status))
    spans.sort()
    scale = spanning([*(day for first, last, _ in spans for day in (first, last)), world.as_of])
    lines: defaultdict[Status, list[str]] = defaultdict(list)
    for row, (first, last, status) in enumerate(spans):
        left, right = (round(scale.at(day) * WIDTH / 100) for day in (first, last))
        lines[status].append(f"M{left} {2 * row + 1}h{max(right - left, 2)}")
    return Lives(
        paths=tuple(LivesOfStatus(status, "".join(lines[status])) for status in Status if lines[status]),
        height=2 * len(spans),
        names=len(spans),
        today=scale.at(world.as_of),
        ticks=ticks(scale),
    )

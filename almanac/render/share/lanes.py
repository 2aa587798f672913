"""Lives -> lanes: those that do not meet share one, and so more of them fit on a page than it has lines."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from almanac.render.html.charts.lives import OPEN, Bar
from almanac.render.html.charts.lives import Track as Line

_COLUMNS = 200
"""So many, side by side, is the width cut into; between two lives in a lane lies a column at least."""


def lanes(lines: Iterable[Line]) -> list[list[Line]]:
    """The longest lives first, for they are the ground: each in the lowest lane that is free all along it."""
    found: list[list[Line]] = []
    taken = [0] * (_COLUMNS + 2)  # in each column the lanes that are, as bits
    for line in sorted(filter(recorded, lines), key=_length_and_start):
        start, end = _columns(line)
        full = reduce(or_, taken[start:end])
        free = ~full & (full + 1)
        taken[start:end] = [others | free for others in taken[start:end]]
        lane = free.bit_length() - 1
        if lane == len(found):
            found.append([])
        found[lane].append(line)
    return found


def recorded(line: Line) -> tuple[Bar, ...]:
    """A life from its first day on record; what was before that is left to the paper."""
    return line.bars[1:] if line.bars[0].classes == OPEN else line.bars


def _length_and_start(line: Line) -> tuple[float, float]:
    bars = recorded(line)
    return bars[0].x - bars[-1].end, bars[0].x


def _columns(line: Line) -> tuple[int, int]:
    bars = recorded(line)
    return int(bars[0].x * _COLUMNS / 100), int(bars[-1].end * _COLUMNS / 100) + 2

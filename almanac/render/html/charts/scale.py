"""Days -> percents of a picture's width, and the ticks of its axis, which fit the narrowest screen and so any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from almanac.records import Day, Precision
from almanac.render.html.charts.width import ems
from almanac.render.text import cldr as cldr
from almanac.render.text.cldr import Language

NARROWEST = 280
"""Pixels that a picture has on a screen of 320. What keeps apart there keeps apart on any wider one."""

TYPE = 12
"""Pixels of an axis label's type."""

_GAP = 8  # pixels between two labels
_INSET = 3  # pixels between a tick and its label, which stands to its right
_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months from tick to tick
_YEAR = 12
_LEAST = timedelta(days=30)  # what a scale spans at least
_SIDE = 0.06  # of the span: room beside the first and last day for what is open there


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from the left edge of a picture to its right edge."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands, in percent of the width: a thousandth is less than a pixel."""
        return round(100 * (day - self.first).days / (self.last - self.first).days, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year or month, and its name."""

    x: float
    day: Day


def spanning(days: Iterable[date], *, open_start: bool = False) -> Scale:
    """A scale for all these days with room to the right, and to the left where a start is not known."""
    several = sorted(days)
    first, last = several[0], max(several[-1], several[0] + _LEAST)
    side = (last - first) * _SIDE
    return Scale(first - side if open_start else first, last + side)


def ticks(scale: Scale) -> tuple[Tick, ...]:
    """As many as fit: months where the span is short, then years, then every few years; one, where no step fits."""
    for step in _STEPS:
        found = tuple(_ticks(scale, step))
        if found and _fit(found):
            return found
    return tuple(_ticks(scale, _STEPS[0]))[:1]


def _ticks(scale: Scale, step: int) -> Iterator[Tick]:
    """Every tick whose label ends within the picture. A label names the time that begins at its tick."""
    precision = Precision.MONTH if step < _YEAR else Precision.YEAR
    months = scale.first.year * 12 // step * step
    while (day := date(months // 12, months % 12 + 1, 1)) < scale.last:
        tick = Tick(scale.at(day), Day(day, precision))
        if scale.first <= day and _pixels(tick.x) + _wide(tick.day) <= NARROWEST:
            yield tick
        months += step


def _fit(found: tuple[Tick, ...]) -> bool:
    return all(_pixels(after.x - before.x) >= _wide(before.day) + _GAP for before, after in pairwise(found))


def _pixels(percent: float) -> float:
    return NARROWEST * percent / 100


@cache
def _wide(day: Day) -> float:
    """The pixels from a tick to the end of its label, in whichever edition needs most."""
    names = (str(day), *(cldr.day(day, language, short=True) for language in Language))
    return _INSET + TYPE * max(map(ems, names))

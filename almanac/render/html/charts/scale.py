"""Days -> percent of a chart's width, and ticks whose labels fit the narrowest screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from almanac.records import Day, Precision
from almanac.render.html.charts.width import ems
from almanac.render.text import cldr as cldr
from almanac.render.text.cldr import Language

NARROWEST = 280
"""Width of a chart in pixels on a 320-pixel screen; labels that do not overlap here overlap on no wider screen."""

TYPE = 12
"""Font size of axis labels in pixels."""

_GAP = 8  # pixels between two labels
_INSET = 3  # pixels between a tick and the label to its right
_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months between ticks
_YEAR = 12
_MIN_SPAN = timedelta(days=30)  # the shortest span of a scale
_MARGIN = 0.06  # fraction of the span added at each open side


class Scale(NamedTuple):
    """The days at the left and the right edge of a chart."""

    first: date
    last: date
    digits: int = 1

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def at(self, day: date) -> float:
        """The position of a day in percent of the width; 0.1 % is less than a pixel."""
        return round(100 * (day - self.first).days / self.days, self.digits)


class Tick(NamedTuple):
    """A tick at the start of a year or month: position in percent, and the period."""

    x: float
    day: Day


def spanning(days: Iterable[date], *, open_start: bool = False) -> Scale:
    """A scale for these days with a margin on the right, and on the left where a start is unknown."""
    ordered = sorted(days)
    first, last = ordered[0], max(ordered[-1], ordered[0] + _MIN_SPAN)
    margin = (last - first) * _MARGIN
    return Scale(first - margin if open_start else first, last + margin)


def ticks(scale: Scale) -> tuple[Tick, ...]:
    """As many ticks as fit: months, years or every few years; a single tick where no step fits."""
    for step in _STEPS:
        found = tuple(_ticks(scale, step))
        if found and _fit(found):
            return found
    return tuple(_ticks(scale, _STEPS[0]))[:1]


def _ticks(scale: Scale, step: int) -> Iterator[Tick]:
    """Every tick whose label ends within the chart. A label names the period that begins at its tick."""
    precision = Precision.MONTH if step < _YEAR else Precision.YEAR
    months = scale.first.year * 12 // step * step
    while (day := date(months // 12, months % 12 + 1, 1)) < scale.last:
        tick = Tick(scale.at(day), Day(day, precision))
        if scale.first <= day and _pixels(tick.x) + _label_width(tick.day) <= NARROWEST:
            yield tick
        months += step


def _fit(found: tuple[Tick, ...]) -> bool:
    return all(_pixels(after.x - before.x) >= _label_width(before.day) + _GAP for before, after in pairwise(found))


def _pixels(percent: float) -> float:
    return NARROWEST * percent / 100


@cache
def _label_width(day: Day) -> float:
    """Pixels from a tick to the end of its label, in the edition with the longest."""
    names = (str(day), *(cldr.day(day, language, short=True) for language in Language))
    return _INSET + TYPE * max(map(ems, names))

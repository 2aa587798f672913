"""A day, a month or a year -> its last day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from almanac.records import Day, Precision

OUT_OF_ORDER = "check both dates against the source: one is wrong"
"""Hint for two dates in the wrong order."""


def last(day: Day) -> date:
    """The last day of a day, a month or a year."""
    match day.precision:
        case Precision.DAY:
            return day.first
        case Precision.MONTH:
            return day.first.replace(day=monthrange(day.first.year, day.first.month)[1])
        case Precision.YEAR:
            return day.first.replace(month=12, day=31)

"""Dates and numbers formatted for each language by CLDR."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import assert_never

from almanac.records import Day, Precision


class Language(StrEnum):
    """A language, by its BCP 47 tag for `lang` attributes."""

    EN = "en"
    ZH = "zh-Hans"


# British English, like the prose: "13 June 2024". Chinese dates have no spaces: 2024年6月13日.
_LOCALE = {Language.EN: "en_GB", Language.ZH: "zh_Hans_CN"}
_MONTH = {False: "yMMMM", True: "yMMM"}


@cache
def day(value: Day, language: Language, short: bool = False) -> str:
    """A day, month or year in words: "13 June 2024", short "13 Jun 2024"; 2024年6月13日."""
    from babel.dates import format_date, format_skeleton  # takes 40 ms, which a build without changes can save

    locale = _LOCALE[language]
    match value.precision:
        case Precision.DAY:
            return format_date(value.first, "medium" if short else "long", locale)
        case Precision.MONTH:
            return format_skeleton(_MONTH[short], _midnight(value.first), locale=locale)
        case Precision.YEAR:
            return format_skeleton("y", _midnight(value.first), locale=locale)
        case _:
            assert_never(value.precision)


@cache
def month_and_year(value: Day, language: Language) -> tuple[str, str]:
    """The month and the year of a day, apart: "Jun", "2024"; 6月, 2024年."""
    from babel.dates import format_skeleton

    first, locale = _midnight(value.first), _LOCALE[language]
    return format_skeleton("MMM", first, locale=locale), format_skeleton("y", first, locale=locale)


@cache
def number(value: int, language: Language) -> str:
    """An integer with thousands separators: 16,385."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_LOCALE[language])


def _midnight(value: date) -> datetime:
    """The day as a datetime, which `format_skeleton` requires; no skeleton above shows the time."""
    return datetime(value.year, value.month, value.day)

"""Parsers of scalar values: str -> value, or `ParseError`. Enums, days, prices, numbers, names.

Patterns match whole ASCII strings; `int`, `date` and `Decimal` get only matched text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from almanac.file_names import is_windows_device
from almanac.hosts import is_host
from almanac.load.errors import ParseError, ascii_spelling, character, quoted
from almanac.load.synonyms import means_absent, meant
from almanac.records import (
    FIRST_YEAR,
    LAST_YEAR,
    Absent,
    AnnouncementId,
    Day,
    Deadline,
    EndpointPath,
    EventId,
    Kept,
    Method,
    Modality,
    NoticePeriod,
    Operation,
    Precision,
    Price,
    PriceFor,
    PricePart,
    PriceUnit,
    Qualifier,
    RetentionPeriod,
    TagAuthority,
    Unit,
)

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

Parser = Callable[[str], T]


# --- Enums ------------------------------------------------------------------------------------------------------------

MOST_LISTED_ALONE = 8  # words of an enum; of more, the nearest is named before the list


def word_of(kind: type[E]) -> Parser[E]:
    """A parser of the values of an enum."""
    words = {member.value: member for member in kind}

    def word(written: str) -> E:
        try:
            return words[written]
        except KeyError:
            raise _no_such_word(kind, written, words) from None

    return word


def _no_such_word(kind: type[E], written: str, words: dict[str, E]) -> ParseError:
    message = f" cannot be {quoted(written)}"
    if "，" in written or "、" in written:
        return ParseError(message, "write an ASCII comma and a space between two words")
    if right := meant(kind, written, words.values()):
        return ParseError(message, f"write '{right}'")
    # Among few words a near spelling may mean the opposite: all of them are listed, and none is guessed.
    word = (ascii_spelling(written) or written) if len(words) > MOST_LISTED_ALONE else ""
    return ParseError(message, f"write one of: {', '.join(words)}", word, words)


def or_absent(grammar: Parser[T], *absents: Absent) -> Parser[T | Absent]:
    """A parser of what `grammar` accepts, or of one of the words for an absent value."""
    words = {absent.value: absent for absent in absents}
    for_missing = f"for a missing value write {' or '.join(words)}"

    def value_or_absent(written: str) -> T | Absent:
        if written in words:
            return words[written]
        try:
            return grammar(written)
        except ParseError as error:
            if means_absent(written):
                right = meant(Absent, written, absents)
                raise ParseError(
                    f" cannot be {quoted(written)}", f"write '{right}'" if right else for_missing
                ) from None
            hint = "; ".join(part for part in (error.hint, for_missing) if part)
            raise ParseError(error.message, hint, error.word, error.among) from None

    return value_or_absent


# --- Days -------------------------------------------------------------------------------------------------------------

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_OF_MONTH = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DAY_LIKE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>[0-9]{4})\s?[-/.年]\s?(?P<month>[0-9]{1,2})(?:\s?[-/.月]\s?(?P<day>[0-9]{1,2})\s?[日号]?)?月?(?:T.*)?",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?P<year>[0-9]{4})\s?年",
        rf"(?:{_OF_MONTH}\s+(?:of\s+)?)?{_MONTH},?\s+(?P<year>[0-9]{{4}})",
        rf"{_MONTH}\s+{_OF_MONTH},?\s+(?P<year>[0-9]{{4}})",
        rf"(?P<year>[0-9]{{4}})\s+{_MONTH}(?:\s+{_OF_MONTH})?",
    )
)
"""Other ways to write a date; none in which day and month could be confused."""
_NOT_BEFORE = "not before "
_LOWER_BOUND = re.compile(
    r"(?:at (?:the )?earliest|earliest|after|from|not earlier(?: than)?|最早(?:于|在)?|不早于)[:,：，]?\s*"
    r"|[,，]?\s*(?:at (?:the )?earliest|or later|之后|以后)",
    re.IGNORECASE,
)


def day(written: str) -> Day:
    """`2023-06-13`, a month `2023-06` or a year `2023`."""
    match = _DAY.fullmatch(written)
    if not match:
        raise ParseError(f" is not a date: {quoted(written)}", _day_hint(written))
    year, month, of_month = (int(part) if part else 0 for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ParseError(f" is not a valid date: {quoted(written)}", f"write a year from {FIRST_YEAR} to {LAST_YEAR}")
    if match[2] and not 1 <= month <= 12:
        raise ParseError(f" is not a valid date: {quoted(written)}", "write a month from 01 to 12")
    if match[3] and not 1 <= of_month <= monthrange(year, month)[1]:
        hint = f"write a day from 01 to {monthrange(year, month)[1]}"
        raise ParseError(f" is not a valid date: {quoted(written)}", hint)
    precision = Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR
    return Day(date(year, month or 1, of_month or 1), precision)


def single_day(written: str) -> Day:
    """A full date, not a month or year."""
    read = day(written)
    if read.precision is Precision.DAY:
        return read
    raise ParseError(f" is not a full date: {quoted(written)}", "write the day too, for example 2023-06-13")


def _day_hint(written: str) -> str:
    spelled = ascii_spelling(written) or written
    if spelled != written and _DAY.fullmatch(spelled):
        return f"write {spelled}, in ASCII"
    if meant := _day_meant(spelled):
        return f"write {meant}"
    return "write a date as 2023-06-13, a month as 2023-06, a year as 2023"


def _day_meant(written: str) -> Day | None:
    """The day that a date in another form means, if it exists."""
    for pattern in _DAY_LIKE:
        match = pattern.fullmatch(written.strip())
        if match:
            found = {"month": "", "name": "", "day": "", **match.groupdict(default="")}
            month = found["month"] or (found["name"] and f"{_MONTHS.index(found['name'][:3].casefold()) + 1}")
            parts = (found["year"], month.zfill(2) if month else "", found["day"].zfill(2) if found["day"] else "")
            try:
                return day("-".join(filter(None, parts)))
            except ParseError:
                return None
    return None


def deadline(written: str) -> Deadline:
    """A day, `not before` a day, or `undated`."""
    if written == "undated":
        return Deadline(Qualifier.UNDATED, None)
    if written.startswith(_NOT_BEFORE):
        return Deadline(Qualifier.NOT_BEFORE, _bound(written.removeprefix(_NOT_BEFORE)))
    if _LOWER_BOUND.search(written):
        meant = _day_meant(_LOWER_BOUND.sub("", written))
        hint = f"write 'not before {meant or '2024-06-13'}' for \"at the earliest\""
        raise ParseError(f" is not a shutdown date: {quoted(written)}", hint)
    if means_absent(written):
        raise ParseError(
            f" is not a shutdown date: {quoted(written)}", "write 'undated' where the source gives no date"
        )
    try:
        return Deadline(Qualifier.ON, day(written))
    except ParseError as error:
        raise ParseError(error.message, f"{error.hint}; or write 'not before 2024-06-13' or 'undated'") from None


def _bound(written: str) -> Day:
    """The day after `not before`."""
    try:
        return day(written)
    except ParseError as error:
        meant = _day_meant(written)
        raise ParseError(error.message, f"write 'not before {meant}'" if meant else error.hint) from None


# --- Numbers and prices -----------------------------------------------------------------------------------------------

_COUNT = re.compile(r"[1-9][0-9]{0,11}")
_PRICE_PART = re.compile(
    r"""
    \$ (?P<digits> (?:0|[1-9][0-9]{0,8}) (?:\.[0-9]{1,12})? )
    \ /\ (?:
        (?P<per>1K|1M)\ (?:
            (?P<long>long-context\ )?
            (?: (?P<cached>cached\ )? (?:(?P<modality>audio|image)\ )? (?:(?P<use>input|output|training)\ )?
              | (?P<write>cache-write\ ) )
            tokens
          | (?P<characters>characters)
        )
      | (?P<unit>minute|second|hour(?P<training>\ of\ training)?|image)
    )
    (?:\ \((?P<detail>[A-Za-z0-9][A-Za-z0-9 ,.-]{0,30})\))?
    """,
    re.VERBOSE,
)
_PER: Final = {"1K": 1_000, "1M": 1_000_000}
_FREE = "free"


def count(written: str) -> int:
    """A whole number from 1."""
    if _COUNT.fullmatch(written):
        return int(written)
    raise ParseError(f" is not a whole number: {quoted(written)}", _count_hint(written))


def _count_hint(written: str) -> str:
    spelled = re.sub(r"(?<=[0-9])[,_ '](?=[0-9]{3})|\.0*$", "", ascii_spelling(written) or written).lstrip("+")
    if _COUNT.fullmatch(spelled):
        return f"write {spelled}"
    if match := re.fullmatch(r"([1-9][0-9]{0,3})[kK]", spelled):
        return f"write all digits: {match[1]}000 or {int(match[1]) * 1024}, as in the source"
    return "write digits only, for example 4096"


def price(written: str) -> Price:
    """US dollars per number of tokens or other units, in parts joined by ` + `; or `free`."""
    if written == _FREE:
        return Price(written, ())
    parts = _price_parts(written)
    kinds = [(part.use, part.unit, part.modality, part.long_context, part.detail) for part in parts]
    if len(set(kinds)) < len(kinds):
        raise ParseError(f" has the same part twice: {quoted(written)}", "keep one")
    tokens = [part.use for part in parts if part.unit is PriceUnit.TOKEN]
    if (PriceFor.USAGE in tokens and len(tokens) > 1) or tokens == [PriceFor.CACHED_INPUT]:
        raise ParseError(f" has parts that cannot be combined: {quoted(written)}", _PRICE_HINT)
    return Price(written, parts)


def training_price(written: str) -> Price:
    """US dollars per number of tokens of training."""
    parts = _price_parts(written)
    if [(part.use, part.unit) for part in parts] != [(PriceFor.USAGE, PriceUnit.TOKEN)]:
        raise ParseError(f" is not a training price: {quoted(written)}", "write a price such as $0.0004 / 1K tokens")
    return Price(written, tuple(replace(part, use=PriceFor.TRAINING) for part in parts))


_PRICE_HINT = "write a price such as $0.0004 / 1K tokens or $0.0015 / 1K input tokens + $0.0020 / 1K output tokens"


def _price_parts(written: str) -> tuple[PricePart, ...]:
    return tuple(_price_part(part, written) for part in written.split(" + "))


def _price_part(part: str, written: str) -> PricePart:
    match = _PRICE_PART.fullmatch(part)
    is_priced = match and (
        (not match["cached"] or match["use"] == "input")
        and (not match["modality"] or match["use"] in {"input", "output"})
    )
    if not match or not is_priced:
        raise ParseError(f" is not a price: {quoted(written)}", _PRICE_HINT)
    if match["write"]:
        use = PriceFor.CACHE_WRITE
    elif match["cached"]:
        use = PriceFor.CACHED_INPUT
    else:
        use = PriceFor(match["use"] or ("training" if match["training"] else "usage"))
    return PricePart(
        Decimal(match["digits"]),
        match["digits"],
        _PER.get(match["per"], 1),
        use,
        PriceUnit("hour" if match["training"] else match["unit"] or ("character" if match["characters"] else "token")),
        Modality(match["modality"]) if match["modality"] else None,
        bool(match["long"]),
        match["detail"] or "",
    )


_OPERATION = re.compile(r"((?:GET|POST|DELETE)(?:, (?:GET|POST|DELETE))*) ((?:/(?:[A-Za-z0-9_-]+|\{[a-z_]+\}))+)")


def operation(written: str) -> Operation:
    """`GET, DELETE /v1/files/{file_id}`."""
    match = _OPERATION.fullmatch(written)
    if not match or len(written) > LONGEST_NAME:
        raise ParseError(
            f" is not an operation: {quoted(written)}",
            "write methods and a path, for example GET, DELETE /v1/files/{file_id}",
        )
    return Operation(tuple(map(Method, match[1].split(", "))), match[2])


_NOTICE = re.compile(r"([1-9][0-9]?) (week|month)s?")


def notice(written: str) -> NoticePeriod:
    """`6 months`, `2 weeks`."""
    match = _NOTICE.fullmatch(written)
    if not match:
        raise ParseError(f" is not a notice period: {quoted(written)}", "write a period such as 6 months or 2 weeks")
    return NoticePeriod(int(match[1]), Unit(f"{match[2]}s"))


_DAYS_KEPT = re.compile(r"([1-9][0-9]{0,3}) (days?)")


def retention_period(written: str) -> RetentionPeriod:
    """`30 days`, `until deleted`, `none, or 30 days if stored` …"""
    days = _DAYS_KEPT.search(written)
    words = _DAYS_KEPT.sub("N days", written, count=1)
    if words in set(Kept) and (days or "N days" not in words):
        return RetentionPeriod(Kept(words), int(days[1]) if days else 0)
    choices = ", ".join(kept.replace("N", "30") for kept in Kept)
    hint = f"write one of: {choices}, with any number of days"
    raise ParseError(f" is not a retention period: {quoted(written)}", hint)


# --- Names ------------------------------------------------------------------------------------------------------------

LONGEST_NAME = 100  # characters: with an extension, still a valid file name on every system
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NAME_HINT = "write ASCII letters and digits; after the first, also . _ and -"
_NAME_CHARACTER = re.compile(r"[A-Za-z0-9._-]")
_PATH = re.compile(r"(?:/[A-Za-z0-9][A-Za-z0-9_-]*)+")
_DATED_SLUG = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_URL = re.compile(r"https?://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(?:/[!#-;=?-\[\]_a-z~]*)?")


def name(written: str) -> str:
    """An id: safe as a file name, in a URL and as an anchor."""
    if not _NAME.fullmatch(written):
        raise _unsafe(written)
    if len(written) > LONGEST_NAME:
        raise ParseError(f" is too long for an id: {quoted(written)}", f"write at most {LONGEST_NAME} characters")
    if written.casefold() == "index" or is_windows_device(written) or written.endswith("."):
        raise ParseError(f" cannot be {quoted(written)}", "choose another name: this one is reserved")
    return written


def _unsafe(written: str) -> ParseError:
    if not written:
        return ParseError(" is empty, and an id is needed", _NAME_HINT)
    spelled = ascii_spelling(written)
    if _NAME.fullmatch(spelled):
        strange = next(char for char in written if not char.isascii())
        return ParseError(f" is not an id: {quoted(written)} has {character(strange)}", f"write {spelled}, in ASCII")
    strange = next((char for char in written if not _NAME_CHARACTER.fullmatch(char)), "")
    if not strange:
        return ParseError(f" is not an id: {quoted(written)} does not begin with a letter or a digit", _NAME_HINT)
    shown = quoted(strange) if strange.isascii() and strange.isprintable() else character(strange)
    return ParseError(f" is not an id: {quoted(written)} has {shown}", _NAME_HINT)


def id_of(kind: Callable[[str], T]) -> Parser[T]:
    """A parser of ids of this type."""
    return lambda written: kind(name(written))


def endpoint_path(written: str) -> EndpointPath:
    """`/v1/chat/completions`."""
    if _PATH.fullmatch(written) and len(written) <= LONGEST_NAME:
        return EndpointPath(written)
    spelled = ascii_spelling(written)
    hint = f"write {spelled}, in ASCII" if _PATH.fullmatch(spelled) else "write a path such as /v1/chat/completions"
    raise ParseError(f" is not an endpoint path: {quoted(written)}", hint)


def announcement_id(written: str) -> AnnouncementId:
    """`2023-07-06-gpt-and-embeddings`."""
    _day_of("an announcement", written)
    return AnnouncementId(name(written))


def event_id(written: str) -> EventId:
    """`2026-01-08-realtime-previews`."""
    _day_of("an event", written)
    return EventId(name(written))


def day_of_announcement(written: str) -> Day:
    """The day with which an announcement's id begins."""
    return _day_of("an announcement", written)


def _day_of(what: str, written: str) -> Day:
    match = _DATED_SLUG.fullmatch(written)
    if not match:
        hint = "write the date and the topic, for example 2023-07-06-gpt-and-embeddings"
        raise ParseError(f" is not the id of {what}: {quoted(written)}", hint)
    return day(match[1])


def url(written: str) -> str:
    """A URL."""
    match = _URL.fullmatch(written)
    if match and is_host(match[1], match[2]):
        return written
    raise ParseError(
        f" is not a web address: {quoted(written)}", "write an address such as https://example.org/page, in ASCII"
    )


_TAG_AUTHORITY = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+,[0-9]{4}")


def tag_authority(written: str) -> TagAuthority:
    """The authority of tag URIs (RFC 4151): `example.org,2026`."""
    if _TAG_AUTHORITY.fullmatch(written) and not written.partition(",")[0].endswith(".invalid"):
        return TagAuthority(written)
    raise ParseError(
        f" is not a domain and a year: {quoted(written)}",
        "write a domain of the site and a year, such as 'example.org,2026'",
    )


def or_none(grammar: Parser[str]) -> Parser[str]:
    """A parser of what `grammar` accepts, or of `none`, which becomes ""."""

    def value_or_none(written: str) -> str:
        if written == Absent.NONE:
            return ""
        if meant(Absent, written, [Absent.NONE]):
            raise ParseError(f" cannot be {quoted(written)}", f"write '{Absent.NONE}'")
        return grammar(written)

    return value_or_none

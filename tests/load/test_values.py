"""Parsers of days, deadlines, numbers, prices and names: accepted values, and messages for rejected ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.load import values
from almanac.load.errors import ParseError, quoted
from almanac.load.synonyms import SYNONYMS
from almanac.records import (
    Absent,
    Badge,
    Certainty,
    Day,
    Deadline,
    EventKind,
    Kept,
    Kind,
    Method,
    Modality,
    Precision,
    PriceFor,
    PricePart,
    PriceUnit,
    Qualifier,
    Rank,
    RetentionPeriod,
    Role,
    Scope,
    TrainingUse,
    ZeroRetention,
)

TOKENS = values.or_absent(values.count, Absent.UNKNOWN, Absent.NOT_APPLICABLE)


def refusal(grammar: Callable[[str], object], written: str) -> str:
    with pytest.raises(ParseError) as caught:
        grammar(written)
    return f"{caught.value.message} | {caught.value.hint}"


# --- Days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "first", "precision"),
    [
        pytest.param("2023-06-13", date(2023, 6, 13), Precision.DAY, id="a day"),
        pytest.param("2024-02-29", date(2024, 2, 29), Precision.DAY, id="a leap day"),
        pytest.param("2023-06", date(2023, 6, 1), Precision.MONTH, id="a month"),
        pytest.param("2023", date(2023, 1, 1), Precision.YEAR, id="a year"),
    ],
)
def test_days(written: str, first: date, precision: Precision) -> None:
    day = values.day(written)
    assert day == Day(first, precision)
    assert str(day) == written


WRITE_A_DAY = "write a date as 2023-06-13, a month as 2023-06, a year as 2023"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("2023-02-30", "is not a valid date: '2023-02-30' | write a day from 01 to 28", id="no day"),
        pytest.param("2023-02-29", "is not a valid date: '2023-02-29' | write a day from 01 to 28", id="no leap"),
        pytest.param("2023-13-01", "is not a valid date: '2023-13-01' | write a month from 01 to 12", id="month 13"),
        pytest.param("2023-00", "is not a valid date: '2023-00' | write a month from 01 to 12", id="month 0"),
        pytest.param("2023-01-00", "is not a valid date: '2023-01-00' | write a day from 01 to 31", id="day 0"),
        pytest.param("0000-01-01", "is not a valid date: '0000-01-01' | write a year from 2000 to 2099", id="year 0"),
        pytest.param("9999-12", "is not a valid date: '9999-12' | write a year from 2000 to 2099", id="for ever"),
        pytest.param("2023-6-3", "is not a date: '2023-6-3' | write 2023-06-03", id="short"),
        pytest.param("2023/06/13", "is not a date: '2023/06/13' | write 2023-06-13", id="slashes"),
        pytest.param("2023年6月13日", "is not a date: '2023年6月13日' | write 2023-06-13", id="Chinese"),
        pytest.param("2023年6月", "is not a date: '2023年6月' | write 2023-06", id="Chinese month"),
        pytest.param("２０２３-06", "is not a date: '２０２３-06' | write 2023-06, in ASCII", id="full width"),
        pytest.param("2023–06–13", "is not a date: '2023–06–13' | write 2023-06-13, in ASCII", id="dashes"),
        pytest.param("20230613", "is not a date: '20230613' | write 2023-06-13", id="compact"),
        pytest.param("20231313", f"is not a date: '20231313' | {WRITE_A_DAY}", id="compact, no day"),
        pytest.param("2023-W24-4", f"is not a date: '2023-W24-4' | {WRITE_A_DAY}", id="week"),
        pytest.param("2023-06-13\n", "is not a date: '2023-06-13\\x0a' | write 2023-06-13", id="line end"),
        pytest.param("2023-06-13T00:00:00Z", "is not a date: '2023-06-13T00:00:00Z' | write 2023-06-13", id="time"),
        pytest.param("March 2026", "is not a date: 'March 2026' | write 2026-03", id="month in words"),
        pytest.param("5 June 2024", "is not a date: '5 June 2024' | write 2024-06-05", id="day in words"),
        pytest.param("5th of June 2024", "is not a date: '5th of June 2024' | write 2024-06-05", id="ordinal"),
        pytest.param("Sept. 3, 2024", "is not a date: 'Sept. 3, 2024' | write 2024-09-03", id="American"),
        pytest.param("2024/6/5", "is not a date: '2024/6/5' | write 2024-06-05", id="short slashes"),
        pytest.param("2024年6月5号", "is not a date: '2024年6月5号' | write 2024-06-05", id="colloquial Chinese"),
        pytest.param("2024 年", "is not a date: '2024 年' | write 2024", id="Chinese year"),
        pytest.param("05/06/2024", f"is not a date: '05/06/2024' | {WRITE_A_DAY}", id="ambiguous"),
        pytest.param("31 June 2024", f"is not a date: '31 June 2024' | {WRITE_A_DAY}", id="no day in words"),
        pytest.param("2023/13/40", f"is not a date: '2023/13/40' | {WRITE_A_DAY}", id="no day with slashes"),
        pytest.param("summer 2024", f"is not a date: 'summer 2024' | {WRITE_A_DAY}", id="words"),
    ],
)
def test_invalid_days(written: str, words: str) -> None:
    assert refusal(values.day, written) == f" {words}"


@pytest.mark.parametrize(
    ("written", "deadline"),
    [
        ("2024-06-13", Deadline(Qualifier.ON, Day(date(2024, 6, 13)))),
        ("not before 2024-06-13", Deadline(Qualifier.NOT_BEFORE, Day(date(2024, 6, 13)))),
        ("not before 2024-06", Deadline(Qualifier.NOT_BEFORE, Day(date(2024, 6, 1), Precision.MONTH))),
        ("undated", Deadline(Qualifier.UNDATED, None)),
    ],
)
def test_deadlines(written: str, deadline: Deadline) -> None:
    assert values.deadline(written) == deadline
    assert str(deadline) == written


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param(
            "at earliest 2024-06-13",
            "is not a shutdown date: 'at earliest 2024-06-13' | write 'not before 2024-06-13' for \"at the earliest\"",
            id="at earliest",
        ),
        pytest.param(
            "5 June 2024 at the earliest",
            "is not a shutdown date: '5 June 2024 at the earliest' | "
            "write 'not before 2024-06-05' for \"at the earliest\"",
            id="in words",
        ),
        pytest.param(
            "不早于 2024年6月5日",
            "is not a shutdown date: '不早于 2024年6月5日' | write 'not before 2024-06-05' for \"at the earliest\"",
            id="in Chinese",
        ),
        pytest.param(
            "not before June 2024",
            "is not a date: 'June 2024' | write 'not before 2024-06'",
            id="not before in words",
        ),
        pytest.param(
            "5 June 2024",
            "is not a date: '5 June 2024' | write 2024-06-05; or write 'not before 2024-06-13' or 'undated'",
            id="on a day in words",
        ),
        pytest.param(
            "not before 2024-06-31",
            "is not a valid date: '2024-06-31' | write a day from 01 to 30",
            id="not before no day",
        ),
        pytest.param(
            "soon", f"is not a date: 'soon' | {WRITE_A_DAY}; or write 'not before 2024-06-13' or 'undated'", id="words"
        ),
    ],
)
def test_invalid_deadlines(written: str, words: str) -> None:
    assert refusal(values.deadline, written) == f" {words}"


def test_a_single_day_is_not_a_month() -> None:
    assert values.single_day("2023-06-13") == Day(date(2023, 6, 13))
    hint = "write the day too, for example 2023-06-13"
    assert refusal(values.single_day, "2023-06") == f" is not a full date: '2023-06' | {hint}"


# --- Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "tokens"),
    [("1", 1), ("4096", 4096), ("unknown", Absent.UNKNOWN), ("not-applicable", Absent.NOT_APPLICABLE)],
)
def test_tokens(written: str, tokens: int | Absent) -> None:
    assert TOKENS(written) == tokens


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        pytest.param("8,192", "write 8192", id="comma"),
        pytest.param("8 192", "write 8192", id="space"),
        pytest.param("8_192", "write 8192", id="underscore"),
        pytest.param("1,000,000", "write 1000000", id="two commas"),
        pytest.param("8192.0", "write 8192", id="fraction"),
        pytest.param("８１９２", "write 8192", id="full width"),
        pytest.param("８，１９２", "write 8192", id="full width with comma"),
        pytest.param("16k", "write all digits: 16000 or 16384, as in the source", id="k"),
        pytest.param("0", "write digits only, for example 4096", id="nought"),
        pytest.param("04096", "write digits only, for example 4096", id="leading nought"),
        pytest.param("-1", "write digits only, for example 4096", id="negative"),
        pytest.param("0x10", "write digits only, for example 4096", id="hexadecimal"),
        pytest.param("1e3", "write digits only, for example 4096", id="exponent"),
        pytest.param("4096\n", "write digits only, for example 4096", id="line end"),
        pytest.param("٤٠٩٦", "write digits only, for example 4096", id="Arabic"),
    ],
)
def test_invalid_counts(written: str, hint: str) -> None:
    assert refusal(values.count, written).endswith(f" | {hint}")


def test_a_number_of_five_thousand_digits_is_an_error() -> None:
    assert refusal(values.count, "9" * 5000).startswith(" is not a whole number: '9999")


def test_a_misplaced_absent_word_is_reported_with_the_allowed_ones() -> None:
    hint = "for a missing value write unknown or not-applicable"
    assert refusal(TOKENS, "none") == f" cannot be 'none' | {hint}"
    assert refusal(TOKENS, "N/A") == " cannot be 'N/A' | write 'not-applicable'"
    assert refusal(TOKENS, "not recorded") == " cannot be 'not recorded' | write 'unknown'"
    assert refusal(TOKENS, "not-stated") == " cannot be 'not-stated' | write 'unknown'"
    assert refusal(TOKENS, "—") == f" cannot be '—' | {hint}"


def test_a_missing_shutdown_date_is_undated() -> None:
    for written in ("unknown", "TBD", "none"):
        hint = "write 'undated' where the source gives no date"
        assert refusal(values.deadline, written) == f" is not a shutdown date: '{written}' | {hint}"


# --- Prices -----------------------------------------------------------------------------------------------------------


def part(digits: str, use: PriceFor, per: int = 1000) -> PricePart:
    return PricePart(Decimal(digits), digits, per, use)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("$0.0004 / 1K tokens", (part("0.0004", PriceFor.USAGE),)),
        ("$0.200 / 1K tokens", (part("0.200", PriceFor.USAGE),)),
        ("$2 / 1M tokens", (part("2", PriceFor.USAGE, 1_000_000),)),
        (
            "$0.0015 / 1K input tokens + $0.0020 / 1K output tokens",
            (part("0.0015", PriceFor.INPUT), part("0.0020", PriceFor.OUTPUT)),
        ),
        (
            "$2.50 / 1M input tokens + $10 / 1M output tokens + $1.25 / 1M cached input tokens",
            (
                part("2.50", PriceFor.INPUT, 1_000_000),
                part("10", PriceFor.OUTPUT, 1_000_000),
                part("1.25", PriceFor.CACHED_INPUT, 1_000_000),
            ),
        ),
    ],
)
def test_prices(written: str, parts: tuple[PricePart, ...]) -> None:
    price = values.price(written)
    assert price.written == written
    assert price.parts == parts
    assert [part.digits for part in price.parts] == [part.digits for part in parts]


PRICES = (
    "free",
    "$1.5 / 1M tokens",
    "$0.0015 / 1K input tokens",
    "$10 / 1M output tokens",
    "$10 / 1M input tokens + $1 / 1M cached input tokens",
    "$32 / 1M audio input tokens",
    "$64 / 1M audio output tokens",
    "$10 / 1M input tokens + $0.40 / 1M cached audio input tokens",
    "$5 / 1M image input tokens",
    "$40 / 1M image output tokens",
    "$10 / 1M input tokens + $2.5 / 1M cached image input tokens",
    "$6.25 / 1M cache-write tokens",
    "$3 / 1M training tokens",
    "$20 / 1M long-context input tokens + $2 / 1M long-context cached input tokens",
    "$20 / 1M long-context cache-write tokens",
    "$0.015 / 1K characters",
    "$15 / 1M characters",
    "$0.006 / minute",
    "$0.10 / second (720p) + $0.30 / second (1080p)",
    "$100 / hour of training",
    "$2 / hour",
    "$0.04 / image (medium, 1024x1024)",
)
"""A price in each form that there is."""


@pytest.mark.parametrize("written", PRICES)
def test_a_price_is_read_in_each_of_its_forms(written: str) -> None:
    price = values.price(written)
    assert price.written == written
    assert len(price.parts) == (0 if written == "free" else written.count("$"))


@pytest.mark.parametrize(
    ("written", "last"),
    [
        (
            "$64 / 1M audio output tokens",
            PricePart(Decimal(64), "64", 1_000_000, PriceFor.OUTPUT, modality=Modality.AUDIO),
        ),
        ("$6.25 / 1M cache-write tokens", PricePart(Decimal("6.25"), "6.25", 1_000_000, PriceFor.CACHE_WRITE)),
        ("$3 / 1M training tokens", PricePart(Decimal(3), "3", 1_000_000, PriceFor.TRAINING)),
        (
            "$20 / 1M input tokens + $2 / 1M long-context cached input tokens",
            PricePart(Decimal(2), "2", 1_000_000, PriceFor.CACHED_INPUT, long_context=True),
        ),
        ("$0.015 / 1K characters", PricePart(Decimal("0.015"), "0.015", 1000, PriceFor.USAGE, PriceUnit.CHARACTER)),
        ("$0.006 / minute", PricePart(Decimal("0.006"), "0.006", 1, PriceFor.USAGE, PriceUnit.MINUTE)),
        ("$100 / hour of training", PricePart(Decimal(100), "100", 1, PriceFor.TRAINING, PriceUnit.HOUR)),
        (
            "$0.04 / image (medium, 1024x1024)",
            PricePart(Decimal("0.04"), "0.04", 1, PriceFor.USAGE, PriceUnit.IMAGE, detail="medium, 1024x1024"),
        ),
    ],
)
def test_the_last_part_of_a_price(written: str, last: PricePart) -> None:
    assert values.price(written).parts[-1] == last


def test_a_training_price_is_for_training() -> None:
    assert values.training_price("$0.0016 / 1K tokens").parts == (part("0.0016", PriceFor.TRAINING),)


AS_PRICE = "write a price such as $0.0004 / 1K tokens or $0.0015 / 1K input tokens + $0.0020 / 1K output tokens"


@pytest.mark.parametrize(
    "written",
    [
        "0.0004 / 1K tokens",
        "$.0004 / 1K tokens",
        "$0.0004/1K tokens",
        "$0.0004 / 1K",
        "$0.0004 / 1k tokens",
        "＄0.0004 / 1K tokens",
        "$00.4 / 1K tokens",
        "$0.0004 / 1K tokens\n",
        "$0.0004 / 1K tokens +",
        "$1e3 / 1K tokens",
        "$1 / 1M audio tokens",
        "$1 / 1M image training tokens",
        "$1 / 1M cached output tokens",
        "$1 / 1M cached tokens",
        "$1 / 1M video input tokens",
        "$1 / 1M long-context characters",
        "$1 / 10 seconds",
        "$1 / minute of training",
        "$1 / image (a (b))",
        "$1 / image ()",
        "Free",
        "free + $1 / 1M tokens",
        "$" + "9" * 5000 + " / 1K tokens",
    ],
)
def test_invalid_prices(written: str) -> None:
    words = refusal(values.price, written)
    assert words.startswith(" is not a price: '")
    assert words.endswith(f" | {AS_PRICE}")


@pytest.mark.parametrize(
    "written",
    [
        "$1 / 1K tokens + $2 / 1K output tokens",
        "$1 / 1M cached input tokens",
    ],
)
def test_prices_with_incompatible_parts(written: str) -> None:
    assert refusal(values.price, written) == f" has parts that cannot be combined: '{written}' | {AS_PRICE}"


@pytest.mark.parametrize(
    "written",
    [
        "$1 / 1K input tokens + $2 / 1K input tokens",
        "$1 / second (720p) + $2 / second (720p)",
        "$1 / 1M cache-write tokens + $2 / 1K cache-write tokens",
    ],
)
def test_prices_with_a_part_twice(written: str) -> None:
    assert refusal(values.price, written) == f" has the same part twice: '{written}' | keep one"


@pytest.mark.parametrize("written", ["$1 / 1K input tokens", "$1 / minute", "$1 / 1K tokens + $1 / minute", "free"])
def test_training_has_one_price(written: str) -> None:
    reported = refusal(values.training_price, written)
    assert reported.startswith((" is not a training price: ", " is not a price: "))
    assert f"'{written}' | write a price such as $0.0004 / 1K tokens" in reported


# --- Operations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "methods", "path"),
    [
        ("GET /v1/models", [Method.GET], "/v1/models"),
        ("GET, DELETE /v1/files/{file_id}", [Method.GET, Method.DELETE], "/v1/files/{file_id}"),
        (
            "POST /v1/fine_tuning/jobs/{fine_tuning_job_id}/cancel",
            [Method.POST],
            "/v1/fine_tuning/jobs/{fine_tuning_job_id}/cancel",
        ),
    ],
)
def test_operations(written: str, methods: list[Method], path: str) -> None:
    operation = values.operation(written)
    assert (list(operation.methods), operation.path) == (methods, path)
    assert str(operation) == written


@pytest.mark.parametrize(
    "written",
    [
        "/v1/models",
        "get /v1/models",
        "PUT /v1/models",
        "GET,DELETE /v1/models",
        "GET DELETE /v1/models",
        "GET v1/models",
        "GET /v1/models/",
        "GET /v1/files/{File}",
        "GET /v1/files/{file_id",
        "GET /v1/models?limit=1",
        "GET /v1/models\n",
        f"GET /{'a' * 100}",
    ],
)
def test_invalid_operations(written: str) -> None:
    shown = quoted(written)
    hint = "write methods and a path, for example GET, DELETE /v1/files/{file_id}"
    assert refusal(values.operation, written) == f" is not an operation: {shown} | {hint}"


# --- Names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["gpt-4", "gpt-3.5-turbo-0613", "GPT-4o", "0613", "a" * 100, "console"])
def test_names(written: str) -> None:
    assert values.name(written) == written


SAFE = "write ASCII letters and digits; after the first, also . _ and -"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param(
            "",
            "is empty, and an id is needed | write ASCII letters and digits; after the first, also . _ and -",
            id="empty",
        ),
        pytest.param("../gpt-4", f"is not an id: '../gpt-4' has '/' | {SAFE}", id="path"),
        pytest.param("..", f"is not an id: '..' does not begin with a letter or a digit | {SAFE}", id="parent"),
        pytest.param("-rf", f"is not an id: '-rf' does not begin with a letter or a digit | {SAFE}", id="option"),
        pytest.param("a\\b", f"is not an id: 'a\\b' has '\\' | {SAFE}", id="backslash"),
        pytest.param("gpt 4", f"is not an id: 'gpt 4' has ' ' | {SAFE}", id="space"),
        pytest.param("gpt-4\n", f"is not an id: 'gpt-4\\x0a' has U+000A (a control character) | {SAFE}", id="line end"),
        pytest.param(
            "gpt\x1b[31m", f"is not an id: 'gpt\\x1b[31m' has U+001B (a control character) | {SAFE}", id="escape"
        ),
        pytest.param(
            "ｇpt-4",
            "is not an id: 'ｇpt-4' has U+FF47 (FULLWIDTH LATIN SMALL LETTER G) | write gpt-4, in ASCII",
            id="full width",
        ),
        pytest.param(
            "gpt-４",
            "is not an id: 'gpt-４' has U+FF14 (FULLWIDTH DIGIT FOUR) | write gpt-4, in ASCII",
            id="full-width digit",
        ),
        pytest.param(
            "gрt-4",
            "is not an id: 'gрt-4' has U+0440 (CYRILLIC SMALL LETTER ER) | write gpt-4, in ASCII",
            id="Cyrillic",
        ),
        pytest.param("gpt–4", "is not an id: 'gpt–4' has U+2013 (EN DASH) | write gpt-4, in ASCII", id="dash"),
        pytest.param(
            "\u212aelvin", "is not an id: '\u212aelvin' has U+212A (KELVIN SIGN) | write Kelvin, in ASCII", id="Kelvin"
        ),
        pytest.param(
            "．．／x",
            f"is not an id: '．．／x' has U+FF0E (FULLWIDTH FULL STOP) | {SAFE}",
            id="full-width path",
        ),
        pytest.param("模型", f"is not an id: '模型' has U+6A21 (CJK UNIFIED IDEOGRAPH-6A21) | {SAFE}", id="Han"),
        pytest.param("index", "cannot be 'index' | choose another name: this one is reserved", id="index"),
        pytest.param("Index", "cannot be 'Index' | choose another name: this one is reserved", id="index in capitals"),
        pytest.param("con", "cannot be 'con' | choose another name: this one is reserved", id="Windows"),
        pytest.param(
            "LPT1.x", "cannot be 'LPT1.x' | choose another name: this one is reserved", id="Windows with ending"
        ),
        pytest.param("gpt.", "cannot be 'gpt.' | choose another name: this one is reserved", id="dot at the end"),
        pytest.param("a" * 101, f"is too long for an id: '{'a' * 60}…' | write at most 100 characters", id="too long"),
    ],
)
def test_unsafe_names(written: str, words: str) -> None:
    assert refusal(values.name, written) == f" {words}"


@pytest.mark.parametrize("written", ["/v1/chat/completions", "/v1/fine_tuning/jobs", "/v1/fine-tunes"])
def test_endpoint_paths(written: str) -> None:
    assert values.endpoint_path(written) == written


@pytest.mark.parametrize("written", ["v1/edits", "/", "/v1/", "/v1/../x", "//host/x", "/v1/edits?x", "/v1/edits\n"])
def test_invalid_endpoint_paths(written: str) -> None:
    assert refusal(values.endpoint_path, written).endswith(" | write a path such as /v1/chat/completions")


def test_a_full_width_endpoint_path_is_reported_in_ascii() -> None:
    words = refusal(values.endpoint_path, "／v1／edits")
    assert words == " is not an endpoint path: '／v1／edits' | write /v1/edits, in ASCII"


def test_an_announcement_is_named_by_its_day() -> None:
    assert values.announcement_id("2023-07-06-gpt-and-embeddings") == "2023-07-06-gpt-and-embeddings"
    assert values.day_of_announcement("2023-07-06-gpt-and-embeddings") == Day(date(2023, 7, 6))
    hint = "write the date and the topic, for example 2023-07-06-gpt-and-embeddings"
    assert refusal(values.announcement_id, "gpt") == f" is not the id of an announcement: 'gpt' | {hint}"
    assert refusal(values.announcement_id, "2023-02-30-gpt") == (
        " is not a valid date: '2023-02-30' | write a day from 01 to 28"
    )


def test_an_event_is_named_by_its_day() -> None:
    assert values.event_id("2026-01-08-realtime-previews") == "2026-01-08-realtime-previews"
    assert refusal(values.event_id, "2026-01-Moved").startswith(" is not the id of an event: '2026-01-Moved' | ")


@pytest.mark.parametrize(
    "written", ["https://platform.openai.com/docs/models", "https://example.org", "http://a.b/c#d"]
)
def test_addresses(written: str) -> None:
    assert values.url(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "https://openai.com@evil.example/",
        "//example.org",
        "ftp://example.org",
        "https://例子.org/",
        "https://example.org/a b",
        'https://example.org/"x',
        "https://example.org/<x",
        "https://example.org/\n",
        *("https://-/", "https://a..b/", "https://a-.b/", "https://a:0/", "https://a:99999/", "https://256.1.1.1/"),
    ],
)
def test_invalid_addresses(written: str) -> None:
    assert refusal(values.url, written).endswith(" | write an address such as https://example.org/page, in ASCII")


def test_a_missing_address_is_written_none() -> None:
    address = values.or_none(values.url)
    assert address("none") == ""
    assert address("https://github.com/owner/name") == "https://github.com/owner/name"
    assert refusal(address, "None") == " cannot be 'None' | write 'none'"
    assert refusal(address, "没有") == " cannot be '没有' | write 'none'"
    assert refusal(address, "unknown").startswith(" is not a web address: 'unknown'")


# --- Retention periods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept", "days"),
    [
        pytest.param("none", Kept.NOTHING, 0, id="nothing"),
        pytest.param("none, with exceptions", Kept.NOTHING_WITH_EXCEPTIONS, 0, id="nothing but"),
        pytest.param("1 days", Kept.DAYS, 1, id="one"),
        pytest.param("30 days", Kept.DAYS, 30, id="days"),
        pytest.param("none, or 30 days if stored", Kept.NOTHING_OR_DAYS_IF_STORED, 30, id="if stored"),
        pytest.param("7 days after deletion", Kept.DAYS_AFTER_DELETION, 7, id="after deletion"),
        pytest.param("until deleted", Kept.UNTIL_DELETED, 0, id="until deleted"),
        pytest.param("until deleted or expired", Kept.UNTIL_DELETED_OR_EXPIRED, 0, id="until deleted or expired"),
    ],
)
def test_a_retention_period_is_written_as_read(written: str, kept: Kept, days: int) -> None:
    assert values.retention_period(written) == RetentionPeriod(kept, days)
    assert str(RetentionPeriod(kept, days)) == written


@pytest.mark.parametrize("written", ["30-days", "0 days", "N days", "30", "forever", "30 days after 7 days", "30 Days"])
def test_another_retention_period_is_refused(written: str) -> None:
    assert refusal(values.retention_period, written) == (
        f" is not a retention period: '{written}' | write one of: none, none, with exceptions, none, or 30 days if "
        "stored, 30 days, 30 days after deletion, until deleted, until deleted or expired, with any number of days"
    )


# --- Enums ------------------------------------------------------------------------------------------------------------


def test_an_enum_value_must_match_exactly() -> None:
    assert values.word_of(Kind)("text-to-speech") is Kind.TEXT_TO_SPEECH
    assert refusal(values.word_of(Kind), "Chat") == " cannot be 'Chat' | write 'chat'"
    assert refusal(values.word_of(Kind), "bird").startswith(" cannot be 'bird' | write one of: chat, completion, code")


def test_words_joined_by_a_chinese_comma_are_separated() -> None:
    hint = "write an ASCII comma and a space between two words"
    assert refusal(values.word_of(Kind), "chat，code") == f" cannot be 'chat，code' | {hint}"


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        pytest.param(ZeroRetention, "ｙｅｓ", "eligible", id="full width"),
        pytest.param(ZeroRetention, "no", "not-eligible", id="no"),
        pytest.param(TrainingUse, "disabled", "never", id="switched off"),
        pytest.param(TrainingUse, "opt_in", "unless-opted-in", id="an underscore for a dash"),
        pytest.param(EventKind, "postponed", "moved", id="a change of date"),
        pytest.param(EventKind, "cancelled", "withdrawn", id="a change of mind"),
        pytest.param(EventKind, "reinstated", "restored", id="a change of mind, and another"),
        pytest.param(Badge, "beta", "preview", id="a tag"),
        pytest.param(Kind, "TTS", "text-to-speech", id="an abbreviation"),
        pytest.param(Modality, "vision", "image", id="an ability"),
        pytest.param(Scope, "custom models", "fine-tuned", id="part of a model"),
        pytest.param(Role, "recommended", "replacement", id="a role"),
        pytest.param(Certainty, "confirmed", "observed", id="a certainty"),
        pytest.param(Rank, "third-party", "secondary", id="a rank"),
    ],
)
def test_a_synonym_is_answered_with_the_word_that_it_means(kind: type[StrEnum], written: str, expected: str) -> None:
    assert refusal(values.word_of(kind), written) == f" cannot be '{written}' | write '{expected}'"


@pytest.mark.parametrize("kind", SYNONYMS, ids=lambda kind: kind.__name__)
def test_synonyms_are_normalised(kind: type[StrEnum]) -> None:
    words = {word.value for word in kind}
    for word, synonyms in SYNONYMS[kind].items():
        for synonym in set(synonyms.split()) - words:
            assert refusal(values.word_of(kind), synonym).startswith(f" cannot be '{synonym}' | write '"), word
    assert set(SYNONYMS[kind]) == set(kind)


@pytest.mark.parametrize("kind", [each for each in SYNONYMS if each is not Absent], ids=lambda kind: kind.__name__)
def test_a_synonym_means_one_word(kind: type[StrEnum]) -> None:
    synonyms = [synonym for several in SYNONYMS[kind].values() for synonym in several.split()]
    assert len(synonyms) == len(set(synonyms))
    assert not set(synonyms) & {word.value for word in kind}


@given(
    st.text(st.sampled_from("aZ09._-:/~ %é型\u202e\0"), min_size=1, max_size=6) | st.sampled_from(["a" * 101, "Nul.x"])
)
def test_every_id_can_be_an_address_a_file_name_and_an_anchor(written: str) -> None:
    try:
        values.name(written)
    except ParseError:
        return
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", written)
    assert not written.endswith(".")


@pytest.mark.parametrize("written", ["example.org", "example.org,26", "a b.org,2026", "almanac.invalid,2026", ",2026"])
def test_what_is_no_authority_of_tags(written: str) -> None:
    assert values.tag_authority("models.example.org,2026") == "models.example.org,2026"
    with pytest.raises(ParseError):
        values.tag_authority(written)

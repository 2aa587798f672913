"""Recorded values -> JSON: texts, days, prices, facts with their sources, and why a value is absent."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from almanac.catalog import Turn
from almanac.records import (
    Absent,
    Conflict,
    Day,
    Deadline,
    Fact,
    Price,
    PricePart,
    Qualifier,
    Replacement,
    Section,
    Text,
)
from almanac.render.data.document import Json

_MILLION = 1_000_000
_CENT = Decimal("0.01")

Value: TypeAlias = "Absent | Day | Price | Text | int | str"


def absent(why: Absent = Absent.UNKNOWN) -> dict[str, Json]:
    return {"absent": why}


def known(value: Value | None) -> Json:
    """A value by itself; None is what no source gives."""
    match value:
        case None | "":
            return absent()
        case Absent():
            return absent(value)
        case Day():
            return str(value)
        case Text():
            return text(value)
        case Price():
            return price(value)
        case _:
            return value


def fact(one: Fact[Value]) -> dict[str, Json]:
    """A value with its source, or why there is none with the source that leaves it open."""
    of = absent(one.value) if isinstance(one.value, Absent) else {"value": known(one.value)}
    return {
        **of,
        "source": one.source,
        **remark("note", one.note),
        **({"known_from": str(d)} if (d := one.known_from) else {}),
    }


def facts(several: Iterable[Fact[Value]]) -> list[Json]:
    return [fact(each) for each in several]


def text(value: Text) -> Json:
    """Markdown; `encoded` sees to its links."""
    return {"en": value.en, "zh": value.zh}


def remark(name: str, value: Text | None) -> dict[str, Json]:
    """A key that is there only where there is something to say."""
    return {name: text(value)} if value else {}


def sections(several: Iterable[Section]) -> list[Json]:
    return [
        {"id": each.id, "title": text(each.title), "text": text(each.text), "sources": list(each.sources)}
        for each in several
    ]


def deadline(value: Deadline) -> Json:
    if value.day is None:
        return {
            "qualifier": value.qualifier,
            "day": absent(Absent.NOT_STATED if value.qualifier is Qualifier.UNDATED else Absent.UNKNOWN),
            "precision": absent(Absent.NOT_APPLICABLE),
        }
    return {"qualifier": value.qualifier, "day": str(value.day), "precision": value.day.precision}


def price(value: Price | Absent) -> Json:
    if isinstance(value, Absent):
        return absent(value)
    return {"written": value.written, "parts": [part(each) for each in value.parts]}


def part(one: PricePart) -> Json:
    return {
        "for": one.use,
        "amount": one.digits,
        "currency": "USD",
        "per": one.per,
        "unit": "token",
        "per_million": per_million(one),
    }


def per_million(one: PricePart) -> str:
    """Exact, in dollars and cents unless it takes more digits."""
    exact = one.amount * _MILLION / one.per
    cents = exact.quantize(_CENT)
    return str(cents) if cents == exact else f"{exact.normalize():f}"


def subject(name: str) -> dict[str, Json]:
    """What a name of the catalog names: `gpt-4`, `/v1/edits`, `product/assistants-api`, `family/gpt-4`."""
    if name.startswith("/"):
        return {"type": "endpoint", "id": name}
    kind, slash, id = name.partition("/")
    return {"type": kind, "id": id} if slash else {"type": "model", "id": name}


def replacement(one: Replacement) -> dict[str, Json]:
    thing: dict[str, Json] = {"type": "term", "id": one.term} if one.term else subject(one.name)
    return {**thing, "role": one.role, **remark("condition", one.condition)}


def replacements(several: tuple[Replacement, ...] | Absent) -> Json:
    return absent(several) if isinstance(several, Absent) else [replacement(each) for each in several]


def turns(several: Iterable[Turn]) -> list[Json]:
    return [
        {"since": each.since.isoformat() if each.since else absent(), "standing": each.standing} for each in several
    ]


def conflict(one: Conflict) -> Json:
    return {
        "id": one.id,
        "models": [ref.id for ref in one.models],
        "endpoints": [ref.id for ref in one.endpoints],
        "products": [ref.id for ref in one.products],
        "question": text(one.question),
        "claims": [{"id": each.id, "source": each.source, "says": text(each.says)} for each in one.claims],
        "preferred": one.preferred.id,
        "reason": text(one.reason),
    }

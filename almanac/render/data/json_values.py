"""Records and their values -> JSON: fields as declared, facts with sources, absent values with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any

from almanac.catalog import LastSeen, StatusChange
from almanac.fields import Declaration, Structure, fields
from almanac.records import (
    Absent,
    Day,
    Deadline,
    Fact,
    History,
    Mark,
    Operation,
    Price,
    PricePart,
    PriceUnit,
    Qualifier,
    Ref,
    Replacement,
    RetentionPeriod,
    Subject,
    Text,
)
from almanac.render.data.document import Json

_CENT = Decimal("0.01")


# --- As declared ------------------------------------------------------------------------------------------------------


def record(one: Any, *but: str) -> dict[str, Json]:
    """The fields of a record by key, except those in `but`. A source that may be inherited comes last."""
    declared: Any = type(one)
    recorded: dict[str, Json] = {}
    for field in published(declared, *but):
        value = getattr(one, field.name)
        if not is_optional(declared, field) or value != field.default:
            recorded[key_of(field)] = _published(one, field, value)
    return recorded


@cache
def published(declared: Any, *but: str) -> tuple[Declaration, ...]:
    """The published fields of a record type, in JSON order."""
    selected = (field for field in fields(declared) if field.name not in but)
    return tuple(sorted(selected, key=lambda field: field.name == "source" and Mark.INHERITED in field.marks))


def key_of(field: Declaration) -> str:
    return field.published.key or field.key


def is_optional(declared: Any, field: Declaration) -> bool:
    """Whether the key is omitted if empty. Other keys then give a reason."""
    is_remark = field.type.structure is Structure.TEXT and field.type.nullable
    return is_remark or field.name in getattr(declared, "ONE_OF", ())


def _published(one: Any, field: Declaration, value: Any) -> Json:
    kind = field.type
    if kind.structure is Structure.HISTORY:
        return history(value)
    is_absent = value is None or value == "" or (kind.absent and not value)
    return absent(field.published.empty) if is_absent else known(value)


def known(value: Any) -> Json:
    """A value without its source; None is unknown."""
    match value:
        case None | "":
            return absent()
        case Absent():
            return absent(value)
        case str() | int():  # includes enum values and ids
            return value
        case tuple():
            return [known(each) for each in value]
        case History():
            return history(value)
        case Ref():
            return str(value.id)
        case Text():
            return text(value)
        case Day():
            return str(value)
        case Deadline():
            return deadline(value)
        case Operation() | RetentionPeriod():
            return str(value)
        case Price():
            return price(value)
        case Replacement():
            return replacement(value)
        case Subject():
            return subject(value.name)
        case _:
            return record(value)


# --- By hand ----------------------------------------------------------------------------------------------------------


def absent(why: Absent = Absent.UNKNOWN) -> dict[str, Json]:
    return {"absent": why}


def fact(one: Fact[Any]) -> dict[str, Json]:
    """A value, or the reason why it is absent, with the source."""
    of = absent(one.value) if isinstance(one.value, Absent) else {"value": known(one.value)}
    return {
        **of,
        "source": one.source,
        **({"since": str(one.since)} if one.since else {}),
        **remark("note", one.note),
    }


def history(all: History[Any]) -> Json:
    """The fact that holds, what others say beside it, and every fact; the last two only if they say more."""
    if all.now is None:
        return absent()
    return {
        **fact(all.now),
        **({"told_later": True} if all.told_later else {}),
        **({"beside": [fact(each) for each in all.beside]} if all.beside else {}),
        **({"history": [fact(each) for each in all.facts]} if len(all.facts) > 1 else {}),
    }


def text(value: Text) -> Json:
    """Markdown in both languages; `encoded` resolves its links."""
    return {"en": value.en, "zh": value.zh}


def remark(name: str, value: Text | None) -> dict[str, Json]:
    """The key with its text, or nothing."""
    return {name: text(value)} if value else {}


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
        "unit": one.unit,
        **({"per_million": per_million(one)} if one.unit is PriceUnit.TOKEN else {}),
        **({"modality": one.modality} if one.modality else {}),
        **({"long_context": True} if one.long_context else {}),
        **({"detail": one.detail} if one.detail else {}),
    }


def per_million(one: PricePart) -> str:
    """The exact price in dollars, with two decimals or more."""
    exact = one.per_million
    cents = exact.quantize(_CENT)
    return str(cents) if cents == exact else f"{exact.normalize():f}"


def subject(name: str) -> dict[str, Json]:
    """Type and id of a name in the catalog: `gpt-4`, `/v1/edits`, `product/assistants-api`, `family/gpt-4`."""
    if name.startswith("/"):
        return {"type": "endpoint", "id": name}
    kind, slash, id = name.partition("/")
    return {"type": kind, "id": id} if slash else {"type": "model", "id": name}


def replacement(one: Replacement) -> dict[str, Json]:
    thing: dict[str, Json] = {"type": "term", "id": one.term} if one.term else subject(one.name)
    return {**thing, "role": one.role, **remark("condition", one.condition), **remark("caution", one.caution)}


def replacements(items: tuple[Replacement, ...] | Absent) -> Json:
    return absent(items) if isinstance(items, Absent) else [replacement(each) for each in items]


def last_seen(one: LastSeen | None) -> dict[str, Json]:
    return {"day": one.day.isoformat(), "source": one.source} if one else absent()


def status_history(items: Iterable[StatusChange]) -> list[Json]:
    """Each change of status, past and planned; other changes of a plan are left out."""
    return [
        {"since": first.since.isoformat() if first.since else absent(), "status": status}
        for status, changes in groupby(items, key=lambda each: each.status)
        for first in [next(changes)]
    ]

"""Prices in words, with two decimals or more: those of a million tokens together, others one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from almanac.records import Price, PriceFor, PricePart, PriceUnit
from almanac.render.html.pages.plan_rows import price_part
from almanac.render.text.message import JoinedList, Message, phrase

_MILLION = 1_000_000


def price(value: Price) -> Message:
    """`$2.50 input, $10.00 output per 1M tokens`."""
    if not value.parts:
        return phrase("price-free")
    for_tokens = [part for part in value.parts if _is_of_tokens(part)]
    others = [current_part(part) for part in value.parts if not _is_of_tokens(part)]
    groups = [*_of_tokens(for_tokens), *([JoinedList(tuple(others))] if others else [])]
    return groups[0] if len(groups) == 1 else JoinedList(tuple(groups), "semicolon")


def current_part(part: PricePart) -> Message:
    """A part of a current price; those that an announcement gives are shown as it prints them."""
    return price_part(replace(part, digits=_two_decimals(part.digits)))


def _is_of_tokens(part: PricePart) -> bool:
    is_of_requests = part.unit is PriceUnit.TOKEN and part.use is not PriceFor.TRAINING
    return is_of_requests and part.per == _MILLION and not part.detail


def _of_tokens(parts: Iterable[PricePart]) -> Iterator[Message]:
    for long_context in (False, True):
        amounts = tuple(_amount(part) for part in parts if part.long_context is long_context)
        if amounts:
            yield phrase(f"price-of-{'long-context' if long_context else 'tokens'}", prices=JoinedList(amounts))


def _amount(part: PricePart) -> Message:
    use = "-".join(filter(None, (part.use.replace(" ", "-"), part.modality)))
    return phrase(f"price-for-{use}", amount=f"${_two_decimals(part.digits)}")


def _two_decimals(digits: str) -> str:
    """At least two decimals, as amounts of money are written; more where the source has more."""
    whole, _, decimals = digits.partition(".")
    return f"{whole}.{decimals:0<2}"

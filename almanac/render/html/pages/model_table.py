"""Models as a table: a row for each model, a column for each fact."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from almanac import addresses
from almanac.catalog import ENDED, Catalog, ModelEntry, Status
from almanac.records import Absent, Day, Modality, ModelId, Price, PriceFor, PricePart, PriceUnit, Replacement
from almanac.render.html.pages.facts import Cell, Tag, cell, tags
from almanac.render.html.pages.periods import TextVersion, text_versions
from almanac.render.html.summary import status_remark, until
from almanac.render.text.message import Message, Remark, phrase, replacements

DASH = "–"
"""Not recorded. An empty cell: there is none, or it does not apply."""
COLUMNS: Final = {
    "released": "released",
    "context_window": "context",
    "max_output": "output",
    "training_cutoff": "cutoff",
    "price": "price-in",
}
"""The columns of which a script can read the value of a field, by field: their names in addresses."""
_SHORT = 17
"""The length of a replacement that fits beside the figures on a phone."""
_TEXT_FIRST = (None, Modality.AUDIO, Modality.IMAGE)


class PriceCell(NamedTuple):
    """A price as an amount in US dollars, and what it is for where that is not a million text tokens."""

    amount: Message
    unit: Message | None = None
    least: bool = False  # whether it is the lowest of several


class Prices(NamedTuple):
    """Standard prices of input and output; a price of all usage is that of input."""

    input: PriceCell
    output: PriceCell
    since: date | None = None


class ModelRow(NamedTuple):
    id: ModelId
    anchor: str
    badges: tuple[Tag, ...]
    status: Status
    modalities: Cell
    window: Cell
    is_max_tokens: bool  # the source states "max tokens" instead of a context window
    output: Cell
    cutoff: Cell
    prices: Prices
    released: Cell
    seen: Day | None  # when it was last listed, where no shutdown is on record
    is_running_out: bool  # the shutdown date is still to come
    until: Message
    replacements: Message
    is_brief: bool  # on a phone, the replacement fits beside the figures
    summary: tuple[TextVersion, ...]  # only on the page of the family, where it says more than the columns


def model_rows(
    world: Catalog,
    entries: Iterable[ModelEntry],
    *,
    table: str = "",
    summaries: bool = False,
) -> tuple[ModelRow, ...]:
    """The rows of a table, whose name begins their anchors; without one, the family's does."""
    remark = status_remark(world)
    return tuple(_row(world, each, table or each.family.id, summaries, remark) for each in entries)


def _row(
    world: Catalog,
    entry: ModelEntry,
    table: str,
    summaries: bool,
    remark: Remark,
) -> ModelRow:
    model, first, plan = entry.record, entry.exists_from, entry.plan
    is_max_tokens = model.max_tokens.now is not None
    return ModelRow(
        id=model.id,
        anchor=addresses.row(table, model.id),
        badges=tags(world, model.badges),
        status=entry.status,
        modalities=_modalities(world, entry),
        window=_figure(world, model, "max_tokens" if is_max_tokens else "context_window", first),
        is_max_tokens=is_max_tokens,
        output=_figure(world, model, "max_output", first),
        cutoff=_figure(world, model, "training_cutoff", first),
        prices=_prices(model.price.value, _figure(world, model, "price", first).since),
        released=_figure(world, model, "released", first),
        seen=Day(entry.last_seen.day) if entry.last_seen and not plan else None,
        is_running_out=entry.status is Status.DEPRECATED,
        until=until(plan) if plan else "",
        replacements=_named(plan.now.replacements, remark) if plan else "",
        is_brief=_is_brief(plan.replacements if plan else (), remark),
        summary=text_versions(world, model.summary) if summaries and _is_described(entry) else (),
    )


def _is_described(entry: ModelEntry) -> bool:
    """Whether a description says more than the columns: of names that still run, but not of dated snapshots."""
    return entry.status not in ENDED and not entry.record.snapshot_of.known


def _is_brief(named: tuple[Replacement, ...], remark: Remark) -> bool:
    return len(named) == 1 and not any(
        len(each.name) > _SHORT or each.condition or each.caution or remark(each) for each in named
    )


def _named(named: Any, remark: Remark) -> Message:
    return _blank(named) if isinstance(named, Absent) else replacements(named, remark=remark)


def _blank(absent: Absent) -> str:
    return "" if absent in {Absent.NONE, Absent.NOT_APPLICABLE} else DASH


def _figure(world: Catalog, record: Any, name: str, first: date) -> Cell:
    """The value of a fact, with a dash or nothing where there is none."""
    found = cell(world, record, name, first)
    return Cell(_blank(found.value), None) if isinstance(found.value, Absent) else found


def _modalities(world: Catalog, entry: ModelEntry) -> Cell:
    sides = [_figure(world, entry.record, each, entry.exists_from) for each in ("input", "output")]
    if all(side.value == DASH for side in sides):
        return Cell(DASH, None)
    since = max((side.since for side in sides if side.since), default=None)
    return Cell(phrase("input-to-output", input=sides[0].value, output=sides[1].value), since)


def _prices(price: Price | Absent, since: date | None) -> Prices:
    if isinstance(price, Absent):
        blank = PriceCell(_blank(price))
        return Prices(blank, blank)
    if not price.parts:
        return Prices(PriceCell(phrase("free")), PriceCell(""), since)
    usage = [part for part in price.parts if part.use is PriceFor.USAGE]
    tokens = [each for each in (_tokens(price, PriceFor.INPUT), _tokens(price, PriceFor.OUTPUT)) if each]
    if usage and not tokens:
        lowest = min(usage, key=lambda part: part.amount / part.per)
        return Prices(_usage(lowest, least=len(usage) > 1), PriceCell(""), since)
    input, output = (
        PriceCell(_amount(part), phrase(f"tokens-{part.modality}") if part.modality else None)
        if (part := _tokens(price, use))
        else PriceCell("")
        for use in (PriceFor.INPUT, PriceFor.OUTPUT)
    )
    return Prices(input, output, since)


def input_price(price: Price) -> str | None:
    """Dollars per million tokens of input, or per million of all tokens; None if it is priced otherwise."""
    shown = _prices(price, None).input
    return None if shown.unit else shown.amount if isinstance(shown.amount, str) else "0"


def _tokens(price: Price, use: PriceFor) -> PricePart | None:
    """The price of text tokens, else of audio or image tokens, in requests of usual length."""
    parts = {
        part.modality: part
        for part in price.parts
        if part.use is use and part.unit is PriceUnit.TOKEN and not part.long_context
    }
    return next((parts[each] for each in _TEXT_FIRST if each in parts), None)


def _usage(part: PricePart, *, least: bool) -> PriceCell:
    if part.unit is PriceUnit.TOKEN:
        return PriceCell(_amount(part), None, least)
    if part.unit is PriceUnit.CHARACTER:
        return PriceCell(_amount(part), phrase("per-million-characters"), least)
    return PriceCell(_amount(part), phrase(f"per-{part.unit}"), least)


def _amount(part: PricePart) -> str:
    """Dollars per million tokens or characters, or per unit, with two decimals at least."""
    million = part.unit in {PriceUnit.TOKEN, PriceUnit.CHARACTER}
    amount = part.per_million if million else part.amount / part.per
    plain = amount.normalize()
    return f"{plain:f}" if _decimals(plain) > 2 else f"{plain:.2f}"


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0

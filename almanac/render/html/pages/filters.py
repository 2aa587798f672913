"""The filters of the catalog: one for each declaration of `Filtered` in `records`, the endpoints, and the families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from almanac.catalog import ENDED, Answer, Catalog, ModelEntry
from almanac.fields import Declaration, histories
from almanac.records import Absent, Day, EndpointPath, Filtered, FilterTest, Model, Price
from almanac.render.html.pages.facts import cell, said
from almanac.render.html.pages.model_table import COLUMNS, input_price
from almanac.render.text.message import Message, phrase

_ORDER = ("input", "output", "context", "price", "endpoint", "feature", "released", "cutoff")
"""The first filters of the page; others follow in the order of their fields, then the families."""


class Option(NamedTuple):
    value: str
    label: Message


class Filter(NamedTuple):
    """A filter; `any`: its label while nothing is chosen, `chosen`: with a value, for one that is not an option."""

    name: str
    any: Message
    options: tuple[Option, ...]
    chosen: Message | None = None


class FieldFilter(NamedTuple):
    """A filter by fields of models; `column`: the column of the table that shows their value, if there is one."""

    name: str
    declared: Filtered
    fields: tuple[Declaration, ...]
    column: str

    @property
    def is_of_days(self) -> bool:
        return self.fields[0].type.inner.of is Day

    @property
    def is_of_prices(self) -> bool:
        return self.fields[0].type.inner.of is Price


@cache
def field_filters() -> tuple[FieldFilter, ...]:
    """The filters that fields declare, in the order of the fields."""
    declared: Any = Model
    by_name: dict[str, list[Declaration]] = {}
    for field in histories(declared):
        if field.filtered:
            by_name.setdefault(field.filtered.name or field.name.replace("_", "-"), []).append(field)
    return tuple(
        FieldFilter(name, found[0].filtered, tuple(found), COLUMNS.get(found[0].name, ""))
        for name, found in by_name.items()
        if found[0].filtered
    )


def filters(world: Catalog, entries: Sequence[ModelEntry]) -> Iterator[Filter]:
    """All filters in the order of the page, with the options that these models give."""
    found = {each.name: by_field(each, entries) for each in field_filters()}
    paths = [path.removeprefix("/v1/") for path in filtered_endpoints(world)]
    found["endpoint"] = _filter("endpoint", ((path, path) for path in paths), is_named=True)
    yield from (found.pop(name) for name in _ORDER)
    yield from found.values()
    yield _filter("family", ())  # the script adds the families of the page


def filtered_endpoints(world: Catalog) -> tuple[EndpointPath, ...]:
    """The endpoints that support a model, in the order of the filter's options."""
    supported = {Answer.YES, Answer.CONDITIONAL}
    return tuple(
        path
        for path in world.answered
        if any(entry.compatible[path].answer in supported for entry in world.models.values())
    )


def filter_value(world: Catalog, entry: ModelEntry, by: FieldFilter) -> tuple[str, date | None]:
    """What a filter tests of a model, and the day from which it is known, if later than the model.

    Words separated by spaces, a number or a date; "" if it is not recorded, - if there is none.
    """
    cells = [cell(world, entry.record, field.name, entry.exists_from) for field in by.fields]
    values = [getattr(entry.record, field.name).value for field in by.fields]
    since = max((each.since for each in cells if each.since), default=None)
    return " ".join(filter(None, (_tested(value) for value in values))), since


def _tested(value: Any) -> str:
    match value:
        case Absent():
            return "" if value in {Absent.UNKNOWN, Absent.NOT_STATED} else "-"
        case tuple():
            return " ".join(value)
        case Price():
            return input_price(value) or "-"
        case _:
            return str(value)


def by_field(by: FieldFilter, entries: Sequence[ModelEntry]) -> Filter:
    if by.declared.test is FilterTest.HAS:
        return _filter(by.name, _words(by, entries), is_named=by.declared.is_named)
    return _filter(by.name, _scale(by, entries), is_scale=True)


def _words(by: FieldFilter, entries: Sequence[ModelEntry]) -> Iterator[tuple[str, Message]]:
    """The words that enough models have: in the order of their enumeration, or of the models if there are several."""
    least = by.declared.least
    found = [_words_of(entry, by) for entry in entries if not least or entry.status not in ENDED]
    counts = Counter(word for words in found for word in words)
    common = {word: each for words in found for word, each in words.items() if counts[word] >= least}
    if len(by.fields) == 1:
        inner = by.fields[0].type.inner
        common = {each.value: each for each in (inner.item or inner).of if each in common}
    return ((word, said(each)) for word, each in common.items())


def _words_of(entry: ModelEntry, by: FieldFilter) -> Mapping[str, StrEnum]:
    known = [getattr(entry.record, field.name).known or () for field in by.fields]
    words = [word for each in known for word in (each if isinstance(each, tuple) else (each,))]
    return {word.value: word for word in reversed(words)}


def _scale(by: FieldFilter, entries: Sequence[ModelEntry]) -> Iterator[tuple[str, Message]]:
    """The declared options; otherwise the values that occur, for days their years, latest first."""
    known = [getattr(entry.record, field.name).known for entry in entries for field in by.fields]
    values = {each for each in known if each is not None and not isinstance(each, Absent)}
    if by.is_of_days:
        yield from ((str(year), str(year)) for year in sorted({day.first.year for day in values}, reverse=True))
    elif by.is_of_prices:
        amounts = by.declared.options or sorted(Decimal(price) for each in values if (price := input_price(each)))
        yield from ((f"{amount}", f"${amount}") for amount in amounts)
    else:
        yield from ((str(number), _short(number)) for number in map(int, by.declared.options or sorted(values)))


def _short(number: int) -> Message:
    """`32k`, `1M`; other numbers in full."""
    if not number or number % 1000:
        return number
    return f"{number // 1000}k" if number % 1_000_000 else f"{number // 1_000_000}M"


def _filter(
    name: str, values: Iterable[tuple[str, Message]], *, is_named: bool = False, is_scale: bool = False
) -> Filter:
    """A filter by its phrases; `is_named`: its options need no label, `is_scale`: other values are possible."""
    options = (Option(value, label if is_named else phrase(f"filter-{name}", value=label)) for value, label in values)
    return Filter(
        name,
        phrase(f"filter-{name}-any"),
        tuple(options),
        phrase(f"filter-{name}", value="{value}") if is_scale else None,
    )

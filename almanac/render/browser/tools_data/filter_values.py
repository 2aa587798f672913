"""Catalog -> JSON for the catalog's filters: what the page's rows do not show, the same in every edition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from almanac.catalog import Answer, Catalog, ModelEntry
from almanac.records import EndpointPath, FilterTest
from almanac.render.html.pages.filters import FieldFilter, field_filters, filter_value, filtered_endpoints

_LETTERS = {Answer.YES: "y", Answer.CONDITIONAL: "y", Answer.NO: "n", Answer.UNKNOWN: "u"}


def filter_values(world: Catalog) -> str:
    """The arguments for `templates/script/filter.js`: the filters by fields, and by model the values that they test.

    A filter reads a `column` of the table or a `part` of the values. The parts are separated by |. The first is a
    letter for each endpoint, in the order of the filter's options: y, n, or u for unknown. The others are those of
    `filter_value`, followed by > and the day from which they are known, if later than the model.
    """
    endpoints = filtered_endpoints(world)
    hidden = [each for each in field_filters() if not each.column]
    tests = {each.name: _test(each, hidden) for each in field_filters()}
    values = {id: _values(world, entry, endpoints, hidden) for id, entry in world.models.items()}
    return ",".join(json.dumps(each, separators=(",", ":")) for each in (tests, values))


def _test(by: FieldFilter, hidden: list[FieldFilter]) -> Mapping[str, Any]:
    test = {"test": by.declared.test}
    if by.column:
        return {**test, "column": by.column}
    is_number = by.declared.test is not FilterTest.HAS and not by.is_of_days
    return {**test, "part": hidden.index(by) + 1, **({"number": True} if is_number else {})}


def _values(world: Catalog, entry: ModelEntry, endpoints: Iterable[EndpointPath], hidden: Iterable[FieldFilter]) -> str:
    answers = "".join(_LETTERS[entry.compatible[path].answer] for path in endpoints)
    parts = (filter_value(world, entry, by) for by in hidden)
    return "|".join((answers, *(f"{value}>{since}" if value and since else value for value, since in parts)))

"""Filters by fields of each type: what they test of a model, and their options."""

from __future__ import annotations

import pytest

from almanac.catalog import Catalog
from almanac.fields import histories
from almanac.records import Filtered, FilterTest, Model, ModelId
from almanac.render.html.pages.filters import FieldFilter, by_field, field_filters, filter_value
from tests.relate.factories import real, real_on

TESTS = {
    "default_reasoning_effort": FilterTest.HAS,
    "reasoning_efforts": FilterTest.HAS,
    "released": FilterTest.AT_MOST,
    "max_output": FilterTest.AT_MOST,
    "batch_price": FilterTest.AT_MOST,
}


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on("2026-11-22")


def _filter(name: str) -> FieldFilter:
    [field] = [each for each in histories(Model) if each.name == name]
    return FieldFilter(name, Filtered(TESTS[name]), (field,), "")


@pytest.mark.parametrize(
    ("name", "model", "tested"),
    [
        ("default_reasoning_effort", "gpt-5.1-2025-11-13", "none"),  # a level, not an absence
        ("reasoning_efforts", "gpt-5.1-2025-11-13", "none low medium high"),
        ("released", "gpt-5.1", "2025-11-13"),
        ("max_output", "gpt-5.1-2025-11-13", "128000"),
        ("max_output", "dall-e-3", "-"),  # it does not apply
        ("max_output", "text-davinci-001", ""),  # it is not recorded
        ("batch_price", "gpt-5.1-2025-11-13", "0.625"),  # a million tokens of input
        ("batch_price", "babbage-002", "0.20"),
        ("batch_price", "dall-e-3", ""),
    ],
)
def test_a_filter_tests_values_of_each_type(world: Catalog, name: str, model: str, tested: str) -> None:
    assert filter_value(world, world.models[ModelId(model)], _filter(name))[0] == tested


def test_without_declared_options_a_filter_has_the_values_that_occur(world: Catalog) -> None:
    entries = [world.models[ModelId(name)] for name in ("gpt-6-sol", "gpt-5.1", "babbage-002", "gpt-5-pro", "dall-e-3")]
    options = {name: [each.value for each in by_field(_filter(name), entries).options] for name in TESTS}
    assert options == {
        "default_reasoning_effort": ["none", "medium"],
        "reasoning_efforts": ["none", "low", "medium", "high", "xhigh", "max"],
        "released": ["2026", "2025", "2023"],
        "max_output": ["4096", "128000", "272000"],
        "batch_price": ["0.20", "0.625", "1.00", "7.50"],
    }


def test_fields_of_one_name_share_a_filter() -> None:
    assert {each.name: [field.name for field in each.fields] for each in field_filters()} == {
        "released": ["released"],
        "context": ["context_window"],
        "cutoff": ["training_cutoff"],
        "input": ["input"],
        "output": ["output"],
        "feature": ["capabilities", "tools"],
        "price": ["price"],
    }


@pytest.mark.parametrize("by", field_filters(), ids=lambda by: by.name)
def test_a_filter_has_its_words_and_a_name_of_its_own_in_addresses(by: FieldFilter) -> None:
    keys = [f"filter-{by.name}-any", *([] if by.declared.is_named else [f"filter-{by.name}"])]
    assert set(keys) <= set(real().ui_texts)
    others = {"text", "status", "unknown", "sort", "descending", "m", "as-of", "pick", "group", "csv"}
    assert by.name not in {*others, "window", "model", "endpoint", "family"}

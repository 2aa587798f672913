"""The catalog's filters and sorting: rows, count and address, as of any day."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.axe import light_mode
from tests.browser.test_search import COMPOSE
from tests.browser.visit import DESK, EDITIONS, HEIGHT, OVERFLOW, by_edition, recorded, report, until
from tests.conftest import Served

CATALOG = "models/index.html"


@pytest.fixture
def filtering(page: Page, served: Served) -> Page:
    page.goto(f"{served.repo}en/{CATALOG}")
    _open(page)
    return page


def test_nothing_is_loaded_before_it_is_used(page: Page, served: Served) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{served.repo}en/{CATALOG}")
    assert not [url for url in requested if "filter" in url or "tools-data" in url]
    _open(page)
    assert len([url for url in requested if "filter" in url or "tools-data" in url]) == 2


FILTERS = [
    ("family", "gpt-4", "m => m.family === 'gpt-4'"),
    ("endpoint", "/v1/embeddings", "m => 'yc'.includes(m.answers[almanac.listing.indexOf('/v1/embeddings')])"),
    ("window", "128000", "m => m.window >= 128000"),
    ("cutoff", "2023-04", "m => m.cutoff >= '2023-04'"),
    ("status", "shut-down", "(m, n) => almanac.statusOn(n, almanacShared.today()).status === 5"),
]


def test_each_filter_shows_matching_rows(filtering: Page) -> None:
    for name, value, holds in FILTERS:
        filtering.select_option(f"[name={name}]", value)
        matching = f"Object.entries(almanac.models).filter(([n, m]) => ({holds})(m, n)).map(([n]) => n)"
        expected = filtering.evaluate(matching)
        assert 0 < len(expected) < _all(filtering), name
        assert sorted(_shown(filtering)) == sorted(expected), name
        assert f"{name}={value.replace('/', '%2F')}" in filtering.url
        filtering.select_option(f"[name={name}]", "")
        assert len(_shown(filtering)) == _all(filtering), name


def test_words_match_parts_of_names_case_insensitively(filtering: Page) -> None:
    filtering.fill("[name=text]", "ＧＰＴ-4 0613")
    assert set(_shown(filtering)) == {"gpt-4-0613", "gpt-4-0613-completions", "gpt-4-32k-0613"}
    assert filtering.locator(".filter output").inner_text() == f"Models shown: 3 of {_all(filtering)}"


@pytest.mark.parametrize("safari", [True, False])
def test_half_a_word_of_an_input_method_filters_nothing(filtering: Page, safari: bool) -> None:
    all_, address = len(_shown(filtering)), filtering.url
    half = filtering.evaluate(COMPOSE, ["[name=text]", "zhuan lu", "转录", safari])
    assert half == [None, urlsplit(address).query]
    assert len(_shown(filtering)) < all_
    assert filtering.evaluate("new URLSearchParams(location.search).get('text')") == "转录"


def test_filters_combine_and_reset(filtering: Page) -> None:
    filtering.select_option("[name=family]", "gpt-4")
    filtering.select_option("[name=window]", "32768")
    assert all(name.startswith("gpt-4") for name in _shown(filtering))
    filtering.select_option("[name=sort]", "window")
    filtering.locator(".filter [type=reset]").click()
    until(filtering, "!location.search")
    assert len(_shown(filtering)) == _all(filtering)
    assert filtering.locator("table.models:visible").count() > 1


def test_each_column_sorts_both_ways_with_unknown_values_last(filtering: Page) -> None:
    for column in ("name", "status", "window", "output", "cutoff", "shutdown", "instead"):
        filtering.select_option("[name=sort]", column)
        up = _shown(filtering)
        filtering.check("[name=descending]")
        down = _shown(filtering)
        filtering.uncheck("[name=descending]")
        assert len(up) == len(down) == _all(filtering), column
        assert up != down, column
        if column in {"window", "output"}:
            known = filtering.evaluate("([names, column]) => names.map(n => almanac.models[n][column])", [up, column])
            values = [value for value in known if value]
            assert known == [*sorted(values), *[0] * (len(known) - len(values))], column


def test_a_heading_sorts_ascending_then_descending_then_not(filtering: Page) -> None:
    head = "table.models:visible thead th:has-text('Context') button"
    filtering.locator(head).first.click()
    assert filtering.locator("th[aria-sort=ascending]").count() == 1
    filtering.locator(head).first.click()
    assert filtering.locator("th[aria-sort=descending]").count() == 1
    filtering.locator(head).first.click()
    assert filtering.locator("th[aria-sort]").count() == 0
    assert "sort" not in filtering.url


def test_a_sorted_row_has_all_cells_and_returns_to_its_place(filtering: Page) -> None:
    filtering.locator(".filter summary").click()
    before = filtering.locator("main").inner_text()
    filtering.locator(".filter summary").click()
    filtering.select_option("[name=sort]", "output")
    widths = filtering.locator("table.models:visible tbody tr").evaluate_all(
        "rows => [...new Set(rows.map(r => r.cells.length))]"
    )
    assert widths == [7]
    filtering.select_option("[name=sort]", "")
    filtering.locator(".filter summary").click()
    assert filtering.locator("main").inner_text() == before


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_address_has_the_whole_state(page: Page, served: Served, edition: str) -> None:
    page.goto(f"{served.repo}{edition}/{CATALOG}?family=gpt-4&window=32768&sort=window&descending=1")
    page.wait_for_selector(".filter output:not(:empty)")
    assert page.input_value("[name=family]") == "gpt-4"
    assert _shown(page)[0] in {"gpt-4-1106-preview", "gpt-4-vision-preview", "gpt-4-turbo", "gpt-4-0125-preview"}
    for there in EDITIONS:
        if there != edition:
            link = page.locator(f".editions a[href*='/{there}/']")
            link.click()
            page.wait_for_selector(".filter output:not(:empty)")
            assert page.input_value("[name=family]") == "gpt-4"
            break


def test_invalid_values_in_the_address_are_ignored(page: Page, served: Served) -> None:
    with recorded(page, served.repo) as notes:
        page.goto(f"{served.repo}en/{CATALOG}?family=none&window=many&sort=__proto__&status=&m=x")
        page.wait_for_selector(".filter output:not(:empty)")
        assert len(_shown(page)) == _all(page)
    assert not list(notes), report(notes)


def test_another_day_updates_the_filter_and_the_count(filtering: Page) -> None:
    filtering.select_option("[name=status]", "deprecated")
    filtering.locator(".as-of input").focus()
    until(filtering, "document.querySelector('.day')")
    filtering.fill(".as-of input", "2023-12-01")
    filtering.keyboard.press("Enter")
    until(filtering, "location.search.includes('as-of')")
    filtering.wait_for_timeout(100)
    expected = filtering.evaluate(
        "Object.keys(almanac.models).filter(n => almanac.statusOn(n, '2023-12-01').status === 3)"
        ".filter(n => !document.querySelector(`tr[id$='--${n}']`).hidden)"
    )
    assert sorted(_shown(filtering)) == sorted(expected)
    there = filtering.locator("table.models tbody tr[id]").evaluate_all("rows => rows.filter(r => !r.hidden).length")
    assert filtering.locator(".filter output").inner_text() == f"Models shown: {len(expected)} of {there}"
    assert there < _all(filtering)


def test_selected_models_can_be_compared(filtering: Page) -> None:
    boxes = filtering.locator("table.models .pick input")
    for at in range(4):
        boxes.nth(at).check()
    assert boxes.nth(5).is_disabled()
    assert boxes.nth(3).evaluate("box => box === document.activeElement")
    names = _shown(filtering)[:4]
    filtering.locator(".filter a").click()
    filtering.wait_for_selector("#compared table")
    assert filtering.locator("#compared thead a").all_inner_texts() == names


def test_it_works_from_file_urls(page: Page, real_site: Path) -> None:
    with recorded(page, f"file://{real_site}/") as notes:
        page.goto(f"file://{real_site}/zh/{CATALOG}?sort=cutoff")
        page.wait_for_selector(".filter output:not(:empty)")
    assert not list(notes), report(notes)


def test_without_scripts_there_is_the_whole_table_and_no_form(without_scripts: Page, served: Served) -> None:
    page = without_scripts
    page.goto(f"{served.repo}en/{CATALOG}?family=gpt-4")
    assert not page.locator(".filter").is_visible()
    assert page.locator("table.models:visible").count() > 20


@by_edition
def test_axe_finds_nothing_and_it_fits_on_a_phone(page: Page, served: Served, axe: str, edition: str) -> None:
    page.goto(f"{served.repo}{edition}/{CATALOG}?family=gpt-4&sort=window")
    page.wait_for_selector(".filter output:not(:empty)")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert not page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    found = light_mode(page, axe)
    assert not found, report(found)


def _open(page: Page) -> None:
    page.locator(".filter summary").click()
    page.wait_for_selector(".filter output:not(:empty)")


def _shown(page: Page) -> list[str]:
    rows = page.locator("table.models tbody tr[id]")
    shown: list[str] = rows.evaluate_all(
        "rows => rows.filter(r => r.checkVisibility()).map(r => r.id.slice(r.id.indexOf('--') + 2))"
    )
    return shown


def _all(page: Page) -> int:
    return int(page.evaluate("Object.keys(almanac.models).length"))

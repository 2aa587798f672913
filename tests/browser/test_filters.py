"""The catalog filtered and sorted: what is shown, counted and kept in the address, on any day."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.test_access import _page as with_axe
from tests.browser.test_access import _violations as violations
from tests.browser.visit import EDITIONS, STICKS_OUT, noted, told, until
from tests.conftest import Served

CATALOG = "models/index.html"


@pytest.fixture
def page(context: NewContext, served: Served) -> Page:
    page = context().new_page()
    page.goto(f"{served.repo}en/{CATALOG}")
    _open(page)
    return page


def test_nothing_is_loaded_before_it_is_used(context: NewContext, served: Served) -> None:
    page = context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served.repo}en/{CATALOG}")
    assert not [url for url in asked if "filter" in url or "tools-data" in url]
    _open(page)
    assert len([url for url in asked if "filter" in url or "tools-data" in url]) == 2


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("family", "gpt-4", "m => m.family === 'gpt-4'"),
        ("endpoint", "/v1/embeddings", "m => 'yc'.includes(m.answers[almanac.listing.indexOf('/v1/embeddings')])"),
        ("window", "128000", "m => m.window >= 128000"),
        ("cutoff", "2023-04", "m => m.cutoff >= '2023-04'"),
        ("status", "shut-down", "(m, n) => almanac.statusOn(n, almanacShared.today()).status === 4"),
    ],
)
def test_a_filter_shows_what_it_says(page: Page, name: str, value: str, holds: str) -> None:
    page.select_option(f"[name={name}]", value)
    expected = page.evaluate(f"Object.entries(almanac.models).filter(([n, m]) => ({holds})(m, n)).map(([n]) => n)")
    assert 0 < len(expected) < page.evaluate("Object.keys(almanac.models).length")
    assert sorted(_shown(page)) == sorted(expected)
    assert f"{name}={value.replace('/', '%2F')}" in page.url


def test_words_are_parts_of_names_whatever_their_case(page: Page) -> None:
    page.fill("[name=text]", "ＧＰＴ-4 0613")
    assert set(_shown(page)) == {"gpt-4-0613", "gpt-4-0613-completions", "gpt-4-32k-0613"}
    assert page.locator(".filter output").inner_text() == f"Models shown: 3 of {_all(page)}"


def test_filters_combine_and_show_all_again(page: Page) -> None:
    page.select_option("[name=family]", "gpt-4")
    page.select_option("[name=window]", "32768")
    assert all(name.startswith("gpt-4") for name in _shown(page))
    page.select_option("[name=sort]", "window")
    page.locator(".filter [type=reset]").click()
    until(page, "!location.search")
    assert len(_shown(page)) == _all(page)
    assert page.locator("table.models:visible").count() > 1


@pytest.mark.parametrize("column", ["name", "status", "window", "output", "cutoff", "shutdown", "instead"])
def test_each_column_sorts_both_ways_with_what_is_unknown_last(page: Page, column: str) -> None:
    page.select_option("[name=sort]", column)
    up = _shown(page)
    page.check("[name=descending]")
    down = _shown(page)
    assert len(up) == len(down) == _all(page)
    assert up != down
    if column in {"window", "output"}:
        known = page.evaluate("([names, column]) => names.map(n => almanac.models[n][column])", [up, column])
        values = [value for value in known if value]
        assert known == [*sorted(values), *[0] * (len(known) - len(values))]


def test_a_heading_sorts_up_then_down_then_not(page: Page) -> None:
    head = "table.models:visible thead th:has-text('Context') button"
    page.locator(head).first.click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.locator(head).first.click()
    assert page.locator("th[aria-sort=descending]").count() == 1
    page.locator(head).first.click()
    assert page.locator("th[aria-sort]").count() == 0
    assert "sort" not in page.url


def test_a_row_is_whole_after_sorting_and_where_it_was_after_that(page: Page) -> None:
    page.locator(".filter summary").click()
    before = page.locator("main").inner_text()
    page.locator(".filter summary").click()
    page.select_option("[name=sort]", "output")
    widths = page.locator("table.models:visible tbody tr").evaluate_all(
        "rows => [...new Set(rows.map(r => r.cells.length))]"
    )
    assert widths == [7]
    page.select_option("[name=sort]", "")
    page.locator(".filter summary").click()
    assert page.locator("main").inner_text() == before


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_address_holds_all_of_it(context: NewContext, served: Served, edition: str) -> None:
    page = context().new_page()
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


def test_nonsense_in_the_address_does_no_harm(context: NewContext, served: Served) -> None:
    page = context().new_page()
    with noted(page, served.repo) as notes:
        page.goto(f"{served.repo}en/{CATALOG}?family=none&window=many&sort=__proto__&status=&m=x")
        page.wait_for_selector(".filter output:not(:empty)")
        assert len(_shown(page)) == _all(page)
    assert not list(notes), told(notes)


def test_another_day_keeps_the_filter_and_its_count_true(page: Page) -> None:
    page.select_option("[name=status]", "deprecated")
    page.locator(".as-of input").focus()
    until(page, "document.querySelector('.as-of input').max !== ''")
    page.fill(".as-of input", "2023-12-01")
    until(page, "location.search.includes('as-of')")
    page.wait_for_timeout(100)
    expected = page.evaluate(
        "Object.keys(almanac.models).filter(n => almanac.statusOn(n, '2023-12-01').status === 2)"
        ".filter(n => !document.querySelector(`tr[id$='--${n}']`).hidden)"
    )
    assert sorted(_shown(page)) == sorted(expected)
    there = page.locator("table.models tbody tr[id]").evaluate_all("rows => rows.filter(r => !r.hidden).length")
    assert page.locator(".filter output").inner_text() == f"Models shown: {len(expected)} of {there}"
    assert there < _all(page)


def test_ticked_models_can_be_compared(page: Page) -> None:
    boxes = page.locator("table.models .pick input")
    for at in range(4):
        boxes.nth(at).check()
    assert boxes.nth(5).is_disabled()
    assert boxes.nth(3).evaluate("box => box === document.activeElement")
    names = _shown(page)[:4]
    page.locator(".filter a").click()
    page.wait_for_selector("#compared table")
    assert page.locator("#compared thead a").all_inner_texts() == names


def test_it_works_from_the_disk(context: NewContext, real_site: Path) -> None:
    page = context().new_page()
    with noted(page, f"file://{real_site}/") as notes:
        page.goto(f"file://{real_site}/zh/{CATALOG}?sort=cutoff")
        page.wait_for_selector(".filter output:not(:empty)")
    assert not list(notes), told(notes)


def test_without_scripts_there_is_no_form_and_all_of_the_table(context: NewContext, served: Served) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{served.repo}en/{CATALOG}?family=gpt-4")
    assert not page.locator(".filter").is_visible()
    assert page.locator("table.models:visible").count() > 20


@pytest.mark.parametrize("edition", EDITIONS)
def test_axe_finds_nothing_and_a_phone_suffices(context: NewContext, served: Served, axe: str, edition: str) -> None:
    page = with_axe(context(), f"{served.repo}{edition}/{CATALOG}?family=gpt-4&sort=window", axe)
    page.wait_for_selector(".filter output:not(:empty)")
    found = violations(page)
    assert not found, told(found)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert not page.evaluate(STICKS_OUT)


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

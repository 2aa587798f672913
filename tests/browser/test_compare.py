"""The model comparison: models from the address, differences marked, models added and removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.axe import all_modes
from tests.browser.visit import DESK, EDITIONS, HEIGHT, OVERFLOW, by_edition, recorded, report
from tests.conftest import Served

TWO = "compare.html?m=gpt-4-0613&m=gpt-4-32k-0613"


@pytest.fixture
def comparing(page: Page, served: Served) -> Page:
    page.goto(f"{served.repo}en/{TWO}")
    page.wait_for_selector("#compared table")
    return page


def test_what_is_worse_than_with_the_first_is_marked(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/compare.html?m=gpt-4-32k-0613&m=gpt-4-0613")
    page.wait_for_selector("#compared table")
    assert _cells(page, "Context window (tokens)") == ["32,768", "8,192 lower"]
    page.goto(f"{served.repo}en/compare.html?m=gpt-4o&m=gpt-6-luna")
    page.wait_for_selector("#compared table")
    assert "without file uploads, fine-tuning, predicted outputs" in _cells(page, "Capabilities")[1]
    assert _cells(page, "/v1/fine_tuning/jobs") == ["yes", "no"]
    assert page.locator("#compared tr:has-text('/v1/fine_tuning/jobs') .badge").inner_text() == "no"
    assert page.locator("#compared tr:has-text('Family') .badge").count() == 0


@pytest.mark.parametrize(
    ("amounts", "costs"),
    [
        ("input=10M&output=2M", ["$45.00", "$2.00"]),  # 10 × 2.5 + 2 × 10; 10 × 0.1 + 2 × 0.5
        ("input=1,000&cached=1,000&output=1", ["$0.00126", "$0.0000105"]),  # exact, below a cent
        ("input=1.5万&cached=2M&output=0", ["$0.01875", "$0.00015"]),  # no more is cached than is read
        ("input=300000B&output=0", ["$750,000,000.00", "$30,000,000.00"]),  # above the whole numbers of JavaScript
    ],
)
def test_a_month_costs_exact_dollars(page: Page, served: Served, amounts: str, costs: list[str]) -> None:
    page.goto(f"{served.repo}en/compare.html?m=gpt-4o&m=gpt-6-luna&{amounts}")
    page.wait_for_selector("#compared table")
    assert _cells(page, "At the standard prices") == costs


def test_on_a_phone_the_values_of_a_row_stand_below_their_models(comparing: Page) -> None:
    comparing.set_viewport_size({"width": 360, "height": HEIGHT})
    of = "each => [...each].map((one) => one.getBoundingClientRect()).map(({ left, top }) => [left, top])"
    heads = comparing.locator("#compared thead th").evaluate_all(of)
    values = comparing.locator("#compared tr:has-text('Context window') td").evaluate_all(of)
    assert [left for left, _ in values] == [left for left, _ in heads]
    assert len({top for _, top in values}) == 1


def test_an_amount_that_is_none_costs_nothing_and_is_marked(comparing: Page) -> None:
    comparing.fill("[name=input]", "many")
    assert comparing.get_attribute("[name=input]", "aria-invalid") == "true"
    assert comparing.locator("#compared th:has-text('At the standard prices')").count() == 0
    comparing.fill("[name=input]", "2M")
    assert comparing.get_attribute("[name=input]", "aria-invalid") == "false"
    assert comparing.url.endswith("&input=2M")


def test_facts_plans_and_endpoints_are_compared(comparing: Page) -> None:
    groups = comparing.locator("#compared .group").all_inner_texts()
    assert groups == ["Cost per month", "Specifications", "Deprecation", "Endpoints and their data retention"]
    assert comparing.locator("#compared th:has-text('/v1/chat/completions')").count() == 1
    assert "30 days" in comparing.inner_text("#compared")


def test_equal_rows_can_be_hidden(comparing: Page) -> None:
    every = comparing.locator("#compared tbody tr").count()
    comparing.check("#only")
    assert comparing.locator("#compared tbody tr").count() < every
    assert comparing.locator("#compared tbody tr.alike").count() == 0


def test_adding_and_removing_models_updates_the_address(comparing: Page) -> None:
    comparing.fill("#add", "gpt-3.5-turbo")
    comparing.keyboard.press("Enter")
    assert comparing.locator("#compared thead a").all_inner_texts() == ["gpt-4-0613", "gpt-4-32k-0613", "gpt-3.5-turbo"]
    comparing.get_by_role("button", name="Remove gpt-4-0613").click()
    assert comparing.url.endswith("?m=gpt-4-32k-0613&m=gpt-3.5-turbo")
    for name in ("ada", "davinci", "curie"):
        comparing.fill("#add", name)
        comparing.keyboard.press("Enter")
    assert comparing.locator("#compared thead a").count() == 4
    assert comparing.inner_text(".compare output") == "Select at most four models."


def test_an_unknown_model_is_reported(page: Page, served: Served) -> None:
    with recorded(page, served.repo) as notes:
        page.goto(f"{served.repo}en/compare.html?m=gpt-4&m=constructor&m=<b>")
        page.wait_for_selector("#compared table")
        assert page.inner_text(".compare output") == "constructor, <b> is not on record."
    assert not list(notes), report(notes)


def test_it_works_from_file_urls(page: Page, real_site: Path) -> None:
    with recorded(page, f"file://{real_site}/") as notes:
        page.goto(f"file://{real_site}/en-zh/{TWO}")
        page.wait_for_selector("#compared table")
    assert not list(notes), report(notes)


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_scripts_it_links_to_the_catalog(without_scripts: Page, served: Served, edition: str) -> None:
    page = without_scripts
    page.goto(f"{served.repo}{edition}/{TWO}")
    assert not page.locator("form.compare").is_visible()
    page.locator(".without a").click()
    assert page.url.endswith(f"/{edition}/models/index.html")


@by_edition
def test_axe_finds_nothing_and_it_fits_on_a_phone(page: Page, served: Served, axe: str, edition: str) -> None:
    page.goto(f"{served.repo}{edition}/{TWO}&m=gpt-4o&m=text-embedding-ada-002")
    page.wait_for_selector("#compared table")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert not page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    found = all_modes(page, axe)
    assert not found, report(found)


def _cells(page: Page, head: str) -> list[str]:
    return (
        page.locator("#compared tbody tr", has=page.locator(f"th:has-text('{head}')")).locator("td").all_inner_texts()
    )

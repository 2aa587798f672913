"""Models side by side: as the address names them, differences marked, the choice changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.test_access import _page as with_axe
from tests.browser.test_access import _violations as violations
from tests.browser.visit import EDITIONS, STICKS_OUT, noted, told
from tests.conftest import Served

TWO = "compare.html?m=gpt-4-0613&m=gpt-4-32k-0613"


@pytest.fixture
def page(context: NewContext, served: Served) -> Page:
    page = context().new_page()
    page.goto(f"{served.repo}en/{TWO}")
    page.wait_for_selector("#compared table")
    return page


def test_what_differs_is_marked_and_what_does_not_is_not(page: Page) -> None:
    assert _cells(page, "Context window (tokens)") == ["8,192", "32,768"]
    assert _is_marked(page, "Context window (tokens)")
    assert not _is_marked(page, "Type")
    assert not _is_marked(page, "Family")


def test_facts_plans_and_endpoints_are_held_against_each_other(page: Page) -> None:
    groups = page.locator("#compared .group").all_inner_texts()
    assert groups == ["Specifications", "Deprecation", "Endpoints and their data retention"]
    assert page.locator("#compared th:has-text('/v1/chat/completions')").count() == 1
    assert "30 days" in page.inner_text("#compared")


def test_only_what_differs_may_be_shown(page: Page) -> None:
    every = page.locator("#compared tbody tr").count()
    page.check("#only")
    assert page.locator("#compared tbody tr").count() < every
    assert page.locator("#compared tbody tr:not(.group, .differs)").count() == 0


def test_models_come_and_go_and_the_address_with_them(page: Page) -> None:
    page.fill("#add", "gpt-3.5-turbo")
    page.keyboard.press("Enter")
    assert page.locator("#compared thead a").all_inner_texts() == ["gpt-4-0613", "gpt-4-32k-0613", "gpt-3.5-turbo"]
    page.get_by_role("button", name="Remove gpt-4-0613").click()
    assert page.url.endswith("?m=gpt-4-32k-0613&m=gpt-3.5-turbo")
    for name in ("ada", "davinci", "curie"):
        page.fill("#add", name)
        page.keyboard.press("Enter")
    assert page.locator("#compared thead a").count() == 4
    assert page.inner_text(".compare output") == "Four models at most."


def test_what_is_not_on_record_is_said(context: NewContext, served: Served) -> None:
    page = context().new_page()
    with noted(page, served.repo) as notes:
        page.goto(f"{served.repo}en/compare.html?m=gpt-4&m=constructor&m=<b>")
        page.wait_for_selector("#compared table")
        assert page.inner_text(".compare output") == "constructor, <b> is not on record."
    assert not list(notes), told(notes)


def test_it_works_from_the_disk(context: NewContext, real_site: Path) -> None:
    page = context().new_page()
    with noted(page, f"file://{real_site}/") as notes:
        page.goto(f"file://{real_site}/en-zh/{TWO}")
        page.wait_for_selector("#compared table")
    assert not list(notes), told(notes)


@pytest.mark.parametrize("edition", EDITIONS)
def test_without_scripts_it_leads_to_the_catalog(context: NewContext, served: Served, edition: str) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{served.repo}{edition}/{TWO}")
    assert not page.locator("form.compare").is_visible()
    page.locator(".without a").click()
    assert page.url.endswith(f"/{edition}/models/index.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_axe_finds_nothing_and_a_phone_suffices(
    context: NewContext, served: Served, axe: str, edition: str, scheme: str
) -> None:
    page = with_axe(
        context(color_scheme=scheme), f"{served.repo}{edition}/{TWO}&m=gpt-4o&m=text-embedding-ada-002", axe
    )
    page.wait_for_selector("#compared table")
    found = violations(page)
    assert not found, told(found)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert not page.evaluate(STICKS_OUT)


def _cells(page: Page, head: str) -> list[str]:
    return (
        page.locator("#compared tbody tr", has=page.locator(f"th:has-text('{head}')")).locator("td").all_inner_texts()
    )


def _is_marked(page: Page, head: str) -> bool:
    row = page.locator("#compared tbody tr", has=page.locator(f"th:has-text('{head}')"))
    return "differs" in (row.get_attribute("class") or "")

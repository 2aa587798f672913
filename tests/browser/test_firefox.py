"""The site in Firefox: repeats those tests of Chromium in which browsers may differ.

`browser` is Firefox here, and so are the fixtures based on it: `page`, `context`, and those of other test modules.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.browser import test_check, test_compare, test_filters, test_language_and_theme, test_search
from tests.browser.conftest import NewContext
from tests.browser.firefox import NoFirefox, launched
from tests.browser.test_filters import CATALOG
from tests.browser.test_filters import _shown as shown
from tests.browser.visit import EDITIONS, recorded, report, until, visit
from tests.conftest import Served

pytestmark = pytest.mark.nightly

PAGES = ("index.html", CATALOG, "models/gpt-3.5-turbo-0301.html", "deprecations/index.html", "retention.html")
ADDRESSES = ("index.html", "404.html", *(f"{edition}/{page}" for edition in EDITIONS for page in PAGES))


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless Firefox with a new profile."""
    try:
        with launched(playwright, tmp_path_factory.mktemp("firefox")) as firefox:
            yield firefox
    except NoFirefox as none:
        pytest.fail(str(none), pytrace=False)


boxes = test_search.boxes
checking = test_check.checking
checking_now = test_check.checking_now
comparing = test_compare.comparing
filtering = test_filters.filtering


# --- Pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_quiet_self_contained_and_narrow(page: Page, served: Served, address: str) -> None:
    seen = visit(page, served.repo, address)
    found = (*seen.errors, *seen.third_party, *seen.missing, *seen.overflow)
    assert not found, report(found)


def test_errors_are_recorded_in_firefox_too(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/index.html")
    assert "Firefox" in page.evaluate("navigator.userAgent")
    thrown = page.expect_event("pageerror", lambda error: "thrown" in error.message)
    with recorded(page, served.repo) as notes, thrown, page.expect_response("**/missing.js"):
        page.evaluate(GO_WRONG)
    assert any("https://elsewhere.example" in fault for fault in notes.errors)
    assert any("thrown" in fault for fault in notes.errors)
    assert notes.missing == [f"404 {served.repo}en/missing.js"]


GO_WRONG = """() => {
    const script = {src: "missing.js", onerror() { throw Error("thrown") }};
    document.head.append(Object.assign(document.createElement("script"), script));
    new Image().src = "https://elsewhere.example/";
}"""


# --- Search -----------------------------------------------------------------------------------------------------------

test_the_exact_match_comes_first = test_search.test_the_exact_match_comes_first
test_search_works_by_keys_alone = test_search.test_it_works_by_keyboard_alone


def test_search_works_from_file_urls(page: Page, real_site: Path) -> None:
    test_search.test_it_works_from_file_urls(page, real_site, "en-zh")


# --- The catalog ------------------------------------------------------------------------------------------------------


def test_an_address_with_filters_shows_what_they_leave(page: Page, served: Served) -> None:
    test_filters.test_the_address_has_the_whole_view(page, served, "zh")


def test_a_filter_and_another_day_change_table_and_address(filtering: Page) -> None:
    test_filters.test_words_match_parts_of_names_however_they_are_written(filtering)
    test_filters.test_another_day_updates_rows_chips_and_count(filtering)


def test_the_catalog_is_as_it_was_on_the_day_in_its_address(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/{CATALOG}?as-of=2023-11-30")
    until(page, "document.querySelector('[type=date]').value === '2023-11-30'")
    assert "gpt-4-1106-preview" in shown(page)
    assert "gpt-4o" not in shown(page)
    row = page.locator("tr[id$='--text-davinci-003']").text_content() or ""
    assert "Deprecated" in row
    assert "4\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2024" in row or "4 Jan 2024" in row


# --- Compare, and check my code ---------------------------------------------------------------------------------------


def test_two_models_in_the_address_are_compared(comparing: Page) -> None:
    test_compare.test_facts_plans_and_endpoints_are_compared(comparing)
    test_compare.test_adding_and_removing_models_updates_the_address(comparing)


@pytest.mark.parametrize("vector", test_check.VECTORS, ids=[each["what"] for each in test_check.VECTORS])
def test_check_finds_what_the_scanner_finds(checking_now: Page, vector: dict[str, Any]) -> None:
    test_check.test_it_finds_what_the_scanner_finds(checking_now, vector)


def test_a_line_number_selects_the_name(checking: Page) -> None:
    test_check.test_a_line_number_selects_the_name(checking)


@pytest.mark.parametrize("kind", test_check.MEGABYTES)
def test_a_megabyte_of_anything_is_read_quickly_and_in_short_steps(checking_now: Page, kind: str) -> None:
    test_check.test_a_megabyte_of_anything_is_read_quickly_and_in_short_steps(checking_now, kind)


def test_the_findings_can_be_copied(context: NewContext, served: Served) -> None:
    test_check.test_the_findings_can_be_copied(context, served)


# --- The two switches -------------------------------------------------------------------------------------------------


def test_the_edition_switch_keeps_page_and_place(page: Page, served: Served) -> None:
    test_language_and_theme.test_the_edition_switch_keeps_page_and_place(page, served)


def test_the_dark_appearance_is_remembered_and_comes_without_a_flash(context: NewContext, served: Served) -> None:
    test_language_and_theme.test_the_persisted_theme_appears_without_a_flash(context, served, "light")

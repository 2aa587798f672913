"""Key pages in every edition: no errors, third-party requests, overflow or shifts; readable without scripts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page

from almanac.render.html.pages import all_pages
from tests.browser.visit import (
    BETWEEN,
    DESK,
    HEIGHT,
    INVISIBLE,
    KEY_PAGES,
    PHONES,
    WIDE,
    Visit,
    of_editions,
    recorded,
    report,
    visit,
)
from tests.conftest import Served
from tests.relate.factories import real_on
from tests.sampling import one_in


@pytest.fixture(scope="module")
def visited(watching: Page, served: Served) -> Callable[[str], Visit]:
    """A function from an address below /repo/ to its cached visit."""
    return cache(lambda address: visit(watching, served.repo, address))


def test_the_key_pages_use_all_templates() -> None:
    pages = [*all_pages(real_on("2026-11-22"))]
    assert {page.template for page in pages if page.path in KEY_PAGES} == {page.template for page in pages}


every_address = pytest.mark.parametrize("address", of_editions("en-zh"))


@every_address
def test_there_are_no_errors(visited: Callable[[str], Visit], address: str) -> None:
    faults = visited(address).errors
    assert not faults, report(faults)


@every_address
def test_every_request_is_first_party_and_succeeds(visited: Callable[[str], Visit], address: str) -> None:
    seen = visited(address)
    assert not seen.third_party + seen.missing, report(seen.third_party + seen.missing)


@every_address
def test_nothing_scrolls_sideways(visited: Callable[[str], Visit], address: str) -> None:
    overflow = visited(address).overflow
    assert not overflow, report(overflow)


@every_address
def test_nothing_shifts_while_loading(visited: Callable[[str], Visit], address: str) -> None:
    assert visited(address).shift == 0


@pytest.mark.parametrize(
    "page", one_in(2, ["models/index.html", "index.html", "retention.html", "models/gpt-3.5-turbo.html"])
)
@pytest.mark.parametrize("width", [PHONES[0], pytest.param(DESK, marks=pytest.mark.nightly)])
def test_nothing_shifts_on_a_slow_connection(watching: Page, dripping: str, page: str, width: int) -> None:
    """The first paint has the whole page, so that no browser lays out a part of it and then again."""
    watching.goto("about:blank")
    watching.set_viewport_size({"width": width, "height": HEIGHT})
    watching.goto(f"{dripping}en-zh/{page}")
    watching.wait_for_timeout(100)
    assert watching.evaluate("window.shifted") == 0


@every_address
def test_dates_measures_and_ids_stay_on_one_line(visited: Callable[[str], Visit], address: str) -> None:
    broken_lines = visited(address).broken_lines
    assert not broken_lines, report(broken_lines)


@pytest.mark.nightly
@every_address
def test_pages_fit_at_widths_between_phone_and_desk(watching: Page, served: Served, address: str) -> None:
    seen = visit(watching, served.repo, address, BETWEEN)
    assert not seen.overflow + seen.broken_lines, report(seen.overflow + seen.broken_lines)


@every_address
def test_all_text_is_visible_without_scripts(without_scripts: Page, served: Served, address: str) -> None:
    without_scripts.set_viewport_size({"width": WIDE, "height": HEIGHT})  # where tables have room for all columns
    without_scripts.goto(served.repo + address)
    assert len(without_scripts.locator("main").inner_text()) > 20
    unseen = without_scripts.evaluate(INVISIBLE)
    assert not unseen, report(unseen)


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_the_site_works_from_file_urls(page: Page, real_site: object, edition: str) -> None:
    home = f"file://{real_site}/"
    start = f"{home}{edition}/index.html"
    with recorded(page, home) as notes:
        page.goto(start)
        page.locator("main > :not(.head) a[href$='.html']").first.click()
        page.wait_for_load_state()
    assert page.url.startswith(f"{home}{edition}/")
    assert page.url != start
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('color-scheme')") != "normal"
    assert not list(notes), report(notes)


def test_the_site_works_at_the_root_of_a_host(page: Page, served: Served) -> None:
    with recorded(page, served.root) as notes:
        for address in ("", "en/", "zh/models/", "en-zh/deprecations/"):
            answer = page.goto(served.root + address)
            assert answer is not None
            assert answer.ok, address
    assert not list(notes), report(notes)


def test_the_404_page_works_at_any_depth(page: Page, served: Served) -> None:
    with recorded(page, served.repo) as notes:
        answer = page.goto(f"{served.repo}en/models/no/such/page.html")
        assert answer is not None
        assert answer.status == 404
        hrefs = page.locator("main a[href]").evaluate_all("links => links.map(a => a.href)")
        ways_home = {edition: f"/repo/{edition}/" for edition in ("en", "zh", "en-zh")}
        for edition, way in ways_home.items():
            assert any(way in href for href in hrefs), f"no way from 404.html to {edition}: {hrefs}"
    assert not list(notes), report(notes)

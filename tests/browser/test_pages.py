"""Key pages in every edition, in a real browser: quiet, self-contained, narrow, still, readable without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page

from almanac.render.html.pages import all_pages
from tests.browser.conftest import NewContext
from tests.browser.visit import (
    ADDRESSES,
    DESK,
    HEIGHT,
    KEY_PAGES,
    PHONES,
    UNSEEN,
    WATCH_SHIFTS,
    Visit,
    noted,
    told,
    visit,
)
from tests.conftest import Served
from tests.relate.factories import real_on


@pytest.fixture(scope="module")
def visited(browser: Browser, served: Served) -> Iterator[Callable[[str], Visit]]:
    """What a visit to an address below /repo/ met; each address is visited once."""
    context = browser.new_context()
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    yield cache(lambda address: visit(page, served.repo, address))
    context.close()


def test_the_key_pages_are_made_by_all_templates() -> None:
    pages = [*all_pages(real_on("2026-11-22"))]
    assert {page.template for page in pages if page.path in KEY_PAGES} == {page.template for page in pages}


every_address = pytest.mark.parametrize("address", ADDRESSES)


@every_address
def test_nothing_complains(visited: Callable[[str], Visit], address: str) -> None:
    faults = visited(address).faults
    assert not faults, told(faults)


@every_address
def test_no_request_leaves_the_site_or_misses(visited: Callable[[str], Visit], address: str) -> None:
    seen = visited(address)
    assert not seen.strangers + seen.missing, told(seen.strangers + seen.missing)


@every_address
def test_nothing_scrolls_sideways(visited: Callable[[str], Visit], address: str) -> None:
    sideways = visited(address).sideways
    assert not sideways, told(sideways)


@every_address
def test_nothing_shifts_while_loading(visited: Callable[[str], Visit], address: str) -> None:
    assert visited(address).shift == 0


@pytest.mark.parametrize("page", ["index.html", "models/index.html", "models/gpt-3.5-turbo.html", "retention.html"])
@pytest.mark.parametrize("width", [PHONES[0], DESK])
def test_nothing_shifts_however_slowly_it_arrives(context: NewContext, dripping: str, page: str, width: int) -> None:
    """A page is shown whole, so that no browser sets a part of it and then sets it anew."""
    phone = context(viewport={"width": width, "height": HEIGHT})
    phone.add_init_script(WATCH_SHIFTS)
    opened = phone.new_page()
    opened.goto(f"{dripping}en-zh/{page}")
    opened.wait_for_timeout(100)
    assert opened.evaluate("window.shifted") == 0


@every_address
def test_dates_measures_and_ids_stay_on_one_line(visited: Callable[[str], Visit], address: str) -> None:
    in_pieces = visited(address).in_pieces
    assert not in_pieces, told(in_pieces)


def test_everything_is_read_without_scripts(without_scripts: Page, served: Served) -> None:
    page = without_scripts
    unseen = []
    for address in ADDRESSES:
        page.goto(served.repo + address)
        assert len(page.locator("main").inner_text()) > 20, address
        unseen += [f"{address}: {text}" for text in page.evaluate(UNSEEN)]
    assert not unseen, told(unseen)


@pytest.mark.parametrize("edition", ["en", "zh", "en-zh"])
def test_the_site_works_from_the_disk(page: Page, real_site: object, edition: str) -> None:
    home = f"file://{real_site}/"
    start = f"{home}{edition}/index.html"
    with noted(page, home) as notes:
        page.goto(start)
        page.locator("main > :not(.head) a[href$='.html']").first.click()
        page.wait_for_load_state()
    assert page.url.startswith(f"{home}{edition}/")
    assert page.url != start
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('color-scheme')") != "normal"
    assert not list(notes), told(notes)


def test_the_site_works_at_the_root_of_a_host(page: Page, served: Served) -> None:
    with noted(page, served.root) as notes:
        for address in ("", "en/", "zh/models/", "en-zh/deprecations/"):
            answer = page.goto(served.root + address)
            assert answer is not None
            assert answer.ok, address
    assert not list(notes), told(notes)


def test_what_is_not_there_is_told_at_any_depth_with_links_that_lead_home(page: Page, served: Served) -> None:
    with noted(page, served.repo) as notes:
        answer = page.goto(f"{served.repo}en/models/no/such/page.html")
        assert answer is not None
        assert answer.status == 404
        hrefs = page.locator("main a[href]").evaluate_all("links => links.map(a => a.href)")
        ways_home = {edition: f"/repo/{edition}/" for edition in ("en", "zh", "en-zh")}
        for edition, way in ways_home.items():
            assert any(way in href for href in hrefs), f"no way from 404.html to {edition}: {hrefs}"
    assert not list(notes), told(notes)

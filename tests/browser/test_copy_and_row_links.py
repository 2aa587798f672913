"""What almanac.js adds: copy buttons, permalinks of rows, days left, the last edition; and printed pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visit import until
from tests.conftest import Served

ENDING = "models/gpt-4o.html"  # on 14 January 2027


@pytest.fixture(scope="module")
def copying(browser: Browser) -> Iterator[Page]:
    """A page that may use the clipboard."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def dated(browser: Browser) -> Iterator[Page]:
    """A page whose tests set its clock."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("edition", "done"), [("en", "Copied"), ("zh", "已复制")])
def test_the_button_at_the_top_copies_the_id(copying: Page, served: Served, edition: str, done: str) -> None:
    page = copying
    page.goto(f"{served.repo}{edition}/endpoints/chat-completions.html")
    button = page.locator(".head .copy")
    button.click()
    until(page, f"document.querySelector('.head .copy').textContent === {done!r}")
    assert page.evaluate("navigator.clipboard.readText()") == "/v1/chat/completions"
    assert button.get_attribute("aria-live") == "polite"


def test_any_hovered_id_can_be_copied(copying: Page, served: Served) -> None:
    page = copying
    page.goto(f"{served.repo}en/models/index.html")
    page.locator("tr[id$='--gpt-4o'] code").first.hover()
    page.locator(".row-actions .copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == "gpt-4o"
    page.locator("h1").hover()
    assert page.locator(".row-actions").count() == 0


@pytest.mark.parametrize(("address", "name"), [("models/index.html", "gpt-4o"), ("deprecations/index.html", "tts-1")])
def test_a_row_without_a_permalink_shows_one_on_hover(page: Page, served: Served, address: str, name: str) -> None:
    page.goto(f"{served.repo}zh/{address}")
    row = page.locator(f"tr[id$='--{name}']").last
    anchor = row.get_attribute("id")
    row.locator("td").first.hover()
    assert page.locator(".row-actions .permalink").get_attribute("href") == f"#{anchor}"
    row.locator("th a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{anchor}")


@pytest.mark.parametrize(
    ("edition", "now", "left"),
    [
        ("en", "2026-12-01", "in 44 days"),
        ("en", "2027-01-13", "tomorrow"),
        ("zh", "2026-12-01", "44 天后"),
        ("en-zh", "2026-12-01", "in 44 days"),
    ],
)
def test_the_days_left_are_updated(dated: Page, served: Served, edition: str, now: str, left: str) -> None:
    page = dated
    page.clock.set_fixed_time(f"{now}T12:00:00Z")
    page.goto(f"{served.repo}{edition}/deprecations/upcoming.html")
    assert page.locator("[data-left='2027-01-14']").first.inner_text() == left


def test_a_hovered_date_shows_the_days_left(dated: Page, served: Served) -> None:
    page = dated
    page.clock.set_fixed_time("2026-12-01T12:00:00Z")
    page.goto(f"{served.repo}zh/models/index.html")
    cell = page.locator("tr[id$='--gpt-4o'] td:nth-child(11)")
    cell.hover()
    assert cell.get_attribute("title") == "44 天后"


def test_the_last_edition_is_marked_in_the_chooser_without_a_redirect(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}index.html")
    marked = page.locator("[aria-current] b")
    assert marked.all_inner_texts() == ["English"]  # the language of the browser
    page.goto(f"{served.repo}en/{ENDING}")
    page.get_by_role("link", name="中文", exact=True).click()
    page.goto(f"{served.repo}index.html")
    assert page.url == f"{served.repo}index.html"
    assert marked.all_inner_texts() == ["中文"]
    page.goto(f"{served.repo}en/{ENDING}")
    assert page.url == f"{served.repo}en/{ENDING}"


@pytest.mark.parametrize(("path", "most"), [(ENDING, 2), ("retention.html", 7), ("models/gpt-4-0314.html", 3)])
def test_a_page_prints_on_few_sheets(page: Page, served: Served, path: str, most: int) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{served.repo}en/{path}")
    sheets = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= most


def test_a_printed_model_page_shows_the_urls_of_its_sources(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/{ENDING}")
    page.emulate_media(media="print")
    shown = page.locator(".cited .original").all_inner_texts()
    assert len(shown) > 1
    assert all("." in each and "/" in each for each in shown)
    own = page.locator("footer [data-url]").evaluate("e => getComputedStyle(e, '::after').content")
    assert "https://" in own
    assert not page.locator(".site-header nav").first.is_visible()


def test_a_numeral_opens_its_source_where_it_stands(without_scripts: Page, served: Served) -> None:
    """Publisher, title and original, without a script and without leaving the place; then the list is whole again."""
    page = without_scripts
    page.goto(f"{served.repo}en/{ENDING}")
    notes = page.locator(".cited li")
    count = notes.count()
    assert page.locator(".cited li:popover-open").count() == 0
    numeral = page.locator("main .src").first
    numeral.click()
    opened = page.locator(".cited li:popover-open")
    box, mark = opened.bounding_box(), numeral.bounding_box()
    assert box is not None
    assert mark is not None
    assert abs(box["y"] - mark["y"]) < 200
    assert "OpenAI" in opened.inner_text()
    assert opened.locator("a.original[href^='https://']").is_visible()
    page.keyboard.press("Escape")
    assert all(note.is_visible() for note in notes.all())
    assert notes.count() == count

"""The timeline and the changes in a browser: what a pointer tells, another day, filters without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visit import until as wait
from tests.conftest import Served

TIP = ".life-tip"
READY = f"document.querySelector('{TIP}')"


def _life(name: str) -> str:
    return f"li[data-of='{name}'] a"


def _shown(page: Page, selector: str) -> int:
    return page.locator(f"{selector}:visible").count()


def test_a_pointer_or_the_keyboard_tells_and_a_click_opens(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/timeline.html")
    wait(page, READY)
    page.hover(_life("gpt-4o-2024-08-06"))
    told = "gpt-4o-2024-08-06 · Deprecated\n6 Aug 2024 – 14 Jan 2027 · announced 14 Oct 2026"
    assert page.inner_text(TIP) == told
    page.focus(_life("tts-1"))
    assert page.inner_text(TIP).endswith("release not recorded – 6 Jan 2027 · announced 1 Oct 2026")
    page.keyboard.press("Escape")
    assert not page.is_visible(TIP)
    page.click(_life("gpt-4o-2024-08-06"))
    page.wait_for_url("**/models/gpt-4o-2024-08-06.html")


def test_the_first_touch_tells_and_the_second_opens(browser: Browser, served: Served) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{served.repo}zh/timeline.html")
    wait(page, READY)
    page.tap(_life("gpt-4o"))
    assert "2024年5月13日 – 2027年1月14日" in page.inner_text(TIP)
    assert page.url.endswith("timeline.html")
    page.tap(_life("gpt-4o"))
    page.wait_for_url("**/models/gpt-4o.html")
    context.close()


def test_scrubbing_shows_that_day(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/timeline.html")
    wait(page, READY)
    first = page.get_attribute(".lifelines", "data-first")
    built = page.inner_text("[data-count=shut-down]")
    day = page.evaluate(f"(Date.parse('2024-06-01') - Date.parse('{first}')) / 864e5")
    page.locator("#day").fill(str(round(day)))
    assert page.inner_text(".scrub output") == "1 Jun 2024"
    assert [
        page.get_attribute(f"li[data-of='{name}']", "class") for name in ("gpt-4o", "gpt-5", "text-davinci-003")
    ] == [
        *("deprecated", "deprecated not-yet", "shut-down over"),
    ]
    assert int(page.inner_text("[data-count=shut-down]")) < int(built)
    page.click(".scrub button")
    assert page.inner_text("[data-count=shut-down]") == built
    assert page.locator(".not-yet, .over, .not-known").count() == 0


def test_as_of_a_day_no_line_goes_beyond_it(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/timeline.html?as-of=2024-06-01")
    wait(page, "document.querySelector('.scrub').hidden")
    assert _shown(page, _life("gpt-4o")) == 1
    assert _shown(page, _life("gpt-5")) == 0
    ends = page.eval_on_selector_all(
        ".lifelines li:not([hidden]) line:not([hidden])",
        "lines => lines.map(line => parseFloat(line.getAttribute('x2')))",
    )
    now = float(page.get_attribute(".now", "x1").rstrip("%"))  # type: ignore[union-attr]  # it has one
    assert max(ends) <= now
    assert page.get_attribute("li[data-of='gpt-4-0613']", "class") == "active"


@pytest.mark.parametrize("path", ["timeline.html", "timeline-by-date.html"])
def test_without_a_script_every_name_is_a_link_and_a_status_can_be_chosen(
    browser: Browser, served: Served, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.repo}en/{path}")
    assert page.locator(".lifelines li a[href$='.html']").count() == 249
    assert not page.is_visible(".scrub")
    page.check("[value=deprecated]")
    assert _shown(page, ".lifelines li.deprecated") == int(page.inner_text("[data-count=deprecated]"))
    assert _shown(page, ".lifelines li.active") == 0
    context.close()


def test_changes_are_filtered_without_a_script(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.repo}en/changes.html")
    page.check("[value=released]")
    assert _shown(page, ".log ul > li") == _shown(page, ".log li.released") > 3
    assert _shown(page, ".log > li") <= _shown(page, ".log li.released")
    context.close()


def test_as_of_a_day_no_later_change_is_left(page: Page, served: Served) -> None:
    page.goto(f"{served.repo}en/changes.html?as-of=2026-10-24")
    wait(page, "document.querySelector('.day:not([hidden])')")
    assert page.inner_text(".log > li:visible >> nth=0").split("\n")[0] == "23 October 2026"
    assert page.inner_text(".log li.shut-down:visible .kind >> nth=0") == "Shutdown date reached"

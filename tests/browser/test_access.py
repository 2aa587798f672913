"""Key pages, for every reader: axe-core finds nothing; the keyboard gets everywhere and shows where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import NewContext
from tests.browser.visit import ADDRESSES, DESK, EDITIONS, KEY_PAGES, PHONES, told
from tests.conftest import Served

COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
TAPPED = {"rules": {"target-size": {"enabled": True}}}  # 24 px, or as much room around (WCAG 2.2, 2.5.8)
SMALL = [[".src"], [".permalink"]]  # marks at a fact or a heading, small by nature; sources stand again in the footer


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(context: NewContext, served: Served, axe: str, address: str) -> None:
    violations = _violations(_page(context(color_scheme="light"), served.repo + address, axe))
    assert not violations, told(violations)


@pytest.mark.parametrize("page", KEY_PAGES)
def test_axe_finds_nothing_in_the_dark(context: NewContext, served: Served, axe: str, page: str) -> None:
    violations = _violations(_page(context(color_scheme="dark"), f"{served.repo}en-zh/{page}", axe), COLOURS)
    assert not violations, told(violations)


@pytest.mark.parametrize("page", KEY_PAGES)
def test_axe_finds_nothing_in_forced_colours(context: NewContext, served: Served, axe: str, page: str) -> None:
    violations = _violations(_page(context(forced_colors="active"), f"{served.repo}en-zh/{page}", axe), COLOURS)
    assert not violations, told(violations)


@pytest.mark.parametrize("page", KEY_PAGES)
def test_axe_finds_nothing_on_a_phone(context: NewContext, served: Served, axe: str, page: str) -> None:
    phone = context(viewport={"width": PHONES[0], "height": 640})
    violations = _violations(_page(phone, f"{served.repo}en-zh/{page}", axe), TAPPED, SMALL)
    assert not violations, told(violations)


def _page(context: BrowserContext, url: str, axe: str) -> Page:
    context.add_init_script(axe)
    page = context.new_page()
    page.goto(url)
    return page


def _violations(page: Page, options: Mapping[str, Any] | None = None, but: Sequence[list[str]] = ()) -> list[str]:
    run = "([but, options]) => axe.run({exclude: but}, {...options, resultTypes: ['violations']})"
    found = page.evaluate(run, [but, options or {}])
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]} ({node['failureSummary'][:200]!r})"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]


# --- The keyboard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_first_tab_stop_skips_to_the_text(context: NewContext, served: Served, edition: str) -> None:
    page = context().new_page()
    page.goto(f"{served.repo}{edition}/models/index.html")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert (focused.get_attribute("href") or "").startswith("#")
    assert focused.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "after the skip, Tab is not in the text"


@pytest.mark.parametrize("address", ["index.html", "models/gpt-4.html", "deprecations/index.html"])
def test_the_text_is_no_further_than_six_stops(context: NewContext, served: Served, address: str) -> None:
    page = context().new_page()
    page.goto(f"{served.repo}en-zh/{address}")
    stops = 0
    while not page.evaluate("document.activeElement.closest('main') !== null"):
        page.keyboard.press("Tab")
        stops += 1
    assert stops - 1 <= 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_at_every_stop(context: NewContext, served: Served, scheme: str) -> None:
    page = context(color_scheme=scheme).new_page()
    page.goto(f"{served.repo}en/models/gpt-3.5-turbo-0301.html")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if trouble := page.evaluate(UNMARKED):
            unseen.append(trouble)
    assert not unseen, told(unseen)


UNMARKED = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const name = `${e.outerHTML.slice(0, 80)}`;
    if (box.width < 1 || box.height < 1) return `takes no room: ${name}`;
    const beyond = box.right < 0 || box.bottom < 0 || box.left > innerWidth || box.top > innerHeight;
    if (beyond) return `out of sight: ${name}`;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return outlined || style.boxShadow !== "none" ? "" : `no ring: ${name}`;
}"""


def test_text_may_be_twice_as_large(context: NewContext, served: Served) -> None:
    """At 200 % zoom (half the room) nothing is lost sideways (WCAG 1.4.4)."""
    page = context(viewport={"width": DESK // 2, "height": 400}, device_scale_factor=2).new_page()
    wide = []
    for address in ADDRESSES:
        page.goto(served.repo + address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert not wide, told(wide)

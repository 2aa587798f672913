"""Accessibility of key pages: no axe-core violations; the keyboard reaches everything with visible focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import all_modes, light_mode
from tests.browser.visit import ADDRESSES, DESK, EDITIONS, HEIGHT, report
from tests.conftest import Served

EACH_COMMIT = {
    *("index.html", "en-zh/models/gpt-3.5-turbo.html", "en-zh/families/gpt-4.html"),
    "en-zh/deprecations/upcoming.html",
}
"""The tools are in the tests of their own."""


@pytest.mark.parametrize(
    "address",
    [each if each in EACH_COMMIT else pytest.param(each, marks=pytest.mark.nightly) for each in ADDRESSES],
)
def test_axe_finds_nothing(page: Page, served: Served, axe: str, address: str) -> None:
    page.goto(served.repo + address)
    found = all_modes(page, axe) if address.startswith("en-zh/") else light_mode(page, axe)
    assert not found, report(found)


@pytest.fixture(scope="module")
def unprotected(browser: Browser) -> Iterator[Page]:
    """A page without its Content-Security-Policy, so that tests can add styles."""
    context = browser.new_context(bypass_csp=True, viewport={"width": DESK, "height": HEIGHT})
    yield context.new_page()
    context.close()


EVERYWHERE = ("on a phone: ", "in the dark: ", "in forced colours: ")
TINY = '<button aria-label="tiny" style="width: 9px; height: 9px; padding: 0; border: 0"></button>'
PALE = '<i style="color: #ccc; background: #fff; forced-color-adjust: none">pale</i>'


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(
            "document.querySelector('h1').insertAdjacentHTML('afterend', '<h5>Too deep</h5>')",
            {"heading-order"},
            id="a heading out of order",
            marks=pytest.mark.nightly,
        ),
        pytest.param(
            f"document.querySelector('h1').insertAdjacentHTML('afterend', '{TINY}{TINY}')",
            {"on a phone: target-size"},
            id="too small for a finger",
            marks=pytest.mark.nightly,
        ),
        pytest.param(
            f"[...document.querySelectorAll('td')].at(-1).innerHTML = '{PALE}'",
            {f"{when}color-contrast" for when in EVERYWHERE},
            id="pale, in the last of many rows",
        ),
        pytest.param(
            "document.querySelector('h1').style.setProperty('color', 'light-dark(#000, #222)')",
            {"in the dark: color-contrast"},
            id="dark on dark",
            marks=pytest.mark.nightly,
        ),
    ],
)
def test_axe_finds_violations(unprotected: Page, served: Served, axe: str, edit: str, expected: set[str]) -> None:
    unprotected.goto(f"{served.repo}en/retention.html")
    unprotected.evaluate(edit)
    found = all_modes(unprotected, axe)
    assert {each.partition(" (")[0] for each in found} == expected, report(found)


# --- The keyboard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_first_tab_stop_skips_to_the_text(page: Page, served: Served, edition: str) -> None:
    page.goto(f"{served.repo}{edition}/models/index.html")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert (focused.get_attribute("href") or "").startswith("#")
    assert focused.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "after the skip, Tab is not in the text"


@pytest.mark.parametrize("address", ["index.html", "models/gpt-4.html", "deprecations/index.html"])
def test_the_text_is_no_further_than_the_header(page: Page, served: Served, address: str) -> None:
    """The skip link comes first (above); then title, subjects and menu, search, two languages, theme."""
    page.goto(f"{served.repo}en-zh/{address}")
    stops = 0
    while not page.evaluate("document.activeElement.closest('main') !== null"):
        page.keyboard.press("Tab")
        stops += 1
    assert stops - 1 <= 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_visible_at_every_stop(page: Page, served: Served, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{served.repo}en/models/gpt-3.5-turbo-0301.html")
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if trouble := page.evaluate(UNMARKED):
            unseen.append(trouble)
    assert not unseen, report(unseen)


UNMARKED = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const name = `${e.outerHTML.slice(0, 80)}`;
    if (box.width < 1 || box.height < 1) return `takes no room: ${name}`;
    const beyond = box.right < 0 || box.bottom < 0 || box.left > innerWidth || box.top > innerHeight;
    if (beyond) return `out of sight: ${name}`;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return outlined || style.boxShadow !== "none" ? "" : `no ring: ${name}`;
}"""

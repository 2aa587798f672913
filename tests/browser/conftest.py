"""One Chromium for all tests but those of Firefox, and in it pages like a new reader's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser.chromium import NoChromium, chromium
from tests.browser.visit import DESK, HEIGHT

QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one Playwright that a process may have."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium with a profile of its own (Playwright makes one for each start)."""
    try:
        executable = chromium()
    except NoChromium as none:
        pytest.fail(str(none), pytrace=False)
    browser = playwright.chromium.launch(
        executable_path=executable, headless=True, chromium_sandbox=False, args=[*QUIET]
    )
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[NewContext]:
    """Makes contexts: `context(color_scheme="dark")`. They end with the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**{"viewport": {"width": DESK, "height": HEIGHT}, **options}))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all tests of a module that ask for `page`: a new one costs half a second of computing."""
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHT})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page as a new reader has it: nothing stored, on a desk, by day.

    A test that changes what cannot be taken back (the clock, permissions, scripts that run in every page) asks for a
    `context` of its own.
    """
    tab.bring_to_front()  # a Firefox gives the focus to no other tab
    yield tab
    _forget(tab)
    tab.goto("about:blank")
    tab.set_viewport_size({"width": DESK, "height": HEIGHT})
    tab.emulate_media(media="null", color_scheme="light", forced_colors="none")


def _forget(page: Page) -> None:
    """Clears what the site has stored; on the next page, where the test has just left one."""
    forget = "() => { try { localStorage.clear(); sessionStorage.clear() } catch {} }"
    try:
        page.evaluate(forget)
    except Error:
        page.wait_for_load_state()
        page.evaluate(forget)


@pytest.fixture(scope="module")
def without_scripts(browser: Browser) -> Iterator[Page]:
    """A page that runs no script of its site. It can store nothing either: one does for a module."""
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHT}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

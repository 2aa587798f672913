"""Fixtures: one Chromium for all tests except those of Firefox, and pages with empty storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser.chromium import NoChromium, chromium
from tests.browser.visit import DESK, HEIGHT, WATCH_SHIFTS

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
    """Playwright, which allows one instance per process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium with a new profile, contexts by Playwright."""
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
    """A factory of contexts: `context(color_scheme="dark")`. They are closed after the test."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(**{"viewport": {"width": DESK, "height": HEIGHT}, **options}))
        return contexts[-1]

    yield make
    for each in contexts:
        each.close()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all tests of a module that use `page`: a new one takes half a second."""
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHT})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page with empty storage, at desktop width, in light mode.

    Tests that make irreversible changes (clock, permissions, init scripts) use a `context` of their own.
    """
    tab.bring_to_front()  # Firefox gives focus only to the front tab
    yield tab
    _clear_storage(tab)
    tab.goto("about:blank")
    tab.set_viewport_size({"width": DESK, "height": HEIGHT})
    tab.emulate_media(media="null", color_scheme="light", forced_colors="none")


def _clear_storage(page: Page) -> None:
    """Clears the site's storage; if the page is navigating, after it has loaded."""
    clear = "() => { try { localStorage.clear(); sessionStorage.clear() } catch {} }"
    try:
        page.evaluate(clear)
    except Error:
        page.wait_for_load_state()
        page.evaluate(clear)


@pytest.fixture(scope="module")
def without_scripts(browser: Browser) -> Iterator[Page]:
    """A page with scripts disabled. It can store nothing, so tests of a module share it."""
    context = browser.new_context(viewport={"width": DESK, "height": HEIGHT}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def watching(browser: Browser) -> Iterator[Page]:
    """A page that records layout shifts."""
    context = browser.new_context()
    context.add_init_script(WATCH_SHIFTS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

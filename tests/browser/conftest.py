"""One Chromium for all tests but those of Firefox; a context of its own, like a new reader's, for each that asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.chromium import NoChromium, chromium
from tests.browser.visit import DESK, HEIGHT, Visit, visit
from tests.conftest import Served

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


@pytest.fixture(scope="session")
def visited(browser: Browser, served: Served) -> Callable[[str], Visit]:
    """What a visit to an address below /repo/ met; each address is visited once."""

    @cache
    def visited(address: str) -> Visit:
        context = browser.new_context()
        try:
            return visit(context, served.repo, address)
        finally:
            context.close()

    return visited


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

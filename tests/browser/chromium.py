"""Finds a Chromium for the tests: installed, from the system's package, or Playwright's own; else says what to do."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from tests.browser.machine import find_or_install, runs, say, starts

NAMES = (
    "chromium-headless-shell",  # the same engine without windows: the tests take a third less of the processor
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PACKAGES = ("chromium-headless-shell", "chromium")
HELP = """\
The browser tests need Chromium, and none could be found, installed or downloaded. Any one of these helps:
  Debian:          sudo apt-get install chromium-headless-shell
  Ubuntu:          sudo apt-get install chromium
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask chromium
  elsewhere:       CHROMIUM=/path/to/chromium make test
What was tried:
"""


class NoChromium(Exception):
    """No Chromium was found, installed or downloaded; the message says what to do."""


@cache
def chromium() -> Path:
    """The path of a Chromium that starts, installed if necessary."""
    tried: list[str] = []
    if found := find_or_install("CHROMIUM", NAMES, PACKAGES, tried) or _download(tried):
        return found
    raise NoChromium(HELP + "\n".join(f"  {line}" for line in tried))


def _download(tried: list[str]) -> Path | None:
    """Playwright's own build, downloaded unless it exists."""
    with ThreadPoolExecutor(1) as thread:  # own thread: the caller may run Playwright, which allows one per thread
        path = thread.submit(_playwright_path).result()
    if not path.exists():
        say("downloading Playwright's Chromium")
        runs([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], tried)
    if path.exists() and starts(str(path)):
        return path
    tried.append(
        f"Playwright's Chromium: {'does not start (libraries missing?)' if path.exists() else 'not downloaded'}"
    )
    return None


def _playwright_path() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


if __name__ == "__main__":
    try:
        print(f"Chromium: {chromium()}")
    except NoChromium as none:
        sys.exit(str(none))

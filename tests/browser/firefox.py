"""Finds a Firefox for the tests: installed, or from the system's package; else says what to do.

Playwright drives it by WebDriver BiDi, so that Firefox can run the tests of Chromium. Mozilla's marionette_driver
depends on mozprofile, which has no wheel, and has no access to the console.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.browser.machine import find_or_install

NAMES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")
PREFERENCES = {
    "dom.ipc.processPrelaunch.enabled": False,  # no process in advance
    "fission.webContentIsolationStrategy": 0,  # one process for all contexts
    "ui.useOverlayScrollbars": 1,  # zero width, as on phones and in headless Chromium
}
HELP = """\
The browser tests need Firefox too, and none could be found or installed. Any one of these helps:
  Debian:     sudo apt-get install firefox-esr
  Fedora:     sudo dnf install firefox
  macOS:      brew install --cask firefox
  elsewhere:  FIREFOX=/path/to/firefox make test
What was tried:
"""


class NoFirefox(Exception):
    """No Firefox was found or installed; the message says what to do."""


@cache
def firefox() -> Path:
    """The path of a Firefox that starts, installed if necessary."""
    tried: list[str] = []
    if found := find_or_install("FIREFOX", NAMES, ["firefox-esr"], tried):
        return found
    raise NoFirefox(HELP + "\n".join(f"  {line}" for line in tried))


@contextmanager
def launched(playwright: Playwright, home: Path) -> Iterator[Browser]:
    """A headless Firefox with `home` as its home folder and a new profile, made by Playwright."""
    program = home / "firefox"
    command = shlex.join([sys.executable, str(Path(__file__).with_name("bidi.py")), str(firefox())])
    program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    browser = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=program,
        headless=True,
        env={**os.environ, "HOME": str(home)},
        firefox_user_prefs={**PREFERENCES},
    )
    try:
        yield browser
    finally:
        browser.close()


if __name__ == "__main__":
    try:
        print(f"Firefox: {firefox()}")
    except NoFirefox as none:
        sys.exit(str(none))

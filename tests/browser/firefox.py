"""This machine -> a Firefox to test with: its own or the system's package; else a word on what to do.

Playwright drives it by WebDriver BiDi, so that the tests of Chromium serve as they are; a client of our own would need
all of them again, and Mozilla's marionette_driver comes with mozprofile, which has no wheel, and sees no console.
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

from tests.browser.machine import here_or_installed

NAMES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")
PREFERENCES = {
    "dom.ipc.processPrelaunch.enabled": False,  # no process for a site that is never opened
    "fission.webContentIsolationStrategy": 0,  # one for all contexts: there is one site
    "ui.useOverlayScrollbars": 1,  # they take no room, as on a phone, and as in a headless Chromium
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
    """There is no Firefox here, and none to be had; says what to do."""


@cache
def firefox() -> Path:
    """An executable Firefox that starts; what it takes to have one is done."""
    tried: list[str] = []
    if found := here_or_installed("FIREFOX", NAMES, "firefox-esr", tried):
        return found
    raise NoFirefox(HELP + "\n".join(f"  {line}" for line in tried))


@contextmanager
def launched(playwright: Playwright, home: Path) -> Iterator[Browser]:
    """A headless Firefox whose traces stay in `home`; its profile is Playwright's, new for each start."""
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

"""This machine -> a Chromium to test with: its own, the system's package or Playwright's; else a word on what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HELP = """\
The browser tests need Chromium, and none could be found, installed or downloaded. Any one of these helps:
  Debian, Ubuntu:  sudo apt-get install chromium
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask chromium
  elsewhere:       CHROMIUM=/path/to/chromium make test
What was tried:
"""


class NoChromium(Exception):
    """There is no Chromium here, and none to be had; says what to do."""


@cache
def chromium() -> Path:
    """An executable Chromium that starts; what it takes to have one is done."""
    tried: list[str] = []
    if found := next(_on_this_machine(tried), None):
        return found
    if _install_package(tried) and (found := next(_on_this_machine(tried), None)):
        return found
    if found := _download(tried):
        return found
    raise NoChromium(HELP + "\n".join(f"  {line}" for line in tried))


def _on_this_machine(tried: list[str]) -> Iterator[Path]:
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else [*NAMES, *MAC_APPS]:
        path = shutil.which(name)
        if path and _starts(path):
            yield Path(path)
        tried.append(f"{name}: {'does not start' if path else 'not found'}")


def _starts(path: str) -> bool:
    """Whether it says its version: Ubuntu's chromium-browser may be a stub that only asks for a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install_package(tried: list[str]) -> bool:
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        tried.append("apt-get: " + ("not root" if apt else "not found"))
        return False
    _say("installing the system's package of Chromium")
    packages = ["chromium"] if _has_han_glyphs() else ["chromium", "fonts-noto-cjk"]
    return _runs([apt, "update"], tried) and _runs([apt, "install", "-y", "--no-install-recommends", *packages], tried)


def _has_han_glyphs() -> bool:
    fc_list = shutil.which("fc-list")
    return bool(fc_list and subprocess.run([fc_list, ":lang=zh"], capture_output=True, check=False).stdout)


def _download(tried: list[str]) -> Path | None:
    """Playwright's own build: taken where an earlier run left it, else fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if not path.exists():
        _say("downloading Playwright's Chromium")
        _runs([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], tried)
    if path.exists() and _starts(str(path)):
        return path
    tried.append(
        f"Playwright's Chromium: {'does not start (libraries missing?)' if path.exists() else 'not downloaded'}"
    )
    return None


def _runs(command: list[str], tried: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        last = (run.stderr.strip() or run.stdout.strip()).splitlines()[-3:]
        tried.append(f"{' '.join(command)}: exit {run.returncode}: {' / '.join(last)}")
    return run.returncode == 0


def _say(words: str) -> None:
    print(f"Chromium: {words} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        print(f"Chromium: {chromium()}")
    except NoChromium as none:
        sys.exit(str(none))

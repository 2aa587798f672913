"""Finds a browser that starts, or installs the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def find_or_install(variable: str, names: Iterable[str], packages: Iterable[str], tried: list[str]) -> Path | None:
    """A browser that starts: named by an environment variable, one of `names`, or from the first of the packages."""
    named = os.environ.get(variable)
    names = [named] if named else [*names]
    found = _first_that_starts(names, tried)
    if not found and any(_install(package, tried) for package in packages):
        found = _first_that_starts(names, tried)
    return found


def _first_that_starts(names: Iterable[str], tried: list[str]) -> Path | None:
    """The first of these programs that is installed and starts; failures are added to `tried`."""
    for name in names:
        path = shutil.which(name)
        if path and starts(path):
            return Path(path)
        tried.append(f"{name}: {'does not start' if path else 'not found'}")
    return None


def starts(path: str) -> bool:
    """Whether it prints its version: Ubuntu's browsers may be stubs that ask to install a snap."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install(package: str, tried: list[str]) -> bool:
    """Installs the system's package, and a Chinese font if there is none; whether that succeeded."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        tried.append("apt-get: " + ("not root" if apt else "not found"))
        return False
    say(f"installing the system's package {package}")
    packages = [package] if _has_han_glyphs() else [package, "fonts-noto-cjk"]
    patient = ["-o", "DPkg::Lock::Timeout=300"]  # if another installation is running
    install = [apt, *patient, "install", "-y", "--no-install-recommends", *packages]
    return runs([apt, "update"], tried) and runs(install, tried)


def _has_han_glyphs() -> bool:
    fc_list = shutil.which("fc-list")
    return bool(fc_list and subprocess.run([fc_list, ":lang=zh"], capture_output=True, check=False).stdout)


def runs(command: list[str], tried: list[str]) -> bool:
    """Runs a command; whether it succeeded. On failure the end of its output is added to `tried`."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        last = (run.stderr.strip() or run.stdout.strip()).splitlines()[-3:]
        tried.append(f"{' '.join(command)}: exit {run.returncode}: {' / '.join(last)}")
    return run.returncode == 0


def say(words: str) -> None:
    """Prints progress to stderr."""
    print(f"Browsers: {words} …", file=sys.stderr, flush=True)

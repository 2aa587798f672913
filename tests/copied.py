"""Copies of the program for tests that change files, or run it elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import ROOT

SMALL = ROOT / "tests" / "small" / "content"


def program(folder: Path) -> Path:
    """The program and its templates in this folder, with the bytecode that this run has compiled already."""
    for part in ("almanac", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("*.pyc.*"))  # being written
    shutil.copy2(ROOT / "build.py", folder)
    return folder


def small_project(folder: Path) -> Path:
    """The program with the content of the small almanac."""
    shutil.copytree(SMALL, folder / "content")
    shutil.copy(ROOT / "content" / "ui.yaml", folder / "content")
    return program(folder)

"""Tests of `write` do not flush the disk: they kill processes, not machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from almanac.write import system


@pytest.fixture(autouse=True)
def _no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "sync", lambda folder: None)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "site"

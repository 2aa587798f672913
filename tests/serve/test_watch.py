"""Changes that count, and those that are ignored."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from almanac.serve.watch import next_change, snapshot

DROPPINGS = [
    *(".lark.yaml.swp", ".lark.yaml.swx", "lark.swx", "4913", "5036"),  # Vim
    *("lark.yaml~", "#lark.yaml#", ".#lark.yaml"),  # Emacs and others
    *(".DS_Store", "Thumbs.db", "._lark.yaml", ".git/index", "__pycache__/lark.pyc", "lark.pyc"),
    *("lark.yaml___jb_tmp___", ".goutputstream-X1Y2Z3", "lark.yaml.tmp", "lark.yaml.bak", "lark.yaml.orig"),
]
FILES = ["swift.yaml", "gpt-4.yaml", "3.5.yaml", "style/print.css", "百灵.yaml", "tmp.yaml"]


@pytest.fixture
def lark(tmp_path: Path) -> Path:
    file = tmp_path / "content" / "models" / "lark.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("lark", encoding="utf-8")
    return file


def test_every_file_counts_except_leftovers(lark: Path) -> None:
    content = lark.parent.parent
    for name in [*DROPPINGS, *FILES]:
        (content / name).parent.mkdir(exist_ok=True)
        before = snapshot([content])
        (content / name).write_text("x", encoding="utf-8")
        new = [] if name in DROPPINGS else [str(content / name)]
        assert sorted(snapshot([content]).keys() - before.keys()) == new, name


def _edit(file: Path) -> None:
    date = file.stat()
    file.write_text("kite", encoding="utf-8")
    os.utime(file, ns=(date.st_atime_ns, date.st_mtime_ns))


def _replace(file: Path) -> None:
    other = file.parent.parent.parent / "other.yaml"
    other.write_text("kite", encoding="utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)


@pytest.mark.parametrize("change", [_edit, _replace, Path.unlink], ids=["edit that keeps the date", "old file", "gone"])
def test_a_change_with_the_same_date_and_size_counts(lark: Path, change: Callable[[Path], None]) -> None:
    for watched in (lark.parent, lark):
        before = snapshot([watched])
        change(lark)
        assert before.keys() == {str(lark)}
        assert snapshot([watched]) != before
        lark.write_text("lark", encoding="utf-8")


def test_circular_and_broken_links_are_ignored(lark: Path) -> None:
    (lark.parent / "circle").symlink_to(lark.parent)
    (lark.parent / "nowhere.yaml").symlink_to(lark.parent / "gone.yaml")
    assert snapshot([lark.parent, lark.parent / "gone"]).keys() == {str(lark), str(lark.parent / "nowhere.yaml")}


def test_an_endless_burst_counts_as_a_change(lark: Path) -> None:
    done = Event()

    def write() -> None:
        while not done.wait(0.05):
            _replace(lark)

    before = snapshot([lark])
    Thread(target=write, daemon=True).start()
    try:
        assert asyncio.run(asyncio.wait_for(next_change([lark], before), 8)) != before
    finally:
        done.set()

"""What counts as a change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from almanac.serve.watch import differing, snapshot


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content" / "models").mkdir(parents=True)
    (tmp_path / "content" / "models" / "lark.yaml").write_text("lark", encoding="utf-8")
    return tmp_path / "content"


@pytest.mark.parametrize(
    "name",
    [
        *(".lark.yaml.swp", ".lark.yaml.swx", "lark.swx", "4913", "5036"),  # Vim
        *("lark.yaml~", "#lark.yaml#", ".#lark.yaml"),  # Emacs and others
        *(".DS_Store", "Thumbs.db", "._lark.yaml", ".git/index", "__pycache__/lark.pyc", "lark.pyc"),
        *("lark.yaml___jb_tmp___", ".goutputstream-X1Y2Z3", "lark.yaml.tmp", "lark.yaml.bak", "lark.yaml.orig"),
    ],
)
def test_droppings_do_not(content: Path, name: str) -> None:
    before = snapshot([content])
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("x", encoding="utf-8")
    assert snapshot([content]) == before


@pytest.mark.parametrize("name", ["swift.yaml", "gpt-4.yaml", "3.5.yaml", "style/print.css", "百灵.yaml", "tmp.yaml"])
def test_a_new_file_does_wherever_it_is(content: Path, name: str) -> None:
    before = snapshot([content])
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("x", encoding="utf-8")
    assert differing(before, snapshot([content]), [content]) == [f"content/{name}"]


def test_an_edit_that_keeps_date_and_size_does(content: Path) -> None:
    file = content / "models" / "lark.yaml"
    before, date = snapshot([content]), file.stat()
    file.write_text("kite", encoding="utf-8")
    os.utime(file, ns=(date.st_atime_ns, date.st_mtime_ns))
    assert differing(before, snapshot([content]), [content]) == ["content/models/lark.yaml"]


def test_another_file_of_the_same_date_and_size_moved_in_does(content: Path, tmp_path: Path) -> None:
    file, other = content / "models" / "lark.yaml", tmp_path / "other.yaml"
    other.write_text("kite", encoding="utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    before = snapshot([content])
    other.replace(file)
    assert snapshot([content]) != before


def test_a_file_that_goes_does(content: Path) -> None:
    before = snapshot([content])
    (content / "models" / "lark.yaml").unlink()
    assert differing(before, snapshot([content]), [content]) == ["content/models/lark.yaml"]


def test_links_in_circles_and_into_nothing_are_no_trouble(content: Path) -> None:
    (content / "circle").symlink_to(content)
    (content / "nowhere.yaml").symlink_to(content / "gone.yaml")
    assert [Path(path).name for path in snapshot([content])].count("lark.yaml") == 1


def test_a_folder_that_is_not_there_is_empty_and_a_file_is_itself(content: Path) -> None:
    file = content / "models" / "lark.yaml"
    assert snapshot([content / "gone"]) == {}
    assert list(snapshot([file])) == [str(file)]
    assert differing({}, snapshot([file]), [file]) == ["lark.yaml"]

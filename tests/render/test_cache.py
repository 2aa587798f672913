"""What a build remembers changes no byte: not of what is the same, and not of what has changed since."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from almanac import load, memory, proof, relate, render
from almanac.draft import Address
from almanac.memory import Hasher, Memory
from almanac.records import Day, Place, Precision, Sound, Text
from tests.conftest import BASE_URL, ROOT

SMALL = ROOT / "tests" / "small" / "content"
DAY = date(2024, 7, 1)
PROGRAM = "0"


def made(
    root: Path, remembered: Memory, day: date = DAY, base_url: str = BASE_URL, templates: Path = ROOT / "templates"
) -> Mapping[Address, bytes]:
    """The small almanac of that folder. What is changed here, no rule need approve."""
    content = load.content(root, remembered)
    draft = render.catalog(relate.content(cast(Sound, content), day), templates, base_url, remembered)
    return proof.draft(draft, render.base_path(base_url), remembered)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small almanac, with the words that the templates ask for."""
    root = tmp_path_factory.mktemp("small")
    shutil.copytree(SMALL, root / "content")
    shutil.copy(ROOT / "content" / "ui.yaml", root / "content")
    return root


@pytest.fixture(scope="module")
def file(root: Path) -> Path:
    """The memory of one build of it."""
    file = root / "memory"
    remembered = Memory()
    made(root, remembered)
    remembered.write(file, PROGRAM)
    return file


@pytest.fixture(scope="module")
def expected(root: Path) -> Mapping[Address, bytes]:
    """It, made without a memory."""
    return made(root, Memory())


def test_what_is_the_same_is_remembered(
    root: Path, file: Path, expected: Mapping[Address, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "almanac.render.html.renderer.PageRenderer.html", lambda *_: pytest.fail("a page was set again")
    )
    monkeypatch.setattr("almanac.load.folder.tree", lambda *_: pytest.fail("a file was parsed again"))
    monkeypatch.setattr("almanac.proof.parsed_page._apart", lambda *_: pytest.fail("a page was read again"))
    monkeypatch.setattr(import_module("almanac.render.together"), "_two_cores", lambda: False)
    assert made(root, memory.read(file, PROGRAM)) == expected


@pytest.mark.parametrize(
    "changed",
    [
        *("glossary.yaml", "site.yaml", "sources.yaml", "ui.yaml", "families/lark.yaml", "models/lark.yaml"),
        *("products/solo.yaml", "announcements/2023-06-13-first-larks.yaml", "events/2024-04-01-chorus-moved.yaml"),
    ],
)
def test_what_has_changed_is_made_anew(
    root: Path, file: Path, expected: Mapping[Address, bytes], changed: str, tmp_path: Path
) -> None:
    shutil.copytree(root / "content", tmp_path / "content")
    path = tmp_path / "content" / changed
    path.write_text(altered(path.read_text(encoding="utf-8")), encoding="utf-8")
    anew = made(tmp_path, Memory())
    assert anew != expected
    assert made(tmp_path, memory.read(file, PROGRAM)) == anew


def altered(text: str) -> str:
    """With another word at the beginning of each English text."""
    text, several = re.subn(r'\ben: (>-\n *|")?(?=[A-Za-z])', r"\g<0>Anew ", text)
    assert several
    return text


def test_another_day_and_another_address_are_made_anew(root: Path, file: Path) -> None:
    for day, base_url in ((date(2024, 7, 2), BASE_URL), (DAY, ""), (date(2023, 7, 1), "https://other.example/")):
        assert made(root, memory.read(file, PROGRAM), day, base_url) == made(root, Memory(), day, base_url)


@pytest.mark.parametrize(
    ("changed", "addition"),
    [
        *(
            ("base.html", "<!-- new -->\n"),
            ("parts/site-header.html", "<!-- new -->\n"),
            ("script/search.js", "load();\n"),
        ),
        *(("style/theme.css", "main { top: 0 }\n"), ("script/theme.js", ";0\n"), ("share/en.svg", "<!-- new -->\n")),
    ],
)
def test_what_looks_another_way_is_made_anew(
    root: Path, file: Path, expected: Mapping[Address, bytes], changed: str, addition: str, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    path = templates / changed
    path.write_text(path.read_text(encoding="utf-8") + addition, encoding="utf-8")
    anew = made(root, Memory(), templates=templates)
    assert (anew != expected) is not changed.endswith(".svg")
    assert made(root, memory.read(file, PROGRAM), templates=templates) == anew


@pytest.mark.parametrize("how", ["a byte is another", "cut short", "of another program", "empty", "a folder", "gone"])
def test_a_memory_that_is_not_whole_is_none(
    root: Path, file: Path, expected: Mapping[Address, bytes], how: str, tmp_path: Path
) -> None:
    data, damaged = file.read_bytes(), tmp_path / "memory"
    match how:
        case "a byte is another":
            damaged.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
        case "cut short":
            damaged.write_bytes(data[:-1])
        case "of another program":
            damaged.write_bytes(data)
        case "empty":
            damaged.write_bytes(b"")
        case "a folder":
            damaged.mkdir()
    remembered = memory.read(damaged, "1" if how == "of another program" else PROGRAM)
    assert made(root, remembered) == expected
    remembered.write(damaged, PROGRAM)
    known = memory.read(damaged, PROGRAM)
    assert (known.recall(next(iter(remembered._used))) is None) is (how == "a folder")


def test_what_is_no_longer_used_is_forgotten(tmp_path: Path) -> None:
    first = Memory()
    first.keep(b"a", b"1")
    first.keep(b"b", b"2")
    first.write(tmp_path / "new" / "memory", PROGRAM)
    second = memory.read(tmp_path / "new" / "memory", PROGRAM)
    assert second.recall(b"a") == b"1"
    second.write(tmp_path / "new" / "memory", PROGRAM)
    third = memory.read(tmp_path / "new" / "memory", PROGRAM)
    assert (third.recall(b"a"), third.recall(b"b")) == (b"1", None)
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["memory"]


def test_a_memory_has_its_limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "LARGEST", 3)
    remembered = Memory()
    for key in (b"a", b"b", b"c"):
        remembered.keep(key, b"22")
    remembered.write(tmp_path / "memory", PROGRAM)
    assert memory.read(tmp_path / "memory", PROGRAM).recall(b"a") is None


def text(en: str, line: int = 1) -> Text:
    at = Place("content/x.yaml", line)
    return Text(en=en, zh="字", at=at, en_at=at, zh_at=at)


def test_a_hash_tells_values_apart_as_a_comparison_does() -> None:
    day = date(2024, 7, 1)
    several: list[object] = [
        *(None, "", "a", b"a", 1, True, ("a",), ("a", "b"), ("ab",), {"a": 1}, {"a": 2}, text("a"), text("b")),
        *(day, Day(day), Day(day, Precision.MONTH), Precision.MONTH, str(Precision.MONTH), (Day(day),), [Day(day)]),
    ]
    hasher = Hasher(Day)
    assert len({hasher.key(each) for each in several}) == len(several)
    assert hasher.key(text("a", line=1)) == Hasher().key(text("a", line=2))
    assert hasher.key(Day(date(2024, 7, 1)), "x") == Hasher(Day).key(Day(day), "x")

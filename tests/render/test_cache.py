"""The cache never changes the site, and an invalid cache file is ignored."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest

from almanac import cache, load, relate, render
from almanac.cache import BuildCache, ContentHasher
from almanac.draft import Address
from almanac.records import Day, Place, Precision, Sound, Text
from almanac.render import parallel
from almanac.spool import Lost, Stored
from tests.conftest import BASE_URL, ROOT

SMALL = ROOT / "tests" / "small" / "content"
DAY = date(2024, 7, 1)
PROGRAM = "0"

# --- Pages ------------------------------------------------------------------------------------------------------------


def rendered(
    root: Path, build_cache: BuildCache, day: date = DAY, base_url: str = BASE_URL, templates: Path = ROOT / "templates"
) -> Mapping[Address, bytes]:
    """The site of the small almanac in a folder, rendered without `check`."""
    content = load.content(root)
    return render.catalog(relate.content(cast(Sound, content), day), templates, base_url, build_cache)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small almanac and the real ui.yaml."""
    root = tmp_path_factory.mktemp("small")
    shutil.copytree(SMALL, root / "content")
    shutil.copy(ROOT / "content" / "ui.yaml", root / "content")
    return root


class Recorded(BuildCache):
    """A build cache that records its values."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[bytes, bytes] = {}

    def keep(self, key: bytes, value: Stored) -> None:
        self.values[key] = bytes(value)
        super().keep(key, value)


@pytest.fixture(scope="module")
def first() -> Recorded:
    return Recorded()


@pytest.fixture(scope="module")
def expected(root: Path, first: Recorded) -> Mapping[Address, bytes]:
    """The site rendered with the empty cache `first`."""
    return rendered(root, first)


@pytest.fixture
def file(expected: Mapping[Address, bytes], first: Recorded, tmp_path: Path) -> Path:
    """The cache of that build on disk."""
    first.write(tmp_path / ".cache" / "site", PROGRAM)
    return tmp_path / ".cache" / "site"


def assert_shared_keys_have_equal_values(first: Recorded, second: Recorded) -> None:
    """A key has the same value in both builds, so each may use the other's cache."""
    assert all(first.values[key] == second.values[key] for key in first.values.keys() & second.values.keys())


def test_unchanged_pages_are_not_rendered_again(
    root: Path, file: Path, expected: Mapping[Address, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "almanac.render.html.renderer.PageRenderer.html", lambda *_: pytest.fail("a page is rendered again")
    )
    monkeypatch.setattr("almanac.render.browser.search.files", lambda *_: pytest.fail("the search index is made again"))
    monkeypatch.setattr(parallel, "_workers", lambda: 1)
    build_cache = cache.read(file, PROGRAM)
    assert rendered(root, build_cache) == expected
    assert not build_cache.is_dirty


def changed_content(root: Path, folder: Path, name: str) -> Path:
    """The small almanac with a word inserted at the beginning of each English text of a file."""
    shutil.copytree(root / "content", folder / "content")
    path = folder / "content" / name
    text, count = re.subn(r'\ben: (>-\n *|")?(?=[A-Za-z])', r"\g<0>Anew ", path.read_text(encoding="utf-8"))
    assert count
    path.write_text(text, encoding="utf-8")
    return folder


def test_only_what_has_changed_is_rendered_again(
    root: Path, file: Path, expected: Mapping[Address, bytes], tmp_path: Path
) -> None:
    changed = changed_content(root, tmp_path, "models/lark.yaml")
    anew = rendered(changed, BuildCache())
    assert anew != expected
    build_cache = cache.read(file, PROGRAM)
    assert rendered(changed, build_cache) == anew
    assert build_cache.is_dirty


@pytest.mark.parametrize(
    "name",
    [
        *("ui.yaml", "models/lark.yaml"),
        *(
            pytest.param(name, marks=pytest.mark.nightly)
            for name in (
                *("sources.yaml", "glossary.yaml", "site.yaml", "families/lark.yaml", "products/solo.yaml"),
                *("events/2024-04-01-chorus-moved.yaml", "announcements/2023-06-13-first-larks.yaml"),
            )
        ),
    ],
)
def test_changed_content_has_other_keys(
    root: Path, first: Recorded, expected: Mapping[Address, bytes], name: str, tmp_path: Path
) -> None:
    second = Recorded()
    assert rendered(changed_content(root, tmp_path, name), second) != expected
    assert_shared_keys_have_equal_values(first, second)


@pytest.mark.parametrize(
    ("day", "base_url"),
    [(date(2024, 7, 2), BASE_URL), (DAY, ""), (date(2023, 7, 1), "https://other.example/")],
    ids=["another day", "no address", "another address and day"],
)
def test_another_day_and_another_address_have_other_keys(
    root: Path, first: Recorded, expected: Mapping[Address, bytes], day: date, base_url: str
) -> None:
    second = Recorded()
    assert rendered(root, second, day, base_url) != expected
    assert_shared_keys_have_equal_values(first, second)


@pytest.mark.parametrize(
    ("changed", "addition"),
    [
        ("parts/site-header.html", "<!-- new -->\n"),
        ("style/theme.css", "main { top: 0 }\n"),
        pytest.param("base.html", "<!-- new -->\n", marks=pytest.mark.nightly),
        pytest.param("script/search.js", "load();\n", marks=pytest.mark.nightly),
        pytest.param("script/theme.js", ";0\n", marks=pytest.mark.nightly),
    ],
)
def test_a_changed_template_style_or_script_has_other_keys(
    root: Path, first: Recorded, expected: Mapping[Address, bytes], changed: str, addition: str, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    path = templates / changed
    path.write_text(path.read_text(encoding="utf-8") + addition, encoding="utf-8")
    second = Recorded()
    assert rendered(root, second, templates=templates) != expected
    assert_shared_keys_have_equal_values(first, second)


# --- The file ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A cache of two values."""
    build_cache = BuildCache()
    build_cache.put(b"a", b"1")
    build_cache.put(b"b", b"2\n2")
    build_cache.write(tmp_path / ".cache" / "site", PROGRAM)
    return tmp_path / ".cache" / "site"


def found(file: Path, program: str = PROGRAM) -> list[bytes | None]:
    build_cache = cache.read(file, program)
    return [build_cache.get(key) for key in (b"a", b"b")]


def with_checksum(file: Path, written: bytes) -> bytes:
    """The bytes with a valid checksum, as an attacker could write them."""
    status = file.stat()
    return sha256(f"{PROGRAM}\n{status.st_dev} {status.st_ino}\n".encode() + written).digest() + written


def test_values_are_available_to_the_same_program_only(small: Path) -> None:
    assert found(small) == [b"1", b"2\n2"]
    assert found(small, "1") == [None, None]
    assert [each.name for each in small.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("at", [0, 31, 32, 40, -1])
def test_a_cache_with_a_changed_byte_is_ignored(small: Path, at: int) -> None:
    data = bytearray(small.read_bytes())
    data[at] ^= 1
    small.write_bytes(data)
    assert found(small) == [None, None]


@pytest.mark.parametrize("size", [0, 1, 32, 33, 50, -1])
def test_a_truncated_cache_is_ignored(small: Path, size: int) -> None:
    small.write_bytes(small.read_bytes()[:size])
    assert found(small) == [None, None]


@pytest.mark.parametrize("change", [lambda file: os.truncate(file, 40), lambda file: file.write_bytes(bytes(200))])
def test_a_value_that_changes_after_it_was_read_is_made_anew(small: Path, change: Callable[[Path], object]) -> None:
    os.utime(small, (0, 0))
    build_cache = cache.read(small, PROGRAM)
    value = build_cache.find(b"b")
    change(small)
    assert build_cache.get(b"a") is None
    build_cache.put(b"a", b"1")
    assert value is not None
    with pytest.raises(Lost):
        bytes(value)
    before = small.read_bytes()
    build_cache.write(small, PROGRAM)
    assert small.read_bytes() == before, "it is not written without a value"


def test_a_cache_that_another_build_replaces_can_still_be_read(small: Path) -> None:
    first, second = cache.read(small, PROGRAM), BuildCache()
    second.put(b"a", b"another")
    second.write(small, PROGRAM)
    assert [first.get(b"a"), first.get(b"b")] == [b"1", b"2\n2"]
    assert found(small) == [b"another", None]


@pytest.mark.parametrize(
    "written",
    [
        *(b"", b"\n", b"x\n", b'{"61": 1}', b'{"61": 2}\n1', b'{"61": 1}\n12', b'{"61": -1, "62": 2}\n1', b"[1]\n1"),
        *(b'{"61": true}\n1', b'{"61": 1.0}\n1', b'{"61": "1"}\n1', b'{"6": 1}\n1', b'{"zz": 1}\n1', b"\xff\n"),
        *(
            b'{"61": 1' + b"0" * 5000 + b"}\n1",
            b"[" * 100_000 + b"\n",
            b"cposix\nsystem\n",
            b"\x80\x05cposix\nsystem\n",
        ),
    ],
)
def test_a_forged_invalid_cache_is_ignored(small: Path, written: bytes) -> None:
    small.write_bytes(with_checksum(small, written))
    assert found(small) == [None, None]


def test_a_forged_valid_cache_is_used(small: Path) -> None:
    """So the cases above are rejected because of their content, not their checksum."""
    small.write_bytes(with_checksum(small, b'{"61": 1}\n1'))
    assert found(small) == [b"1", None]


def link_to_file(file: Path, other: Path) -> None:
    file.rename(other)
    file.symlink_to(other)


def link_to_folder(file: Path, other: Path) -> None:
    file.parent.rename(other)
    file.parent.symlink_to(other)


def folder(file: Path, other: Path) -> None:
    file.unlink()
    (file / "other").mkdir(parents=True)


@pytest.mark.parametrize("put", [link_to_file, link_to_folder, folder])
def test_only_a_regular_file_in_our_folder_is_read(
    small: Path, tmp_path: Path, put: Callable[[Path, Path], None]
) -> None:
    put(small, tmp_path / "other")
    assert found(small) == [None, None]


def test_a_pipe_is_not_read(small: Path) -> None:
    data = small.read_bytes()
    small.unlink()
    os.mkfifo(small)
    assert found(small) == [None, None]
    filled = os.open(small, os.O_RDWR)
    os.write(filled, data)
    assert found(small) == [None, None]
    os.close(filled)


def test_nothing_is_written_through_a_link(small: Path, tmp_path: Path) -> None:
    other, elsewhere = tmp_path / "other", tmp_path / "elsewhere"
    other.write_bytes(b"mine")
    elsewhere.mkdir()
    build_cache = BuildCache()
    build_cache.put(b"a", b"3")
    for link in (small, small.with_name("site.new")):
        link.unlink(missing_ok=True)
        link.symlink_to(other)
    build_cache.write(small, PROGRAM)
    assert found(small) == [b"3", None]
    assert not small.is_symlink()
    shutil.rmtree(small.parent)
    small.parent.symlink_to(elsewhere)
    build_cache.write(small, PROGRAM)
    assert (other.read_bytes(), list(elsewhere.iterdir())) == (b"mine", [])


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    build_cache = BuildCache()
    build_cache.put(b"a", b"1")
    build_cache.write(tmp_path / "file" / "site", PROGRAM)
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_unused_values_are_dropped(small: Path) -> None:
    second = cache.read(small, PROGRAM)
    assert second.get(b"a") == b"1"
    assert second.is_dirty
    second.write(small, PROGRAM)
    assert found(small) == [b"1", None]


def test_a_cache_over_its_limit_keeps_what_fits_and_counts_the_rest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cache, "LIMIT", 500)
    values = {b"a": 200 * b"1", b"b": 400 * b"2", b"c": 300 * b"3", b"d": b"4"}

    def build() -> BuildCache:
        build_cache = cache.read(tmp_path / "site", PROGRAM)
        for key, value in values.items():
            if build_cache.get(key) is None:
                build_cache.put(key, value)
        build_cache.write(tmp_path / "site", PROGRAM)
        return build_cache

    first = build()
    assert (first.is_dirty, first.beyond_limit) == (True, 2), "and the build says how many do not fit"
    build_cache = cache.read(tmp_path / "site", PROGRAM)
    assert [build_cache.get(key) for key in values] == [values[b"a"], None, values[b"c"], None]
    assert not build().is_dirty


# --- The hash ---------------------------------------------------------------------------------------------------------


def text(en: str, line: int = 1) -> Text:
    at = Place("content/x.yaml", line)
    return Text(en=en, zh="字", at=at, en_at=at, zh_at=at)


def test_hashes_differ_exactly_if_values_do() -> None:
    day = date(2024, 7, 1)
    values: list[object] = [
        *(None, "", "a", b"a", 1, True, ("a",), ("a", "b"), ("ab",), {"a": 1}, {"a": 2}, text("a"), text("b")),
        *(day, Day(day), Day(day, Precision.MONTH), Precision.MONTH, str(Precision.MONTH), (Day(day),), [Day(day)]),
    ]
    hasher = ContentHasher(Day)
    assert len({hasher.key(each) for each in values}) == len(values)
    assert hasher.key(text("a", line=1)) == ContentHasher().key(text("a", line=2))
    assert hasher.key(Day(date(2024, 7, 1)), "x") == ContentHasher(Day).key(Day(day), "x")

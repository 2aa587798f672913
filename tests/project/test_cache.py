"""The cache never changes the result of a build, whether it is intact, damaged or of another program."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import build
from almanac.cache import read
from tests.copied import small_project
from tests.project.test_same_bytes import tree

Site = Mapping[str, tuple[int, str]]
CHECKSUM = 32


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_project(tmp_path_factory.mktemp("project") / "almanac")


@pytest.fixture(scope="module")
def expected(project: Path) -> Site:
    return built(project)


def built(project: Path) -> Site:
    """The small almanac, built into an empty folder without output on stderr."""
    site = project.parent / "site"
    shutil.rmtree(site, ignore_errors=True)
    command = [sys.executable, "build.py", "--as-of", "2024-07-01", "--output", str(site)]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stderr) == (0, "")
    return tree(site)


def values(cache: Path) -> bytes:
    """The file without its checksum, which names the file on its disk."""
    return cache.read_bytes()[CHECKSUM:]


def test_the_second_build_gives_the_same_site(project: Path, expected: Site) -> None:
    cache = project / ".cache" / "site"
    first = cache.read_bytes()
    assert built(project) == expected
    assert cache.read_bytes() == first


@pytest.mark.nightly  # tests/render/test_cache.py has the same without a build
@pytest.mark.parametrize("how", ["a byte is another", "not ours"])
def test_a_damaged_cache_is_replaced_silently(project: Path, expected: Site, how: str) -> None:
    cache = project / ".cache" / "site"
    data = cache.read_bytes()
    half = len(data) // 2
    cache.write_bytes(
        data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :]
        if how == "a byte is another"
        else b"\x80\x05cposix\nsystem\n"
    )
    assert built(project) == expected
    assert values(cache) == data[CHECKSUM:]


@pytest.mark.nightly
def test_a_linked_folder_is_neither_read_nor_written(project: Path, expected: Site, tmp_path: Path) -> None:
    cache = project / ".cache"
    kept = cache.rename(tmp_path / "kept")
    data = (kept / "site").read_bytes()
    (kept / "site").write_bytes(b"")
    cache.symlink_to(kept)
    assert built(project) == expected
    assert (kept / "site").read_bytes() == b""
    cache.unlink()
    assert built(project) == expected
    assert values(cache / "site") == data[CHECKSUM:]


@pytest.mark.nightly
def test_a_cache_that_may_be_of_somebody_else_is_not_read(project: Path, expected: Site, tmp_path: Path) -> None:
    cache = project / ".cache" / "site"
    program = build._program()
    assert built(project) == expected

    def is_read() -> bool:
        return bool(read(cache, program)._known)

    assert is_read()
    for path, mode in ((cache, 0o664), (cache.parent, 0o777)):  # the group, or all, may write
        allowed = stat.S_IMODE(path.stat().st_mode)
        path.chmod(mode)
        assert not is_read()
        path.chmod(allowed)
        assert is_read()
    shutil.copy2(cache, tmp_path / "copy")
    (tmp_path / "copy").replace(cache)
    assert not is_read()
    cache.unlink()
    os.mkfifo(cache)
    cache.parent.chmod(0o775)
    assert built(project) == expected
    assert is_read()
    assert stat.S_IMODE(cache.stat().st_mode) == 0o644


@pytest.mark.nightly  # tests/render/test_cache.py has the same without a build
def test_another_program_does_not_use_the_cache(project: Path, expected: Site) -> None:
    foot = project / "templates" / "parts" / "site-footer.html"
    page = project / "almanac" / "render" / "html" / "page.py"
    whole = foot.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")
    foot.write_text(f"{whole[0]}<!-- new -->\n", encoding="utf-8")
    page.write_text(f"{whole[1]}\n# new\n", encoding="utf-8")
    changed = built(project)
    foot.write_text(whole[0], encoding="utf-8")
    different = {path for path in expected if expected[path] != changed[path]}
    assert {f"{edition}/index.html" for edition in ("en", "zh", "en-zh")} <= different
    page.write_text(whole[1], encoding="utf-8")
    assert built(project) == expected


@pytest.mark.nightly
def test_nothing_is_cached_if_the_content_changes_during_the_build(project: Path, expected: Site) -> None:
    foot = project / "templates" / "parts" / "site-footer.html"
    whole = foot.read_text(encoding="utf-8")
    meanwhile = (
        "import build, pathlib, sys\n"
        "from datetime import date\n"
        "from almanac import relate\n"
        "content = relate.content\n"
        "def slow(sound, day):\n"
        "    pathlib.Path(sys.argv[1]).write_text(sys.argv[2], encoding='utf-8')\n"
        "    return content(sound, day)\n"
        "relate.content = slow\n"
        "build.build(pathlib.Path(sys.argv[3]), date(2024, 7, 1), '')\n"
    )
    arguments = [str(foot), f"{whole}<!-- new -->\n", str(project.parent / "other")]
    shutil.rmtree(project / ".cache")
    subprocess.run([sys.executable, "-c", meanwhile, *arguments], cwd=project, check=True)
    assert "<!-- new -->" in (project.parent / "other" / "en" / "index.html").read_text(encoding="utf-8")
    assert not (project / ".cache").exists()
    foot.write_text(whole, encoding="utf-8")
    assert built(project) == expected

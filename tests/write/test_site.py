"""The output after a build: exactly the site's files, readable by all, unchanged ones not rewritten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from almanac import write
from almanac.draft import Proofed
from almanac.write import system, trees
from tests.write.disk import IGNORE, NEW, NEWER, OLD, beside, build, expected, site, state_of


def test_a_first_build_makes_the_folder_and_those_above_it(tmp_path: Path) -> None:
    output = tmp_path / "not" / "yet" / "site"
    assert build(NEW, output) == write.Written(new=5, changed=0, removed=0, unchanged=0)
    assert state_of(output) == expected(NEW)
    assert not beside(output)


def test_a_second_build_replaces_the_first(output: Path) -> None:
    build(OLD, output)
    assert build(NEW, output) == write.Written(new=2, changed=2, removed=1, unchanged=1)
    assert state_of(output) == expected(NEW)
    assert not beside(output)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777], ids=oct)
def test_the_site_is_readable_by_all_with_any_umask(output: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        build(OLD, output)
        build(NEW, output)
    finally:
        os.umask(before)
    assert state_of(output) == expected(NEW)


def test_unchanged_files_are_not_rewritten(output: Path) -> None:
    build(OLD, output)
    before = (output / "same.css").stat()
    build(NEW, output)
    after = (output / "same.css").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_nlink) == (before.st_ino, before.st_mtime_ns, 1)


def test_changed_files_are_not_overwritten_in_place(output: Path, tmp_path: Path) -> None:
    build(OLD, output)
    elsewhere = tmp_path / "kept.html"
    elsewhere.hardlink_to(output / "index.html")
    build(NEW, output)
    assert elsewhere.read_text() == "old"


def test_a_disk_without_hard_links_gets_copies(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_linked", lambda existing, path: False)
    build(OLD, output)
    build(NEW, output)
    assert state_of(output) == expected(NEW)


def test_the_same_site_again_changes_nothing(output: Path) -> None:
    build(NEW, output)
    before = output.stat()
    assert build(NEW, output) == write.Written(new=0, changed=0, removed=0, unchanged=5)
    after = output.stat()  # the access time may differ
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


@pytest.mark.parametrize("before", ["nothing", "empty", "a .gitignore", "a site"])
def test_the_result_is_independent_of_the_old_site(output: Path, before: str) -> None:
    if before != "nothing":
        output.mkdir()
    if before == "a .gitignore":
        (output / ".gitignore").write_bytes(IGNORE)
    if before == "a site":
        build(NEWER, output)
    build(NEW, output)
    assert state_of(output) == expected(NEW)


def test_the_gitignore_is_kept_unchanged(output: Path) -> None:
    output.mkdir()
    (output / ".gitignore").write_text("# mine\n*\n")
    build(OLD, output)
    build(NEW, output)
    assert (output / ".gitignore").read_text() == "# mine\n*\n"


def _change(output: Path) -> None:
    (output / "index.html").write_text("nEw")


def _remove(output: Path) -> None:
    (output / "index.html").unlink()


def _remove_folder(output: Path) -> None:
    (output / "zh/index.html").unlink()
    (output / "zh").rmdir()


def _close(output: Path) -> None:
    (output / "index.html").chmod(0o600)


def _close_folder(output: Path) -> None:
    (output / "zh").chmod(0o700)


DAMAGES = [_change, _remove, _remove_folder, _close, _close_folder]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_site_is_repaired(output: Path, damage: Callable[[Path], None]) -> None:
    build(NEW, output, "a")
    damage(output)
    assert not write.is_current(output, "a")
    build(NEW, output, "a")
    assert state_of(output) == expected(NEW)
    assert write.is_current(output, "a")


def test_a_folder_of_a_container_image_need_not_be_renamed(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def across_layers(path: Path, target: Path) -> Path:
        if path == output:
            raise OSError(18, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(system, "exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", across_layers)
    output.mkdir()
    (output / ".gitignore").write_bytes(IGNORE)
    build(OLD, output)
    assert state_of(output) == expected(OLD)
    with pytest.raises(write.Failed, match="remove it and build again"):
        build(NEW, output)
    assert state_of(output) == expected(OLD)
    assert not beside(output)


# --- Is it current? ---------------------------------------------------------------------------------------------------


def test_a_site_is_current_for_its_fingerprint(output: Path) -> None:
    assert not write.is_current(output, "a")
    build(OLD, output, "a")
    assert write.is_current(output, "a")
    assert not write.is_current(output, "b")
    build(OLD, output, "b")  # other content, the same site
    assert not write.is_current(output, "a")
    assert write.is_current(output, "b")


def test_a_site_without_a_fingerprint_is_never_current(output: Path) -> None:
    build(OLD, output)
    assert not write.is_current(output, "")


def _add_file(output: Path) -> None:
    (output / "mine.txt").touch()


def _add_folder(output: Path) -> None:
    (output / "mine").mkdir()


def _link(output: Path) -> None:
    (output / "index.html").rename(output.parent / "index.html")
    (output / "index.html").symlink_to("../index.html")


def _pipe(output: Path) -> None:
    (output / ".nojekyll").unlink()
    os.mkfifo(output / ".nojekyll", 0o644)


def _link_all(output: Path) -> None:
    output.rename(output.parent / "elsewhere")
    output.symlink_to("elsewhere")


def _leave_behind(output: Path) -> None:
    (output.parent / ".site.new-1").mkdir()


def _spoil_manifest(output: Path) -> None:
    (output.parent / ".site.manifest.json").write_text('{"version": 1, "trees": [{}]}')


@pytest.mark.parametrize(
    "change", [*DAMAGES, _add_file, _add_folder, _link, _pipe, _link_all, _leave_behind, _spoil_manifest]
)
def test_a_changed_site_is_not_current(output: Path, change: Callable[[Path], None]) -> None:
    build(NEW, output, "a")
    change(output)
    assert not write.is_current(output, "a")


def test_a_large_site(output: Path) -> None:
    large: Proofed = site({f"{folder}/{file}.html": f"{folder} {file}" for folder in range(10) for file in range(20)})
    build(large, output)
    assert state_of(output) == expected(large)
    assert build(site({}), output).removed == 200
    assert state_of(output) == expected(site({}))

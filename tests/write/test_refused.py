"""Folders that may not be the output: each is refused and left unchanged."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from almanac import write
from almanac.write import system
from tests.write.disk import NEW, OLD, Interceptor, beside, build, expected, failure, state_of


def _notes(output: Path) -> None:
    (output / "notes.txt").write_text("mine")


def _folder(output: Path) -> None:
    (output / "en" / "mine").mkdir()


def _hidden(output: Path) -> None:
    (output / ".git").mkdir()


def _link(output: Path) -> None:
    (output / "en" / "link.html").symlink_to("/etc/passwd")


def _link_for_page(output: Path) -> None:
    (output / "index.html").unlink()
    (output / "index.html").symlink_to("../index.html")


def _link_for_folder(output: Path) -> None:
    (output / "en").rename(output.parent / "en")
    (output / "en").symlink_to("../en")


def _folder_for_page(output: Path) -> None:
    (output / "index.html").unlink()
    (output / "index.html").mkdir()


@pytest.mark.parametrize(
    ("put", "named"),
    [
        (_notes, "notes.txt"),
        (_folder, "en/mine/"),
        (_hidden, ".git/"),
        (_link, "en/link.html"),
        (_link_for_page, "index.html"),
        (_link_for_folder, "en"),
        (_folder_for_page, "index.html/"),
    ],
)
def test_a_site_with_foreign_files(output: Path, put: Callable[[Path], None], named: str) -> None:
    build(OLD, output)
    put(output)
    before = state_of(output.parent)
    with pytest.raises(write.Refused) as refused:
        build(NEW, output)
    assert refused.value.message == f"{output} contains files that no build has written: {named}"
    assert refused.value.hint == "move it elsewhere, or build into another folder with --output"
    assert state_of(output.parent) == before


def test_a_folder_that_no_build_has_written(output: Path) -> None:
    output.mkdir()
    for name in ("a.txt", "b\x1b[31m.txt", "c.txt", "d.txt"):
        (output / name).touch()
    before = state_of(output)
    with pytest.raises(write.Refused) as refused:
        build(NEW, output)
    assert refused.value.message == f"{output} contains files that no build has written: a.txt, b\\x1b[31m.txt, c.txt …"
    assert state_of(output) == before


@pytest.mark.parametrize("manifest", [None, "", "[]", "{}", '{"version": 2, "trees": []}', "\xff", "[" * 100_000])
def test_a_site_without_a_valid_manifest(output: Path, manifest: str | None) -> None:
    build(OLD, output)
    (output.parent / ".site.manifest.json").unlink()
    if manifest is not None:
        (output.parent / ".site.manifest.json").write_text(manifest, encoding="latin-1")
    with pytest.raises(write.Refused, match=r"en/, index\.html, same\.css"):
        build(NEW, output)
    assert state_of(output) == expected(OLD)


def test_pipes_in_the_place_of_files_beside_the_site(output: Path) -> None:
    build(OLD, output)
    for name in (".site.lock", ".site.manifest.json"):
        (output.parent / name).unlink()
        os.mkfifo(output.parent / name)
    failed = failure(NEW, output)
    assert failed
    assert "it is not a file" in failed.message
    assert state_of(output) == expected(OLD)


def test_another_site_with_the_same_file_names(output: Path) -> None:
    build(OLD, output)
    for path in output.rglob("*.*"):
        path.unlink()
    (output / "index.html").write_text("my own home page")
    with pytest.raises(write.Refused, match=r"no file in .* is as a build wrote it"):
        build(NEW, output)
    assert (output / "index.html").read_text() == "my own home page"


def test_a_file_added_between_the_check_and_the_exchange(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = system.exchange

    def too_late(one: Path, other: Path) -> bool:
        (output / "notes.txt").write_text("mine")
        monkeypatch.undo()
        return exchange(one, other)

    build(OLD, output)
    monkeypatch.setattr(system, "exchange", too_late)
    with pytest.raises(write.Refused, match=r"site contains files that no build has written: notes\.txt"):
        build(NEW, output)
    assert state_of(output) == expected(OLD) | {"notes.txt": ((output / "notes.txt").stat().st_mode & 0o777, b"mine")}
    assert not beside(output)


@pytest.mark.parametrize(
    "path",
    [
        "project",
        "project/content",
        "project/../project",
        "project/link",
        ".",
        "..",
        "/",
        "~",
        "~/..",
        "project/CONTENT",
    ],
)
def test_a_protected_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    for folder in (home, project, project / "content"):
        folder.mkdir()
    (project / "link").symlink_to("content")
    if path == "project/CONTENT":  # as on a disk that ignores case
        (project / "CONTENT").symlink_to("content")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(tmp_path)
    before = state_of(tmp_path)
    with pytest.raises(write.Refused):
        write.site(NEW, Path(path).expanduser(), protected=(project, project / "content"))
    assert state_of(tmp_path) == before


@pytest.mark.parametrize("path", ["content", "content/site", "content/models/site", "link/site", ".git/site"])
def test_an_output_inside_the_sources(tmp_path: Path, path: str) -> None:
    content = tmp_path / "content"
    (content / "models").mkdir(parents=True)
    (tmp_path / "link").symlink_to("content")
    before = state_of(tmp_path)
    with pytest.raises(write.Refused):
        write.site(NEW, tmp_path / path, protected=(tmp_path,), sources=(content,))
    assert state_of(tmp_path) == before


def test_an_output_that_is_a_link_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "file").touch()
    before = state_of(tmp_path)
    for name, message in (("link", "a symbolic link"), ("broken", "a symbolic link"), ("file", "not a folder")):
        with pytest.raises(write.Refused, match=f"{name} is {message}"):
            build(NEW, tmp_path / name)
    assert state_of(tmp_path) == before


def test_a_link_in_a_parent_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    build(NEW, tmp_path / "link" / "site")
    assert state_of(tmp_path / "real" / "site") == expected(NEW)


def test_targets_of_links_with_the_names_of_our_trees_are_not_removed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    (tmp_path / ".site.new-1").symlink_to("mine")
    build(NEW, output)
    (tmp_path / f".site.new-{os.getpid()}").symlink_to("mine")
    assert failure(OLD, output)
    assert state_of(output) == expected(NEW)
    assert (tmp_path / "mine" / "notes.txt").exists()


def test_a_folder_without_write_permission(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(name: str, args: tuple[Any, ...]) -> None:  # simulated, since root may write everywhere
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(args[0]))

    build(OLD, output)
    with monkeypatch.context() as patch:
        Interceptor(patch, 1, forbid)
        failed = failure(NEW, output)
    assert failed is not None
    assert failed.message.startswith(f"cannot write {output}: Permission denied ({output.parent}")
    assert "get permission to write there" in failed.hint
    assert state_of(output) == expected(OLD)

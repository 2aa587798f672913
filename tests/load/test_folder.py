"""Misplaced and missing files and folders in content/."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from almanac.load.readers import PAGES
from tests.load.sound import MODEL, PAGE, SOUND, reported, write

FOLDERS = (
    "content/pages/, content/families/, content/models/, content/announcements/, content/endpoints/, content/events/, "
    "content/products/"
)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param(
            "sits.yaml",
            "content/sits.yaml:1:1: the file does not belong here | did you mean content/site.yaml?",
            id="misspelt file",
        ),
        pytest.param(
            "site",
            "content/site:1:1: the file does not belong here | did you mean content/site.yaml?",
            id="file without an ending",
        ),
        pytest.param(
            "README.md",
            f"content/README.md:1:1: the file does not belong here | put records into one of: {FOLDERS}",
            id="stray file",
        ),
        pytest.param(
            "model/gpt-5.yaml",
            "content/model:1:1: the folder does not belong here | did you mean content/models/?",
            id="misspelt folder",
        ),
        pytest.param(
            "zzz/gpt-5.yaml",
            f"content/zzz:1:1: the folder does not belong here | use one of: {FOLDERS}",
            id="stray folder",
        ),
        pytest.param(
            "models/old/gpt-3.yaml",
            "content/models/old:1:1: a folder here is not read | move its files to content/models/",
            id="folder below",
        ),
        pytest.param(
            "models/gpt-3.5.yml",
            "content/models/gpt-3.5.yml:1:1: the file does not belong here"
            " | rename it to 'gpt-3.5.yaml', or move it out of content/",
            id="other ending",
        ),
        pytest.param(
            "models/gpt-4.yaml.orig",
            "content/models/gpt-4.yaml.orig:1:1: the file does not belong here | move it out of content/",
            id="what a merge leaves beside a file",
        ),
        pytest.param(
            "models/gpt-3.yaml.txt",
            "content/models/gpt-3.yaml.txt:1:1: the file does not belong here"
            " | rename it to 'gpt-3.yaml', or move it out of content/",
            id="a second ending",
        ),
        pytest.param(
            "models/gpt\udcff.yaml",
            "content/models/gpt\\udcff.yaml:1:1: the file name is not an id: 'gpt\\udcff' has the byte 0xFF,"
            " which is not UTF-8 | write ASCII letters and digits; after the first, also . _ and -",
            id="a name that is not UTF-8",
        ),
        pytest.param(
            "models/GPT-4.yaml",
            "content/models/gpt-4.yaml:1:1: the name differs from 'GPT-4.yaml' only in case"
            " | rename one of them: many file systems treat the two names as one",
            id="case-only twin",
        ),
        pytest.param(
            "pages/polcy.yaml",
            "content/pages/polcy.yaml:1:1: there is no page 'polcy' | did you mean 'policy.yaml'?",
            id="no such page",
        ),
        pytest.param(
            "models/a\x1b[31m\n::error::.yaml",
            r"content/models/a\x1b[31m\x0a:\x3aerror:\x3a.yaml:1:1: the file name is not an id:"
            r" 'a\x1b[31m\x0a:\x3aerror:\x3a' has U+001B (a control character)"
            " | write ASCII letters and digits; after the first, also . _ and -",
            id="file name with escapes",
        ),
    ],
)
def test_misplaced_files_and_folders(tmp_path: Path, name: str, line: str) -> None:
    yaml_text = PAGE if name.startswith("pages/") else MODEL
    assert reported(write(tmp_path, {**SOUND, name: yaml_text})) == [line]


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "models/.DS_Store",
        "models/gpt-4.yaml~",
        "models/.gpt-4.yaml.swp",
        "models/#gpt-4.yaml#",
        "._site.yaml",
    ],
)
def test_leftovers_of_editors_are_ignored(tmp_path: Path, name: str) -> None:
    assert reported(write(tmp_path, {**SOUND, name: b"\0"})) == []


@pytest.mark.parametrize("name", sorted(name for name in SOUND if "/" not in name or name.startswith("pages/")))
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    write(tmp_path, {other: yaml_text for other, yaml_text in SOUND.items() if other != name})
    assert reported(tmp_path) == [
        f"content/{name}:1:1: the file is missing | add it, with the fields that CONTRIBUTING.md lists"
    ]


def test_no_content_at_all(tmp_path: Path) -> None:
    assert reported(tmp_path) == [
        "content:1:1: the folder cannot be read: No such file or directory | make it a folder that you can read"
    ]


def test_content_without_permission_to_read(tmp_path: Path) -> None:
    write(tmp_path, {"site.yaml": SOUND["site.yaml"]})
    (tmp_path / "content").rename(tmp_path / "elsewhere")
    (tmp_path / "content").write_text("this is no folder")
    line = "content:1:1: the folder cannot be read: Not a directory | make it a folder that you can read"
    assert reported(tmp_path) == [line]


def test_an_empty_content(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert len(reported(tmp_path)) == 9 + len(PAGES)


def test_events_and_products_are_optional(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    assert not (tmp_path / "content/events").exists()
    assert reported(tmp_path) == []


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    (tmp_path / "content/ui.yaml").unlink()
    (tmp_path / "content/ui.yaml").mkdir()
    assert reported(tmp_path) == ["content/ui.yaml:1:1: this must be a file | put its records into one file"]


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {name: yaml_text for name, yaml_text in SOUND.items() if not name.startswith("models/")})
    write(tmp_path, {"models": MODEL})
    assert reported(tmp_path) == [
        "content/models:1:1: this must be a folder | make it a folder with one file per record"
    ]


@pytest.mark.parametrize("leads_to", ["/etc/passwd", "../site.yaml", "nowhere"])
def test_a_symbolic_link_is_not_followed(tmp_path: Path, leads_to: str) -> None:
    write(tmp_path, SOUND)
    (tmp_path / "content/models/gpt-5.yaml").symlink_to(leads_to)
    line = "content/models/gpt-5.yaml:1:1: a symbolic link is not allowed in content | put the file itself here"
    assert reported(tmp_path) == [line]


def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", SOUND)
    write(tmp_path, {name: yaml_text for name, yaml_text in SOUND.items() if not name.startswith("models/")})
    (tmp_path / "content/models").symlink_to(tmp_path / "elsewhere/content/models")
    assert reported(tmp_path) == [
        "content/models:1:1: a symbolic link is not allowed in content | put the file itself here"
    ]


def test_a_linked_file_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    (tmp_path / "content/site.yaml").rename(tmp_path / "site.yaml")
    (tmp_path / "content/site.yaml").symlink_to(tmp_path / "site.yaml")
    line = "content/site.yaml:1:1: a symbolic link is not allowed in content | put the file itself here"
    assert reported(tmp_path) == [line]


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    os.mkfifo(tmp_path / "content/models/gpt-5.yaml")
    assert reported(tmp_path) == ["content/models/gpt-5.yaml:1:1: this is neither a file nor a folder | delete it"]

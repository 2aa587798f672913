"""Errors on the command line: each with place and hint, then the total."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copytree

import pytest

import build
from almanac.records import ContentErrors, Place, Problem


def problems(count: int) -> ContentErrors:
    return ContentErrors(
        tuple(Problem(Place("content/site.yaml", line + 1), "'x' is missing") for line in range(count))
    )


def test_an_error_is_printed_with_place_and_hint() -> None:
    one = Problem(Place("content/site.yaml", 2, 7), "'title' is missing", "add 'title: …' here")
    assert list(build.format_problems(ContentErrors((one,)))) == [
        "content/site.yaml:2:7: error: 'title' is missing",
        "  add 'title: …' here",
        "1 error in content/. Nothing was written.",
    ]


@pytest.mark.parametrize(
    ("count", "summary"),
    [
        (2, "2 errors in content/. Nothing was written."),
        (100, "100 errors in content/. Nothing was written."),
        (101, "101 errors in content/; the first 100 are shown. Nothing was written."),
    ],
)
def test_the_first_hundred_are_printed_and_all_are_counted(count: int, summary: str) -> None:
    *lines, last = build.format_problems(problems(count))
    assert len(lines) == min(count, 100)
    assert last == summary


def test_long_messages_are_shortened() -> None:
    lines = list(build.format_problems(ContentErrors((Problem(Place("x"), "m" * 500, "h" * 500),))))
    assert [len(line) for line in lines[:2]] == [len("x:1:1: error: ") + 401, 2 + 401]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "--as-of", "2023-02-30"], "argument --as-of: '2023-02-30' is not a valid date"),
        (["--as-of", "9999-12-31"], "argument --as-of: write a year from 2000 to 2099, not '9999-12-31'"),
        (["check", "--as-of", "June"], "argument --as-of: write a date such as 2023-11-30, not 'June'"),
        (["serve", "--port", "http"], "argument --port: write a port number up to 65535, not 'http'"),
        (["--base-url", "x"], "argument --base-url: write an address such as https://example.org/almanac/, not 'x'"),
    ],
)
def test_wrong_usage_prints_the_correct_usage(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build.main(arguments)
    assert ended.value.code == build.USAGE
    assert capsys.readouterr().err.endswith(f"{words}\n")


def test_a_file_name_that_is_not_utf_8_is_no_error_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copytree(build.CONTENT, tmp_path / "content")
    (tmp_path / "content" / "models" / os.fsdecode(b"\xff.yaml")).touch()
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "CONTENT", tmp_path / "content")
    monkeypatch.setattr(build, "SOURCES", (tmp_path / "content",))
    monkeypatch.setattr(build, "TEMPLATES", tmp_path)
    assert build.main(["--output", str(tmp_path / "site")]) == build.CONTENT_ERRORS
    assert "1 error in content/. Nothing was written." in capsys.readouterr().err

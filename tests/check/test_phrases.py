"""The phrases of content/ui.yaml are those that pages use: `check` finds all that would stop a build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from almanac import check, load
from almanac.phrases import PHRASES
from almanac.records import ContentErrors
from tests.check.test_rules import SMALL
from tests.conftest import ROOT

WORDS = (ROOT / "content" / "ui.yaml").read_text("utf-8")
ANY = "{en: Facts, zh: 事实}"
SKIP = next(line for line in WORDS.splitlines() if line.startswith("skip:"))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (SKIP, []),
        ("", ["1:1: no phrase is called 'skip' | restore it in both languages: a page uses it"]),
        (f"skop: {ANY}", ["4:7: no page uses a phrase called 'skop' | did you mean 'skip'?"]),
        (
            f"{SKIP}\nzebra: {ANY}",
            ["5:8: no page uses a phrase called 'zebra' | delete it, or declare it in almanac/phrases.py"],
        ),
        ("skip: {en: Facts}", ["4:7: 'zh' is missing | add 'zh: …' here"]),  # and not that the phrase is missing
    ],
)
def test_the_phrases_are_those_of_pages(tmp_path: Path, written: str, told: list[str]) -> None:
    shutil.copytree(SMALL / "content", tmp_path / "content")
    (tmp_path / "content" / "ui.yaml").write_text(WORDS.replace(SKIP, written), "utf-8")
    assert errors(tmp_path) == [f"content/ui.yaml:{each}" for each in told]


def errors(folder: Path) -> list[str]:
    """What `build` and `check` tell."""
    try:
        check.content(load.content(folder), used=PHRASES)
    except ContentErrors as found:
        return [f"{each.at}: {each.message}" + (f" | {each.hint}" if each.hint else "") for each in found.problems]
    return []

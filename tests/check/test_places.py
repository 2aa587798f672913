"""Each character of a text has the place at which it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from almanac import load
from almanac.check.texts import texts
from almanac.typography import CODE
from tests.check.faulty import Edit
from tests.check.test_rules import SMALL, edited, errors

LEAD = 'lead: {en: "This is a page for tests.", zh: 这是测试用的页面。}'


@pytest.mark.parametrize(
    "root",
    [pytest.param(SMALL, id="small"), pytest.param(SMALL.parent.parent, id="real", marks=pytest.mark.nightly)],
)
def test_every_character_is_at_its_place(root: Path) -> None:
    content = load.content(root)
    lines = {path: file.split("\n") for path, file in content.files.items()}
    checked, wrong = 0, []
    for pair in texts(content):
        for side, place in pair.placed:
            for index, char in enumerate(side.words):
                if char.isspace():
                    continue
                at = place(index)
                written = lines[at.path][at.line - 1][at.column - 1]
                checked += 1
                if written != char and not (char == CODE and written == "`"):
                    wrong.append(f"{at}: {char!r} is {written!r}")
    assert checked > 1_000
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize(
    ("zh", "place"),
    [
        pytest.param("  zh: 接收PDF文件。", "6:9", id="plain"),
        pytest.param("  zh: 接收 PDF\n    和\n    别的PDF文件。", "8:7", id="plain, folded"),
        pytest.param('  zh: "接收PDF文件。"', "6:10", id="in double quotes"),
        pytest.param(r'  zh: "接\u6536PDF文件。"', "6:15", id="after an escape"),
        pytest.param('  zh: "接收 \\\n    接收PDF文件。"', "7:7", id="after an escaped line end"),
        pytest.param("  zh: '它''接收PDF文件。'", "6:13", id="in single quotes"),
        pytest.param("  zh: >-\n    第一行，\n    接收PDF文件。", "8:7", id="in a folded block"),
        pytest.param("  zh: |-\n    第一行。\n\n    - 接收PDF文件。", "9:9", id="in a literal block"),
        pytest.param("  zh: |-\n    第一行。\n\n    - 列表\n      - 接收PDF文件。", "10:11", id="in a nested list"),
        pytest.param("  zh: |-  # 接收PDF\n    接收PDF文件。", "7:7", id="after a comment"),
        pytest.param("  zh: 见 [PDF 页](page:policy)，`PDF`，接收PDF文件。", "6:38", id="after a link and code"),
    ],
)
def test_a_missing_space_is_reported_once_where_it_is_missing(zh: str, place: str, tmp_path: Path) -> None:
    lead = f"lead:\n  en: |-\n    The lead.\n{zh}"
    reported = [each for each in errors(edited(tmp_path, [Edit("pages/home.yaml", LEAD, lead)])) if "missing" in each]
    assert [each.split(": ")[0] for each in reported] == [f"content/pages/home.yaml:{place}"]
    assert "PDF文件" in reported[0]


def test_two_words_are_two_errors(tmp_path: Path) -> None:
    lead = "lead:\n  en: |-\n    It takes PDF-1.7 and Word.\n  zh: 接收PDF-1.7和Word文件。"
    reported = errors(edited(tmp_path, [Edit("pages/home.yaml", LEAD, lead)]))
    hint = "add it between Han characters and Latin letters or digits"
    assert reported == [
        f"content/pages/home.yaml:6:9: a space is missing in '接收PDF-1.7和Wor' | {hint}",
        f"content/pages/home.yaml:6:17: a space is missing in '-1.7和Word文件。' | {hint}",
    ]

"""An error at the end of a long text has its own line and column, however the text is written in YAML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.faulty import LEAD, Edit
from tests.check.test_rules import edited, errors

EN, ZH = "It is a long text of a bird.", "这段文字很长。"
STYLES = {
    "plain": ("{}", "\n    "),
    "single-quoted": ("'{}'", "\n    "),
    "double-quoted": ('"{}"', "\n    "),
    "folded": (">-\n    {}", "\n    "),
    "literal": ("|-\n    {}", "\n    "),
    "paragraphs": ("|-\n    {}", "\n\n    "),
}
TOGETHER = (  # last words, what is placed in them, and the beginning of the message
    ("see `Lark-0301`.", "`Lark", "there is no model 'Lark-0301'"),
    ("see `/v1/sings`.", "`/v1", "there is no endpoint"),
    ("see [it](page:police).", "page:police", "the link 'page:police' is broken"),
    ("see [it](ftp://example.org).", "ftp:", "'ftp://example.org' is not a valid link"),
    ("see https://example.org.", "https:", "'https://example.org"),
    ("see <b>it</b>.", "<b>", "'<b>' would be shown"),
    ("see ![it](https://example.org).", "![", "an image is not allowed"),
    ("see <https://example.net>.", "<https", "an autolink is not allowed"),
    ("see ~~it~~.", "~~it", "strikethrough is not allowed"),
    ("see\N{NO-BREAK SPACE}it.", "\N{NO-BREAK SPACE}it", "the character U+00A0"),
    ("see (it.", "(it", "'(' is not closed"),
    ("see lark-0301.", "lark-0301.", "'lark-0301' is not in inline code"),
    ("see 2023-06-13.", "2023-06-13", "the text names 2023-06-13"),
    ("see [it](model:lark-mini).", "model:lark", "the text names the model 'lark-mini'"),
    ("see `lark-0613`.", "`lark-0613", "the text names `lark-0613`"),
)
ALONE = (
    ("see 2023-06-13.", "2023-06-13", "English and Chinese differ in dates"),
    ("see 4,096.", "4,096", "English and Chinese differ in numbers"),
    ("see [it](page:policy).", "page:policy", "English and Chinese differ in links"),
    ("see `a`.", "`a`", "English and Chinese differ in inline code"),
)
CASES = [TOGETHER, *((each,) for each in ALONE)]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("faults", CASES, ids=lambda faults: faults[-1][-1])
def test_an_error_at_the_end_has_its_place(
    tmp_path: Path, style: str, language: str, faults: tuple[tuple[str, str, str], ...]
) -> None:
    written, between = STYLES[style]
    lines = {"en": [EN] * 8, "zh": [ZH] * 8}
    lines[language] += [end for end, _, _ in faults]
    lead = "\n  ".join(f"{each}: {written.format(between.join(lines[each]))}" for each in lines)
    found = errors(edited(tmp_path, [Edit("pages/home.yaml", LEAD, f"lead:\n  {lead}")]))
    file = (tmp_path / "content/pages/home.yaml").read_text("utf-8")
    for _, marked, message in faults:
        before = file[: file.index(marked)]
        place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        assert [each for each in found if each.startswith(f"content/pages/home.yaml:{place}: {message}")]
        assert len([each for each in found if f": {message}" in each]) == 1

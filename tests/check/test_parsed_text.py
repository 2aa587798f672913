"""Texts parsed into blocks, words, code, links and other markup."""

from __future__ import annotations

import pytest

from almanac.check import parsed_text
from almanac.check.parsed_text import ParsedText
from almanac.typography import CODE


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "Use `gpt-4`, see [policy](page:policy#a).",
            ParsedText(
                ("0 paragraph",),
                f"Use {CODE}, see policy.",
                f"Use {CODE}, see {CODE * 6}.",
                ("gpt-4",),
                ("page:policy#a",),
                (),
                (),
                0,
            ),
            id="a plain paragraph",
        ),
        pytest.param(
            "- **a**\n- *b* <https://c.d/>",
            ParsedText(
                ("0 list", "1 item", "1 item"),
                f"a\nb {CODE}",
                f"a\nb {CODE}",
                (),
                (),
                ("b",),
                ("list", "bold", "italics", "autolink"),
                2,
            ),
            id="all sorts",
        ),
        pytest.param(
            "[a](javascript:b) [c](//d)",
            ParsedText(("0 paragraph",), "a c", f"{CODE} {CODE}", (), ("javascript:b", "//d"), (), (), 0),
            id="links that the site refuses",
        ),
    ],
)
def test_a_parsed_text(source: str, expected: ParsedText) -> None:
    assert parsed_text.prose(source) == expected


def test_more_than_one_blank_line_between_paragraphs_adds_no_block() -> None:
    assert parsed_text.prose("a\n\n\n\nb").blocks == ("0 paragraph", "0 paragraph")

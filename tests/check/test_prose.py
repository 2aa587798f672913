"""A text taken apart: the short way and the parser come to the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almanac.check import prose
from almanac.check.prose import CODE, Prose

PIECES = [*"ab1型，。 `[]()-+*_#>!:\n\\&<.|~=", "`x`", "[a](page:b)", "\n\n", "1. ", "- ", "(https://a.b/c)"]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_short_way_comes_to_the_same_as_the_parser(source: str) -> None:
    assert prose.prose(source) == prose._parsed(source)
    assert prose.line(source) == prose._parsed_line(source)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "Use `gpt-4`, see [policy](page:policy#a).",
            Prose(("0 paragraph",), f"Use {CODE}, see policy.", ("gpt-4",), ("page:policy#a",), (), (), 0),
            id="a plain paragraph",
        ),
        pytest.param(
            "- **a**\n- *b* <https://c.d/>",
            Prose(
                ("0 list", "1 item", "1 item"),
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
            Prose(("0 paragraph",), "a c", (), ("javascript:b", "//d"), (), (), 0),
            id="links that the site refuses",
        ),
    ],
)
def test_a_text_taken_apart(source: str, expected: Prose) -> None:
    assert prose.prose(source) == expected

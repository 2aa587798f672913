"""Reading a page gives the same result from its bytes and from the cache."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import pytest

from almanac.cache import BuildCache
from almanac.draft import Address
from almanac.proof.reading import Read, read

PAGE = b"""<!doctype html>
<html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta charset="utf-8">
<link rel="canonical" href="https://almanac.example/en/index.html">
<script src="../almanac.en.js"></script>
</head><body><h1 id="b">B</h1><h2 id="a">A</h2><a href="#a">a</a><a href="models/index.html">b</a></body></html>
"""
EXPECTED = Read(
    ids=("b", "a"),
    own_anchors=frozenset({"a"}),
    links=frozenset({"models/index.html"}),
    full=frozenset({"https://almanac.example/en/index.html"}),
    loads=frozenset({"../almanac.en.js"}),
    errors=(),
)
HOME = Address("en/index.html")


class Recorded(BuildCache):
    """A cache that records what is put into it."""

    def __init__(self, values: Mapping[bytes, bytes]) -> None:
        super().__init__(values)
        self.values = dict(values)

    def put(self, key: bytes, value: bytes) -> None:
        self.values[key] = value


def test_a_cached_page_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Recorded({})
    assert read({HOME: PAGE}, first)[0] == {HOME: EXPECTED}
    monkeypatch.setattr("almanac.proof.reading.page", lambda *_: pytest.fail("the page is read again"))
    assert read({HOME: PAGE}, Recorded(first.values))[0] == {HOME: EXPECTED}


@pytest.mark.parametrize("value", [b"", b"x", b"\0\0\0", b"\0\0\0\0\0", b"\xff\0\0\0\0", b"\x80\x05cposix\nsystem\n"])
def test_an_invalid_cached_value_is_ignored(value: bytes) -> None:
    key = b"html" + sha256(PAGE).digest()
    assert read({HOME: PAGE}, Recorded({key: value}))[0] == {HOME: EXPECTED}


@pytest.mark.parametrize(
    ("written", "other"),
    [(b'href="#a"', b'href="a\nb"'), (b'id="b"', b'id="a"'), (b'id="b"', b'id=""'), (b"../almanac.en.js", b"")],
    ids=["a line break in a link", "an id that stands twice", "an empty id", "an empty address"],
)
def test_a_page_with_an_error_is_not_cached(written: bytes, other: bytes) -> None:
    first = Recorded({})
    page = PAGE.replace(written, other)
    found = read({HOME: page}, first)
    assert found[0] != {HOME: EXPECTED}
    assert read({HOME: page}, Recorded(first.values)) == found

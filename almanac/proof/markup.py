"""ParsedPage -> errors in its bytes, ids, head and attributes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from html import unescape
from itertools import filterfalse

from almanac.proof.parsed_page import TOP, Inline, ParsedPage

_POLICY = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_CHARSET = b'<meta charset="utf-8">'
_DATA_BLOCK = re.compile(r'type="(?!module"|text/javascript")')  # not executed, so not subject to the policy

_FORBIDDEN = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0xFEFF, 0xFFFE, 0xFFFF)))
"""Not allowed in HTML or XML, or invisible."""
_HANDLER = re.compile(r'on(?<=\son)[a-z]+="')
_STYLE = re.compile(r'style="(?<=\sstyle=")')
_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # needs no escaping in a URL
_ANCHORS = re.compile(rf"(?:{_ANCHOR.pattern}\n)*")


def errors(page: ParsedPage) -> Iterator[str]:
    yield from _in_bytes(page)
    yield from _in_ids(page)
    if page.address.endswith(".html"):
        yield from _in_head(page)
        yield from _in_attributes(page)


def _in_bytes(page: ParsedPage) -> Iterator[str]:
    """No byte order mark; LF line endings, also after the last line."""
    if page.start.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"
    if not page.markup.endswith("\n"):
        yield "does not end with a newline"
    if "\r" in page.markup:
        yield "has a carriage return"
    text = page.markup.removeprefix("\ufeff")
    for char in _FORBIDDEN:
        if char in text:  # a pattern of all of them would take a hundred times as long
            yield f"has the character U+{ord(char):04X}"


def _in_ids(page: ParsedPage) -> Iterator[str]:
    """Each id is a plain ASCII word and unique in the page."""
    if len(page.ids) != len(set(page.ids)):
        for anchor, times in Counter(page.ids).items():
            if times > 1:
                yield f"has the id {anchor!a} {times} times"
    if not _ANCHORS.fullmatch("\n".join((*page.ids, ""))):
        for anchor in filterfalse(_ANCHOR.fullmatch, page.ids):
            yield f"has the id {anchor!a}, which is not a plain ASCII word"


def _in_head(page: ParsedPage) -> Iterator[str]:
    """The Content-Security-Policy comes first and allows exactly the page's inline code."""
    if _CHARSET not in page.start:
        yield f"does not have {_CHARSET.decode()} in its first {len(page.start)} bytes"
    policy = _POLICY.search(page.markup, 0, TOP)
    if policy is None:
        yield "has no Content-Security-Policy first in its head"
        return
    allowed = unescape(policy[1])
    if "'unsafe-" in allowed:
        yield "has a Content-Security-Policy with an 'unsafe-…' word in it"
    for element in page.inline:
        if _is_governed(element) and _digest(element.body) not in allowed:
            yield f"has an inline {element.name} whose hash its Content-Security-Policy does not name"


def _in_attributes(page: ParsedPage) -> Iterator[str]:
    """No code in attributes: the policy would block it."""
    if handler := _HANDLER.search(page.markup):
        yield f"has an event handler in an attribute: {handler[0]}…"
    if _STYLE.search(page.markup):
        yield "has a style attribute"


def _is_governed(element: Inline) -> bool:
    return element.name == "style" or not (" src=" in element.attributes or _DATA_BLOCK.search(element.attributes))


@lru_cache(maxsize=1024)  # many pages have the same style
def _digest(body: str) -> str:
    return f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'"

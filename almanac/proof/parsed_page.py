"""Bytes of a page -> ParsedPage, by regular expressions, since all markup is our own.

They assume that attributes are in double quotes, and that double quotes in text are escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from almanac.draft import Address

# A pattern with a literal prefix is searched for as fast as `str.find`; one that begins with a class such as \s is not.
# So the name comes first, and the look-behind then rejects `data-id` and the like.
_ID = re.compile(r'id="(?<=\sid=")([^"]*)"')
_HREF = re.compile(r'href="(?<=\shref=")([^"]*)"')
_FULL = re.compile(r'<link rel="(?:canonical|alternate)"[^>]* href="(https?://[^"]*)"')
_SRC = re.compile(r'src="(?<=\ssrc=")([^"]*)"')
_ACTION = re.compile(r'action="(?<=\saction=")([^"]*)"')
_REFRESH = re.compile(r'http-equiv="refresh" content="[0-9]+; *url=([^"]*)"')
_INLINE = re.compile(r"<s(tyle|cript)\b([^>]*)>")

TOP = 8192  # characters: everything that is checked in the head must be in them
_CHARSET_WITHIN = 1024  # bytes: https://html.spec.whatwg.org/multipage/semantics.html#charset


@dataclass(frozen=True, slots=True)
class Inline:
    """A script or style element: name, attributes as written, content."""

    name: str
    attributes: str
    body: str


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page for the checks. `markup` is without the content of scripts and styles."""

    address: Address
    start: bytes  # the bytes in which browsers look for the charset
    markup: str
    inline: tuple[Inline, ...]
    ids: tuple[str, ...]
    own_anchors: frozenset[str]  # targets of links within the page
    links: frozenset[str]  # targets of other links
    full: frozenset[str]  # absolute URLs of itself and its twins
    loads: frozenset[str]  # sources of images and scripts


def page(address: Address, data: bytes) -> ParsedPage:
    markup, inline = _split(data.decode())
    rare = (*_rare(_ACTION, ' action="', markup), *_rare(_REFRESH, '"refresh"', markup))
    links = frozenset((*_HREF.findall(markup), *rare))
    own = frozenset(link for link in links if link.startswith("#"))
    full = frozenset(_FULL.findall(markup, 0, TOP))
    return ParsedPage(
        address=address,
        start=data[:_CHARSET_WITHIN],
        markup=markup,
        inline=inline,
        ids=tuple(_ID.findall(markup)),
        own_anchors=frozenset(link[1:] for link in own),
        links=links - own - full,
        full=full,
        loads=frozenset(_SRC.findall(markup)),
    )


def _rare(pattern: re.Pattern[str], sign: str, markup: str) -> list[str]:
    """All matches of the pattern; `sign` is a quick test before it."""
    return pattern.findall(markup) if sign in markup else []


def _split(text: str) -> tuple[str, tuple[Inline, ...]]:
    """The text with every script and style element emptied, and those elements."""
    kept, inline, end = [], [], 0
    for opening in _INLINE.finditer(text):
        if opening.start() < end:
            continue  # inside a script
        name = f"s{opening[1]}"
        closing = text.find(f"</{name}>", opening.end())
        inline.append(Inline(name, opening[2], text[opening.end() : closing]))
        kept.append(text[end : opening.end()])
        end = closing if closing >= 0 else len(text)
    return "".join((*kept, text[end:])), tuple(inline)

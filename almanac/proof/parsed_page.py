"""The bytes of a page -> Page: it is taken apart. It is all our own markup, so patterns do for a parser.

What they rest on: attributes are in double quotes, and a double quote in text is escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from almanac.draft import Address

# The first letters of a pattern are searched for as fast as `str.find`; a class such as \s in front would forbid that.
# So the name comes first, and the look-behind then refuses `data-id` and the like.
_ID = re.compile(r'id="(?<=\sid=")([^"]*)"')
_HREF = re.compile(r'href="(?<=\shref=")([^"]*)"')
_FULL = re.compile(r'<link rel="(?:canonical|alternate)"[^>]* href="(https?://[^"]*)"')
_SRC = re.compile(r'src="(?<=\ssrc=")([^"]*)"')
_ACTION = re.compile(r'action="(?<=\saction=")([^"]*)"')
_REFRESH = re.compile(r'http-equiv="refresh" content="[0-9]+; *url=([^"]*)"')
_INLINE = re.compile(r"<s(tyle|cript)\b([^>]*)>")

TOP = 8192  # characters in which all that a test asks of the head must stand
_CHARSET_WITHIN = 1024  # bytes: https://html.spec.whatwg.org/multipage/semantics.html#charset


@dataclass(frozen=True, slots=True)
class Inline:
    """A script or style element: its name, its attributes as written, and what stands in it."""

    name: str
    attributes: str
    body: str


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page as the checks need it. `markup` is without what scripts and styles hold."""

    address: Address
    start: bytes  # as far as a browser looks for the charset
    markup: str
    inline: tuple[Inline, ...]
    ids: tuple[str, ...]
    own_anchors: frozenset[str]  # where it leads within itself
    links: frozenset[str]  # where else it leads
    full: frozenset[str]  # what it calls itself and its twins, with scheme and host
    loads: frozenset[str]  # what it needs to be shown


def page(address: Address, data: bytes) -> ParsedPage:
    markup, inline = _apart(data.decode())
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
    """What the pattern finds where its sign stands at all, which is found much sooner."""
    return pattern.findall(markup) if sign in markup else []


def _apart(text: str) -> tuple[str, tuple[Inline, ...]]:
    """The text with every script and style element emptied, and those elements."""
    kept, inline, end = [], [], 0
    for opening in _INLINE.finditer(text):
        if opening.start() < end:
            continue  # it stands in a script
        name = f"s{opening[1]}"
        closing = text.find(f"</{name}>", opening.end())
        inline.append(Inline(name, opening[2], text[opening.end() : closing]))
        kept.append(text[end : opening.end()])
        end = closing if closing >= 0 else len(text)
    return "".join((*kept, text[end:])), tuple(inline)

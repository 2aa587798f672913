"""Each character of a parsed text -> its line and column in the file, also in folded and literal blocks.

Both steps walk through two texts that have the same characters in the same order, the written one with more between
them: Markdown has marks, YAML has indentation, quotes and line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from almanac.records import Place
from almanac.typography import CODE

_BLOCK_HEADER = re.compile(r"[|>][^\n]*\n?")
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|<[a-z]+:[^>]*>", re.DOTALL)
_DESTINATION = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)")
_ESCAPED = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|.)", re.DOTALL)


def places(file: str, at: Place, text: str) -> Sequence[Place]:
    """The place of each character of a text that begins at `at` in the file."""
    begins = _offset(file, at)
    line, line_start, scanned = at.line, begins - at.column + 1, begins
    found = []
    for offset in _in_yaml(file, begins, text):
        line += file.count("\n", scanned, offset)
        line_start = max(line_start, file.rfind("\n", scanned, offset) + 1)
        scanned = offset
        found.append(Place(at.path, line, offset - line_start + 1))
    return found


def in_markdown(markdown: str, words: str) -> Iterator[int]:
    """The index in the Markdown of each character of its plain text."""
    at = found = 0
    for char in words:
        at = _next(markdown, at, char)
        found = at if at < len(markdown) else found
        yield found
        code = CODE_SPAN.match(markdown, at) if char == CODE else None
        at = code.end() if code else at + 1


def _next(markdown: str, at: int, char: str) -> int:
    """The index of the next occurrence of a character of the plain text, from `at` on."""
    while at < len(markdown):
        if char == CODE and markdown[at] in "`<" and CODE_SPAN.match(markdown, at):
            return at
        if destination := _DESTINATION.match(markdown, at):
            at = destination.end()
        elif markdown[at] == char:
            return at
        else:
            at += 1
    return at


def _offset(file: str, at: Place) -> int:
    start = 0
    for _ in range(at.line - 1):
        start = file.find("\n", start) + 1
    return start + at.column - 1


def _in_yaml(file: str, at: int, text: str) -> Iterator[int]:
    """The offset in the file of each character of the scalar that begins at `at`."""
    quote = file[at] if file[at] in "\"'" else ""
    header = _BLOCK_HEADER.match(file, at)
    at = header.end() if header else at + len(quote)
    for char in text:
        while not char.isspace() and at < len(file) and file[at].isspace():
            at += 1
        if quote == '"' and file[at : at + 1] == "\\":
            escaped = _ESCAPED.match(file, at)
            while escaped and escaped[0][1] in "\r\n":  # the line goes on
                at = escaped.end()
                escaped = _ESCAPED.match(file, at)
            yield at
            at = escaped.end() if escaped else at + 1
            continue
        yield at
        if quote == "'" and char == "'":
            at += 2
        elif not char.isspace() or file[at : at + 1] == char:
            at += 1

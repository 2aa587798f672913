"""Content -> all its texts, each with the form that it may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from almanac.check.parsed_text import ParsedText, line, prose
from almanac.fields import Structure, walk
from almanac.records import Content, Form, Place, Text


@dataclass(frozen=True)
class ParsedPair:
    """A text with its form; each language is parsed once, on first use."""

    text: Text
    form: Form

    @cached_property
    def en(self) -> ParsedText:
        return self._parsed(self.text.en)

    @cached_property
    def zh(self) -> ParsedText:
        return self._parsed(self.text.zh)

    @cached_property
    def sides(self) -> tuple[tuple[ParsedText, Place], tuple[ParsedText, Place]]:
        return (self.en, self.text.en_at), (self.zh, self.text.zh_at)

    def _parsed(self, source: str) -> ParsedText:
        has_blocks = self.form is Form.PROSE or (self.form is Form.UNPARSED and "\n" in source)
        return prose(source) if has_blocks else line(source)


def texts(content: Content) -> tuple[ParsedPair, ...]:
    """All texts of the content, file by file; computed once for all rules."""
    if not _gathered or _gathered[0][0] is not content:
        _gathered[:] = [(content, tuple(_all(content)))]
    return _gathered[0][1]


_gathered: list[tuple[Content, tuple[ParsedPair, ...]]] = []  # of the most recent content


def _all(content: Content) -> Iterator[ParsedPair]:
    return (
        ParsedPair(found.value, found.type.form) for found in walk(content) if found.type.structure is Structure.TEXT
    )

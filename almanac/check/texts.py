"""Content -> every text in it, each with the form that its place on the site allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from almanac.check.parsed_text import ParsedText, line, prose
from almanac.fields import Structure, walk
from almanac.records import Content, Form, Place, Text


@dataclass(frozen=True)
class Said:
    """A text at its place on the site; it is taken apart when first asked, and once."""

    text: Text
    form: Form

    @cached_property
    def en(self) -> ParsedText:
        return self._apart(self.text.en)

    @cached_property
    def zh(self) -> ParsedText:
        return self._apart(self.text.zh)

    @cached_property
    def sides(self) -> tuple[tuple[ParsedText, Place], tuple[ParsedText, Place]]:
        return (self.en, self.text.en_at), (self.zh, self.text.zh_at)

    def _apart(self, source: str) -> ParsedText:
        has_blocks = self.form is Form.PROSE or (self.form is Form.UNPARSED and "\n" in source)
        return prose(source) if has_blocks else line(source)


def texts(content: Content) -> tuple[Said, ...]:
    """Every text of the content, file by file; gathered once, for all the rules that ask one after the other."""
    if not _gathered or _gathered[0][0] is not content:
        _gathered[:] = [(content, tuple(_all(content)))]
    return _gathered[0][1]


_gathered: list[tuple[Content, tuple[Said, ...]]] = []  # of the content asked for last


def _all(content: Content) -> Iterator[Said]:
    return (Said(found.value, found.type.form) for found in walk(content) if found.type.structure is Structure.TEXT)

"""Content -> all its texts, parsed, each with the form that it may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from almanac.cache import BuildCache
from almanac.check.parsed_text import ParsedText, parsed
from almanac.fields import Structure, walk
from almanac.records import Content, Form, Place, Text


@dataclass(frozen=True, slots=True)
class ParsedPair:
    """A text with its form, parsed in each language."""

    text: Text
    form: Form
    en: ParsedText
    zh: ParsedText

    @property
    def sides(self) -> tuple[tuple[ParsedText, Place], tuple[ParsedText, Place]]:
        return (self.en, self.text.en_at), (self.zh, self.text.zh_at)


def texts(content: Content, cache: BuildCache | None = None) -> tuple[ParsedPair, ...]:
    """All texts of the content, file by file; parsed once for all rules, and with a cache only in changed files."""
    if not _gathered or _gathered[0][0] is not content:
        _gathered[:] = [(content, tuple(_all(content, cache or BuildCache())))]
    return _gathered[0][1]


_gathered: list[tuple[Content, tuple[ParsedPair, ...]]] = []  # of the most recent content


def _all(content: Content, cache: BuildCache) -> Iterator[ParsedPair]:
    found = [(each.value, each.type.form) for each in walk(content) if each.type.structure is Structure.TEXT]
    for _, of_file in groupby(found, key=lambda each: each[0].at.path):
        pairs = [*of_file]
        sides = iter(parsed([_side(each, form) for text, form in pairs for each in (text.en, text.zh)], cache))
        yield from (ParsedPair(text, form, next(sides), next(sides)) for text, form in pairs)


def _side(source: str, form: Form) -> tuple[str, bool]:
    """The text of one language, and whether it may have blocks."""
    return source, form is Form.PROSE or (form is Form.UNPARSED and "\n" in source)

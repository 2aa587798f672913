"""Content -> all its texts, each with the form that it may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from almanac.check.parsed_text import ParsedText, line, prose
from almanac.check.places import in_markdown, places
from almanac.fields import Structure, walk
from almanac.records import Content, Form, Place, Text

PlaceOf = Callable[[int], Place]
"""The place of a character, by its index."""


@dataclass(frozen=True)
class ParsedPair:
    """A text with its form; each language is parsed once, on first use."""

    text: Text
    form: Form
    files: Mapping[str, str]  # path -> text of the file

    @cached_property
    def en(self) -> ParsedText:
        return self._parsed(self.text.en)

    @cached_property
    def zh(self) -> ParsedText:
        return self._parsed(self.text.zh)

    @cached_property
    def sides(self) -> tuple[tuple[ParsedText, Place], tuple[ParsedText, Place]]:
        return (self.en, self.text.en_at), (self.zh, self.text.zh_at)

    def en_at(self, index: int) -> Place:
        """The place of a character in the words of the English."""
        return _at(self._en_words, index, self.text.en_at)

    def zh_at(self, index: int) -> Place:
        """The place of a character in the words of the Chinese."""
        return _at(self._zh_words, index, self.text.zh_at)

    def zh_text_at(self, index: int) -> Place:
        """The place of a character in the Markdown of the Chinese."""
        return _at(self._zh_text, index, self.text.zh_at)

    @property
    def placed(self) -> tuple[tuple[ParsedText, PlaceOf], tuple[ParsedText, PlaceOf]]:
        """Both sides, each with the places of the characters in its words."""
        return (self.en, self.en_at), (self.zh, self.zh_at)

    @cached_property
    def _en_words(self) -> Sequence[Place]:
        text = self._places(self.text.en, self.text.en_at)
        return [text[index] for index in in_markdown(self.text.en, self.en.words)] if text else ()

    @cached_property
    def _zh_words(self) -> Sequence[Place]:
        text = self._zh_text
        return [text[index] for index in in_markdown(self.text.zh, self.zh.words)] if text else ()

    @cached_property
    def _zh_text(self) -> Sequence[Place]:
        return self._places(self.text.zh, self.text.zh_at)

    def _places(self, text: str, at: Place) -> Sequence[Place]:
        file = self.files.get(at.path)
        return places(file, at, text) if file else ()

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
        ParsedPair(found.value, found.type.form, content.files)
        for found in walk(content)
        if found.type.structure is Structure.TEXT
    )


def _at(found: Sequence[Place], index: int, otherwise: Place) -> Place:
    return found[index] if index < len(found) else otherwise

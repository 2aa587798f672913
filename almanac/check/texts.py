"""Content -> all its texts, parsed, each with the form that it may have; and all that has a source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import groupby
from typing import TypeAlias

from almanac.cache import BuildCache
from almanac.check.parsed_text import ParsedText, parsed, prose
from almanac.check.places import CODE_SPAN, in_markdown, places
from almanac.fields import Structure, walk
from almanac.phrases import PLACEHOLDER
from almanac.records import Content, Form, Place, Problem, Text
from almanac.typography import CODE

PlaceOf = Callable[[int], Place]
"""The place of a character, by its index."""
PairRule: TypeAlias = Callable[["ParsedPair"], Iterator[Problem]]
"""A rule that looks at one text at a time, and at nothing else."""


@dataclass(frozen=True)
class Side:
    """A text in one language, with the places of what is in it, where it occurs first."""

    parsed: ParsedText
    markdown: str
    at: PlaceOf  # of a character in the words
    at_text: PlaceOf  # of a character in the Markdown

    def of_code(self, code: str) -> Place:
        """The place of inline code."""
        return self.at_text(self.codes.get(code, (0,))[0])

    def of_link(self, target: str) -> Place:
        """The place of a link's target."""
        return self.at_text(self.links.get(target, (0,))[0])

    @cached_property
    def codes(self) -> Mapping[str, Sequence[int]]:
        """The indexes of each inline code in the Markdown; found at once, since a hostile text may have 100,000."""
        return _indexes((_code(span[0]), span.start()) for span in CODE_SPAN.finditer(self.markdown))

    @cached_property
    def links(self) -> Mapping[str, Sequence[int]]:
        """The indexes of each target of a link in the Markdown."""
        return _indexes((match[1], match.start(1)) for match in _TARGET.finditer(self.markdown))

    def of_markup(self, pattern: re.Pattern[str]) -> Place:
        """The place of the first mark outside inline code."""
        without_code = CODE_SPAN.sub(lambda span: CODE * len(span[0]), self.markdown)
        found = pattern.search(without_code)
        return self.at_text(found.start() if found else 0)

    def of_line(self, number: int) -> Place:
        """The place at which a line of the Markdown begins, counted from 0."""
        lines = self.markdown.splitlines(keepends=True)[: number + 1]
        return self.at_text(len("".join(lines)) - len(lines[-1].lstrip()) if lines else 0)


_TARGET = re.compile(r"\]\(\s*<?((?:[^\s<>()]|\([^\s<>()]*\))*)")


def _indexes(found: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    indexes: defaultdict[str, list[int]] = defaultdict(list)
    for each, index in found:
        indexes[each].append(index)
    return indexes


def _code(span: str) -> str:
    """What a span of inline code says, as Markdown reads it."""
    inside = span.strip("`").replace("\n", " ")
    return inside[1:-1] if inside.strip() and inside[0] == inside[-1] == " " else inside


@dataclass(frozen=True)
class ParsedPair:
    """A text with its form, parsed in each language."""

    text: Text
    form: Form
    en: ParsedText
    zh: ParsedText
    files: Mapping[str, str]  # path -> text of the file
    found: dict[PairRule, tuple[Problem, ...]] = field(default_factory=dict)  # what rules have found in it

    @property
    def sides(self) -> tuple[Side, Side]:
        return (
            Side(self.en, self.text.en, self.en_at, self.en_text_at),
            Side(self.zh, self.text.zh, self.zh_at, self.zh_text_at),
        )

    def en_at(self, index: int) -> Place:
        """The place of a character in the words of the English."""
        return _at(self._en_words, index, self.text.en_at)

    def zh_at(self, index: int) -> Place:
        """The place of a character in the words of the Chinese."""
        return _at(self._zh_words, index, self.text.zh_at)

    def en_text_at(self, index: int) -> Place:
        """The place of a character in the Markdown of the English."""
        return _at(self._en_text, index, self.text.en_at)

    def zh_text_at(self, index: int) -> Place:
        """The place of a character in the Markdown of the Chinese."""
        return _at(self._zh_text, index, self.text.zh_at)

    @property
    def placed(self) -> tuple[tuple[ParsedText, PlaceOf], tuple[ParsedText, PlaceOf]]:
        """Both sides, each with the places of the characters in its words."""
        return (self.en, self.en_at), (self.zh, self.zh_at)

    @cached_property
    def _en_words(self) -> Sequence[Place]:
        text = self._en_text
        return [text[index] for index in in_markdown(self.text.en, self.en.words)] if text else ()

    @cached_property
    def _zh_words(self) -> Sequence[Place]:
        text = self._zh_text
        return [text[index] for index in in_markdown(self.text.zh, self.zh.words)] if text else ()

    @cached_property
    def _en_text(self) -> Sequence[Place]:
        return self._places(self.text.en, self.text.en_at)

    @cached_property
    def _zh_text(self) -> Sequence[Place]:
        return self._places(self.text.zh, self.text.zh_at)

    def _places(self, text: str, at: Place) -> Sequence[Place]:
        file = self.files.get(at.path)
        return places(file, at, text) if file else ()


def each_text(rule: PairRule) -> Callable[[Content], Iterator[Problem]]:
    """The rule for all texts of a content. It is applied once to each, also where a later content has it too."""

    @wraps(rule)
    def applied(content: Content) -> Iterator[Problem]:
        for pair in texts(content):
            if rule not in pair.found:
                pair.found[rule] = tuple(rule(pair))
            yield from pair.found[rule]

    return applied


def texts(content: Content, cache: BuildCache | None = None) -> tuple[ParsedPair, ...]:
    """All texts of the content, file by file; parsed once for all rules, and with a cache only in changed files."""
    return tuple(_gather(content, cache).values())


def pair_of(content: Content, text: Text) -> ParsedPair:
    """A text of the content, parsed; another text is parsed as prose."""
    found = _gather(content).get(id(text))
    return found or ParsedPair(text, Form.PROSE, prose(text.en), prose(text.zh), content.files)


def _gather(content: Content, cache: BuildCache | None = None) -> Mapping[int, ParsedPair]:
    """All texts of the content by their `id`, in order. Texts that the content before it had are not parsed again."""
    if not _gathered or _gathered[0][0] is not content:
        before = _gathered[0][1] if _gathered else {}
        _gathered[:] = [(content, {id(each.text): each for each in _all(content, cache or BuildCache(), before)})]
    return _gathered[0][1]


_gathered: list[tuple[Content, Mapping[int, ParsedPair]]] = []  # of the most recent content


def _all(content: Content, cache: BuildCache, before: Mapping[int, ParsedPair]) -> Iterator[ParsedPair]:
    found = [(each.value, each.type.form) for each in walk(content) if each.type.structure is Structure.TEXT]
    for _, of_file in groupby(found, key=lambda each: each[0].at.path):
        pairs = [*of_file]
        kept = [each for text, form in pairs if (each := before.get(id(text))) and each.form is form]
        if len(kept) == len(pairs):
            yield from kept
            continue
        sides = iter(parsed([_side(each, form) for text, form in pairs for each in (text.en, text.zh)], cache))
        yield from (ParsedPair(text, form, next(sides), next(sides), content.files) for text, form in pairs)


def _side(source: str, form: Form) -> tuple[str, bool]:
    """The text of one language, and whether it may have blocks."""
    return source, form is Form.PROSE or (form is Form.UNPARSED and "\n" in source)


def _at(found: Sequence[Place], index: int, otherwise: Place) -> Place:
    return found[index] if index < len(found) else otherwise


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def without_quotations(words: str) -> str:
    """The text with quotations and placeholders blanked out, at the same length."""
    blanked = PLACEHOLDER.sub(lambda match: CODE * len(match[0]), words)
    return _QUOTED.sub(lambda match: f"“{CODE * (len(match[0]) - 2)}”", blanked)

"""Messages -> Markdown, for the templates of Markdown pages; the counterpart of `Localizer`, on which it builds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from markupsafe import Markup

from almanac import addresses
from almanac.addresses import Links
from almanac.catalog import Status
from almanac.records import Absent, Day, SourceId, Text
from almanac.render.text.cldr import Language
from almanac.render.text.localize import Localizer
from almanac.render.text.message import Countdown, IdLink, JoinedList, Message, Phrase
from almanac.typography import TO_FULL

_PIECE = re.compile(r'<code[^>]*>(.*?)</code>|<a href="([^"]*)"[^>]*>|<(/?\w+)[^>]*>|([^<]+)', re.DOTALL)
_MARKS = {"/a": "", "em": "*", "/em": "*", "strong": "**", "/strong": "**", "br": " "}
_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;)")
_PIPE = r"\|"
_SPACE = re.compile(r"\s+")
_AT_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|\d+(?=[.)](?:\s|$))|>|={3,}$)")
_SITE_PAGE = re.compile(r"^(?!https?:)([^?#]*)\.html(?:[?#].*)?$")
_LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\([^)]*\)")
_STATUS = {each: f"status-{each}" for each in Status}


class Same(NamedTuple):
    """What is the same on all pages of an edition, filled in as it is needed."""

    phrases: dict[str | tuple[str, ...], str]
    messages: dict[Message, str]
    sources: dict[SourceId, str]
    codes: dict[tuple[str, str], str]  # by the way up to the edition's root, and the name


class MarkdownWriter:
    """Writes a Markdown page. All its methods return Markdown, in which every value is escaped."""

    def __init__(self, localizer: Localizer, subject: str, same: Same) -> None:
        self._t = localizer
        self._subject = subject
        self._same = same
        self.to: Links = localizer.to
        self.cited: dict[SourceId, int] = {}
        self.is_chinese = localizer.edition.lang is Language.ZH
        self.colon = self._mark(":")
        self.comma = self._mark(",")
        self.semicolon = self._mark(";")
        self.stop = self._mark(".")
        self.between_names = "、" if self.is_chinese else ", "

    def __call__(self, message: Message) -> str:
        """Inline Markdown; a day alone as in ISO 8601."""
        if isinstance(message, Day):
            return str(message)
        if isinstance(message, IdLink):
            return self.code(message.id)
        found = self._same.messages.get(message)
        if found is None:
            found = inline(self._t(message))
            if _is_same(message):
                self._same.messages[message] = found
        return found

    def line(self, message: Message) -> str:
        """The same as a paragraph of its own."""
        return _AT_START.sub(r"\\\1", self(message))

    def phrase(self, key: str, **values: Message) -> str:
        if values:
            return inline(self._t.phrase(key, **values))
        found = self._same.phrases.get(key)
        if found is None:
            found = self._same.phrases[key] = inline(self._t.phrase(key))
        return found

    def heading(self, label: str) -> str:
        """A label as a heading, without its colon."""
        return self.phrase(label).rstrip(":：")

    def aside(self, words: str) -> str:
        """Words in brackets, with the space before them; full-width ones need none."""
        return f"（{words}）" if self.is_chinese else f" ({words})"

    def _mark(self, mark: str) -> str:
        """A punctuation mark between two words, full-width without a space."""
        return TO_FULL[mark] if self.is_chinese else f"{mark} "

    def prose(self, text: Text) -> str:
        """A text of several blocks, as it is written, with its links resolved."""
        return self._t.markdown(text)

    def status(self, status: Status) -> str:
        return self.phrase(_STATUS[status])

    def code(self, name: str) -> str:
        """A model or endpoint as linked code; no link on its own page."""
        if name == self._subject:
            return inline(self._t.code(name))
        found = self._same.codes.get((self.to.up, name))
        if found is None:
            found = self._same.codes[self.to.up, name] = inline(self._t.code(name))
        return found

    def codes(self, names: Iterable[str]) -> str:
        return self.between_names.join(map(self.code, names))

    def link(self, words: str, path: str) -> str:
        """A link to a page or file, relative to this page; links within the words are left out."""
        without_links = _LINK.sub(r"\1", words)
        return f"[{without_links}]({_target(path)})"

    def join(self, messages: Iterable[Message], glue: str = "") -> str:
        """Messages in one cell or line."""
        return (glue or self.between_names).join(map(self, messages))

    def literals(self, names: Iterable[str]) -> str:
        """Names that have no page, each as code."""
        return self.between_names.join(map(_code, names))

    def cite(self, *sources: SourceId) -> str:
        """References to the list of sources."""
        return "".join(f"[^{self.cited.setdefault(each, len(self.cited) + 1)}]" for each in sources)

    def source(self, id: SourceId) -> str:
        """The entry of a source in that list: title, publisher, day of the copy, rank."""
        found = self._same.sources.get(id)
        if found is None:
            found = self._same.sources[id] = self._source(id)
        return found

    def _source(self, id: SourceId) -> str:
        title = inline(self._t.source(id))
        url, rank = self._t.url(id), self._t.rank(id)
        parts = (f"[{title}](<{url}>)" if url else title, plain(self._t.publisher(id)), str(self._t.copied_on(id)))
        return self.comma.join((*parts, inline(rank)) if rank else parts)

    def head(self, *keys: str) -> str:
        """The first two lines of a table, by the keys of its columns."""
        found = self._same.phrases.get(keys)
        if found is None:
            found = self._same.phrases[keys] = _headed([self.phrase(key) for key in keys])
        return found

    def head_of(self, first: str, columns: Iterable[Message]) -> str:
        """The same with the key of the first column, and the names of the others."""
        return _headed([self.phrase(first), *map(self, columns)])

    def row(self, *cells: str) -> str:
        """A row of a table."""
        return f"|{''.join([self.cell(each) for each in cells])}"

    def cell(self, words: str) -> str:
        """A cell with the line after it."""
        if "\n" in words:
            words = _SPACE.sub(" ", words)
        return f" {words.replace('|', _PIPE) if '|' in words else words} |"


def _headed(names: list[str]) -> str:
    return f"| {' | '.join(names)} |\n|{' --- |' * len(names)}"


@lru_cache(maxsize=1 << 14)
def inline(html: Markup | str) -> str:
    """Inline markup of the site as Markdown in one line. Links lead to Markdown pages, and have no anchors."""
    found: list[str] = []
    target = ""
    for code, href, tag, text in _PIECE.findall(html):
        if text:
            found.append(plain(unescape(text)))
        elif href:
            target = _target(unescape(href))
            found.append("[")
        elif tag == "/a":
            found.append(f"]({target})")
        elif tag:
            found.append(_MARKS.get(tag, ""))
        else:
            found.append(_code(unescape(code)))
    return "".join(found)


def plain(text: str) -> str:
    """Plain text, escaped."""
    return _SPECIAL.sub(r"\\\g<0>", _SPACE.sub(" ", text))


def _code(words: str) -> str:
    return f"`` {words} ``" if "`" in words else f"`{words}`"


def _target(path: str) -> str:
    page = _SITE_PAGE.match(path)
    return addresses.markdown(f"{page[1]}.html") if page else path


_ABSENT = frozenset(Absent)


def _is_same(message: Message) -> bool:
    """Whether a message reads the same on all pages, and no equal one reads otherwise.

    Links differ by page, and a page has none to itself. A string is equal to its word for an absent value.
    """
    match message:
        case str():
            return message not in _ABSENT and not isinstance(message, Markup)
        case Text():
            return "`" not in message.en + message.zh and "](" not in message.en + message.zh
        case Phrase():
            return all(_is_same(value) for _, value in message.values)
        case JoinedList():
            return all(map(_is_same, message.parts))
        case Day() | Countdown() | int():
            return True
    return False

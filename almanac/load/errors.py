"""Collects the errors of one file, and makes values from content safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar, cast

from almanac.printable import printable
from almanac.records import Place, Problem, Text
from almanac.spelling import digits, near

T = TypeVar("T")

LONGEST_ECHO = 60  # characters of a value that a message repeats
LONGEST_WORD = 40  # characters; longer words are not checked for misspellings
MAX_SIMILAR = 100  # searches per file: they are slow, and only the first 100 problems are printed


class ParseError(ValueError):
    """A value that its parser rejects: message and hint. `word` may be a misspelling of one in `among`."""

    def __init__(self, message: str, hint: str = "", word: str = "", among: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.word = word
        self.among = among


class ErrorCollector:
    """The errors of one file in the order of their discovery, and the records that they make unreadable."""

    __slots__ = ("_searches", "disorder", "path", "problems", "texts", "unparsed")

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.disorder: list[Problem] = []  # fields out of order: they are read all the same
        self.unparsed: set[str] = set()  # names of records; "" if the name cannot be read either
        self.texts: list[Text] = []  # readable texts: while reading, all; afterwards, those of unparsed records
        self._searches = 0

    def place(self, line: int, column: int) -> Place:
        return Place(self.path, line, column)

    def add(self, at: Place, message: str, hint: str = "") -> None:
        self.problems.append(Problem(at, message, hint))

    def add_parse_error(self, at: Place, subject: str, error: ParseError) -> None:
        similar = self.similar(error.word, error.among)
        self.add(
            at, subject + error.message, f"did you mean {quoted(similar)}? {error.hint}" if similar else error.hint
        )

    def similar(self, word: str, words: Iterable[str]) -> str:
        """The one of `words` of which `word` may be a misspelling, or ""."""
        if not word or len(word) > LONGEST_WORD or self._searches >= MAX_SIMILAR:
            return ""
        self._searches += 1
        return nearest(word, words)


def nearest(word: str, words: Iterable[str]) -> str:
    """The nearest one, or "". Where the digits differ, it is another number, date or version."""
    found = near(word, words)
    return found[0] if found and digits(found[0]) == digits(word) else ""


def invalid(_: type[T] | None = None) -> T:  # never passed: only there because T must occur in a parameter
    """Placeholder for an erroneous value. A record with one counts as unparsed and does not leave `load`."""
    return cast("T", None)


# --- Printable values -------------------------------------------------------------------------------------------------


def on_one_line(text: str) -> str:
    """`text`, printable on one line and without `::`, which CI runners read as a command."""
    return printable(text).replace("::", r":\x3a")


def quoted(text: str) -> str:
    """A value for a message: in quotes, printable, on one line, at most LONGEST_ECHO characters."""
    return f"'{on_one_line(text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO] + '…')}'"


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_LOOK_ALIKES = _DASHES | str.maketrans(
    "асеорхуіјѕԁһԛԝɡıАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ。，、：；“”‘’（）【】",
    "aceopxyijsdhqwgiABEKMHOPCTXIJSABEZHIKMNOPTYXovp.,,:;\"\"''()[]",
)
_SPACES = re.compile(r"\s+")


def ascii_spelling(text: str) -> str:
    """ASCII letters that look like `text`, or "" if `text` is ASCII or nothing looks like it."""
    if text.isascii() or len(text) > LONGEST_ECHO:
        return ""
    import unicodedata

    spelled = unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES)).translate(_LOOK_ALIKES)
    return _SPACES.sub(" ", spelled) if spelled.isascii() and spelled.isprintable() else ""


def character(char: str) -> str:
    """A character as code point and name: `U+200B (ZERO WIDTH SPACE)`."""
    import unicodedata

    if "\udc80" <= char <= "\udcff":  # surrogateescape: an undecodable byte in a file name
        return f"the byte 0x{ord(char) - 0xDC00:02X}, which is not UTF-8"
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character')})"

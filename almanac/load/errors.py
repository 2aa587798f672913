"""What is wrong in one file -> its problems, all of them; and values of the content made safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar, cast

from almanac.printable import printable
from almanac.records import Place, Problem, Text

T = TypeVar("T")

LONGEST_ECHO = 60  # characters of a value that a message repeats
LONGEST_WORD = 40  # characters: what is longer is no misspelling
MOST_LOOKS = 100  # look-ups of a similar word in one file: they are slow, and only the first 100 problems are printed


class ParseError(ValueError):
    """A value that its grammar refuses: what is wrong, and the way out. Perhaps a misspelt `word`, `among` others."""

    def __init__(self, message: str, hint: str = "", word: str = "", among: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.word = word
        self.among = among


class ErrorCollector:
    """Everything wrong in one file, in the order in which it was found, and what cannot be read for it."""

    __slots__ = ("_looks", "path", "problems", "texts", "unparsed")

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.unparsed: set[str] = set()  # names of records; "" where the name cannot be read either
        self.texts: list[Text] = []  # that could be read: first all of them, in the end those of unparsed records
        self._looks = 0

    def place(self, line: int, column: int) -> Place:
        return Place(self.path, line, column)

    def add(self, at: Place, message: str, hint: str = "") -> None:
        self.problems.append(Problem(at, message, hint))

    def add_parse_error(self, at: Place, subject: str, error: ParseError) -> None:
        similar = self.similar(error.word, error.among)
        self.add(at, subject + error.message, f"did you mean {quoted(similar)}?" if similar else error.hint)

    def similar(self, word: str, words: Iterable[str]) -> str:
        """The one of `words` that `word` may be a misspelling of, or ""."""
        if not word or len(word) > LONGEST_WORD or self._looks >= MOST_LOOKS:
            return ""
        self._looks += 1
        return nearest(word, words)


def nearest(word: str, words: Iterable[str]) -> str:
    import difflib  # here, since content without errors never needs it

    plain = word.casefold().replace("_", "-")
    spelled = {known.casefold().replace("_", "-"): known for known in words}
    found = difflib.get_close_matches(plain, spelled, 1, 0.6)
    return spelled[found[0]] if found else ""


def invalid(_: type[T] | None = None) -> T:  # the argument is never given: a type variable must stand in one
    """Stands where a value was wrong. No record with an invalid value leaves `load`: it counts as unparsed."""
    return cast("T", None)


# --- Values, safe to print --------------------------------------------------------------------------------------------


def on_one_line(text: str) -> str:
    """`text`, printable on one line and without `::`, which CI runners obey."""
    return printable(text).replace("::", r":\x3a")


def quoted(text: str) -> str:
    """A value as a message repeats it: printable, on one line, not too long, in quotes."""
    return f"'{on_one_line(text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO] + '…')}'"


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_LOOK_ALIKES = _DASHES | str.maketrans(
    "асеорхуіјѕԁһԛԝɡıАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ。，、：；“”‘’（）【】",
    "aceopxyijsdhqwgiABEKMHOPCTXIJSABEZHIKMNOPTYXovp.,,:;\"\"''()[]",
)
_SPACES = re.compile(r"\s+")


def ascii_spelling(text: str) -> str:
    """How ASCII letters spell what `text` looks like, or "" where that is `text` itself or nothing."""
    if text.isascii() or len(text) > LONGEST_ECHO:
        return ""
    import unicodedata

    spelled = unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES)).translate(_LOOK_ALIKES)
    return _SPACES.sub(" ", spelled) if spelled.isascii() and spelled.isprintable() else ""


def character(char: str) -> str:
    """A character by its number and name: `U+200B (ZERO WIDTH SPACE)`."""
    import unicodedata

    if "\udc80" <= char <= "\udcff":  # how Python reads the name of a file that is not UTF-8
        return f"the byte 0x{ord(char) - 0xDC00:02X}, which is not UTF-8"
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'a control character')})"
